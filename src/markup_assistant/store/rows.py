"""Values of the store as rows of its tables, and back; a row that cannot be read is named."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Row, Table

from markup_assistant.errors import StoreRowError
from markup_assistant.markup import (
    Action,
    Choice,
    Decision,
    Detail,
    FieldRef,
    How,
    Markup,
    Outcome,
    Part,
)
from markup_assistant.store.columns import moment_of, text_of
from markup_assistant.store.schema import decisions, letters, scans
from markup_assistant.store.values import KeptLetter, Scan

V = TypeVar("V")
AnyRow = Row[*tuple[Any, ...]]

_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What decoding raises for a value of the wrong kind; JSON that is none is a ValueError."""


def read_rows(rows: Sequence[AnyRow], decode: Callable[[AnyRow], V], table: Table, store: str) -> list[V]:
    """Return the values of rows; raises StoreRowError naming the first that cannot be read by its first column."""
    try:
        return [decode(row) for row in rows]
    except _UNREADABLE as error:
        raise StoreRowError(store=store, table=table.name, row=_first_unreadable(rows, decode)) from error


def _first_unreadable(rows: Sequence[AnyRow], decode: Callable[[AnyRow], V]) -> str:
    for row in rows:
        try:
            decode(row)
        except _UNREADABLE:
            return str(row[0])
    return ""


def decision_row(decision: Decision) -> dict[str, object]:
    """Return a decision as a row of ``decisions``; raises ValueError for a time without zone or seconds of no size."""
    if not math.isfinite(decision.seconds):
        raise ValueError(decision.seconds)
    markup = decision.markup
    return {
        "id": decision.id,
        "letter": decision.letter,
        "content": decision.content,
        "outcome": decision.outcome.value,
        "subject": markup.subject,
        "facet": markup.facet,
        "actions": [_action_tree(action) for action in markup.actions],
        "target": markup.target,
        "choices": {
            part.value: {"how": choice.how.value, "rank": choice.rank} for part, choice in decision.choices.items()
        },
        "person": decision.person,
        "at": decision.at,
        "supersedes": list(decision.supersedes),
        "source": decision.source,
        "seconds": float(decision.seconds),
        "model": decision.model,
        "catalogue": decision.catalogue,
        "blind": bool(decision.blind),
    }


DECISION_COLUMNS = (*(column for column in decisions.c if column.name != "arrival"), decisions.c.arrival)
"""What :func:`decision_of` reads, in its order: the id first, by which a row is named, the arrival last."""


def decision_of(row: AnyRow) -> Decision:
    """Return the decision of a row of :data:`DECISION_COLUMNS`."""
    (
        identity,
        letter,
        content,
        outcome,
        subject,
        facet,
        actions,
        target,
        choices,
        person,
        at,
        supersedes,
        source,
        seconds,
        model,
        catalogue,
        blind,
        _,
    ) = row
    return Decision(
        id=text_of(identity),
        letter=text_of(letter),
        content=text_of(content),
        outcome=Outcome(outcome),
        person=text_of(person),
        at=moment_of(at),
        markup=Markup(text_of(subject), text_of(facet), _actions(actions), text_of(target)),
        choices=_choices(choices),
        supersedes=_supersedes(supersedes),
        source=text_of(source),
        seconds=float(seconds),
        model=text_of(model),
        catalogue=text_of(catalogue),
        blind=bool(blind),
    )


def _action_tree(action: Action) -> dict[str, object]:
    details = {name: _detail_tree(value) for name, value in action.details.items()}
    return {"code": action.code, "label": action.label, "details": details}


def _detail_tree(detail: Detail) -> str | dict[str, str]:
    return {"field": detail.field, "time": detail.time} if isinstance(detail, FieldRef) else detail


# A folder's decisions hold few different actions and choices, and values that are frozen can be shared.
@lru_cache(maxsize=4096)
def _actions(stored: str) -> tuple[Action, ...]:
    return tuple(_action_of(tree) for tree in _expect(json.loads(stored), list))


def _action_of(tree: object) -> Action:
    action = _expect(tree, dict)
    details = {name: _detail_of(value) for name, value in _expect(action["details"], dict).items()}
    return Action(_expect(action["code"], str), _expect(action["label"], str), MappingProxyType(details))


def _detail_of(tree: object) -> Detail:
    if isinstance(tree, str):
        return tree
    field = _expect(tree, dict)
    return FieldRef(_expect(field["field"], str), _expect(field["time"], str))


@lru_cache(maxsize=4096)
def _choices(stored: str) -> Mapping[Part, Choice]:
    tree = _expect(json.loads(stored), dict)
    return MappingProxyType(
        {Part(part): Choice(How(choice["how"]), _expect(choice["rank"], int)) for part, choice in tree.items()}
    )


@lru_cache(maxsize=4096)
def _supersedes(stored: str) -> tuple[str, ...]:
    return tuple(_expect(identity, str) for identity in _expect(json.loads(stored), list))


def _expect(value: object, kind: type[V]) -> V:
    if not isinstance(value, kind):
        raise TypeError(value)
    return value


LETTER_COLUMNS = (*(letters.c[field.name] for field in fields(KeptLetter)), letters.c.number)
SCAN_COLUMNS = tuple(scans.c[field.name] for field in fields(Scan))


def row_of(value: KeptLetter | Scan) -> dict[str, object]:
    """Return a kept letter or a scan as a row of its table."""
    names = [field.name for field in fields(value)]
    return dict(zip(names, attrgetter(*names)(value), strict=True))


def kept_letter_of(row: AnyRow) -> KeptLetter:
    """Return the letter of a row of :data:`LETTER_COLUMNS`."""
    letter, content, path, text, seen_at, sketch, _ = row
    return KeptLetter(
        text_of(letter), text_of(content), text_of(path), text_of(text), moment_of(seen_at), _expect(sketch, bytes)
    )


def scan_of(row: AnyRow) -> Scan:
    """Return the scan of a row of :data:`SCAN_COLUMNS`."""
    letter, path, size, mtime_ns, content, model, catalogue, verdict, subject, confidence, sketch, error = row
    return Scan(
        letter=text_of(letter),
        path=text_of(path),
        size=int(size),
        mtime_ns=int(mtime_ns),
        content=text_of(content),
        model=text_of(model),
        catalogue=text_of(catalogue),
        verdict=text_of(verdict),
        subject=text_of(subject),
        confidence=float(confidence),
        sketch=_expect(sketch, bytes),
        error=text_of(error),
    )
