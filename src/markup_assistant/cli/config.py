"""``config``: the settings that apply, and where each came from."""

import click

from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.layout import columns, terminal_width
from markup_assistant.cli.speech import Verb
from markup_assistant.settings import Setting
from markup_assistant.texts import Texts


@click.command("config", cls=Verb, help="cli.config.help", epilog="cli.config.examples")
@json_option
@click.pass_obj
def command(context: CliContext, *, as_json: bool) -> None:
    """Print each setting with its value and origin."""
    described = context.settings.describe()
    if as_json:
        write_json([{"key": one.key, "value": one.value, "origin": one.origin} for one in described])
        return
    rows = [(one.key, shown(one, context.texts), origin_words(one.origin, context.texts)) for one in described]
    for line in columns(rows, terminal_width()):
        click.echo(line)


def shown(setting: Setting, texts: Texts) -> str:
    """Return a value as it would stand in the file; an empty path as words."""
    if isinstance(setting.value, bool):
        return "true" if setting.value else "false"
    return str(setting.value) if setting.value != "" else texts("cli.config.shipped")


def origin_words(origin: str, texts: Texts) -> str:
    """Return in words where a value came from: a file's path stays as it is."""
    key = f"cli.config.origin.{origin}"
    return texts(key) if key in texts else origin
