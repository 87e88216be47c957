"""``labels``: decided letters whose number looks wrong, for a second look."""

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.layout import paragraph, terminal_width
from markup_assistant.cli.speech import Verb
from markup_assistant.texts import Texts

if TYPE_CHECKING:  # loads numpy and the store, which the help does without
    from markup_assistant.catalogue.tree import Catalogue
    from markup_assistant.learning.decided import Decided
    from markup_assistant.learning.doubts import Doubt

SHOWN = 50
"""Letters that are named on the terminal; JSON has them all."""


@click.command("labels", cls=Verb, help="cli.labels.help", epilog="cli.labels.examples")
@json_option
@click.pass_obj
def command(context: CliContext, *, as_json: bool) -> None:
    """Print the decided letters that look wrong."""
    # The store and the model take as long to load as the rest of the program.
    from markup_assistant.batch.remembering import has_store  # noqa: PLC0415 - see above
    from markup_assistant.learning.decided import Decided, decided_letters  # noqa: PLC0415
    from markup_assistant.learning.doubts import doubtful  # noqa: PLC0415
    from markup_assistant.learning.held_out import load_held_out  # noqa: PLC0415
    from markup_assistant.store.opening import open_store  # noqa: PLC0415
    from markup_assistant.suggest.assistant import Assistant  # noqa: PLC0415

    settings, texts = context.settings, context.texts
    assistant = Assistant(settings)
    decided = Decided()
    if has_store(settings.store_address):
        with open_store(settings.store_address) as store:
            decided = decided_letters(store, assistant.catalogue)
    progress = Progress(texts)
    found = doubtful(
        decided.letters,
        load_held_out(settings.model_folder),
        lambda letter: assistant.trace(letter.labelled.letter),
        assistant.model.subjects,
        progress.show,
    )
    progress.end()
    if as_json:
        write_json(_plain(found, decided, assistant.model.name, assistant.catalogue))
        return
    for line in _lines(found, decided, texts, assistant.catalogue, terminal_width()):
        click.echo(line)


def _plain(found: "tuple[Doubt, ...]", decided: "Decided", model: str, catalogue: "Catalogue") -> dict[str, Any]:
    return {
        "model": model,
        "letters": len(decided.letters),
        "left": dict(decided.left),
        "doubts": [
            {
                "letter": doubt.letter,
                "decided": doubt.decided,
                "decided_title": _title(doubt.decided, catalogue),
                "instead": doubt.instead,
                "instead_title": _title(doubt.instead, catalogue),
                "why": doubt.why.value,
                "probability": round(doubt.probability, 4),
                "instead_probability": round(doubt.instead_probability, 4),
                "usual": round(doubt.usual, 4),
                "other": doubt.other,
                "likeness": doubt.likeness,
                "versions": doubt.versions,
            }
            for doubt in found
        ],
    }


def _lines(
    found: "tuple[Doubt, ...]", decided: "Decided", texts: Texts, catalogue: "Catalogue", width: int
) -> Iterator[str]:
    head = "found" if found else "none" if decided.letters else "nothing"
    yield from paragraph(texts(f"learning.labels.{head}", count=len(found), letters=len(decided.letters)), width)
    for doubt in found[:SHOWN]:
        yield ""
        yield click.style(doubt.letter, bold=True)
        yield from paragraph(
            f"{_named(doubt.decided, catalogue, texts)} → {_named(doubt.instead, catalogue, texts)}", width, 2
        )
        yield from paragraph(_why(doubt, texts), width, 2)
    if len(found) > SHOWN:
        yield ""
        yield from paragraph(texts("learning.labels.more", count=len(found) - SHOWN), width)
    for why in ("no_text", "conflict", "lapsed"):
        if decided.left.get(why):
            yield ""
            yield from paragraph(texts(f"learning.labels.{why}", count=decided.left[why]), width)


def _why(doubt: "Doubt", texts: Texts) -> str:
    if doubt.why == "version":
        key = "version" if doubt.versions == 2 else "versions"
        like = round(100 * doubt.likeness)
        return texts(f"learning.labels.{key}", other=doubt.other, likeness=like, versions=doubt.versions)
    return texts(
        "learning.labels.model",
        instead=doubt.instead,
        share=round(100 * doubt.instead_probability),
        decided=doubt.decided,
        own=round(100 * doubt.probability),
        usual=round(100 * doubt.usual),
    )


def _named(number: str, catalogue: "Catalogue", texts: Texts) -> str:
    return f"{number} {_title(number, catalogue)}" if number else texts("learning.labels.alone")


def _title(number: str, catalogue: "Catalogue") -> str:
    return catalogue.subject(number).title if number in catalogue else ""


class Progress:
    """One line on a terminal that says how many letters have been looked at; nothing elsewhere."""

    SECONDS = 0.2

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._terminal = sys.stderr.isatty()
        self._shown = time.monotonic()

    def show(self, done: int, total: int) -> None:
        """Say how far it is, if it is time to."""
        now = time.monotonic()
        if self._terminal and now - self._shown >= self.SECONDS:
            self._shown = now
            line = self._texts("learning.labels.progress", done=done, total=total)
            click.echo(f"\r{line:<78}", err=True, nl=False)

    def end(self) -> None:
        """Leave the line."""
        if self._terminal:
            click.echo(f"\r{'':78}\r", err=True, nl=False)
