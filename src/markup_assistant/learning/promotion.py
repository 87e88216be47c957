"""Judges whether a new model may be used in the place of the present one.

Two kinds of letters tell. Those that both models learned from, each by what the model had said before it saw them
(``held_out``): they are many, so that a loss shows. And decided letters that neither has learned from: they are few,
but they are the municipality's own, and some were decided before anybody saw a suggestion.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from markup_assistant.learning.corpus import LabelledLetter
from markup_assistant.learning.decided import Decided, DecidedLetter
from markup_assistant.learning.evaluation.comparison import Comparison, Judgement, compare
from markup_assistant.learning.evaluation.evaluation import Suggest
from markup_assistant.learning.evaluation.labels import Labels
from markup_assistant.learning.evaluation.scores import DEPTH, Score, Scores, answer_of
from markup_assistant.learning.held_out import HeldOut, held_out_id


class Reason(StrEnum):
    """Why a new model is used, or is not."""

    BETTER = "better"
    NOT_WORSE = "not-worse"
    PRESENT_BROKEN = "present-broken"  # the present one cannot be used
    WORSE = "worse"
    OWN_WORSE = "own-worse"  # on the municipality's own letters
    CANNOT_TELL = "cannot-tell"
    NOT_ASKED = "not-asked"  # it was to be trained only
    SETTING = "setting"  # the setting ``model`` names another one
    CHANGED = "changed"  # somebody has put another one to use meanwhile

    @property
    def is_used(self) -> bool:
        """Whether the new model is used."""
        return self in (Reason.BETTER, Reason.NOT_WORSE, Reason.PRESENT_BROKEN)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model as it is compared: its name and catalogue, what it said of held-out letters, and how it is asked."""

    name: str
    catalogue: str
    held_out: Mapping[str, HeldOut]
    suggest: Suggest


@dataclass(frozen=True, slots=True)
class Judged:
    """The new model against the present one: on all letters together, and on each kind; None where there are none.

    ``held_out_texts`` and ``own_texts`` are how many letters of each kind there are.
    """

    reason: Reason
    together: Comparison | None = None
    held_out: Comparison | None = None
    own: Comparison | None = None
    held_out_texts: int = 0
    own_texts: int = 0


def judge(
    present: Candidate,
    new: Candidate,
    corpus: Sequence[LabelledLetter],
    decided: Decided,
    told: Callable[[float], None] = lambda _: None,
) -> Judged:
    """Compare two models; the new one may be used if it is not worse all in all, nor on one's own letters alone.

    ``told`` hears the share of the measuring letters that have been asked about.
    """
    learned = [*corpus, *(letter.labelled for letter in decided.learning)]
    held_out = [tuple(_held_out_rows(model, learned, present, new)) for model in (present, new)]
    own_letters = _unknown_to(present, decided)
    own: list[list[Score]] = [[], []]
    for done, letter in enumerate(own_letters):
        told(done / len(own_letters))
        for rows, model in zip(own, (present, new), strict=True):
            rows.append(_asked(model, letter))
    together = _compared(present, new, [(*first, *more) for first, more in zip(held_out, own, strict=True)])
    on_own = _compared(present, new, [tuple(rows) for rows in own])
    return Judged(
        _reason(together, on_own),
        together,
        _compared(present, new, held_out),
        on_own,
        len(held_out[0]),
        len(own_letters),
    )


def _reason(together: Comparison | None, own: Comparison | None) -> Reason:
    if together is None:
        return Reason.CANNOT_TELL
    if together.may_replace and own is not None and own.judgement is Judgement.WORSE:
        return Reason.OWN_WORSE
    return Reason(together.judgement.value)


def _compared(present: Candidate, new: Candidate, rows: Sequence[tuple[Score, ...]]) -> Comparison | None:
    first, second = rows
    if not first:
        return None
    return compare(Scores(present.name, present.catalogue, first), Scores(new.name, new.catalogue, second))


def _held_out_rows(
    model: Candidate, letters: Sequence[LabelledLetter], present: Candidate, new: Candidate
) -> Iterator[Score]:
    for letter in letters:
        name = held_out_id(letter)
        if name in present.held_out and name in new.held_out:
            # Texts to be left alone stand together in files, but are no versions of one another.
            cluster = letter.letter_type if letter.subject else letter.id
            yield Score(letter.id, cluster, Labels(subjects=letter.accepted), model.held_out[name].answer)


def _unknown_to(present: Candidate, decided: Decided) -> list[DecidedLetter]:
    """Return the measuring letters of which the present model has learned no version, as their groups may change."""
    known = {
        letter.labelled.letter_type for letter in decided.letters if held_out_id(letter.labelled) in present.held_out
    }
    return [letter for letter in decided.measuring if letter.labelled.letter_type not in known]


def _asked(model: Candidate, letter: DecidedLetter) -> Score:
    labelled = letter.labelled
    return Score(labelled.id, labelled.letter_type, letter.labels, answer_of(model.suggest(labelled.letter, DEPTH)))
