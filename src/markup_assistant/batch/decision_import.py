"""Decisions of an export, or of a copy of a store, come back in: with their ids, their history and their conflicts."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from markup_assistant.batch.decision_heads import Heads
from markup_assistant.batch.decision_report import MAX_PROBLEMS, Fault, Problem, Report, shown
from markup_assistant.batch.decision_rows import COLUMNS, NEEDED, WrongRowError, decision_of, own_row, row_of_cells
from markup_assistant.batch.tables import Row
from markup_assistant.markup import Decision
from markup_assistant.store.store import Store

_AT_ONCE = 500
"""Decisions written in one transaction."""


def is_export(keys: Iterable[str]) -> bool:
    """Whether the headings of a table, or the keys of an object, are those of an export."""
    return {key.strip().casefold() for key in keys} >= NEEDED


def decisions_of_lines(lines: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, Decision | Problem]]:
    """Yield the decision of each line of JSON Lines, or why there is none."""
    for number, line in lines:
        yield number, _read(number, lambda line=line: _object(line))


def decisions_of_table(header: Row, rows: Iterable[Row]) -> Iterator[tuple[int, Decision | Problem]]:
    """Yield the decision of each row of a table, or why there is none."""
    places = {name.strip().casefold(): place for place, name in reversed(list(enumerate(header.cells)))}
    for row in rows:
        cells = {
            column: row.cells[places[column]]
            for column in COLUMNS
            if column in places and places[column] < len(row.cells)
        }
        yield row.line, _read(row.line, lambda cells=cells: row_of_cells(cells))


def import_decisions(source: Iterable[tuple[int, Decision | Problem]], store: Store, *, dry_run: bool) -> Report:
    """Take decisions that the store does not have; one that is there already is left alone.

    Nothing is decided anew: where others have decided a letter meanwhile, both hold, and differ or agree.
    """
    heads, known = Heads(), {}
    for decision in store.decisions():
        heads.add(decision)
        known[decision.id] = _digest(decision)
    read = taken = already = 0
    problems, waiting = [], []
    touched: set[str] = set()
    for line, found in source:
        read += 1
        if isinstance(found, Problem):
            problems.append(found)
            continue
        digest = _digest(found)
        if known.setdefault(found.id, digest) != digest:
            problems.append(Problem(line, Fault.ID_TAKEN, shown(found.letter), shown(found.id)))
        elif found.id in heads:
            already += 1
        else:
            taken += 1
            heads.add(found)
            touched.add(found.letter)
            waiting.append(found)
        if len(waiting) == _AT_ONCE:
            _add(waiting, store, dry_run=dry_run)
    _add(waiting, store, dry_run=dry_run)
    conflicts = len(touched & heads.held().conflicts)
    return Report("decisions", read, taken, already, conflicts=conflicts, problems=tuple(problems[:MAX_PROBLEMS]))


def import_store(other: Store, store: Store, *, dry_run: bool) -> Report:
    """Take the decisions, and the kept letters, of another store that this one does not have."""
    report = import_decisions(enumerate(other.decisions(), start=1), store, dry_run=dry_run)
    letters = 0
    for kept in other.kept_letters():
        if store.kept_letter(kept.letter, kept.content) is None:
            letters += 1
            if not dry_run:
                store.keep_letter(kept)
    return replace(report, letters=letters)


def _add(waiting: list[Decision], store: Store, *, dry_run: bool) -> None:
    if not dry_run:
        store.add(*waiting)
    waiting.clear()


def _read(line: int, row_of: Any) -> Decision | Problem:
    row: dict[str, Any] = {}
    try:
        row = row_of()
        return decision_of(row)
    except WrongRowError as error:
        return Problem(line, Fault.WRONG_ROW, shown(row.get("letter", "")), error.key)


def _object(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise WrongRowError("JSON") from None
    if not isinstance(row, dict):
        raise WrongRowError("JSON")
    return row


def _digest(decision: Decision) -> bytes:
    said = json.dumps(own_row(decision), sort_keys=True)
    return blake2b(said.encode(), digest_size=16).digest()
