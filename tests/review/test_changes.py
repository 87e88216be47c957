import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup_assistant.letters.letter import Field, FieldKind, Letter
from markup_assistant.letters.masking import mask_personal
from markup_assistant.review.changes import SHOWN_LINES, Change, ChangeKind, Span, changes, kind_of_change

LETTER = """Lindeby Kommune
Rådhustorvet 1

Kære borger

Du er indkaldt til møde den 5. marts 2026 kl. 10.30 på rådhuset. Tag din ansøgning med.

Du skal betale 1.250,00 kr. senest tirsdag den 3. marts 2026, jf. servicelovens § 100, stk. 1.

Venlig hilsen
Inger Holt"""


def marked(lines: tuple[str, ...], spans: tuple[Span, ...]) -> list[str]:
    return [lines[span.line][span.start : span.end] for span in spans]


def gone(change: Change) -> list[str]:
    return marked(change.before, change.before_spans)


def new(change: Change) -> list[str]:
    return marked(change.after, change.after_spans)


def edited(*pairs: tuple[str, str]) -> str:
    text = LETTER
    for old, replacement in pairs:
        assert old in text
        text = text.replace(old, replacement)
    return text


@pytest.mark.parametrize(
    "after",
    [
        LETTER,
        LETTER.replace("\n\n", "\n"),
        LETTER.replace("\n", "\r\n"),
        LETTER.replace(" på ", "\npå ").replace("Kommune\n", "Kommune "),
        f"\n\n  {LETTER}  \n",
        LETTER.replace("\n", " "),
    ],
    ids=["same", "no blank lines", "of Windows", "broken elsewhere", "white space around", "one line"],
)
def test_where_lines_break_is_no_change(after: str) -> None:
    assert changes(LETTER, after) == ()
    assert kind_of_change(LETTER, after) is ChangeKind.NONE


@pytest.mark.parametrize(
    "pair",
    [
        ("5. marts 2026", "17. april 2027"),
        ("tirsdag den 3. marts", "fredag den 19. juni"),
        ("1.250,00 kr.", "900 kr."),
        ("kl. 10.30", "kl. 9"),
        (" kl. 10.30", ""),
        ("marts", "maj"),
    ],
)
def test_another_date_or_amount_is_a_change_of_numbers(pair: tuple[str, str]) -> None:
    assert kind_of_change(LETTER, edited(pair)) is ChangeKind.NUMBERS


@pytest.mark.parametrize(
    "pair",
    [
        ("§ 100", "§ 112"),
        ("stk. 1", "stk. 2"),
        ("5. marts", "5. marts eller senere"),
        ("på rådhuset", "på biblioteket"),
        ("Tag din", "Tag ikke din"),
        ("Venlig hilsen", "Venlig hilsen,"),
        ("servicelovens", "barnets lovs"),
    ],
)
def test_another_rule_or_word_is_a_change_of_words(pair: tuple[str, str]) -> None:
    assert kind_of_change(LETTER, edited(pair)) is ChangeKind.WORDS


@pytest.mark.parametrize("after", ["", "Et helt andet brev om noget helt andet, som ingen kender.", "Kære borger"])
def test_another_letter_is_much(after: str) -> None:
    assert kind_of_change(LETTER, after) is ChangeKind.MUCH
    assert kind_of_change(after, LETTER) is ChangeKind.MUCH


def test_the_changed_words_of_a_line_are_shown_with_the_lines_around_it() -> None:
    (change,) = changes(LETTER, edited(("5. marts 2026", "17. april 2026"), ("ansøgning", "anmodning")))
    assert gone(change) == ["5. marts", "ansøgning"]
    assert new(change) == ["17. april", "anmodning"]
    assert change.before == (LETTER.splitlines()[5],)
    assert (change.before_line, change.after_line) == (6, 6)
    assert change.leading == ("Kære borger",)
    assert change.trailing == (LETTER.splitlines()[7],)
    assert not change.cut


def test_as_many_lines_are_shown_around_as_are_asked_for() -> None:
    after = edited(("borger", "beboer"))
    assert changes(LETTER, after, 0)[0].leading == ()
    assert changes(LETTER, after, 5)[0].leading == ("Lindeby Kommune", "Rådhustorvet 1")
    # Never a line that has changed itself.
    upper, lower = changes(LETTER, edited(("Rådhustorvet", "Torvet"), ("Tag din", "Tag din gamle")), 5)
    assert upper.trailing == lower.leading == ("Kære borger",)


def test_a_line_that_was_added_or_taken_out_has_one_side() -> None:
    longer = edited(("\n\nVenlig", "\n\nHusk legitimation.\n\nVenlig"))
    (added,) = changes(LETTER, longer)
    assert (added.before, added.after, new(added)) == ((), ("Husk legitimation.",), ["Husk legitimation."])
    assert (added.before_line, added.after_line) == (10, 10)
    (taken,) = changes(longer, LETTER)
    assert (taken.before, taken.after, gone(taken)) == (("Husk legitimation.",), (), ["Husk legitimation."])
    (last,) = changes(LETTER, f"{LETTER}\nBilag: kort")
    assert (last.before_line, last.after_line) == (12, 12)


