"""A letter as sentences of words, each sentence with the place in the letter where it stands.

Cues are looked up in these sentences. A placeholder is the word ``FIELD``, a web
address (or a field that will carry one) ``LINK``, a mail address ``MAIL`` and
a number ``NUMBER``; all other words are in lower case.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from markup_assistant.letters.letter import Block, BlockKind, Letter
from markup_assistant.letters.text import looks_like_heading
from markup_assistant.suggest.bindings import BoundField, Role, bind_fields
from markup_assistant.suggest.links import WebLink, find_links, find_mails

FIELD, LINK, MAIL, NUMBER = "FIELD", "LINK", "MAIL", "NUMBER"

MAX_WORDS = 20_000
"""Words of a letter that are looked at; what the recipient must do is said long before."""

MAX_SCANNED = 200_000
"""Characters of a letter in which dates, amounts and addresses are looked for."""

OPENING_SENTENCES = 3
"""Sentences after the salutation that count as the opening, where most letters say what they want."""

FULL_SENTENCE = 40
"""Characters from which a line counts as a sentence even without a full stop."""

_TOKEN = re.compile(
    r"(?P<WORD>[^\W\d_]+(?:[-–/][^\W\d_]+)*)"
    r"|(?P<NUMBER>\d+(?:[.,:/-]\d+)*)"
    r"|(?P<STOP>[.!?]+(?=\s|$))"
    r"|(?P<BREAK>\n)"
)
_SUBJECT_LINE = re.compile(r"(?:vedr(?:ørende)?\b|angående\b|ang\.|emne:|overskrift:|sagen? vedr)", re.IGNORECASE)
_SALUTATION = re.compile(r"(?:kære|hej|goddag|til rette vedkommende)\b", re.IGNORECASE)
_ABBREVIATIONS = frozenset(
    "kl nr nrs stk jf jfr ca evt d den pr tlf kr mv bl fx inkl incl ekskl max min st chr litra kap pkt bl.a osv "
    "vedr ang att cvr mio mia hhv pga ift f.eks eks dvs gl afd adm hr fr ul o.l mdr md sml skt sdr ndr vej".split()
)
_MONTHS = frozenset("januar februar marts april maj juni juli august september oktober november december".split())


class Place(StrEnum):
    """Where a sentence stands; a cue weighs differently in each place."""

    HEADING = "heading"
    OPENING = "opening"
    BODY = "body"
    MARGIN = "margin"  # page header and footer
    BOILERPLATE = "boilerplate"  # appeal instructions, privacy, opening hours: in letters on every subject


class Word(NamedTuple):
    """A word in lower case, or FIELD, LINK, MAIL, NUMBER, and ``text[start:end]`` where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words that belong together, the place where they stand, and the number of their block."""

    start: int
    end: int
    place: Place
    block: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """What a letter says: its sentences, and the fields and web addresses in them."""

    sentences: tuple[Sentence, ...]
    fields: tuple[BoundField, ...]
    links: tuple[WebLink, ...]


def read_passages(letter: Letter) -> Passages:
    """Return the sentences of a letter in reading order; a line that starts anew is a sentence of its own."""
    fields = bind_fields(letter)
    links = find_links(letter, MAX_SCANNED)
    return Passages(_sentences(letter, _signs(letter.text, fields, links)), fields, links)


def _sentences(letter: Letter, signs: list[Word]) -> tuple[Sentence, ...]:
    blocks = letter.blocks or (Block(BlockKind.PARAGRAPH, 0, len(letter.text)),)
    sentences: list[Sentence] = []
    placing = _Placing()
    budget = MAX_WORDS
    starts = [sign.start for sign in signs]
    for number, block in enumerate(blocks):
        inside = signs[bisect_left(starts, block.start) : bisect_left(starts, block.end)]
        for words in _split(letter.text, block, inside):
            start, end = words[0].start, words[-1].end
            place = placing.of(block, letter.text[start : end + 1])
            sentences.append(Sentence(start, end, place, number, words))
            budget -= len(words)
            if budget <= 0:
                return tuple(sentences)
    return tuple(sentences)


def _signs(text: str, fields: tuple[BoundField, ...], links: tuple[WebLink, ...]) -> list[Word]:
    """Return what stands for itself among the words, in order, none inside another."""
    signs = [
        Word(LINK if bound.roles[:1] == (Role.LINK,) else FIELD, bound.field.start, bound.field.end) for bound in fields
    ]
    signs += [Word(LINK, link.start, link.end) for link in links]
    signs += [Word(MAIL, *span) for span in find_mails(text, MAX_SCANNED)]
    kept: list[Word] = []
    for sign in sorted(signs, key=lambda sign: (sign.start, -sign.end)):
        if not kept or sign.start >= kept[-1].end:
            kept.append(sign)
    return kept


class _Placing:
    """Follows a letter from its head through the opening into the body."""

    def __init__(self) -> None:
        self._greeted = False
        self._said = 0

    def of(self, block: Block, shown: str) -> Place:
        if block.kind in (BlockKind.HEADER, BlockKind.FOOTER):
            return Place.MARGIN
        if _SALUTATION.match(shown):
            self._greeted = True
            return Place.OPENING if len(shown) > FULL_SENTENCE else Place.BODY
        if block.kind is BlockKind.HEADING or _SUBJECT_LINE.match(shown):
            return Place.HEADING
        if not self._said and looks_like_heading(shown.rstrip("\n")):
            return Place.HEADING
        if len(shown) < FULL_SENTENCE and not (self._greeted or self._said):
            return Place.BODY
        self._said += 1
        return Place.OPENING if self._said <= OPENING_SENTENCES else Place.BODY


def _split(text: str, block: Block, signs: list[Word]) -> Iterator[tuple[Word, ...]]:
    words: list[Word] = []
    for word in _words(text, block, signs):
        if word is None:
            if words:
                yield tuple(words)
                words = []
        else:
            words.append(word)
    if words:
        yield tuple(words)


def _words(text: str, block: Block, signs: list[Word]) -> Iterator[Word | None]:
    """Yield the words of a block, and None where a sentence ends."""
    at = block.start
    for sign in signs:
        yield from _plain_words(text, at, sign.start, block.end)
        if sign.text == LINK:
            # Words that hide an address are read too; an address that is written out has none worth reading.
            yield from _linked_words(text, sign, block.end)
        yield sign
        at = sign.end
    yield from _plain_words(text, at, block.end, block.end)


def _linked_words(text: str, sign: Word, limit: int) -> Iterator[Word | None]:
    shown = text[sign.start : sign.end]
    if "." not in shown and not shown.startswith(tuple("«<{[$%@!_#")):
        yield from (word for word in _plain_words(text, sign.start, sign.end, limit) if word is not None)


def _plain_words(text: str, start: int, end: int, limit: int) -> Iterator[Word | None]:
    previous = ""
    for match in _TOKEN.finditer(text, start, max(start, end)):
        kind = match.lastgroup
        if kind == "WORD":
            previous = match.group().lower()
            yield Word(previous, match.start(), match.end())
        elif kind == "STOP":
            if previous not in _ABBREVIATIONS and _begins_anew(text, match.end(), limit):
                yield None
        elif kind == "BREAK":
            if _begins_anew(text, match.end(), limit):
                yield None
        else:
            previous = kind or ""
            yield Word(previous, match.start(), match.end())


def _begins_anew(text: str, at: int, limit: int) -> bool:
    """Whether what follows begins a sentence: ``den 5. marts`` and a line that goes on in lower case do not."""
    following = text[at : min(at + 40, limit)].lstrip()
    if not following or not following[0].islower():
        first = following.split(maxsplit=1)[0].lower() if following else ""
        return first.rstrip(".,") not in _MONTHS
    return False
