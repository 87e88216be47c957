import pytest
from tests.letters.invariants import assert_sound

from markup_assistant.errors import ForbiddenContentError, LetterError
from markup_assistant.letters.letter import BlockKind
from markup_assistant.letters.mail import read_mail

MESSAGE = """From: Asta Prøvesen <asta@skovborne.example>
To: =?iso-8859-1?Q?S=F8ren?= <s@x.example>
Subject: =?utf-8?B?UGxhZHMgaSBiw7hybmVoYXZl?= til
 dit barn
Date: Mon, 2 Feb 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

K=E6re S=F8ren

Du f=E5r en plads.
--c
Content-Type: text/html

<p>Nej</p>
--c--
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename="brev.pdf"

xx
--b--
"""


def test_a_message_has_subject_text_headers_and_names_of_attachments() -> None:
    letter = read_mail(MESSAGE.encode(), "besked.eml")
    assert_sound(letter)
    assert [(block.kind, letter.text[block.start : block.end]) for block in letter.blocks] == [
        (BlockKind.HEADING, "Plads i børnehave til dit barn"),
        (BlockKind.PARAGRAPH, "Kære Søren"),
        (BlockKind.PARAGRAPH, "Du får en plads."),
    ]
    assert dict(letter.properties) == {
        "subject": "Plads i børnehave til dit barn",
        "from": "Asta Prøvesen <asta@skovborne.example>",
        "to": "Søren <s@x.example>",
        "date": "Mon, 2 Feb 2026 10:00:00 +0100",
        "attachments": "brev.pdf",
    }


def test_a_message_with_a_page_alone_is_read_from_it() -> None:
    message = b"Subject: Hej\nContent-Type: text/html; charset=bogus\n\n<p>K\xe6re <a href='http://x.example'>du</a>"
    letter = read_mail(message, "a.eml")
    assert letter.text == "Hej\nKære du"
    assert letter.format == "eml"
    assert [link.url for link in letter.links] == ["http://x.example"]


def test_a_thousand_nested_parts_are_refused() -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(1_000))
    with pytest.raises(ForbiddenContentError):
        read_mail(f"Subject: x\n{nested}".encode(), "dyb.eml")
    with pytest.raises(ForbiddenContentError):
        read_mail(b"Content-Type: message/rfc822\n\n" * 1_000, "dyb.eml")


@pytest.mark.parametrize(
    "header",
    [
        "Subject: =?utf-8?B?====?= =?x?Q?=FF?= =?utf-8?Q",
        "Subject: " + "(" * 50_000,
        "Subject: \x00\x01\x02",
        "Content-Type: text/plain; charset=\"\x00\"; charset*=bogus''%ff",
        "Content-Type: multipart/mixed",
        "Content-Type: ;;;=;\nContent-Transfer-Encoding: base64",
        "Content-Disposition: attachment; filename*=utf-8''%ff%fe",
        "Content-Type: text/plain; charset=idna",
        "Content-Type: text/plain; charset=hex",
    ],
)
def test_broken_headers_cost_no_more_than_themselves(header: str) -> None:
    try:
        letter = read_mail(f"{header}\n\nKære du".encode(), "a.eml")
    except LetterError:
        return
    assert_sound(letter)
