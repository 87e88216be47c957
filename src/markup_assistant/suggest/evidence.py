"""Turns what was found in a letter into the reasons that a reader sees."""

from collections.abc import Sequence

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Evidence
from markup_assistant.suggest.cues import CueMatch

MAX_EVIDENCE = 4

MAX_COMPARED = 50
"""Different words that are looked at; the weaker ones are not shown anyway."""


def cue_evidence(letter: Letter, matches: Sequence[CueMatch]) -> tuple[Evidence, ...]:
    """Return the strongest cues that speak for a value, none inside another, with their share of the whole."""
    strongest: dict[str, CueMatch] = {}
    for match in sorted((m for m in matches if m.weight > 0), key=lambda m: (-m.weight, m.start, -m.end)):
        strongest.setdefault(letter.text[match.start : match.end].casefold(), match)
    chosen: list[CueMatch] = []
    for match in list(strongest.values())[:MAX_COMPARED]:
        if not any(match.start < other.end and other.start < match.end for other in chosen):
            chosen.append(match)
    total = sum(match.weight for match in chosen)
    return tuple(
        Evidence(letter.text[match.start : match.end], match.start, match.end, "cue", round(match.weight / total, 4))
        for match in chosen[:MAX_EVIDENCE]
    )
