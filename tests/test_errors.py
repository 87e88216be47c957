"""Every error speaks Danish and English, with the facts that it carries."""

import pickle
import re
import string

import pytest

from markup_assistant import errors
from markup_assistant.errors import AssistantError, CatalogueError, SettingsError
from markup_assistant.texts import LANGUAGES, get_texts

CLASSES = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, AssistantError)]


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def facts_of(kind: type[AssistantError]) -> set[str]:
    """The facts that a class and those above it name in their docstrings."""
    named: set[str] = set()
    for one in kind.__mro__:
        docstring = one.__dict__.get("__doc__") or "" if issubclass(one, AssistantError) else ""
        _, _, facts = docstring.partition("Facts:")
        named |= set(re.findall(r"``([a-z]+)``", facts))
    return named


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_says_what_happened_and_what_to_do(kind: type[AssistantError], language: str) -> None:
    texts = get_texts(language)
    for part in ("what", "do"):
        sentence = texts(f"errors.{kind.__name__}.{part}")
        assert sentence[0].isupper()
        assert sentence.rstrip('"')[-1] in ".?]", "a sentence ends"
        assert placeholders(sentence) <= facts_of(kind), "a sentence names only facts that the class promises"


def test_no_sentence_is_left_of_an_error_that_is_gone() -> None:
    named = {key.split(".")[1] for key in get_texts("da").keys() if key.startswith("errors.")}  # noqa: SIM118
    assert named == {kind.__name__ for kind in CLASSES}


def test_both_languages_say_the_same_things_with_the_same_facts() -> None:
    danish, english = get_texts("da"), get_texts("en")
    assert danish.keys() == english.keys()
    for key in danish.keys():  # noqa: SIM118 - Texts is no mapping
        assert placeholders(danish(key)) == placeholders(english(key)), key


def test_a_reason_is_said_in_the_language_of_the_reader() -> None:
    error = SettingsError(
        file="markup.yaml",
        line=3,
        reason="reasons.settings.value",
        key="jobs",
        expected="reasons.expected.whole",
        low=0,
        high=64,
        got="mange",
    )
    assert "Linje 3: jobs skal være et helt tal fra 0 til 64, men er mange." in error.what(get_texts("da"))
    assert "Line 3: jobs should be a whole number from 0 to 64, but is mange." in error.what(get_texts("en"))


def test_an_error_survives_a_process_border() -> None:
    error = CatalogueError(file="subjects.csv", reason="reasons.catalogue.twice", line=4, got="05.09.00")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is CatalogueError
    assert str(again) == str(error)


def test_braces_in_a_fact_stay_as_they_are() -> None:
    error = CatalogueError(file="{file}{0}.csv", reason="{reason}")
    assert "{file}{0}.csv" in error.what()
