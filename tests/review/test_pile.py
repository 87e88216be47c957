"""The letters of a folder: how far each has come, their queues, and that twenty thousand of them are not felt."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.store.made import decision
from tests.store.made import scan as made_scan

from markup_assistant.markup import Decision, Markup, Outcome, holding, in_conflict
from markup_assistant.review.intents import Queue
from markup_assistant.review.pile import Entry, Pile, Standing
from markup_assistant.store.values import Scan
from markup_assistant.suggest.sketch import SIZE, to_bytes

ROOT = Path("/drev/breve")
MANY = 20_000
GENEROUS = 10
"""How many times longer than it is to take something may take on a busy machine."""


def pile(*names: str, blind: float = 0.0, route: Callable[[str], str] = lambda _: "") -> Pile:
    made = Pile(ROOT, blind, route)
    made.fill([ROOT / name for name in names], {}, {}, {})
    return made


def scan(name: str, **more: object) -> Scan:
    return made_scan(name, **({"content": f"{name}-1", "sketch": b"", "error": ""} | more))


def decided(name: str, **more: object) -> Decision:
    return decision(name, **({"content": f"{name}-1"} | more))


def entry(made: Pile, name: str) -> Entry:
    found = made.get(name)
    assert found is not None
    return found


def standing(one: Entry) -> Standing:
    return one.standing


def names(made: Pile, queue: Queue, **who: str) -> list[str]:
    return [one.name for one in made.queue(queue, **who)]


def test_a_letter_comes_from_open_over_decided_to_changed() -> None:
    made = pile("a.txt")
    one = entry(made, "a.txt")
    assert standing(one) is Standing.OPEN
    made.learn(one, scan("a.txt"))
    assert standing(one) is Standing.OPEN
    made.decided([decided("a.txt")])
    assert standing(one) is Standing.DECIDED
    made.learn(one, scan("a.txt", content="a.txt-2"))
    assert standing(one) is Standing.CHANGED
    made.decided([decided("a.txt", content="a.txt-2", supersedes=(one.heads[0].id,))])
    assert standing(one) is Standing.DECIDED


def test_what_was_withdrawn_is_open_again() -> None:
    made = pile("a.txt")
    first = decided("a.txt")
    made.decided([first])
    made.decided([decided("a.txt", outcome=Outcome.WITHDRAWN, markup=Markup(), supersedes=(first.id,))])
    assert entry(made, "a.txt").standing is Standing.OPEN
    assert made.progress().decided == 0


def test_a_letter_that_cannot_be_read_waits_without_being_asked_about() -> None:
    made = pile("a.txt", "b.txt")
    made.learn(entry(made, "a.txt"), scan("a.txt", content="", error="DamagedError"))
    assert entry(made, "a.txt").standing is Standing.UNREADABLE
    assert names(made, Queue.ALL) == ["b.txt"]
    made.learn(entry(made, "a.txt"), scan("a.txt"))
    assert names(made, Queue.ALL) == ["a.txt", "b.txt"]


def test_decisions_that_agree_are_no_conflict_and_the_latest_holds() -> None:
    first, second = decided("a.txt"), decided("a.txt", person="Ole Prøve")
    assert not in_conflict((first, second))
    assert holding((first, second)) == second
    other = decided("a.txt", markup=Markup("05.09.02"))
    assert in_conflict((first, other))
    assert in_conflict((first, decided("a.txt", outcome=Outcome.LEFT_ALONE, markup=Markup())))
    assert holding(()) is None


def test_a_decision_takes_the_place_of_those_that_it_supersedes_only() -> None:
    made = pile("a.txt")
    first, second = decided("a.txt"), decided("a.txt", markup=Markup("05.09.02"))
    made.decided([first, second])
    assert entry(made, "a.txt").standing is Standing.CONFLICT
    third = decided("a.txt", markup=Markup("05.09.02"), supersedes=(first.id,))
    assert made.decided([third]) == (entry(made, "a.txt"),)
    assert entry(made, "a.txt").heads == (second, third)
    assert entry(made, "a.txt").standing is Standing.DECIDED


def test_a_decision_that_is_known_already_changes_nothing() -> None:
    made = pile("a.txt")
    first = decided("a.txt")
    assert len(made.decided([first])) == 1
    assert made.decided([first, decided("elsewhere.txt")]) == ()
    assert made.progress().decided == 1


def test_queues_have_the_letters_that_they_name() -> None:
    made = pile("a.txt", "b.txt", "c.txt", "d.txt", "e.txt", route=lambda subject: {"05.09.02": "parkering"}[subject])
    for name, verdict, sure in (("a.txt", "sure", 0.9), ("b.txt", "unsure", 0.3), ("c.txt", "unsure", 0.1)):
        made.learn(entry(made, name), scan(name, verdict=verdict, confidence=sure, subject="05.09.02"))
    made.learn(entry(made, "e.txt"), scan("e.txt", content="e.txt-2", verdict="check", subject="05.09.02"))
    made.decided([decided("a.txt"), decided("e.txt")])
    entry(made, "b.txt").skipped = True
    entry(made, "c.txt").assigned = "Ole Prøve"
    assert names(made, Queue.ALL) == ["b.txt", "c.txt", "d.txt", "e.txt"]
    assert names(made, Queue.UNSURE) == ["c.txt", "b.txt", "e.txt", "d.txt"]
    assert names(made, Queue.CHANGED) == ["e.txt"]
    assert names(made, Queue.CONFLICTS) == []
    assert names(made, Queue.SKIPPED) == ["b.txt"]
    assert names(made, Queue.MINE, person="Ole Prøve") == ["c.txt"]
    assert names(made, Queue.MINE, person="Mette Prøve") == []
    assert names(made, Queue.DECIDED) == ["a.txt", "e.txt"]
    assert names(made, Queue.ALL, department="parkering") == ["b.txt", "c.txt", "e.txt"]
    assert names(made, Queue.ALL, department="jobcenter") == []


def test_the_counts_follow_whatever_happens() -> None:
    made = pile("a.txt", "b.txt", "c.txt")
    made.learn(entry(made, "a.txt"), scan("a.txt", verdict="sure"))
    made.learn(entry(made, "a.txt"), scan("a.txt", verdict="check"))
    made.learn(entry(made, "b.txt"), scan("b.txt", verdict="sure"))
    first = decided("a.txt")
    made.decided([first])
    made.decided([decided("a.txt", supersedes=(first.id,))])
    progress = made.progress()
    assert (progress.total, progress.decided, progress.read, progress.sure) == (3, 1, 2, 1)


def test_letters_that_were_there_stay_themselves_when_the_folder_is_looked_through() -> None:
    made = Pile(ROOT, 0.0, lambda _: "")
    first = made.add(ROOT / "b.txt")
    assert made.add(ROOT / "b.txt") is first
    held = decided("b.txt")
    made.fill([ROOT / "a.txt", ROOT / "b.txt"], {"b.txt": (held,)}, {"a.txt": scan("a.txt")}, {"b.txt": "Ole Prøve"})
    assert entry(made, "b.txt") is first
    assert (first.place, first.heads, first.assigned) == (2, (held,), "Ole Prøve")
    assert entry(made, "a.txt").content == "a.txt-1"
    assert made.complete


def test_a_letter_with_a_cpr_number_in_its_name_is_known_again_once_it_was_read() -> None:
    """Its name in the store has a part of its content in it, which only reading tells."""
    content = "0123456789"
    path = ROOT / "010203-0000.txt"
    stored = Pile(ROOT, 0.0, lambda _: "").name_of(path, content)
    assert "010203" not in stored
    made = Pile(ROOT, 0.0, lambda _: "")
    made.fill([path], {stored: (decided(stored, content=content),)}, {}, {stored: "Ole Prøve"})
    (one,) = made
    made.learn(one, scan(stored, content=content))
    assert one.standing is Standing.DECIDED
    assert one.assigned == "Ole Prøve"
    assert made.progress().decided == 1


def test_two_letters_whose_names_differ_only_in_the_cpr_number_are_two() -> None:
    made = Pile(ROOT, 0.0, lambda _: "")
    paths = [ROOT / "010203-0000.txt", ROOT / "310299-9999.txt"]
    first, second = (made.add(path) for path in paths)
    assert first is not second
    made.fill(paths, {}, {}, {})
    assert [one.path for one in made] == paths
    for place, one in enumerate(made):
        content = f"{place}" * 10
        made.learn(one, scan(made.name_of(one.path, content), content=content))
    assert len({one.name for one in made}) == 2
    assert all(made.get(one.name) is one for one in made)


def test_letters_that_look_alike_are_found_most_alike_first() -> None:
    made = pile("a.txt", "b.txt", "c.txt", "d.txt", "e.txt")
    draw = np.random.default_rng(2026)
    first = draw.integers(1, 2**32, SIZE, dtype=np.uint32)
    near, far = first.copy(), first.copy()
    near[:10] += 1
    far[:40] += 1
    other = draw.integers(1, 2**32, SIZE, dtype=np.uint32)
    for name, sketch in (("a.txt", first), ("b.txt", far), ("c.txt", near), ("d.txt", other)):
        made.learn(entry(made, name), scan(name, sketch=to_bytes(sketch)))
    found = made.alike(entry(made, "a.txt"))
    assert [one.name for one, _ in found] == ["c.txt", "b.txt"]
    assert found[0][1] > found[1][1]
    assert made.alike(entry(made, "e.txt")) == ()


@pytest.fixture(scope="module")
def many() -> Pile:
    """Twenty thousand letters that were read, in families of ten; every third is decided."""
    draw = np.random.default_rng(2026)
    families = draw.integers(1, 2**32, (MANY // 10, SIZE), dtype=np.uint32)
    scans: dict[str, Scan] = {}
    heads: dict[str, tuple[Decision, ...]] = {}
    plain, held = scan("x"), decided("x")
    for place in range(MANY):
        name = f"{place:05}.txt"
        sketch = families[place // 10].copy()
        sketch[place % 10 * 5 : place % 10 * 5 + 5] += 1
        verdict = ("sure", "check", "unsure")[place % 3]
        scans[name] = replace(plain, letter=name, content=name, verdict=verdict, sketch=to_bytes(sketch))
        if place % 3 == 0:
            heads[name] = (replace(held, id=f"{place}", letter=name, content=name),)
    made = Pile(ROOT, 5.0, lambda _: "parkering")
    made.fill([ROOT / name for name in scans], heads, scans, {})
    return made


def spent(do: Callable[[], object]) -> float:
    """Return the milliseconds of this process that a call takes, the least of five."""
    best = float("inf")
    for _ in range(5):
        begun = time.process_time()
        do()
        best = min(best, time.process_time() - begun)
    return best * 1000


def test_in_twenty_thousand_letters_what_every_key_asks_for_is_not_felt(many: Pile) -> None:
    one = many.entries()[10_000]
    many.alike(one)  # weighs the words of all letters; that is kept
    assert len(many.alike(one)) == 9
    assert spent(many.progress) < 0.1 * GENEROUS
    assert spent(lambda: many.belongs(one, Queue.ALL)) < 0.1 * GENEROUS
    assert spent(lambda: many.alike(one)) < 20 * GENEROUS
    first = decided(one.name, id="new", content=one.content)
    assert (
        spent(lambda: many.decided([replace(first, id=f"{time.process_time()}", supersedes=("new",))])) < 1 * GENEROUS
    )


def test_in_twenty_thousand_letters_a_queue_is_made_in_no_time(many: Pile) -> None:
    assert len(many.queue(Queue.CHANGED)) == 0
    assert len(many.queue(Queue.DECIDED)) >= MANY // 3
    assert spent(lambda: many.queue(Queue.UNSURE)) < 100 * GENEROUS
