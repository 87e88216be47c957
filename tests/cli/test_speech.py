"""Commands speak the user's language, whatever kind of value they take."""

from pathlib import Path

import click
import pytest

from markup_assistant.cli.context import CliContext
from markup_assistant.cli.speech import Verb
from markup_assistant.cli.usage import usage_lines
from markup_assistant.errors import SettingsError
from markup_assistant.settings import Settings
from markup_assistant.texts import get_texts


def refuse(_: click.Context, __: click.Parameter, value: str) -> str:
    if value == "x":
        raise click.BadParameter("det må ikke være x")
    return value


sample = Verb(
    "prøve",
    help="Prøver alle slags valg.",
    callback=lambda **_: None,
    params=[
        click.Argument(["folder"], required=False, metavar="cli.word.folder"),
        click.Option(["--format"], type=click.Choice(["csv", "jsonl"]), help="Format."),
        click.Option(["--count"], type=int),
        click.Option(["--limit"], type=float),
        click.Option(["--above"], type=click.FloatRange(0, 1)),
        click.Option(["--at-least"], type=click.IntRange(min=1)),
        click.Option(["--at-most"], type=click.FloatRange(max=9)),
        click.Option(["--file"], type=click.Path(exists=True)),
        click.Option(["--name"], callback=refuse, metavar="NAVN"),
        click.Option(["--must"], required=False),
    ],
)


def said(*arguments: str, language: str = "da") -> str:
    context = CliContext(Settings(), get_texts(language))
    with pytest.raises(click.UsageError) as caught:
        sample.make_context("prøve", list(arguments), obj=context)
    return usage_lines(caught.value)[0]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--format", "cvs"], "--format skal være en af: csv, jsonl."),
        (["--count", "to"], "--count skal være et helt tal."),
        (["--limit", "to"], "--limit skal være et tal."),
        (["--above", "2"], "--above skal være et tal fra 0 til 1."),
        (["--at-least", "0"], "--at-least skal være et helt tal, der er mindst 1."),
        (["--at-most", "10"], "--at-most skal være et tal, der er højst 9."),
        (["--file", "/nowhere/x"], "--file findes ikke eller kan ikke åbnes."),
        (["--name", "x"], "--name kan ikke bruges: det må ikke være x"),
        (["a", "b"], "Der står mere, end kommandoen kan bruge: b."),
    ],
)
def test_a_bad_value_is_explained(arguments: list[str], sentence: str) -> None:
    assert said(*arguments) == f"Fejl: {sentence}"
    assert said(*arguments, language="en").startswith("Error: ")


def test_the_help_names_values_in_the_users_language() -> None:
    context = click.Context(sample, info_name="prøve", obj=CliContext(Settings(), get_texts("da")))
    shown = sample.get_help(context)
    for word in (
        "[MAPPE]",
        "--format csv|jsonl",
        "--count TAL",
        "--above TAL",
        "--name NAVN",
        "--must TEKST",
    ):
        assert word in shown
    assert "--file STI" in shown


def test_a_verb_refuses_to_run_with_wrong_settings(tmp_path: Path) -> None:
    wrong = SettingsError(file=str(tmp_path), line=1, reason="reasons.settings.syntax")
    context = CliContext(Settings(), get_texts("da"), wrong)
    with pytest.raises(SettingsError), sample.make_context("prøve", [], obj=context) as running:
        sample.invoke(running)
