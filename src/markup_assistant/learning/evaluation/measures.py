"""What is counted in each text: every figure is a sum of parts over a sum of wholes.

Kept like that, a figure of any sample of the texts is two sums, and a thousand samples are one product of matrices.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log2

import numpy as np
from numpy.typing import NDArray

from markup_assistant.learning.evaluation.details import same_detail
from markup_assistant.learning.evaluation.scores import Score
from markup_assistant.markup import ACTION_CODES, DETAILS, FieldRef, Verdict

Numbers = NDArray[np.float64]

ORDINARY = "G01"
"""The facet of the ordinary case, which most letters have."""

DETAIL_NAMES = tuple(dict.fromkeys(name for names in DETAILS.values() for name in names))

BEST_GAIN, OTHER_GAIN = 3, 1
"""Gains of the best and of other acceptable subjects in nDCG: grades 2 and 1, gain 2^grade - 1 (Burges et al. 2005)."""

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure's part and whole in each text, shape (n_texts,) each.

    ``counted`` says which texts take part at all. ``hit`` and ``miss`` are the part and whole of one text that is
    wholly right and of one that is wholly wrong; ``share`` says that the figure is one, from 0 to 1.
    """

    parts: Numbers
    wholes: Numbers
    counted: NDArray[np.bool_]
    hit: Pair = (1.0, 1.0)
    miss: Pair = (0.0, 1.0)
    share: bool = True


def measures(rows: Sequence[Score]) -> dict[str, Measure]:
    """Return every figure that the labels of the texts allow, by its name."""
    found: dict[str, Measure] = {}
    for make in (_subjects, _facets, _actions, _by_code, _details, _certainty):
        found.update(make(rows))
    return {name: measure for name, measure in found.items() if measure.counted.any()}


def _mean(counted: Sequence[bool], values: Sequence[float]) -> Measure:
    """Return the measure that is the mean of values, from 0 to 1, over the texts that count."""
    takes_part = np.array(counted, np.bool_)
    return Measure(np.where(takes_part, np.array(values, np.float64), 0), takes_part.astype(np.float64), takes_part)


def _subjects(rows: Sequence[Score]) -> Iterator[tuple[str, Measure]]:
    on = [bool(row.labels.subjects) for row in rows]
    ranks = [rank(row) for row in rows]
    yield "precision_at_1", _mean(on, [place == 1 for place in ranks])
    yield "recall_at_3", _mean(on, [1 <= place <= 3 for place in ranks])
    yield "recall_at_5", _mean(on, [1 <= place <= 5 for place in ranks])
    yield "mrr", _mean(on, [1 / place if place else 0.0 for place in ranks])
    yield "ndcg_at_5", _mean(on, [ndcg(row, 5) for row in rows])
    yield "group", _mean(on, [same_above(row, 5) for row in rows])
    yield "main_group", _mean(on, [same_above(row, 2) for row in rows])


def rank(row: Score) -> int:
    """Return the place, from 1, of the first acceptable subject among those suggested; 0 if there is none."""
    accepted = row.labels.subjects or ()
    return next((place for place, number in enumerate(row.answer.subjects, 1) if number in accepted), 0)


def ndcg(row: Score, depth: int) -> float:
    """Return how well the first ``depth`` subjects are ordered, 0 to 1 (Järvelin and Kekäläinen 2002)."""
    accepted = row.labels.subjects or ()
    gains = {number: OTHER_GAIN if place else BEST_GAIN for place, number in enumerate(accepted)}
    if not gains:
        return 0.0
    ideal = _discounted(sorted(gains.values(), reverse=True)[:depth])
    return _discounted([gains.get(number, 0) for number in row.answer.subjects[:depth]]) / ideal


def _discounted(gains: Iterable[int]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, 1))


def same_above(row: Score, length: int) -> bool:
    """Say whether the first subject begins as an acceptable one does: 5 characters of the group, 2 of the main."""
    first = row.answer.first[:length]
    return bool(first) and any(number[:length] == first for number in row.labels.subjects or ())


def _facets(rows: Sequence[Score]) -> Iterator[tuple[str, Measure]]:
    best = [(row.labels.facets or ("",))[0] for row in rows]
    right = [row.answer.facet in (row.labels.facets or ()) for row in rows]
    yield "facet", _mean([bool(code) for code in best], right)
    yield "facet_g01", _mean([code == ORDINARY for code in best], right)
    yield "facet_other", _mean([code not in ("", ORDINARY) for code in best], right)


