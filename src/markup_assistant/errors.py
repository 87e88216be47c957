"""The errors that a user can meet: one class each, with what happened, where, and what to do.

The sentences live in ``texts/`` under ``errors.ClassName.what`` and ``.do``; an error carries only its facts,
so that it crosses process borders and speaks the user's language at the edge. A fact may itself be the key of
a sentence, ``reasons.catalogue.header``: it is said in the user's language too, with the same facts.
"""

from collections.abc import Callable
from typing import Any, TypeGuard

from markup_assistant.texts import Texts, default_texts


class AssistantError(Exception):
    """An error with a sentence for the user.

    Keyword arguments are the facts that its sentences name (``file``, ``limit`` ...).
    """

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def what(self, texts: Texts | None = None) -> str:
        """Say what happened, and where."""
        return self._say("what", texts or default_texts())

    def do(self, texts: Texts | None = None) -> str:
        """Say what the user can do about it."""
        return self._say("do", texts or default_texts())

    def __str__(self) -> str:
        return f"{self.what()} {self.do()}"

    def _say(self, part: str, texts: Texts) -> str:
        said = self.facts
        for _ in range(2):  # a reason may name what was expected, which is a sentence too
            said = {name: texts(fact, **said) if _is_key(fact, texts) else fact for name, fact in self.facts.items()}
        return texts(f"errors.{type(self).__name__}.{part}", **said)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Pickle by facts, because exceptions with keyword arguments do not survive a process border."""
        return _rebuild, (type(self), self.facts)


def _is_key(fact: object, texts: Texts) -> TypeGuard[str]:
    return isinstance(fact, str) and fact.startswith("reasons.") and fact in texts


def _rebuild(kind: type[AssistantError], facts: dict[str, object]) -> AssistantError:
    return kind(**facts)


class LetterError(AssistantError):
    """A letter that cannot be read: one row that says why, never the batch. Facts: ``file``."""


class FileMissingError(LetterError):
    """The file is not there."""


class FolderGivenError(LetterError):
    """A folder stands where a letter was asked for."""


class FileUnreadableError(LetterError):
    """The operating system refused to open the file. Facts: ``file``, ``reason``."""


class FormatUnknownError(LetterError):
    """The content is of no kind that can be read."""


class NotALetterError(FormatUnknownError):
    """The content is known and no letter: a spreadsheet. Facts: ``file``, ``found`` (e.g. ``Excel``)."""


class OldWordError(LetterError):
    """A Word 97-2003 file (.doc)."""


class EncryptedError(LetterError):
    """A file behind a password."""


class ScannedPdfError(LetterError):
    """A PDF without a text layer."""


class DamagedError(LetterError):
    """The file is of a known format but broken. Facts: ``file``, ``format``, ``reason``."""


class TooLargeError(LetterError):
    """The file, or what it unpacks to, is too large. Facts: ``file``, ``limit`` (e.g. ``50 MB``)."""


class ForbiddenContentError(LetterError):
    """The file holds what only an attack holds: entities, nested archives. Facts: ``file``, ``reason``."""


class ReaderStoppedError(LetterError):
    """Reading took too long, too much memory, or crashed. Facts: ``file``, ``reason``."""


class SettingsError(AssistantError):
    """A settings file that cannot be used. Facts: ``file``, ``line``, ``reason`` and what that names."""


class UnknownSettingError(SettingsError):
    """A key that does not exist. Facts: ``file``, ``line``, ``key``, ``nearest``, ``known``."""


class LanguageError(SettingsError):
    """A language that does not exist, chosen in the environment. Facts: ``name``, ``got``."""


class CatalogueError(AssistantError):
    """A catalogue file that cannot be used. Facts: ``file``, ``reason``."""


class UnknownNumberError(AssistantError):
    """A KLE number that the edition does not have. Facts: ``number``, ``nearest``."""


class ModelError(AssistantError):
    """A model bundle that cannot be used. Facts: ``folder``, ``reason``."""


class OrganisationError(AssistantError):
    """An organisation file that cannot be used. Facts: ``file``, ``reason``."""


class CorpusError(AssistantError):
    """A labelled letter that cannot be learned from. Facts: ``file``, ``reason``."""


class OutputError(AssistantError):
    """Output that cannot be written. Facts: ``file``, ``reason``."""


class FolderMissingError(AssistantError):
    """The folder to tag is not there. Facts: ``folder``."""


class MissingExtraError(AssistantError):
    """A part of the program that is not installed. Facts: ``extra``."""
