"""Days and times of day, as Danish letters write them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup_assistant.suggest.clocks import find_clocks
from markup_assistant.suggest.dates import find_dates, find_letter_date, find_periods

NEAR = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Vi ses torsdag den 5. marts 2026.", date(2026, 3, 5)),
        ("Mødet er 5/3-26 på rådhuset", date(2026, 3, 5)),
        ("d. 5.3.2026, kl. 13:30", date(2026, 3, 5)),
        ("den 05-03-2026", date(2026, 3, 5)),
        ("Onsdag 19/8-2026", date(2026, 8, 19)),
        ("senest 2026-04-01", date(2026, 4, 1)),
        ("inden d. 25/9-2025", date(2025, 9, 25)),
        ("3. JANUAR 2026", date(2026, 1, 3)),
        ("den 1. sept. 2025", date(2025, 9, 1)),
        ("senest 1/6", date(2026, 6, 1)),
        ("fredag den 20. februar", date(2026, 2, 20)),
        ("den 15. januar", date(2027, 1, 15)),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: date) -> None:
    assert [found.day for found in find_dates(text, near=NEAR)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "efter § 35, stk. 4",
        "1/2 time",
        "31. februar 2026",
        "telefon 70 00 12 13",
        "EAN 5790000000000",
        "lokalplan 4.07",
        "version 1.2.3.4",
        "sag 25/20771",
        "kl. 10.10-10.30",
        "den 3. maj 1849",
    ],
)
def test_what_is_no_day_is_not_read_as_one(text: str) -> None:
    assert find_dates(text, near=NEAR) == []


def test_a_day_without_a_year_needs_to_know_when_the_letter_was_written() -> None:
    assert find_dates("senest den 1. marts") == []


def test_the_first_day_of_a_period_gets_the_year_of_the_last() -> None:
    days = [found.day for found in find_dates("fra den 28. december til den 4. januar 2027", near=NEAR)]
    assert days == [date(2026, 12, 28), date(2027, 1, 4)]


def test_a_weekday_tells_the_year() -> None:
    assert find_dates("lørdag den 7. februar", near=NEAR)[0].day == date(2026, 2, 7)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Lindeby Kommune\nDato: 12. januar 2026\n\nKære Bo", date(2026, 1, 12)),
        ("Birkeø Kommune                         12-01-2026\nKære Bo", date(2026, 1, 12)),
        ("Kære Bo\n\nDu søgte den 3. januar 2026 om hjælp.\n\nBirkeø Kommune, den 12. januar 2026", date(2026, 1, 12)),
        ("Kære Bo\n\nDu søgte den 3. januar 2026 om hjælp og får svar inden længe, for vi har travlt.", None),
    ],
)
def test_the_date_of_the_letter_stands_by_itself(text: str, day: date | None) -> None:
    assert find_letter_date(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("inden 14 dage", date(2026, 2, 24)),
        ("senest tre uger fra dato", date(2026, 3, 3)),
        ("inden for otte dage efter modtagelsen", date(2026, 2, 18)),
    ],
)
def test_a_period_is_counted_from_the_date_of_the_letter(text: str, day: date) -> None:
    assert [found.day for found in find_periods(text, NEAR)] == [day]
    assert find_periods(text, None) == []


@pytest.mark.parametrize(
    ("text", "begin", "finish"),
    [
        ("kl. 10.00-11.30", time(10), time(11, 30)),
        ("kl. 9", time(9), None),
        ("kl 13:30 til ca. kl. 15", time(13, 30), time(15)),
        ("klokken 8.15", time(8, 15), None),
        ("Tid: 9.30 - 10.15", time(9, 30), time(10, 15)),
        ("kl. halv ti", time(9, 30), None),
        ("klokken halv otte om aftenen", time(19, 30), None),
        ("kl. kvart over tre", time(15, 15), None),
        ("kl. kvart i ti", time(9, 45), None),
    ],
)
def test_a_time_of_day_is_read_however_it_is_written(text: str, begin: time, finish: time | None) -> None:
    assert [(found.begin, found.finish) for found in find_clocks(text)] == [(begin, finish)]


@pytest.mark.parametrize("text", ["kl. 27", "1.-3. kl.", "5.b", "3,5 timer", "12.30 kr.", "§ 9-10"])
def test_what_is_no_time_of_day_is_not_read_as_one(text: str) -> None:
    assert find_clocks(text) == []


@given(st.text(alphabet="0123456789./-: denklsti\nmarts,", max_size=80))
def test_any_text_gives_days_and_times_inside_it(text: str) -> None:
    spans = [(found.start, found.end) for found in (*find_dates(text, near=NEAR), *find_periods(text, NEAR))]
    spans += [(found.start, found.end) for found in find_clocks(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
