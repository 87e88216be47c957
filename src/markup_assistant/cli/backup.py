"""``backup``: a copy of the store that is whole, and what is in one that somebody has kept."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.layout import columns, terminal_width
from markup_assistant.cli.speech import SpokenError, Verb
from markup_assistant.errors import OutputExistsError
from markup_assistant.texts import Texts

if TYPE_CHECKING:  # loads SQLAlchemy, which the help does without
    from markup_assistant.batch.decision_backup import Contents


@click.command("backup", cls=Verb, help="cli.backup.help", epilog="cli.backup.examples")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="cli.word.file")
@click.option("--check", is_flag=True, help="cli.backup.check")
@click.option("--force", is_flag=True, help="cli.option.force")
@json_option
@click.pass_context
def command(ctx: click.Context, file: Path | None, *, check: bool, force: bool, as_json: bool) -> None:
    """Make a copy, or look into one."""
    context = ctx.ensure_object(CliContext)
    if not check:
        _make(context, file, force=force, as_json=as_json)
    elif file is None:
        raise SpokenError("transfer.backup.which", ctx)
    else:
        _look_into(context.texts, file, as_json=as_json)


def _make(context: CliContext, file: Path | None, *, force: bool, as_json: bool) -> None:
    from markup_assistant.batch.decision_backup import default_target, refuse_store  # noqa: PLC0415 - loads the store
    from markup_assistant.store.address import read_address  # noqa: PLC0415
    from markup_assistant.store.opening import open_store  # noqa: PLC0415

    place = read_address(context.settings.store_address).file
    target = file or default_target(place, datetime.now().astimezone())
    refuse_store(target, place)
    if target.exists() and not force:
        raise OutputExistsError(file=str(target))
    with open_store(context.settings.store_address) as store:
        store.backup(target)
    size = target.stat().st_size
    if as_json:
        write_json({"file": str(target), "bytes": size})
        return
    click.echo(str(target))
    click.echo(context.texts("transfer.backup.done", size=_size(size, context.texts)), err=True)


def _look_into(texts: Texts, file: Path, *, as_json: bool) -> None:
    from markup_assistant.batch.decision_backup import contents_of, faults_of_copy, opened_copy  # noqa: PLC0415

    with opened_copy(file) as store:
        faults = faults_of_copy(store, file)
        contents = contents_of(store) if not faults else None
    said = [f"{fault.what(texts)} {fault.do(texts)}" for fault in faults]
    if as_json:
        write_json({"file": str(file), **_plain(contents), "faults": said})
    elif contents:
        rows = [
            (texts(f"transfer.backup.has.{name}"), str(value))
            for name, value in _plain(contents).items()
            if value != ""
        ]
        for line in columns(rows, terminal_width()):
            click.echo(line)
        click.echo(texts("transfer.backup.sound"), err=True)
    for line in [] if as_json else said:
        click.echo(line, err=True)
    if faults:
        raise click.exceptions.Exit(1)


def _plain(contents: "Contents | None") -> dict[str, Any]:
    if contents is None:
        return {}
    return {
        "decisions": contents.decisions,
        "decided": contents.decided,
        "conflicts": contents.conflicts,
        "letters": contents.letters,
        "first": _local(contents.first),
        "last": _local(contents.last),
    }


def _local(moment: datetime | None) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else ""


def _size(size: int, texts: Texts) -> str:
    written = f"{size / 1000:,.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"
    return written.translate(str.maketrans(",.", ".,")) if texts.language == "da" else written
