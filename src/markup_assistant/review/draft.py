"""The markup of one letter while it is talked about: it starts as suggested and is changed part by part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from markup_assistant.letters.letter import Letter
from markup_assistant.markup import (
    NO_MARKUP,
    Action,
    Choice,
    Detail,
    How,
    Markup,
    Part,
    Suggestion,
    Suggestions,
)
from markup_assistant.suggest.cues import knowledge
from markup_assistant.suggest.facets import suggest_facets
from markup_assistant.suggest.organisation import Organisation
from markup_assistant.suggest.targets import suggest_targets

FACETS, TARGETS = 5, 5
"""How many facets and targets are offered at once: as many as there are digits for."""

UNCHOSEN = frozenset((How.ACCEPTED, How.AUTOMATIC))
"""Ways of choosing after which a part may still follow the subject: nobody has said anything about it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The markup as it stands, and how each part of it came about."""

    markup: Markup = NO_MARKUP
    choices: Mapping[Part, Choice] = field(default_factory=lambda: MappingProxyType({}))

    def chosen(self, part: Part) -> bool:
        """Whether a person has said something about a part."""
        return part in self.choices and self.choices[part].how not in UNCHOSEN

    def having(self, part: Part, how: How, rank: int, **values: object) -> "Draft":
        """Return the draft with other values, chosen in a way."""
        choices = MappingProxyType({**self.choices, part: Choice(how, rank)})
        return Draft(replace(self.markup, **values), choices)  # type: ignore[arg-type]  # names of Markup's fields


class Drafting:
    """Changes drafts of one letter; what nobody has chosen yet follows what was.

    ``facets`` and ``targets`` are what is suggested for the draft's subject (and facet), best first.
    """

    def __init__(self, letter: Letter, suggestions: Suggestions, organisation: Organisation) -> None:
        self._letter = letter
        self._organisation = organisation
        self.suggestions = suggestions

    def suggested(self) -> Draft:
        """Return the draft that takes the first suggestion of every part."""
        found = self.suggestions
        markup = Markup(
            subject=_first(found.subjects),
            facet=_first(found.facets),
            actions=_ordered([action.value for action in found.actions]),
            target=_first(found.targets),
        )
        return Draft(markup, MappingProxyType({part: Choice(How.ACCEPTED, 1) for part in Part}))

    def facets(self, draft: Draft) -> tuple[Suggestion[str], ...]:
        """Return the facets that fit the letter on the draft's subject, best first."""
        return suggest_facets(self._letter, draft.markup.subject, FACETS)

    def targets(self, draft: Draft) -> tuple[Suggestion[str], ...]:
        """Return the targets of the draft's subject and facet by the rules, best first."""
        subjects = (Suggestion(draft.markup.subject, 1.0),) if draft.markup.subject else ()
        facets = (Suggestion(draft.markup.facet, 1.0),) if draft.markup.facet else ()
        return suggest_targets(self._organisation, subjects, facets, TARGETS)

    def with_subject(self, draft: Draft, number: str, how: How) -> Draft:
        """Return the draft with another subject; facet and target follow it where nobody has chosen them."""
        rank = _rank(number, [subject.value for subject in self.suggestions.subjects])
        draft = draft.having(Part.SUBJECT, _how(how, rank), rank, subject=number)
        if not draft.chosen(Part.FACET):
            draft = draft.having(Part.FACET, How.ACCEPTED, 1, facet=_first(self.facets(draft)))
        return self._with_routed_target(draft)

    def with_facet(self, draft: Draft, code: str, how: How) -> Draft:
        """Return the draft with another facet; the target follows it where nobody has chosen one."""
        rank = _rank(code, [facet.value for facet in self.facets(draft)])
        return self._with_routed_target(draft.having(Part.FACET, _how(how, rank), rank, facet=code))

    def with_target(self, draft: Draft, target: str, how: How) -> Draft:
        """Return the draft with another target."""
        rank = _rank(target, [found.value for found in self.targets(draft)])
        return draft.having(Part.TARGET, _how(how, rank), rank, target=target)

    def with_action(self, draft: Draft, code: str, how: How) -> Draft:
        """Return the draft with an action added: with its details where it was suggested or is known already."""
        if any(action.code == code for action in draft.markup.actions):
            return draft
        known = {action.value.code: action.value for action in self.suggestions.actions}
        actions = _ordered([*draft.markup.actions, known.get(code) or Action(code, knowledge().actions[code]["label"])])
        return draft.having(Part.ACTIONS, how, 0, actions=actions)

    def with_suggested_actions(self, draft: Draft) -> Draft:
        """Return the draft with the actions suggested, unless a person has said something about them."""
        if draft.chosen(Part.ACTIONS):
            return draft
        return draft.having(Part.ACTIONS, How.ACCEPTED, 1, actions=self.suggested().markup.actions)

    def without_action(self, draft: Draft, code: str, how: How) -> Draft:
        """Return the draft without an action, or without any where ``code`` is empty."""
        actions = tuple(action for action in draft.markup.actions if code and action.code != code)
        return draft.having(Part.ACTIONS, how, 0, actions=actions)

    def with_detail(self, draft: Draft, code: str, name: str, value: Detail, how: How) -> Draft:
        """Return the draft with a detail (or the ``label``) of one of its actions set; an empty value takes it away."""
        actions = tuple(
            _with_detail(action, name, value) if action.code == code else action for action in draft.markup.actions
        )
        return draft.having(Part.ACTIONS, how, 0, actions=actions)

    def _with_routed_target(self, draft: Draft) -> Draft:
        if draft.chosen(Part.TARGET):
            return draft
        return draft.having(Part.TARGET, How.ACCEPTED, 1, target=_first(self.targets(draft)))


def _with_detail(action: Action, name: str, value: Detail) -> Action:
    if name == "label":
        return replace(action, label=value if isinstance(value, str) else action.label)
    details = {key: old for key, old in action.details.items() if key != name}
    if value:
        details[name] = value
    return replace(action, details=MappingProxyType(details))


def _first(found: Sequence[Suggestion[str]]) -> str:
    return found[0].value if found else ""


def _ordered(actions: Sequence[Action]) -> tuple[Action, ...]:
    return tuple(sorted(actions, key=lambda action: action.code))


def _rank(value: str, values: Sequence[str]) -> int:
    return values.index(value) + 1 if value in values else 0


def _how(how: How, rank: int) -> How:
    """Taking the first suggestion by its digit is accepting it."""
    return How.ACCEPTED if how is How.PICKED and rank == 1 else how
