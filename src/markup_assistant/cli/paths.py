"""``paths``: where the files are that the program uses."""

from pathlib import Path

import click

from markup_assistant.cli.config import shown_address
from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.layout import columns, terminal_width
from markup_assistant.cli.speech import Verb
from markup_assistant.settings import FILE_NAME, Settings, user_config_folder, user_log_folder
from markup_assistant.shipped import shipped_folder


@click.command("paths", cls=Verb, help="cli.paths.help")
@json_option
@click.pass_obj
def command(context: CliContext, *, as_json: bool) -> None:
    """Print each place, and whether it is there."""
    places = places_of(context.settings)
    if as_json:
        write_json({name: str(path) for name, path in places.items()})
        return
    texts = context.texts
    rows = [
        (
            texts(f"cli.paths.place.{name}"),
            f"{path} ({texts('cli.paths.absent')})" if isinstance(path, Path) and not path.exists() else str(path),
        )
        for name, path in places.items()
    ]
    for line in columns(rows, max(terminal_width(), max(len(path) for _, path in rows) + 24)):
        click.echo(line)


def places_of(settings: Settings) -> dict[str, Path | str]:
    """Return each place by name; the settings file is the one in use, or the one that could be made.

    A store on a server is its address, without password.
    """
    store = settings.store_address
    return {
        "catalogue": settings.catalogue_folder,
        "model": settings.model_folder,
        "organisation": settings.organisation_file,
        "store": shown_address(store) if "://" in store else Path(store).expanduser().absolute(),
        "settings": Path(settings.file) if settings.file else user_config_folder() / FILE_NAME,
        "samples": shipped_folder("data") / "samples",
        "log": user_log_folder(),
    }
