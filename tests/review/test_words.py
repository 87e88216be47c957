"""Values as sentences, in Danish and in English."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import Formatter

import pytest
from tests.store.made import decision

from markup_assistant import Assistant
from markup_assistant.markup import ACTION_CODES, DETAILS, Action, Detail, FieldRef, How, Markup, Outcome, Part
from markup_assistant.review import intents
from markup_assistant.review.intents import Intent, Queue
from markup_assistant.review.words import Words
from markup_assistant.settings import Settings
from markup_assistant.texts import get_texts

PAYMENT = Action("BETALING", "Betal", {"amount": "420.00", "due": FieldRef("Frist")})
PARKING = Markup("05.09.02", "G01", (PAYMENT,), "parkering")


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(Settings())


@pytest.fixture(scope="module", params=["da", "en"])
def words(request: pytest.FixtureRequest, assistant: Assistant) -> Words:
    return Words(assistant.catalogue, assistant.organisation, get_texts(request.param))


@pytest.fixture(scope="module")
def danish(assistant: Assistant) -> Words:
    return Words(assistant.catalogue, assistant.organisation, get_texts("da"))


def every_intent() -> Iterator[Intent]:
    """Yield an intent of every kind, in every form that is said differently."""
    yield from (intents.Accept(), intents.Refuse(), intents.LeaveAlone(), intents.Skip(), intents.Undo())
    yield from (intents.Next(), intents.Previous(), intents.Quit(), intents.Help(), intents.Help("actions"))
    yield from (intents.Pick(2), intents.ChooseSubject("05.09.02"), intents.ChooseFacet("K02"))
    yield from (intents.ChooseTarget("parkering"), intents.Search("parkering"), intents.GoTo("licens"))
    yield from (intents.Browse(""), intents.Browse("05"), intents.Browse("05.09"), intents.Why(), intents.Why(place=2))
    yield from (intents.Why(part) for part in Part)
    yield from (intents.AddAction(code) for code in ACTION_CODES)
    yield from (intents.RemoveAction(code) for code in ("", *ACTION_CODES))
    for code in ACTION_CODES:
        values: tuple[Detail, ...] = ("2026-03-05T10:00", "", FieldRef("Dato", "Tid"))
        for name, value in product((*DETAILS[code], "label"), values):
            yield from (intents.SetDetail(name, value, code), intents.SetDetail(name, value))
    yield from (intents.Compare("05.09.02", "05.09.04"), intents.Propagate(), intents.Propagate((1, 3)))
    yield from (intents.ChooseQueue(queue, department) for queue, department in product(Queue, ("", "parkering")))
    yield from (intents.Assign(person) for person in ("", "me", "Ole Prøve"))
    shown = "memo similar changes history letter progress facets targets queues conflict number".split()
    yield from (intents.Show(what) for what in shown)


def test_every_intent_can_be_offered_as_a_choice(words: Words) -> None:
    for intent in every_intent():
        said = words.intent(intent)
        assert said == said.strip()
        assert said
        assert "{" not in said.replace("{Dato", "")


def test_different_intents_are_said_differently(danish: Words) -> None:
    said: dict[str, Intent] = {}
    for intent in every_intent():
        if isinstance(intent, intents.Help) or (isinstance(intent, intents.SetDetail) and not intent.code):
            continue  # help is help, and of a detail the words need not name the action
        named = danish.intent(intent)
        known = said.setdefault(named, intent)
        same_detail = isinstance(intent, intents.SetDetail) and isinstance(known, intents.SetDetail)
        assert known == intent or same_detail or intent == intents.Why(Part.SUBJECT), named


def test_to_take_a_letter_oneself_is_not_said_in_code(danish: Words) -> None:
    assert "me" not in danish.intent(intents.Assign("me")).split()


def test_a_subject_that_the_edition_no_longer_has_is_said_by_its_number(words: Words) -> None:
    assert words.subject("99.99.99") == "99.99.99"
    assert words.facet("Q99") == "Q99"
    assert words.target("nedlagt") == "nedlagt"
    assert words.subject("05.09.02").startswith("05.09.02 ")


def test_a_markup_is_one_line_with_what_it_has(danish: Words) -> None:
    said = danish.markup(PARKING)
    assert said.startswith("05.09.02 ")
    for wanted in ("G01 ", "betaling (beløb 420.00, frist flettefeltet Frist)", "Parkering"):
        assert wanted in said
    assert danish.markup(Markup()) == "ingen handlinger"


def test_a_probability_is_never_certain_or_impossible(words: Words) -> None:
    assert words.percent(0.9999) == "99 %"
    assert words.percent(0.0001) == "1 %"
    said = [words.confidence(share) for share in (0.01, 0.3, 0.7, 0.95)]
    assert len({line.split("  ")[0].rstrip(" 0123456789%") for line in said}) == 4


def test_only_what_has_changed_is_said(danish: Words) -> None:
    assert danish.changed(PARKING, PARKING) == danish.texts("review.said.as_it_is")
    changed = danish.changed(PARKING, Markup("05.09.02", "K02", (), "parkering"))
    assert "K02" in changed
    assert "ingen handlinger" in changed
    assert "05.09.02" not in changed
    assert "Parkering" not in changed


def test_what_was_kept_is_said_with_the_letter(words: Words) -> None:
    assert "plads.docx" in words.decided(decision("breve/plads.docx"))
    alone = words.decided(decision("breve/plads.docx", outcome=Outcome.LEFT_ALONE, markup=Markup()))
    assert "plads.docx" in alone


def test_words_of_the_letter_are_shortened_and_on_one_line(words: Words) -> None:
    said = words.quoted(["to\nlinjer", "x" * 500])
    assert "\n" not in said
    assert "“to linjer”" in said
    assert len(said) < 100


def test_no_cpr_number_is_said_with_the_name_of_a_file(words: Words) -> None:
    assert "010203" not in words.path(Path("breve/010203-0000 afgørelse.docx"))


def test_every_way_of_choosing_and_every_part_has_its_words(words: Words) -> None:
    keys = [f"review.how.{how.value}" for how in How] + [f"review.part.{part.value}" for part in Part]
    keys += [f"review.{group}.{code}" for group in ("action", "todo") for code in ACTION_CODES]
    assert all(words.texts(key) for key in keys)


def test_both_languages_name_the_same_facts() -> None:
    danish, english = get_texts("da"), get_texts("en")
    keys = {key for key in danish.keys() | english.keys() if key.startswith("review.")}
    assert len(keys) > 200
    for key in sorted(keys):
        facts = [{name for _, name, _, _ in Formatter().parse(texts(key)) if name} for texts in (danish, english)]
        assert facts[0] == facts[1], key


def test_the_english_is_no_copy_of_the_danish() -> None:
    danish, english = get_texts("da"), get_texts("en")
    sentences = [key for key in sorted(danish.keys()) if key.startswith("review.") and " " in danish(key)]
    words = [key for key in sentences if re.search("[a-zæøå]{3}", re.sub(r"\{\w+\}", "", danish(key)))]
    assert {key for key in words if danish(key) == english(key)} <= {
        "review.command.browse.say",
        "review.command.facets.say",
    }
    assert not [key for key in words if re.search("[æøåÆØÅ]", english(key))]
