"""``config``: the settings that apply, and where each came from."""

from dataclasses import replace

import click

from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.layout import columns, terminal_width
from markup_assistant.cli.speech import Verb
from markup_assistant.errors import StoreAddressError
from markup_assistant.settings import Setting
from markup_assistant.texts import Texts


@click.command("config", cls=Verb, help="cli.config.help", epilog="cli.config.examples")
@json_option
@click.pass_obj
def command(context: CliContext, *, as_json: bool) -> None:
    """Print each setting with its value and origin."""
    described = [without_password(one) for one in context.settings.describe()]
    if as_json:
        write_json([{"key": one.key, "value": one.value, "origin": one.origin} for one in described])
        return
    rows = [(one.key, shown(one, context.texts), origin_words(one.origin, context.texts)) for one in described]
    for line in columns(rows, terminal_width()):
        click.echo(line)


def shown(setting: Setting, texts: Texts) -> str:
    """Return a value as it would stand in the file; an empty one as words that say what counts then."""
    if isinstance(setting.value, bool):
        return "true" if setting.value else "false"
    if setting.value != "":
        return str(setting.value)
    own = f"cli.config.empty.{setting.key}"
    return texts(own) if own in texts else texts("cli.config.shipped")


def without_password(setting: Setting) -> Setting:
    """Return a setting as it may be shown: the address of a database without its password."""
    if setting.key != "store" or "://" not in str(setting.value):
        return setting
    return replace(setting, value=shown_address(str(setting.value)))


def shown_address(address: str) -> str:
    """Return the URL of a database without password, also where it cannot be used."""
    # Loads SQLAlchemy, which only those need whose store is on a server.
    from markup_assistant.store.address import read_address  # noqa: PLC0415 - see above

    try:
        return read_address(address).shown
    except StoreAddressError as error:
        return str(error.facts["store"])


def origin_words(origin: str, texts: Texts) -> str:
    """Return in words where a value came from: a file's path stays as it is."""
    key = f"cli.config.origin.{origin}"
    return texts(key) if key in texts else origin
