"""Amounts of money, as Danish letters write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup_assistant.suggest.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,50 kr.", "1234.50"),
        ("kr. 500,-", "500.00"),
        ("2.520 kroner", "2520.00"),
        ("I ALT   4.368,00 kr.", "4368.00"),
        ("405 kr", "405.00"),
        ("kr 12 500", "12500.00"),
        ("DKK 75,25", "75.25"),
        ("985.000 kr.", "985000.00"),
        ("i sæson 2026 kr. 90", "90.00"),
    ],
)
def test_an_amount_gets_a_decimal_point(text: str, value: str) -> None:
    assert [found.value for found in find_amounts(text)] == [value]


def test_a_column_of_a_bill_is_read_without_its_currency() -> None:
    found = find_amounts("Hovedret   1.029,00\nBiret   210,00")
    assert [(amount.value, amount.bare) for amount in found] == [("1029.00", True), ("210.00", True)]


@pytest.mark.parametrize(
    "text", ["3,9 mio. kr.", "8,4 procent", "4,50 %", "tlf. 70 00 12 13", "37 timer", "sag 26/1120"]
)
def test_what_is_no_amount_is_not_read_as_one(text: str) -> None:
    assert find_amounts(text) == []


@given(st.text(alphabet="0123456789., kr-\n", max_size=60))
def test_any_text_gives_amounts_inside_it(text: str) -> None:
    for found in find_amounts(text):
        assert 0 <= found.start < found.end <= len(text)
        assert float(found.value) >= 0


def test_a_wall_of_digits_costs_no_time() -> None:
    find_amounts("111 " * 100_000)
