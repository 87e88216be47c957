"""Reads a file of rows: UTF-8, semicolons, one header line; says file and line of what is wrong."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from markup_assistant.errors import CatalogueError


def read_table(file: Path, header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and columns of each row; empty lines are passed over.

    Raises CatalogueError for a missing or unreadable file, another header, a row with more or fewer columns.
    """
    reader = csv.reader(StringIO(read_utf8(file), newline=""), delimiter=";", strict=True)
    columns = len(header)
    try:
        first = next(reader, None)
        if first is None:
            raise CatalogueError(file=str(file), reason="reasons.catalogue.empty")
        if tuple(name.strip() for name in first) != header:
            reason = "reasons.catalogue.header"
            got = ";".join(first)[:80]
            raise CatalogueError(file=str(file), reason=reason, expected=";".join(header), got=got)
        for row in reader:
            if len(row) == columns:
                yield reader.line_num, row
            elif row:
                reason = "reasons.catalogue.columns"
                facts = {"line": reader.line_num, "expected": columns, "got": len(row)}
                raise CatalogueError(file=str(file), reason=reason, **facts)
    except csv.Error as error:
        reason = "reasons.catalogue.csv"
        raise CatalogueError(file=str(file), reason=reason, line=reader.line_num, got=error) from error


def read_utf8(file: Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark; raises CatalogueError."""
    try:
        content = file.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise CatalogueError(file=str(file), reason="reasons.catalogue.missing") from None
    except (OSError, ValueError) as error:
        raise CatalogueError(file=str(file), reason="reasons.catalogue.unreadable", got=error) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogueError(file=str(file), reason="reasons.catalogue.encoding", line=line) from error
