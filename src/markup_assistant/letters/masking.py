"""Hides personal numbers (CPR), and who a filled letter is for, without moving a character."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from markup_assistant.letters.letter import Letter
from markup_assistant.letters.recipients import About, about, is_filled

MASK = "•"

MASKED = re.compile(rf"{MASK}(?:[\s.,'’@\-\u00ad\u2010-\u2014\u2212]{{0,3}}{MASK})*")
"""What is masked in one place, so that a long name and a short one can be told to be the same: a name."""

_SPACE = "[ \u00a0\u2009\u202f]"
_HYPHEN = "[-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad]"
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_MONTH = "(?:0[1-9]|1[0-2])"

_CPR = re.compile(
    f"(?<![0-9]){_DAY}(?P<gap>{_SPACE}?){_MONTH}(?P=gap)[0-9]{{2}}"
    f"(?P<between>{_SPACE}?{_HYPHEN}{_SPACE}?|{_SPACE}|)[0-9]{{4}}(?![0-9])"
)
"""DDMMYY-SSSS; 60 is added to the day in a replacement number (the CPR office's rules for "erstatnings-CPR").

No modulus is checked: numbers given out since 2007 need not pass it
(https://cpr.dk, "Personnumre uden kontrolciffer").
"""

_JOINT = "-.,/+\u2013"
_MONEY = re.compile(r"\s{0,2}(?:kr\b|kroner\b|DKK\b|EUR\b|,-)", re.IGNORECASE)
_OTHER_LABEL = re.compile(r"(?:\bp-?\s?(?:nr|nummer)|\bgln|\bean)\.?\s{0,2}:?\s{0,2}\Z", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")


def mask_cpr(text: str) -> str:
    """Return the text with the digits of every personal number as ``•``; its length and offsets stay."""
    parts = []
    last = 0
    for start, end in find_cpr(text):
        parts += [text[last:start], _DIGIT.sub(MASK, text[start:end])]
        last = end
    return "".join([*parts, text[last:]])


def find_cpr(text: str) -> list[tuple[int, int]]:
    """Return the spans of personal numbers, in order.

    Written with a hyphen or spaces it is one by its look. Ten digits in a row are one unless they are part of
    something longer (a case number, a telephone number with country code), an amount, or labelled otherwise.
    """
    return list(_spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    matches = list(_CPR.finditer(text))
    certain = [bool(match["gap"] or match["between"]) for match in matches]
    for number, match in enumerate(matches):
        start, end = match.span()
        if not certain[number]:
            # A neighbour that is a personal number itself makes a list, not something longer.
            left = number > 0 and certain[number - 1] and matches[number - 1].end() == start - 1
            right = number + 1 < len(matches) and certain[number + 1] and matches[number + 1].start() == end + 1
            if (_joined(text, start - 2, start - 1) and not left) or _is_number_of_other_kind(text, start, end):
                continue
            if _joined(text, end + 1, end) and not right:
                continue
        yield start, end


def _joined(text: str, digit: int, joint: int) -> bool:
    """Whether a sign at ``joint`` ties the number to a digit beyond it; a plus needs none."""
    if not 0 <= joint < len(text) or text[joint] not in _JOINT:
        return False
    return (text[joint] == "+" and joint > digit) or (0 <= digit < len(text) and "0" <= text[digit] <= "9")


def _is_number_of_other_kind(text: str, start: int, end: int) -> bool:
    return bool(_MONEY.match(text, end) or _OTHER_LABEL.search(text[max(0, start - 20) : start]))


MAX_FIELDS = 1000
"""Fields of a letter that are looked at; a letter has rarely a hundred."""

MAX_NAME_WORDS = 8

_NO_NAME = frozenset(
    "hr fru frk dr att til og kære hej goddag dear co familien boet efter dødsboet advokat ved vedr hos".split()
)
"""Words beside a name in a field that every letter may have."""

_ORGANISATION = frozenset("kommune as aps is region skole skolen forening foreningen ministeriet styrelsen".split())
_GREETING = re.compile(r"\A\s*(?:kære|hej|goddag|til|att|dear)\b[.:]?", re.IGNORECASE)
_ANY_WORD = re.compile(r"[^\W_]+")
_BETWEEN_WORDS = 4
_WORD_SIGN = re.compile(r"[^\W_]")


def mask_letter(letter: Letter) -> Letter:
    """Mask the personal numbers of a letter wherever it has words (not in its file's name); offsets stay."""
    return replace(
        letter,
        text=mask_cpr(letter.text),
        links=tuple(replace(link, url=mask_cpr(link.url)) for link in letter.links),
        fields=tuple(replace(field, name=mask_cpr(field.name), title=mask_cpr(field.title)) for field in letter.fields),
        properties=MappingProxyType({mask_cpr(key): mask_cpr(value) for key, value in letter.properties.items()}),
    )


def mask_personal(letter: Letter) -> Letter:
    """Mask personal numbers, and what the fields of a filled letter say of the citizen that it is about.

    A field says it that is named after a person's name, address or number (``Modtagernavn``, ``Adresse``); a field
    of the sender (``Sagsbehandlernavn``) does not. The same words are masked wherever they stand (``Kære Mette``).
    Offsets stay; the file's name is left as it is.
    """
    letter = mask_letter(letter)
    hidden = _Hidden()
    spans: list[tuple[int, int]] = []
    for said in letter.fields[:MAX_FIELDS]:
        kind, shown = about(said), letter.text[said.start : said.end]
        if kind and is_filled(said, shown):
            greeting = _GREETING.match(shown)
            start = greeting.end() if greeting else 0
            hidden.add(kind, shown[start:])
            spans.append((said.start + start, said.end))
    if not spans:
        return letter
    properties = {key: hidden.mask(value) for key, value in letter.properties.items()}
    text = hidden.mask(_dotted(letter.text, sorted(spans)))
    return replace(letter, text=text, properties=MappingProxyType(properties))


def _dotted(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with the words of the spans, which are sorted and may overlap, as dots."""
    parts, last = [], 0
    for start, end in spans:
        if end > last:
            begin = max(start, last)
            parts += [text[last:begin], _WORD_SIGN.sub(MASK, text[begin:end])]
            last = end
    return "".join([*parts, text[last:]])


@dataclass(slots=True)
class _Hidden:
    """The words that are masked wherever they stand: whole words, and words in a row by the first of them."""

    words: set[str] = field(default_factory=set)
    rows: dict[str, set[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(set))

    def add(self, kind: About, value: str) -> None:
        """Add what a field showed."""
        if kind is About.NAME:
            self._add_name(value)
        elif kind is About.BLOCK:
            name, _, rest = value.partition("\n")
            name, _, more = name.partition(",")
            if name != name.lower():  # ``Borger``: ``dig og din familie``
                self._add_name(name)
            self._add_address([more, *rest.split("\n")])
        elif kind is About.ADDRESS:
            self._add_address(value.split("\n"))
        else:
            self._add_row(_ANY_WORD.findall(value))

    def mask(self, text: str) -> str:
        """Return the text with those words as dots."""
        return _dotted(text, self._spans(text, list(_ANY_WORD.finditer(text))))

    def _add_name(self, value: str) -> None:
        words = _ANY_WORD.findall(value)
        if not words or len(words) > MAX_NAME_WORDS:
            return
        self._add_row(words)
        if _ORGANISATION.isdisjoint(word.casefold() for word in words):
            # ``de`` in ``Anders de Lange`` is a word of every letter; only a name in small letters alone is none.
            small = all(word.islower() for word in words)
            for word in words:
                if len(word) > 1 and word.casefold() not in _NO_NAME and (small or word[0].isupper()):
                    self.words |= {word.capitalize(), word.upper(), *([] if small else [word])}

    def _add_address(self, lines: Iterable[str]) -> None:
        for line in lines:
            for piece in line.split(","):
                words = _ANY_WORD.findall(piece)
                # Street and number; a town of the same name as the municipality stays readable.
                if len(words) > 1 and words[0].isalpha() and any(word[0].isdigit() for word in words):
                    self._add_row(words)

    def _add_row(self, words: list[str]) -> None:
        if 1 < len(words) <= MAX_NAME_WORDS:
            self.rows[words[0].casefold()].add(tuple(word.casefold() for word in words))

    def _spans(self, text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
        for at, word in enumerate(words):
            length = self._row_at(text, words, at)
            if length:
                yield word.start(), words[at + length - 1].end()
            elif self._is_hidden(text, word):
                yield word.span()

    def _is_hidden(self, text: str, word: re.Match[str]) -> bool:
        """Whether a word, or what it is the genitive of, is masked; ``Bo-støtte`` is no one's."""
        written = word.group()
        if written not in self.words and not (written[-1:] in "sS" and written[:-1] in self.words):
            return False
        after = text[word.end() : word.end() + 2]
        return len(written) > 3 or not (after[:1] == "-" and after[1:].islower())

    def _row_at(self, text: str, words: list[re.Match[str]], at: int) -> int:
        """Return how many words from here are masked together."""
        rows = self.rows.get(words[at].group().casefold())
        if not rows:
            return 0
        following = words[at : at + max(map(len, rows))]
        for number in range(1, len(following)):
            if following[number].start() - following[number - 1].end() > _BETWEEN_WORDS:
                following = following[:number]
                break
        written = [word.group().casefold() for word in following]
        for length in range(len(written), 1, -1):
            *before, end = written[:length]
            if (*before, end) in rows or (*before, end.removesuffix("s")) in rows:
                return length
        return 0
