"""``export decisions``: what was decided, as JSON Lines or as a table for Excel."""

import sys
from pathlib import Path

import click

from markup_assistant.cli.context import CliContext
from markup_assistant.cli.speech import SpokenError, Verb
from markup_assistant.errors import OutputExistsError

FORMATS = ("csv", "xlsx", "jsonl")


@click.command("export", cls=Verb, help="cli.export.help", epilog="cli.export.examples")
@click.argument("what", type=click.Choice(["decisions"]), default="decisions", metavar="decisions")
@click.option("-o", "--out", type=click.Path(path_type=Path), metavar="cli.word.file", help="cli.export.out")
@click.option("--format", "named", type=click.Choice(FORMATS), help="cli.export.format")
@click.option("--all", "whole", is_flag=True, help="cli.export.all")
@click.option("--force", is_flag=True, help="cli.option.force")
@click.pass_context
def command(ctx: click.Context, what: str, out: Path | None, named: str | None, *, whole: bool, force: bool) -> None:
    """Write decisions; ``what`` is there so that more than decisions can be exported one day."""
    # The store takes as long to load as the rest of the program: the help does without.
    from markup_assistant.batch.decision_backup import refuse_store  # noqa: PLC0415 - see above
    from markup_assistant.batch.decision_export import Export, Format, format_of  # noqa: PLC0415
    from markup_assistant.batch.decision_rows import Names  # noqa: PLC0415
    from markup_assistant.catalogue.edition import load_catalogue  # noqa: PLC0415
    from markup_assistant.store.address import read_address  # noqa: PLC0415
    from markup_assistant.store.opening import open_store  # noqa: PLC0415
    from markup_assistant.suggest.organisation import load_organisation  # noqa: PLC0415

    del what
    context = ctx.ensure_object(CliContext)
    settings, texts = context.settings, context.texts
    form = Format(named) if named else format_of(out) if out else Format.JSONL
    if form is None:
        raise SpokenError("transfer.export.ending", ctx, file=out, known=", ".join(f".{one}" for one in FORMATS))
    if out is None and form is Format.XLSX:
        raise SpokenError("transfer.export.needs_file", ctx)
    if out is not None:
        refuse_store(out, read_address(settings.store_address).file)
        if out.exists() and not force:
            raise OutputExistsError(file=str(out))
    names = Names(load_catalogue(settings.catalogue_folder), load_organisation(settings.organisation_file))
    with open_store(settings.store_address) as store:
        export = Export(store, names, whole=whole)
        if out is None:
            # Bytes, because a Windows console would write other line ends.
            sys.stdout.buffer.writelines(export.lines(form))
        else:
            export.write(out, form)
        place = store.place
    if not export.count:
        click.echo(texts("transfer.export.nothing", store=place), err=True)
    elif out is not None:
        click.echo(texts("transfer.export.done", count=export.count, file=out), err=True)
    if export.conflicts:
        click.echo(texts("transfer.export.conflicts", count=export.conflicts), err=True)
