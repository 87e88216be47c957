"""What stands in front of the review screen until it is answered or left: a frame with a title and a hint."""

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

ResultT = TypeVar("ResultT")

WIDE = 110
"""Columns from which on two panes stand side by side."""


class Dialog(ModalScreen[ResultT], Generic[ResultT]):
    """A modal screen in a frame: ``body`` says what is in it. Escape leaves it with no result (``None``)."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # Textual declares it for instances
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > .dialog {
            width: 90%;
            max-width: 150;
            height: 90%;
            border: round $border;
            border-title-color: $foreground;
            border-title-style: bold;
            background: $surface;
            color: $foreground;
            padding: 0 1;
        }
        &.-narrow > .dialog { width: 100%; height: 100%; }
        & > .dialog > .dialog--hint { height: auto; color: $text-muted; }
    }
    """

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self._heading = title
        self._hint = hint

    def compose(self) -> ComposeResult:
        frame = Vertical(*self.body(), Static(Content(self._hint), classes="dialog--hint"), classes="dialog")
        frame.border_title = Content(self._heading)
        yield frame

    def body(self) -> Iterable[Widget]:
        """Return the widgets between title and hint."""
        raise NotImplementedError

    def action_leave(self) -> None:
        """Close without a result."""
        self.dismiss(None)
