"""What every verb gets: the settings that apply and the sentences of the user's language."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import click

from markup_assistant.errors import LanguageError, SettingsError
from markup_assistant.settings import Settings, load_settings
from markup_assistant.texts import LANGUAGES, Texts, default_texts, get_texts


@dataclass(frozen=True, slots=True)
class CliContext:
    """The settings and sentences of this run; a verb asks for it with ``click.pass_obj``.

    ``settings_error`` says why the settings are the defaults although there is a file; verbs refuse to run
    then, but for those that help to mend it. ``encoding`` is what the terminal had before it was made UTF-8.
    """

    settings: Settings
    texts: Texts
    settings_error: SettingsError | None = None
    encoding: str = "utf-8"


def context_for(arguments: Sequence[str], encoding: str = "utf-8") -> CliContext:
    """Return the context of a command line: its language is needed before it is parsed."""
    error: SettingsError | None = None
    try:
        settings = load_settings()
    except LanguageError as wrong:
        error, settings = wrong, load_settings(environment={})
    except SettingsError as wrong:
        error, settings = wrong, Settings()
    language = asked_language(arguments)
    if language in LANGUAGES:
        settings = settings.with_language(language, "option")
    return CliContext(settings, get_texts(settings.language), error, encoding)


def asked_language(arguments: Sequence[str]) -> str:
    """Return the value of ``--language`` where it stands before the verb, or nothing."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--language":
            return next(rest, "")
        if argument.startswith("--language="):
            return argument.partition("=")[2]
        if not argument.startswith("-"):
            break
    return ""


def texts_of(context: click.Context | None) -> Texts:
    """Return the sentences to speak in, Danish where nothing is known."""
    found = context.find_object(CliContext) if context else None
    return found.texts if found else default_texts()


json_option = click.option("--json", "as_json", is_flag=True, help="cli.option.json")
"""``--json``, for every verb whose output a program may read."""


def write_json(value: object) -> None:
    """Write a value as JSON to standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
