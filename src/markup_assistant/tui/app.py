"""The program on the terminal: its looks, its keys on every screen, and the review screen."""

from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.types import CSSPathType
from textual.worker import WorkerFailed

from markup_assistant.review.commands import Command
from markup_assistant.texts import Texts
from markup_assistant.tui.command_picker import CommandPicker
from markup_assistant.tui.dialog import Dialog
from markup_assistant.tui.review_screen import Make, ReviewScreen
from markup_assistant.tui.themes import DARK_NAME, LIGHT_NAME, register_themes


class ReviewApp(App[None]):
    """The review of a folder on the terminal.

    Args:
        make: begins the conversation (see :class:`ReviewScreen`).
        texts: the language.
        theme: ``dark`` or ``light``.
        look_seconds: see :class:`ReviewScreen`.
    """

    CSS_PATH: ClassVar[CSSPathType | None] = "looks.tcss"
    ENABLE_COMMAND_PALETTE = False  # ours speaks the user's language
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+p", "commands", show=False, priority=True)]
    TITLE = "Markup Assistant"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012  # Textual declares it for the instance

    def __init__(self, make: Make, texts: Texts, *, theme: str = "dark", look_seconds: float = 0.2) -> None:
        super().__init__()
        self.texts = texts
        self.review = ReviewScreen(make, texts, look_seconds=look_seconds)
        self._theme_name = LIGHT_NAME if theme == "light" else DARK_NAME

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Run until the user leaves; an error that nobody foresaw is raised, once the terminal is as it was."""
        super().run(*args, **kwargs)
        error = self._exception
        if error is not None:
            raise error.error if isinstance(error, WorkerFailed) else error

    def on_mount(self) -> None:
        """Dress up and open the review."""
        register_themes(self)
        self.theme = self._theme_name
        self.push_screen(self.review)

    def action_commands(self) -> None:
        """Offer all that can be done; not in front of another question."""
        if not isinstance(self.screen, Dialog):
            self.push_screen(CommandPicker(self.texts), self._run)

    async def action_quit(self) -> None:
        """Finish what is under way, then end."""
        self.review.close_down()

    def action_help_quit(self) -> None:
        """Say how to leave: Ctrl+C is pressed by habit, and by accident."""
        self.notify(self.texts("review.screen.how_to_quit"), timeout=4)

    def _run(self, command: Command | None) -> None:
        if command is not None:
            self.review.run_command(command)

    def _handle_exception(self, error: Exception) -> None:
        super()._handle_exception(error)
        self._exit_renderables.clear()  # a traceback with values would show the letter
