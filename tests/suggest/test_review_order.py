"""The doubtful first, and of letters that are alike one before the others."""

import numpy as np
from numpy.typing import NDArray

from markup_assistant.suggest.review_order import teaching_order
from markup_assistant.suggest.sketch import SIZE

random = np.random.default_rng(1)
FAMILIES = {name: random.integers(1, 2**32, SIZE, dtype=np.uint32) for name in "abc"}


def sketch(name: str) -> NDArray[np.uint32]:
    """A version of a family: one number in eight differs."""
    found = FAMILIES[name[0]].copy()
    found[np.random.default_rng(int(name[1])).choice(SIZE, SIZE // 8, replace=False)] += np.uint32(1)
    return found


def ordered(doubts: dict[str, tuple[int, float]]) -> list[str]:
    return teaching_order(list(doubts), doubts.__getitem__, sketch)


def test_the_doubtful_come_first() -> None:
    assert ordered({"a1": (2, 0.99), "b1": (0, 0.3), "c1": (1, 0.6)}) == ["b1", "c1", "a1"]


def test_of_each_family_one_is_asked_about_before_any_second() -> None:
    doubts = {"a1": (0, 0.10), "a2": (0, 0.11), "a3": (0, 0.12), "b1": (0, 0.30), "c1": (0, 0.40), "b2": (0, 0.31)}
    assert ordered(doubts) == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_a_surer_class_never_goes_before_a_more_doubtful_one() -> None:
    assert ordered({"a1": (0, 0.1), "a2": (0, 0.2), "b1": (1, 0.5)}) == ["a1", "a2", "b1"]


def test_letters_without_a_sketch_keep_their_place() -> None:
    found = teaching_order(["x", "y"], {"x": (0, 0.2), "y": (0, 0.1)}.__getitem__, lambda _: None)
    assert found == ["y", "x"]
