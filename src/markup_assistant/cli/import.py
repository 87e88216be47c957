"""``import FILE``: decisions of an export, a backup, a municipality's own list, or labelled texts come in."""  # noqa: N999 - called as its verb is

import sys
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

import click

from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.layout import terminal_width
from markup_assistant.cli.speech import Verb
from markup_assistant.texts import Texts


@click.command("import", cls=Verb, help="cli.import.help", epilog="cli.import.examples")
@click.argument("file", type=click.Path(path_type=Path), metavar="cli.word.file")
@click.option("--folder", type=click.Path(path_type=Path), metavar="cli.word.folder", help="cli.import.folder")
@click.option("--replace", is_flag=True, help="cli.import.replace")
@click.option("--dry-run", is_flag=True, help="cli.import.dry_run")
@json_option
@click.pass_obj
def command(
    context: CliContext, file: Path, folder: Path | None, *, replace: bool, dry_run: bool, as_json: bool
) -> None:
    """Take in a file and print what came of it."""
    # The store takes as long to load as the rest of the program: the help does without.
    from markup_assistant.batch.decision_files import Reading, import_file  # noqa: PLC0415 - see above
    from markup_assistant.batch.folder import find_letters  # noqa: PLC0415
    from markup_assistant.batch.labels_import import Terms  # noqa: PLC0415
    from markup_assistant.batch.labels_match import LetterNames  # noqa: PLC0415
    from markup_assistant.batch.labels_values import Values  # noqa: PLC0415
    from markup_assistant.batch.reading import SafeReader  # noqa: PLC0415
    from markup_assistant.catalogue.edition import load_catalogue  # noqa: PLC0415
    from markup_assistant.cli.import_text import report_json, report_lines  # noqa: PLC0415
    from markup_assistant.cli.reviewing import person_of  # noqa: PLC0415
    from markup_assistant.store.opening import open_store  # noqa: PLC0415
    from markup_assistant.suggest.organisation import load_organisation  # noqa: PLC0415

    settings, texts = context.settings, context.texts
    letters_in = (folder or file.absolute().parent).resolve()
    catalogue = load_catalogue(settings.catalogue_folder)

    @cache
    def names() -> LetterNames:
        return LetterNames(letters_in, find_letters(letters_in))

    def values() -> Values:
        year = datetime.now(UTC).year
        return Values(catalogue, load_organisation(settings.organisation_file), year)

    progress = Progress(texts)
    with SafeReader(settings.read_timeout) as reader, open_store(settings.store_address) as store:
        terms = Terms(
            person=person_of(context),
            catalogue=catalogue.name,
            root=Path(settings.file).parent if settings.file else None,
            keep_text=settings.store_text == "masked",
            replace=replace,
            dry_run=dry_run,
            now=lambda: datetime.now(UTC),
            new_id=lambda: str(uuid4()),
            read=lambda path: reader.read(str(path)),
        )
        report = import_file(file, store, Reading(values, names, terms), progress.show)
    progress.end()
    if as_json:
        write_json(report_json(report, file, texts, dry_run=dry_run))
    else:
        for line in report_lines(report, file, texts, terminal_width(), dry_run=dry_run):
            click.echo(line)
    if report.left:
        raise click.exceptions.Exit(1)


class Progress:
    """One line on a terminal that says how many letters have been read; nothing elsewhere."""

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
            line = self._texts("transfer.import.progress", done=done, total=total)
            click.echo(f"\r{line:<78}", err=True, nl=False)

    def end(self) -> None:
        """Leave the line."""
        if self._terminal:
            click.echo(f"\r{'':78}\r", err=True, nl=False)