def _actions(rows: Sequence[Score]) -> Iterator[tuple[str, Measure]]:
    yield from _found_and_missed(rows, "action", ACTION_CODES)
    known = [row.labels.actions is not None for row in rows]
    due = [set(row.labels.actions or ()) for row in rows]
    given = [set(row.answer.actions) for row in rows]
    yield "action_set", _mean(known, [one == other for one, other in zip(due, given, strict=True)])
    none_due = [one and not codes for one, codes in zip(known, due, strict=True)]
    yield "no_action_where_none", _mean(none_due, [not codes for codes in given])


def _by_code(rows: Sequence[Score]) -> Iterator[tuple[str, Measure]]:
    for code in ACTION_CODES:
        if any(code in (row.labels.actions or ()) or code in row.answer.actions for row in rows):
            yield from _found_and_missed(rows, f"action.{code}", (code,))


def _found_and_missed(rows: Sequence[Score], name: str, codes: Sequence[str]) -> Iterator[tuple[str, Measure]]:
    """Yield precision, recall and their harmonic mean over actions of some codes."""
    labelled = [row.labels.actions is not None for row in rows]
    due = [[code in (row.labels.actions or ()) for code in codes] for row in rows]
    given = [[code in row.answer.actions for code in codes] for row in rows]
    counted = np.array(labelled, np.bool_)
    right_codes, given_codes = (np.array(found, np.bool_).reshape(len(rows), len(codes)) for found in (due, given))
    found = (right_codes & given_codes).sum(axis=1).astype(np.float64) * counted
    of_given = given_codes.sum(axis=1).astype(np.float64) * counted
    of_due = right_codes.sum(axis=1).astype(np.float64)
    yield f"{name}_precision", Measure(found, of_given, counted)
    yield f"{name}_recall", Measure(found, of_due, counted)
    yield f"{name}_f1", Measure(2 * found, of_given + of_due, counted, hit=(2.0, 2.0))


@dataclass(frozen=True, slots=True)
class _JudgedDetail:
    """A detail of an action that was rightly found: labelled, given or both."""

    name: str
    labelled: bool
    by_field: bool
    given: bool
    right: bool


def _details(rows: Sequence[Score]) -> Iterator[tuple[str, Measure]]:
    """Yield the share of labelled details that are exactly right, and of given ones that no label has."""
    counted = np.array([row.labels.actions is not None for row in rows], np.bool_)
    judged = [tuple(_judged_details(row)) for row in rows]

    def measure(takes: Callable[[_JudgedDetail], bool], is_right: Callable[[_JudgedDetail], bool]) -> Measure:
        taken = [[is_right(detail) for detail in details if takes(detail)] for details in judged]
        parts = np.array([sum(one) for one in taken], np.float64)
        return Measure(parts, np.array([len(one) for one in taken], np.float64), counted)

    def labelled_as(name: str) -> Measure:
        return measure(lambda detail: detail.labelled and detail.name == name, lambda detail: detail.right)

    yield "detail", measure(lambda detail: detail.labelled, lambda detail: detail.right)
    yield "detail_field", measure(lambda detail: detail.by_field, lambda detail: detail.right)
    yield "detail_value", measure(lambda detail: detail.labelled and not detail.by_field, lambda detail: detail.right)
    for name in DETAIL_NAMES:
        yield f"detail.{name}", labelled_as(name)
    yield "detail_invented", measure(lambda detail: detail.given, lambda detail: not detail.labelled)


def _judged_details(row: Score) -> Iterator[_JudgedDetail]:
    for code, right in (row.labels.actions or {}).items():
        given = row.answer.actions.get(code)
        if given is None:
            continue
        for name in dict.fromkeys((*right, *given)):
            both = name in right and name in given
            yield _JudgedDetail(
                name,
                name in right,
                isinstance(right.get(name), FieldRef),
                name in given,
                both and same_detail(name, right[name], given[name]),
            )


def _certainty(rows: Sequence[Score]) -> Iterator[tuple[str, Measure]]:
    """Yield what the verdicts and confidences are worth, over texts of which it is known what is right."""
    known = [row.labels.subjects is not None for row in rows]
    for verdict in Verdict:
        of_verdict = [row.answer.verdict is verdict for row in rows]
        yield f"verdict.{verdict}_share", _mean(known, of_verdict)
        both = [one and other for one, other in zip(known, of_verdict, strict=True)]
        yield f"verdict.{verdict}_right", _mean(both, [row.right for row in rows])
    claimed = [one and bool(row.answer.subjects) for one, row in zip(known, rows, strict=True)]
    excess = _mean(claimed, [row.answer.confidence - row.right for row in rows])
    yield "overconfidence", replace(excess, share=False)
    unsure = [row.answer.verdict is Verdict.UNSURE for row in rows]
    yield "left_alone", _mean([row.labels.left_alone for row in rows], unsure)
    yield (
        "silent_wrongly",
        _mean([bool(row.labels.subjects) for row in rows], [not row.answer.subjects for row in rows]),
    )
