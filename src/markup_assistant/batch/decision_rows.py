"""A decision as a row of an export, and back: as JSON with everything in it, or flat as cells of a table."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.errors import UnknownNumberError
from markup_assistant.markup import (
    ACTION_CODES,
    DETAILS,
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
from markup_assistant.markup_json import markup_tree
from markup_assistant.store.columns import stored_fingerprint, stored_text, text_of
from markup_assistant.suggest.organisation import Organisation

Row = dict[str, Any]

COLUMNS = (
    "letter",
    "outcome",
    "subject",
    "title",
    "facet",
    "facet_title",
    "actions",
    "details",
    "target",
    "target_name",
    "person",
    "at",
    *(f"how_{part.value}" for part in Part),
    *(f"rank_{part.value}" for part in Part),
    "seconds",
    "blind",
    "model",
    "catalogue",
    "id",
    "supersedes",
    "source",
    "content",
    "conflict",
)
"""The columns of a table, in their order."""

NEEDED = frozenset(("id", "letter", "outcome", "at"))
"""Columns, and keys of an object, by which an export is known; what else is not there counts as empty."""

YES, NO = "yes", "no"
_MAX_RANK = 10_000
_MAX_ID = 200
_MOST = 1e12


class WrongRowError(Exception):
    """A row that is no decision; ``key`` names what is wrong in it."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers, codes and ids are called today; nothing for those that are not known any more."""

    catalogue: Catalogue
    organisation: Organisation

    def title(self, number: str) -> str:
        """Return the title of a KLE number."""
        return self.catalogue.node(number).title if number in self.catalogue else ""

    def facet(self, code: str) -> str:
        """Return the title of a facet."""
        try:
            return self.catalogue.facet(code).title if code else ""
        except UnknownNumberError:
            return ""

    def target(self, identity: str) -> str:
        """Return the name of a unit or system."""
        known = identity in self.organisation.units or identity in self.organisation.systems
        return self.organisation.target_name(identity) if known else ""


def decision_row(decision: Decision, names: Names, *, conflict: bool) -> Row:
    """Return the object that stands for a decision in JSON Lines."""
    markup = decision.markup
    own = own_row(decision)
    titles = {
        "title": names.title(markup.subject),
        "facet_title": names.facet(markup.facet),
        "target_name": names.target(markup.target),
        "conflict": conflict,
    }
    keys = ("letter", "outcome", "subject", "title", "facet", "facet_title", "actions", "target", "target_name")
    return {key: titles[key] if key in titles else own[key] for key in (*keys, *own, *titles)}


def own_row(decision: Decision) -> Row:
    """Return what a decision itself says, without what its numbers are called and whether others differ."""
    return {
        "letter": decision.letter,
        "outcome": decision.outcome.value,
        **markup_tree(decision.markup),
        "person": decision.person,
        "at": decision.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "how": {part.value: choice.how.value for part, choice in sorted(decision.choices.items())},
        "rank": {part.value: choice.rank for part, choice in sorted(decision.choices.items())},
        "seconds": decision.seconds,
        "blind": decision.blind,
        "model": decision.model,
        "catalogue": decision.catalogue,
        "id": decision.id,
        "supersedes": list(decision.supersedes),
        "source": decision.source,
        "content": decision.content,
    }


def cells_of(row: Row, decimal: Callable[[float], str | float]) -> list[str | int | float]:
    """Return an object of :func:`decision_row` as cells of :data:`COLUMNS`; ``decimal`` writes a number."""
    flat: Row = {
        **row,
        "actions": " ".join(action["code"] for action in row["actions"]),
        "details": json.dumps(row["actions"], ensure_ascii=False) if row["actions"] else "",
        "seconds": decimal(row["seconds"]),
        "blind": YES if row["blind"] else NO,
        "supersedes": " ".join(row["supersedes"]),
        "conflict": YES if row["conflict"] else NO,
    }
    for part in Part:
        flat[f"how_{part.value}"] = row["how"].get(part.value, "")
        flat[f"rank_{part.value}"] = row["rank"].get(part.value, "")
    return [flat[column] for column in COLUMNS]


