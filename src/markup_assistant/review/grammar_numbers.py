"""Reads what is typed as numbers: KLE numbers, journal numbers, codes of facets, places in a list."""

import re
from collections.abc import Mapping
from functools import cache

from markup_assistant.catalogue.numbers import nearest_numbers
from markup_assistant.catalogue.tree import Subject
from markup_assistant.review.grammar_rules import load_phrases
from markup_assistant.review.grammar_setting import Doubt, Reading, Setting, Span
from markup_assistant.review.grammar_times import read_day
from markup_assistant.review.grammar_words import joined
from markup_assistant.review.intents import ChooseFacet, ChooseSubject

_NUMBER = re.compile(r"(\d{1,2})[.,\-/](\d{1,2})[.,\-/](\d{1,2})|(\d\d) (\d\d) (\d{1,2})|(\d\d)(\d\d)(\d\d)")
_GROUP = re.compile(r"(\d\d)|(\d{1,2})[.,](\d\d)|(\d\d)(\d\d)|(\d\d) (\d\d)")
_FACET = re.compile(r"(oe|[a-zæøå])[ .-]?(\d\d?)", re.IGNORECASE)
_JOURNAL = re.compile(r"(?P<number>[\d., ]{6,9}?)[ -]+(?P<facet>(?:OE|[A-ZÆØÅ])\d\d)(?:-[\d-]{1,20})?", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|&|\+|\bog\b|\band\b|\bsamt\b)\s*|\s+", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,2})\s?(?:-|–|til|to)\s?(\d{1,2})", re.IGNORECASE)

NEAREST = 5
"""Numbers and codes that are offered for one that does not exist."""


@cache
def _places() -> tuple[Mapping[str, int], frozenset[str], frozenset[str], tuple[str, ...]]:
    """Return what places are called, what the last one is, what may stand before, and how they may end."""
    raw = load_phrases().tables["places"]
    named = {joined(word): int(place) for place, words in raw.items() if place.isdigit() for word in words.split()}
    last, lead = (frozenset(joined(word) for word in raw[name].split()) for name in ("last", "lead"))
    return named, last, lead, tuple(raw["tail"].split())


def read_number(span: Span, setting: Setting) -> Reading | None:
    """Read a KLE number with three levels; one that does not exist gives the nearest to be asked about."""
    match = _NUMBER.fullmatch(span.text)
    if not match:
        return None
    number = ".".join(part.zfill(2) for part in match.groups() if part)
    if number in setting.catalogue:
        return Reading((number,))
    if len(match[1] or "") == 1 or (match[1] and read_day(span.text, setting)):
        day = read_day(span.text, setting)
        if day is not None and day.values:
            return None  # 1.3.26 is a day
    return Reading(_nearest(number, setting), 0.0, Doubt.NUMBER)


def _nearest(number: str, setting: Setting) -> tuple[str, ...]:
    """Return the numbers nearest to one that does not exist, those of its group first."""
    subjects = [node.number for node in setting.catalogue if isinstance(node, Subject)]
    alike = [near for near in subjects if near.startswith(number[:2])]
    found = nearest_numbers(number, alike or subjects, NEAREST)
    last = int(number[-2:])
    return tuple(sorted(found, key=lambda near: (near[:5] != number[:5], abs(int(near[-2:]) - last))))


def read_group(span: Span, setting: Setting) -> Reading | None:
    match = _GROUP.fullmatch(span.text)
    number = ".".join(part.zfill(2) for part in match.groups() if part) if match else ""
    return Reading((number,)) if number and number in setting.catalogue else None


def read_node(span: Span, setting: Setting) -> Reading | None:
    place = read_subject(span, setting)
    return place if place is not None and place.doubt is not Doubt.PLACE else read_group(span, setting)


