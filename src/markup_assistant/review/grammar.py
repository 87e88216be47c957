"""Understands what a caseworker types: short Danish or English, with slips, as the intents of the conversation.

No language model: the ways to say things stand in ``phrases.toml``, their words are compared with rapidfuzz, and what
is not clear is asked back.
"""

import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from markup_assistant.catalogue.index import index_of
from markup_assistant.letters.masking import mask_cpr
from markup_assistant.review.grammar_judging import Judgement, judge, searches, uses_free_text
from markup_assistant.review.grammar_numbers import facets_in, numbers_in
from markup_assistant.review.grammar_rules import load_phrases
from markup_assistant.review.grammar_setting import Doubt, Setting
from markup_assistant.review.grammar_slots import is_timed_or_marked
from markup_assistant.review.grammar_words import Line, read_line
from markup_assistant.review.intents import (
    Accept,
    AddAction,
    ChooseFacet,
    ChooseSubject,
    Help,
    Intent,
    Refuse,
    RemoveAction,
    Search,
    SetDetail,
    Show,
)

__all__ = ["Doubt", "NotUnderstood", "Setting", "Unclear", "Understood", "understand"]

MAX_TYPED = 400
"""Characters of a line; what is longer was pasted."""

MAX_WORDS = 25
"""Words of a line; what has more is a text."""

MOST_OPTIONS = 5
MOST_OF_YES = 4
"""Letters of a slip of yes or no."""

MOST_CLAUSES = 4
"""Wishes in one line."""

