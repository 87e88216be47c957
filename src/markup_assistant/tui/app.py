"""The program on the terminal: its looks, its command palette, and the review screen."""

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import CSSPathType

from markup_assistant.review.commands import COMMANDS, Command
from markup_assistant.texts import Texts
from markup_assistant.tui.review_screen import Make, ReviewScreen
from markup_assistant.tui.themes import DARK_NAME, LIGHT_NAME, register_themes


class Commands(Provider):
    """All that can be done, found by its words."""

    async def discover(self) -> Hits:
        """Offer every command before anything is typed."""
        for title, command in self._commands():
            yield DiscoveryHit(title, partial(self._run, command))

    async def search(self, query: str) -> Hits:
        """Offer the commands whose words fit."""
        matcher = self.matcher(query)
        for title, command in self._commands():
            score = matcher.match(title)
            if score > 0:
                yield Hit(score, matcher.highlight(title), partial(self._run, command))

    def _commands(self) -> Iterator[tuple[str, Command]]:
        app = self.app
        if isinstance(app, ReviewApp):
            for command in COMMANDS:
                yield app.texts(f"review.command.{command.id}.short"), command

    def _run(self, command: Command) -> None:
        app = self.app
        if isinstance(app, ReviewApp):
            app.review.run_command(command)


class ReviewApp(App[None]):
    """The review of a folder on the terminal.

    Args:
        make: begins the conversation (see :class:`ReviewScreen`).
        texts: the language.
        theme: ``dark`` or ``light``.
        look_seconds: see :class:`ReviewScreen`.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = "looks.tcss"
    COMMANDS: ClassVar = {Commands}
    ENABLE_COMMAND_PALETTE = True
    TITLE = "Markup Assistant"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # Textual declares it for the instance

    def __init__(self, make: Make, texts: Texts, *, theme: str = "dark", look_seconds: float = 0.2) -> None:
        super().__init__()
        self.texts = texts
        self.review = ReviewScreen(make, texts, look_seconds=look_seconds)
        self._theme_name = LIGHT_NAME if theme == "light" else DARK_NAME

    def on_mount(self) -> None:
        """Dress up and open the review."""
        register_themes(self)
        self.theme = self._theme_name
        self.push_screen(self.review)

    async def action_quit(self) -> None:
        """Finish what is under way, then end."""
        self.review.close_down()
