"""Runs the review of an office's letters on the real screen, with the real store and model, and reads what it shows."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from multiprocessing import resource_tracker
from pathlib import Path
from typing import Any

import pytest
from tests.review.office import Office, letter_of
from tests.tui.screens import screen_rows, until
from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from markup_assistant.errors import LetterError
from markup_assistant.markup import Part
from markup_assistant.review import desk as desk_module
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import Intent
from markup_assistant.review.sitting import Sitting
from markup_assistant.settings import Settings
from markup_assistant.suggest.assistant import Assistant
from markup_assistant.texts import get_texts
from markup_assistant.tui.app import ReviewApp
from markup_assistant.tui.card_view import CardView
from markup_assistant.tui.letter_pane import LetterPane
from markup_assistant.tui.prompt import Prompt
from markup_assistant.tui.talk import Talk

PERSON = "Mette Prøve"

Make = Callable[[], Conversation]


@cache
def _assistant(show_cpr: bool) -> Assistant:
    return Assistant(Settings(show_cpr=show_cpr))


@contextmanager
def office_in(folder: Path, patching: pytest.MonkeyPatch) -> Iterator[Office]:
    """Give an empty office; what costs time to load is loaded once for all tests."""
    if os.name == "posix":
        resource_tracker.ensure_running()  # while standard error has a number, as the command line does it
    patching.setattr(desk_module, "Assistant", lambda settings: _assistant(settings.show_cpr))
    with ExitStack() as closing:
        yield Office(folder, closing)


def read_before(office: Office) -> None:
    """Let the letters be known to the store, so that nothing goes on in the background."""
    desk = office.conversation("Bagved").desk
    for entry in desk.pile:
        with suppress(LetterError):
            desk.open(entry)
    desk.store.keep_scans(entry.scan for entry in desk.pile if entry.scan)


class Review:
    """A review under way: what its user does and sees."""

    def __init__(self, app: ReviewApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def conversation(self) -> Conversation:
        """What the screen talks to."""
        found = self.app.review.talk_to
        assert found is not None
        return found

    @property
    def sitting(self) -> Sitting:
        """The letter at hand."""
        found = self.conversation.sitting
        assert found is not None
        return found

    @property
    def letter(self) -> str:
        """The file of the letter at hand."""
        return letter_of(self.conversation)

    @property
    def subject(self) -> str:
        """The subject on the card."""
        return self.sitting.draft.markup.subject

    @property
    def part(self) -> Part | None:
        """The part that has the focus."""
        return self.sitting.part

    @property
    def line(self) -> str:
        """What is typed."""
        return self.app.review.query_one(Prompt).value

    @property
    def screen(self) -> Screen[object]:
        """The screen in front."""
        return self.app.screen

    @property
    def shown_letter(self) -> str:
        """The rows of the letter in view."""
        return self.app.review.query_one(LetterPane).visible_text

    def rows(self) -> list[str]:
        """Return the rows of the screen in front."""
        return screen_rows(self.pilot)

    def text(self) -> str:
        """Return the screen in front as one line: a sentence is found wherever it wraps."""
        rows = [row.strip("│╭╮╰╯─▌▸ ▁▂▃▄▅▆▇█") for row in self.rows()]
        return " ".join(" ".join(rows).split())

    def said(self) -> str:
        """Return all that stands in the conversation, in view or not, as one line."""
        widgets = self.app.review.query_one(Talk).children
        return " ".join(" ".join(_text_of(widget) for widget in widgets).split())

    def in_view(self, words: str) -> bool:
        """Whether words stand on the screen."""
        return words in self.text()

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has been answered."""
        for key in keys:
            await self.pilot.press(key)
            await self.settled()

    async def do(self, intent: Intent) -> None:
        """Ask for something, whichever way a user would."""
        self.app.review.do(intent)
        await self.settled()

    async def type(self, text: str, *, enter: bool = True) -> None:
        """Type words, faster than anyone can, and Enter."""
        for sign in text:
            name = sign if sign.isalnum() else _character_to_key(sign)
            self.app.post_message(Key(name, sign))
        await self.pilot.pause()
        if enter:
            await self.pilot.press("enter")
        await self.settled()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something; fails after a while with the screen as it is."""
        await until(self.pilot, condition)

    async def click(self, widget: Widget, row: int, column: int = 8) -> None:
        """Click a row of a widget."""
        await self.pilot.click(widget, offset=(column, row))
        await self.settled()

    async def settled(self) -> None:
        """Wait until all that was asked is answered and drawn."""
        for _ in range(2000):
            await self.pilot.pause()
            if all(worker.is_finished for worker in self.app.workers):
                await self.pilot.pause()
                return
            await asyncio.sleep(0.005)
        raise AssertionError("\n".join(["the screen never settled:", *self.rows()]))

    def card_row(self, words: str) -> int:
        """Return the row of the card in which words stand, counted within the widget."""
        card = self.app.review.query_one(CardView)
        return card.gutter.top + next(at for at, row in enumerate(str(card.render()).split("\n")) if words in row)


Script = Callable[[Review], Awaitable[None]]


def run_review(
    office: Office,
    script: Script,
    *,
    size: tuple[int, int] = (80, 24),
    look_seconds: float = 0.0,
    make: Make | None = None,
    language: str = "da",
    toured: bool = True,
    **chosen: Any,
) -> None:
    """Review an office's letters while a script plays its user; ``chosen`` are settings."""

    async def go() -> None:
        app = review_app(office, look_seconds=look_seconds, make=make, language=language, toured=toured, **chosen)
        async with app.run_test(size=size, notifications=True) as pilot:
            review = Review(app, pilot)
            await review.settled()
            await script(review)
            app.review.close_down()
            await until(pilot, lambda: not app.review.is_running or app._exit)

    asyncio.run(go())


def review_app(
    office: Office,
    *,
    look_seconds: float = 0.0,
    make: Make | None = None,
    language: str = "da",
    toured: bool = True,
    read: bool = True,
    **chosen: Any,
) -> ReviewApp:
    """Return the application on an office's letters, which are known already where ``read`` says so."""

    def begin() -> Conversation:
        desk = office.desk(PERSON, **chosen)
        return Conversation(desk, get_texts(language), office.clock)

    if read:
        read_before(office)
    if toured:
        office.store().keep_setting(f"tour_seen:{PERSON}", "yes")
    return ReviewApp(make or begin, get_texts(language), look_seconds=look_seconds)


def _text_of(widget: Widget) -> str:
    return str(widget.render())