MOST_DIVISIONS = 6
"""Places where a line is tried to be divided into wishes."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The line means this: one intent, or several to be done in order."""

    intents: tuple[Intent, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """The line can mean one of two to five things, the likeliest first: the caller asks which.

    ``doubt`` says why and ``about`` holds the words (CPR numbers masked); ``besides`` is what else stood in the
    line and was clear, to be done before whichever is chosen.
    """

    options: tuple[Intent, ...]
    doubt: Doubt = Doubt.SEVERAL
    about: str = ""
    besides: tuple[Intent, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Nothing fits, and there is nothing to offer; ``doubt`` says why, ``about`` holds the words (CPR masked)."""

    doubt: Doubt
    about: str = ""


Answer = Understood | Unclear | NotUnderstood


def understand(text: str, setting: Setting) -> Answer:
    """Return what a typed line means; never raises, and takes no longer for a long text than for a line."""
    if not text.strip():
        return NotUnderstood(Doubt.EMPTY)
    if len(text) > MAX_TYPED:
        return NotUnderstood(Doubt.LONG)
    clean = mask_cpr(unicodedata.normalize("NFC", " ".join(text.split())))
    line = load_phrases().vocabulary.split(read_line(clean), index_of(setting.catalogue).postings)
    if not line.words or len(line.words) > MAX_WORDS:
        return NotUnderstood(Doubt.LONG if line.words else Doubt.STRANGE, clean)
    return _line(line, setting)


def _line(line: Line, setting: Setting) -> Answer:
    judged = judge(line, setting)
    if judged.clear is not None:
        parts = _clauses(line, setting) if uses_free_text(judged.clear) else None
        return parts or Understood(judged.clear.readings[0])
    if judged.asked:
        return _asked(judged, line) or _searched(line, judged, setting)
    return (
        _after_yes_or_no(line, setting)
        or _clauses(line, setting)
        or _asked(judged, line)
        or _searched(line, judged, setting)
    )


def _asked(judged: Judgement, line: Line) -> Answer | None:
    """Return the question about readings that cannot be told apart, or why there is nothing to ask about."""
    if judged.doubt is None:
        return None
    about = _typed(line)
    options = tuple(dict.fromkeys(reading[0] for reading in judged.asked if reading))
    if not options:
        return NotUnderstood(judged.doubt, about)
    if len(options) == 1:
        options = (*options, Search(about))
    return Unclear(options[:MOST_OPTIONS], judged.doubt, about)


def _after_yes_or_no(line: Line, setting: Setting) -> Answer | None:
    """Understand what follows ``nej`` or ``ja``: it says what is right, and the yes or no is only its beginning."""
    phrases = load_phrases()
    first, rest = line.words[0].folded, line.part(1, len(line.words))
    if not rest.words or first not in phrases.assent | phrases.dissent:
        return None
    answer = _line(rest.part(1, len(rest.words)) if _is_connector(rest) else rest, setting)
    agrees = first in phrases.assent
    if isinstance(answer, Understood):
        if agrees and answer.intents == (Refuse(),):
            return Unclear((Accept(), Refuse()), Doubt.SEVERAL, _typed(line))
        if not agrees and answer.intents == (Accept(),):
            return Unclear((Refuse(), Accept()), Doubt.SEVERAL, _typed(line))
        if agrees and isinstance(answer.intents[0], Search):
            return Unclear((Accept(), *answer.intents), Doubt.SEVERAL, _typed(line))
    return answer


def _is_connector(line: Line) -> bool:
    return len(line.words) > 1 and line.words[0].folded in load_phrases().connectors


def _clauses(line: Line, setting: Setting, most: int = MOST_CLAUSES) -> Answer | None:
    """Understand a line as several wishes, each clear by itself; the last one may have to be asked about."""
    connectors = load_phrases().connectors
    places = [
        place
        for place, word in enumerate(line.words)
        if place and (word.folded in connectors or line.words[place - 1].ends)
    ]
    for place in places[:MOST_DIVISIONS]:
        divides = line.words[place].folded in connectors
        first = _clear(line.part(0, place), setting)
        rest = line.part(place + divides, len(line.words))
        if _is_connector(rest):
            rest = rest.part(1, len(rest.words))
        if not first or Accept() in first or not rest.words:
            continue
        last = _clear(rest, setting)
        if last and _set_by(first).isdisjoint(_set_by(last)):
            return Understood((*first, *last))
        more = _clauses(rest, setting, most - 1) if most > 2 else None
        if isinstance(more, Understood) and _set_by(first).isdisjoint(_set_by(more.intents)):
            return Understood((*first, *more.intents))
        asked = _asked(judge(rest, setting, whole=False), rest)
        if isinstance(asked, Unclear):
            return Unclear(asked.options, asked.doubt, asked.about, (*first, *asked.besides))
    return None


def _set_by(intents: tuple[Intent, ...]) -> set[str]:
    """Return what some intents set: two wishes in one line do not set the same (``på Rådhuset, lokale 2``)."""
    return {
        intent.name if isinstance(intent, SetDetail) else type(intent).__name__
        for intent in intents
        if not isinstance(intent, AddAction | RemoveAction)
    }


def _clear(line: Line, setting: Setting) -> tuple[Intent, ...]:
    """Return what a part of the line clearly means by itself; nothing for a search."""
    phrases = load_phrases()
    if len(line.words) > 1 and line.words[0].folded in phrases.assent | phrases.dissent:
        line = line.part(1, len(line.words))
    found = judge(line, setting, whole=False).clear
    return found.readings[0] if found is not None and not searches(found) else ()


def _searched(line: Line, judged: Judgement, setting: Setting) -> Answer:
    """Take the line as words to search for, unless it is nearly a command, says what something is *not*, or talks."""
    typed = _typed(line)
    near = tuple(reading[0] for reading in judged.near if reading)
    if not any(sign.isalpha() or sign == "§" for sign in typed):
        return NotUnderstood(Doubt.STRANGE, typed)
    options = [*near, *_named_in(line, setting), *_yes_or_no(line, setting)]
    words = [word.folded for word in line.words]
    phrases = load_phrases()
    talks = not phrases.talk.isdisjoint(words) or words[0] in phrases.opening | phrases.ordering
    if not options and not phrases.weighty.isdisjoint(words if talks else words[:2]):
        options = [Refuse()]
    if options:
        return Unclear((*dict.fromkeys(options), Search(typed))[:MOST_OPTIONS], Doubt.SLIP, typed)
    if talks or words[-1] in phrases.opening or is_timed_or_marked(typed, setting):
        return Unclear((Search(typed), Help()), Doubt.SLIP, typed)
    return Understood((Search(typed),))


def _named_in(line: Line, setting: Setting) -> list[Intent]:
    """Return what a number or code in a line may be there for, though the rest was not understood."""
    span = line.span(0, len(line.words))
    numbers, facets = numbers_in(span, setting), facets_in(span, setting)
    chosen: list[Intent] = [ChooseSubject(numbers[0]), Show("number", numbers[0])] if len(numbers) == 1 else []
    return chosen + ([ChooseFacet(facets[0]), Show("facets", facets[0])] if len(facets) == 1 else [])


def _yes_or_no(line: Line, setting: Setting) -> list[Intent]:
    """Return what a very short word that the catalogue does not have may be a slip of: ``naj``."""
    word = line.words[0].folded
    if len(line.words) > 1 or len(word) > MOST_OF_YES or word in index_of(setting.catalogue).postings:
        return []
    phrases = load_phrases()
    said: tuple[tuple[frozenset[str], Intent], ...] = ((phrases.assent, Accept()), (phrases.dissent, Refuse()))
    return [intent for words, intent in said if any(OSA.distance(word, known) == 1 for known in words)]


def _typed(line: Line) -> str:
    return line.span(0, len(line.words)).text
