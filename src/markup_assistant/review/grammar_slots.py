"""Reads the words in a slot of a line as a value: names, amounts, links, fields, free text."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from markup_assistant.letters.placeholders import find_placeholders
from markup_assistant.markup import FieldRef, Part
from markup_assistant.review.grammar_names import Names, find_facet, find_unit, read_names
from markup_assistant.review.grammar_numbers import (
    numbers_in,
    read_any_place,
    read_facet,
    read_group,
    read_journal,
    read_node,
    read_number,
    read_place,
    read_places,
    read_subject,
)
from markup_assistant.review.grammar_rules import load_phrases
from markup_assistant.review.grammar_setting import Doubt, Each, Reading, Setting, Span
from markup_assistant.review.grammar_times import read_day, read_moment
from markup_assistant.review.intents import (
    Assign,
    ChooseTarget,
    Compare,
    Intent,
    Show,
    Why,
)
from markup_assistant.suggest.amounts import find_amounts
from markup_assistant.suggest.clocks import find_clocks
from markup_assistant.suggest.dates import find_dates
from markup_assistant.suggest.links import WEB_PATTERN

_LINK = re.compile(WEB_PATTERN, re.IGNORECASE)
_FIELDS = re.compile(
    r"(?:feltet|felt|felterne|flettefeltet|flettefelt|flettefelterne|the field|field|fields)\s+", re.IGNORECASE
)

_ROOM = re.compile(r"(?:møde)?(?:lokale|rum|sal|room)\s+(?:\w?\d|\w\b)", re.IGNORECASE)
_FILE = re.compile(r"\.[a-z]{2,4}\b|[/_\\]", re.IGNORECASE)


@cache
def _names(table: str) -> Names:
    return read_names(load_phrases().tables[table])


# ------------------------------------------------------------ facets, actions, units


def _facet_word(span: Span, setting: Setting) -> Reading | None:
    typed = " ".join(_bare(span))
    found = find_facet(setting.catalogue, _names("facets"), typed) if typed else None
    if found is None or len(found.values) < 2:
        return found
    likely = (
        [facet.code for facet in setting.catalogue.facets_for(setting.draft.subject)] if setting.draft.subject else []
    )
    values = tuple(sorted(found.values, key=lambda code: likely.index(str(code)) if code in likely else 0))
    return Reading(values, found.cost, found.doubt)


def _bare(span: Span) -> tuple[str, ...]:
    """Return the words without articles before them."""
    words = span.words
    while len(words) > 1 and words[0] in load_phrases().articles:
        words = words[1:]
    return words


def _named(table: str, span: Span) -> Reading | None:
    return _names(table).find(" ".join(_bare(span)))


def _actions(span: Span, _: Setting) -> Reading | None:
    """Read one action, or several with ``og`` between: all are meant."""
    whole = _named("actions", span)
    if whole is not None:
        return Reading((Each(whole.values[:1]),), whole.cost) if not whole.doubt else whole
    parts: list[list[str]] = [[]]
    for word in span.words:
        if word in load_phrases().connectors:
            parts.append([])
        else:
            parts[-1].append(word)
    if len(parts) < 2:
        parts = [[word] for word in span.words]
    found = [_named("actions", Span("", tuple(part))) for part in parts if part]
    if len(found) < 2 or any(one is None or one.doubt for one in found):
        return None
    readings = [one for one in found if one is not None]
    return Reading((Each(tuple(one.values[0] for one in readings)),), sum(one.cost for one in readings))


def _unit(span: Span, setting: Setting) -> Reading | None:
    typed = " ".join(_bare(span))
    return find_unit(setting.organisation, typed) if len(typed) >= 2 else None


def _sure_unit(span: Span, setting: Setting) -> Reading | None:
    """Read a unit where the words may be something else: only one that is clearly meant."""
    found = _unit(span, setting)
    return found if found is not None and not found.doubt and found.cost <= 0.12 else None


def _bare_unit(span: Span, setting: Setting) -> Reading | None:
    """Read a unit of which nothing but the name was typed: unsure ones only where a unit is asked for."""
    return _unit(span, setting) if setting.part is Part.TARGET else _sure_unit(span, setting)


def _someone(span: Span, setting: Setting) -> Reading | None:
    """Read who a letter is sent to where no unit is called so: a person, or a unit that is alike."""
    if len(span.words) > 4:
        return None
    unit = _unit(span, setting)
    units = [(ChooseTarget(str(id_)),) for id_ in unit.values] if unit else []
    person: list[tuple[Intent, ...]] = [(Assign(span.text),)] if span.text[:1].isalpha() else []
    likely = unit is not None and unit.doubt is not Doubt.UNIT
    return Reading(tuple([*units, *person] if likely else [*person, *units]), 0.45, Doubt.UNIT)


# ------------------------------------------------------------ reasons


def _reason(span: Span, setting: Setting) -> Reading | None:
    """Read what a reason is asked for: a suggested subject, the subject, facet, actions or unit of the card."""
    number = read_number(span, setting)
    if number is not None:
        asked = [_why_number(str(value), setting) for value in number.values]
        return Reading(tuple(asked), number.cost, number.doubt)
    place = read_place(span, setting)
    if place is not None:
        return Reading(tuple((Why(place=int(str(value))),) for value in place.values), place.cost, place.doubt)
    part = _named("parts", span)
    if part is not None:
        return Reading(((Why(Part(str(part.values[0]))),),), part.cost)
    for read, about in (
        (read_facet, Part.FACET),
        (_actions, Part.ACTIONS),
        (_facet_word, Part.FACET),
        (_sure_unit, Part.TARGET),
    ):
        found = read(span, setting)
        if found is not None and found.values:
            return Reading(((Why(about),),), found.cost)
    return None


def _why_number(number: str, setting: Setting) -> tuple[Intent, ...]:
    if number == setting.draft.subject:
        return (Why(Part.SUBJECT),)
    if number in setting.subjects:
        return (Why(place=setting.subjects.index(number) + 1),)
    return (Compare(setting.draft.subject, number),) if setting.draft.subject else (Show("number", number),)


# ------------------------------------------------------------ values of details


def _money(span: Span, _: Setting) -> Reading | None:
    """Read an amount that shows that it is one: with ``kr.``, ``,-`` or two decimals."""
    return _amount_in((span.text.strip(),))


def _amount(span: Span, _: Setting) -> Reading | None:
    """Read an amount where one is asked for, with or without ``kr.``."""
    return _amount_in((span.text.strip(), f"{span.text.strip()} kr"))


def _amount_in(ways: tuple[str, ...]) -> Reading | None:
    for written in ways:
        found = find_amounts(written)
        if len(found) == 1 and not (written[: found[0].start] + written[found[0].end :]).strip(" ."):
            return Reading((found[0].value,))
    return None


def _link(span: Span, _: Setting) -> Reading | None:
    url = span.text.rstrip(".,;:!?")
    if not _LINK.fullmatch(url):
        return None
    return Reading((url if "://" in url else f"https://{url}",))


def _field(span: Span, _: Setting) -> Reading | None:
    """Read a field by its signs, or by its name after ``feltet``; a second one carries the time of day."""
    led = _FIELDS.match(span.text)
    text = span.text[led.end() :] if led else span.text
    marked = find_placeholders(text)
    if marked:
        rest = "".join(text[end:start] for end, start in _gaps(text, [(one.start, one.end) for one in marked]))
        names = [one.name for one in marked] if not rest.replace("og", "").strip(" ,&+") else []
    elif led:
        names = [part for part in re.split(r"\s+og\s+|\s+and\s+|\s*,\s*", text.strip("\"'„”“ ")) if part]
    else:
        names = []
    return Reading((FieldRef(*names),)) if 1 <= len(names) <= 2 and all(len(name) <= 60 for name in names) else None


def _gaps(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _detail(span: Span, _: Setting) -> Reading | None:
    return _named("details", span)


def _clock(span: Span, setting: Setting) -> Reading | None:
    """Read a time of day that says that it is one: with ``kl`` before it, or as a period of minutes."""
    said = span.words[0].startswith(("kl", "at")) or bool(re.search(r"\d[.:]\d\d\s?(?:-|–|til)", span.text))
    return read_moment(span.text, setting, needs_clock=True) if said and any(c.isdigit() for c in span.text) else None


# ------------------------------------------------------------ free text


def _text(span: Span, _: Setting) -> Reading | None:
    """Take words as they are; a word that turns the meaning round cannot begin them."""
    if span.words[0] in load_phrases().weighty or not any(sign.isalpha() for sign in span.text):
        return None
    return Reading((span.text,))


def _noun(span: Span, setting: Setting) -> Reading | None:
    """Take words that name something: nothing said to the assistant, no number, nothing turned round."""
    phrases = load_phrases()
    said = phrases.weighty | phrases.talk
    if any(word in said or word.isdigit() for word in span.words) or span.words[0] in phrases.polite | phrases.opening:
        return None
    if not phrases.weighty.isdisjoint(phrases.vocabulary.near(span.words[0])):
        return None  # "ike et brev"
    return None if numbers_in(span, setting) else _text(span, setting)


def _location(span: Span, setting: Setting) -> Reading | None:
    """Take words as a place: no day or time of day stands in it."""
    timed = find_clocks(span.text) or find_dates(span.text, near=setting.today)
    begins = span.words[0] in load_phrases().opening | load_phrases().polite
    return None if timed or begins else _text(span, setting)


def _room(span: Span, setting: Setting) -> Reading | None:
    """Read a place that says itself that it is one: ``lokale 3 på biblioteket``."""
    return _location(span, setting) if _ROOM.match(span.text) else None


def _person(span: Span, _: Setting) -> Reading | None:
    """Read a name: only letters, and no word that is something else."""
    phrases = load_phrases()
    plain = all(part.isalpha() for part in re.split(r"[ .\-']+", span.text) if part)
    other = phrases.articles | phrases.weighty | phrases.polite | phrases.talk | phrases.opening
    return Reading((span.text,)) if plain and not other.intersection(span.words) else None


def _letter(span: Span, _: Setting) -> Reading | None:
    """Read a letter's place or (part of) its name: a number, a file, one or two words."""
    phrases = load_phrases()
    named = len(span.words) <= 2 or bool(_FILE.search(span.text))
    other = phrases.weighty | phrases.talk | phrases.articles
    return Reading((span.text,)) if named and not other.intersection(span.words) else None


