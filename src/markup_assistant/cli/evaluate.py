"""``evaluate FILE.jsonl``: how good the assistant is on texts whose right markup is known."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from markup_assistant.batch.reading import LetterSource
from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.layout import GAP, columns, paragraph, terminal_width
from markup_assistant.cli.speech import Verb
from markup_assistant.errors import LetterError, NoLabelsError
from markup_assistant.learning.evaluation.baselines import KeywordMatch, baseline_scores, commonest_actions
from markup_assistant.learning.evaluation.comparison import ENOUGH, Comparison, compare
from markup_assistant.learning.evaluation.evaluation import Evaluation, evaluate, score
from markup_assistant.learning.evaluation.plain import (
    comparison_plain,
    evaluation_plain,
    figures_plain,
    wrong_line_said,
    wrong_lines_plain,
)
from markup_assistant.learning.evaluation.report import Report, Section
from markup_assistant.learning.evaluation.rows import LabelledFile, WrongLine, read_labelled_file, read_letters
from markup_assistant.learning.evaluation.scores import Scores
from markup_assistant.letters.letter import Letter
from markup_assistant.settings import Settings
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.assistant import Assistant
from markup_assistant.texts import Texts

SHOWN_WRONG = 20
INDENT = 2
SHORTEST = 10
"""Columns that the words of a table keep, however many numbers stand beside them."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run found: the model in use, the simple rules, and the other model where one was named."""

    evaluation: Evaluation
    baseline: Evaluation
    baseline_actions: tuple[str, ...]
    other: Evaluation | None
    comparison: Comparison | None


@click.command("evaluate", cls=Verb, help="cli.evaluate.help", epilog="cli.evaluate.examples")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="cli.word.file")
@click.option("--compare", "other", metavar="cli.word.model", help="cli.evaluate.compare")
@json_option
@click.pass_obj
def command(context: CliContext, file: Path, other: str | None, *, as_json: bool) -> None:
    """Measure the assistant on labelled texts."""
    assistants = [Assistant(context.settings)]
    if other is not None:
        assistants.append(Assistant(replace(context.settings, model=str(_model_folder(other)))))
    labelled = read_labelled_file(file, assistants[0].catalogue)
    if not labelled.texts and not labelled.wrong:
        raise NoLabelsError(file=str(file))
    scores, wrong = _score(labelled, file, assistants, context.settings, context.texts)
    measured = _measure(scores) if scores[0].rows else None
    if as_json:
        write_json(_plain(file, measured, wrong, context.texts))
    elif measured:
        catalogue = assistants[0].catalogue
        report = Report(context.texts, lambda number: catalogue.node(number).title if number in catalogue else "")
        for line in _lines(file, measured, report, context.texts, terminal_width()):
            click.echo(line)
    _tell_wrong(wrong, context.texts, measured=bool(measured))
    if wrong:
        raise click.exceptions.Exit(1)


def _model_folder(named: str) -> Path:
    """Return the folder of a model: a folder, or the name of one that came with the program."""
    shipped = shipped_folder("models") / named
    return shipped if not Path(named).exists() and shipped.is_dir() else Path(named)


def _score(
    labelled: LabelledFile, file: Path, assistants: Sequence[Assistant], settings: Settings, texts: Texts
) -> tuple[list[Scores], list[WrongLine]]:
    """Ask each assistant, and then the simple rules, about every text; return also the lines that fell out."""
    keywords, whole_texts = KeywordMatch(assistants[0].catalogue), []
    rows: list[list[Any]] = [[] for _ in assistants]
    wrong = list(labelled.wrong)
    progress = Progress(texts, len(labelled.texts))
    # Absolute, so that a file called - is a file.
    folder = file.absolute().parent
    files = [str(folder / text.file) for text in labelled.texts if text.file]
    with LetterSource(files, settings.read_timeout, sys.stdin.buffer) as source:
        outcomes = iter(source)
        for done, (text, letter) in enumerate(read_letters(labelled.texts, lambda _: _next(outcomes))):
            progress.show(done)
            if isinstance(letter, WrongLine):
                wrong.append(letter)
                continue
            whole_texts.append(letter.text)
            for found, assistant in zip(rows, assistants, strict=True):
                found.append(score(text, letter, assistant.suggest))
    progress.end()
    scores = [
        Scores(assistant.model.name, assistant.catalogue.name, tuple(found))
        for assistant, found in zip(assistants, rows, strict=True)
    ]
    subjects = [keywords.subjects(text) for text in whole_texts]
    return [*scores, baseline_scores(scores[0], subjects)], sorted(wrong, key=lambda one: one.line)


def _next(outcomes: Iterator[tuple[str, Letter | LetterError]]) -> Letter:
    _, outcome = next(outcomes)
    if isinstance(outcome, LetterError):
        raise outcome
    return outcome


