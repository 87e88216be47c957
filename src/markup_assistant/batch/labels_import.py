"""Makes decisions of what a list, or labelled texts, ask for; what a person has decided otherwise stays as it is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from markup_assistant.batch.decision_report import MAX_PROBLEMS, Fault, Problem, Report, shown
from markup_assistant.batch.labels_lines import Item
from markup_assistant.batch.labels_match import LetterNames
from markup_assistant.batch.labels_values import Wanted
from markup_assistant.errors import LetterError
from markup_assistant.letters.fingerprint import fingerprint
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.masking import MASK, mask_personal
from markup_assistant.letters.naming import CONTENT_DIGITS, letter_key
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import Action, Choice, Decision, How, Markup, Outcome, Part
from markup_assistant.store.store import Store
from markup_assistant.store.values import KeptLetter
from markup_assistant.suggest.sketch import sketch, to_bytes

FOLDER = "import/"
"""What the names of letters begin with that came as texts, without files."""

_UNNAMED_DIGITS = 16
_BY_A_PERSON = frozenset((How.ACCEPTED, How.PICKED, How.SEARCHED, How.TYPED))
_AT_ONCE = 100
"""Decisions written in one transaction."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a list is taken.

    Attributes:
        person: in whose name; catalogue: the KLE edition by which the numbers were checked.
        root: the folder that the store's names are relative to, or None.
        keep_text: whether the letters' masked text is kept with the decisions.
        replace: whether what a person has decided otherwise is replaced; dry_run: whether nothing is written.
        now: the clock; new_id: gives each decision its id.
        read: reads the letter of a file; raises LetterError.
    """

    person: str
    catalogue: str
    root: Path | None
    keep_text: bool
    replace: bool
    dry_run: bool
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    read: Callable[[Path], Letter]


@dataclass(slots=True)
class _Found:
    """A letter that rows of the list speak of, with those rows."""

    path: Path | None
    items: list[Item]


class ListImport:
    """Takes the rows of one list into a store."""

    def __init__(self, store: Store, terms: Terms) -> None:
        self._store = store
        self._terms = terms
        self._problems: list[Problem] = []
        self._waiting: list[Decision] = []
        self._read = self._taken = self._already = self._duplicates = self._letters = 0

    def run(
        self,
        rows: Iterable[Item | Problem],
        names: Callable[[], LetterNames],
        told: Callable[[int, int], None] = lambda _, __: None,
    ) -> Report:
        """Take what can be taken, and return what came of it.

        ``names`` is asked for the letters of the folder only when a row names one; ``told`` hears how many letters of
        how many are done.
        """
        letters: dict[str, _Found] = {}
        for row in rows:
            self._read += 1
            if isinstance(row, Problem):
                self._note(row)
            else:
                self._place(row, names, letters)
        for done, (key, found) in enumerate(letters.items()):
            told(done, len(letters))
            self._decide(key, found)
        self._write()
        problems = sorted(self._problems, key=lambda problem: problem.line)
        return Report(
            kind="list",
            read=self._read,
            taken=self._taken,
            already=self._already,
            duplicates=self._duplicates,
            letters=self._letters,
            problems=tuple(problems),
        )

    def _place(self, item: Item, names: Callable[[], LetterNames], letters: dict[str, _Found]) -> None:
        """Find the letter of a row, and put the row to the others on the same letter."""
        if item.text:
            # A masked id may be that of several texts.
            key = f"{FOLDER}{item.id}" if item.id and MASK not in item.id else item.text
            letters.setdefault(key, _Found(None, [])).items.append(item)
            return
        match = names().find(item.file)
        if match.path is not None:
            letters.setdefault(str(match.path), _Found(match.path, [])).items.append(item)
            return
        fault = Fault.AMBIGUOUS if match.among else Fault.UNMATCHED
        self._note(Problem(item.line, fault, shown(item.file), nearest=match.among or match.near))

    def _decide(self, key: str, found: _Found) -> None:
        first, *others = found.items
        wanted = together([item.wanted for item in found.items])
        if wanted is None or any(other.text != first.text for other in others):
            said = "; ".join(f"{item.line}: {_said(item.wanted)}" for item in found.items)
            named = shown(first.file or first.id or key)
            self._note(Problem(first.line, Fault.CONTRADICTION, named, shown(said)))
            return
        first = replace(first, wanted=wanted)
        try:
            letter = read_bytes(first.text.encode("utf-8", "replace"), ".txt") if first.text else self._opened(found)
        except LetterError as error:
            self._note(Problem(first.line, Fault.UNREADABLE, shown(first.file or first.id), error=error))
            return
        content = fingerprint(letter)
        name = letter_key(found.path, self._terms.root, content) if found.path else _text_name(first, content)
        if self._is_wanted(first, name, content, len(others)):
            self._taken += 1
            self._duplicates += len(others)
            if not self._terms.dry_run:
                self._take(first, letter, name, content, found.path)

    def _opened(self, found: _Found) -> Letter:
        assert found.path is not None  # noqa: S101 - a row has a text or was matched with a file
        return self._terms.read(found.path)

    def _is_wanted(self, item: Item, name: str, content: str, others: int) -> bool:
        """Whether a letter's decision is to be made; where not, note why. ``others`` are rows that say the same."""
        heads = [head for head in self._store.heads(name) if head.outcome is not Outcome.WITHDRAWN]
        if not item.file and any(head.content != content for head in heads):
            self._note(Problem(item.line, Fault.OTHER_TEXT, shown(name)))
            return False
        if heads and all(_agrees(head, item.wanted) for head in heads):
            self._already += 1
            self._duplicates += others
            return False
        differing = [head for head in heads if _by_a_person(head) and not _agrees(head, item.wanted)]
        if differing and not self._terms.replace:
            said = "; ".join(f"{_said(_of(head))} ({head.person})" for head in differing)
            self._note(Problem(item.line, Fault.DIFFERING, shown(name), shown(said), (_said(item.wanted),)))
            return False
        return True

    def _take(self, item: Item, letter: Letter, name: str, content: str, path: Path | None) -> None:
        now = self._terms.now()
        kept = KeptLetter(
            letter=name,
            content=content,
            path=str(path) if path else "",
            text=mask_personal(letter).text if self._terms.keep_text else "",
            seen_at=now,
            sketch=to_bytes(sketch(letter)),
        )
        self._store.keep_letter(kept)
        self._letters += bool(kept.text)
        decision = Decision(
            id=self._terms.new_id(),
            letter=name,
            content=content,
            outcome=item.wanted.outcome,
            person=self._terms.person,
            at=now,
            markup=item.wanted.markup,
            choices=MappingProxyType({part: Choice(How.IMPORTED) for part in Part if part in item.wanted.parts}),
            supersedes=tuple(head.id for head in self._store.heads(name)),
            catalogue=self._terms.catalogue,
        )
        self._waiting.append(decision)
        if len(self._waiting) == _AT_ONCE:
            self._write()

    def _note(self, problem: Problem) -> None:
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(problem)

    def _write(self) -> None:
        self._store.add(*self._waiting)
        self._waiting.clear()


