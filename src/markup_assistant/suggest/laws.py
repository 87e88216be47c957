"""References to law and section, in one form whatever way a letter writes them.

``servicelovens § 100``, ``§ 100 i lov om social service``, ``SEL § 100`` and ``SEL-100`` are all
``serviceloven § 100``. Names and abbreviations stand in ``kle_catalogue/laws.csv``.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path

from markup_assistant.catalogue.table import read_table

MAX_GAP_BEFORE = 12
"""Characters between a law's name and the section after it: ``servicelovens kapitel 9, § 100`` is further off."""

MAX_GAP_AFTER = 60
"""Characters between a section and the law named after it: ``§ 100, stk. 1, nr. 2, i lov om social service``."""

_LETTER = r"(?:\s?(?!i\s)([a-z])\b)?"  # "§ 100 i loven" has no letter; "§ 18 i, stk. 2" has
_SECTION = re.compile(r"§§?\s{0,2}(\d{1,3})" + _LETTER)
_NAME_END = re.compile(r"(?:loven|bekendtgørelsen)(s?)\b", re.IGNORECASE)
SHORTEST_NAME = len("loven") + 2
_SHORT = re.compile(r"\b([A-ZÆØÅ]{2,5})[ -]{1,2}(?:§§?\s{0,2})?(\d{1,3})(?:[ -]?([a-zA-Z])\b)?")
_MORE = re.compile(r"\s{0,2}(?:,|og|eller|-|–)\s{0,2}(?:§\s{0,2})?(\d{1,3})" + _LETTER + r"(?!\s?\.)")


@dataclass(frozen=True, slots=True)
class LawReference:
    """A section of a law, ``text[start:end]``; ``key`` is its one form, ``serviceloven § 100``."""

    key: str
    start: int
    end: int


class LawBook:
    """The laws that are known by more than one name."""

    def __init__(self, aliases: dict[str, str]) -> None:
        """``aliases`` maps a name or abbreviation, as written, to the short name: ``SEL`` to ``serviceloven``."""
        self._short = {alias: name for alias, name in aliases.items() if alias.isupper()}
        self._long = {alias.lower(): name for alias, name in aliases.items() if not alias.isupper()}
        longest_first = sorted(self._long, key=len, reverse=True)
        self._long_pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)

    def find(self, text: str) -> tuple[LawReference, ...]:
        """Return every section whose law is named beside it, in the order of the text."""
        references = [
            LawReference(self._key(self._short[match[1]], match[2], match[3]), *match.span())
            for match in _SHORT.finditer(text)
            if match[1] in self._short
        ]
        if "§" in text:
            references += self._named(text)
        return tuple(sorted(references, key=lambda reference: reference.start))

    def canonical(self, reference: str) -> str:
        """Return the one form of a reference such as a law term; itself when it holds none."""
        found = self.find(reference)
        return found[0].key if found else reference

    def _named(self, text: str) -> list[LawReference]:
        names = self._names(text)
        if not names:
            return []
        references = []
        for match in _SECTION.finditer(text):
            name = _nearest_name(names, match.start(), match.end())
            if name is None:
                continue
            references.append(LawReference(self._key(name, match[1], match[2]), *match.span()))
            more = _MORE.match(text, match.end())
            if more and text[match.start() : match.start() + 2] == "§§":
                references.append(LawReference(self._key(name, more[1], more[2]), match.start(), more.end()))
        return references

    def _names(self, text: str) -> list[tuple[int, int, str]]:
        long = [(m.start(), m.end(), self._long[m.group().lower()]) for m in self._long_pattern.finditer(text)]
        taken = {start for start, _, _ in long}
        short = []
        for match in _NAME_END.finditer(text):
            # Backwards from its ending: forwards, every word of the letter would be tried.
            start = match.start()
            while start and text[start - 1].isalpha():
                start -= 1
            name = text[start : match.end() - len(match[1])].lower()
            if start not in taken and len(name) > SHORTEST_NAME:
                short.append((start, match.end(), self._long.get(name, name)))
        return sorted(long + short)

    @staticmethod
    def _key(name: str, number: str, letter: str | None) -> str:
        return f"{name} § {number}{' ' + letter.lower() if letter else ''}"


def _nearest_name(names: list[tuple[int, int, str]], start: int, end: int) -> str | None:
    at = bisect_left(names, (start,))
    if at and 0 <= start - names[at - 1][1] <= MAX_GAP_BEFORE:
        return names[at - 1][2]
    at = bisect_left(names, (end,))
    if at < len(names) and names[at][0] - end <= MAX_GAP_AFTER:
        return names[at][2]
    return None


def load_laws(folder: Path) -> LawBook:
    """Read ``laws.csv`` (``name;alias``) of a catalogue folder; an edition without it knows no aliases."""
    file = folder / "laws.csv"
    if not file.is_file():
        return LawBook({})
    return LawBook({alias: name for _, (name, alias) in read_table(file, ("name", "alias")) if alias})
