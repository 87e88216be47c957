"""Weighs which rules a line fits: one clearly, several alike, or none."""

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from markup_assistant.catalogue.index import index_of
from markup_assistant.markup import Part
from markup_assistant.review.grammar_lines import Fit, Heard, Slots, fit
from markup_assistant.review.grammar_rules import Care, Phrases, Rule, build, literal_words, load_phrases
from markup_assistant.review.grammar_setting import Doubt, Reading, Setting
from markup_assistant.review.grammar_slots import FREE, READERS, UNITS
from markup_assistant.review.grammar_words import BARE, SOUND, Line
from markup_assistant.review.intents import Intent, Search, SetDetail, Why

GREAT_LIMIT = 0.32
"""Cost up to which a line of great care is acted on: one slip in a word of six letters, and politeness."""

LIMIT, LIMIT_A_WORD, MOST_LIMIT = 0.45, 0.15, 1.4
"""Cost up to which any other is: some slips, more in a longer line."""

FREE_LIMIT = 0.32
"""The same where part of the line is free text."""

NEAR = 1.8
"""How many times that cost a line may have to be asked about as nearly a command."""

PASSED_FREE, PASSED_NEAR = 0.34, 0.4
"""Share of the letters that may be passed over: where a line only shows something, and where it is asked about."""

ALIKE = 0.15
"""Cost by which one reading must be better than another to be taken without asking."""

_SIZES = {name: most for name, (most, _) in READERS.items()}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that a line fits: its ``readings``, the likeliest first, and why it would have to be asked about."""

    fit: Fit
    rule: Rule
    readings: tuple[tuple[Intent, ...], ...]
    doubt: Doubt | None
    literals: int

    @property
    def cost(self) -> float:
        """What was forgiven and what was taken as free text, together."""
        return self.fit.cost + self.fit.free


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a line can be: ``clear`` is one reading, ``asked`` several; ``near`` commands are not quite there."""

    clear: Candidate | None = None
    asked: tuple[tuple[Intent, ...], ...] = ()
    doubt: Doubt | None = None
    near: tuple[tuple[Intent, ...], ...] = ()


def hear(line: Line, phrases: Phrases) -> Heard:
    """Look up the words of a line in the vocabulary."""
    vocabulary = phrases.vocabulary
    folded = [word.folded for word in line.words]
    pairs = [vocabulary.alike(one + other) for one, other in pairwise(folded)]
    near = tuple(vocabulary.near(word) for word in folded)
    return Heard(
        line,
        near,
        (*pairs, {}),
        frozenset(place for place, word in enumerate(folded) if word in phrases.polite),
        frozenset(place for place, word in enumerate(folded) if word in phrases.weighty),
        frozenset(word for words in (*near, *pairs) for word in words),
    )


def judge(line: Line, setting: Setting, *, whole: bool = True) -> Judgement:
    """Weigh a line; where it is not the ``whole`` of what was typed, nothing that was said too barely counts."""
    phrases = load_phrases()
    heard = hear(line, phrases)

    @cache
    def read(reader: str, start: int, end: int) -> Reading | None:
        return READERS[reader][1](line.span(start, end), setting)

    slots = Slots(read, _SIZES, FREE)
    candidates = sorted(
        (
            found
            for rule in phrases.rules
            if whole or rule.focus is None
            if (found := _candidate(rule, heard, slots, setting))
        ),
        key=lambda found: (found.fit.passed, found.cost, -found.literals),
    )
    letters = sum(len(word.folded) for word in line.words)
    fitting = [one for one in candidates if _fits(one, letters, len(line.words))]
    if not fitting:
        return Judgement(near=_near(candidates, letters, heard, setting))
    best = fitting[0]
    rivals = [one for one in fitting[1:] if _alike(best, one)]
    if best.doubt is not None or rivals:
        readings = tuple(dict.fromkeys(reading for one in (best, *rivals) for reading in one.readings))
        if len(readings) != 1 or best.doubt is not None:
            return Judgement(asked=readings, doubt=best.doubt or Doubt.SEVERAL)
    if best.fit.cost >= SOUND and _no_slip(best, heard, setting):
        return Judgement(near=best.readings)
    return Judgement(clear=best)


def _no_slip(found: Candidate, heard: Heard, setting: Setting) -> bool:
    """Whether a word that was taken for a slip is a word of the catalogue: ``slot`` is no slip of ``slut``."""
    free = {place for _, reader, start, end in found.fit.spans if reader in FREE | UNITS for place in range(start, end)}
    postings = index_of(setting.catalogue).postings
    return any(
        word.folded in postings and word.folded.isalpha() and min(heard.near[place].values(), default=1.0) > BARE
        for place, word in enumerate(heard.line.words)
        if place not in free and place not in heard.polite
    )


