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


class StoreError(AssistantError):
    """The store of decisions cannot be used. Facts: ``store`` (its place, never a password), ``reason``."""


class StoreAddressError(StoreError):
    """The address of a store is no file and no PostgreSQL database. Facts: ``store``."""


class NotAStoreError(StoreError):
    """The file is no database, or that of another program. Facts: ``store``."""


class StoreNewerError(StoreError):
    """The store was made by a newer program. Facts: ``store``, ``revision``."""


class StoreDamagedError(StoreError):
    """The database is damaged. Facts: ``store``, ``reason``."""


class StoreRowError(StoreError):
    """A row of the store cannot be read. Facts: ``store``, ``table``, ``row``."""


class StoreLinkError(StoreError):
    """A decision replaces one that is not there. Facts: ``store``, ``decision``, ``missing``."""


class DecisionDiffersError(StoreError):
    """Another decision with the same id is in the store. Facts: ``store``, ``decision``."""


class StoreReadOnlyError(StoreError):
    """The store, or the folder in which it lies, cannot be written to. Facts: ``store``."""


class StoreFullError(StoreError):
    """There is no room on the disk. Facts: ``store``."""


class StoreBusyError(StoreError):
    """Another program held the store for too long. Facts: ``store``."""


class StoreUnreachableError(StoreError):
    """The file or the server cannot be reached, or lets nobody in. Facts: ``store``, ``reason``."""


class StoreMigrationError(StoreError):
    """An older store could not be brought up to date; it is as it was. Facts: ``store``, ``backup``, ``reason``."""


class MemoError(AssistantError):
    """A message that breaks the rules of MeMo. Facts: ``count`` of errors, ``place`` of the first, ``findings``."""


class RecipientsFileError(AssistantError):
    """A list of recipients that cannot be read. Facts: ``file``."""


class RecipientsColumnsError(RecipientsFileError):
    """A list of recipients whose first line does not say who they are. Facts: ``file``, ``got``."""


class ProfileError(AssistantError):
    """A profile with something that it cannot have. Facts: ``file``, ``line``, ``key``, ``known``."""


class ProfileFileError(ProfileError):
    """A profile that cannot be read as YAML. Facts: ``file``, ``line``."""


class LabelsFileError(AssistantError):
    """A file of labelled texts that cannot be opened. Facts: ``file``, ``reason``."""


class NoLabelsError(AssistantError):
    """A file without a single labelled text. Facts: ``file``."""


class InputFileError(AssistantError):
    """A file to be taken in that cannot be opened. Facts: ``file``."""


class ListFormatError(AssistantError):
    """A file that is neither a list nor decisions. Facts: ``file``."""


class ListTooLargeError(AssistantError):
    """A list with more bytes than any has. Facts: ``file``, ``limit`` (e.g. ``400 MB``)."""


class ListTooLongError(AssistantError):
    """A list with more rows or columns than any has. Facts: ``file``, ``rows``, ``columns``."""


class ListEmptyError(AssistantError):
    """A list without a single row. Facts: ``file``."""


class ListColumnsError(AssistantError):
    """A list whose headings do not say where the letters and their numbers are. Facts: ``file``, ``got``."""


class OutputExistsError(OutputError):
    """A file stands where the output was to go. Facts: ``file``."""


class OutputIsStoreError(OutputError):
    """The output was to go where the store is. Facts: ``file``."""


class SheetTooSmallError(OutputError):
    """More rows, or more text in a cell, than an Excel sheet can hold. Facts: ``file``, ``limit``."""


class PortTakenError(AssistantError):
    """The review cannot be served at an address. Facts: ``host``, ``port``, ``reason``."""


class TrainingRunsError(AssistantError):
    """Another training is at work in the same folder of models. Facts: ``folder``, ``since`` (a time of day)."""


class UnknownModelError(AssistantError):
    """A model that does not exist. Facts: ``name``, ``known``."""


class NoFormerModelError(AssistantError):
    """No model was used before the one in use. Facts: ``name``."""


class SidecarError(AssistantError):
    """A file of markup with something that it cannot have. Facts: ``file``, ``line``, ``key``, ``known``."""


class SidecarFileError(SidecarError):
    """A file of markup that cannot be read as YAML. Facts: ``file``, ``line``."""


class SenderMissingError(AssistantError):
    """The settings do not say who sends. Facts: ``key``."""


class CannotCarryError(AssistantError):
    """A file of a format in which markup cannot be written. Facts: ``file``, ``known``."""


class DocumentSignedError(AssistantError):
    """A document with a digital signature, which writing into it would break. Facts: ``file``."""
