"""Picking a facet and a routing target."""

from collections.abc import Awaitable, Callable

import pytest
from tests.tui.screens import TEXTS, SmallApp, run, screen_rows, screen_text, typed
from textual.pilot import Pilot
from textual.screen import ModalScreen

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.organisation import Organisation, load_organisation
from markup_assistant.tui.facet_picker import FacetPicker
from markup_assistant.tui.matching import matching
from markup_assistant.tui.target_picker import TargetPicker

Script = Callable[[Pilot[None]], Awaitable[None]]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def organisation() -> Organisation:
    return load_organisation(shipped_folder("data") / "organisation.yaml")


def chosen(
    picker: ModalScreen[str | None], *keys: str, words: str = "", script: Script | None = None
) -> list[str | None]:
    """Open a picker, type words, press keys, and return what it gave."""
    app = SmallApp()

    async def go(pilot: Pilot[None]) -> None:
        app.open(picker)
        await pilot.pause()
        if script:
            await script(pilot)
        await typed(pilot, words)
        await pilot.press(*keys)
        await pilot.pause()

    run(app, go)
    return app.results


def test_the_facets_usual_for_the_subject_stand_first(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None]) -> None:
        rows = [row.strip("│ ▂▇▄▁▃▅▆") for row in screen_rows(pilot)]
        usual = [f"{facet.code}  {facet.title}" for facet in catalogue.usual_facets("27.36.24")]
        heading = rows.index("Bruges ofte til 27.36.24")
        assert rows[heading + 1 : heading + 1 + len(usual)] == usual
        assert rows[heading + 1 + len(usual)] == "A  Organisering mv."

    assert chosen(FacetPicker(catalogue, TEXTS, "27.36.24"), "down", "enter", script=script) == [
        catalogue.usual_facets("27.36.24")[1].code
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [("k02", "K02"), ("ø30", "Ø30"), ("oe30", "Ø30"), ("aktindsigt", "A53"), ("aktinsigt", "A53"), ("klage", "K02")],
)
def test_a_facet_is_found_by_code_word_and_typo(catalogue: Catalogue, words: str, code: str) -> None:
    assert chosen(FacetPicker(catalogue, TEXTS, "27.36.24", present="G01"), "enter", words=words) == [code]


def test_the_present_facet_is_marked_and_kept_by_enter(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None]) -> None:
        assert "✓ S29" in screen_text(pilot)

    assert chosen(FacetPicker(catalogue, TEXTS, present="S29"), "enter", script=script) == ["S29"]


def test_every_facet_can_be_reached_once(catalogue: Catalogue) -> None:
    picker = FacetPicker(catalogue, TEXTS, "27.36.24")
    codes = [row.id for row in picker._all_rows() if row.id]
    assert sorted(codes) == sorted(facet.code for facet in catalogue.facets)


def test_targets_stand_by_area_with_systems_last(organisation: Organisation) -> None:
    async def script(pilot: Pilot[None]) -> None:
        rows = [row.strip("│ ▂▇▄▁▃▅▆") for row in screen_rows(pilot)]
        assert rows.index("Administration og Organisering") < rows.index("Hovedpostkassen")
        await pilot.press("ctrl+end")
        assert "Fagsystemer" in screen_text(pilot)

    last = list(organisation.systems)[-1]
    assert chosen(TargetPicker(organisation, TEXTS), "enter", script=script) == [last]


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("opkrævningen", "opkraevning"),
        ("opkrævnigen", "opkraevning"),
        ("lindeby esdh", "esdh"),
        ("oekonomi og bud", "oekonomi"),
    ],
)
def test_a_target_is_found_by_part_of_its_name_and_with_typos(
    organisation: Organisation, words: str, target: str
) -> None:
    assert chosen(TargetPicker(organisation, TEXTS, present="borgerservice"), "enter", words=words) == [target]


def test_the_present_target_is_marked_and_escape_changes_nothing(organisation: Organisation) -> None:
    async def script(pilot: Pilot[None]) -> None:
        assert "✓ Opkrævningen" in screen_text(pilot)

    assert chosen(TargetPicker(organisation, TEXTS, present="opkraevning"), "down", "escape", script=script) == [None]


def test_nothing_that_fits_says_so_and_enter_chooses_nothing(organisation: Organisation) -> None:
    async def script(pilot: Pilot[None]) -> None:
        await typed(pilot, "xyzxyz")
        assert "passer på “xyzxyz”" in screen_text(pilot)

    assert chosen(TargetPicker(organisation, TEXTS), "enter", script=script) == []


def test_matching_prefers_what_has_the_words_to_what_resembles_them() -> None:
    entries = {"a": "Gældssanering", "b": "Gæld og opkrævning", "c": "Opkvikning"}
    assert matching("gæld", entries) == ["b", "a"]  # the whole word before a part of one
    assert matching("opkrevning", entries)[0] == "b"
    assert matching("opkræv gæld", entries) == ["b"]
    assert matching("", entries) == ["a", "b", "c"]
    assert matching("heste", entries) == []
