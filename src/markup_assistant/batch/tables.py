"""Reads and writes tables that people keep in Excel or as CSV, also those that nobody vouches for."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from markup_assistant.errors import InputFileError, ListEmptyError, ListFormatError, ListTooLargeError, ListTooLongError
from markup_assistant.letters.limits import MB

MAX_FILE = 400 * MB
"""Bytes of a file: 1,000,000 decisions as JSON Lines have about 800 characters each, 100,000 of them a fifth of it."""

MAX_ROWS = 1_000_000
"""Rows of a table: Excel ends at 1,048,576, and the largest municipality has some 20,000 templates."""

MAX_COLUMNS = 200
"""Columns of a table: an export has 28, a municipality's own list rarely 20."""

MAX_LINE = 10 * MB
"""Bytes of one line of JSON Lines: the longest letter there may be, with its labels."""

DELIMITERS = ";\t,|"
"""What may stand between the cells of a CSV file; of those that give as many cells the first one counts."""

FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")
"""First signs by which a spreadsheet takes a cell for a formula
(https://owasp.org/www-community/attacks/CSV_Injection)."""

_CHUNK = 1 << 20
_HEAD = 4096
_HEAD_ROWS = 20
"""Lines by which the delimiter is chosen: above the headings there may be a title."""


class Kind(Enum):
    """What a file holds, by its first bytes."""

    CSV = auto()
    EXCEL = auto()
    JSON_LINES = auto()
    STORE = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty: the line where it stands, from 1, and its cells as text without those empty at its end.

    A number is written as Python does (``12.5``), a day or time by ISO 8601.
    """

    line: int
    cells: tuple[str, ...]


def kind_of(file: Path) -> Kind:
    """Say what a file holds; raises InputFileError, ListTooLargeError, ListEmptyError or ListFormatError."""
    with opened(file) as stream:
        head = stream.read(_HEAD)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise ListEmptyError(file=str(file))
    if head.startswith(b"PK\x03\x04"):
        return Kind.EXCEL
    if head.startswith(b"SQLite format 3\x00"):
        return Kind.STORE
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return Kind.JSON_LINES
    if b"\x00" in head and not _wide(head):
        raise ListFormatError(file=str(file))
    return Kind.CSV


@contextmanager
def opened(file: Path) -> Iterator[BinaryIO]:
    """Open a file of at most :data:`MAX_FILE` bytes; raises InputFileError for one that cannot be read."""
    try:
        with file.open("rb") as stream:
            if file.stat().st_size > MAX_FILE:
                raise ListTooLargeError(file=str(file), limit=f"{MAX_FILE // MB} MB")
            yield stream
    except OSError as error:
        raise InputFileError(file=str(file)) from error


def json_lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file that are not empty, with their numbers from 1."""
    with opened(file) as stream:
        number = 0
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise ListTooLargeError(file=str(file), limit=f"{MAX_LINE // MB} MB")
            if number > MAX_ROWS:
                raise too_long(file)
            if line.strip():
                yield number, line


def csv_rows(file: Path) -> Iterator[Row]:
    """Yield the rows of a CSV file in UTF-8, UTF-16 or Windows-1252, whatever stands between its cells."""
    with opened(file) as stream:
        encoding = encoding_of(stream)
        stream.seek(0)
        text = io.TextIOWrapper(stream, encoding, errors="replace", newline="")
        delimiter, skipped = _delimiter(text)
        text.seek(0)
        for _ in range(skipped):
            text.readline()
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for cells in reader:
                row = row_of(reader.line_num + skipped, [as_written(cell) for cell in cells], file)
                if row:
                    yield row
        except csv.Error as error:  # a cell without end
            raise ListFormatError(file=str(file)) from error


def row_of(line: int, cells: Sequence[str], file: Path) -> Row | None:
    """Return a row, or None for an empty one; raises ListTooLongError beyond the limits."""
    if line > MAX_ROWS:
        raise too_long(file)
    filled = len(cells)
    while filled and not cells[filled - 1].strip():
        filled -= 1
    if filled > MAX_COLUMNS:
        raise too_long(file)
    return Row(line, tuple(cells[:filled])) if filled else None


def too_long(file: Path) -> ListTooLongError:
    """Return the error for a table with more rows or columns than any list has."""
    return ListTooLongError(file=str(file), rows=f"{MAX_ROWS:,}".replace(",", "."), columns=MAX_COLUMNS)


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield a table as a Danish Excel opens it: UTF-8 with its mark, semicolons, CRLF, and no cell a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    yield codecs.BOM_UTF8
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        yield written.getvalue().encode("utf-8", "backslashreplace")
        written.seek(0)
        written.truncate()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe stands before one that it would."""
    begins = cell[1:2] if cell[:1] == "'" else cell[:1]
    return f"'{cell}" if begins in FORMULA_STARTS or (cell[:1] == "'" and begins == "'") else cell


def as_written(cell: str) -> str:
    """Return the cell that :func:`harmless` was given."""
    return cell[1:] if cell[:1] == "'" and (cell[1:2] in FORMULA_STARTS or cell[1:2] == "'") else cell


def encoding_of(stream: BinaryIO) -> str:
    """Return the encoding of a text: by its mark, by its look, UTF-8 where all of it is, else Windows-1252."""
    head = stream.read(_HEAD)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if wide := _wide(head):
        return wide
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while head:
            decoder.decode(head)
            head = stream.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _wide(head: bytes) -> str:
    """Return the UTF-16 that text is in: of Danish text nearly every other byte is zero then."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    pairs = len(head) // 2
    high, low = head[: pairs * 2 : 2].count(0), head[1 : pairs * 2 : 2].count(0)
    if low > 0.7 * pairs and high < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if high > 0.7 * pairs and low < 0.1 * pairs else ""


def _delimiter(text: io.TextIOWrapper) -> tuple[str, int]:
    """Return what stands between cells, and how many lines say only that (Excel's ``sep=;``)."""
    lines = list(islice(iter(lambda: text.readline(_HEAD * 16), ""), _HEAD_ROWS))
    first = lines[0].strip().lower() if lines else ""
    if first.startswith("sep=") and first[4:5]:
        return first[4:5], 1
    return max(DELIMITERS, key=lambda sign: max((_outside_quotes(line, sign) for line in lines), default=0)), 0


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])
