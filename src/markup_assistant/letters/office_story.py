"""Walks through one text of a Word document (body, header, note): what each element means for a letter.

The walk keeps its own stack: nothing that is nested deeply can exhaust Python's.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from markup_assistant.letters.letter import BlockKind
from markup_assistant.letters.looks import NOTHING, Look
from markup_assistant.letters.office_controls import read_control, read_form
from markup_assistant.letters.office_fields import FieldRecorder
from markup_assistant.letters.office_names import MC, R_ID, VAL, M, W
from markup_assistant.letters.office_ops import Begin, End, Finish, LinkSpan, Open
from markup_assistant.letters.office_parts import Relation
from markup_assistant.letters.office_styles import Styles, paragraph_look, run_hidden
from markup_assistant.letters.office_symbols import symbol
from markup_assistant.letters.xml import Element

_READABLE = frozenset({"wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15", "v"})
"""Prefixes of the extensions whose text is found by walking through them; others have a fallback."""

_OPEN = Open()


class Visit(NamedTuple):
    """What to walk through next, and what to do afterwards."""

    children: Iterator[Element]
    leave: Callable[[], None] | None = None


class Story:
    """One text of the document, put into the letter through ``fields``.

    ``kind`` is that of all its blocks where it is a header or footer. ``notes`` are the foot- and endnotes
    that it refers to, in their order: (``footnote`` or ``endnote``, id).
    """

    def __init__(
        self,
        fields: FieldRecorder,
        styles: Styles,
        relations: dict[str, Relation],
        kind: BlockKind | None = None,
    ) -> None:
        self.notes: list[tuple[str, str]] = []
        self._fields = fields
        self._styles = styles
        self._relations = relations
        self._kind = kind
        self._cells = 0
        self._in_boxes = 0
        self._boxes: list[Element] = []
        self._hidden = False
        self._stack: list[Visit] = []

    def read(self, elements: Iterable[Element]) -> None:
        """Put the elements of a text into the letter, in their order."""
        self._fields.enter_story()
        self._stack.append(Visit(iter(elements)))
        while self._stack:
            children, leave = self._stack[-1]
            element = next(children, None)
            if element is None:
                self._stack.pop()
                if leave is not None:
                    leave()
                continue
            handler = HANDLERS.get(element.tag)
            visit = Visit(iter(element)) if handler is None else handler(self, element)
            if visit is not None:
                self._stack.append(visit)
        self._fields.leave_story()

    def paragraph(self, element: Element) -> Visit:
        properties = element.find(W + "pPr")
        own, style_id, joined = NOTHING, None, False
        if properties is not None:
            own = paragraph_look(properties)
            style_id = _value(properties, "pStyle")
            joined = _mark_is_deleted(properties, element)
        look = own.over(self._styles.look(style_id))
        before = self._hidden, self._boxes
        self._hidden = self._hidden or look.hidden is True
        self._boxes = []
        self._fields.add(_OPEN)

        def leave() -> None:
            if not joined:
                self._fields.add(End(*self._block(look)))
            boxes = self._boxes
            self._hidden, self._boxes = before
            for box in reversed(boxes):
                self._stack.append(Visit(iter(()), lambda box=box: self._enter_box(box)))  # type: ignore[misc]  # a default binds the loop's value

        return Visit(iter(element), leave)

    def run(self, element: Element) -> Visit:
        properties = element.find(W + "rPr")
        if properties is None or len(properties) == 0:
            return Visit(iter(element))
        hidden = run_hidden(properties)
        if hidden is None:
            style_id = _value(properties, "rStyle")
            hidden = self._styles.look(style_id).hidden if style_id else None
        if hidden is None or hidden == self._hidden:
            return Visit(iter(element))
        before, self._hidden = self._hidden, hidden

        def leave() -> None:
            self._hidden = before

        return Visit(iter(element), leave)

    def box(self, element: Element) -> None:
        """A text box is read behind the paragraph that it is anchored in, which it would cut in two."""
        if not self._hidden:
            self._boxes.append(element)

    def row(self, element: Element) -> Visit | None:
        deleted = element.find(f"{W}trPr/{W}del") is not None
        return None if deleted else Visit(iter(element))

    def cell(self, element: Element) -> Visit | None:
        if element.find(f"{W}tcPr/{W}cellDel") is not None:
            return None
        self._cells += 1

        def leave() -> None:
            self._cells -= 1

        return Visit(iter(element), leave)

    def control(self, element: Element) -> Visit | None:
        content = element.find(W + "sdtContent")
        if content is None:
            return None
        span = read_control(element.find(W + "sdtPr"))
        if span is None or self._hidden:
            return Visit(iter(content))
        self._fields.add(Begin(span))
        return Visit(iter(content), lambda: self._fields.add(Finish(span)))

    def link(self, element: Element) -> Visit:
        relation = self._relations.get(element.get(R_ID, ""))
        if relation is None or not relation.external or not relation.target:
            return Visit(iter(element))
        anchor = element.get(W + "anchor", "")
        span = LinkSpan(f"{relation.target}#{anchor}" if anchor else relation.target)
        self._fields.add(Begin(span))
        return Visit(iter(element), lambda: self._fields.add(Finish(span)))

    def simple_field(self, element: Element) -> Visit:
        self._fields.begin(read_form(element), hidden=self._hidden)
        self._fields.code(element.get(W + "instr", ""))
        self._fields.separate()
        return Visit(iter(element), self._fields.end)

    def field_mark(self, element: Element) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.begin(read_form(element), hidden=self._hidden)
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._fields.end()

    def code(self, element: Element) -> None:
        self._fields.code(element.text or "")

    def text(self, element: Element) -> None:
        if element.text:
            self._say(element.text.replace("\n", " "))

    def symbol(self, element: Element) -> None:
        self._say(symbol(element.get(W + "font", ""), element.get(W + "char", "")))

    def tab(self, _element: Element) -> None:
        self._say("\t")

    def line_break(self, _element: Element) -> None:
        self._say("\n")

    def hyphen(self, _element: Element) -> None:
        self._say("-")

    def note(self, element: Element) -> None:
        kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
        if not self._hidden:
            self.notes.append((kind, element.get(W + "id", "")))

    def alternatives(self, element: Element) -> Visit | None:
        """Of several forms of the same content, the first one that can be read."""
        for child in element:
            if child.tag == MC + "Fallback" or _READABLE.issuperset(child.get("Requires", "?").split()):
                return Visit(iter(child))
        return None

    def skip(self, _element: Element) -> None:
        """Deleted text and what only describes."""

    def _say(self, text: str) -> None:
        if not self._hidden:
            self._fields.add(text)

    def _enter_box(self, box: Element) -> None:
        self._in_boxes += 1
        self._fields.enter_story()
        self._stack.append(Visit(iter(box), self._leave_box))

    def _leave_box(self) -> None:
        self._fields.leave_story()
        self._in_boxes -= 1

    def _block(self, look: Look) -> tuple[BlockKind, int]:
        if self._kind is not None:
            return self._kind, 0
        if self._in_boxes:
            return BlockKind.BOX, 0
        if look.heading:
            return BlockKind.HEADING, look.heading
        if self._cells:
            return BlockKind.CELL, 0
        return (BlockKind.ITEM, look.item) if look.item else (BlockKind.PARAGRAPH, 0)


def _value(properties: Element, name: str) -> str | None:
    child = properties.find(W + name)
    return None if child is None else child.get(VAL)


def _mark_is_deleted(properties: Element, paragraph: Element) -> bool:
    """Whether a tracked change deletes the line break, so that the next paragraph goes on in this one."""
    run = properties.find(W + "rPr")
    if run is None or (run.find(W + "del") is None and run.find(W + "moveFrom") is None):
        return False
    following = paragraph.getnext()
    return following is not None and following.tag == W + "p"


_BY_NAME: dict[str, Callable[[Story, Element], Visit | None]] = {
    "p": Story.paragraph,
    "r": Story.run,
    "t": Story.text,
    "txbxContent": Story.box,
    "tr": Story.row,
    "tc": Story.cell,
    "sdt": Story.control,
    "hyperlink": Story.link,
    "fldSimple": Story.simple_field,
    "fldChar": Story.field_mark,
    "instrText": Story.code,
    "sym": Story.symbol,
    "tab": Story.tab,
    "ptab": Story.tab,
    "br": Story.line_break,
    "cr": Story.line_break,
    "noBreakHyphen": Story.hyphen,
    "footnoteReference": Story.note,
    "endnoteReference": Story.note,
}
_SKIPPED = (
    *(
        "pPr",
        "rPr",
        "tblPr",
        "tblPrEx",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "sdtPr",
        "customXmlPr",
        "smartTagPr",
    ),
    *("del", "moveFrom", "delText", "delInstrText", "ffData", "fldData", "rt"),
)

HANDLERS: dict[str, Callable[[Story, Element], Visit | None]] = {
    **{W + name: handler for name, handler in _BY_NAME.items()},
    **dict.fromkeys((W + name for name in _SKIPPED), Story.skip),
    MC + "AlternateContent": Story.alternatives,
    M + "t": Story.text,
}
"""What each element does; an element that is not named here is walked through."""
