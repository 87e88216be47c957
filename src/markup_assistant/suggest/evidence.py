"""Turns what was found in a letter into the reasons that a reader sees."""

from collections.abc import Sequence

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Evidence
from markup_assistant.suggest.cues import CueMatch

MAX_EVIDENCE = 4


def cue_evidence(letter: Letter, matches: Sequence[CueMatch]) -> tuple[Evidence, ...]:
    """Return the strongest cues that speak for a value, none inside another, with their share of the whole."""
    speaking = [match for match in matches if match.weight > 0]
    chosen: list[CueMatch] = []
    for match in sorted(speaking, key=lambda match: (-match.weight, match.start, -match.end)):
        if not any(match.start < other.end and other.start < match.end for other in chosen):
            chosen.append(match)
    shown: dict[str, CueMatch] = {}
    for match in chosen:
        shown.setdefault(letter.text[match.start : match.end].casefold(), match)
    total = sum(match.weight for match in shown.values())
    return tuple(
        Evidence(
            letter.text[match.start : match.end],
            match.start,
            match.end,
            "cue",
            round(match.weight / total, 4),
        )
        for match in list(shown.values())[:MAX_EVIDENCE]
    )
