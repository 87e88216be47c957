"""Decided letters as examples to learn from, and as letters to measure with.

Versions of one letter stay together: who has learned from one knows the others, and would measure nothing but that.
Some of the letters are never learned from. They measure, and so decide whether a new model may be used.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.errors import LetterError
from markup_assistant.learning.corpus import LabelledAction, LabelledLetter
from markup_assistant.learning.evaluation.labels import Labels
from markup_assistant.learning.examples import OWN
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import Decision, How, Outcome, Part, holding, in_conflict
from markup_assistant.store.store import Store
from markup_assistant.store.values import KeptLetter
from markup_assistant.suggest.sketch import ALIKE, from_bytes, likeness, rarity, sketch

WEIGHTS: Mapping[How, float] = MappingProxyType(
    {
        How.TYPED: 2.0,
        How.SEARCHED: 1.75,
        How.PICKED: 1.5,
        How.IMPORTED: 1.5,
        How.ACCEPTED: 1.0,
        How.PROPAGATED: 0.5,
    }
)
"""What a decided letter weighs beside a letter of the corpus, which weighs 1, by how its subject was chosen.

How the municipality itself files a letter counts for more than an invented letter, and the more the further its
caseworker had to go for it: who types a number has it in mind, who searched looked at several, who picked at a few. A
list that was taken in is as deliberate as picking. What was merely accepted may have been waved through, and agrees
with the model anyway. What was taken over for letters that look alike nobody read. What the program decided itself
(``automatic``) is no sign of anything but the model, and is left out.
"""

MEASURED = 5
"""One in so many groups of versions is never learned from."""

MOST_VERSIONS = 5
"""Versions of one letter that are learned from, and measured with: ten thousand made of one template say no more."""

MOST_LETTERS = 6000
"""Letters that are looked at, the last decided: telling which are versions of one another takes time as its square."""

_DIGITS = 16


@dataclass(frozen=True, slots=True)
class DecidedLetter:
    """A decided letter with its right markup, as the corpus has its letters.

    ``name`` is that of the store, which no model may hold; ``labelled.id`` and ``labelled.letter_type`` are made of
    hashes. ``weight`` is its weight as an example; ``measures`` says that it is never learned from.
    """

    labelled: LabelledLetter
    name: str
    how: How
    weight: float
    measures: bool
    labels: Labels
    at: datetime
    sketch: NDArray[np.uint32] = field(compare=False)

    @property
    def subject(self) -> str:
        """The decided number; nothing for a text to be left alone."""
        return self.labelled.subject


@dataclass(frozen=True, slots=True)
class Decided:
    """What a store's decisions teach.

    ``letters`` are all that can be used, with ``learning`` and ``measuring`` as parts of them; ``left`` counts the
    decided letters that cannot be used, by why: ``conflict``, ``automatic``, ``no_subject``, ``lapsed`` (the edition
    lacks the number), ``no_text``, ``unreadable``, ``older``; and ``versions`` and ``beside_blind``, which are in
    ``letters`` but in neither part.
    """

    letters: tuple[DecidedLetter, ...] = ()
    learning: tuple[DecidedLetter, ...] = ()
    measuring: tuple[DecidedLetter, ...] = ()
    left: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def weights(self) -> dict[str, float]:
        """Return the weights of the letters that are learned from, by id."""
        return {letter.labelled.id: letter.weight for letter in self.learning}

    def by_how(self) -> dict[str, int]:
        """Return how many letters are learned from, by how their subject was chosen."""
        counts = Counter(letter.how for letter in self.learning)
        return {how.value: counts[how] for how in How if counts[how]}


@dataclass(frozen=True, slots=True)
class _Usable:
    """A decision with its letter's kept text."""

    decision: Decision
    how: How
    letter: Letter
    sketch: NDArray[np.uint32]


def decided_letters(store: Store, catalogue: Catalogue) -> Decided:
    """Return the decided letters of a store; raises StoreError."""
    left: Counter[str] = Counter()
    usable = _with_texts(store, _usable_decisions(store, catalogue, left), left)
    usable.sort(key=lambda one: (one.decision.at, one.decision.letter))
    left["older"] += max(len(usable) - MOST_LETTERS, 0)
    usable = usable[-MOST_LETTERS:]
    numbers = clusters([one.sketch for one in usable])
    members: dict[int, list[_Usable]] = defaultdict(list)
    for one, number in zip(usable, numbers, strict=True):
        members[number].append(one)
    letters: list[DecidedLetter] = []
    learning: list[DecidedLetter] = []
    measuring: list[DecidedLetter] = []
    for versions in members.values():
        made = list(_cluster(versions))
        letters += made
        measures = all(letter.measures for letter in made)
        # A blind letter whose versions are learned from is known by them: it teaches nothing and measures nothing.
        used = made if measures else [letter for letter in made if not letter.measures]
        kept = sorted(used, key=lambda letter: (-letter.weight, -letter.at.timestamp(), letter.name))[:MOST_VERSIONS]
        left["beside_blind"] += len(made) - len(used)
        left["versions"] += len(used) - len(kept)
        (measuring if measures else learning).extend(kept)
    return Decided(
        _in_order(letters),
        _in_order(learning),
        _in_order(measuring),
        MappingProxyType({why: count for why, count in left.items() if count}),
    )


