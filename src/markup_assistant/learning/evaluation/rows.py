"""Reads a file of labelled texts, one JSON object a line; a line that is wrong costs itself alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.errors import LabelsFileError, LetterError
from markup_assistant.learning.evaluation.labels import LabelledText, WrongLineError, read_line
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes


@dataclass(frozen=True, slots=True)
class WrongLine:
    """A line that was left out: ``reason`` is the sentence ``evaluate.line.REASON``, which its ``facts`` fill.

    ``error`` is why the letter that the line names could not be read; the reason is then ``letter``.
    """

    line: int
    reason: str
    facts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    error: LetterError | None = None


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """The texts of a file in order, and the lines of it that are wrong."""

    texts: tuple[LabelledText, ...]
    wrong: tuple[WrongLine, ...]


def read_labelled_file(file: Path, catalogue: Catalogue) -> LabelledFile:
    """Read the texts and labels of a file; raises LabelsFileError where the file itself cannot be read."""
    try:
        with file.open("rb") as lines:
            return read_labelled_lines(lines, catalogue)
    except OSError as error:
        raise LabelsFileError(file=str(file), reason=error.strerror or type(error).__name__) from error


def read_labelled_lines(lines: Iterable[bytes], catalogue: Catalogue) -> LabelledFile:
    """Read the texts and labels of lines; empty ones are passed over, an id may stand once."""
    texts: dict[str, LabelledText] = {}
    wrong: list[WrongLine] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            text = read_line(number, line, catalogue)
        except WrongLineError as error:
            wrong.append(WrongLine(number, error.reason, MappingProxyType(error.facts)))
            continue
        if first := texts.get(text.id):
            facts = {"id": text.id, "first": str(first.line)}
            wrong.append(WrongLine(number, "twice", MappingProxyType(facts)))
        else:
            texts[text.id] = text
    return LabelledFile(tuple(texts.values()), tuple(wrong))


def read_letters(
    texts: Iterable[LabelledText], letter_of: Callable[[str], Letter]
) -> Iterator[tuple[LabelledText, Letter | WrongLine]]:
    """Yield each text with its letter, or with why its file cannot be read; ``letter_of`` reads a file."""
    for text in texts:
        try:
            # Without a name, which would be taken for a heading.
            letter = letter_of(text.file) if text.file else read_bytes(text.text.encode("utf-8", "replace"), ".txt")
        except LetterError as error:
            yield text, WrongLine(text.line, "letter", error=error)
        else:
            yield text, letter
