"""Columns that stand under each other whatever the width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup_assistant.cli.layout import columns, paragraph, terminal_width


def test_columns_are_as_wide_as_their_widest() -> None:
    assert columns([("a", "en"), ("bbb", "to")], 60) == ["a    en", "bbb  to"]


@given(rows=st.lists(st.tuples(st.text("abc ", max_size=12), st.text("abc ", max_size=300)), max_size=5))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str]]) -> None:
    assert all(len(line) <= 60 for line in columns(rows, 60))


def test_a_paragraph_is_indented_on_every_line() -> None:
    lines = paragraph("ord " * 40, 60, indent=4)
    assert len(lines) > 2
    assert all(line.startswith("    ord") for line in lines)


@pytest.mark.parametrize(("columns_", "width"), [("10", 60), ("80", 80), ("500", 110), ("x", 80)])
def test_the_width_stays_readable(monkeypatch: pytest.MonkeyPatch, columns_: str, width: int) -> None:
    monkeypatch.setenv("COLUMNS", columns_)
    assert terminal_width() == width
