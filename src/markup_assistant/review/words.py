"""What the assistant says in a review: values as sentences, in one language."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import PurePath, PurePosixPath
from typing import TYPE_CHECKING

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.letters.masking import mask_cpr
from markup_assistant.markup import (
    Action,
    Decision,
    Detail,
    FieldRef,
    Markup,
    Outcome,
    Part,
    Suggestion,
    Verdict,
)
from markup_assistant.review.intents import (
    AddAction,
    Assign,
    Browse,
    ChooseFacet,
    ChooseQueue,
    ChooseSubject,
    ChooseTarget,
    Intent,
    Propagate,
    RemoveAction,
    SetDetail,
    Show,
    Why,
)
from markup_assistant.suggest.organisation import Organisation
from markup_assistant.suggest.recalled import PREFIX
from markup_assistant.suggest.suggester import AS_BEFORE
from markup_assistant.texts import Texts

if TYPE_CHECKING:  # `suggest` speaks with these words too, and must not load the store
    from markup_assistant.review.desk import Opened

FAINT, LOW, FAIR, HIGH = 0.0, 0.25, 0.6, 0.9
"""Confidences from which on the words for them hold; they are words for a number, not the verdict."""

CLOSE = 0.5
"""How near the second subject must come to the first (as a share of it) to be named in the same breath."""

MAX_REASON = 48
"""Characters of a reason that are shown."""


class Words:
    """Says values in the user's language."""

    def __init__(self, catalogue: Catalogue, organisation: Organisation, texts: Texts) -> None:
        self._catalogue = catalogue
        self._organisation = organisation
        self.texts = texts

    def subject(self, number: str) -> str:
        """Return a subject with its title; a number that the edition does not have, alone."""
        return f"{number} {self._catalogue.node(number).title}" if number in self._catalogue else number

    def path(self, path: PurePath) -> str:
        """Return a letter as one names it, by its folder and name; no CPR number is shown, whoever put it there."""
        return mask_cpr("/".join(path.parts[-2:]) if len(path.parts) > 1 else path.name)

    def facet(self, code: str) -> str:
        """Return a facet with its title."""
        known = {facet.code: facet.title for facet in self._catalogue.facets}
        return f"{code} {known[code]}" if code in known else code

    def target(self, target: str) -> str:
        """Return the name of a unit or system; one that the organisation no longer has, by its id."""
        known = target in self._organisation.units or target in self._organisation.systems
        return self._organisation.target_name(target) if known else target

    def rule(self, reason: str) -> str:
        """Return which rule chose a target, or that it was decided so before."""
        if reason == AS_BEFORE or reason.startswith(PREFIX):
            return self.as_decided(reason)
        if reason and reason != "*":
            return self.texts("suggestion.rule", rule=reason)
        return self.texts("suggestion.default_rule")

    def as_decided(self, reason: str) -> str:
        """Return that a value is that of letters decided before."""
        if reason == AS_BEFORE:
            return self.texts("suggestion.as_before")
        return self.texts("suggestion.as_letter", letter=reason.removeprefix(PREFIX))

    def action_name(self, code: str) -> str:
        """Return the everyday word for an action."""
        return self.texts(f"review.action.{code}")

    def action(self, action: Action) -> str:
        """Return an action with its details, in a line."""
        details = ", ".join(f"{self.detail_name(name)} {self.detail(value)}" for name, value in action.details.items())
        name = self.action_name(action.code)
        return f"{name} ({details})" if details else name

    def detail_name(self, name: str) -> str:
        """Return the word for a detail."""
        return self.texts(f"suggestion.detail.{name}")

    def detail(self, value: Detail) -> str:
        """Return a detail as a person reads it: times without the T, a field by its name."""
        if isinstance(value, FieldRef):
            names = f"{value.field}, {value.time}" if value.time else value.field
            return self.texts("suggestion.field", field=names)
        return value.replace("T", " ") if value[:2].isdigit() and "T" in value else value

    def actions(self, actions: Sequence[Action]) -> str:
        """Return what the recipient is to do, in a line."""
        return ", ".join(self.action(action) for action in actions) or self.texts("review.word.no_actions")

    def markup(self, markup: Markup) -> str:
        """Return all of a markup in a line."""
        parts = (self.subject(markup.subject), self.facet(markup.facet), self.actions(markup.actions))
        return " · ".join(part for part in (*parts, self.target(markup.target)) if part)

    def percent(self, confidence: float) -> str:
        """Return a confidence as a number; a probability is never shown as certain or impossible."""
        return f"{min(max(round(confidence * 100), 1), 99)} %"

    def confidence(self, confidence: float) -> str:
        """Return a confidence as a word and a number."""
        limits = ((HIGH, "high"), (FAIR, "fair"), (LOW, "low"), (FAINT, "faint"))
        word = next(name for limit, name in limits if confidence >= limit)
        return f"{self.texts(f'suggestion.confidence.{word}')} {self.percent(confidence):>4}"

    def queue(self, chosen: ChooseQueue) -> str:
        """Return which letters a queue has."""
        name = self.texts(f"review.queue.{chosen.queue.value}")
        if not chosen.department:
            return name
        return self.texts("review.queue.of_department", queue=name, department=self.target(chosen.department))

    def opinion(self, opened: "Opened") -> str:
        """Return what the letter is thought to be, in a sentence or two."""
        found = opened.suggestions
        if found.abstained or not found.subjects:
            return self.texts(f"suggestion.abstained.{found.abstained or 'unknown-words'}")
        first = found.subjects[0]
        title = self._catalogue.node(first.value).title
        if first.reason.startswith(PREFIX):
            return self.texts("review.opinion.version", letter=first.reason.removeprefix(PREFIX), title=title)
        second = self._close_second(found.subjects)
        if found.verdict is Verdict.UNSURE and second:
            said = self.texts("review.opinion.unsure_two", title=title, other=second)
        else:
            said = self.texts(f"review.opinion.{found.verdict.value}", title=title)
        doing = [action.value for action in found.actions]
        if not doing:
            return f"{said} {self.texts('review.opinion.nothing_to_do')}"
        what = self._listed([self.texts(f"review.todo.{action.code}") for action in doing])
        return f"{said} {self.texts('review.opinion.to_do', what=what)}"

    def decided(self, decision: Decision) -> str:
        """Return that a decision was kept."""
        letter = self.path(PurePosixPath(decision.letter))
        if decision.outcome is Outcome.LEFT_ALONE:
            return self.texts("review.said.left_alone", letter=letter)
        markup = decision.markup
        return self.texts("review.said.kept", letter=letter, subject=markup.subject, facet=markup.facet)

    def changed(self, before: Markup, after: Markup) -> str:
        """Return what is on the card now that was not before; what followed by itself is said too."""
        said = []
        if before.subject != after.subject:
            said.append(self.texts("review.changed.subject", subject=self.subject(after.subject)))
        if before.facet != after.facet:
            said.append(self.texts("review.changed.facet", facet=self.facet(after.facet)))
        if before.actions != after.actions:
            said.append(self.texts("review.changed.actions", actions=self.actions(after.actions)))
        if before.target != after.target:
            said.append(self.texts("review.changed.target", target=self.target(after.target)))
        return " ".join(said) or self.texts("review.said.as_it_is")

    def intent(self, intent: Intent) -> str:
        """Return what an intent would do, as a choice that can be picked."""
        if isinstance(intent, Show):
            return self.texts(f"review.show.{intent.what}")
        key = f"review.intent.{type(intent).__name__}"
        return self.texts(key + self._variant(intent), **self._facts(intent))

    def _variant(self, intent: Intent) -> str:
        """Return the ending of the sentence's key where an intent has several."""
        match intent:
            case RemoveAction(code):
                return "" if code else "_all"
            case SetDetail(_, value, code):
                return "_none" if not value else "_of" if code else ""
            case Assign(person):
                return {"": "_nobody", "me": "_me"}.get(person, "")
            case Propagate(places):
                return "_some" if places else ""
            case Why(_, place):
                return "_place" if place else ""
        return ""

    def _facts(self, intent: Intent) -> dict[str, object]:
        """Return what the sentence of an intent names: its own values, as people say them."""
        values = {one.name: getattr(intent, one.name) for one in fields(intent)}
        said: dict[str, object] = {name: str(value) for name, value in values.items()}
        match intent:
            case ChooseSubject(number) | Browse(number):
                said |= {"subject": self.subject(number), "number": self.subject(number) or "KLE"}
            case ChooseFacet(code):
                said["facet"] = self.facet(code)
            case ChooseTarget(target):
                said["target"] = self.target(target)
            case AddAction(code) | RemoveAction(code):
                said["action"] = self.action_name(code) if code else ""
            case SetDetail(name, value, code):
                named = self.texts("review.word.label") if name == "label" else self.detail_name(name)
                said |= {
                    "detail": f"{named} {self.detail(value)}".strip(),
                    "action": self.action_name(code) if code else "",
                }
            case Propagate(places):
                said["places"] = self._listed([str(place) for place in places])
            case Why(part, place):
                said["about"] = str(place) if place else self.texts(f"review.part.{part or Part.SUBJECT}")
            case ChooseQueue():
                said["queue"] = self.queue(intent)
        return said

    def quoted(self, words: Sequence[str]) -> str:
        """Return words of the letter in quotation marks, shortened."""
        return ", ".join(f"“{_shorten(word)}”" for word in words)

    def _close_second(self, subjects: Sequence[Suggestion[str]]) -> str:
        if len(subjects) < 2 or subjects[1].confidence < CLOSE * subjects[0].confidence:
            return ""
        return self._catalogue.node(subjects[1].value).title

    def _listed(self, items: Sequence[str]) -> str:
        if len(items) < 2:
            return "".join(items)
        return self.texts("review.word.and", first=", ".join(items[:-1]), last=items[-1])


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_REASON else line[: MAX_REASON - 1].rstrip() + "…"
