"""Suggests the handlingsfacet: what the authority does in the case.

The ordinary case (G01) is the starting point; cues for a kind of letter (hearing, complaint, bill, order ...) and
what is usual within the subject's group speak for another facet. See ``cues.toml``.
"""

import math
from collections.abc import Mapping
from typing import Any

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Suggestion
from markup_assistant.suggest.cues import CueFindings, find_cues, knowledge
from markup_assistant.suggest.evidence import cue_evidence


def suggest_facets(
    letter: Letter, subject: str, limit: int = 3, *, found: CueFindings | None = None
) -> tuple[Suggestion[str], ...]:
    """Return the ``limit`` most probable facets of a letter on a subject, best first.

    ``subject`` is a KLE number or empty; ``found`` are the cues of the letter where the caller has them already.
    Confidences of all facets sum to one.
    """
    known = knowledge()
    cues = found if found is not None else find_cues(letter)
    scores = facet_scores(cues, subject, known.facets)
    probabilities = _softmax(scores, float(known.facets["temperature"]))
    best = sorted(probabilities, key=lambda code: (-probabilities[code], code))[:limit]
    return tuple(
        Suggestion(code, round(probabilities[code], 4), cue_evidence(letter, cues.matches.get(code, ())))
        for code in best
    )


def facet_scores(cues: CueFindings, subject: str, facets: Mapping[str, Any]) -> dict[str, float]:
    """Return the log-odds of each facet against the ordinary case without a cue."""
    usual = _usual_within(subject, facets["usual"])
    scores: dict[str, float] = {}
    for code, entry in facets.items():
        if not isinstance(entry, dict) or "cues" not in entry:
            continue
        gap = 0.0 if code == facets["default"] else facets["prior"].get(code, facets["usual_gap"])
        scores[code] = cues.score(code) - gap + usual.get(code, 0.0)
    return scores


def _usual_within(subject: str, table: Mapping[str, Mapping[str, float]]) -> Mapping[str, float]:
    for length in (8, 5, 2):
        if subject[:length] in table:
            return table[subject[:length]]
    return {}


def _softmax(scores: Mapping[str, float], temperature: float) -> dict[str, float]:
    highest = max(scores.values())
    shifted = {code: math.exp((score - highest) / temperature) for code, score in scores.items()}
    total = sum(shifted.values())
    return {code: value / total for code, value in shifted.items()}
