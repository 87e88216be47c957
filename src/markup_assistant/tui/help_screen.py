"""Shows help: keys, what they do and what can be typed instead, and what else is good to know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from markup_assistant.texts import Texts
from markup_assistant.tui.dialog import Dialog


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A key, what it does, and what can be typed instead; each may be empty."""

    key: str
    does: str
    typed: str = ""


class HelpScreen(Dialog[None]):
    """Shows rows of keys and paragraphs of text; Escape closes."""

    DEFAULT_CSS = """
    HelpScreen {
        & .help--scroll { scrollbar-size-vertical: 1; padding: 1 1 0 1; }
        & .help--paragraph { height: auto; padding: 0 0 1 0; }
        & .help--rows { height: auto; padding: 0 0 1 0; }
    }
    """

    def __init__(self, title: str, rows: Sequence[HelpRow], paragraphs: Sequence[str], texts: Texts) -> None:
        super().__init__(title, texts("tui.help.hint"))
        self._rows = tuple(rows)
        self._paragraphs = tuple(paragraphs)
        self._texts = texts

    def body(self) -> Iterable[Widget]:
        told = [Static(Content(paragraph), classes="help--paragraph") for paragraph in self._paragraphs]
        keys = [Static(self._table(), classes="help--rows")] if self._rows else []
        yield VerticalScroll(*keys, *told, classes="help--scroll")

    def _table(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=3)
        with_typed = any(row.typed for row in self._rows)
        if with_typed:
            table.add_column(ratio=2)
        head = HelpRow(self._texts("tui.help.key"), self._texts("tui.help.does"), self._texts("tui.help.typed"))
        for row, key_style, style in [(head, "underline", "underline"), *((row, "bold", "") for row in self._rows)]:
            cells = (Text(row.key, style=key_style), Text(row.does, style=style), Text(row.typed, style=style))
            table.add_row(*cells[: 3 if with_typed else 2])
        return table
