r"""Reads the instructions of Word fields: ``MERGEFIELD "Navn" \* MERGEFORMAT``, ``IF … = … "…" "…"``.

Instructions are pieces of text with whole fields between them, because fields nest (ECMA-376 part 1, 17.16).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from markup_assistant.letters.letter import FieldKind
from markup_assistant.letters.office_ops import Code, End, Node, Op

_PIECE = re.compile(r'\\["\\]|["“”„]|\s+|[<>=]+|[^"“”„\\\s<>=]+|\\')
_CURLY = "“”„"

VALUED = {
    "MERGEFIELD": frozenset("*#@bf"),
    "HYPERLINK": frozenset("lot"),
    "FILLIN": frozenset("*d"),
    "ASK": frozenset("*d"),
}
"""The switches of a field that are followed by a value, where they are not only those that format."""

_FORMATTING = frozenset("*#@")

_NAMED = {
    "MERGEFIELD": FieldKind.MERGE,
    "DOCVARIABLE": FieldKind.VARIABLE,
    "DOCPROPERTY": FieldKind.VARIABLE,
    "ASK": FieldKind.FORM,
    "FILLIN": FieldKind.FORM,
}
"""Fields whose first argument is their name."""

_WHOLE = {"ADDRESSBLOCK": "AddressBlock", "GREETINGLINE": "GreetingLine"}
"""Merge fields that have no name of their own."""

_FORMS = frozenset({"FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"})


class Named(NamedTuple):
    """A field by name, without its place."""

    name: str
    kind: FieldKind


@dataclass(slots=True)
class Token:
    """One argument of an instruction: text and nested fields, without its quotes."""

    quoted: bool = False
    operator: bool = False
    ops: list[Op] = field(default_factory=list)

    @property
    def plain(self) -> str:
        return plain(self.ops)

    @property
    def switch(self) -> str:
        r"""The letter of a switch such as ``\b``, else nothing."""
        text = "" if self.quoted or self.operator else self.own_text
        return text[1:2].lower() if text.startswith("\\") else ""

    @property
    def own_text(self) -> str:
        """The text without nested fields: looking into them for each word would take 2^depth steps."""
        return "".join(op for op in self.ops if isinstance(op, str))


@dataclass(frozen=True, slots=True)
class Condition:
    """An IF: the fields that it asks, its left side as a name, and its branches."""

    name: str
    asks: tuple[Named, ...]
    branches: tuple[list[Op], ...]


def plain(ops: Iterable[Op]) -> str:
    """Return the text of a part of an instruction; a nested field stands as what it shows."""
    parts: list[str] = []
    for op in ops:
        if isinstance(op, str):
            parts.append(op)
        elif isinstance(op, Code):
            parts.append(op.text)
        elif isinstance(op, End):
            parts.append("\n")
        elif isinstance(op, Node):
            parts.append(_shown(op))
    return "".join(parts)


def field_code(tokens: list[Token]) -> str:
    """Return the word that says what a field does, in capitals."""
    return tokens[0].own_text.upper() if tokens else ""


def tokenize(ops: Iterable[Op]) -> list[Token]:
    """Return the arguments of an instruction; the first one is the word that says what the field does."""
    return _Tokenizer().run(ops)


def arguments(tokens: list[Token]) -> tuple[list[Token], dict[str, Token]]:
    """Return the arguments behind the first word, and the values of the switches that have one."""
    valued = VALUED.get(field_code(tokens), _FORMATTING)
    positional: list[Token] = []
    switches: dict[str, Token] = {}
    waiting = ""
    for token in tokens[1:]:
        switch = token.switch
        if switch:
            waiting = switch if switch in valued else ""
            switches.setdefault(switch, Token())
        elif waiting:
            switches[waiting] = token
            waiting = ""
        else:
            positional.append(token)
    return positional, switches


def named_fields(ops: Iterable[Op]) -> Iterator[Named]:
    """Yield the fields that stand in a part of an instruction, with those nested in their instructions.

    Conditions have no name here: theirs is that of a field nested in them, which is yielded itself.
    """
    for op in ops:
        if isinstance(op, Node):
            tokens = tokenize(op.instruction)
            named = describe(op, tokens)
            if named.name:
                yield named
            yield from named_fields(op.instruction)


def describe(node: Node, tokens: list[Token]) -> Named:
    """Return name and kind of a field; the name is empty where it has none."""
    code = field_code(tokens)
    if code in _NAMED:
        positional, _ = arguments(tokens)
        return Named(positional[0].plain.strip() if positional else "", _NAMED[code])
    if code in _WHOLE:
        return Named(_WHOLE[code], FieldKind.MERGE)
    if code in _FORMS:
        form = node.form
        return Named(form.name or form.title or form.default if form else "", FieldKind.FORM)
    return Named("", FieldKind.MERGE)


def read_condition(tokens: list[Token]) -> Condition:
    """Return the parts of ``IF left operator right "first" "second"``, as far as they are there."""
    rest, _ = arguments(tokens)
    operator = next((index for index, token in enumerate(rest) if token.operator), None)
    if operator is None:
        sides, branches = rest[:1], rest[1:3]
    else:
        sides = rest[:operator] + rest[operator + 1 : operator + 2]
        branches = rest[operator + 2 : operator + 4]
    left = rest[: 1 if operator is None else operator]
    asks = tuple(dict.fromkeys(named_fields([op for side in sides for op in side.ops])))
    in_left = next(named_fields([op for side in left for op in side.ops]), None)
    name = in_left.name if in_left else " ".join(side.plain for side in left).strip()
    return Condition(name, asks, tuple(branch.ops for branch in branches))


def _shown(node: Node) -> str:
    result = plain(node.result)
    if result.strip():
        return result
    name = describe(node, tokenize(node.instruction)).name
    return f"«{name}»" if name else ""


class _Tokenizer:
    """Cuts an instruction into arguments, one run over its pieces."""

    def __init__(self) -> None:
        self._tokens: list[Token] = []
        self._token: Token | None = None
        self._quote = ""
        self._compares = False

    def run(self, ops: Iterable[Op]) -> list[Token]:
        for op in ops:
            if isinstance(op, str):
                self._text(op)
            elif isinstance(op, Code):
                self._text(op.text)
            elif self._quote or isinstance(op, Node):
                self._nested(op)
        self._close()
        return self._tokens

    def _text(self, text: str) -> None:
        for piece in _PIECE.findall(text):
            if self._quote:
                self._inside(piece)
            else:
                self._outside(piece)

    def _inside(self, piece: str) -> None:
        closing = piece == '"' if self._quote == '"' else piece in _CURLY
        if closing:
            self._close()
        else:
            self._open().ops.append(piece[1:] if len(piece) > 1 and piece[0] == "\\" else piece)

    def _outside(self, piece: str) -> None:
        if piece in ('"', *_CURLY):
            self._close()
            self._quote = piece
            self._open().quoted = True
        elif piece.isspace():
            self._close()
        elif piece[0] in "<>=" and self._compares:
            self._close()
            self._open(operator=True).ops.append(piece)
            self._close()
        else:
            self._open().ops.append(piece)

    def _nested(self, op: Op) -> None:
        if not self._tokens and not self._quote:
            self._close()  # IF{MERGEFIELD …}: a field never belongs to the first word
        self._open().ops.append(op)

    def _open(self, *, operator: bool = False) -> Token:
        if self._token is None:
            self._token = Token(operator=operator)
        return self._token

    def _close(self) -> None:
        if self._token is not None:
            self._tokens.append(self._token)
            self._token = None
            self._compares = self._compares or (
                len(self._tokens) == 1 and field_code(self._tokens) in ("IF", "COMPARE")
            )
        self._quote = ""
