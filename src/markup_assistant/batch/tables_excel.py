"""Excel files as tables: read within limits, written row by row."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from markup_assistant.batch.tables import MAX_COLUMNS, Row, opened, row_of
from markup_assistant.errors import (
    AssistantError,
    LetterError,
    ListFormatError,
    ListTooLargeError,
    SheetTooSmallError,
    TooLargeError,
)
from markup_assistant.letters.archive import Archive
from markup_assistant.letters.limits import MAX_RATIO, MB, RATIO_FROM

Cell = str | int | float

MAX_UNPACKED = 600 * MB
"""Unpacked bytes of all parts: 1,000,000 rows of a list with five columns have about half of it."""

MAX_PART = 60 * MB
"""Unpacked bytes of a part other than a sheet: these are held in memory whole."""

MAX_SHEET_ROWS, MAX_CELL = 1_048_576, 32_767
"""Rows of a sheet and characters of a cell (Microsoft, "Excel specifications and limits")."""

_SHEETS = "xl/worksheets/"
_XML = (".xml", ".rels", ".vml")
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_CHUNK = 1 << 16
_AT_ONCE = 500
_BROKEN = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    RuntimeError,
    NotImplementedError,
    SyntaxError,  # what XML that is none raises
    TypeError,
    ValueError,
    EOFError,
    OSError,
    zipfile.BadZipFile,
)
"""What openpyxl and zipfile raise on bytes that only look like an Excel file."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")
"""How Excel writes signs that XML cannot hold (ECMA-376 part 1, 22.9.2.19, ST_Xstring)."""


def excel_rows(file: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet that has any; formulas count as what they last gave.

    Raises:
        ListFormatError: no Excel file, a broken one, one behind a password, or one that declares entities.
        ListTooLargeError: it unpacks to more than a list has.
        ListTooLongError: more rows or columns.
    """
    with opened(file) as stream:
        data = stream.read()
    _check(data, file)
    # Loads a tenth of a second of modules, which only those need who have Excel files.
    from openpyxl import load_workbook  # noqa: PLC0415 - see above

    book = _quietly(lambda: load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False), file)
    try:
        for sheet in book.worksheets:
            any_row = False
            for row in _sheet_rows(sheet, file):
                any_row = True
                yield row
            if any_row:
                return
    finally:
        book.close()


def write_excel(part: Path, rows: Iterable[Sequence[Cell]], widths: Sequence[int], file: Path) -> None:
    """Write a table whose first row is its head: text as text, the head frozen and with a filter.

    ``widths`` are those of the columns in characters. Raises SheetTooSmallError naming ``file`` for more rows, or more
    text in a cell, than a sheet can hold.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - see above
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("decisions")
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    head, number = Font(bold=True), 0
    for number, row in enumerate(rows, start=1):
        if number > MAX_SHEET_ROWS:
            raise SheetTooSmallError(file=str(file), limit=f"{MAX_SHEET_ROWS:,}".replace(",", "."))
        cells: list[Any] = []
        for value in row:
            cell = value if isinstance(value, int | float) else _text_cell(WriteOnlyCell(sheet), value, file)
            if number == 1 and not isinstance(cell, int | float):
                cell.font = head
            cells.append(cell)
        sheet.append(cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{max(number, 1)}"
    book.save(part)


def _text_cell(cell: Any, value: str, file: Path) -> Any:
    written = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    if len(written) > MAX_CELL:  # openpyxl would cut it off
        raise SheetTooSmallError(file=str(file), limit=f"{MAX_CELL:,}".replace(",", "."))
    if not written:
        return None
    cell.value = written
    cell.data_type = "s"  # never a formula, whatever it begins with
    return cell


def _check(data: bytes, file: Path) -> None:
    """Unpack every part once, counting, before a reader that counts nothing sees the file."""
    try:
        Archive(data, str(file))
        _check_parts(data, file)
    except TooLargeError as error:
        raise ListTooLargeError(file=str(file), limit=error.facts["limit"]) from error
    except (LetterError, *_BROKEN) as error:
        raise ListFormatError(file=str(file)) from error


def _check_parts(data: bytes, file: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len({member.filename for member in members}) != len(members):
            raise ListFormatError(file=str(file))
        unpacked = 0
        for member in members:
            most = MAX_UNPACKED if member.filename.startswith(_SHEETS) else MAX_PART
            size, tail = 0, b""
            with archive.open(member) as part:
                while chunk := part.read(_CHUNK):
                    first, size, unpacked = size == 0, size + len(chunk), unpacked + len(chunk)
                    if size > most or unpacked > MAX_UNPACKED:
                        raise ListTooLargeError(file=str(file), limit=f"{most // MB} MB")
                    if size > RATIO_FROM and size > MAX_RATIO * max(member.compress_size, 1):
                        raise ListFormatError(file=str(file))
                    if member.filename.lower().endswith(_XML):
                        _check_xml(tail + chunk, file, first=first)
                    tail = chunk[-max(len(mark) for mark in _FORBIDDEN) :]


def _check_xml(data: bytes, file: Path, *, first: bool) -> None:
    """Refuse what no spreadsheet program writes; the encoding is UTF-8, so that nothing hides behind another one."""
    if (first and data.startswith(_WIDE_STARTS)) or any(mark in data for mark in _FORBIDDEN):
        raise ListFormatError(file=str(file))


def _sheet_rows(sheet: Any, file: Path) -> Iterator[Row]:
    # What the sheet says of its own size is not believed.
    _quietly(sheet.reset_dimensions, file)
    rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1, max_row=MAX_SHEET_ROWS, values_only=True)
    line = 0
    while some := _quietly(lambda: list(islice(rows, _AT_ONCE)), file):
        for values in some:
            line += 1
            if any(value is not None for value in values):
                row = row_of(line, [_text(value) for value in values], file)
                if row:
                    yield row


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), str(value))


def _quietly(work: Any, file: Path) -> Any:
    """Do a piece of work of openpyxl without what it warns of (styles, extensions), none of which a table needs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return work()
        except AssistantError:
            raise
        except _BROKEN as error:
            raise ListFormatError(file=str(file)) from error