def chosen_how(decision: Decision) -> How:
    """Return how the subject of a decision was chosen; leaving a letter alone is a deliberate choice without parts."""
    choice = decision.choices.get(Part.SUBJECT)
    if choice is not None:
        return choice.how
    return How.PROPAGATED if decision.source else How.PICKED


def only_measures(first: str) -> bool:
    """Whether a group of versions is never learned from, by the smallest of its letters' names.

    Other letters that are decided change nothing about that.
    """
    return int(_hashed(first)[:8], 16) % MEASURED == 0


def clusters(sketches: Sequence[NDArray[np.uint32]]) -> list[int]:
    """Return for each letter the number of its group of versions: those that are alike, and those alike to them."""
    if not sketches:
        return []
    unique, inverse = np.unique(np.array(sketches), axis=0, return_inverse=True)
    above = list(range(len(unique)))

    def top(at: int) -> int:
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    rare = rarity(unique)
    for at, one in enumerate(unique):
        for other in np.flatnonzero(likeness(one, unique, rare) >= ALIKE).tolist():
            above[top(other)] = top(at)
    tops = {place: top(place) for place in range(len(unique))}
    # A letter with next to no words is like nothing, not even like another such letter.
    alone = iter(range(len(unique), len(unique) + len(sketches)))
    return [
        tops[place] if one.any() else next(alone) for place, one in zip(inverse.ravel().tolist(), sketches, strict=True)
    ]


def _usable_decisions(
    store: Store, catalogue: Catalogue, left: Counter[str]
) -> dict[tuple[str, str], tuple[Decision, How]]:
    found = {}
    for name, heads in store.all_heads().items():
        decision = holding(heads)
        if decision is None:
            continue
        subject = decision.markup.subject
        how = max((chosen_how(head) for head in heads), key=lambda one: WEIGHTS.get(one, 0.0))
        why = ""
        if in_conflict(heads):
            why = "conflict"
        elif how is How.AUTOMATIC:
            why = "automatic"
        elif decision.outcome is Outcome.MARKED and not subject:
            why = "no_subject"
        elif subject and subject not in catalogue:
            why = "lapsed"
        if why:
            left[why] += 1
            continue
        # Two who decided alike without seeing each other: one of them blind is enough for it to measure.
        blind = any(head.blind for head in heads)
        found[name, decision.content] = (replace(decision, blind=blind), how)
    return found


def _with_texts(
    store: Store, decisions: Mapping[tuple[str, str], tuple[Decision, How]], left: Counter[str]
) -> list[_Usable]:
    found = []
    waiting = dict(decisions)
    for kept in store.kept_letters():
        decided = waiting.get((kept.letter, kept.content))
        if decided is None or not kept.text:
            continue
        del waiting[kept.letter, kept.content]
        try:
            found.append(_usable(kept, *decided))
        except LetterError:
            left["unreadable"] += 1
    left["no_text"] += len(waiting)
    return found


def _usable(kept: KeptLetter, decision: Decision, how: How) -> _Usable:
    # Without a name: that of the file may say more than the letter.
    letter = replace(read_bytes(kept.text.encode("utf-8", "replace"), ".txt"), name="")
    drawn = from_bytes(kept.sketch)
    return _Usable(decision, how, letter, drawn if drawn.any() else sketch(letter))


def _cluster(versions: Sequence[_Usable]) -> Iterator[DecidedLetter]:
    """Yield the letters of a group of versions; blind ones measure, and all of every fifth group."""
    first = min(one.decision.letter for one in versions)
    whole = only_measures(first)
    for one in versions:
        decision, markup = one.decision, one.decision.markup
        yield DecidedLetter(
            LabelledLetter(
                id=OWN + _hashed(f"{decision.letter}\n{decision.content}"),
                letter_type=OWN + _hashed(first),
                area="",
                letter=one.letter,
                subject=markup.subject,
                accepted=(markup.subject,) if markup.subject else (),
                facet=markup.facet,
                template=False,
                actions=tuple(LabelledAction(action.code, action.label, {}) for action in markup.actions),
            ),
            name=decision.letter,
            how=one.how,
            weight=WEIGHTS[one.how],
            measures=whole or decision.blind,
            labels=_labels(decision),
            at=decision.at,
            sketch=one.sketch,
        )


def _hashed(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _in_order(letters: Iterable[DecidedLetter]) -> tuple[DecidedLetter, ...]:
    return tuple(sorted(letters, key=lambda letter: (letter.at, letter.name)))


def _labels(decision: Decision) -> Labels:
    """Return what is known to be right: parts that somebody chose. Details are masked in what is kept of a letter."""
    markup = decision.markup
    if decision.outcome is not Outcome.MARKED:
        return Labels(subjects=())
    chosen = {part for part, choice in decision.choices.items() if choice.how is not How.AUTOMATIC}
    return Labels(
        subjects=(markup.subject,),
        facets=(markup.facet,) if markup.facet and Part.FACET in chosen else None,
        actions=MappingProxyType({action.code: MappingProxyType({}) for action in markup.actions})
        if Part.ACTIONS in chosen
        else None,
    )
