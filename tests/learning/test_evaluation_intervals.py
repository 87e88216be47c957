"""Intervals that hold what they promise, and confidences that are judged fairly."""

import numpy as np
import pytest
from tests.learning.test_evaluation import measured, row, scores

from markup_assistant.learning.evaluation.bootstrap import interval_of_all_alike
from markup_assistant.learning.evaluation.calibration import Calibration, calibration
from markup_assistant.learning.evaluation.coverage import Coverage, coverage
from markup_assistant.learning.evaluation.figures import Figure
from markup_assistant.learning.evaluation.scores import Score
from markup_assistant.markup import Verdict


def judged(right: bool, confidence: float = 0.8, cluster: str = "") -> Score:
    return row(["01.00.00"], ["01.00.00" if right else "02.00.00"], confidence=confidence, cluster=cluster)


def precision(rows: list[Score]) -> Figure:
    return measured(*rows).figures["precision_at_1"]


def bounds(figure: Figure) -> tuple[float, float]:
    assert figure.low is not None
    assert figure.high is not None
    return figure.low, figure.high


def test_nineteen_of_twenty_intervals_hold_the_truth() -> None:
    dice = np.random.default_rng(1)
    truth, runs, held = 0.7, 150, 0
    for _ in range(runs):
        low, high = bounds(precision([judged(bool(right)) for right in dice.random(120) < truth]))
        held += low <= truth <= high
    assert 0.89 <= held / runs <= 0.99


def test_ten_right_of_ten_do_not_prove_that_all_are() -> None:
    low, high = bounds(precision([judged(True)] * 10))
    assert [low, high] == pytest.approx([0.025 ** (1 / 10), 1.0])
    assert interval_of_all_alike(0.0, 10) == pytest.approx((0.0, 1 - 0.025 ** (1 / 10)))


def test_copies_of_a_text_make_nothing_surer() -> None:
    few = [judged(number % 3 > 0, cluster=str(number)) for number in range(30)]
    low, high = bounds(precision(few))
    copied = bounds(precision(few * 5))
    assert copied == pytest.approx((low, high))


def test_the_same_texts_give_the_same_intervals() -> None:
    rows = [judged(number % 3 > 0) for number in range(50)]
    assert precision(rows) == precision(rows)


def calibrated(rows: list[Score]) -> Calibration:
    found = calibration(rows, scores(*rows).clusters())
    assert found is not None
    return found


def claims(shift: float, number: int = 900) -> list[Score]:
    """Texts whose first subject is right as often as its confidence says, but for ``shift``."""
    dice = np.random.default_rng(2)
    confidences = dice.uniform(0.3, 0.95, number).tolist()
    return [judged(dice.random() < confidence - shift, confidence) for confidence in confidences]


def test_honest_confidences_deviate_no_more_than_chance_does() -> None:
    found = calibrated(claims(0.0))
    assert found.error <= found.most_by_chance
    assert len(found.bins) == 15
    assert all(one.texts == 60 for one in found.bins), "bins of equal mass"


def test_boasting_confidences_are_found_out() -> None:
    found = calibrated(claims(0.15))
    assert found.error == pytest.approx(0.15, abs=0.04)
    assert found.error > found.most_by_chance
    excess = measured(*claims(0.15)).figures["overconfidence"]
    assert bounds(excess)[0] > 0.1


def test_equal_confidences_stay_in_one_bin() -> None:
    found = calibrated([judged(number < 90, 0.9) for number in range(100)])
    assert [one.texts for one in found.bins] == [100]
    assert [found.bins[0].confidence, found.bins[0].right] == pytest.approx([0.9, 0.9])
    assert found.error == pytest.approx(0.0, abs=1e-12)


def test_a_claim_about_a_text_to_be_left_alone_is_a_wrong_one() -> None:
    rows = [row([], ["01.00.00"], confidence=0.6, verdict=Verdict.CHECK)]
    assert calibrated(rows).error == pytest.approx(0.6)


def covered(rows: list[Score]) -> Coverage:
    found = coverage(rows, scores(*rows).clusters())
    assert found is not None
    return found


def test_the_limit_covers_as_much_as_stays_right_enough() -> None:
    rows = [judged(number != 12, 0.99 - number / 100) for number in range(20)]  # the 13th surest is wrong
    limits = {limit.precision: limit for limit in covered(rows).limits}
    assert limits[0.99].coverage == pytest.approx(0.6)
    assert limits[0.99].confidence == pytest.approx(0.88)
    assert limits[0.95].coverage == pytest.approx(1.0), "19 of 20"
    shares = [accuracy.right for accuracy in covered(rows).accuracies]
    assert shares == [pytest.approx(1.0), pytest.approx(1.0), pytest.approx(14 / 15), pytest.approx(19 / 20)]


def test_a_limit_takes_all_of_the_same_confidence_or_none() -> None:
    rows = [judged(True, 0.9), judged(False, 0.9), judged(True, 0.5)]
    assert {limit.confidence for limit in covered(rows).limits} == {None}
    assert covered(rows).accuracies[0].right == pytest.approx(0.5)


def test_a_text_without_a_suggestion_is_never_covered() -> None:
    rows = [judged(True, 0.9), row(["01.00.00"], [])]
    assert max(limit.coverage for limit in covered(rows).limits) == pytest.approx(0.5)
    assert covered(rows).accuracies[-1].right == pytest.approx(0.5)
    rightly_silent = [judged(True, 0.9), row([], [])]
    assert max(limit.coverage for limit in covered(rightly_silent).limits) == pytest.approx(0.5)
    assert covered(rightly_silent).accuracies[-1].right == pytest.approx(1.0)


def test_a_large_file_is_sampled_a_part_at_a_time() -> None:
    """More texts than fit in one piece of the samples give an interval as narrow as theory says."""
    dice = np.random.default_rng(3)
    rows = [judged(bool(right)) for right in dice.random(5000) < 0.8]
    low, high = bounds(precision(rows))
    assert high - low == pytest.approx(2 * 1.96 * (0.8 * 0.2 / 5000) ** 0.5, rel=0.15)
