"""Suggests what the recipient can do: MeMo's eight actions, each with a label for its button and its details."""

import math
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import ACTION_CODES, DETAILS, Action, Evidence, Suggestion
from markup_assistant.suggest.cues import CueFindings, CueMatch, find_cues, knowledge
from markup_assistant.suggest.details import Anchor, ChosenDetail, Facts, LinkItem, choose_details
from markup_assistant.suggest.evidence import cue_evidence

DISTANCE_COST = 1.5
"""Weight that a cue loses for an address for each sentence between them, when actions compete for it."""

LINK_REACH = 2
"""Sentences that an address may stand after the cue that speaks of it."""

LINK_WEIGHT = 2.0
"""How strongly an address draws the deadline of its action."""

NAMED = 3.0
"""What an action claims of an address whose name speaks of it: ``«Betalingslink»``, ``…/tilmeld``."""

UNCLAIMED = 1.0
"""What self-service claims of an address that stands in a sentence."""


def suggest_actions(letter: Letter, *, found: CueFindings | None = None) -> tuple[Suggestion[Action], ...]:
    """Return what the recipient is asked or invited to do, the surest first, each code at most once.

    Actions that are less probable than not are left out. ``found`` are the cues of the letter where the caller
    has them already.
    """
    known = knowledge()
    cues = found if found is not None else find_cues(letter)
    facts = Facts(letter, cues)
    anchors = {code: _anchors(cues.matches.get(code, ())) for code in ACTION_CODES}
    links = _share_links(facts, anchors, known.actions)
    suggestions = []
    for code in ACTION_CODES:
        if not anchors[code] and not links[code] and not (code == "AFTALE" and facts.moments):
            continue
        around = anchors[code] + [Anchor(facts.sentence(link.start), LINK_WEIGHT) for link in links[code]]
        details = choose_details(code, facts, around, links[code])
        confidence = _confidence(cues.score(code), details, known.actions[code])
        if confidence >= known.actions["threshold"]:
            matches = cues.matches.get(code, ())
            suggestions.append(_suggestion(letter, code, confidence, details, matches, known.actions[code]))
    return tuple(sorted(suggestions, key=lambda suggestion: (-suggestion.confidence, suggestion.value.code)))


def _anchors(matches: Sequence[CueMatch]) -> list[Anchor]:
    """Return the sentences that speak of an action, each with the weight of its strongest cue."""
    strongest: dict[int, float] = {}
    for match in matches:
        if match.weight > strongest.get(match.sentence, 0.0):
            strongest[match.sentence] = match.weight
    return [Anchor(sentence, weight) for sentence, weight in strongest.items()]


def _share_links(
    facts: Facts, anchors: Mapping[str, Sequence[Anchor]], entries: Mapping[str, Any]
) -> dict[str, list[LinkItem]]:
    """Give each address to the action whose cues stand nearest to it and weigh most.

    An address inside a sentence that no cue claims is where something can be done: self-service.
    """
    shared: dict[str, list[LinkItem]] = {code: [] for code in ACTION_CODES}
    for link in facts.links:
        here = facts.sentence(link.start)
        claims = {"SELVBETJENING": UNCLAIMED} if facts.in_sentence(link) else {}
        for code in (code for code in ACTION_CODES if "url" in DETAILS[code] and anchors[code]):
            if any(word in link.name for word in entries[code].get("link_words", ())):
                claims[code] = NAMED
            for anchor in anchors[code]:
                if 0 <= here - anchor.sentence <= LINK_REACH:
                    claim = anchor.weight - DISTANCE_COST * (here - anchor.sentence)
                    claims[code] = max(claim, claims.get(code, 0.0))
        if claims:
            shared[max(claims, key=lambda code: (claims[code], code))].append(link)
    return shared


def _confidence(score: float, details: Sequence[ChosenDetail], entry: Mapping[str, Any]) -> float:
    bonus = sum(entry.get(f"with_{detail.name if detail.certain else 'day'}", 0.0) for detail in details)
    return round(1.0 / (1.0 + math.exp(-(entry["bias"] + score + bonus))), 4)


def _suggestion(
    letter: Letter,
    code: str,
    confidence: float,
    details: Sequence[ChosenDetail],
    matches: Sequence[CueMatch],
    entry: Mapping[str, Any],
) -> Suggestion[Action]:
    by_name = {detail.name: detail for detail in details}
    ordered = {name: by_name[name].value for name in DETAILS[code] if name in by_name}
    action = Action(code, _label(matches, entry["label"]), MappingProxyType(ordered))
    return Suggestion(action, confidence, cue_evidence(letter, matches) + _detail_evidence(letter, details))


def _label(matches: Sequence[CueMatch], default: str) -> str:
    """Return the label of the strongest cue that has one; one that only names the action comes after those."""
    named = [match for match in matches if match.cue.label and match.weight >= 0]
    best = max(named, key=lambda match: (match.weight, -match.start), default=None)
    return best.cue.label if best is not None else default


def _detail_evidence(letter: Letter, details: Sequence[ChosenDetail]) -> tuple[Evidence, ...]:
    spans = dict.fromkeys((detail.start, detail.end) for detail in details)
    return tuple(Evidence(letter.text[start:end], start, end, "detail", 0.0) for start, end in spans)