def together(said: Sequence[Wanted]) -> Wanted | None:
    """Return what several rows on a letter ask for together, or None where they contradict each other.

    A row that leaves a part open contradicts none that says it.
    """
    first, *others = said
    values: dict[Part, str | tuple[Action, ...]] = {}
    for wanted in said:
        for part in wanted.parts:
            value = wanted.markup.value(part)
            if wanted.outcome is not first.outcome or values.setdefault(part, value) != value:
                return None
    if not others:
        return first
    markup = Markup(**{part.value: value for part, value in values.items()})  # type: ignore[arg-type]  # a value of its part
    return Wanted(first.outcome, markup, frozenset(values))


def _text_name(item: Item, content: str) -> str:
    if not item.id:
        return f"{FOLDER}{content[:_UNNAMED_DIGITS]}"
    return f"{FOLDER}{item.id}#{content[:CONTENT_DIGITS]}" if MASK in item.id else f"{FOLDER}{item.id}"


def _by_a_person(decision: Decision) -> bool:
    """Whether somebody looked; leaving a letter alone is a choice without parts."""
    return not decision.choices or any(choice.how in _BY_A_PERSON for choice in decision.choices.values())


def _of(decision: Decision) -> Wanted:
    return Wanted(decision.outcome, decision.markup, frozenset(Part))


def _agrees(decision: Decision, wanted: Wanted) -> bool:
    """Whether a decision says all that is wanted; it may say more."""
    if decision.outcome is not wanted.outcome:
        return False
    return wanted.outcome is not Outcome.MARKED or all(
        _has_actions(decision.markup.actions, wanted.markup.actions)
        if part is Part.ACTIONS
        else decision.markup.value(part) == wanted.markup.value(part)
        for part in wanted.parts
    )


def _has_actions(decided: Sequence[Action], wanted: Sequence[Action]) -> bool:
    details = {action.code: action.details for action in decided}
    if details.keys() != {action.code for action in wanted}:
        return False
    return all(details[action.code].get(name) == value for action in wanted for name, value in action.details.items())


def _said(wanted: Wanted) -> str:
    """Say what is wanted in codes, which are the same in every language."""
    if wanted.outcome is not Outcome.MARKED:
        return wanted.outcome.value
    markup = wanted.markup
    codes = " ".join(action.code for action in markup.actions)
    return " ".join(filter(None, (markup.subject, markup.facet, codes, markup.target)))
