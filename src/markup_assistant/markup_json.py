"""Markup as plain JSON values and back: one form for the store, exports, sidecars and the memory."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markup_assistant.markup import ACTION_CODES, DETAILS, Action, Detail, FieldRef, Markup

Tree = dict[str, Any]


def markup_tree(markup: Markup) -> Tree:
    """Return markup as JSON values: subject, facet, target, and actions as :func:`action_tree` gives them."""
    return {
        "subject": markup.subject,
        "facet": markup.facet,
        "actions": [action_tree(action) for action in markup.actions],
        "target": markup.target,
    }


def action_tree(action: Action) -> Tree:
    """Return an action as ``{"code", "label", "details"}``; a detail that a field carries is ``{"field", "time"}``."""
    return {
        "code": action.code,
        "label": action.label,
        "details": {name: detail_tree(value) for name, value in action.details.items()},
    }


def detail_tree(detail: Detail) -> str | dict[str, str]:
    """Return a detail as text, or as the field that carries it."""
    if isinstance(detail, FieldRef):
        return {"field": detail.field} | ({"time": detail.time} if detail.time else {})
    return detail


def markup_of(tree: object) -> Markup:
    """Return the markup of JSON values; raises ValueError for what is none."""
    fields = _mapping(tree)
    actions = tuple(action_of(action) for action in _list(fields.get("actions", [])))
    return Markup(
        subject=_text(fields.get("subject", "")),
        facet=_text(fields.get("facet", "")),
        actions=tuple(sorted(actions, key=lambda action: action.code)),
        target=_text(fields.get("target", "")),
    )


def action_of(tree: object) -> Action:
    """Return the action of JSON values; raises ValueError for what is none."""
    fields = _mapping(tree)
    code = _text(fields.get("code"))
    if code not in ACTION_CODES:
        raise ValueError(code)
    details = {name: detail_of(value) for name, value in _mapping(fields.get("details", {})).items()}
    unknown = set(details) - set(DETAILS[code])
    if unknown:
        raise ValueError(", ".join(sorted(unknown)))
    return Action(code, _text(fields.get("label", "")), MappingProxyType(details))


def detail_of(tree: object) -> Detail:
    """Return the detail of a JSON value; raises ValueError for what is none."""
    if isinstance(tree, Mapping):
        return FieldRef(_text(tree.get("field")), _text(tree.get("time", "")))
    return _text(tree)


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise ValueError(type(value).__name__)
    return value


def _list(value: object) -> Sequence[object]:
    if not isinstance(value, list):
        raise ValueError(type(value).__name__)  # noqa: TRY004 - wrong data, not a wrong call
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(type(value).__name__)  # noqa: TRY004 - wrong data, not a wrong call
    return value
