"""Picks a KLE subject: down the tree, or by searching while one types."""

import asyncio
from collections.abc import Iterable

from textual import on, work
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from markup_assistant.catalogue.index import index_of
from markup_assistant.catalogue.search import Hit, search
from markup_assistant.catalogue.tree import Catalogue, Node, Subject
from markup_assistant.errors import AssistantError
from markup_assistant.texts import Texts
from markup_assistant.tui.choices import Choices, Row
from markup_assistant.tui.dialog import Dialog
from markup_assistant.tui.subject_detail import subject_detail, titled

PAUSE = 0.06
"""Seconds without a keypress before a search begins: shorter than a slow typist's, longer than a fast one's."""

MOST_HITS = 40


class SubjectPicker(Dialog[str | None]):
    """Asks for a subject; the result is its number, or ``None`` where none was chosen.

    It opens among the subjects of the present one's group. Typing searches by number, word, part of a word and with
    typos; Enter and the right arrow go into a group, the left arrow out of it.
    """

    DEFAULT_CSS = """
    SubjectPicker {
        & .picker--path { height: auto; max-height: 2; color: $text-muted; padding: 0 1; }
        & .picker--panes { height: 1fr; }
        & .picker--list { width: 3fr; }
        & .picker--detail { width: 2fr; padding: 0 1; border-left: solid $border-blurred; scrollbar-size-vertical: 1; }
        &.-narrow .picker--panes { layout: vertical; }
        &.-narrow .picker--list { width: 1fr; height: 1fr; }
        &.-narrow .picker--detail {
            width: 1fr; height: 7; border-left: none; border-top: solid $border-blurred;
        }
    }
    """

    def __init__(self, catalogue: Catalogue, texts: Texts, number: str = "", *, query: str = "") -> None:
        """Open at a number (a group or main group opens itself, an unknown one the top), perhaps with a query."""
        super().__init__(texts("tui.picker.subject"), texts("tui.picker.hint_tree"))
        self._catalogue = catalogue
        self._texts = texts
        self._present = number if number in catalogue else ""
        self._first_query = query
        self._at = self._level_of(self._present)
        self._indexed = asyncio.Event()
        self._words_known = False
        self._choices = Choices(texts("tui.picker.type_subject"))
        self._trail = Static(classes="picker--path", markup=False)
        self._detail = Static(markup=False)
        self._shown_detail = ""

    def body(self) -> Iterable[Widget]:
        detail = VerticalScroll(self._detail, classes="picker--detail", can_focus=False)
        yield Horizontal(
            Vertical(self._trail, self._choices, classes="picker--list"),
            detail,
            classes="picker--panes",
        )

    def on_mount(self) -> None:
        self._make_index()
        self._show_level(self._present)
        if self._first_query:
            self._choices.type(self._first_query)

    @on(Choices.Asked)
    def _asked(self, event: Choices.Asked) -> None:
        self._answer(event.query)

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        if isinstance(self._catalogue.node(event.id), Subject):
            self.dismiss(event.id)
        else:
            self._enter(event.id)

    @on(Choices.Opened)
    def _opened(self, event: Choices.Opened) -> None:
        if not isinstance(self._catalogue.node(event.id), Subject):
            self._enter(event.id)

    @on(Choices.Left)
    def _left(self) -> None:
        if self._at:
            came_from, above = self._at, self._catalogue.parent(self._at)
            self._at = above.number if above else ""
            self._show_level(came_from)

    @on(Choices.Highlighted)
    def _highlighted(self, event: Choices.Highlighted) -> None:
        self._shown_detail = event.id
        self._update_detail()

    @work(exclusive=True, group="search")
    async def _answer(self, query: str) -> None:
        """Answer what is typed; another keypress cancels this and answers that."""
        if not query.strip():
            self._show_level(self._present, query)
            return
        await asyncio.sleep(PAUSE)
        await self._indexed.wait()
        try:
            hits = await asyncio.to_thread(search, self._catalogue, query, MOST_HITS)
        except AssistantError as error:  # the catalogue's words turn out to be damaged
            self._choices.show(query, (), nothing=error.what(self._texts))
            return
        key = "tui.picker.found_first" if len(hits) == MOST_HITS else "tui.picker.found"
        self._trail.update(Content(self._texts(key, count=len(hits))))
        self._choices.show(
            query, [self._hit_row(hit) for hit in hits], nothing=self._texts("tui.picker.nothing", query=query)
        )

    @work(thread=True)
    def _make_index(self) -> None:
        """Make the index of the first search while the reader looks at the list."""
        try:
            index_of(self._catalogue)
        except AssistantError:  # the search says it again, to the reader
            self.app.call_from_thread(self._indexed.set)
        else:
            self.app.call_from_thread(self._index_made)

    def _index_made(self) -> None:
        self._indexed.set()
        self._words_known = True
        self._update_detail()

    def _enter(self, number: str) -> None:
        self._at = number
        if self._choices.query_text:
            self._choices.type("")  # the empty query is answered with the level
        else:
            self._show_level(self._present)

    def _show_level(self, highlight: str, query: str = "") -> None:
        nodes = self._catalogue.children(self._at) if self._at else self._catalogue.main_groups
        above = [f"{node.number} {node.title}" for node in (self._catalogue.path(self._at) if self._at else ())]
        self._trail.update(Content(" › ".join([self._texts("tui.picker.top"), *above])))
        inside = next((node.number for node in nodes if highlight.startswith(node.number)), "")
        self._choices.show(query, [self._row(node) for node in nodes], highlight=inside)

    def _hit_row(self, hit: Hit) -> Row:
        through = f"  · {hit.matched}" if hit.source == "term" else ""
        return self._row(self._catalogue.node(hit.number), through)

    def _row(self, node: Node, after: str = "") -> Row:
        mark = "✓ " if node.number == self._present else "  "
        number = node.number if isinstance(node, Subject) else f"{node.number} ›"
        title = titled(node, self._texts, self._catalogue.edition.year)
        return Row(node.number, Content(f"{mark}{number:<8}  {title}{after}"))

    def _update_detail(self) -> None:
        if self._shown_detail:
            detail = subject_detail(self._catalogue, self._shown_detail, self._texts, terms=self._words_known)
            self._detail.update(detail)

    def _level_of(self, number: str) -> str:
        """Return the node whose children are shown first."""
        if not number or not isinstance(self._catalogue.node(number), Subject):
            return number
        above = self._catalogue.parent(number)
        return above.number if above else ""
