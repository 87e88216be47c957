"""Reads lists of recipients, CSV or Excel, row by row: ten thousand take no more memory than ten."""

import codecs
import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from types import MappingProxyType
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from markup_assistant.errors import RecipientsColumnsError, RecipientsFileError
from markup_assistant.letters.limits import MAX_RATIO, RATIO_FROM
from markup_assistant.memo.findings import Finding, Severity, finding
from markup_assistant.memo.office import Addressee

NUMBERS = {"cpr": ("CPR", 10), "cvr": ("CVR", 8)}
"""Columns that say who a recipient is, with the type and digits of their numbers."""

NAME_COLUMNS = ("navn", "name")
CONTACT_COLUMNS = ("kontaktpunkt", "kontaktgruppe")

MAX_CELL = 20_000
"""Characters of a cell; what is longer is a text in the wrong place."""

MAX_COLUMNS = 500
"""Columns of a list; a letter has rarely a hundred fields."""

MAX_SHEET = 1_000_000_000
"""Unpacked bytes of an Excel file: a sheet of 100,000 recipients with 30 fields has some 150 MB."""

_CHUNK = 1 << 20
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list by its number in the sheet: a recipient, or why it is none."""

    number: int
    addressee: Addressee | None
    findings: tuple[Finding, ...] = ()


def read_recipients(stream: IO[bytes], name: str) -> Iterator[Row]:
    """Yield the recipients of a list; ``stream`` can be rewound, ``name`` is what errors call it.

    The first line names the columns: ``cpr`` or ``cvr``, ``navn``, for authorities ``kontaktpunkt`` and
    ``kontaktgruppe``, and the fields of the letter. A row that cannot be used says why, and the rest goes on; a
    recipient who stands there twice is one, with a warning.

    Raises:
        RecipientsFileError: the file cannot be read as CSV (UTF-8 or Windows-1252) or Excel.
        RecipientsColumnsError: not one column of numbers, or a name twice.
    """
    start = stream.read(len(_ZIP))
    stream.seek(0)
    rows = _excel(stream, name) if start == _ZIP else _csv(stream, name)
    first = next(rows, None)
    if first is None:
        raise RecipientsColumnsError(file=name, got="")
    columns = _columns(first[1], name)
    return _recipients(columns, rows)


def _columns(cells: Sequence[Any], name: str) -> tuple[str, ...]:
    columns = [_text(cell).strip().casefold() for cell in cells[: MAX_COLUMNS + 1]]
    while columns and not columns[-1]:
        columns.pop()
    named = [column for column in columns if column]
    numbers = [column for column in columns if column in NUMBERS]
    if len(numbers) != 1 or len(set(named)) != len(named) or len(columns) > MAX_COLUMNS:
        raise RecipientsColumnsError(file=name, got=", ".join(columns)[:200])
    return tuple(columns)


def _recipients(columns: tuple[str, ...], rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[Row]:
    seen: dict[int, int] = {}
    for number, cells in rows:
        if not any(_text(cell).strip() for cell in cells):
            continue
        row = _recipient(number, columns, cells)
        if row.addressee is not None:
            # Numbers, not their text, are kept: a hundred thousand take 10 MB.
            first = seen.setdefault(int(row.addressee.id), number)
            if first != number:
                twice = finding(Severity.WARNING, "MessageHeader/Recipient", "recipient_twice", row=number, first=first)
                row = Row(number, row.addressee, (twice,))
        yield row


def _recipient(number: int, columns: tuple[str, ...], cells: Sequence[Any]) -> Row:
    if any(_text(cell).strip() for cell in cells[len(columns) :]):
        return _wrong(number, "recipient_columns", got=len(cells), expected=len(columns))
    values = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    column = next(column for column in columns if column in NUMBERS)
    kind, digits = NUMBERS[column]
    cell = values.pop(column, "")
    id_ = _text(cell).strip().replace("-", "").replace(" ", "").replace("\u00a0", "")
    if isinstance(cell, int | float):
        id_ = id_.zfill(digits)  # a number in Excel has lost its zeros in front
    if not id_:
        return _wrong(number, "recipient_missing")
    if len(id_) != digits or not (id_.isascii() and id_.isdigit()):
        return _wrong(number, "recipient_number", kind=kind, length=len(id_), digits=digits)
    fields = {column: _text(cell).strip()[:MAX_CELL] for column, cell in values.items()}
    name = next((fields[column] for column in NAME_COLUMNS if fields.get(column)), "")
    point, group = (fields.get(column, "") for column in CONTACT_COLUMNS)
    return Row(number, Addressee(id_, kind, name, point, group, MappingProxyType(fields)))


def _wrong(number: int, rule: str, **facts: str | int) -> Row:
    return Row(number, None, (finding(Severity.ERROR, "MessageHeader/Recipient", rule, row=number, **facts),))


def _text(cell: object) -> str:
    """Return a cell as the row's reader expects it: days and times in ISO 8601, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _csv(stream: IO[bytes], name: str) -> Iterator[tuple[int, Sequence[str]]]:
    encoding = _encoding(stream)
    try:
        header = stream.readline().decode(encoding).removeprefix("\ufeff")
        separator = max(";\t,", key=header.count)
        reader = csv.reader(chain([header], (line.decode(encoding) for line in stream)), delimiter=separator)
        for cells in reader:
            yield reader.line_num, cells
    except (csv.Error, UnicodeDecodeError):
        raise RecipientsFileError(file=name) from None


def _encoding(stream: IO[bytes]) -> str:
    """Return UTF-8 when all of the file is that, else what Danish Excel writes; the file is read in pieces."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := stream.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        stream.seek(0)
    return "utf-8"


_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
"""What openpyxl raises on files that only look like Excel."""


def _excel(stream: IO[bytes], name: str) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        with zipfile.ZipFile(stream) as packed:
            members = packed.infolist()
        large = any(m.file_size > RATIO_FROM and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members)
        if large or sum(member.file_size for member in members) > MAX_SHEET:
            raise RecipientsFileError(file=name)
        stream.seek(0)
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except _BROKEN:
        raise RecipientsFileError(file=name) from None
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        yield from enumerate(sheet.iter_rows(values_only=True), start=1)
    except _BROKEN:
        raise RecipientsFileError(file=name) from None
    finally:
        book.close()
