"""``tag FOLDER -o OUT``: suggestions for a whole folder of letters."""

import sys
import time
from pathlib import Path

import click

from markup_assistant.batch.folder import find_letters
from markup_assistant.batch.tag import Job, Tally, tag
from markup_assistant.cli.context import CliContext
from markup_assistant.cli.speech import Verb
from markup_assistant.letters.detect import SUFFIXES
from markup_assistant.settings import MAX_SUGGESTIONS
from markup_assistant.texts import Texts

SHOWN_ERRORS = 20


@click.command("tag", cls=Verb, help="cli.tag.help", epilog="cli.tag.examples")
@click.argument("folder", type=click.Path(path_type=Path), metavar="cli.word.folder")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, metavar="cli.word.file", help="cli.tag.out"
)
@click.option(
    "-n",
    "--number",
    type=click.IntRange(1, MAX_SUGGESTIONS),
    metavar="cli.word.integer_range",
    help="cli.suggest.number",
)
@click.option("--jobs", type=click.IntRange(1, 64), metavar="cli.word.integer_range", help="cli.tag.jobs")
@click.pass_obj
def command(context: CliContext, folder: Path, out: Path, number: int | None, jobs: int | None) -> None:
    """Tag a folder."""
    files = find_letters(folder)
    if not files:
        click.echo(context.texts("tag.empty", folder=folder, suffixes=" ".join(SUFFIXES)), err=True)
        raise click.exceptions.Exit(1)
    workers = jobs or context.settings.job_count
    job = Job(folder, files, out, context.settings, min(workers, len(files)), number or context.settings.suggestions)
    progress = Progress(context.texts, len(files))
    try:
        tally = tag(job, progress.show)
    except KeyboardInterrupt:
        progress.end()
        click.echo(context.texts("tag.interrupted"), err=True)
        raise
    progress.end()
    _report(context.texts, tally, out, progress.seconds)
    if tally.failed:
        raise click.exceptions.Exit(1)


class Progress:
    """One line on standard error that says how far it is: rewritten on a terminal, now and then in a log."""

    TERMINAL_SECONDS, LOG_SECONDS = 0.2, 10.0

    def __init__(self, texts: Texts, total: int) -> None:
        self._texts = texts
        self._total = total
        self._begun = time.monotonic()
        self._terminal = sys.stderr.isatty()
        self._shown = self._begun if not self._terminal else 0.0

    @property
    def seconds(self) -> float:
        """Seconds since the work began."""
        return time.monotonic() - self._begun

    def show(self, tally: Tally) -> None:
        """Say how far it is, if it is time to."""
        now = time.monotonic()
        if now - self._shown < (self.TERMINAL_SECONDS if self._terminal else self.LOG_SECONDS):
            return
        self._shown = now
        fresh = tally.total - tally.resumed
        rate = fresh / max(now - self._begun, 0.001)
        left = "–" if not fresh else _duration((self._total - tally.total) / max(rate, 0.001))
        line = self._texts("tag.progress", done=tally.total, total=self._total, rate=f"{rate:.0f}", left=left)
        click.echo(f"\r{line:<78}" if self._terminal else line, err=True, nl=not self._terminal)

    def end(self) -> None:
        """Leave the line."""
        if self._terminal:
            click.echo(f"\r{'':78}\r", err=True, nl=False)


def _report(texts: Texts, tally: Tally, out: Path, seconds: float) -> None:
    if tally.resumed:
        click.echo(texts("tag.resumed", count=tally.resumed), err=True)
    if tally.failed:
        click.echo(texts("tag.errors"), err=True)
        for name, reason in tally.failed[:SHOWN_ERRORS]:
            click.echo(f"  {name}\n    {reason}", err=True)
        if len(tally.failed) > SHOWN_ERRORS:
            click.echo(f"  … +{len(tally.failed) - SHOWN_ERRORS}", err=True)
    counts = {verdict: tally.verdicts[verdict] for verdict in ("sure", "check", "unsure")}
    click.echo(
        texts("tag.done", total=tally.total, seconds=_decimal(texts, seconds), errors=len(tally.failed), **counts),
        err=True,
    )
    click.echo(texts("tag.written", file=out), err=True)


def _decimal(texts: Texts, number: float) -> str:
    written = f"{number:.1f}"
    return written.replace(".", ",") if texts.language == "da" else written


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
