"""Decided letters become examples: the more a person meant it, the more it counts; some are kept for measuring."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from tests.learning.small_world import CAR, LETTERS, MORNING, PARKING, SUBJECTS, decide, decide_all

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.learning import decided as decided_module
from markup_assistant.learning.decided import MEASURED, MOST_VERSIONS, WEIGHTS, clusters, decided_letters, only_measures
from markup_assistant.learning.examples import OWN
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import Action, Choice, How, Markup, Outcome, Part
from markup_assistant.store.store import Store
from markup_assistant.suggest.sketch import sketch

LICENCE = LETTERS["parkering/licens.docx"]


@pytest.fixture
def catalogue(world: Path) -> Catalogue:
    return load_catalogue(world / "kle")


def other_letters(count: int) -> Iterator[tuple[str, str]]:
    """Letters that have nothing in common."""
    vowels = "aeiouyæøå"
    for number in range(count):
        words = [
            f"{a}{'bdfgklmnprstv'[(number + place) % 13]}{b}{number % 7 * 'r'}lig{number}kvast".translate(
                str.maketrans("0123456789", "abdefghijk")
            )
            for place, (a, b) in enumerate((a, b) for a in vowels for b in vowels)
        ]
        yield f"breve/{number}.docx", " ".join(words)


def test_a_decided_letter_teaches_its_subject(store: Store, catalogue: Catalogue) -> None:
    decide_all(store)
    found = decided_letters(store, catalogue)
    assert {letter.name: letter.subject for letter in found.letters} == {
        name: SUBJECTS[name.split("/")[0]] for name in LETTERS
    }
    assert {letter.name for letter in found.learning} | {letter.name for letter in found.measuring} == set(LETTERS)
    first = next(letter for letter in found.letters if letter.name == "parkering/licens.docx")
    assert first.labelled.accepted == (PARKING,)
    assert first.labelled.facet == "G01"
    assert first.labelled.letter.text == LICENCE
    assert first.labelled.letter.name == "", "a file's name would give the subject away"


def test_what_a_person_meant_most_counts_most() -> None:
    order = [How.TYPED, How.SEARCHED, How.PICKED, How.ACCEPTED, How.PROPAGATED]
    weights = [WEIGHTS[how] for how in order]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)
    assert WEIGHTS[How.IMPORTED] == WEIGHTS[How.PICKED]
    assert How.AUTOMATIC not in WEIGHTS


@pytest.mark.parametrize("how", list(WEIGHTS))
def test_how_a_number_was_chosen_is_its_weight(store: Store, catalogue: Catalogue, how: How) -> None:
    decide(store, "parkering/licens.docx", LICENCE, PARKING, how)
    assert decided_letters(store, catalogue).letters[0].weight == WEIGHTS[how]


def test_what_cannot_be_learned_from_is_counted_by_why(store: Store, catalogue: Catalogue) -> None:
    texts = dict(other_letters(8))
    names = list(texts)
    decide(store, names[0], texts[names[0]], PARKING, How.AUTOMATIC)
    decide(store, names[1], texts[names[1]], PARKING, keep_text=False)
    decide(store, names[2], texts[names[2]], "99.99.99")
    decide(store, names[3], texts[names[3]], PARKING, markup=Markup(facet="G01"))
    one = decide(store, names[4], texts[names[4]], PARKING)
    decide(store, names[4], texts[names[4]], CAR, supersedes=(), person="Jens Eksempel")
    gone = decide(store, names[5], texts[names[5]], PARKING)
    decide(store, names[5], texts[names[5]], "", outcome=Outcome.WITHDRAWN, supersedes=(gone.id,))
    found = decided_letters(store, catalogue)
    assert dict(found.left) == {"automatic": 1, "no_text": 1, "lapsed": 1, "no_subject": 1, "conflict": 1}
    assert found.letters == ()
    decide(store, names[4], texts[names[4]], CAR, supersedes=tuple(head.id for head in store.heads(names[4])))
    assert [letter.subject for letter in decided_letters(store, catalogue).letters] == [CAR]
    assert one.letter == names[4]


def test_people_who_agree_count_as_the_one_who_meant_it_most(store: Store, catalogue: Catalogue) -> None:
    decide(store, "parkering/licens.docx", LICENCE, PARKING, How.ACCEPTED)
    decide(store, "parkering/licens.docx", LICENCE, PARKING, How.TYPED, supersedes=(), person="Jens Eksempel")
    (letter,) = decided_letters(store, catalogue).letters
    assert letter.how is How.TYPED


def test_a_letter_without_subject_is_learned_as_one(store: Store, catalogue: Catalogue) -> None:
    decide(store, "andet/frokost.docx", LICENCE, "")
    (letter,) = decided_letters(store, catalogue).letters
    assert letter.labelled.subject == ""
    assert letter.labelled.accepted == ()
    assert letter.labels.left_alone


def test_only_what_somebody_chose_counts_as_right(store: Store, catalogue: Catalogue) -> None:
    """A list that was taken in says nothing of actions; a review says that there are none."""
    texts = dict(other_letters(2))
    listed, reviewed = texts
    chosen = MappingProxyType({Part.SUBJECT: Choice(How.IMPORTED)})
    decide(store, listed, texts[listed], PARKING, How.IMPORTED, choices=chosen)
    payment = Action("BETALING", "Betal", MappingProxyType({"amount": "120.00"}))
    decide(store, reviewed, texts[reviewed], CAR, markup=Markup(CAR, "K02", (payment,)))
    labels = {letter.name: letter.labels for letter in decided_letters(store, catalogue).letters}
    assert (labels[listed].subjects, labels[listed].facets, labels[listed].actions) == ((PARKING,), None, None)
    assert (labels[reviewed].facets, dict(labels[reviewed].actions or {})) == (("K02",), {"BETALING": {}})


def test_no_name_of_a_letter_is_in_what_a_model_gets(store: Store, catalogue: Catalogue) -> None:
    decide(store, "Jens Eksempel/svar.docx", LICENCE, PARKING)
    (letter,) = decided_letters(store, catalogue).letters
    for given in (letter.labelled.id, letter.labelled.letter_type):
        assert given.startswith(OWN)
        assert int(given.removeprefix(OWN), 16)
        assert "Jens" not in given


def versions(count: int) -> Iterator[tuple[str, str]]:
    for number in range(count):
        yield f"licens/{number}.docx", LICENCE.replace("zone B", f"zone {'ABCDEFGHIJKLMN'[number % 14]}")


def test_versions_of_a_letter_stay_together_and_no_more_than_some_count(store: Store, catalogue: Catalogue) -> None:
    for name, text in versions(MOST_VERSIONS + 3):
        decide(store, name, text, PARKING)
    found = decided_letters(store, catalogue)
    assert len({letter.labelled.letter_type for letter in found.letters}) == 1
    assert len(found.learning) + len(found.measuring) == MOST_VERSIONS
    assert found.left["versions"] == 3


def test_of_many_versions_those_count_that_were_meant_most(store: Store, catalogue: Catalogue) -> None:
    for number, (name, text) in enumerate(versions(MOST_VERSIONS + 2)):
        decide(store, name, text, PARKING, How.TYPED if number < 2 else How.PROPAGATED)
    found = decided_letters(store, catalogue)
    kept = {letter.name for letter in (*found.learning, *found.measuring)}
    assert {"licens/0.docx", "licens/1.docx"} <= kept


def test_a_fifth_of_the_letters_only_measure_and_always_the_same(store: Store, catalogue: Catalogue) -> None:
    texts = list(other_letters(120))
    for name, text in texts[:80]:
        decide(store, name, text, PARKING)
    before = decided_letters(store, catalogue)
    assert 80 / MEASURED / 2 < len(before.measuring) < 80 / MEASURED * 2
    for name, text in texts[80:]:
        decide(store, name, text, CAR)
    after = decided_letters(store, catalogue)
    names = {name for name, _ in texts[:80]}
    assert {one.name for one in before.measuring} == {one.name for one in after.measuring} & names
    assert not {one.name for one in after.measuring} & {one.name for one in after.learning}
    assert len({one.labelled.letter_type for one in after.letters}) == 120


def test_what_was_decided_without_suggestions_is_never_learned_from(store: Store, catalogue: Catalogue) -> None:
    texts = dict(other_letters(30))
    for name, text in texts.items():
        decide(store, name, text, PARKING, blind=True)
    found = decided_letters(store, catalogue)
    assert found.learning == ()
    assert len(found.measuring) == 30


@pytest.mark.parametrize("measures", [False, True])
def test_a_blind_letter_whose_versions_are_learned_from_does_not_measure(
    store: Store, catalogue: Catalogue, measures: bool
) -> None:
    """The model would know it by its versions, and the measure would praise it for that."""
    folder = next(one for one in "abcdefghijklmnopqrst" if only_measures(f"{one}/licens/0.docx") is measures)
    for number, (name, text) in enumerate(versions(3)):
        decide(store, f"{folder}/{name}", text, PARKING, blind=number == 1)
    found = decided_letters(store, catalogue)
    assert len(found.learning) == (0 if measures else 2)
    assert len(found.measuring) == (3 if measures else 0)
    assert found.left.get("beside_blind", 0) == (0 if measures else 1)


def test_only_the_last_decided_of_very_many_are_looked_at(
    store: Store, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decided_module, "MOST_LETTERS", 10)
    for number, (name, text) in enumerate(other_letters(14)):
        decide(store, name, text, PARKING, at=MORNING + timedelta(days=number))
    found = decided_letters(store, catalogue)
    assert {letter.name for letter in found.letters} == {f"breve/{number}.docx" for number in range(4, 14)}
    assert found.left["older"] == 4


def test_letters_that_are_alike_and_those_alike_to_them_are_one_group() -> None:
    texts = [text for _, text in other_letters(3)] + [text for _, text in versions(3)] + ["Hej", "Hej"]
    numbers = clusters([sketch(read_bytes(text.encode(), ".txt")) for text in texts])
    assert len(set(numbers[:3])) == 3
    assert len(set(numbers[3:6])) == 1
    assert numbers[6] != numbers[7], "next to no words say nothing"
    assert clusters([]) == []
    assert len(np.unique(numbers)) == 6
