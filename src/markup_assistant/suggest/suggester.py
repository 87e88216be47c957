"""Suggests all the markup of a letter: a pure function of the letter, the catalogue and the model."""

from dataclasses import replace

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.letters.identifiers import find_identifiers
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.masking import mask_letter
from markup_assistant.markup import Suggestion, Suggestions, Verdict
from markup_assistant.suggest.actions import suggest_actions
from markup_assistant.suggest.cues import find_cues
from markup_assistant.suggest.facets import suggest_facets
from markup_assistant.suggest.language import why_abstain
from markup_assistant.suggest.laws import LawBook
from markup_assistant.suggest.memory import Memory, Trace
from markup_assistant.suggest.model import Model
from markup_assistant.suggest.organisation import Organisation
from markup_assistant.suggest.recalled import decided_before
from markup_assistant.suggest.subjects import SubjectSuggester
from markup_assistant.suggest.targets import suggest_targets
from markup_assistant.suggest.tokens import prose

AS_BEFORE = "decided"
"""Reason of a target that letters on the subject were given before, against the rules."""

ROUTED = 5
"""Subjects whose probabilities decide the target, however many are shown."""


class Suggester:
    """Suggests subject, facet, actions, target and identifiers of letters.

    The same letter always gets the same suggestions; nothing is read, written or remembered.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        model: Model,
        laws: LawBook,
        organisation: Organisation,
        *,
        show_cpr: bool = False,
    ) -> None:
        """``show_cpr`` leaves CPR numbers whole in reasons, details and identifiers; they are masked otherwise."""
        self._catalogue = catalogue
        self._model = model
        self._organisation = organisation
        self._subjects = SubjectSuggester(model, laws)
        self._show_cpr = show_cpr

    def suggest(self, letter: Letter, limit: int = 5, memory: Memory | None = None, without: str = "") -> Suggestions:
        """Return the suggestions for a letter, up to ``limit`` subjects.

        A text that nothing can be said about (empty, another language) gets none, with the reason in
        ``abstained``. ``memory`` holds decided letters, of which the one named ``without`` does not count.
        """
        identifiers = find_identifiers(letter.text)
        if self._show_cpr:
            identifiers = tuple(replace(found, value=letter.text[found.start : found.end]) for found in identifiers)
        else:
            letter = mask_letter(letter)
        nothing = Suggestions(
            letter=letter.name,
            verdict=Verdict.UNSURE,
            abstained=why_abstain(prose(letter)),
            model=self._model.name,
            catalogue=self._catalogue.name,
        )
        if nothing.abstained:
            return nothing
        found = self._subjects.suggest(letter, max(limit, ROUTED), memory, without)
        if not found.subjects:
            return replace(nothing, abstained="unknown-words")
        before = decided_before(found.recall)
        if before is not None and not before.twin.markup.subject:
            return replace(nothing, abstained="left-alone-before")
        if before is not None:
            found = before.subjects(found)
        cues = find_cues(letter)
        facets = suggest_facets(letter, found.subjects[0].value, found=cues)
        actions = suggest_actions(letter, found=cues)
        targets = self._targets(found.subjects, facets, memory)
        if before is not None:
            facets, actions, targets = before.facets(facets), before.actions(letter, actions), before.targets(targets)
        return replace(
            nothing,
            verdict=found.verdict,
            subjects=found.subjects[:limit],
            groups=found.groups[:limit],
            facets=facets,
            actions=actions,
            targets=targets,
            identifiers=identifiers,
        )

    def trace(self, letter: Letter) -> Trace:
        """Return what the memory is to hold of a letter that was decided."""
        return self._subjects.trace(mask_letter(letter))

    def _targets(
        self,
        subjects: tuple[Suggestion[str], ...],
        facets: tuple[Suggestion[str], ...],
        memory: Memory | None,
    ) -> tuple[Suggestion[str], ...]:
        """Return the targets by the rules; one that people have chosen again and again comes before them."""
        found = suggest_targets(self._organisation, subjects, facets)
        chosen = memory.target_of(subjects[0].value, facets[0].value) if memory and facets else ""
        known = chosen in self._organisation.units or chosen in self._organisation.systems
        if not known or found[0].value == chosen:
            return found
        first = Suggestion(chosen, found[0].confidence, reason=AS_BEFORE)
        return (first, *(replace(one, confidence=0.0) for one in found if one.value != chosen))
