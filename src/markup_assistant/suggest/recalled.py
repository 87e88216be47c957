"""What was decided for a letter holds for its next version: subject, facet, actions and target alike."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import Action, Detail, FieldRef, Suggestion, Verdict
from markup_assistant.suggest.memory import Recall, Remembered
from markup_assistant.suggest.subjects import SubjectSuggestions

AS_DECIDED = 0.97
"""Confidence in what was decided for another version of the letter; see ``benchmarks/memory.py``."""

PREFIX = "letter:"
"""Beginning of a reason that names the letter whose decision is taken over."""

Actions = tuple[Suggestion[Action], ...]
Texts = tuple[Suggestion[str], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """The letter of the memory that a letter is a version of, and how its markup is taken over."""

    twin: Remembered

    @property
    def reason(self) -> str:
        """Where the values come from."""
        return PREFIX + self.twin.name

    def subjects(self, found: SubjectSuggestions) -> SubjectSuggestions:
        """Put the decided subject first, with what else speaks for it."""
        first = self._first(found.subjects, self.twin.markup.subject)
        return replace(found, subjects=first, verdict=Verdict.SURE)

    def facets(self, found: Texts) -> Texts:
        """Put the decided facet first."""
        return self._first(found, self.twin.markup.facet)

    def targets(self, found: Texts) -> Texts:
        """Put the decided target first."""
        return self._first(found, self.twin.markup.target)

    def actions(self, letter: Letter, found: Actions) -> Actions:
        """Return the decided actions, with the letter's own values where they are not carried by a field."""
        own = {suggestion.value.code: suggestion for suggestion in found}
        names = {field.name for field in letter.fields}
        return tuple(self._action(action, own.get(action.code), names) for action in self.twin.markup.actions)

    def _action(self, decided: Action, own: Suggestion[Action] | None, names: set[str]) -> Suggestion[Action]:
        there: dict[str, Detail] = dict(own.value.details) if own else {}
        # A date or an amount of the former letter is not this one's; a field that both have is.
        there |= {
            name: value
            for name, value in decided.details.items()
            if isinstance(value, FieldRef) and value.field in names
        }
        action = Action(decided.code, decided.label, MappingProxyType(there))
        return Suggestion(action, AS_DECIDED, own.evidence if own else (), self.reason)

    def _first(self, found: Texts, value: str) -> Texts:
        if not value:
            return found
        evidence = next((one.evidence for one in found if one.value == value), ())
        others = [one for one in found if one.value != value]
        left = sum(one.confidence for one in others)
        scale = min(1.0, (1 - AS_DECIDED) / left) if left > 0 else 1.0
        lowered = (replace(one, confidence=round(one.confidence * scale, 4)) for one in others)
        return (Suggestion(value, AS_DECIDED, evidence, self.reason), *lowered)


def decided_before(recall: Recall) -> Decided | None:
    """Return what was decided for another version of the letter, where the memory has one."""
    twin = recall.twin()
    return Decided(twin) if twin is not None else None
