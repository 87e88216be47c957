"""What every kind of review needs: the folder, the store, the conversation."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from markup_assistant.batch.folder import walk_letters
from markup_assistant.cli.context import CliContext
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.desk import Desk
from markup_assistant.shipped import shipped_folder
from markup_assistant.store.opening import open_store

PERSON_VARIABLE = "MARKUP_ASSISTANT_PERSON"
"""Who decides, where several use one login: a shared machine, the review in a browser."""


def folder_to_review(folder: Path | None) -> Path:
    """Return the folder that was named, else the current one where it has letters, else the sample letters.

    Raises FolderMissingError for a folder that is not there.
    """
    if folder is not None:
        next(walk_letters(folder), None)
        return folder.resolve()
    here = Path.cwd()
    return here if next(walk_letters(here), None) is not None else shipped_folder("data") / "samples"


def person_of(context: CliContext) -> str:
    """Return who decides."""
    return os.environ.get(PERSON_VARIABLE, "").strip() or context.settings.person_name


def conversation_maker(context: CliContext, folder: Path, closing: ExitStack) -> Callable[[], Conversation]:
    """Return what opens the store and begins the conversation; ``closing`` closes what it opened."""

    def make() -> Conversation:
        store = open_store(context.settings.store_address)
        desk = Desk(context.settings, folder, store, person=person_of(context))
        closing.callback(desk.memory.keep)  # last, when the store is closed
        closing.callback(store.close)
        closing.callback(desk.close)
        return Conversation(desk, context.texts)

    return make
