"""``catalogue search`` and ``catalogue show``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def test_a_search_lists_numbers_and_titles_best_first(cli: Run) -> None:
    shown = cli("catalogue", "search", "personlig", "og", "praktisk", "hjælp", "-n", "3")
    assert shown.code == 0
    assert shown.out.splitlines()[0] == "27.36.04  Personlig og praktisk hjælp"
    assert shown.err == ""


def test_a_search_for_programs_has_every_key(cli: Run) -> None:
    found = cli("catalogue", "search", "førtidspension", "--json").json
    assert found[0]["number"] == "32.03.16"
    assert set(found[0]) == {"number", "title", "level", "score", "matched", "source"}


def test_a_search_without_a_hit_is_said_beside_the_data(cli: Run) -> None:
    shown = cli("catalogue", "search", "qxzqxz")
    assert (shown.code, shown.out) == (0, "")
    assert "qxzqxz" in shown.err
    assert cli("catalogue", "search", "qxzqxz", "--json").json == []


def test_long_titles_are_wrapped_under_themselves(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    lines = cli("catalogue", "search", "27.36").out.splitlines()
    assert max(len(line) for line in lines) <= 60
    assert any(line.startswith(" " * 10) for line in lines)


def test_a_subject_is_shown_with_all_about_it(cli: Run) -> None:
    shown = cli("catalogue", "show", "32.18.08").out
    for word in (
        "32.18.08  Merudgiftsydelse",
        "Emne i KLE 2026-02",
        "Hører under",
        "32.18",
        "G01",
        "Naboer",
        "32.18.00",
    ):
        assert word in shown
    assert "Kan også bruges: A00" in shown


def test_a_lapse_is_shown(cli: Run) -> None:
    assert "Revalidering (udgår 2027)" in cli("catalogue", "show", "15.17.12").out
    assert "lapses 2027" in cli("--language", "en", "catalogue", "search", "15.17.12").out


@pytest.mark.parametrize(("number", "level"), [("27", "Hovedgruppe"), ("27.36", "Gruppe"), ("2736", "Gruppe")])
def test_groups_are_shown_with_what_they_contain(cli: Run, number: str, level: str) -> None:
    shown = cli("catalogue", "show", number).out
    assert level in shown
    assert "Indeholder" in shown
    assert "27.36" in shown


@pytest.mark.parametrize("code", ["K02", "k02"])
def test_a_facet_is_shown_with_its_category(cli: Run, code: str) -> None:
    shown = cli("catalogue", "show", code).out
    assert shown.startswith("K02  Klage\nHandlingsfacet i KLE 2026-02\n")
    assert "K04  Høringer" in shown
    assert cli("catalogue", "show", code, "--json").json["category"] == "K"


def test_a_number_for_programs_has_every_key(cli: Run) -> None:
    for number in ("27", "27.36", "27.36.04"):
        found = cli("catalogue", "show", number, "--json").json
        assert set(found) == {
            *("number", "title", "level", "expires", "uuid", "path", "children", "neighbours"),
            *("facets", "terms", "catalogue"),
        }
        assert found["number"] == number
        assert len(found["facets"]) == 69
        assert found["path"][-1]["number"] == number
    assert found["level"] == "subject"


def test_words_where_a_number_should_stand_name_the_numbers_meant(cli: Run) -> None:
    shown = cli("catalogue", "show", "madservice")
    assert shown.code == 1
    assert "27.36.24 Madservice" in shown.err
    assert "De nærmeste er: ingen." in cli("catalogue", "show", "qxzqxz").err


def test_another_catalogue_can_be_chosen(cli: Run, home: Path) -> None:
    (home / "markup.yaml").write_text("catalogue: mit-katalog\n", encoding="utf-8")
    shown = cli("catalogue", "show", "27")
    assert shown.code == 1
    assert "mit-katalog" in shown.err
    assert "filen mangler" in shown.err
