"""Walks through one text of an OpenDocument letter (body, header, note): what each element means.

The walk keeps its own stack: nothing that is nested deeply can exhaust Python's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from markup_assistant.letters.composer import Composer, Place
from markup_assistant.letters.letter import BlockKind
from markup_assistant.letters.limits import MAX_SPACES
from markup_assistant.letters.looks import Looks
from markup_assistant.letters.opendocument_fields import (
    field_handler,
    mark_condition,
    mark_control,
    mark_word_field,
    put_form_control,
)
from markup_assistant.letters.opendocument_names import (
    DRAW,
    FIELD,
    LOEXT,
    OFFICE,
    SVG,
    TABLE,
    TEXT,
    XLINK,
    collapse,
)
from markup_assistant.letters.xml import Element


class Visit(NamedTuple):
    """What to walk through next, what to do afterwards, and the text that follows in the parent."""

    children: Iterator[Element]
    leave: Callable[[], None] | None = None
    tail: str | None = None


class Story:
    """One text of the document.

    ``kind`` is that of all its blocks where it is a header or footer; ``notes`` are those that it refers to.
    """

    def __init__(
        self,
        composer: Composer,
        looks: Looks,
        controls: Mapping[str, Element],
        kind: BlockKind | None = None,
    ) -> None:
        self.notes: list[Element] = []
        self._composer = composer
        self._looks = looks
        self._controls = controls
        self._kind = kind
        self._lists = 0
        self._cells = 0
        self._in_boxes = 0
        self._in_paragraph = False
        self._after_space = False
        self._boxes: list[Element] = []
        self._conditions: list[str] = []
        self._word_fields: list[tuple[Element, Place]] = []
        self._stack: list[Visit] = []

    def read(self, elements: Iterable[Element]) -> None:
        """Put the elements of a text into the letter, in their order."""
        self._stack.append(Visit(iter(elements)))
        while self._stack:
            children, leave, tail = self._stack[-1]
            element = next(children, None)
            if element is None:
                self._stack.pop()
                if leave is not None:
                    leave()
                self._say(tail)
                continue
            visit = self._visit(element)
            if visit is None:
                self._say(element.tail)
            else:
                self._stack.append(visit._replace(tail=element.tail))

    def paragraph(self, element: Element) -> Visit | None:
        look = self._looks.look(element.get(TEXT + "style-name", ""))
        if look.hidden:
            return None
        level = look.heading or 0
        if element.tag == TEXT + "h":
            outline = element.get(TEXT + "outline-level", "1")
            level = int(outline) if outline in tuple("123456789") else 1
        self._composer.open()
        place = self._composer.start()
        self._in_paragraph = self._after_space = True
        self._boxes, self._conditions = [], []
        self._say(element.text)

        def leave() -> None:
            for condition in self._conditions:
                mark_condition(self._composer, condition, place)
            self._composer.end(*self._block(level))
            self._in_paragraph = False
            for box in reversed(self._boxes):
                self._stack.append(Visit(iter(()), lambda box=box: self._enter_box(box)))  # type: ignore[misc]  # a default binds the loop's value

        return Visit(iter(element), leave)

    def span(self, element: Element) -> Visit | None:
        if self._looks.look(element.get(TEXT + "style-name", "")).hidden:
            return None
        return self.walk(element)

    def walk(self, element: Element) -> Visit:
        self._say(element.text)
        return Visit(iter(element))

    def link(self, element: Element) -> Visit:
        url = element.get(XLINK + "href", "")
        if not self._in_paragraph or not url or url.startswith("#"):
            return self.walk(element)
        link = self._composer.begin_link(url)
        self._say(element.text)
        return Visit(iter(element), lambda: self._composer.end_link(link))

    def box(self, element: Element) -> Visit | None:
        """A box is read behind the paragraph that it is anchored in, which it would cut in two."""
        if self._in_paragraph:
            self._boxes.append(element)
            return None
        self._in_boxes += 1
        return Visit(iter(element), self._leave_box)

    def list(self, element: Element) -> Visit:
        self._lists += 1

        def leave() -> None:
            self._lists -= 1

        return Visit(iter(element), leave)

    def cell(self, element: Element) -> Visit:
        self._cells += 1

        def leave() -> None:
            self._cells -= 1

        return Visit(iter(element), leave)

    def section(self, element: Element) -> Visit | None:
        display = element.get(TEXT + "display")
        if display == "none":
            return None
        if display != "condition":
            return Visit(iter(element))
        place = self._composer.start()
        condition = element.get(TEXT + "condition", "")
        return Visit(iter(element), lambda: mark_condition(self._composer, condition, place))

    def hidden_paragraph(self, element: Element) -> Visit:
        if self._in_paragraph:
            self._conditions.append(element.get(TEXT + "condition", ""))
        return self.walk(element)

    def content_control(self, element: Element) -> Visit:
        place = self._composer.start()
        self._say(element.text)
        return Visit(iter(element), lambda: mark_control(self._composer, element, place))

    def word_field_start(self, element: Element) -> None:
        self._word_fields.append((element, self._composer.start()))

    def word_field_end(self, _element: Element) -> None:
        if self._word_fields:
            mark_word_field(self._composer, *self._word_fields.pop())

    def form_control(self, element: Element) -> None:
        control = self._controls.get(element.get(DRAW + "control", ""))
        if control is not None:
            put_form_control(self._composer, control)
            if not self._in_paragraph:
                self._composer.end(*self._block(0))

    def note(self, element: Element) -> None:
        body = element.find(TEXT + "note-body")
        if body is not None:
            self.notes.append(body)

    def spaces(self, element: Element) -> None:
        count = element.get(TEXT + "c", "1")
        known = len(count) < 5 and count.isascii() and count.isdigit()
        self._put(" " * min(int(count) if known else 1, MAX_SPACES))

    def tab(self, _element: Element) -> None:
        self._put("\t")

    def line_break(self, _element: Element) -> None:
        self._put("\n")

    def skip(self, _element: Element) -> None:
        """What is deleted, hidden or only describes."""

    def _visit(self, element: Element) -> Visit | None:
        handler = _HANDLERS.get(element.tag)
        if handler is not None:
            return handler(self, element)
        put = field_handler(element.tag)
        if put is None:
            return self.walk(element)
        if self._in_paragraph:
            put(element, self._composer)
            self._after_space = False
        return None

    def _say(self, text: str | None) -> None:
        if text and self._in_paragraph:
            text = collapse(text)
            if self._after_space and text[0] == " ":
                text = text[1:]
            if text:
                self._composer.text(text)
                self._after_space = text[-1] == " "

    def _put(self, text: str) -> None:
        if self._in_paragraph:
            self._composer.text(text)
            self._after_space = False

    def _enter_box(self, box: Element) -> None:
        self._in_boxes += 1
        self._stack.append(Visit(iter(box), self._leave_box))

    def _leave_box(self) -> None:
        self._in_boxes -= 1

    def _block(self, level: int) -> tuple[BlockKind, int]:
        if self._kind is not None:
            return self._kind, 0
        if self._in_boxes:
            return BlockKind.BOX, 0
        if level:
            return BlockKind.HEADING, level
        if self._cells:
            return BlockKind.CELL, 0
        return (BlockKind.ITEM, self._lists) if self._lists else (BlockKind.PARAGRAPH, 0)


_SHAPES = ("text-box", "custom-shape", "rect", "ellipse", "circle", "path", "polygon", "polyline", "caption")
_SKIPPED = (
    *(TEXT + name for name in ("tracked-changes", "note-citation", "page-number", "page-count", "script")),
    *(TEXT + name for name in ("sequence-decls", "variable-decls", "user-field-decls", "ruby-text")),
    *(TEXT + f"{name}-source" for name in ("table-of-content", "illustration-index", "table-index")),
    *(TEXT + f"{name}-source" for name in ("object-index", "user-index", "alphabetical-index", "bibliography")),
    *(OFFICE + name for name in ("annotation", "annotation-end", "forms", "binary-data", "event-listeners")),
    *(DRAW + name for name in ("object", "object-ole", "image", "enhanced-geometry", "glue-point")),
    *(SVG + name for name in ("title", "desc")),
    *(TABLE + name for name in ("covered-table-cell", "shapes")),
)

_HANDLERS: dict[str, Callable[[Story, Element], Visit | None]] = {
    TEXT + "p": Story.paragraph,
    TEXT + "h": Story.paragraph,
    TEXT + "span": Story.span,
    TEXT + "a": Story.link,
    TEXT + "list": Story.list,
    TEXT + "section": Story.section,
    TEXT + "hidden-paragraph": Story.hidden_paragraph,
    TEXT + "note": Story.note,
    TEXT + "s": Story.spaces,
    TEXT + "tab": Story.tab,
    TEXT + "line-break": Story.line_break,
    TABLE + "table-cell": Story.cell,
    DRAW + "control": Story.form_control,
    LOEXT + "content-control": Story.content_control,
    FIELD + "fieldmark-start": Story.word_field_start,
    FIELD + "fieldmark-end": Story.word_field_end,
    **dict.fromkeys((DRAW + name for name in _SHAPES), Story.box),
    **dict.fromkeys(_SKIPPED, Story.skip),
}
"""What each element does; an element that is neither here nor a field is walked through."""
