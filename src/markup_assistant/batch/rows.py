"""The JSON of a letter's suggestions: one object a letter, every key always present."""

from pathlib import Path
from typing import Any

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.errors import AssistantError
from markup_assistant.markup import Evidence, Suggestions
from markup_assistant.markup_json import action_tree
from markup_assistant.suggest.organisation import Organisation
from markup_assistant.texts import Texts

Row = dict[str, Any]


def suggestion_row(suggestions: Suggestions, catalogue: Catalogue, organisation: Organisation) -> Row:
    """Return the object that ``suggest --json`` and ``tag`` write for a letter.

    Keys: letter, verdict, subjects, groups, facets, actions, targets, identifiers, abstained, error, model,
    catalogue. Confidences are rounded to four decimals; a detail that a field carries is ``{"field": NAME}``.
    """
    return {
        "letter": Path(suggestions.letter).as_posix(),
        "verdict": suggestions.verdict.value,
        "subjects": [
            {
                "number": subject.value,
                "title": catalogue.subject(subject.value).title,
                "confidence": round(subject.confidence, 4),
                "evidence": _evidence(subject.evidence),
            }
            for subject in suggestions.subjects
        ],
        "groups": [
            {
                "number": group.value,
                "title": catalogue.node(group.value).title,
                "confidence": round(group.confidence, 4),
            }
            for group in suggestions.groups
        ],
        "facets": [
            {
                "code": facet.value,
                "title": catalogue.facet(facet.value).title,
                "confidence": round(facet.confidence, 4),
                "evidence": _evidence(facet.evidence),
            }
            for facet in suggestions.facets
        ],
        "actions": [
            {
                "code": action.value.code,
                "label": action.value.label,
                "confidence": round(action.confidence, 4),
                "details": action_tree(action.value)["details"],
                "evidence": _evidence(action.evidence),
            }
            for action in suggestions.actions
        ],
        "targets": [
            {
                "id": target.value,
                "name": organisation.target_name(target.value),
                "confidence": round(target.confidence, 4),
                "reason": target.reason,
            }
            for target in suggestions.targets
        ],
        "identifiers": [{"kind": found.kind, "value": found.value} for found in suggestions.identifiers],
        "abstained": suggestions.abstained,
        "error": "",
        "model": suggestions.model,
        "catalogue": suggestions.catalogue,
    }


def error_row(letter: str, error: AssistantError, texts: Texts) -> Row:
    """Return the object for a file that could not be read: the same keys, empty, and why."""
    return {
        "letter": Path(letter).as_posix(),
        "verdict": "unsure",
        "subjects": [],
        "groups": [],
        "facets": [],
        "actions": [],
        "targets": [],
        "identifiers": [],
        "abstained": "",
        "error": texts("tag.unreadable", reason=f"{error.what(texts)} {error.do(texts)}"),
        "model": "",
        "catalogue": "",
    }


def _evidence(evidence: tuple[Evidence, ...]) -> list[Row]:
    return [
        {"text": e.text, "start": e.start, "end": e.end, "source": e.source, "weight": round(e.weight, 4)}
        for e in evidence
    ]
