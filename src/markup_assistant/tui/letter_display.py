"""What of a letter is shown: its text with signs around fields and conditions, and how each stretch is inked.

Plain values, made once a letter; :mod:`markup_assistant.tui.letter_rows` wraps them, the letter pane draws them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntFlag
from itertools import accumulate

from markup_assistant.letters.letter import Block, BlockKind, Field, FieldKind, Letter
from markup_assistant.texts import Texts

LONGEST_NAME = 60
"""Characters of a field's name that are shown where the letter shows nothing of its own."""

LONGEST_INKED = 80
"""Characters of a field that is inked as a whole; of a longer one (a paragraph in a content control) its signs are."""

_SUSPICIOUS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffc"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Control characters and those that turn or hide text on a screen."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\ufeff]")
"""Characters that only shape their neighbours, on which terminals do not agree: they are left out."""

_OPENERS = "«{[<‹$%#_☐☒☑"
"""Signs by which a field shown as text is already seen to be one."""


class Ink(IntFlag):
    """How a stretch of text is drawn; several may lie on each other."""

    PLAIN = 0
    HEADING = 1
    ASIDE = 2  # page header and footer
    LINK = 4
    FIELD = 8
    SIGN = 16  # words that are not the letter's own
    EVIDENCE = 32


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the shown text, ``text[start:end]``; ``block`` counts blocks, -1 outside; ``first`` of its block."""

    start: int
    end: int
    kind: BlockKind
    block: int
    first: bool


@dataclass(frozen=True, slots=True)
class Display:
    """A letter as it is shown.

    Attributes:
        text: the letter's text with signs added, each character safe to draw.
        lines: the lines of ``text`` in order.
        run_starts: offsets in ``text`` from which on the ink of ``run_inks`` holds; the first is 0.
        run_inks: one a run.
        edit_keys: where the text was changed: twice the offset in the letter for what was added before it, one more
            for a character that was left out.
        edit_shifts: by how much offsets after each change are moved, all changes before it included.
    """

    text: str
    lines: tuple[Line, ...]
    run_starts: Sequence[int]
    run_inks: Sequence[Ink]
    edit_keys: Sequence[int] = ()
    edit_shifts: Sequence[int] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``letter.text[start:end]`` stands in the shown text, without signs at its ends."""
        return self._shifted(start, bisect_right(self.edit_keys, 2 * start)), self._shifted(
            end, bisect_left(self.edit_keys, 2 * end)
        )

    def place_with_signs(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``letter.text[start:end]`` stands in the shown text, with the signs at its ends."""
        return self._shifted(start, bisect_left(self.edit_keys, 2 * start)), self._shifted(
            end, bisect_right(self.edit_keys, 2 * end)
        )

    def inks(self, start: int, end: int) -> Iterator[tuple[int, int, Ink]]:
        """Yield the stretches of ``text[start:end]`` that have one ink."""
        run = bisect_right(self.run_starts, start) - 1
        while start < end:
            stop = self.run_starts[run + 1] if run + 1 < len(self.run_starts) else end
            yield start, min(stop, end), self.run_inks[run]
            start, run = stop, run + 1

    def _shifted(self, offset: int, edits: int) -> int:
        return offset + (self.edit_shifts[edits - 1] if edits else 0)


@dataclass(frozen=True, slots=True, order=True)
class _Edit:
    """A change of the text: ``key`` as in :class:`Display`, ``rank`` among those at one place."""

    key: int
    rank: tuple[int, int]
    added: str


def display(letter: Letter, texts: Texts) -> Display:
    """Return how a letter is shown."""
    source = _SUSPICIOUS.sub(_made_visible, letter.text)
    edits = sorted([*_left_out(source), *_field_edits(letter, texts)])
    shifts = list(accumulate(len(edit.added) if edit.key % 2 == 0 else -1 for edit in edits))
    placed = Display(_edited(source, edits), (), (), (), [edit.key for edit in edits], shifts)
    starts, inks = _runs(_inked(letter, placed))
    lines = tuple(_lines(letter.blocks, placed))
    return Display(placed.text, lines, starts, inks, placed.edit_keys, placed.edit_shifts)


def message_display(title: str, paragraphs: Sequence[str], texts: Texts) -> Display:
    """Return a message shown in a letter's place: a heading and paragraphs."""
    parts = [title, *paragraphs]
    ends = list(accumulate(len(part) + 1 for part in parts))
    blocks = [Block(BlockKind.HEADING, 0, len(title), 1)]
    blocks += [
        Block(BlockKind.PARAGRAPH, end - len(part) - 1, end - 1) for part, end in zip(paragraphs, ends[1:], strict=True)
    ]
    return display(Letter("", "", "\n".join(parts), tuple(blocks)), texts)


def _made_visible(found: re.Match[str]) -> str:
    return " " if found[0] == "\t" else "�"


def _left_out(text: str) -> Iterator[_Edit]:
    for found in _INVISIBLE.finditer(text):
        yield _Edit(2 * found.start() + 1, (0, 0), "")


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    parts: list[str] = []
    done = 0
    for edit in edits:
        offset, leaves_out = divmod(edit.key, 2)
        parts += [text[done:offset], edit.added]
        done = offset + leaves_out
    return "".join([*parts, text[done:]])


def _field_edits(letter: Letter, texts: Texts) -> Iterator[_Edit]:
    """Yield the signs of fields: what closes inside out comes before what opens outside in."""
    conditions = {(field.start, field.end) for field in letter.fields if field.kind is FieldKind.CONDITION}
    for place, field in enumerate(letter.fields):
        if field.kind is FieldKind.CONDITION:
            yield from _condition_edits(letter.text, field, place, texts)
        elif field.start == field.end:
            yield _Edit(2 * field.start, (1, 2 * place), f"«{_named(field)}»")
        elif (field.start, field.end) not in conditions and letter.text[field.start] not in _OPENERS:
            yield _Edit(2 * field.start, (1, 2 * place), "«")
            yield _Edit(2 * field.end, (0, -place), "»")


def _condition_edits(text: str, field: Field, place: int, texts: Texts) -> Iterator[_Edit]:
    """Yield ``«hvis Koen: hr. | ellers: fru»``: both branches, the empty one too."""
    opening = texts("tui.letter.condition", name=_named(field)) + " "
    branches = field.branches[:2]
    if branches and branches[0][0] == branches[0][1] and len(branches) > 1:
        opening += texts("tui.letter.nothing") + " "
    if field.start == field.end:
        yield _Edit(2 * field.start, (1, 2 * place), f"«{opening.rstrip()}»")
        return
    yield _Edit(2 * field.start, (1, 2 * place), f"«{opening}")
    if len(branches) > 1 and branches[1][0] < branches[1][1]:
        start = branches[1][0]
        bar = "" if text[branches[0][1] : start].strip() else "| "
        yield _Edit(2 * start, (1, 2 * place + 1), f"{bar}{texts('tui.letter.otherwise')} ")
    yield _Edit(2 * field.end, (0, -place), "»")


def _named(field: Field) -> str:
    name = " ".join(_SUSPICIOUS.sub(_made_visible, field.title or field.name).split())
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _inked(letter: Letter, shown: Display) -> Iterator[tuple[int, int, Ink]]:
    for block in letter.blocks:
        if block.kind is BlockKind.HEADING:
            yield *shown.place_with_signs(block.start, block.end), Ink.HEADING
        elif block.kind in (BlockKind.HEADER, BlockKind.FOOTER):
            yield *shown.place_with_signs(block.start, block.end), Ink.ASIDE
    for link in letter.links:
        yield *shown.place(link.start, link.end), Ink.LINK
    for field in letter.fields:
        if field.kind is FieldKind.CONDITION or field.end - field.start > LONGEST_INKED:
            for offset in {field.start, field.end, *(start for start, _ in field.branches[1:2])}:
                yield *shown.place_with_signs(offset, offset), Ink.SIGN
        else:
            yield *shown.place_with_signs(field.start, field.end), Ink.FIELD


def _runs(spans: Iterable[tuple[int, int, Ink]]) -> tuple[list[int], list[Ink]]:
    """Return where the ink changes, and to what, for spans that may lie on each other."""
    changes: list[tuple[int, int, Ink]] = []
    for start, end, ink in spans:
        if start < end:
            changes += [(start, 1, ink), (end, -1, ink)]
    depth = dict.fromkeys(Ink, 0)
    starts, inks = [0], [Ink.PLAIN]
    for offset, step, ink in sorted(changes):
        depth[ink] += step
        now = inks[-1] | ink if depth[ink] else inks[-1] & ~ink
        if offset == starts[-1]:
            inks[-1] = now
        elif now != inks[-1]:
            starts.append(offset)
            inks.append(now)
    return starts, inks


def _lines(blocks: Sequence[Block], shown: Display) -> Iterator[Line]:
    spans = [shown.place_with_signs(block.start, block.end) for block in blocks]
    start, at = 0, 0
    for text in shown.text.split("\n"):
        end = start + len(text)
        while at < len(spans) and spans[at][1] <= start and start > spans[at][0]:
            at += 1
        if at < len(spans) and start < end and spans[at][0] < end:
            yield Line(start, end, blocks[at].kind, at, start <= spans[at][0])
        else:
            yield Line(start, end, BlockKind.PARAGRAPH, -1, first=False)
        start = end + 1