def row_of_cells(cells: Mapping[str, str]) -> Row:
    """Return the object of cells by column; raises WrongRowError for what cannot be read."""
    said = {column: cells.get(column, "") for column in COLUMNS}
    parts = [part.value for part in Part if said[f"how_{part.value}"]]
    actions = _json(said["details"], "details") if said["details"].strip() else []
    row: Row = {
        **said,
        "actions": actions,
        "how": {part: said[f"how_{part}"] for part in parts},
        "rank": {part: _number(said[f"rank_{part}"], f"rank_{part}") for part in parts},
        "seconds": _number(said["seconds"], "seconds"),
        "blind": said["blind"].strip().casefold() == YES,
        "supersedes": said["supersedes"].split(),
    }
    codes = said["actions"].split()
    if codes != [action.get("code") if isinstance(action, dict) else None for action in actions]:
        raise WrongRowError("actions")  # one of the two cells was changed, and the other was not
    return row


def decision_of(row: Mapping[str, Any]) -> Decision:
    """Return the decision of an object, as the store would give it back; raises WrongRowError naming the key."""
    how, rank = _mapping(row, "how"), _mapping(row, "rank")
    return Decision(
        id=_identity(row, "id", needed=True),
        letter=_text(row, "letter", needed=True),
        content=_identity(row, "content"),
        outcome=_one_of(Outcome, row.get("outcome"), "outcome"),
        person=_text(row, "person"),
        at=_moment(row),
        markup=Markup(_text(row, "subject"), _text(row, "facet"), _actions(row), _text(row, "target")),
        choices=MappingProxyType(
            {
                _one_of(Part, part, "how"): Choice(_one_of(How, chosen, "how"), _rank(rank.get(part, 0)))
                for part, chosen in how.items()
            }
        ),
        supersedes=tuple(_clean_identity(one, "supersedes") for one in _list(row, "supersedes")),
        source=_identity(row, "source"),
        seconds=_seconds(row.get("seconds", 0.0)),
        model=_text(row, "model"),
        catalogue=_text(row, "catalogue"),
        blind=_truth(row, "blind"),
    )


def _actions(row: Mapping[str, Any]) -> tuple[Action, ...]:
    actions = []
    for one in _list(row, "actions"):
        if not isinstance(one, dict) or one.get("code") not in ACTION_CODES:
            raise WrongRowError("actions")
        details = one.get("details", {})
        if not isinstance(details, dict) or not details.keys() <= set(DETAILS[one["code"]]):
            raise WrongRowError("details")
        read = {name: _detail(value) for name, value in details.items()}
        actions.append(Action(one["code"], _text(one, "label"), MappingProxyType(read)))
    if len({action.code for action in actions}) != len(actions):
        raise WrongRowError("actions")
    return tuple(actions)


def _detail(value: object) -> Detail:
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, dict) and isinstance(value.get("field"), str) and isinstance(value.get("time", ""), str):
        return FieldRef(_clean(value["field"]), _clean(value.get("time", "")))
    raise WrongRowError("details")


def _text(row: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
    value = row.get(key, "")
    if not isinstance(value, str) or (needed and not value.strip()):
        raise WrongRowError(key)
    return _clean(value)


def _identity(row: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
    value = row.get(key, "")
    if value == "" and not needed:
        return ""
    return _clean_identity(value, key)


def _clean_identity(value: object, key: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > _MAX_ID:
        raise WrongRowError(key)
    return text_of(stored_fingerprint(value))


def _clean(text: str) -> str:
    """Return a text as the store would give it back: without personal numbers."""
    return text_of(stored_text(text))


def _one_of(kind: Any, value: object, key: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise WrongRowError(key) from None


def _moment(row: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(str(row.get("at")).strip())
        if moment.tzinfo is None:
            raise WrongRowError("at")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongRowError("at") from None


def _rank(value: object) -> int:
    number = _seconds(value, "rank")
    if number > _MAX_RANK or not number.is_integer():
        raise WrongRowError("rank")
    return int(number)


def _seconds(value: object, key: str = "seconds") -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= _MOST:
        raise WrongRowError(key)  # also for NaN, which no comparison fits
    return float(value)


def _truth(row: Mapping[str, Any], key: str) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise WrongRowError(key)
    return value


def _number(cell: str, key: str) -> float:
    try:
        return float(cell.strip().replace(",", ".") or 0)
    except ValueError:
        raise WrongRowError(key) from None


def _list(row: Mapping[str, Any], key: str) -> list[Any]:
    value = row.get(key, [])
    if not isinstance(value, list):
        raise WrongRowError(key)
    return value


def _mapping(row: Mapping[str, Any], key: str) -> dict[str, Any]:
    value = row.get(key, {})
    if not isinstance(value, dict):
        raise WrongRowError(key)
    return value


def _json(cell: str, key: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        raise WrongRowError(key) from None
