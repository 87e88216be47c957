"""What parts of a Word document do to the letter, kept as values while a field around them is open."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from markup_assistant.letters.composer import Composer, Place
from markup_assistant.letters.letter import BlockKind, FieldKind


@dataclass(frozen=True, slots=True)
class Code:
    """Text of a field's instruction, which no reader of the letter sees."""

    text: str


@dataclass(frozen=True, slots=True)
class Open:
    """A paragraph begins."""


@dataclass(frozen=True, slots=True)
class End:
    """A paragraph ended."""

    kind: BlockKind
    level: int


@dataclass(slots=True)
class LinkSpan:
    """Text with an address behind it."""

    url: str
    link: AbstractContextManager[None] | None = None

    def begin(self, composer: Composer) -> None:
        self.link = composer.begin_link(self.url)

    def finish(self, composer: Composer) -> None:
        if self.link is not None:
            composer.end_link(self.link)
            self.link = None


@dataclass(slots=True)
class ControlSpan:
    """A content control around text, paragraphs, cells or rows.

    ``placeholder`` says that it shows its prompt, ``choices`` what may be chosen in it.
    """

    name: str
    title: str
    placeholder: bool
    choices: tuple[str, ...] = ()
    place: Place | None = None

    def begin(self, composer: Composer) -> None:
        self.place = composer.start()

    def finish(self, composer: Composer) -> None:
        place, self.place = self.place, None
        if place is None:
            return
        blank = composer.blank_since(place)
        name = self.name or (composer.text_since(place) if self.placeholder else "")
        if not name:
            return
        if blank:
            composer.text(f"«{name}»")
        if self.choices and (self.placeholder or blank):
            composer.text(f" ({' / '.join(self.choices)})")
        composer.mark(name, FieldKind.CONTROL, place, self.title)


@dataclass(frozen=True, slots=True)
class Begin:
    span: LinkSpan | ControlSpan


@dataclass(frozen=True, slots=True)
class Finish:
    span: LinkSpan | ControlSpan


@dataclass(frozen=True, slots=True)
class FormData:
    """What ``w:ffData`` says of a legacy form field."""

    name: str = ""
    title: str = ""
    default: str = ""
    checked: bool = False
    entries: tuple[str, ...] = ()


@dataclass(slots=True)
class Node:
    """A field: its instruction and its last result, each with what else stands in it."""

    form: FormData | None = None
    hidden: bool = False
    in_result: bool = False
    instruction: list["Op"] = field(default_factory=list)
    result: list["Op"] = field(default_factory=list)

    def add(self, op: "Op") -> None:
        (self.result if self.in_result else self.instruction).append(op)


Op = str | Code | Open | End | Begin | Finish | Node
