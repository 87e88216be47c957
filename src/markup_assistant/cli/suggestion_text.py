"""Suggestions as a person reads them: a card a letter, complete without colour."""

import textwrap
from collections.abc import Iterator, Sequence

import click

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.markup import Action, Evidence, Suggestion, Suggestions, Verdict
from markup_assistant.review.words import Words
from markup_assistant.suggest.organisation import Organisation
from markup_assistant.texts import Texts

LABEL_WIDTH = 12
CONFIDENCE_WIDTH = 20
SHOWN_REASONS = 3
ALWAYS_SHOWN, FAINTEST = 3, 0.02
"""Subjects after the third are shown only down to this confidence: a list of impossible ones helps nobody."""

GROUP_MARGIN = 0.15
"""By how much a group must be surer than the best subject before the reader is told."""

_COLOURS = {Verdict.SURE: "green", Verdict.CHECK: "yellow", Verdict.UNSURE: "red"}


class SuggestionText:
    """Writes suggestions in one language for a terminal of some width (columns)."""

    def __init__(self, catalogue: Catalogue, organisation: Organisation, texts: Texts, width: int) -> None:
        self._catalogue = catalogue
        self._organisation = organisation
        self._texts = texts
        self._words = Words(catalogue, organisation, texts)
        self._width = max(60, min(width, 110))

    def card(self, suggestions: Suggestions) -> str:
        """Return the lines for one letter."""
        verdict = self._texts(f"suggestion.verdict.{suggestions.verdict.value}")
        lines = [self._title(suggestions.letter, verdict, suggestions.verdict)]
        if suggestions.abstained:
            lines += self._row("", self._texts(f"suggestion.abstained.{suggestions.abstained}"))
            return "\n".join(lines)
        lines += self._subjects(suggestions)
        lines += self._facets(suggestions.facets)
        lines += self._actions(suggestions.actions)
        lines += self._targets(suggestions.targets)
        if suggestions.identifiers:
            found = ", ".join(
                f"{self._texts(f'suggestion.identifier.{number.kind}')} {number.value}"
                for number in suggestions.identifiers
            )
            lines += self._row(self._texts("suggestion.identifiers"), found)
        return "\n".join(lines)

    def second(self, suggestions: Suggestions, words: Sequence[str]) -> str:
        """Return what would have put the second subject first; ``words`` are those that do when they are added."""
        if len(suggestions.subjects) < 2:
            text = self._texts("suggestion.why.no_second")
        else:
            subject = self._words.subject(suggestions.subjects[1].value)
            key = "suggestion.why.second" if words else "suggestion.why.far_off"
            text = self._texts(key, subject=subject, words=self._words.quoted(words))
        return "\n".join(self._row("", text))

    def _title(self, name: str, verdict: str, kind: Verdict) -> str:
        room = self._width - len(verdict) - 4
        shown = name if len(name) <= room else "…" + name[-(room - 1) :]
        rule = "─" * max(2, self._width - len(shown) - len(verdict) - 4)
        return f"{click.style(shown, bold=True)} {rule} {click.style(verdict, fg=_COLOURS[kind], bold=True)}"

    def _subjects(self, suggestions: Suggestions) -> Iterator[str]:
        for place, subject in enumerate(suggestions.subjects, 1):
            if place > ALWAYS_SHOWN and subject.confidence < FAINTEST:
                break
            title = self._catalogue.subject(subject.value).title
            label = self._texts("suggestion.subject") if place == 1 else ""
            yield from self._row(label, f"{place}  {subject.value} {title}", subject.confidence)
            if place == 1:
                if subject.reason:
                    yield from self._row("", f"   {self._words.as_decided(subject.reason)}")
                yield from self._reasons(subject.evidence, indent="   ")
        if suggestions.subjects and suggestions.groups:
            group = suggestions.groups[0]
            if group.confidence >= suggestions.subjects[0].confidence + GROUP_MARGIN:
                title = self._catalogue.node(group.value).title
                percent = f"{group.confidence:.0%}".replace("%", " %")
                yield from self._row(
                    "",
                    self._texts("suggestion.group_surer", number=group.value, title=title, confidence=percent),
                )

    def _facets(self, facets: tuple[Suggestion[str], ...]) -> Iterator[str]:
        for facet in facets[:1]:
            title = self._catalogue.facet(facet.value).title
            yield from self._row(self._texts("suggestion.facet"), f"{facet.value} {title}", facet.confidence)
            yield from self._reasons(facet.evidence)

    def _actions(self, actions: tuple[Suggestion[Action], ...]) -> Iterator[str]:
        label = self._texts("suggestion.action")
        if not actions:
            yield from self._row(label, self._texts("suggestion.no_actions"))
        for action in actions:
            yield from self._row(label, f"{action.value.code}  {action.value.label}", action.confidence)
            label = ""
            details = [
                f"{self._texts(f'suggestion.detail.{name}')} {self._words.detail(value)}"
                for name, value in action.value.details.items()
            ]
            if details:
                yield from self._row("", " · ".join(details))
            yield from self._reasons(action.evidence)

    def _targets(self, targets: tuple[Suggestion[str], ...]) -> Iterator[str]:
        for target in targets[:1]:
            name = self._organisation.target_name(target.value)
            reason = self._words.rule(target.reason)
            yield from self._row(self._texts("suggestion.target"), f"{name} ({reason})", target.confidence)

    def _reasons(self, evidence: tuple[Evidence, ...], indent: str = "") -> Iterator[str]:
        words = [item.text for item in evidence[:SHOWN_REASONS]]
        if words:
            text = self._texts("suggestion.because", words=self._words.quoted(words))
            for line in self._row("", indent + text):
                yield click.style(line, dim=True)

    def _row(self, label: str, text: str, confidence: float | None = None) -> Iterator[str]:
        indent = len(text) - len(text.lstrip())
        room = self._width - LABEL_WIDTH - (CONFIDENCE_WIDTH if confidence is not None else 0)
        lines = textwrap.wrap(
            text, room, subsequent_indent=" " * (indent or 3), drop_whitespace=True, break_long_words=False
        ) or [""]
        first = f"{label:<{LABEL_WIDTH}}{lines[0]}"
        if confidence is not None:
            first = f"{first:<{self._width - CONFIDENCE_WIDTH}}{self._words.confidence(confidence):>{CONFIDENCE_WIDTH}}"
        yield first
        for line in lines[1:]:
            yield f"{'':<{LABEL_WIDTH}}{line}"
