"""Both themes can be read: contrast is measured on what is drawn, with and without colour."""

import re
from collections.abc import Callable

import pytest
from tests.tui.screens import LOOKS, TEXTS, SmallApp, contrast, contrasts, run, screen_rows, screen_text, until
from textual.app import App
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.pilot import Pilot
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES
from textual.widget import Widget
from textual.widgets import Footer, Input, Static

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.letters.letter import Block, BlockKind, Field, FieldKind, Letter, Link
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.organisation import load_organisation
from markup_assistant.tui.facet_picker import FacetPicker
from markup_assistant.tui.help_screen import HelpRow, HelpScreen
from markup_assistant.tui.letter_pane import LetterPane
from markup_assistant.tui.picker import SubjectPicker
from markup_assistant.tui.target_picker import TargetPicker
from markup_assistant.tui.themes import DARK, DARK_NAME, LIGHT, LIGHT_NAME
from markup_assistant.tui.tour import Tour

READABLE = 4.5
"""WCAG 2.1, success criterion 1.4.3."""

THEMES = (DARK_NAME, LIGHT_NAME)
SIZES = ((80, 24), (160, 48))

TEXT = "Sidehoved\nOverskrift\nKære Bo\nLæs mere her\nPris\nhr. | fru"
LETTER = Letter(
    "brev.docx",
    "docx",
    TEXT,
    (
        Block(BlockKind.HEADER, 0, 9),
        Block(BlockKind.HEADING, 10, 20, 1),
        Block(BlockKind.PARAGRAPH, 21, 28),
        Block(BlockKind.PARAGRAPH, 29, 41),
        Block(BlockKind.CELL, 42, 46),
        Block(BlockKind.PARAGRAPH, 47, 56),
    ),
    (
        Field("Navn", FieldKind.MERGE, 26, 28),
        Field("Koen", FieldKind.CONDITION, 47, 56, branches=((47, 50), (53, 56))),
    ),
    (Link("https://x.example", 38, 41),),
)

SAID = {
    "assistant": "Brevet handler om madservice",
    "person": "Det er forkert",
    "assistant done": "✓ Gemt",
    "assistant warning": "! Nummeret udgår",
    "assistant error": "✗ Filen findes ikke",
    "option": "1 Madservice",
    "quote": "<memo:Message>",
    "letter-name": "brev.docx",
    "card--part": "Facet",
    "card--part card--focused": "▸ Emne",
    "card": "Kort",
}


def whole_screen() -> tuple[Widget, ...]:
    """Everything that the looks have a rule for, as it stands on the review screen."""
    said = [Static(Content(words), classes=classes) for classes, words in SAID.items()]
    side = Vertical(
        VerticalScroll(*said, id="conversation", can_focus=False),
        Static(Content("▸ 27.36.24 Madservice"), id="hits"),
        Input(placeholder="Skriv her", id="prompt"),
        id="side",
    )
    keys = Horizontal(Static(Content.assemble(("↵", "bold $text-accent"), " ja"), classes="key"), id="keys")
    status = Static(Content.assemble("Brev 3 af 12  ", ("Lindeby", "$text-muted")), id="status")
    return status, Horizontal(LetterPane(TEXTS, id="letter"), side, id="desk"), keys, Footer()


def dialogs() -> dict[str, Callable[[], Screen[None] | Screen[str | None]]]:
    catalogue = load_catalogue()
    organisation = load_organisation(shipped_folder("data") / "organisation.yaml")
    rows = [HelpRow("Enter", "Går videre", "ja")]
    return {
        "subject": lambda: SubjectPicker(catalogue, TEXTS, "15.17.12"),
        "found": lambda: SubjectPicker(catalogue, TEXTS, query="madservice"),
        "facet": lambda: FacetPicker(catalogue, TEXTS, "27.36.24", present="K02"),
        "target": lambda: TargetPicker(organisation, TEXTS, present="borgerservice"),
        "help": lambda: HelpScreen("Hjælp", rows, ["Skriv, hvad du vil."], TEXTS),
        "tour": lambda: Tour(TEXTS),
    }


DIALOGS = dialogs()


def assert_readable(pilot: Pilot[None], least: int) -> None:
    measured = list(contrasts(pilot))
    assert len(measured) >= least, "too little was drawn to judge"
    faint = {text: round(ratio, 2) for text, ratio in measured if ratio < READABLE}
    assert faint == {}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", THEMES)
