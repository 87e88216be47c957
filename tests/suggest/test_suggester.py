"""The whole suggestion of a letter, and what must never be in it."""

import json

import pytest

from markup_assistant import Assistant
from markup_assistant.batch.rows import suggestion_row
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import Verdict
from markup_assistant.settings import Settings

LETTER = """Indkaldelse til opfølgningssamtale om dine sygedagpenge

Vi indkalder dig, 010190-0000, til samtale torsdag den 5. marts 2026 kl. 10.00-11.30 på Jobcentret, 010190 0000.

Udfyld skemaet på https://www.by.example/skema?cpr=0101900000 inden samtalen.
"""


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(Settings())


def written(assistant: Assistant, text: str) -> str:
    suggestions = assistant.suggest(read_bytes(text.encode(), "brev.txt"), 10)
    return json.dumps(suggestion_row(suggestions, assistant.catalogue, assistant.organisation), ensure_ascii=False)


def test_no_cpr_number_comes_out_in_reasons_details_or_links(assistant: Assistant) -> None:
    row = written(assistant, LETTER)
    assert "15.17" in row
    for number in ("010190", "0101900000"):
        assert number not in row


def test_a_cpr_number_is_shown_to_who_asks_for_it() -> None:
    assert "010190-0000" in written(Assistant(Settings(show_cpr=True)), LETTER)


def test_the_target_does_not_depend_on_how_many_subjects_are_shown(assistant: Assistant) -> None:
    letter = read_bytes(LETTER.encode(), "brev.txt")
    assert assistant.suggest(letter, 1).targets == assistant.suggest(letter, 5).targets


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("Your application has been received and will be answered as soon as possible by our office.", "language"),
        ("qqxz wwvq zzxq", "unknown-words"),
    ],
)
def test_what_nothing_can_be_said_about_is_left_alone(assistant: Assistant, text: str, why: str) -> None:
    found = assistant.suggest(read_bytes(text.encode(), "brev.txt"))
    assert (found.verdict, found.abstained) == (Verdict.UNSURE, why)
    assert (found.subjects, found.facets, found.actions, found.targets) == ((), (), (), ())


def test_fields_alone_are_no_text_in_another_language(assistant: Assistant) -> None:
    template = "Regning for SFO\n\n{ MERGEFIELD Elev } { MERGEFIELD Modul } { MERGEFIELD Pris } { MERGEFIELD Forfald }"
    assert assistant.suggest(read_bytes(template.encode(), "brev.txt")).abstained == ""


def test_a_suggestion_names_its_model_and_edition(assistant: Assistant) -> None:
    found = assistant.suggest(read_bytes(LETTER.encode(), "brev.txt"))
    assert (found.model, found.catalogue) == (assistant.model.name, "KLE 2026-02")
