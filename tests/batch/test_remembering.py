"""The memory keeps in step with the store: of this run, of the next, and of others."""

import threading
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from markup_assistant import Assistant, Letter
from markup_assistant.batch.remembering import StoreMemory, current_memory, drop_memory, memory_file, ready_memory
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import Choice, Decision, How, Markup, Outcome, Part
from markup_assistant.settings import Settings
from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store
from markup_assistant.store.values import KeptLetter

TEXT = """Dit Holdekort udløber

Kære Else

Dit Holdekort til zone 4 gælder til den 1. marts 2026. Vil du stadig have bilen stående ved dit hjem, skal du bestille
et nyt Holdekort. Det koster 350 kr. om året. Husk, at Holdekortet skal ligge synligt i forruden.
"""
LOCAL = "05.09.00"


@cache
def assistant() -> Assistant:
    return Assistant()


def letter() -> Letter:
    return read_bytes(TEXT.encode(), "holdekort.txt")


def decision(number: int, *, subject: str = LOCAL, how: How = How.TYPED, **changes: object) -> Decision:
    values = {
        "id": f"00000000-0000-4000-8000-{number:012d}",
        "letter": "holdekort.txt",
        "content": "a" * 64,
        "outcome": Outcome.MARKED,
        "person": "Birthe",
        "at": datetime(2026, 3, 1, tzinfo=UTC),
        "markup": Markup(subject, "G01"),
        "choices": {Part.SUBJECT: Choice(how)},
    }
    return Decision(**(values | changes))  # type: ignore[arg-type]  # the fields of a decision


def keep(store: Store, text: str = TEXT) -> None:
    store.keep_letter(KeptLetter("holdekort.txt", "a" * 64, "holdekort.txt", text, datetime(2026, 3, 1, tzinfo=UTC)))


def suggested(memory: StoreMemory) -> str:
    return assistant().suggest(letter(), memory=memory.memory).subjects[0].value


def test_a_decision_counts_for_the_next_letter_in_this_run_and_in_others(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "s.db"))
    with open_store(settings.store) as store, open_store(settings.store) as theirs:
        mine, other = (StoreMemory(settings, assistant(), one) for one in (store, theirs))
        mine.load()
        other.load()
        assert suggested(mine) != LOCAL
        keep(store)
        store.add(decision(1))
        mine.decided(decision(1), letter())
        assert suggested(mine) == LOCAL
        other.refresh()
        assert suggested(other) == LOCAL


def test_a_decision_that_was_taken_back_no_longer_counts(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "s.db"))
    with open_store(settings.store) as store:
        memory = StoreMemory(settings, assistant(), store)
        keep(store)
        store.add(decision(1))
        memory.refresh()
        assert suggested(memory) == LOCAL
        undone = decision(2, outcome=Outcome.WITHDRAWN, markup=Markup(), supersedes=(decision(1).id,))
        store.add(undone)
        memory.refresh()
        assert suggested(memory) != LOCAL


def test_what_people_disagree_about_does_not_count(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "s.db"))
    with open_store(settings.store) as store:
        memory = StoreMemory(settings, assistant(), store)
        keep(store)
        store.add(decision(1), decision(2, subject="05.09.08", person="Carl"))
        memory.refresh()
        assert len(memory.memory) == 0


def test_without_kept_text_only_the_run_that_decided_remembers(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "s.db"), store_text="none")
    with open_store(settings.store) as store:
        keep(store, text="")
        store.add(decision(1))
        mine, other = (StoreMemory(settings, assistant(), store) for _ in range(2))
        mine.decided(decision(1), letter())
        other.refresh()
        assert (len(mine.memory), len(other.memory)) == (1, 0)


def test_the_next_run_finds_the_memory_without_opening_the_store(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "s.db"))
    assert current_memory(settings, assistant()) is None
    with open_store(settings.store) as store:
        keep(store)
        store.add(decision(1))
    assert ready_memory(settings) is None
    found = current_memory(settings, assistant())
    assert found is not None
    assert len(found) == 1
    ready = ready_memory(settings)
    assert ready is not None
    assert len(ready) == 1
    with open_store(settings.store) as store:
        store.add(decision(2, subject="05.09.08", supersedes=(decision(1).id,)))
    assert ready_memory(settings) is None, "something was decided since"
    again = current_memory(settings, assistant())
    assert again is not None
    assert again.items()[0][1].markup.subject == "05.09.08"


def test_another_model_remembers_anew(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "s.db"))
    with open_store(settings.store) as store:
        keep(store)
        store.add(decision(1))
    assert current_memory(settings, assistant()) is not None
    other = Settings(store=settings.store, model=str(tmp_path / "another model"))
    assert ready_memory(other) is None


def test_nothing_is_left_of_a_forgotten_letter(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "s.db"))
    with open_store(settings.store) as store:
        keep(store)
        store.add(decision(1))
        current_memory(settings, assistant())
        assert memory_file(settings).is_file()
        store.forget("holdekort.txt")
    drop_memory(settings)
    assert not memory_file(settings).is_file()
    found = current_memory(settings, assistant())
    assert found is None or len(found) == 0


def test_catching_up_stops_when_told(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "s.db"))
    with open_store(settings.store) as store:
        for number in range(20):
            name = f"{number}.txt"
            store.keep_letter(KeptLetter(name, "a" * 64, name, TEXT, datetime(2026, 3, 1, tzinfo=UTC)))
            store.add(decision(number, letter=name))
        memory = StoreMemory(settings, assistant(), store)
        memory.load()
        stopped = threading.Event()
        stopped.set()
        memory.catch_up(stopped)
        assert 0 < len(memory.memory) < 20
        memory.keep()
        again = StoreMemory(settings, assistant(), store)
        again.load()
        again.catch_up(threading.Event())
        assert len(again.memory) == 20
