"""Lays text out for a terminal: aligned columns, long texts wrapped under themselves."""

import shutil
import textwrap
from collections.abc import Iterable, Sequence

NARROWEST, WIDEST = 60, 110
"""Columns: below, columns cannot stand side by side; above, lines are hard to follow."""

GAP = 2


def terminal_width() -> int:
    """Return the columns to write in."""
    return max(NARROWEST, min(shutil.get_terminal_size((80, 24)).columns, WIDEST))


def columns(rows: Iterable[Sequence[str]], width: int, indent: int = 0) -> list[str]:
    """Return rows as lines: each column as wide as its widest, the last wrapped to ``width``."""
    rows = [list(row) for row in rows]
    if not rows:
        return []
    fixed = [max(len(row[place]) for row in rows) for place in range(len(rows[0]) - 1)]
    left = indent + sum(fixed) + GAP * len(fixed)
    lines: list[str] = []
    for *first, last in rows:
        head = " " * indent + "".join(cell.ljust(size + GAP) for cell, size in zip(first, fixed, strict=True))
        wrapped = textwrap.wrap(last, max(width - left, 20)) or [""]
        lines.append((head + wrapped[0]).rstrip())
        lines += [" " * left + more for more in wrapped[1:]]
    return lines


def paragraph(text: str, width: int, indent: int = 0) -> list[str]:
    """Return text wrapped to ``width``, every line indented."""
    return [" " * indent + line for line in textwrap.wrap(text, width - indent)]
