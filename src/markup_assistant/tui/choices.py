"""A list that is narrowed by typing: what every picker is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; one without ``id`` is a heading, which cannot be chosen."""

    id: str
    text: Content


class _Query(Input):
    """An input whose arrows leave it where the cursor cannot go further."""

    class Opened(Message):
        """Right was pressed at the end of what is typed."""

    class Left(Message):
        """Left or backspace was pressed while nothing is typed."""

    def action_cursor_right(self, select: bool = False) -> None:  # noqa: FBT001, FBT002  # Textual's signature
        if self.cursor_at_end and not select:
            self.post_message(self.Opened())
        else:
            super().action_cursor_right(select)

    def action_cursor_left(self, select: bool = False) -> None:  # noqa: FBT001, FBT002  # Textual's signature
        if self.value:
            super().action_cursor_left(select)
        else:
            self.post_message(self.Left())

    def action_delete_left(self) -> None:
        if self.value:
            super().action_delete_left()
        else:
            self.post_message(self.Left())


class Choices(Widget):
    """An input above a list. The input has the keyboard; arrows, page keys and the mouse move in the list.

    What is typed is asked for with :class:`Asked`; whoever answers calls :meth:`show` with the rows for that query.
    Enter pressed before the answer is there takes the first row of the answer, never one of the rows before it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move('cursor_up')", show=False),
        Binding("down", "move('cursor_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("ctrl+home", "move('first')", show=False),
        Binding("ctrl+end", "move('last')", show=False),
    ]
    DEFAULT_CSS = """
    Choices {
        width: 1fr;
        height: 1fr;
        layout: vertical;
        & > Input { height: 3; }
        & > OptionList {
            height: 1fr;
            border: none;
            padding: 0;
            overflow-x: hidden;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            scrollbar-size-vertical: 1;
            & > .option-list--option { padding: 0 1; }
            & > .option-list--option-highlighted {
                color: $block-cursor-foreground;
                background: $block-cursor-background;
                text-style: bold;
            }
            & > .option-list--option-disabled { color: $text-secondary; text-style: bold; }
        }
        & > OptionList:nocolor > .option-list--option-highlighted { text-style: bold underline; }
        & > .choices--nothing { display: none; height: auto; padding: 1 1; }
        &.-nothing > .choices--nothing { display: block; }
        &.-nothing > OptionList { display: none; }
    }
    """

    class Asked(Message):
        """Something else is typed: ``query`` is all of it."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    class Highlighted(Message):
        """Another row is highlighted."""

        def __init__(self, id_: str) -> None:
            super().__init__()
            self.id = id_

    class Chosen(Message):
        """A row was taken by Enter or the mouse."""

        def __init__(self, id_: str) -> None:
            super().__init__()
            self.id = id_

    class Opened(Message):
        """Right was pressed: what is below the highlighted row is asked for."""

        def __init__(self, id_: str) -> None:
            super().__init__()
            self.id = id_

    class Left(Message):
        """Left was pressed with nothing typed: what is above the rows is asked for."""

    def __init__(self, placeholder: str, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name
        super().__init__(id=id)
        self._query = _Query(placeholder=placeholder)
        self._list = OptionList(markup=False)
        self._list.can_focus = False
        self._nothing = Static(classes="choices--nothing", markup=False)
        self._answered = ""
        self._take_first = False

    @property
    def query_text(self) -> str:
        """What is typed."""
        return self._query.value

    @property
    def highlighted(self) -> str:
        """The id of the highlighted row, or empty."""
        option = self._list.highlighted_option
        return (option.id or "") if option else ""

    def compose(self) -> ComposeResult:
        yield self._query
        yield self._list
        yield self._nothing

    def type(self, text: str) -> None:
        """Put text into the input, as if it had been typed."""
        self._query.value = text
        self._query.cursor_position = len(text)

    def show(self, query: str, rows: Sequence[Row], *, highlight: str = "", nothing: str = "") -> None:
        """Show the rows for a query; an answer to what is no longer typed is dropped.

        ``highlight`` is the id that is highlighted, the first row where it is not there; ``nothing`` is said where
        there are no rows.
        """
        if query != self._query.value:
            return
        self._answered = query
        self._nothing.update(Content(nothing))
        self.set_class(not rows, "-nothing")
        self._list.set_options(Option(row.text, row.id or None, disabled=not row.id) for row in rows)
        places = [place for place, row in enumerate(rows) if row.id]
        wanted = [place for place in places if rows[place].id == highlight]
        self._list.scroll_to(y=0, animate=False)
        self._list.highlighted = next(iter([*wanted, *places]), None)
        if self._take_first:
            self._take_first = False
            self._take()

    def on_mount(self) -> None:
        self._query.focus()

    def action_move(self, how: str) -> None:
        """Move the highlight: ``cursor_down``, ``page_up`` and so on."""
        getattr(self._list, f"action_{how}")()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._take_first = False
        if event.value != self._answered:
            self.post_message(self.Asked(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._query.value == self._answered:
            self._take()
        else:
            self._take_first = True

    @on(_Query.Opened)
    def _right(self, event: _Query.Opened) -> None:
        event.stop()
        if self.highlighted:
            self.post_message(self.Opened(self.highlighted))

    @on(_Query.Left)
    def _left(self, event: _Query.Left) -> None:
        event.stop()
        self.post_message(self.Left())

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_id:
            self.post_message(self.Highlighted(event.option_id))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_id:
            self.post_message(self.Chosen(event.option_id))

    def _take(self) -> None:
        if self.highlighted:
            self.post_message(self.Chosen(self.highlighted))
