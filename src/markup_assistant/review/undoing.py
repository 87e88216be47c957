"""Takes decisions back: a decision is never removed, another one says that it no longer holds."""

from collections.abc import Sequence
from dataclasses import replace

from markup_assistant.markup import Decision, Markup, Outcome
from markup_assistant.review.desk import Desk


def undoing(desk: Desk, last: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that take back those of a step, for the letters where they still hold.

    A letter gets what was decided before, or nothing; one that somebody has decided since is left alone.
    """
    undone = []
    for decision in last:
        heads = desk.store.heads(decision.letter)
        if all(head.id != decision.id for head in heads):
            continue
        former = _former(desk.store.history(decision.letter), decision)
        undone.append(
            replace(
                decision,
                id=desk.new_id(),
                person=desk.person,
                at=desk.now(),
                outcome=former.outcome if former else Outcome.WITHDRAWN,
                markup=former.markup if former else Markup(),
                choices=former.choices if former else {},
                content=former.content if former else decision.content,
                supersedes=(decision.id,),
                source=decision.id,
                seconds=0.0,
                blind=False,
            )
        )
    return undone


def _former(history: Sequence[Decision], decision: Decision) -> Decision | None:
    """Return what held before a decision: nothing where nothing did, or where people did not agree."""
    before = [one for one in history if one.id in decision.supersedes]
    return before[0] if len(before) == 1 and before[0].outcome is not Outcome.WITHDRAWN else None