def test_everything_on_the_screen_can_be_read(theme: str, size: tuple[int, int]) -> None:
    async def script(pilot: Pilot[None]) -> None:
        pane = pilot.app.query_one(LetterPane)
        pane.show(LETTER)
        pane.highlight([(21, 28), (38, 41), (10, 14)])
        talk = pilot.app.query_one("#conversation")
        for place in range(0, 12, 4):  # on a small screen not all of it is in view at once
            talk.scroll_to(y=place, animate=False)
            await pilot.pause()
            assert_readable(pilot, least=20)
        for row in range(0, 30, 3):
            pane.scroll_to(y=row, animate=False)
            await pilot.pause()
            assert_readable(pilot, least=20)
        pane.show_message("brev.docx kunne ikke læses", ["Filen er beskadiget."])
        await pilot.press(*"madservice", "shift+left", "shift+left")
        await pilot.pause()
        assert_readable(pilot, least=15)

    run(SmallApp(*whole_screen(), theme=theme), script, size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("dialog", DIALOGS)
def test_every_dialog_can_be_read(dialog: str, size: tuple[int, int]) -> None:
    app = SmallApp()

    async def script(pilot: Pilot[None]) -> None:
        app.open(DIALOGS[dialog]())
        await until(pilot, lambda: dialog != "found" or "Fundet" in screen_text(pilot))
        for theme in THEMES:
            app.theme = theme
            await pilot.pause()
            assert_readable(pilot, least=5)

    run(app, script, size)


def test_the_measure_finds_text_that_is_too_faint() -> None:
    faint = Static(Content("næsten usynlig"))
    faint.styles.color = "#334455"
    faint.styles.background = "#223344"

    async def script(pilot: Pilot[None]) -> None:
        ratios = dict(contrasts(pilot))
        assert ratios["næsten usynlig"] < READABLE

    run(SmallApp(faint), script)
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_without_colour_every_text_is_still_readable(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def script(pilot: Pilot[None]) -> None:
        pane = pilot.app.query_one(LetterPane)
        pane.show(LETTER)
        pane.highlight([(21, 28)])
        await pilot.pause()
        assert_readable(pilot, least=20)
        assert "▸ Kære «Bo»" in screen_text(pilot)
        assert "┆ Sidehoved" in screen_text(pilot)

    run(SmallApp(*whole_screen(), theme=theme), script, (160, 48))


def test_without_colour_the_highlighted_row_of_a_list_is_underlined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = SmallApp()

    async def script(pilot: Pilot[None]) -> None:
        app.open(DIALOGS["facet"]())
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.size)
        lined = [part.text.strip() for strip in strips for part in strip if part.style and part.style.underline]
        assert [text for text in lined if text] == ["✓ K02  Klage"]

    run(app, script)


@pytest.mark.parametrize(
    ("size", "side_by_side"), [((160, 48), True), ((110, 30), True), ((109, 30), False), ((80, 24), False)]
)
def test_letter_and_conversation_stand_side_by_side_where_there_is_room(
    size: tuple[int, int], side_by_side: bool
) -> None:
    async def script(pilot: Pilot[None]) -> None:
        pilot.app.query_one(LetterPane).show(LETTER)
        await pilot.pause()
        letter, talk = pilot.app.query_one("#letter").region, pilot.app.query_one("#conversation").region
        assert (letter.y == talk.y) == side_by_side
        assert (letter.x == talk.x) != side_by_side
        assert letter.height >= 8
        assert talk.height >= 8
        assert pilot.app.query_one("#prompt").region.bottom <= size[1]
        assert "Skriv her" in screen_text(pilot)
        assert "Brev 3 af 12" in screen_rows(pilot)[0]

    run(SmallApp(*whole_screen()), script, size)


def test_any_theme_of_textual_can_be_chosen() -> None:
    async def script(pilot: Pilot[None]) -> None:
        pilot.app.query_one(LetterPane).show(LETTER)
        for theme in BUILTIN_THEMES:
            pilot.app.theme = theme
            await pilot.pause()
            assert "Overskrift" in screen_text(pilot)

    run(SmallApp(*whole_screen()), script)


def test_the_themes_differ_in_light_and_nothing_is_named_twice() -> None:
    assert (DARK.dark, LIGHT.dark) == (True, False)
    assert set(DARK.variables) == set(LIGHT.variables)
    assert {DARK_NAME, LIGHT_NAME}.isdisjoint(BUILTIN_THEMES)


def test_changing_the_theme_draws_the_letter_anew() -> None:
    async def script(pilot: Pilot[None]) -> None:
        pane = pilot.app.query_one(LetterPane)
        pane.show(LETTER)
        await pilot.pause()
        dark = pane.render_line(0)
        pilot.app.theme = LIGHT_NAME
        await pilot.pause()
        light = pane.render_line(0)
        assert dark.text == light.text
        assert dark != light

    run(SmallApp(*whole_screen()), script)


def test_the_looks_name_only_colours_that_every_theme_has() -> None:
    named = set(re.findall(r"\$([a-z-]+)", LOOKS.read_text(encoding="utf-8")))
    known = set(App().get_css_variables())
    assert named
    assert named <= known