def test_changes_with_one_small_word_between_them_are_one() -> None:
    (change,) = changes(
        "Du får støtte til bil og taxa nu og senere hen", "Du får støtte til cykel og tog nu og senere hen"
    )
    assert gone(change) == ["bil og taxa"]
    assert new(change) == ["cykel og tog"]


def test_a_line_of_which_little_stayed_is_marked_whole() -> None:
    (change,) = changes("Vi har bevilget dig en ny bil.", "Du skal aflevere en gammel cykel.")
    assert gone(change) == ["Vi har bevilget dig en ny bil."]
    assert new(change) == ["Du skal aflevere en gammel cykel."]


def test_the_name_of_another_citizen_is_no_change_and_one_more_name_is_one() -> None:
    def to(name: str) -> str:
        letter = Letter("b", "docx", f"{name}\nKære {name}", fields=(Field("Navn", FieldKind.MERGE, 0, len(name)),))
        return mask_personal(letter).text

    assert to("Mette Tofteby") != to("Bo Li")
    assert kind_of_change(to("Mette Tofteby"), to("Bo Li")) is ChangeKind.NONE
    assert changes(to("Mette Tofteby"), to("Bo Li")) == ()
    assert kind_of_change("Din mor og din far får støtte.", "Din mor • og din far får støtte.") is ChangeKind.NUMBERS


def test_a_word_more_in_a_line_of_a_megabyte_is_found() -> None:
    sentences = [f"Sætning {number} handler om {word}. " for number, word in enumerate(scattered(1, 30_000))]
    before = "".join(sentences)
    sentences[12_000] = sentences[12_000].replace("handler", "handler ikke")
    assert len(before) > 1_000_000
    (change,) = changes(before, "".join(sentences))
    assert new(change) == ["ikke"]
    assert max(map(len, (*change.before, *change.after, *change.leading))) <= 1_000


def scattered(seed: int, count: int) -> list[str]:
    """Return words in no order, always the same."""
    return [f"ord{zlib.crc32(f'{seed}-{number}'.encode()) % 5_000}" for number in range(count)]


many = 100_000
HOSTILE = {
    "other lines": ("\n".join(f"a{n}" for n in range(many)), "\n".join(f"b{n}" for n in range(many))),
    "every tenth line": (
        "\n".join(map(str, range(many))),
        "\n".join("x" if n % 10 == 0 else str(n) for n in range(many)),
    ),
    "the same lines": ("a\n" * many, "a\nb\n" * (many // 2)),
    "other words": (
        " ".join(scattered(1, many)),
        " ".join(scattered(2, many)),
    ),
    "no spaces": ("o" * 1_000_000, "ø" * 1_000_000),
    "signs": ("." * 1_000_000, ",." * 500_000),
    "dots": ("•" * 1_000_000, "• - " * 250_000),
    "long blocks": (
        "\n".join(" ".join(scattered(n, 2_000)) if n % 2 else f"x{n}" for n in range(20)),
        "\n".join(" ".join(scattered(-n, 2_000)) if n % 2 else f"x{n}" for n in range(20)),
    ),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_bounded_time_and_space(name: str) -> None:
    before, after = HOSTILE[name]
    begun = time.process_time()
    found = changes(before, after)
    kind_of_change(before, after)
    assert time.process_time() - begun < 8
    for change in found:
        assert max(map(len, (*change.before, *change.after)), default=0) <= 1_000
        if change.cut:
            assert max(len(change.before), len(change.after)) <= SHOWN_LINES


def test_more_than_can_be_compared_is_shown_from_where_it_begins() -> None:
    before = "\n".join(["Kære borger", "", *(f"a{number}" for number in range(many))])
    after = "\n".join(["Kære borger", "", *(f"b{number}" for number in range(many))])
    (change,) = changes(before, after)
    assert change.cut
    assert (change.before[0], change.after[0], change.before_line) == ("a0", "b0", 3)
    assert kind_of_change(before, after) is ChangeKind.MUCH


lines = st.lists(
    st.lists(st.sampled_from(["du", "får", "5.", "maj", "•", "§", "1", ",", "bil"]), max_size=6), max_size=6
)


@given(lines, lines)
def test_what_is_not_marked_is_the_same_on_both_sides(one: list[list[str]], other: list[list[str]]) -> None:
    before, after = ("\n".join(" ".join(line) for line in side) for side in (one, other))
    found = changes(before, after)
    assert (not found) == (kind_of_change(before, after) is ChangeKind.NONE)
    for change in found:
        assert gone(change) or new(change)
        assert all(gone(change))
        assert all(new(change))
        for side, spans in ((change.before, change.before_spans), (change.after, change.after_spans)):
            assert list(spans) == sorted(spans, key=lambda span: (span.line, span.start))
            assert all(side)
    # Taking the marked lines of one side for the other's turns the one text into the other.
    left = before.split("\n")
    for change in reversed(found):
        assert not change.cut
        at = change.before_line - 1
        filled = [place for place in range(at, len(left)) if left[place].strip()][: len(change.before)]
        assert [left[place].strip() for place in filled] == list(change.before)
        for place in reversed(filled):
            del left[place]
        left[at:at] = change.after
    assert kind_of_change("\n".join(left), after) is ChangeKind.NONE
