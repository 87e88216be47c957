"""Whether a model may take another's place: what is proof, and what only looks like it."""

from collections.abc import Sequence

import numpy as np
import pytest
from tests.learning.test_evaluation import row, scores

from markup_assistant.learning.evaluation.comparison import ENOUGH, Judgement, compare
from markup_assistant.learning.evaluation.scores import Scores


def model(right: Sequence[bool], facets: Sequence[bool] | None = None, name: str = "m") -> Scores:
    """A model that has the subjects (and facets) of some texts right."""
    rows = [
        row(
            ["01.00.00"],
            ["01.00.00" if hit else "02.00.00"],
            facet=(["G01"], "G01" if facets[place] else "K02") if facets else None,
        )
        for place, hit in enumerate(right)
    ]
    return scores(*rows, model=name)


def test_a_clear_gain_is_better_and_a_clear_loss_worse() -> None:
    weak, strong = model([n % 2 == 0 for n in range(200)], name="a"), model([n % 4 > 0 for n in range(200)], name="b")
    gain, loss = compare(weak, strong), compare(strong, weak)
    assert (gain.judgement, gain.may_replace) == (Judgement.BETTER, True)
    assert (loss.judgement, loss.may_replace) == (Judgement.WORSE, False)
    first = gain.differences[0]
    assert first.figure == "precision_at_1"
    assert first.difference == pytest.approx(0.25)
    assert first.low < 0.25 < first.high
    assert gain.decided_by == "precision_at_1"
    assert gain.answers_changed == 150


@pytest.mark.parametrize(
    ("texts", "judgement"), [(2 * ENOUGH, Judgement.NOT_WORSE), (ENOUGH // 3, Judgement.CANNOT_TELL)]
)
def test_the_same_answers_prove_something_only_on_enough_texts(texts: int, judgement: Judgement) -> None:
    same = [n % 3 > 0 for n in range(texts)]
    found = compare(model(same), model(same))
    assert found.judgement is judgement
    assert found.answers_changed == 0


def test_four_texts_against_none_are_no_proof_of_a_gain_and_ten_are() -> None:
    """McNemar's exact test has p = 0.125 for four against none, 0.002 for ten."""
    former = [n >= 20 for n in range(60)]
    assert compare(model(former), model([n >= 16 for n in range(60)])).judgement is not Judgement.BETTER
    assert compare(model([n >= 16 for n in range(60)]), model(former)).judgement is Judgement.CANNOT_TELL
    assert compare(model(former), model([n >= 10 for n in range(60)])).judgement is Judgement.BETTER


def test_better_subjects_do_not_make_up_for_lost_facets() -> None:
    subjects, better = [n % 2 == 0 for n in range(200)], [True] * 200
    found = compare(model(subjects, facets=[True] * 200), model(better, facets=[n % 3 > 0 for n in range(200)]))
    assert (found.judgement, found.decided_by) == (Judgement.WORSE, "facet")


def test_models_of_the_same_quality_are_seldom_told_apart() -> None:
    dice = np.random.default_rng(4)
    told_apart = 0
    for _ in range(120):
        pair = [model((dice.random(100) < 0.7).tolist()) for _ in range(2)]
        told_apart += compare(*pair).judgement in (Judgement.BETTER, Judgement.WORSE)
    assert told_apart / 120 <= 0.09, "5 % are due to chance"


def test_what_more_of_is_no_gain_is_not_compared() -> None:
    names = {one.figure for one in compare(model([True, False]), model([False, True])).differences}
    assert names.isdisjoint({"overconfidence", "verdict.check_share", "silent_wrongly"})


def test_scores_of_different_texts_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="different texts"):
        compare(model([True]), model([True, True]))
    with pytest.raises(ValueError, match="different texts"):
        compare(model([True], facets=[True]), model([True]))


def test_without_labels_nothing_can_be_told() -> None:
    found = compare(scores(), scores())
    assert (found.judgement, found.may_replace, found.decided_by) == (Judgement.CANNOT_TELL, False, "")
