"""Tables that people keep: read whatever program saved them, and refused where they are no tables."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from markup_assistant.batch import tables
from markup_assistant.batch.tables import FORMULA_STARTS, Kind, as_written, csv_lines, csv_rows, harmless, kind_of
from markup_assistant.batch.tables_excel import excel_rows, write_excel
from markup_assistant.errors import (
    AssistantError,
    InputFileError,
    ListEmptyError,
    ListFormatError,
    ListTooLargeError,
    ListTooLongError,
    SheetTooSmallError,
)

LIST = "fil;kle\r\nbrev æ.docx;27.36.04\r\n"
ROWS = [("fil", "kle"), ("brev æ.docx", "27.36.04")]


def cells(rows: Iterable[tables.Row]) -> list[tuple[str, ...]]:
    return [row.cells for row in rows]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "liste"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_a_list_is_read_in_whatever_encoding_excel_saved_it(file: Path, encoding: str) -> None:
    file.write_bytes(LIST.encode(encoding))
    assert kind_of(file) is Kind.CSV
    assert cells(csv_rows(file)) == ROWS


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_sign_between_cells_is_found(file: Path, sign: str) -> None:
    file.write_text(LIST.replace(";", sign), encoding="utf-8", newline="")
    assert cells(csv_rows(file)) == ROWS


def test_a_title_with_commas_above_the_list_does_not_mislead(file: Path) -> None:
    file.write_text("Breve, skabeloner, mv.\n\nfil;kle;enhed;note\na;1;b;c\n", encoding="utf-8")
    assert cells(csv_rows(file))[1:] == [("fil", "kle", "enhed", "note"), ("a", "1", "b", "c")]


def test_the_line_that_tells_excel_the_sign_is_no_row(file: Path) -> None:
    file.write_text("sep=,\nfil,kle\n", encoding="utf-8")
    (row,) = csv_rows(file)
    assert (row.line, row.cells) == (2, ("fil", "kle"))


def test_rows_know_their_lines_and_empty_ones_are_left_out(file: Path) -> None:
    file.write_text('fil;kle\n\n;;\n"to\nlinjer";x;\n', encoding="utf-8")
    assert [(row.line, row.cells) for row in csv_rows(file)] == [(1, ("fil", "kle")), (5, ("to\nlinjer", "x"))]


@pytest.mark.parametrize("start", sorted(FORMULA_STARTS))
def test_no_cell_is_a_formula_for_a_spreadsheet(file: Path, start: str) -> None:
    cell = f"{start}HYPERLINK(1)"
    file.write_bytes(b"".join(csv_lines([("x", cell)])))
    with file.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream, delimiter=";")) == [["x", f"'{cell}"]]
    assert cells(csv_rows(file)) == [("x", cell)]


@given(st.text(max_size=8) | st.text(alphabet="'=+-@\t\r\n a", max_size=6))
def test_every_cell_comes_back_as_it_was(cell: str) -> None:
    assert as_written(harmless(cell)) == cell
    assert harmless(cell)[:1] not in FORMULA_STARTS


def test_csv_opens_in_a_danish_excel() -> None:
    written = b"".join(csv_lines([("a", "b;c"), ("æ", "")]))
    assert written == b'\xef\xbb\xbfa;"b;c"\r\n' + "æ;\r\n".encode()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", ListEmptyError),
        (b"\xef\xbb\xbf \r\n", ListEmptyError),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", ListFormatError),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ListFormatError),
    ],
)
def test_what_is_no_list_is_told(file: Path, data: bytes, error: type[AssistantError]) -> None:
    file.write_bytes(data)
    with pytest.raises(error):
        kind_of(file)


def test_a_missing_file_and_a_folder_are_told(file: Path, tmp_path: Path) -> None:
    for path in (file, tmp_path):
        with pytest.raises(InputFileError):
            kind_of(path)


def test_a_list_without_end_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_bytes(b"a\n" * (tables.MAX_ROWS + 1))
    with pytest.raises(ListTooLongError):
        for _ in csv_rows(file):
            pass
    file.write_text(";".join("x" * (tables.MAX_COLUMNS + 1)), encoding="utf-8")
    with pytest.raises(ListTooLongError):
        list(csv_rows(file))
    monkeypatch.setattr(tables, "MAX_FILE", 10)
    with pytest.raises(ListTooLargeError):
        kind_of(file)


def test_a_quote_that_never_ends_is_refused(file: Path) -> None:
    file.write_bytes(b'fil;kle\n"a;' + b"x\n" * 200_000)
    with pytest.raises(ListFormatError):
        list(csv_rows(file))


def saved(file: Path, rows: Iterable[Iterable[object]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(file)
    return file


def test_an_excel_file_is_read_as_text(file: Path) -> None:
    saved(file, [("fil", "kle", None), (None,), ("a.docx", 273604, 12.5), ("b.docx", True)])
    assert kind_of(file) is Kind.EXCEL
    assert [(row.line, row.cells) for row in excel_rows(file)] == [
        (1, ("fil", "kle")),
        (3, ("a.docx", "273604", "12.5")),
        (4, ("b.docx", "True")),
    ]


def test_an_empty_first_sheet_is_passed_over(file: Path) -> None:
    book = Workbook()
    book.create_sheet("Liste").append(["fil", "kle"])
    book.save(file)
    assert cells(excel_rows(file)) == [("fil", "kle")]


def test_text_in_excel_stays_text_whatever_it_looks_like(file: Path) -> None:
    odd = ["=1+1", "27.36.04", "'a", "-2", "klokke\x07 og _x0041_", "to\r\nlinjer", " mellemrum ", "\ud800"]
    write_excel(file, [["tekst"] * len(odd), odd, [1, 2.5, "", "x"]], [10] * len(odd), file)
    assert cells(excel_rows(file)) == [("tekst",) * len(odd), tuple(odd), ("1", "2.5", "", "x")]
    sheet = load_workbook(io.BytesIO(file.read_bytes())).active
    assert sheet is not None
    assert {cell.data_type for cell in sheet[2]} == {"s"}
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:H3")


def test_more_than_a_cell_can_hold_is_said_and_not_cut_off(file: Path) -> None:
    with pytest.raises(SheetTooSmallError):
        write_excel(file, [["x" * 40_000]], [10], file)


def parts_of(file: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def changed(file: Path, part: str, data: bytes) -> Path:
    parts = dict(parts_of(saved(file, [("fil", "kle"), ("a", "b")]))) | {part: data}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]>" + SPREADSHEET + b"</sheetData></worksheet>",
        ("\ufeff" + SPREADSHEET.decode() + "</sheetData></worksheet>").encode("utf-16-le"),
        SPREADSHEET,
        SPREADSHEET + b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData></worksheet>',
        SPREADSHEET + b'<row r="1"><c r="A1"><v>' + b"9" * 9000 + b"</v></c></row></sheetData></worksheet>",
        b" " * 30_000_000,
    ],
    ids=["entities", "utf-16", "cut-off", "no-such-string", "number-without-end", "bomb"],
)
def test_a_hostile_excel_file_is_refused(file: Path, data: bytes) -> None:
    changed(file, SHEET, data)
    with pytest.raises(ListFormatError):
        list(excel_rows(file))


def test_a_row_far_away_costs_no_memory_and_no_patience(file: Path) -> None:
    far = b'<row r="900000"><c r="XFD900000" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'
    changed(file, SHEET, SPREADSHEET + far)
    assert list(excel_rows(file)) == []


def test_a_file_cut_short_and_one_behind_a_password_are_refused(file: Path) -> None:
    whole = saved(file, [("fil", "kle")]).read_bytes()
    for data in (whole[: len(whole) // 2], b"PK\x03\x04" + b"\0" * 100):
        file.write_bytes(data)
        with pytest.raises(ListFormatError):
            list(excel_rows(file))


def test_a_bomb_that_is_not_packed_tightly_is_refused_by_its_size(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("markup_assistant.batch.tables_excel.MAX_PART", 1000)
    changed(file, "xl/sharedStrings.xml", io.BytesIO(b"<sst/>" * 400).getvalue())
    with pytest.raises(ListTooLargeError):
        list(excel_rows(file))
