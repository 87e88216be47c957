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
from markup_assistant.suggest.model import Model
from markup_assistant.suggest.organisation import Organisation
from markup_assistant.suggest.subjects import SubjectSuggester
from markup_assistant.suggest.targets import suggest_targets
from markup_assistant.suggest.tokens import prose

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

    def suggest(self, letter: Letter, limit: int = 5) -> Suggestions:
        """Return the suggestions for a letter, up to ``limit`` subjects.

        A text that nothing can be said about (empty, another language) gets none, with the reason in
        ``abstained``.
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
        found = self._subjects.suggest(letter, max(limit, ROUTED))
        if not found.subjects:
            return replace(nothing, abstained="unknown-words")
        cues = find_cues(letter)
        facets = suggest_facets(letter, found.subjects[0].value, found=cues)
        return replace(
            nothing,
            verdict=found.verdict,
            subjects=found.subjects[:limit],
            groups=found.groups[:limit],
            facets=facets,
            actions=suggest_actions(letter, found=cues),
            targets=self._targets(found.subjects, facets),
            identifiers=identifiers,
        )

    def _targets(
        self, subjects: tuple[Suggestion[str], ...], facets: tuple[Suggestion[str], ...]
    ) -> tuple[Suggestion[str], ...]:
        return suggest_targets(self._organisation, subjects, facets)
