"""What was decided for a letter counts for the next one, and only for what is like it."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from markup_assistant import Assistant, Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import Action, FieldRef, How, Markup, Verdict
from markup_assistant.suggest.memory import NEAREST, TRUST, TWIN, Memory, Remembered
from markup_assistant.suggest.memory_file import read_memory, write_memory
from markup_assistant.suggest.recalled import AS_DECIDED, PREFIX
from markup_assistant.suggest.suggester import AS_BEFORE

HOLDEKORT = """Sandholm Kommune
Gader og Pladser

Dit Holdekort udløber

Kære {navn}

Dit Holdekort til zone {zone} gælder til den {dato}. Vil du stadig have bilen stående ved dit hjem, skal du bestille et
nyt Holdekort. Det koster {pris} kr. om året. Du kan bestille det på vores hjemmeside, hvor du også kan se kortet over
zonerne. Har du solgt bilen, skal du ikke gøre noget. Husk, at Holdekortet skal ligge synligt i forruden.

Med venlig hilsen
Gader og Pladser
"""
OTHER = """Sandholm Kommune
Børn og Læring

Dit barn er optaget i dagtilbud

Kære forældre

Vi har plads til jeres barn i børnehaven fra den 1. august. I skal svare senest den 1. juni, om I vil have pladsen.
"""


@cache
def assistant() -> Assistant:
    return Assistant()


def letter(text: str, name: str = "brev.txt", **values: str) -> Letter:
    filled = text.format(**({"navn": "Else", "zone": "4", "dato": "1. marts 2026", "pris": "350"} | values))
    return replace(read_bytes(filled.encode(), name))


def remembered(*decided: tuple[Letter, Markup], trust: float = 1.0) -> Memory:
    memory = Memory()
    for number, (one, markup) in enumerate(decided):
        memory.remember(f"breve/{number}.txt", Remembered(f"{number}.txt", markup, trust), assistant().trace(one))
    return memory


def first(found: Letter, memory: Memory | None = None, without: str = "") -> str:
    return assistant().suggest(found, memory=memory, without=without).subjects[0].value


LOCAL = Markup("05.09.00", "G01", (), "parkering")
"""A number that nobody would suggest for the letter by itself."""


def test_the_next_version_of_a_letter_gets_what_was_decided() -> None:
    assert first(letter(HOLDEKORT)) != LOCAL.subject
    memory = remembered((letter(HOLDEKORT), LOCAL))
    found = assistant().suggest(letter(HOLDEKORT, navn="Per", zone="7", dato="2. maj 2027", pris="375"), memory=memory)
    assert found.subjects[0].value == LOCAL.subject
    assert found.subjects[0].confidence == AS_DECIDED
    assert found.subjects[0].reason == f"{PREFIX}0.txt"
    assert found.verdict is Verdict.SURE
    assert [one.value for one in found.subjects].count(LOCAL.subject) == 1
    assert sum(one.confidence for one in found.subjects) <= 1.001


def test_facet_actions_and_target_come_along_with_the_letters_own_dates() -> None:
    pay = Action("BETALING", "Betal", MappingProxyType({"due": "2020-01-01", "amount": FieldRef("Pris")}))
    markup = Markup("05.09.00", "K02", (pay,), "borgerservice")
    found = assistant().suggest(letter(HOLDEKORT, navn="Per"), memory=remembered((letter(HOLDEKORT), markup)))
    assert found.facets[0].value == "K02"
    assert [one.value.code for one in found.actions] == ["BETALING"]
    assert found.actions[0].value.details.get("due") != "2020-01-01"
    assert "amount" not in found.actions[0].value.details or found.actions[0].value.details["amount"] != FieldRef(
        "Pris"
    )
    assert found.targets[0].value == "borgerservice"


def test_what_is_not_like_it_stays_as_it_was() -> None:
    memory = remembered((letter(HOLDEKORT), LOCAL))
    alone = assistant().suggest(letter(OTHER))
    with_memory = assistant().suggest(letter(OTHER), memory=memory)
    assert [one.value for one in with_memory.subjects] == [one.value for one in alone.subjects]


def test_a_decision_that_the_model_agreed_with_changes_no_ranking() -> None:
    agreed = Markup(first(letter(OTHER)), "G01")
    other = letter(OTHER.replace("børnehaven", "vuggestuen").replace("1. august", "1. oktober"))
    memory = remembered((letter(OTHER), agreed))
    assert first(other, memory) == first(other)


def test_a_letter_does_not_count_for_itself() -> None:
    memory = remembered((letter(HOLDEKORT), LOCAL))
    assert first(letter(HOLDEKORT), memory, without="breve/0.txt") == first(letter(HOLDEKORT))


def test_what_nobody_looked_at_is_not_remembered() -> None:
    memory = remembered((letter(HOLDEKORT), LOCAL), trust=TRUST[How.AUTOMATIC])
    assert len(memory) == 0
    assert first(letter(HOLDEKORT), memory) == first(letter(HOLDEKORT))


def test_a_letter_that_was_decided_again_counts_as_it_was_decided_last() -> None:
    memory = remembered((letter(HOLDEKORT), LOCAL))
    trace = assistant().trace(letter(HOLDEKORT))
    memory.remember("breve/0.txt", Remembered("0.txt", Markup("05.09.08", "G01")), trace)
    assert len(memory) == 1
    assert first(letter(HOLDEKORT, navn="Per"), memory) == "05.09.08"
    memory.forget("breve/0.txt")
    assert len(memory) == 0


def test_a_letter_like_one_that_was_left_alone_is_left_alone() -> None:
    memory = remembered((letter(HOLDEKORT), Markup()))
    found = assistant().suggest(letter(HOLDEKORT, navn="Per"), memory=memory)
    assert found.abstained == "left-alone-before"
    assert found.verdict is Verdict.UNSURE
    assert found.subjects == ()


def test_a_target_that_people_chose_again_and_again_comes_before_the_rules() -> None:
    texts = (OTHER, OTHER.replace("børnehaven", "dagplejen hos Karen"), OTHER.replace("1. juni", "7. juni"))
    subject = first(letter(OTHER))
    facet = assistant().suggest(letter(OTHER)).facets[0].value
    chosen = Markup(subject, facet, (), "borgerservice")
    memory = remembered(*((letter(text), chosen) for text in texts[:2]))
    other = letter("Plads i børnehave\n\nI har fået plads i børnehaven Solstrålen. Skriv til os, om I tager imod den.")
    found = assistant().suggest(other, memory=memory)
    if found.subjects[0].value == subject and found.facets[0].value == facet and not found.subjects[0].reason:
        assert (found.targets[0].value, found.targets[0].reason) == ("borgerservice", AS_BEFORE)
    assert memory.target_of(subject, facet) == "borgerservice"
    assert memory.target_of(subject, "A53") == ""


def test_only_the_likest_letters_count() -> None:
    many = [(letter(HOLDEKORT, navn=f"Navn{number}", zone=str(number)), LOCAL) for number in range(NEAREST + 5)]
    trace = assistant().trace(letter(HOLDEKORT))
    recall = remembered(*many).recall(trace.features, trace.values)
    assert len(recall.letters) == NEAREST
    assert list(recall.likeness) == sorted(recall.likeness, reverse=True)
    assert all(like <= 1.0 for like in recall.likeness)
    assert recall.likeness[0] > TWIN


def test_a_trace_says_nothing_that_can_be_read() -> None:
    trace = assistant().trace(letter(HOLDEKORT, navn="Else Margrethe Thorup"))
    assert trace.features.dtype == np.int32
    assert np.isclose(np.square(trace.values).sum(), 1.0, atol=1e-4)


def test_an_empty_text_is_neither_remembered_nor_recalled() -> None:
    empty = assistant().trace(letter("123"))
    memory = remembered((letter(HOLDEKORT), LOCAL))
    assert memory.recall(empty.features, empty.values).letters == ()
    memory.remember("tom.txt", Remembered("tom.txt", LOCAL), empty)
    assert "tom.txt" not in memory


def test_a_memory_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    pay = Action("BETALING", "Betal", MappingProxyType({"amount": FieldRef("Pris", "Tid")}))
    memory = remembered((letter(HOLDEKORT), Markup("05.09.00", "G01", (pay,), "parkering")), (letter(OTHER), LOCAL))
    file = tmp_path / "x" / "m.memory.npz"
    write_memory(file, memory, {"mark": 7})
    found = read_memory(file)
    assert found is not None
    back, note = found
    assert note == {"mark": 7}
    assert [(key, one) for key, one, _ in back.items()] == [(key, one) for key, one, _ in memory.items()]
    version = letter(HOLDEKORT, navn="Per")
    assert first(version, back) == first(version, memory)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY"])
def test_a_memory_file_that_is_none_is_no_error(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "m.npz"
    file.write_bytes(content)
    assert read_memory(file) is None
    assert read_memory(tmp_path / "absent.npz") is None


def test_twenty_thousand_remembered_letters_are_looked_through_in_no_time() -> None:
    import time

    memory = remembered((letter(HOLDEKORT), LOCAL))
    ((_, one, trace),) = memory.items()
    memory._letters = {str(number): (one, trace) for number in range(20_000)}  # by remember() this would take minutes
    memory._packed = None
    memory.recall(trace.features, trace.values)
    began = time.process_time()
    memory.recall(trace.features, trace.values)
    assert time.process_time() - began < 0.5
