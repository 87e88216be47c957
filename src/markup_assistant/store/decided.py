"""Decisions in the database: added, never changed, and those that hold today."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, insert, literal, select
from sqlalchemy.sql.elements import ColumnElement

from markup_assistant.errors import DecisionDiffersError
from markup_assistant.markup import Decision
from markup_assistant.store.address import POSTGRESQL
from markup_assistant.store.rows import DECISION_COLUMNS, decision_row
from markup_assistant.store.schema import decisions, superseded

_ARRIVALS = 0x4D41_5331_0001
"""The lock of PostgreSQL under which decisions get their numbers."""

_AT_ONCE = 500
"""Ids in one question: below every limit on the parameters of a statement."""


def add(connection: Connection, made: Iterable[Decision], store: str) -> None:
    """Write decisions in the order given; one that is there already with the same content is left alone.

    On PostgreSQL numbers are given out under a lock that is held until the commit. A sequence alone would let a
    number become visible after a higher one, and who reads on from the higher one would never hear of it.
    Raises DecisionDiffersError where an id is taken by another decision.
    """
    rows = [decision_row(decision) for decision in made]
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(func.pg_advisory_xact_lock(literal(_ARRIVALS))))
    known = _stored(connection, [str(row["id"]) for row in rows])
    fresh = []
    for row in rows:
        stored = _as_stored(row)
        identity = str(stored["id"])
        if known.setdefault(identity, stored) is stored:
            fresh.append(row)
        elif known[identity] != stored:
            raise DecisionDiffersError(store=store, decision=identity)
    if not fresh:
        return
    connection.execute(insert(decisions), fresh)
    links = {(row["letter"], older, row["id"]) for row in fresh for older in _ids(row["supersedes"])}
    if links:
        connection.execute(insert(superseded), [{"letter": a, "older": b, "newer": c} for a, b, c in sorted(links)])


def of_letter(letter: str) -> Select[Any]:
    """Every decision on a letter, oldest first."""
    return select(*DECISION_COLUMNS).where(decisions.c.letter == letter).order_by(decisions.c.arrival)


def heads() -> Select[Any]:
    """The decisions that no other one on their letter supersedes, oldest first."""
    later = exists().where(and_(superseded.c.letter == decisions.c.letter, superseded.c.older == decisions.c.id))
    return select(*DECISION_COLUMNS).where(~later).order_by(decisions.c.arrival)


def after(mark: int, limit: int | None = None) -> Select[Any]:
    """The decisions that arrived after a mark, in order of arrival."""
    return select(*DECISION_COLUMNS).where(decisions.c.arrival > mark).order_by(decisions.c.arrival).limit(limit)


def last_arrival() -> Select[Any]:
    """The mark of the decision that arrived last."""
    return select(func.coalesce(func.max(decisions.c.arrival), 0))


def models() -> Select[Any]:
    """The models whose suggestions were shown, in the order of their first decision."""
    model = decisions.c.model
    return select(model).where(model != "").group_by(model).order_by(func.min(decisions.c.arrival))


def is_letter(letter: str) -> ColumnElement[bool]:
    """The condition that a decision is on a letter."""
    return decisions.c.letter == letter


def _stored(connection: Connection, ids: Sequence[str]) -> dict[str, Mapping[str, object]]:
    columns = [column for column in decisions.c if column.name != "arrival"]
    found: dict[str, Mapping[str, object]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        question = select(*columns).where(decisions.c.id.in_(ids[start : start + _AT_ONCE]))
        found |= {row["id"]: dict(row) for row in connection.execute(question).mappings()}
    return found


def _as_stored(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row as the database would give it back, to compare it with what is there."""
    return {name: _bound(name, value) for name, value in row.items()}


def _bound(name: str, value: object) -> object:
    kind = decisions.c[name].type
    bind = getattr(kind, "process_bind_param", None)
    return bind(value, None) if bind else value


def _ids(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