def _measure(scores: Sequence[Scores]) -> Measured:
    first, *others, baseline = scores
    other = others[0] if others else None
    return Measured(
        evaluate(first),
        evaluate(baseline),
        commonest_actions(first.rows),
        evaluate(other) if other else None,
        compare(first, other) if other else None,
    )


def _plain(file: Path, measured: Measured | None, wrong: Sequence[WrongLine], texts: Texts) -> dict[str, Any]:
    lines = {"file": file.as_posix(), "wrong_lines": wrong_lines_plain(wrong, texts)}
    if not measured:
        return {**lines, "measured": None, "baseline": None, "compared": None, "comparison": None}
    return {
        **lines,
        "measured": evaluation_plain(measured.evaluation),
        "baseline": figures_plain(measured.baseline.figures),
        "compared": evaluation_plain(measured.other) if measured.other else None,
        "comparison": comparison_plain(measured.comparison) if measured.comparison else None,
    }


def _lines(file: Path, measured: Measured, report: Report, texts: Texts, width: int) -> Iterator[str]:
    evaluation, comparison = measured.evaluation, measured.comparison
    counts = {"texts": evaluation.texts, "alone": evaluation.to_leave_alone, "clusters": evaluation.clusters}
    clustered = "clusters" if evaluation.clusters < evaluation.texts else "line"
    yield from columns(
        [
            (texts("evaluate.head.file"), file.as_posix()),
            (texts("evaluate.head.model"), f"{evaluation.model}, {evaluation.catalogue}"),
            (texts("evaluate.head.texts"), texts(f"evaluate.head.texts_{clustered}", **counts)),
        ],
        width,
    )
    yield ""
    said = [*report.summary(evaluation)]
    if comparison:
        said += report.judgement(comparison, ENOUGH)
    for sentence in said:
        yield from paragraph(sentence, width)
    if comparison:
        yield from section_lines(report.comparison(comparison, evaluation.texts), width)
    for section in report.sections(evaluation, measured.baseline.figures, measured.baseline_actions):
        yield from section_lines(section, width)


def section_lines(section: Section, width: int) -> Iterator[str]:
    """Yield a section: its title, its table with numbers right under their heads, its notes."""
    yield ""
    yield click.style(section.title, bold=True)
    if section.rows:
        table = [section.header, *section.rows]
        sizes = [max(len(row[place]) for row in table) for place in range(len(section.header))]
        if not section.wide_last:
            sizes[0] = min(sizes[0], max(width - INDENT - sum(size + GAP for size in sizes[1:]), SHORTEST))
            table = [(_shortened(row[0], sizes[0]), *row[1:]) for row in table]
        words = {0, len(sizes) - 1} if section.wide_last else {0}
        aligned = [
            [cell if place in words else cell.rjust(sizes[place]) for place, cell in enumerate(row)] for row in table
        ]
        yield from columns(aligned, width, indent=INDENT)
    for note in section.notes:
        yield from paragraph(note, width, indent=INDENT)


def _shortened(words: str, size: int) -> str:
    return words if len(words) <= size else words[: size - 1] + "…"


def _tell_wrong(wrong: Sequence[WrongLine], texts: Texts, *, measured: bool) -> None:
    if not wrong:
        return
    sys.stdout.flush()
    click.echo(texts("evaluate.wrong", count=len(wrong)), err=True)
    for one in wrong[:SHOWN_WRONG]:
        where = texts("evaluate.wrong_line", line=one.line)
        click.echo(f"  {where}: {wrong_line_said(one, texts)}", err=True)
    if len(wrong) > SHOWN_WRONG:
        click.echo("  " + texts("evaluate.wrong_more", count=len(wrong) - SHOWN_WRONG), err=True)
    if not measured:
        click.echo(texts("evaluate.nothing"), err=True)


class Progress:
    """One line on standard error that says how far it is: rewritten on a terminal, now and then in a log."""

    TERMINAL_SECONDS, LOG_SECONDS = 0.2, 10.0

    def __init__(self, texts: Texts, total: int) -> None:
        self._texts = texts
        self._total = total
        self._terminal = sys.stderr.isatty()
        self._shown = time.monotonic()

    def show(self, done: int) -> None:
        """Say how far it is, if it is time to."""
        now = time.monotonic()
        if now - self._shown < (self.TERMINAL_SECONDS if self._terminal else self.LOG_SECONDS):
            return
        self._shown = now
        line = self._texts("evaluate.progress", done=done, total=self._total)
        click.echo(f"\r{line:<78}" if self._terminal else line, err=True, nl=not self._terminal)

    def end(self) -> None:
        """Leave the line."""
        if self._terminal:
            click.echo(f"\r{'':78}\r", err=True, nl=False)
