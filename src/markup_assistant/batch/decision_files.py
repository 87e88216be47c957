"""Takes in a file, whatever it is: decisions, a copy of a store, a municipality's own list, or labelled texts."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from markup_assistant.batch.decision_backup import opened_copy
from markup_assistant.batch.decision_import import (
    decisions_of_lines,
    decisions_of_table,
    import_decisions,
    import_store,
    is_export,
)
from markup_assistant.batch.decision_report import Report, shown
from markup_assistant.batch.labels_columns import HEAD_ROWS, find_columns
from markup_assistant.batch.labels_import import ListImport, Terms
from markup_assistant.batch.labels_lines import items_of_lines, items_of_table
from markup_assistant.batch.labels_match import LetterNames
from markup_assistant.batch.labels_values import Values
from markup_assistant.batch.tables import Kind, Row, csv_rows, json_lines, kind_of
from markup_assistant.batch.tables_excel import excel_rows
from markup_assistant.errors import ListColumnsError, ListEmptyError
from markup_assistant.store.store import Store

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a list takes, made only where a file is one.

    Attributes:
        values: understands its cells; names: knows the letters that it may mean; terms: on what terms it is taken.
    """

    values: Callable[[], Values]
    names: Callable[[], LetterNames]
    terms: Terms


def import_file(file: Path, store: Store, reading: Reading, told: Told = lambda _, __: None) -> Report:
    """Take in a file and return what came of it; ``told`` hears how many letters of how many are done.

    Raises InputFileError, ListFormatError, ListTooLargeError, ListTooLongError, ListEmptyError, ListColumnsError for a
    file that is none of these, and FolderMissingError for letters that are looked for where no folder is.
    """
    kind, dry_run = kind_of(file), reading.terms.dry_run
    if kind is Kind.STORE:
        with opened_copy(file) as other:
            return import_store(other, store, dry_run=dry_run)
    if kind is Kind.JSON_LINES:
        if any(is_export(keys) for keys in _first_keys(file)):
            return import_decisions(decisions_of_lines(json_lines(file)), store, dry_run=dry_run)
        items = items_of_lines(json_lines(file), reading.values())
        return replace(ListImport(store, reading.terms).run(items, reading.names, told), kind="texts")
    return _import_table(file, excel_rows(file) if kind is Kind.EXCEL else csv_rows(file), store, reading, told)


def _import_table(file: Path, rows: Iterator[Row], store: Store, reading: Reading, told: Told) -> Report:
    head = list(islice(rows, HEAD_ROWS))
    if not head:
        raise ListEmptyError(file=str(file))
    if is_export(head[0].cells):
        source = decisions_of_table(head[0], chain(head[1:], rows))
        return import_decisions(source, store, dry_run=reading.terms.dry_run)
    found = find_columns(head)
    if found is None:
        got = ", ".join(cell for cell in head[0].cells if cell.strip())
        raise ListColumnsError(file=str(file), got=shown(got))
    place, columns = found
    items = items_of_table(chain(head[place + 1 :], rows), columns, reading.values())
    report = ListImport(store, reading.terms).run(items, reading.names, told)
    return replace(report, columns=columns.headings)


def _first_keys(file: Path) -> Iterator[list[str]]:
    """Yield the keys of the first lines: one of them may be broken."""
    for _, line in islice(json_lines(file), HEAD_ROWS):
        with suppress(ValueError, RecursionError):
            row = json.loads(line.decode("utf-8-sig"))
            if isinstance(row, dict):
                yield list(row)
