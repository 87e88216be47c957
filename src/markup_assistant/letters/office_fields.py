"""Keeps Word fields together while they are open, and puts them into the letter when they end."""

from collections.abc import Callable, Iterable

from markup_assistant.errors import DamagedError
from markup_assistant.letters.composer import Composer
from markup_assistant.letters.letter import FieldKind
from markup_assistant.letters.limits import MAX_FIELD_DEPTH
from markup_assistant.letters.office_instructions import (
    Token,
    arguments,
    describe,
    field_code,
    named_fields,
    plain,
    read_condition,
    tokenize,
)
from markup_assistant.letters.office_ops import Begin, Code, End, Finish, FormData, LinkSpan, Node, Op, Open

_ERRORS = ("Fejl!", "Error!")
"""How a result begins that Word put there because it could not find the variable."""

_SILENT = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "NEXT", "NEXTIF", "SKIPIF", "SET", "MERGEREC", "MERGESEQ"}
    | {"XE", "TC", "TA", "RD", "PRIVATE"},
)
"""Fields that put nothing into a letter that says what it is about."""


class FieldRecorder:
    """Passes text on to the letter, or keeps it with the innermost field that is open.

    Fields may begin and end in different paragraphs; a story (body, header, box) ends those left open in it.
    """

    def __init__(self, composer: Composer, file: str) -> None:
        self._composer = composer
        self._file = file
        self._open: list[Node] = []
        self._floors: list[int] = [0]

    def add(self, op: Op) -> None:
        """Add something at this place of the letter."""
        if self._open:
            self._open[-1].add(op)
        else:
            put(op, self._composer)

    def begin(self, form: FormData | None = None, *, hidden: bool = False) -> None:
        """Begin a field; raises DamagedError for fields nested deeper than Word allows."""
        if len(self._open) >= MAX_FIELD_DEPTH:
            raise DamagedError(file=self._file, format="Word", reason="{ { { …")
        self._open.append(Node(form, hidden))

    def code(self, text: str) -> None:
        """Add text of an instruction."""
        if self._open:
            self._open[-1].add(Code(text))

    def separate(self) -> None:
        """End the instruction: what follows is the result."""
        if len(self._open) > self._floors[-1]:
            self._open[-1].in_result = True

    def end(self) -> None:
        """End the innermost field of this story."""
        if len(self._open) > self._floors[-1]:
            node = self._open.pop()
            if not node.hidden:
                self.add(node)

    def enter_story(self) -> None:
        """Begin a text with its own fields inside another one."""
        self._floors.append(len(self._open))

    def leave_story(self) -> None:
        """End a text: fields that never ended in it lose their instruction and keep their text."""
        while len(self._open) > self._floors[-1]:
            node = self._open.pop()
            if node.in_result:
                self.add(node)
            else:
                for op in node.instruction:
                    if not isinstance(op, Code):
                        self.add(op)
        if len(self._floors) > 1:
            self._floors.pop()


def put(op: Op, composer: Composer) -> None:
    """Put something into the letter."""
    if isinstance(op, str):
        composer.text(op)
    elif isinstance(op, Code):
        composer.text(op.text)
    elif isinstance(op, Open):
        composer.open()
    elif isinstance(op, End):
        composer.end(op.kind, op.level)
    elif isinstance(op, Begin):
        op.span.begin(composer)
    elif isinstance(op, Finish):
        op.span.finish(composer)
    else:
        _put_field(op, composer)


def _put_all(ops: Iterable[Op], composer: Composer) -> None:
    for op in ops:
        put(op, composer)


def _put_field(node: Node, composer: Composer) -> None:
    tokens = tokenize(node.instruction)
    code = field_code(tokens)
    if code not in _SILENT:
        _PUT.get(code, _put_result)(node, tokens, composer)


