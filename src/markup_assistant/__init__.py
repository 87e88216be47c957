"""Suggests the markup of Danish municipal letters for Digital Post.

The library is three names::

    from markup_assistant import Assistant, read_letter

    assistant = Assistant()
    letter = read_letter("breve/plads.docx")
    suggestions = assistant.suggest(letter)

They load when they are first used, so that importing the package costs nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markup_assistant.errors import AssistantError
    from markup_assistant.letters.letter import Letter
    from markup_assistant.letters.read import read_letter
    from markup_assistant.markup import Suggestions
    from markup_assistant.suggest.assistant import Assistant

__all__ = ["Assistant", "AssistantError", "Letter", "Suggestions", "read_letter"]

_PLACES = {
    "Assistant": "markup_assistant.suggest.assistant",
    "AssistantError": "markup_assistant.errors",
    "Letter": "markup_assistant.letters.letter",
    "Suggestions": "markup_assistant.markup",
    "read_letter": "markup_assistant.letters.read",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  # only when a name is used

    return getattr(import_module(_PLACES[name]), name)
