"""Finds registration numbers in a letter: CPR, CVR, P-number, GLN, case, journal, property and vehicle."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markup_assistant.letters.masking import MASK, find_cpr, mask_cpr
from markup_assistant.markup import Identifier

_NUMBER = r"(?:[- ]?(?:nr|nummer|no|id)\b)?"
_BETWEEN = r"\.?[ \t]{0,3}[:=]?[ \t]{0,9}"
_REFERENCE = r"[A-ZÆØÅ]{0,8}[-/]?\d[\w./\-]{1,40}"
_PLATE = r"[A-ZÆØÅ]{2} ?\d\d ?\d{3}"
_CAPITAL = r"[A-ZÆØÅ][\w\-]{1,30}"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A number with the label that stands before it; ``any_case`` unless capitals tell value from prose."""

    name: str
    label: str
    value: str
    any_case: bool = True

    def pattern(self) -> re.Pattern[str]:
        """Compile to a pattern with a group ``value``."""
        flags = re.IGNORECASE if self.any_case else re.NOFLAG
        return re.compile(rf"(?<!\w)(?:{self.label}){_BETWEEN}(?P<value>{self.value})(?!\w)", flags)


_KINDS = (
    _Kind("cvr", rf"(?:CVR|(?-i:SE)){_NUMBER}\.?:?[ ]?(?:DK)?-?", r"\d\d(?: ?\d\d){3}"),
    _Kind("p_number", r"P[- ]?(?:nr|nummer|enhed(?:snummer)?)|produktionsenhed(?:snummer)?", r"\d{10}"),
    _Kind("gln", rf"(?:EAN|GLN)(?:[- ]?lokationsn(?:r|ummer))?{_NUMBER}", r"\d{13}"),
    _Kind("case", r"sags?[- ]?(?:nr|nummer|id)\b", _REFERENCE),
    _Kind("journal", r"j\. ?nr|jnr|journal[- ]?(?:nr|nummer)", _REFERENCE),
    _Kind(
        "property",
        r"[Mm]atr(?:ikel)?\.?[- ]?(?:nr|nummer)\b",
        # Land register: number and letters, then the district's name ("12ab Tofte By, Tofte").
        rf"\d{{1,4}}[a-zæøå]{{0,3}}(?:,? {_CAPITAL}(?: (?:{_CAPITAL}|og|under)){{0,3}}(?:, {_CAPITAL})?)?",
        any_case=False,
    ),
    _Kind("property", rf"BFE{_NUMBER}|ejendoms?[- ]?(?:nr|nummer)\b", r"\d{5,10}"),
    _Kind("vehicle", r"(?:ind)?registreringsn(?:r|ummer)|reg\.? ?n(?:r|ummer)|nummerplade", _PLATE),
)

_LABELLED = tuple((kind.name, kind.pattern()) for kind in _KINDS)
_BARE_PLATE = re.compile(r"(?<!\w)(?P<value>[A-ZÆØÅ]{2} \d\d \d{3})(?![\w]| \d)")
_BARE_GLN = re.compile(r"(?<!\w)(?P<value>579\d{10})(?!\w)")
"""GLN of Danish authorities begin with GS1 Denmark's 579 (57 with the block of the public sector)."""
_VEHICLE = re.compile(r"køretøj|\bbil(?:en|ens)?\b|\breg\.|nummerplade|motorcykel|trailer|parker", re.IGNORECASE)

_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Return the registration numbers of a letter in order, none overlapping another.

    Personal numbers are masked in ``value`` (also inside a case number); the spans are those of the text.
    """
    found = sorted(_all(text), key=lambda identifier: (identifier.start, -identifier.end))
    kept: list[Identifier] = []
    for identifier in found:
        if not kept or identifier.start >= kept[-1].end:
            kept.append(identifier)
    return tuple(kept)


def _all(text: str) -> Iterator[Identifier]:
    for start, end in find_cpr(text):
        yield Identifier("cpr", mask_cpr(text[start:end]), start, end)
    for kind, pattern in _LABELLED:
        for match in pattern.finditer(text):
            yield from _checked(kind, match)
    for match in _BARE_GLN.finditer(text):
        yield from _checked("gln", match)
    for match in _BARE_PLATE.finditer(text):
        if _VEHICLE.search(text, max(0, match.start() - 80), match.end() + 40):
            yield from _checked("vehicle", match)


def _checked(kind: str, match: re.Match[str]) -> Iterator[Identifier]:
    start, end = match.span("value")
    written = match["value"].rstrip("./-")
    end = start + len(written)
    value = written
    if kind in {"cvr", "p_number", "gln", "vehicle"}:
        value = written.replace(" ", "").upper()
    if (kind == "cvr" and not is_cvr(value)) or (kind == "gln" and not is_gln(value)):
        return
    if kind in {"case", "journal"}:
        value = mask_cpr(value)
        if not any(character.isdigit() or character == MASK for character in value):
            return
    yield Identifier(kind, value, start, end)


def is_cvr(digits: str) -> bool:
    """Whether eight digits pass the modulus 11 check of the business register (weights 2 7 6 5 4 3 2 1)."""
    weighted = sum(weight * int(digit) for weight, digit in zip(_CVR_WEIGHTS, digits, strict=True))
    return digits[0] != "0" and weighted % 11 == 0


def is_gln(digits: str) -> bool:
    """Whether thirteen digits pass GS1's check: alternating weights 1 and 3 to a multiple of ten."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0
