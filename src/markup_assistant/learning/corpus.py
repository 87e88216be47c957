"""Reads the labelled letters of ``data/letters``; the format is described in ``data/README.md``."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from markup_assistant.errors import AssistantError, CorpusError
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import ACTION_CODES, DETAILS

LEFT_ALONE = "left-alone"
_HEAD = re.compile(r"^=== (\S+)[ \t]*$", re.MULTILINE)
_KEYS = {"subject", "also", "facet", "form", "actions", "language", "why"}


@dataclass(frozen=True, slots=True)
class LabelledAction:
    """An action as labelled: details stand as ISO values or as the placeholders of the letter."""

    code: str
    label: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LabelledLetter:
    """A letter with its right markup.

    ``subject`` is empty for a text that must be left alone; ``accepted`` are the subjects that count as right,
    the best first. ``letter_type`` is the name of its file, ``area`` the name of its folder.
    """

    id: str
    letter_type: str
    area: str
    letter: Letter
    subject: str
    accepted: tuple[str, ...]
    facet: str
    template: bool
    actions: tuple[LabelledAction, ...]
    why: str = ""


def corpus_files(folder: Path) -> list[Path]:
    """Return the files of labelled letters below a folder, in a fixed order."""
    return sorted(folder.rglob("*.txt"), key=lambda path: path.relative_to(folder).as_posix())


def load_corpus(folder: Path) -> tuple[LabelledLetter, ...]:
    """Read every labelled letter below a folder; raises CorpusError for the first that is not as described."""
    letters = [letter for file in corpus_files(folder) for letter in read_corpus_file(file)]
    seen: set[str] = set()
    for letter in letters:
        if letter.id in seen:
            raise CorpusError(file=str(folder), reason="reasons.corpus.twice", id=letter.id)
        seen.add(letter.id)
    return tuple(letters)


def read_corpus_file(file: Path) -> Iterator[LabelledLetter]:
    """Read the letters of one file."""
    parts = _HEAD.split(file.read_text(encoding="utf-8"))
    if parts[0].strip():
        raise CorpusError(file=str(file), reason="reasons.corpus.start")
    for id_, content in zip(parts[1::2], parts[2::2], strict=True):
        try:
            yield _labelled(file, id_, content)
        except CorpusError:
            raise
        except (AssistantError, KeyError, TypeError, AttributeError, yaml.YAMLError) as error:
            raise CorpusError(file=str(file), reason="reasons.corpus.head", id=id_, got=str(error)) from error


def _labelled(file: Path, id_: str, content: str) -> LabelledLetter:
    head_text, found, body = content.partition("\n---\n")
    if not found:
        raise CorpusError(file=str(file), reason="reasons.corpus.line", id=id_)
    # The base loader leaves every value a string: 28.09.40 and 2026-03-01 are read as they stand.
    head: dict[str, Any] = yaml.load(head_text, Loader=yaml.BaseLoader)  # noqa: S506  # it builds only strings, lists and dicts
    unknown = set(head) - _KEYS
    if unknown:
        raise CorpusError(file=str(file), reason="reasons.corpus.key", id=id_, got=", ".join(sorted(unknown)))
    subject = "" if head["subject"] == "none" else str(head["subject"])
    return LabelledLetter(
        id=id_,
        letter_type=file.stem,
        area=file.parent.name,
        # Without a name: that of the corpus file would give the subject away.
        letter=read_bytes(body.strip("\n").encode(), ".txt"),
        subject=subject,
        accepted=(subject, *head.get("also", [])) if subject else (),
        facet=str(head.get("facet", "")),
        template=head.get("form") == "template",
        actions=tuple(_action(file, id_, action) for action in head.get("actions") or []),
        why=str(head.get("why", "")),
    )


def _action(file: Path, id_: str, values: Mapping[str, str]) -> LabelledAction:
    code = values["code"]
    if code not in ACTION_CODES:
        raise CorpusError(file=str(file), reason="reasons.corpus.action", id=id_, got=code)
    details = {key: value for key, value in values.items() if key not in ("code", "label")}
    unknown = set(details) - set(DETAILS[code])
    if unknown:
        got = f"{code}: {', '.join(sorted(unknown))}"
        raise CorpusError(file=str(file), reason="reasons.corpus.detail", id=id_, got=got)
    return LabelledAction(code, values.get("label", ""), details)
