"""Web addresses in a letter: those behind its text and those that are written out."""

import re
from dataclasses import dataclass

from markup_assistant.letters.letter import Letter

_TOP_LEVEL = "dk|com|org|net|eu|nu|info|io|gl|fo|example"
_REST = r"[^\s<>«»\"'(){}\[\]|]{0,300}"
WEB_PATTERN = (
    rf"(?:https?://|www\.)[^\s<>«»\"'(){{}}\[\]|]{{1,300}}"
    rf"|(?<![\w@.-])(?:[^\W_][\w-]{{0,62}}\.){{1,4}}(?:{_TOP_LEVEL})\b(?!\.\w)(?![\w-])(?:/{_REST})?"
)
"""A web address with or without its scheme: ``https://x.dk/y``, ``www.x.dk``, ``virk.dk``."""

MAIL_PATTERN = r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,63}"

_WEB = re.compile(WEB_PATTERN, re.IGNORECASE)
_MAIL = re.compile(MAIL_PATTERN)
_TRAILING = ".,;:!?"
_WRITTEN = re.compile(r"(?:https?://|www\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WebLink:
    """A web address, ``url``, that ``text[start:end]`` shows or hides."""

    url: str
    start: int
    end: int


def find_links(letter: Letter, limit: int) -> tuple[WebLink, ...]:
    """Return the web addresses in the first ``limit`` characters in order, as they stand; mail addresses are none."""
    found = [
        WebLink(link.url, link.start, link.end)
        for link in letter.links
        if link.end <= limit and (_WRITTEN.match(link.url) or _WEB.fullmatch(link.url))
    ]
    taken = [(link.start, link.end) for link in found]
    mails = find_mails(letter.text, limit)
    for match in _WEB.finditer(letter.text, 0, limit):
        start = match.start()
        url = match.group().rstrip(_TRAILING)
        end = start + len(url)
        if not any(start < other_end and other < end for other, other_end in taken + mails):
            found.append(WebLink(url, start, end))
    return tuple(sorted(found, key=lambda link: link.start))


def find_mails(text: str, limit: int) -> list[tuple[int, int]]:
    """Return the spans of mail addresses in the first ``limit`` characters, in order."""
    return [match.span() for match in _MAIL.finditer(text, 0, limit)] if "@" in text else []
