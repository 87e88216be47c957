"""One list of what can be done, behind keys, palette, help and typing."""

from collections import Counter
from dataclasses import replace

import pytest
from tests.review.test_grammar import settings_by_name

from markup_assistant.review.commands import COMMANDS, Command, command_for
from markup_assistant.review.grammar import Understood, understand
from markup_assistant.review.intents import Accept, Browse, ChooseFacet, ChooseTarget, Help, Pick, Search
from markup_assistant.texts import get_texts

SAID_WITH_A_VALUE = {"browse": (Search, Browse), "facets": (ChooseFacet,), "targets": (ChooseTarget,)}
"""Commands whose key opens a list: typing names what would be chosen there."""

DIGITS = {command.id for command in COMMANDS if isinstance(command.intent, Pick)}


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_command_has_its_words(language: str) -> None:
    texts = get_texts(language)
    for command in COMMANDS:
        assert texts(f"review.command.{command.id}.short")
        assert texts(f"review.command.{command.id}.say")
        assert not command.shown or texts(f"review.key.{command.id}")


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_what_the_help_says_can_be_typed_is_understood(command: Command, language: str) -> None:
    for said in get_texts(language)(f"review.command.{command.id}.say").split(" · "):
        understood = understand(said, replace(settings_by_name()["kort"], listed=9 if command.id in DIGITS else 0))
        assert isinstance(understood, Understood), (said, understood)
        (intent,) = understood.intents
        if command.id in SAID_WITH_A_VALUE:
            assert isinstance(intent, SAID_WITH_A_VALUE[command.id])
        else:
            assert intent == command.intent


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("review.said.queue_done", 1),
        ("review.said.conflict_made", 1),
        ("review.said.alike_left", 1),
        ("review.said.alike_how", 2),
        ("review.said.propagated", 1),
        ("review.said.no_subject", 1),
        ("review.said.no_action_for_detail", 1),
        ("review.said.refused_actions", 1),
        ("review.said.try_help", 1),
        ("review.plain.welcome", 2),
        ("review.plain.more", 1),
    ],
)
def test_what_sentences_say_can_be_typed_is_understood(key: str, lines: int, language: str) -> None:
    """It stands between quotation marks there."""
    typed = [part.split("”")[0] for part in get_texts(language)(key).split("“")[1:]]
    assert len(typed) == lines
    for line in typed:
        understood = understand(line, settings_by_name()["kort"])
        assert isinstance(understood, Understood), line
        assert not any(isinstance(intent, Search) for intent in understood.intents), line


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("part", ["subject", "facet", "actions", "target"])
def test_the_examples_of_the_help_about_a_part_are_understood(part: str, language: str) -> None:
    said = get_texts(language)(f"review.help.{part}")
    if part == "subject":
        examples = [piece.split(")")[0] for piece in said.split("(")[1:]]
    else:
        examples = said.rpartition(": ")[2].split(" · ")
    assert examples
    for example in examples:
        understood = understand(example, settings_by_name()["regning" if "bel" in example else "kort"])
        assert isinstance(understood, Understood), example
        assert part == "subject" or not isinstance(understood.intents[0], Search), example


def test_no_key_is_used_twice() -> None:
    counts = Counter(key for command in COMMANDS for key in command.keys)
    assert [key for key, count in counts.items() if count > 1] == []
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_letters_and_digits_go_into_the_line_once_something_is_typed() -> None:
    assert command_for("1", empty=True) == next(command for command in COMMANDS if command.id == "pick1")
    assert command_for("1", empty=False) is None
    assert command_for("left", empty=False) is None
    enter = command_for("enter", empty=True)
    assert enter is not None
    assert enter.intent == Accept()
    assert command_for("enter", empty=False) is None


def test_function_keys_count_whatever_is_typed() -> None:
    for key in ("f1", "f2", "f3", "f8", "ctrl+s", "ctrl+z", "ctrl+q", "ctrl+n"):
        assert command_for(key, empty=False) == command_for(key, empty=True) is not None
    found = command_for("f1", empty=False)
    assert found is not None
    assert found.intent == Help()
    assert command_for("f12", empty=True) is None
