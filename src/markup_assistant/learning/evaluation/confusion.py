"""Which subjects are taken for which: mistakes between neighbours are another matter than mistakes far off."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from markup_assistant.learning.evaluation.measures import same_above
from markup_assistant.learning.evaluation.scores import Score


@dataclass(frozen=True, slots=True)
class Pair:
    """A subject that was suggested first where another was right, and in how many texts."""

    given: str
    right: str
    texts: int


@dataclass(frozen=True, slots=True)
class Confusion:
    """The texts whose first subject is wrong.

    Of the ``wrong`` texts, ``same_group`` have one of the right group, ``same_main_group`` one of the right main
    group (those of the right group among them), and ``nothing`` none at all. ``pairs`` are all confusions, the most
    frequent first.
    """

    wrong: int
    same_group: int
    same_main_group: int
    nothing: int
    pairs: tuple[Pair, ...]


def confusion(rows: Sequence[Score]) -> Confusion | None:
    """Return the confusions of the texts that have a subject; nothing where no text has one."""
    if not any(row.labels.subjects for row in rows):
        return None
    wrong = [row for row in rows if row.labels.subjects and not row.right]
    counts = Counter((row.answer.first, (row.labels.subjects or ("",))[0]) for row in wrong if row.answer.first)
    pairs = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Confusion(
        len(wrong),
        sum(same_above(row, 5) for row in wrong),
        sum(same_above(row, 2) for row in wrong),
        sum(not row.answer.first for row in wrong),
        tuple(Pair(given, right, count) for (given, right), count in pairs),
    )
