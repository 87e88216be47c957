"""The order in which letters teach most: the doubtful first, and of letters that are alike one before the others.

Uncertainty sampling (Lewis and Gale 1994) asks about versions of one template one after the other; each answer would
settle all of them. So of every family of letters that look alike the first is asked about before any second.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

BANDS, ROWS = 16, 4
"""Two letters count as alike here when one of 16 bands of 4 numbers of their sketches is the same.

Versions of a template (which share four fifths of their sketches) do so in 999 of 1,000 cases, letters that share a
third of it in 1 of 6: here a mistake costs a place in a queue, so that exactness is not worth comparing all with all.
"""

T = TypeVar("T")


def teaching_order(
    items: Sequence[T],
    doubt: Callable[[T], tuple[int, float]],
    sketch: Callable[[T], NDArray[np.uint32] | None],
) -> list[T]:
    """Return items in the order in which to ask about them.

    ``doubt`` gives the class (0: the most doubtful) and the confidence within it; within a class, items whose like
    has been asked about fewer times come first.
    """
    waiting = sorted(items, key=doubt)
    asked: Counter[tuple[int, bytes]] = Counter()
    rounds = []
    for item in waiting:
        found = sketch(item)
        bands = _bands(found) if found is not None else []
        rounds.append(max((asked[band] for band in bands), default=0))
        asked.update(bands)
    order = sorted(range(len(waiting)), key=lambda at: (doubt(waiting[at])[0], rounds[at], at))
    return [waiting[at] for at in order]


def _bands(sketch: NDArray[np.uint32]) -> list[tuple[int, bytes]]:
    rows = sketch[: BANDS * ROWS].reshape(BANDS, ROWS)
    return [(number, row.tobytes()) for number, row in enumerate(rows)]