def _candidate(rule: Rule, heard: Heard, slots: Slots, setting: Setting) -> Candidate | None:
    """Return how a rule fits the line best."""
    if rule.focus is not None and setting.part is Part.SUBJECT:
        return None  # words that are said so barely are searched for
    if rule.around:
        around = (place for place, word in enumerate(heard.line.words) if word.folded in rule.around)
        heard = replace(heard, polite=heard.polite.union(around))

    best = _best_fit(rule, heard, slots)
    if best is None:
        return None
    found, literals = best
    readings = [(name, reading) for name, reader, *ends in found.spans if (reading := slots.read(reader, *ends))]
    typed = heard.line.span(0, len(heard.line.words)).text
    built = build(rule, {name: reading.values for name, reading in readings} | {"line": (typed,)}, setting)
    doubt = next((reading.doubt for _, reading in readings if reading.doubt), None)
    if built and _may_be_search(rule, found, built, setting):
        built, doubt = (*built, (Search(typed),)), doubt or Doubt.SEVERAL
    elif len(built) > 1:
        doubt = doubt or Doubt.SEVERAL
    built = tuple(tuple(_in_focus(intent, setting) for intent in reading) for reading in built)
    return Candidate(found, rule, tuple(dict.fromkeys(built)), doubt, literals)


def _best_fit(rule: Rule, heard: Heard, slots: Slots) -> tuple[Fit, int] | None:
    """Return the best fit among a rule's patterns, with the words that its pattern must have."""
    found = []
    for pattern in rule.patterns:
        if all(not words.isdisjoint(heard.known) for words in pattern.needed):
            fitted = fit(pattern, heard, slots)
            if fitted is not None:
                found.append((fitted, literal_words(pattern)))
    return min(found, key=lambda one: (one[0], -one[1]), default=None)


def _may_be_search(rule: Rule, found: Fit, built: tuple[tuple[Intent, ...], ...], setting: Setting) -> bool:
    """Whether words to search for may be meant: said barely where nothing asks for it, or text for no action there."""
    if rule.focus is not None and setting.part is not rule.focus:
        return True
    details = (one for reading in built for one in reading if isinstance(one, SetDetail))
    return bool(found.free) and any(_is_new(one, setting) for one in details)


def _is_new(intent: SetDetail, setting: Setting) -> bool:
    """Whether the card has no action that a detail would belong to."""
    return bool(intent.code) and intent.code not in {action.code for action in setting.draft.actions}


def _in_focus(intent: Intent, setting: Setting) -> Intent:
    """``hvorfor`` alone asks about the part that has the focus."""
    return replace(intent, part=setting.part) if intent == Why() else intent


def _fits(found: Candidate, letters: int, words: int) -> bool:
    passed = found.fit.passed / letters
    if found.fit.free and found.fit.cost > FREE_LIMIT:
        return False  # a slip in the word before it would turn any text into a command
    if found.fit.passed and not (found.rule.care is Care.FREE and passed <= PASSED_FREE and words > 3):
        return False
    return found.fit.cost <= _limit(found.rule, words)


def _limit(rule: Rule, words: int) -> float:
    return GREAT_LIMIT if rule.care is Care.GREAT else min(MOST_LIMIT, LIMIT + LIMIT_A_WORD * words)


def _alike(best: Candidate, other: Candidate) -> bool:
    """Whether another rule fits so nearly as well that it cannot be told which was meant."""
    if other.fit.passed > best.fit.passed or other.cost - best.cost > ALIKE:
        return False
    if other.literals < best.literals or (other.doubt is not None and best.doubt is None):
        return False
    return set(other.readings) != set(best.readings) and (best.cost > 0.1 or other.cost <= best.cost)


def _near(candidates: list[Candidate], letters: int, heard: Heard, setting: Setting) -> tuple[tuple[Intent, ...], ...]:
    """Return what the line may have been meant as though it does not quite fit."""
    most = NEAR * min(MOST_LIMIT, LIMIT + LIMIT_A_WORD * len(heard.line.words))
    near = [
        one
        for one in candidates
        if one.fit.passed / letters <= PASSED_NEAR
        and one.fit.cost <= most
        and (one.fit.cost <= LIMIT or not _no_slip(one, heard, setting))
        and one.literals
        and one.doubt is None
        and one.fit.free == 0
    ]
    return tuple(dict.fromkeys(reading for one in near[:2] for reading in one.readings))


def uses_free_text(found: Candidate) -> bool:
    """Whether part of the line was taken as it is."""
    return found.fit.free > 0


def searches(found: Candidate) -> bool:
    """Whether the line is a search."""
    return any(isinstance(intent, Search) for reading in found.readings for intent in reading)
