"""All that can be done in a review: one list behind the keys, the command palette, the help and the plain chat.

The texts ``review.command.ID.short`` and ``.say`` name each command and say what can be typed for it.
"""

from dataclasses import dataclass

from markup_assistant.review.intents import (
    Accept,
    Assign,
    Browse,
    ChooseQueue,
    Help,
    Intent,
    LeaveAlone,
    Next,
    Pick,
    Previous,
    Propagate,
    Queue,
    Quit,
    Refuse,
    Show,
    Skip,
    Undo,
    Why,
)


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done: by its keys (as Textual names them), in the palette, and by typing.

    ``bare`` keys count only while the input line is empty: typed words come first.
    ``shown`` puts it into the footer.
    """

    id: str
    intent: Intent
    keys: tuple[str, ...] = ()
    bare: bool = False
    shown: bool = False


COMMANDS = (
    Command("accept", Accept(), ("enter",), bare=True, shown=True),
    *(Command(f"pick{place}", Pick(place), (str(place),), bare=True) for place in range(1, 10)),
    Command("refuse", Refuse()),
    Command("why", Why(), ("f3",), shown=True),
    Command("browse", Browse(), ("f2",), shown=True),
    Command("facets", Show("facets"), ("f4",)),
    Command("targets", Show("targets"), ("f5",)),
    Command("letter", Show("letter"), ("f6",)),
    Command("similar", Show("similar"), ("f7",)),
    Command("propagate", Propagate(), ("f8",)),
    Command("memo", Show("memo"), ("f9",)),
    Command("skip", Skip(), ("ctrl+s",), shown=True),
    Command("leave_alone", LeaveAlone()),
    Command("undo", Undo(), ("ctrl+z",), shown=True),
    Command("next", Next(), ("right", "ctrl+n"), bare=True),
    Command("previous", Previous(), ("left", "ctrl+b"), bare=True),
    Command("queues", Show("queues"), ("ctrl+t",)),
    Command("queue_unsure", ChooseQueue(Queue.UNSURE)),
    Command("queue_changed", ChooseQueue(Queue.CHANGED)),
    Command("queue_conflicts", ChooseQueue(Queue.CONFLICTS)),
    Command("queue_mine", ChooseQueue(Queue.MINE)),
    Command("queue_all", ChooseQueue(Queue.ALL)),
    Command("changes", Show("changes")),
    Command("history", Show("history")),
    Command("progress", Show("progress")),
    Command("take", Assign("me")),
    Command("help", Help(), ("f1", "question_mark"), bare=True, shown=True),
    Command("quit", Quit(), ("ctrl+q",), shown=True),
)
"""Every command, in the order of the help."""


def command_for(key: str, *, empty: bool) -> Command | None:
    """Return the command of a key; ``empty`` says whether the input line is: letters and digits go there else."""
    for command in COMMANDS:
        if key in command.keys:
            is_bare = command.bare and not key.startswith(("ctrl+", "f"))
            return command if empty or not is_bare else None
    return None