def _put_result(node: Node, _tokens: list[Token], composer: Composer) -> None:
    """A field of another kind: its result is text, and fields in its instruction lie on it."""
    asked = list(dict.fromkeys(named_fields(node.instruction)))
    place = composer.start() if asked else None
    _put_all(node.result, composer)
    if place is None:
        return
    if composer.blank_since(place):
        for named in asked:
            composer.show_field(named.name, named.kind)
    else:
        for named in asked:
            composer.mark(named.name, named.kind, place)


def _put_named(node: Node, tokens: list[Token], composer: Composer) -> None:
    """MERGEFIELD, DOCVARIABLE and the like: their result where it is real text, else their name."""
    name, kind = describe(node, tokens)
    if not name:
        _put_result(node, tokens, composer)
        return
    positional, switches = arguments(tokens)
    shown = plain(node.result).strip()
    before, after = (switches[key].plain if key in switches else "" for key in ("b", "f"))
    title = positional[1].plain if field_code(tokens) == "ASK" and len(positional) > 1 else ""
    place = composer.start()
    if before.strip() not in shown:
        composer.text(before)
    if shown and not shown.startswith(_ERRORS) and shown.strip("<>[]{}") != name:
        _put_all(node.result, composer)
    else:
        composer.text(f"«{name}»")
    if after.strip() not in shown:
        composer.text(after)
    composer.mark(name, kind, place, title.strip())


def _put_condition(node: Node, tokens: list[Token], composer: Composer) -> None:
    """IF: both branches, never the result, which repeats one of them."""
    condition = read_condition(tokens)
    place = composer.start()
    spans: list[tuple[int, int]] = []
    for branch in condition.branches:
        start = composer.start()
        if not composer.blank_since(place) and plain(branch).strip():
            composer.text(" | ")
        begin = composer.here()
        _put_all(branch, composer)
        spans.append((begin, composer.here()))
        if composer.blank_since(start):
            spans[-1] = (begin, begin)
    if condition.name or not composer.blank_since(place):
        composer.mark(condition.name, FieldKind.CONDITION, place, branches=tuple(spans))
    for named in condition.asks:
        composer.mark(named.name, named.kind, place)


def _put_link(node: Node, tokens: list[Token], composer: Composer) -> None:
    positional, switches = arguments(tokens)
    url = positional[0].plain.strip() if positional else ""
    if url and "l" in switches:
        url += "#" + switches["l"].plain.strip()
    span = LinkSpan(url)
    span.begin(composer)
    _put_result(node, tokens, composer)
    span.finish(composer)


def _put_form(node: Node, tokens: list[Token], composer: Composer) -> None:
    form = node.form or FormData()
    code = field_code(tokens)
    name = describe(node, tokens).name or code
    if code == "FORMCHECKBOX":
        composer.show_field(name, FieldKind.FORM, "☒" if form.checked else "☐", form.title)
    elif code == "FORMDROPDOWN":
        composer.show_field(name, FieldKind.FORM, " / ".join(form.entries), form.title)
    else:
        place = composer.start()
        if plain(node.result).strip():
            _put_all(node.result, composer)
        else:
            composer.text(form.default or f"«{name}»")
        composer.mark(name, FieldKind.FORM, place, form.title)


def _put_prompt(_node: Node, tokens: list[Token], composer: Composer) -> None:
    """MACROBUTTON NoMacro [Skriv navn]: the usual way to make a place to click and type."""
    text = " ".join(token.plain for token in tokens[2:]).strip()
    if text:
        composer.show_field(text.strip("[]<>«»{} "), FieldKind.PLACEHOLDER, text)


_PUT: dict[str, Callable[[Node, list[Token], Composer], None]] = {
    "MERGEFIELD": _put_named,
    "ADDRESSBLOCK": _put_named,
    "GREETINGLINE": _put_named,
    "DOCVARIABLE": _put_named,
    "DOCPROPERTY": _put_named,
    "ASK": _put_named,
    "FILLIN": _put_named,
    "IF": _put_condition,
    "HYPERLINK": _put_link,
    "FORMTEXT": _put_form,
    "FORMCHECKBOX": _put_form,
    "FORMDROPDOWN": _put_form,
    "MACROBUTTON": _put_prompt,
}
