"""Markup that lies beside a letter or inside it, with who chose it and when."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from markup_assistant.letters.masking import mask_cpr
from markup_assistant.markup import Decision, How, Markup, Outcome
from markup_assistant.markup_json import Tree, markup_of, markup_tree


class Status(StrEnum):
    """What markup outside the store is worth."""

    SUGGESTED = "suggested"  # nobody has looked at it
    AUTOMATIC = "automatic"  # decided by a limit on confidence: nobody has looked either, but somebody said so
    DECIDED = "decided"  # by a person
    LEFT_ALONE = "left-alone"  # a person decided that the letter is to have none


@dataclass(frozen=True, slots=True)
class Marked:
    """Markup as a sidecar or a document carries it.

    Attributes:
        person: who decided, or empty.
        at: when, with time zone; None where nobody has written it down.
        model: whose suggestions were shown; catalogue: the KLE edition.
        content: the fingerprint of the letter at that time.
        edited: whether somebody has changed it by hand since the program wrote it.
    """

    markup: Markup
    status: Status = Status.DECIDED
    person: str = ""
    at: datetime | None = None
    model: str = ""
    catalogue: str = ""
    content: str = ""
    edited: bool = False

    @property
    def counts(self) -> bool:
        """Whether it says what holds: all but what was suggested and never touched."""
        return self.edited or self.status is not Status.SUGGESTED


def marked_by(decision: Decision) -> Marked:
    """Return the markup of a decision."""
    automatic = bool(decision.choices) and all(one.how is How.AUTOMATIC for one in decision.choices.values())
    status = Status.AUTOMATIC if automatic else Status.DECIDED
    return Marked(
        markup=decision.markup,
        status=Status.LEFT_ALONE if decision.outcome is Outcome.LEFT_ALONE else status,
        person=decision.person,
        at=decision.at,
        model=decision.model,
        catalogue=decision.catalogue,
        content=decision.content,
    )


def without_cpr(marked: Marked) -> Marked:
    """Return it with every CPR number masked: what is written beside or into a template is read by many."""
    markup = markup_of(_masked(markup_tree(marked.markup)))
    return replace(marked, markup=markup, person=mask_cpr(marked.person))


def _masked(tree: Tree) -> Tree:
    return {key: _masked_value(value) for key, value in tree.items()}


def _masked_value(value: object) -> object:
    if isinstance(value, str):
        return mask_cpr(value)
    if isinstance(value, list):
        return [_masked_value(one) for one in value]
    return _masked(value) if isinstance(value, dict) else value