def read_journal(span: Span, setting: Setting) -> Reading | None:
    match = _JOURNAL.fullmatch(span.text)
    if not match:
        return None
    number = read_number(Span(match["number"].strip(), ()), setting)
    facet = read_facet(Span(match["facet"], ()), setting)
    if number is None or facet is None:
        return None
    pairs = [(ChooseSubject(str(chosen)), ChooseFacet(str(code))) for chosen in number.values for code in facet.values]
    return Reading(tuple(pairs[:NEAREST]), 0.0, number.doubt or facet.doubt)


def read_place(span: Span, setting: Setting) -> Reading | None:
    """Read ``2``, ``nr. 2``, ``nummer to``, ``den anden``, ``2'eren``; one that is not there is a doubt."""
    named, last, lead, tails = _places()
    words = list(span.words)
    led = False
    while len(words) > 1 and words[0] in lead:
        words, led = words[1:], True
    if len(words) > 1 and words[-1] in tails:
        words = words[:-1]
    if len(words) != 1:
        return None
    word = words[0]
    if led and word in last:
        place = setting.places
    elif word in named:
        place = named[word]
    else:
        digits = next((word.removesuffix(tail) for tail in ("", *tails) if word.removesuffix(tail).isdigit()), "")
        if not digits or len(digits) > 2 or digits.startswith("0"):
            return None
        place = int(digits)
    return Reading((place,)) if 1 <= place <= setting.places else Reading((), 0.0, Doubt.PLACE)


def read_any_place(span: Span, _: Setting) -> Reading | None:
    """Read a place that need not be there: the one that is *not* meant."""
    return Reading((0,)) if len(span.words) == 1 and len(span.words[0]) <= 8 else None


def read_places(span: Span, setting: Setting) -> Reading | None:
    """Read ``1, 3 og 5`` and ``1-3``."""
    places: list[int] = []
    named = _places()[0]
    text = _RANGE.sub(lambda range_: " ".join(map(str, range(int(range_[1]), int(range_[2]) + 1))), span.text)
    for part in _AND.split(text):
        word = joined(part)
        if word.isdigit() and len(word) <= 2:
            places.append(int(word))
        elif word in named:
            places.append(named[word])
        elif word and word not in _places()[2]:
            return None
    if not places or (setting.listed and max(places) > setting.listed) or min(places) < 1:
        return Reading((), 0.0, Doubt.PLACE) if places else None
    return Reading((tuple(dict.fromkeys(places)),))


def read_subject(span: Span, setting: Setting) -> Reading | None:
    """Read a subject by its number, or by its place on the card."""
    by_number = read_number(span, setting)
    if by_number is not None:
        return by_number
    place = read_place(span, setting)
    if place is None or place.doubt:
        return place
    chosen = int(str(place.values[0]))
    return Reading((setting.subjects[chosen - 1],)) if chosen <= len(setting.subjects) else None


def read_facet(span: Span, setting: Setting) -> Reading | None:
    """Read a code as it is typed: ``K02``, ``k 2``, ``oe30``."""
    match = _FACET.fullmatch(span.text)
    if not match:
        return None
    code = match[1].upper().replace("OE", "Ø") + match[2].zfill(2)
    codes = [facet.code for facet in setting.catalogue.facets]
    if code in codes:
        return Reading((code,))
    if code[0] == "O" and "Ø" + code[1:] in codes:
        return Reading(("Ø" + code[1:],), 0.05)
    if not any(known.startswith(code[0]) for known in codes):
        return None
    return Reading(nearest_numbers(code, codes, NEAREST), 0.0, Doubt.FACET)


def numbers_in(span: Span, setting: Setting) -> tuple[str, ...]:
    """Return the KLE numbers of three levels that stand somewhere in the words."""
    found = (read_number(Span(word.strip(" ,;:!?()"), ()), setting) for word in span.text.split())
    return tuple(str(reading.values[0]) for reading in found if reading is not None and not reading.doubt)


def facets_in(span: Span, setting: Setting) -> tuple[str, ...]:
    """Return the codes of facets that stand somewhere in the words."""
    found = (read_facet(Span(word.strip(" .,;:!?()"), ()), setting) for word in span.text.split())
    return tuple(str(reading.values[0]) for reading in found if reading is not None and not reading.doubt)
