"""Finds the letters that somebody wants forgotten, by the names that the store knows."""

from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from markup_assistant.errors import AssistantError
from markup_assistant.letters.fingerprint import fingerprint
from markup_assistant.letters.masking import mask_cpr
from markup_assistant.letters.naming import letter_key
from markup_assistant.letters.read import read_letter
from markup_assistant.store.store import Store

NEAR = 60
"""Likeness (0 to 100) from which a name is offered in place of one that is not there."""

OFFERED = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A letter that was asked for: the store's ``names`` of it, or where it has none, those ``near`` it."""

    said: str
    names: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class KnownLetters:
    """All letters of which the store has anything.

    Args:
        root: the folder that the store's names are relative to, or None.
    """

    def __init__(self, store: Store, root: Path | None) -> None:
        self._root = root
        self._names = {decision.letter for decision in store.decisions()}
        self._names.update(kept.letter for kept in store.kept_letters())
        self._names.update(store.scans())
        self._names.update(store.assignments())

    def find(self, said: str) -> Asked:
        """Return what the store calls a letter that is given by its name there, or by the path of its file."""
        shown = mask_cpr(said)
        for name in self._candidates(said):
            if name in self._names:
                return Asked(shown, (name,))
        return Asked(shown, near=self._near(shown))

    def _candidates(self, said: str) -> list[str]:
        path = Path(said)
        key = letter_key(path, self._root, "")
        if not key.endswith("#"):
            return [said, key]
        # A personal number stands in the name: the letter's words tell it from others with the same mask.
        try:
            return [said, letter_key(path, self._root, fingerprint(read_letter(path)))]
        except AssistantError:
            return [said]

    def _near(self, said: str) -> tuple[str, ...]:
        wanted = said.replace("\\", "/")
        found = process.extract(
            wanted, sorted(self._names), scorer=fuzz.partial_ratio, limit=OFFERED, score_cutoff=NEAR
        )
        return tuple(name for name, _, _ in found)
