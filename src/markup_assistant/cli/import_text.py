"""What came of an import, as lines for people and as values for JSON."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markup_assistant.batch.decision_report import Fault, Problem, Report
from markup_assistant.cli.layout import columns, paragraph
from markup_assistant.learning.evaluation.plain import wrong_line_said
from markup_assistant.learning.evaluation.rows import WrongLine
from markup_assistant.texts import Texts

SHOWN = 50
"""Rows that are named on the terminal; JSON has them all."""

_OFFERED = frozenset(
    (
        Fault.UNMATCHED,
        Fault.NO_NUMBER,
        Fault.DATE,
        Fault.UNKNOWN_NUMBER,
        Fault.LAPSED,
        Fault.UNKNOWN_FACET,
        Fault.UNKNOWN_TARGET,
    )
)
"""Faults after which the reader is asked whether something else was meant."""


def report_lines(report: Report, file: Path, texts: Texts, width: int, *, dry_run: bool) -> Iterator[str]:
    """Yield the report: the numbers first, then each row that was not taken."""
    yield from paragraph(texts(f"transfer.import.kind.{report.kind}", file=file), width)
    if report.columns:
        used = ", ".join(f"{texts(f'transfer.role.{role}')} = {head}" for role, head in report.columns.items())
        yield from paragraph(texts("transfer.import.columns", columns=used), width)
    counts = [("read", report.read), ("taken", report.taken), ("already", report.already)]
    counts += [("duplicates", report.duplicates)] if report.duplicates else []
    counts += [("left", report.left)]
    counts += [("letters", report.letters)] if report.letters else []
    counts += [("conflicts", report.conflicts)] if report.conflicts else []
    yield from columns([(texts(f"transfer.import.count.{name}"), str(number)) for name, number in counts], width, 2)
    if dry_run:
        yield from paragraph(texts("transfer.import.dry_run"), width)
    if not report.problems:
        return
    yield ""
    yield texts("transfer.import.problems")
    for problem in report.problems[:SHOWN]:
        where = texts("transfer.import.line", line=problem.line)
        named = f"{where}, {problem.letter}: " if problem.letter else f"{where}: "
        first, *rest = paragraph(named + problem_said(problem, texts), width - 2, 2)
        yield first
        yield from (f"  {line}" for line in rest)
    if report.left > SHOWN:
        yield from paragraph(texts("transfer.import.more", count=report.left - SHOWN), width)


def report_json(report: Report, file: Path, texts: Texts, *, dry_run: bool) -> dict[str, Any]:
    """Return the report as plain values; every key is there, lists may be empty."""
    return {
        "file": file.as_posix(),
        "kind": report.kind,
        "dry_run": dry_run,
        "read": report.read,
        "taken": report.taken,
        "already": report.already,
        "duplicates": report.duplicates,
        "left": report.left,
        "letters": report.letters,
        "conflicts": report.conflicts,
        "columns": dict(report.columns),
        "problems": [
            {
                "line": problem.line,
                "fault": problem.fault.value,
                "letter": problem.letter,
                "got": problem.got,
                "nearest": list(problem.nearest),
                "said": problem_said(problem, texts),
            }
            for problem in report.problems
        ],
    }


def problem_said(problem: Problem, texts: Texts) -> str:
    """Say why a row was not taken, and what may have been meant."""
    if problem.error is not None:
        return f"{problem.error.what(texts)} {problem.error.do(texts)}"
    if problem.fault is Fault.WRONG_LINE:
        return wrong_line_said(WrongLine(problem.line, problem.reason, problem.facts), texts)
    nearest = ", ".join(problem.nearest)
    said = texts(f"transfer.fault.{problem.fault.value}", got=problem.got, nearest=nearest)
    if nearest and problem.fault in _OFFERED:
        said += " " + texts("transfer.import.offer", nearest=nearest)
    return said
