"""What is decided is kept as it was decided, and nobody's decision pushes another one out."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.made import MORNING, PARKING, decision, later

from markup_assistant.errors import DecisionDiffersError
from markup_assistant.markup import ACTION_CODES, Action, Choice, Decision, FieldRef, How, Markup, Outcome, Part
from markup_assistant.store.store import Store


def test_a_decision_comes_back_as_it_was_made(store: Store) -> None:
    made = decision(supersedes=(str(uuid4()), str(uuid4())), source=str(uuid4()), blind=True)
    store.add(made)
    assert store.heads(made.letter) == (made,)
    assert store.history(made.letter) == (made,)
    assert tuple(store.decisions()) == (made,)


def test_a_letter_that_was_never_decided_has_no_heads(store: Store) -> None:
    assert store.heads("intet.docx") == store.history("intet.docx") == ()
    assert store.all_heads() == {}


def test_a_later_decision_holds_and_the_former_stays_in_the_history(store: Store) -> None:
    first = decision()
    second = decision(supersedes=(first.id,), at=later(5), markup=replace(PARKING, subject="27.36.04"))
    store.add(first)
    store.add(second)
    assert store.heads(first.letter) == (second,)
    assert store.history(first.letter) == (first, second)


def test_two_who_decide_without_seeing_each_other_both_stand_until_it_is_settled(
    store: Store, colleague: Store
) -> None:
    first = decision()
    store.add(first)
    mine = decision(supersedes=(first.id,), person="Mette Prøvesen", at=later(1))
    yours = decision(supersedes=(first.id,), person="Ali Opdigtet", at=later(2), markup=Markup("27.36.04"))
    colleague.add(yours)
    store.add(mine)
    assert store.heads(first.letter) == colleague.heads(first.letter) == (yours, mine)
    settled = decision(supersedes=(yours.id, mine.id), at=later(3))
    colleague.add(settled)
    assert store.all_heads() == {first.letter: (settled,)}


def test_undo_is_a_decision_too(store: Store) -> None:
    first = decision()
    undone = decision(outcome=Outcome.WITHDRAWN, markup=Markup(), supersedes=(first.id,), source=first.id, choices={})
    store.add(first, undone)
    assert store.heads(first.letter) == (undone,)
    assert store.heads(first.letter)[0].outcome is Outcome.WITHDRAWN


def test_a_decision_cannot_push_out_that_of_another_letter(store: Store) -> None:
    theirs = decision("breve/andet.docx")
    mine = decision("breve/plads.docx", supersedes=(theirs.id,))
    store.add(theirs, mine)
    assert store.heads("breve/andet.docx") == (theirs,)


def test_a_decision_that_is_sent_twice_is_kept_once(store: Store, colleague: Store) -> None:
    made = decision()
    store.add(made, made)
    colleague.add(made)
    # The same moment, seen from another time zone.
    store.add(replace(made, at=made.at.astimezone(timezone(timedelta(hours=1)))))
    assert store.history(made.letter) == (made,)


def test_another_decision_with_the_same_id_is_refused_with_all_that_came_with_it(store: Store) -> None:
    made, beside = decision(), decision("breve/andet.docx")
    store.add(made)
    with pytest.raises(DecisionDiffersError) as caught:
        store.add(beside, replace(made, seconds=99.0))
    assert made.id in caught.value.what()
    assert tuple(store.decisions()) == (made,)


def test_a_time_without_zone_is_refused_before_anything_is_written(store: Store) -> None:
    with pytest.raises(ValueError, match="2026"):
        store.add(decision(), decision(at=datetime(2026, 2, 3)))  # noqa: DTZ001 - that is the mistake
    assert tuple(store.decisions()) == ()


def test_times_come_back_to_the_microsecond_in_utc(store: Store) -> None:
    store.add(decision(at=datetime(2026, 7, 1, 0, 30, 0, 1, tzinfo=timezone(timedelta(hours=2)))))
    (kept,) = store.decisions()
    assert kept.at == datetime(2026, 6, 30, 22, 30, 0, 1, tzinfo=UTC)
    assert kept.at.tzinfo is UTC


def test_decisions_come_in_the_order_in_which_they_arrived_whatever_their_clocks_say(store: Store) -> None:
    made = [decision(f"{number}.docx", at=later(-number)) for number in range(2500)]
    store.add(*made)
    assert list(store.decisions()) == made
    assert [heads[0] for heads in store.all_heads().values()] == made


def test_another_process_hears_of_what_arrived_since_it_last_looked(store: Store, colleague: Store) -> None:
    first, second, third = decision("1.docx"), decision("2.docx"), decision("3.docx")
    store.add(first, second)
    heard, mark = colleague.since(0)
    assert heard == (first, second)
    assert mark == colleague.mark()
    assert colleague.since(mark) == ((), mark)
    store.add(third)
    assert colleague.since(mark)[0] == (third,)


def test_a_mark_stays_good_when_the_last_letter_is_forgotten(store: Store) -> None:
    store.add(decision("1.docx"), decision("2.docx"))
    _, mark = store.since(0)
    store.forget("2.docx")
    new = decision("3.docx")
    store.add(new)
    assert store.since(mark)[0] == (new,)


def test_the_models_that_were_used_are_named_in_order(store: Store) -> None:
    store.add(*(decision(model=model) for model in ("zebra", "", "default", "zebra")))
    assert store.models_used() == ("zebra", "default")


def test_threads_of_one_program_decide_at_once(store: Store) -> None:
    made = [[decision(f"{thread}/{number}.docx") for number in range(25)] for thread in range(4)]
    failed: list[Exception] = []

    def work(mine: list[Decision]) -> None:
        try:
            for one in mine:
                store.add(one)
                assert store.heads(one.letter) == (one,)
        except Exception as error:  # told in the thread that asserts
            failed.append(error)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert {one.id for one in store.decisions()} == {one.id for mine in made for one in mine}


# Any text at all, lone surrogates too; no digits, because what looks like a CPR number is masked.
TEXT = st.text(st.characters(exclude_categories=["Nd"]), max_size=40) | st.sampled_from(
    [
        "",
        "\x00",
        "\x1a",
        "\x1a0000",
        "\ud800",
        "a\udfffb",
        "👩‍👧 æøå",
        "\u202e\u00ad\ufeff",
        "'; DROP TABLE--",
        "x" * 10_000,
    ]
)
DETAIL = st.one_of(TEXT, st.builds(FieldRef, TEXT, TEXT))
ACTION = st.builds(Action, st.sampled_from(ACTION_CODES), TEXT, st.dictionaries(TEXT, DETAIL, max_size=3))
MARKUP = st.builds(Markup, TEXT, TEXT, st.lists(ACTION, max_size=3).map(tuple), TEXT)
CHOICES = st.dictionaries(
    st.sampled_from(Part), st.builds(Choice, st.sampled_from(How), st.integers(0, 999)), max_size=4
)
DECISION = st.builds(
    Decision,
    id=st.just(""),
    letter=TEXT,
    content=TEXT,
    outcome=st.sampled_from(Outcome),
    person=TEXT,
    at=st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    markup=MARKUP,
    choices=CHOICES,
    supersedes=st.lists(st.uuids().map(str), max_size=3, unique=True).map(tuple),
    source=st.just("") | st.uuids().map(str),
    seconds=st.floats(0, 1e6),
    model=TEXT,
    catalogue=TEXT,
    blind=st.booleans(),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DECISION)
def test_any_decision_comes_back_whatever_stands_in_it(store: Store, made: Decision) -> None:
    made = replace(made, id=str(uuid4()))
    store.add(made)
    assert made in store.heads(made.letter)
    assert made in store.history(made.letter)


def test_a_long_label_and_a_strange_name_come_back(store: Store) -> None:
    name = b"breve/\xff\xfe fra drevet.docx".decode("utf-8", "surrogateescape")
    label = "Æ" * 10_000 + "\x00\ud83d"
    made = decision(name, at=MORNING, markup=Markup(actions=(Action("INFORMATION", label),)))
    store.add(made)
    assert store.all_heads() == {name: (made,)}
