"""A new model is used only where it is not worse: on letters that both had not seen, and on one's own."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import numpy as np
import pytest
from tests.learning.small_world import MORNING

from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.learning.decided import Decided, DecidedLetter
from markup_assistant.learning.evaluation.labels import Labels
from markup_assistant.learning.evaluation.scores import Answer
from markup_assistant.learning.examples import OWN
from markup_assistant.learning.held_out import HeldOut, held_out_id
from markup_assistant.learning.promotion import Candidate, Reason, judge
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import How, Suggestion, Suggestions, Verdict
from markup_assistant.shipped import shipped_folder

OTHER = "99.99.99"
Right = Callable[[int], bool]


@pytest.fixture(scope="module")
def corpus() -> tuple[LabelledLetter, ...]:
    return load_corpus(shipped_folder("data") / "letters")


def answers(letters: tuple[LabelledLetter, ...], right: Right) -> dict[str, HeldOut]:
    """What a model said that is right about some letters by place; to be left alone are those that it found so."""
    found = {}
    for place, letter in enumerate(letters):
        subject = letter.subject if right(place) and letter.subject else OTHER
        verdict = Verdict.UNSURE if not letter.subject else Verdict.CHECK
        found[held_out_id(letter)] = HeldOut(Answer((subject,), 0.6, verdict), {subject: 0.6})
    return found


def own_letters(count: int, folder: str = "own") -> tuple[DecidedLetter, ...]:
    made = []
    for number in range(count):
        letter = read_bytes(f"Brev nummer {number} fra {folder}.".encode(), ".txt")
        name = f"{number:016x}"
        labelled = LabelledLetter(OWN + name, OWN + name, "", letter, "05.09.02", ("05.09.02",), "", False, ())
        labels = Labels(subjects=("05.09.02",))
        at = MORNING + timedelta(minutes=number)
        made.append(
            DecidedLetter(labelled, f"{folder}/{number}", How.TYPED, 2.0, True, labels, at, np.zeros(128, np.uint32))
        )
    return tuple(made)


def candidate(name: str, held_out: Mapping[str, HeldOut], right: Right = lambda _: True) -> Candidate:
    """A model that is right about some of one's own letters by their number."""

    def suggest(letter: Letter, _: int) -> Suggestions:
        subject = "05.09.02" if right(int(letter.text.split()[2])) else OTHER
        return Suggestions("", Verdict.CHECK, (Suggestion(subject, 0.6),))

    return Candidate(name, "KLE 2026-02", held_out, suggest)


def test_a_model_that_says_the_same_is_not_worse(corpus: tuple[LabelledLetter, ...]) -> None:
    said = answers(corpus, lambda place: place % 3 > 0)
    judged = judge(candidate("old", said), candidate("new", said), corpus, Decided())
    assert judged.reason is Reason.NOT_WORSE
    assert judged.reason.is_used
    assert judged.held_out_texts == len(corpus)
    assert judged.own is None


def test_a_model_that_knows_more_is_better(corpus: tuple[LabelledLetter, ...]) -> None:
    old, new = answers(corpus, lambda place: place % 3 > 0), answers(corpus, lambda place: place % 9 > 0)
    judged = judge(candidate("old", old), candidate("new", new), corpus, Decided())
    assert judged.reason is Reason.BETTER
    assert judged.together is not None
    assert judged.together.decided_by == "precision_at_1"


def test_a_model_that_knows_less_is_not_used(corpus: tuple[LabelledLetter, ...]) -> None:
    old, new = answers(corpus, lambda place: place % 9 > 0), answers(corpus, lambda place: place % 3 > 0)
    judged = judge(candidate("old", old), candidate("new", new), corpus, Decided())
    assert judged.reason is Reason.WORSE
    assert not judged.reason.is_used


def test_a_loss_on_ones_own_letters_is_not_made_up_for_by_the_others(corpus: tuple[LabelledLetter, ...]) -> None:
    old, new = answers(corpus, lambda place: place % 9 > 0), answers(corpus, lambda _: True)
    decided = Decided(own_letters(60), (), own_letters(60))
    judged = judge(candidate("old", old), candidate("new", new, lambda number: number % 2 > 0), corpus, decided)
    assert judged.reason is Reason.OWN_WORSE
    assert not judged.reason.is_used
    assert judged.own_texts == 60


def test_a_gain_on_ones_own_letters_alone_is_enough(corpus: tuple[LabelledLetter, ...]) -> None:
    said = answers(corpus, lambda place: place % 3 > 0)
    decided = Decided(own_letters(120), (), own_letters(120))
    judged = judge(candidate("old", said, lambda number: number % 3 == 0), candidate("new", said), corpus, decided)
    assert judged.reason is Reason.BETTER
    assert judged.own is not None
    assert judged.own.may_replace


def test_few_letters_of_ones_own_hold_nothing_up(corpus: tuple[LabelledLetter, ...]) -> None:
    """Of five letters nobody can tell; the others say that nothing was lost."""
    said = answers(corpus, lambda place: place % 3 > 0)
    decided = Decided(own_letters(5), (), own_letters(5))
    judged = judge(candidate("old", said), candidate("new", said), corpus, decided)
    assert judged.reason is Reason.NOT_WORSE


def test_too_few_letters_decide_nothing(corpus: tuple[LabelledLetter, ...]) -> None:
    some = tuple(letter for letter in corpus if letter.subject)[:20]
    said = answers(some, lambda _: True)
    judged = judge(candidate("old", said), candidate("new", said), some, Decided())
    assert judged.reason is Reason.CANNOT_TELL
    assert judge(candidate("old", {}), candidate("new", said), some, Decided()).together is None


def test_only_letters_that_both_were_tried_on_count(corpus: tuple[LabelledLetter, ...]) -> None:
    half, most = corpus[: len(corpus) // 2], corpus[len(corpus) // 4 :]
    old, new = answers(half, lambda _: True), answers(most, lambda _: True)
    judged = judge(candidate("old", old), candidate("new", new), corpus, Decided())
    assert judged.held_out_texts == len(half) - len(corpus) // 4


def test_a_letter_that_the_present_model_has_learned_does_not_measure() -> None:
    """Groups of versions may change when letters are added: what was learned then cannot measure now."""
    letters = own_letters(10)
    known = answers(tuple(letter.labelled for letter in letters[:4]), lambda _: True)
    judged = judge(candidate("old", known), candidate("new", {}), (), Decided(letters, (), letters))
    assert judged.own_texts == 6


def test_a_letter_whose_text_has_changed_is_another(corpus: tuple[LabelledLetter, ...]) -> None:
    from dataclasses import replace

    said = answers(corpus, lambda _: True)
    changed = tuple(replace(one, letter=replace(one.letter, text=one.letter.text + "!")) for one in corpus[:50])
    judged = judge(candidate("old", said), candidate("new", said), (*changed, *corpus[50:]), Decided())
    assert judged.held_out_texts == len(corpus) - 50
