"""Decisions out of the store: as JSON Lines with everything in them, or as a table for Excel."""

import json
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain, islice
from pathlib import Path

from markup_assistant.batch.decision_heads import Heads, Held
from markup_assistant.batch.decision_rows import COLUMNS, Names, Row, cells_of, decision_row
from markup_assistant.batch.tables import csv_lines
from markup_assistant.batch.tables_excel import write_excel
from markup_assistant.markup import Decision, Part
from markup_assistant.store.copies import part_of
from markup_assistant.store.store import Store

WIDTHS = {
    "letter": 45,
    "outcome": 11,
    "subject": 10,
    "title": 50,
    "facet_title": 25,
    "actions": 24,
    "details": 30,
    "target": 20,
    "target_name": 25,
    "person": 20,
    "at": 28,
    "model": 16,
    "catalogue": 13,
    "id": 38,
    "supersedes": 38,
    "source": 38,
    "content": 20,
} | {f"how_{part.value}": 13 for part in Part}
"""Widths of columns in characters, as their contents are; the others are as wide as their heads."""


class Format(StrEnum):
    """What decisions are written as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


def format_of(file: Path) -> Format | None:
    """Return the format that a file's ending says, or None."""
    ending = file.suffix.lower().removeprefix(".")
    return Format(ending) if ending in set(Format) else None


class Export:
    """The decisions of a store, read anew each time they are gone through; some thousands in memory at a time.

    Args:
        whole: also those that were superseded or withdrawn; else what holds for each letter, and where people decided
            differently, each of theirs.
    """

    def __init__(self, store: Store, names: Names, *, whole: bool) -> None:
        self._store = store
        self._names = names
        self._whole = whole
        self.count = 0
        self.conflicts = 0

    def rows(self) -> Iterator[Row]:
        """Yield an object a decision, in the order in which they arrived.

        ``count`` then says how many they were, ``conflicts`` on how many letters people have decided differently.
        """
        heads, seen = Heads(), 0
        for decision in self._store.decisions():
            heads.add(decision)
            seen += 1
        held = heads.held()
        self.count, self.conflicts = 0, len(held.conflicts)
        # Decisions that arrive from here on are for the next export: what holds was found without them.
        for decision in islice(self._store.decisions(), seen):
            if self._whole or decision.id in held.ids:
                self.count += 1
                yield self._row(decision, held)

    def lines(self, form: Format) -> Iterator[bytes]:
        """Yield the export as CSV or JSON Lines, line by line."""
        if form is Format.CSV:
            body = ([str(cell) for cell in cells_of(row, _decimal_comma)] for row in self.rows())
            yield from csv_lines(chain([COLUMNS], body))
        else:
            for row in self.rows():
                # Half a surrogate pair cannot be UTF-8; JSON has an escape for it, which this writes.
                yield json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"

    def write(self, file: Path, form: Format) -> None:
        """Write a file: beside its place, and moved there when it is whole. Raises OutputError."""
        with part_of(file) as part:
            if form is Format.XLSX:
                body = (cells_of(row, _excel_number) for row in self.rows())
                widths = [WIDTHS.get(column, len(column) + 3) for column in COLUMNS]
                write_excel(part, chain([COLUMNS], body), widths, file)
            else:
                with part.open("wb") as stream:
                    stream.writelines(self.lines(form))

    def _row(self, decision: Decision, held: Held) -> Row:
        return decision_row(decision, self._names, conflict=decision.letter in held.conflicts)


def _excel_number(number: float) -> str | float:
    """Return a number, or the text of one that has more digits than the 15 that Excel keeps."""
    return number if float(f"{number:.15g}") == number else repr(number)


def _decimal_comma(number: float) -> str:
    """Write a number as a Danish Excel reads it; ``12.5`` would become the 12th of May."""
    return repr(float(number)).replace(".", ",")
