"""Suggests the routing target: the one unit or system that post on a subject with a facet belongs to.

Of the rules that fit, the most specific wins. A KLE pattern is the more specific the more of the number it names
(subject before group before main group before any), and a facet counts for one and a half of these steps: rules
with a facet that hold for all subjects (``* K02``) go before those of whole main groups (``27.*``), but not before
those of groups (``28.09.*``) and subjects, which somebody wrote for just that field; there ``28.09.* K02`` says
what is to happen with complaints. From the most specific on:

    28.09.40 K02 · 28.09.* K02 · 28.09.40 · 28.* K02 · 28.09.* · * K02 · 28.* · * · the default
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from markup_assistant.markup import Suggestion
from markup_assistant.suggest.organisation import ANY, Organisation, Rule

_ORDER = (
    (len("28.09.40"), True),
    (len("28.09"), True),
    (len("28.09.40"), False),
    (len("28"), True),
    (len("28.09"), False),
    (0, True),
    (len("28"), False),
    (0, False),
)
"""Length of the number that a rule names and whether it names a facet, the most specific first."""


def suggest_targets(
    organisation: Organisation,
    subjects: Sequence[Suggestion[str]],
    facets: Sequence[Suggestion[str]],
    limit: int = 3,
) -> tuple[Suggestion[str], ...]:
    """Return the ``limit`` most probable targets, best first, never none.

    The confidence of a target is the probability of the subjects and facets that lead to it; the default, to which
    everything goes that nothing is known about, comes last with none when nothing leads to it. ``reason`` is the
    pattern of the rule that weighs most, or ``*`` for the default.
    """
    shares: dict[str, float] = defaultdict(float)
    reasons: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for subject, subject_share in _shares(subjects) or [("", 1.0)]:
        for facet, facet_share in _shares(facets, whole=True) or [("", 1.0)]:
            rule = route(organisation, subject, facet)
            if rule is None and not subject:
                continue
            target, reason = (rule.target, rule.pattern) if rule else (organisation.default, ANY)
            shares[target] += subject_share * facet_share
            reasons[target][reason] += subject_share * facet_share
    found = [
        Suggestion(target, _rounded(shares[target]), reason=_strongest(reasons[target]))
        for target in sorted(shares, key=lambda target: (-shares[target], target))
    ]
    if organisation.default not in shares:
        found.append(Suggestion(organisation.default, 0.0, reason=ANY))
    return tuple(found[: max(1, limit)])


def route(organisation: Organisation, subject: str, facet: str) -> Rule | None:
    """Return the most specific rule that fits a subject and a facet (each may be empty: unknown), or None."""
    for length, with_facet in _ORDER:
        if (length and not subject) or (with_facet and not facet):
            continue
        kle = subject if length == len("28.09.40") else f"{subject[:length]}.*" if length else ANY
        rule = organisation.by_pattern.get((kle, facet if with_facet else ""))
        if rule is not None:
            return rule
    return None


def _shares(suggestions: Sequence[Suggestion[str]], *, whole: bool = False) -> list[tuple[str, float]]:
    """Return values with probabilities that sum to no more than one, or (``whole``) to one."""
    total = sum(suggestion.confidence for suggestion in suggestions)
    if total <= 0:
        return []
    scale = total if whole else max(1.0, total)
    return [(suggestion.value, suggestion.confidence / scale) for suggestion in suggestions]


def _strongest(reasons: Mapping[str, float]) -> str:
    return max(reasons, key=lambda pattern: (reasons[pattern], pattern))


def _rounded(share: float) -> float:
    return round(min(1.0, max(0.0, share)), 4)
