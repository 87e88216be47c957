"""Lists of recipients as municipalities have them: Danish Excel, CSV of several kinds, with mistakes."""

import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup_assistant.errors import AssistantError, RecipientsColumnsError, RecipientsFileError
from markup_assistant.memo.findings import Severity
from markup_assistant.memo.recipients import Row, read_recipients

MOMENT = datetime.combine(date(2026, 3, 5), time(10, 30))


def rows(data: bytes) -> list[Row]:
    return list(read_recipients(io.BytesIO(data), "liste.csv"))


def csv(text: str, encoding: str = "utf-8") -> list[Row]:
    return rows(text.encode(encoding))


def excel(*lines: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active
    for line in lines:
        book.active.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def problems(found: list[Row]) -> list[tuple[int, str]]:
    return [(row.number, one.rule) for row in found for one in row.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_a_list_in_csv(encoding: str, separator: str, ending: str) -> None:
    text = ending.join(["CPR;Navn;MødeDato", "0102030000;Søren Ærø;5. marts 2026", "310299-9999;Åse;"])
    one, other = csv(text.replace(";", separator), encoding)
    assert one.addressee
    assert (one.addressee.id, one.addressee.id_type, one.addressee.name) == ("0102030000", "CPR", "Søren Ærø")
    assert one.addressee.values["mødedato"] == "5. marts 2026"
    assert other.addressee
    assert other.addressee.id == "3102999999"
    assert (one.number, other.number) == (2, 3)


def test_companies_and_authorities_with_their_contact_point() -> None:
    (row,) = csv("cvr;navn;kontaktpunkt;kontaktgruppe\n12 34 56 78;Eksempel ApS;241d39f6;Økonomi\n")
    assert row.addressee
    assert (row.addressee.id, row.addressee.id_type) == ("12345678", "CVR")
    assert (row.addressee.contact_point, row.addressee.contact_group) == ("241d39f6", "Økonomi")


def test_a_list_in_excel_with_days_times_and_lost_zeros() -> None:
    (row,) = rows(
        excel(
            ("cpr", "navn", "MoedeDato", "Tidspunkt", "Tid", "Beloeb", "Antal", None),
            (102030000, "Mette", date(2026, 3, 5), MOMENT, time(10, 30), 1250.5, 3.0, None),
        )
    )
    assert row.addressee
    assert row.addressee.id == "0102030000"
    assert dict(row.addressee.values) == {
        "navn": "Mette",
        "moededato": "2026-03-05",
        "tidspunkt": "2026-03-05T10:30:00",
        "tid": "10:30:00",
        "beloeb": "1250.5",
        "antal": "3",
    }


def test_a_row_that_fails_is_named_and_the_rest_goes_on() -> None:
    found = csv("cpr;navn\n0102030000;A\n102030000;B\n;C\n\n12345;D\n010203000X;E\n0203040000;F;G\n0304050000;H\n")
    assert problems(found) == [
        (3, "recipient_number"),
        (4, "recipient_missing"),
        (6, "recipient_number"),
        (7, "recipient_number"),
        (8, "recipient_columns"),
    ]
    assert [row.addressee.name for row in found if row.addressee] == ["A", "H"]
    assert all(one.what() and one.do() for row in found for one in row.findings)


def test_somebody_who_stands_there_twice_is_pointed_out() -> None:
    found = csv("cpr;navn\n0102030000;A\n0203040000;B\n010203-0000;A\n")
    assert [(row.number, one.severity, one.facts["first"]) for row in found for one in row.findings] == [
        (4, Severity.WARNING, 2)
    ]
    assert found[2].addressee


def test_a_text_with_line_breaks_and_separators_stays_one_cell() -> None:
    (row,) = csv('cpr;navn;tekst\n0102030000;A;"første; linje\nanden ""linje"""\n')
    assert row.addressee
    assert row.addressee.values["tekst"] == 'første; linje\nanden "linje"'


def test_no_problem_shows_a_personal_number() -> None:
    found = csv("cpr;navn\n0102030000;A;0102030000\n010203-00000;B\n0102030000;C\n0102030000;D\n")
    for row in found:
        for one in row.findings:
            assert "010203" not in one.what() + one.do() + str(dict(one.facts))


@pytest.mark.parametrize("header", ["navn;dato", "cpr;cvr", "cpr;cpr", "cpr;navn;navn", ""])
def test_a_list_that_does_not_say_who_is_refused(header: str) -> None:
    with pytest.raises(RecipientsColumnsError) as refused:
        csv(header + "\n0102030000;A\n" if header else "")
    assert "liste.csv" in refused.value.what()


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04nothing", b"cpr;navn\n0102030000;\x81\x8d\x8f\n", excel(("cpr",))[:-40]],
)
def test_a_file_that_cannot_be_read_is_named(data: bytes) -> None:
    with pytest.raises(RecipientsFileError):
        rows(data)


def test_an_archive_that_is_packed_too_tightly_is_not_opened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 20_000_000)
    with pytest.raises(RecipientsFileError):
        rows(buffer.getvalue())


def lines(count: int) -> Iterator[str]:
    yield "cpr;navn;adresse;tekst\n"
    for number in range(count):
        yield f"{number:010d};Navn {number};Vej {number};{'ord ' * 50}\n"


def peak(file: Path) -> int:
    tracemalloc.start()
    with file.open("rb") as stream:
        for row in read_recipients(stream, file.name):
            assert row.addressee
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


def test_ten_thousand_recipients_take_no_more_memory_than_a_thousand(tmp_path: Path) -> None:
    sizes = []
    for count in (1_000, 10_000):
        file = tmp_path / f"{count}.csv"
        file.write_text("".join(lines(count)), encoding="utf-8")
        sizes.append(peak(file))
    assert sizes[1] < sizes[0] + 2_500_000  # who was seen takes some 100 bytes each; the rows would take 20 times that


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f"cpr;navn\n{text}".encode()))
@settings(deadline=None)
def test_any_bytes_are_a_list_or_a_named_error(data: bytes) -> None:
    try:
        for row in rows(data):
            assert row.addressee or row.findings
    except AssistantError as error:
        assert str(error)  # noqa: PT017  # whatever it is, it must say something