Reader = Callable[[Span, Setting], Reading | None]

READERS: Mapping[str, tuple[int, Reader]] = MappingProxyType(
    {
        "number": (3, read_number),
        "group": (2, read_group),
        "node": (4, read_node),
        "journal": (5, read_journal),
        "place": (4, read_place),
        "other": (2, read_any_place),
        "places": (12, read_places),
        "subject": (3, read_subject),
        "facet": (2, read_facet),
        "facetword": (6, _facet_word),
        "actions": (8, _actions),
        "unit": (7, _unit),
        "bareunit": (7, _bare_unit),
        "sender": (7, _unit),
        "someone": (4, _someone),
        "reason": (7, _reason),
        "day": (7, lambda span, setting: read_day(span.text, setting)),
        "moment": (12, lambda span, setting: read_moment(span.text, setting)),
        "dayclock": (12, lambda span, setting: read_moment(span.text, setting, needs_clock=True)),
        "clock": (8, _clock),
        "amount": (4, _amount),
        "money": (4, _money),
        "link": (1, _link),
        "field": (6, _field),
        "detail": (4, _detail),
        "location": (12, _location),
        "room": (12, _room),
        "noun": (40, _noun),
        "label": (8, _text),
        "topic": (4, lambda span, _: _named("topics", span)),
        "person": (3, _person),
        "letter": (6, _letter),
        "text": (40, _text),
    }
)
"""How each slot is read, and the most words that it takes."""

FREE = frozenset({"location", "noun", "label", "person", "letter", "text"})
"""Slots that take words as they are."""

UNITS = frozenset({"unit", "bareunit", "sender"})
"""Slots that take the name of a unit, with a measure of their own for how alike it is."""

MARKS = re.compile(r"[«{\[]|https?://|www\.|\bkl\.? ?\d|\d[.:]\d\d\s?-", re.IGNORECASE)


def is_timed_or_marked(text: str, setting: Setting) -> bool:
    """Whether a day, time, amount, address or field stands in a text: nobody searches KLE for those."""
    return bool(MARKS.search(text) or find_dates(text, near=setting.today) or find_amounts(text))
