"""The help screen and the first tour."""

import pytest
from tests.tui.screens import TEXTS, SmallApp, run, screen_text
from textual.pilot import Pilot

from markup_assistant.texts import LANGUAGES, get_texts
from markup_assistant.tui.help_screen import HelpRow, HelpScreen
from markup_assistant.tui.tour import STEPS, Tour

ROWS = (
    HelpRow("Enter", "Tager forslaget og går videre", "ja"),
    HelpRow("1-9", "Vælger et andet [forslag]", "nummer 2"),
)


@pytest.mark.parametrize("size", [(80, 24), (160, 48), (40, 16)])
def test_help_shows_keys_what_they_do_and_what_can_be_typed(size: tuple[int, int]) -> None:
    app = SmallApp()

    async def script(pilot: Pilot[None]) -> None:
        app.open(HelpScreen("Hjælp til [emner]", ROWS, ["Skriv hvad du vil."], TEXTS))
        await pilot.pause()
        text = " ".join(screen_text(pilot).replace("│", " ").split())
        for words in ("Hjælp til [emner]", "Tast", "Enter", "1-9", "nummer 2", "Skriv hvad du vil."):
            assert words in text
        await pilot.press("escape")
        await pilot.pause()

    run(app, script, size)
    assert app.results == [None]


def test_long_help_scrolls_with_the_keyboard() -> None:
    app = SmallApp()

    async def script(pilot: Pilot[None]) -> None:
        app.open(HelpScreen("Hjælp", ROWS, [f"Afsnit {number}." for number in range(40)], TEXTS))
        await pilot.pause()
        assert "Afsnit 39." not in screen_text(pilot)
        await pilot.press("end")
        await pilot.pause(0.5)
        assert "Afsnit 39." in screen_text(pilot)

    run(app, script)


def test_help_without_typed_words_has_no_column_for_them() -> None:
    app = SmallApp()

    async def script(pilot: Pilot[None]) -> None:
        app.open(HelpScreen("Hjælp", [HelpRow("F1", "Viser hjælp")], [], TEXTS))
        await pilot.pause()
        assert TEXTS("tui.help.typed") not in screen_text(pilot)

    run(app, script)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(80, 24), (50, 20)])
def test_the_tour_has_six_messages_and_ends_by_itself(language: str, size: tuple[int, int]) -> None:
    texts = get_texts(language)
    app = SmallApp()

    async def script(pilot: Pilot[None]) -> None:
        app.open(Tour(texts))
        for step in range(1, STEPS + 1):
            await pilot.pause()
            shown = " ".join(screen_text(pilot).replace("│", " ").split())
            assert texts(f"tui.tour.{step}.title") in shown
            assert texts(f"tui.tour.{step}.body") in shown
            assert texts("tui.tour.hint", step=step, steps=STEPS).split(" · ")[0] in shown
            assert app.results == []
            await pilot.press("enter")
        await pilot.pause()

    run(app, script, size)
    assert app.results == [None]


def test_the_tour_can_be_gone_back_in_and_skipped() -> None:
    app = SmallApp()

    async def script(pilot: Pilot[None]) -> None:
        app.open(Tour(TEXTS))
        await pilot.press("left", "enter", "enter", "left")
        assert TEXTS("tui.tour.2.title") in screen_text(pilot)
        await pilot.press("escape")
        await pilot.pause()

    run(app, script)
    assert app.results == [None]
