"""Reads the rows of a municipality's own list, and labelled texts as JSON Lines, as what they ask for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from markup_assistant.batch.decision_report import Fault, Problem, shown
from markup_assistant.batch.labels_columns import Columns, Role
from markup_assistant.batch.labels_values import Said, Values, Wanted, WrongValueError
from markup_assistant.batch.tables import Row
from markup_assistant.learning.evaluation.labels import LabelledText, WrongLineError, read_line
from markup_assistant.markup import Action, Markup, Outcome, Part


@dataclass(frozen=True, slots=True)
class Item:
    """A row that can be understood: what it asks for, and the letter by its ``file`` or by its ``text``.

    ``id`` is what a text is called in the file, or empty.
    """

    line: int
    wanted: Wanted
    file: str = ""
    text: str = ""
    id: str = ""


def items_of_table(rows: Iterable[Row], columns: Columns, values: Values) -> Iterator[Item | Problem]:
    """Yield what each row of a list asks for, or why that cannot be told."""
    for row in rows:
        file = columns.cell(row, Role.LETTER)
        text = "" if file else columns.cell(row, Role.TEXT)
        if not file and not text:
            yield Problem(row.line, Fault.NO_LETTER, got=shown(" ".join(row.cells)))
            continue
        said = Said(
            number=columns.cell(row, Role.SUBJECT),
            facet=columns.cell(row, Role.FACET),
            actions=columns.cell(row, Role.ACTIONS),
            target=columns.cell(row, Role.TARGET),
            title=columns.cell(row, Role.TITLE),
        )
        try:
            yield Item(row.line, values.wanted(said), file, text)
        except WrongValueError as error:
            yield Problem(row.line, error.fault, shown(file), error.got, error.nearest)


def items_of_lines(lines: Iterable[tuple[int, bytes]], values: Values) -> Iterator[Item | Problem]:
    """Yield what each line of labelled texts asks for, or why that cannot be told.

    Of several acceptable subjects and facets the first counts: it is the best.
    """
    for number, line in lines:
        try:
            labelled = read_line(number, line, values.catalogue)
        except WrongLineError as error:
            yield Problem(number, Fault.WRONG_LINE, reason=error.reason, facts=_facts(error))
            continue
        named = "" if labelled.id == f"#{number}" else labelled.id
        try:
            wanted = _wanted(labelled, values)
        except WrongValueError as error:
            yield Problem(number, error.fault, shown(labelled.file or named), error.got, error.nearest)
        else:
            yield Item(number, wanted, labelled.file, labelled.text, named)


def _facts(error: WrongLineError) -> Mapping[str, str]:
    return MappingProxyType({name: shown(fact) for name, fact in error.facts.items()})


def _wanted(labelled: LabelledText, values: Values) -> Wanted:
    labels = labelled.labels
    if labels.left_alone:
        return Wanted(Outcome.LEFT_ALONE, Markup(), frozenset({Part.SUBJECT}))
    if not labels.subjects:
        raise WrongValueError(Fault.NO_NUMBER, "")
    subject = values.checked(labels.subjects[0]).number
    facet = labels.facets[0] if labels.facets else ""
    actions = tuple(Action(code, "", details) for code, details in sorted((labels.actions or {}).items()))
    parts = {Part.SUBJECT}
    if facet:
        parts.add(Part.FACET)
    if labels.actions is not None:  # none at all is a label too
        parts.add(Part.ACTIONS)
    return Wanted(Outcome.MARKED, Markup(subject, facet, actions), frozenset(parts))
