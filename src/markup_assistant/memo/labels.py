"""The short label of a message, taken from the heading of its letter."""

import re
from collections.abc import Mapping

from markup_assistant.letters.letter import Block, BlockKind, Field, Letter
from markup_assistant.letters.masking import find_cpr

LONGEST_LABEL = 128
"""Characters of a label that is made here: what other senders allow in their forms; MeMo itself takes 256."""

BODY_LINE = 100
"""Characters from which a paragraph is what the letter says, not its head."""

HEAD_BLOCKS = 60
"""Blocks in which a heading is looked for: the first page."""

_SUBJECT_LINE = re.compile(r"(?:vedr(?:ørende)?|angående|ang|emne|overskrift)[.:]+\s*", re.IGNORECASE)
_NO_LABEL = re.compile(
    r"(?:.{0,40}\bkommune(?:[,:–-] ?.{0,30})?|kære\b.*|hej\b.*|til\b.*|att[.:].*|"
    r"(?:med )?venlig(?:e|st)? hilsen.*|mvh.*|(?:den |d\. ?)?\d{1,2}[. /-].{0,24}\d{4}|[^a-zæøå]{1,12}|.*@.*|tlf.*)\Z",
    re.IGNORECASE,
)
_SPACES = re.compile(r"\s+")


def letter_label(letter: Letter, values: Mapping[str, str], otherwise: str) -> str:
    """Return a short label for a letter: its heading, its document title, or ``otherwise``.

    Fields in the heading are filled from ``values``; a heading with a field that is not among them, or with a personal
    number, is none.
    """
    for candidate in (*_headings(letter, values), letter.properties.get("title", ""), otherwise):
        label = _SPACES.sub(" ", candidate).strip()
        if label and not find_cpr(label) and any(character.isalpha() for character in label):
            return shorten(label[0].upper() + label[1:])
    return ""


def shorten(text: str, longest: int = LONGEST_LABEL) -> str:
    """Return a text cut between two words, with ``…`` where something is left out."""
    if len(text) <= longest:
        return text
    kept = text[: longest - 1]
    space = kept.rfind(" ")
    return (kept[:space] if space > longest // 2 else kept).rstrip(" ,.;:–-") + "…"


def _headings(letter: Letter, values: Mapping[str, str]) -> list[str]:
    """Return the headings of the head of a letter, the one nearest to its first sentence first."""
    found: list[str] = []
    for block in letter.blocks[:HEAD_BLOCKS]:
        shown = letter.text[block.start : block.end]
        subject = _SUBJECT_LINE.match(shown)
        if block.kind is BlockKind.HEADING or subject:
            filled = _filled(letter, block, values)
            heading = filled[subject.end() :] if subject and filled else filled
            if heading and not _NO_LABEL.match(heading.strip()):
                found.insert(0, heading)
        elif len(shown) >= BODY_LINE and block.kind is BlockKind.PARAGRAPH and found:
            break
    return found


def _filled(letter: Letter, block: Block, values: Mapping[str, str]) -> str:
    """Return the text of a block with its fields filled in, or nothing when a value is missing."""
    parts: list[str] = []
    at = block.start
    for field in letter.fields:
        if not _inside(field, block) or field.start < at:
            continue
        value = values.get(field.name.casefold(), "")
        if not value:
            return ""
        parts += [letter.text[at : field.start], value]
        at = field.end
    return "".join([*parts, letter.text[at : block.end]])


def _inside(field: Field, block: Block) -> bool:
    return block.start <= field.start and field.end <= block.end and field.end > field.start
