"""Runs widgets and screens in a small app and reads what they draw, as text and as colours."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

import markup_assistant.tui
from markup_assistant.texts import get_texts
from markup_assistant.tui.themes import DARK_NAME, register_themes

LOOKS = Path(markup_assistant.tui.__file__).parent / "looks.tcss"

TEXTS = get_texts("da")

DRAWN_WITH = range(0x2500, 0x25A0)
"""Lines and blocks: no text, so that their contrast is a matter of taste."""


class SmallApp(App[None]):
    """An app of a few widgets with the looks of the program."""

    CSS_PATH = str(LOOKS)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # Textual declares it for instances

    def __init__(self, *widgets: Widget, theme: str = DARK_NAME) -> None:
        super().__init__()
        self._widgets = widgets
        self._first_theme = theme
        self.results: list[Any] = []

    def compose(self) -> ComposeResult:
        yield from self._widgets

    def on_mount(self) -> None:
        register_themes(self)
        self.theme = self._first_theme

    def open(self, screen: Screen[Any]) -> None:
        """Push a screen; what it gives is added to the results."""
        self.push_screen(screen, self.results.append)


Script = Callable[[Pilot[None]], Awaitable[None]]


def run(app: SmallApp, script: Script, size: tuple[int, int] = (80, 24)) -> None:
    """Run an app on a screen of some columns and rows while a script uses it."""

    async def go() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await script(pilot)

    asyncio.run(go())


async def typed(pilot: Pilot[None], text: str) -> None:
    """Type faster than anyone can: all keys before the app has answered the first."""
    for key in text:
        pilot.app.simulate_key("space" if key == " " else key)
    await pilot.pause()


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for what happens in a thread or after a pause; fails after five seconds."""
    for _ in range(100):
        await pilot.pause()
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("\n".join(["the screen never came to:", *screen_rows(pilot)]))


def screen_rows(pilot: Pilot[None]) -> list[str]:
    """Return the rows of the screen in front as text."""
    return ["".join(segment.text for segment in strip) for strip in _strips(pilot)]


def screen_text(pilot: Pilot[None]) -> str:
    """Return the screen in front as text."""
    return "\n".join(screen_rows(pilot))


def contrasts(pilot: Pilot[None]) -> Iterator[tuple[str, float]]:
    """Yield each piece of text on the screen with its contrast to its ground (WCAG 2.1, 1 to 21)."""
    for strip in _strips(pilot):
        for segment in strip:
            text = "".join(sign for sign in segment.text if ord(sign) not in DRAWN_WITH).strip()
            if text and segment.style is not None:
                yield text, contrast(*_colours(segment.style))


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return the contrast ratio of two colours (WCAG 2.1)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _colours(style: Style) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    assert not style.dim, "dimmed text has the contrast that the terminal likes"
    colours = [_triplet(style.color), _triplet(style.bgcolor)]
    return (colours[1], colours[0]) if style.reverse else (colours[0], colours[1])


def _triplet(colour: RichColor | None) -> tuple[int, int, int]:
    assert colour is not None
    assert colour.triplet is not None
    return colour.triplet.red, colour.triplet.green, colour.triplet.blue


def _strips(pilot: Pilot[None]) -> list[Any]:
    return pilot.app.screen._compositor.render_strips(pilot.app.size)
