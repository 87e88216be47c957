"""``forget LETTER…``: removes letters from the store, or the texts of letters that were kept long enough."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.speech import SpokenError, Verb
from markup_assistant.texts import Texts

if TYPE_CHECKING:  # loads SQLAlchemy, which the help does without
    from markup_assistant.store.values import Forgotten

YES_WORDS = frozenset(("j", "ja", "y", "yes"))
_COUNTS = ("decisions", "letters", "texts", "scans", "assignments", "bookmarks")


@click.command("forget", cls=Verb, help="cli.forget.help", epilog="cli.forget.examples")
@click.argument("letters", nargs=-1, metavar="cli.word.letters")
@click.option("--before", type=click.DateTime(["%Y-%m-%d"]), metavar="cli.word.date", help="cli.forget.before")
@click.option("--retention", is_flag=True, help="cli.forget.retention")
@click.option("--yes", is_flag=True, help="cli.forget.yes")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    letters: tuple[str, ...],
    before: datetime | None,
    *,
    retention: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Remove letters, or texts."""
    from markup_assistant.batch.decision_forget import KnownLetters  # noqa: PLC0415 - loads the store
    from markup_assistant.batch.remembering import drop_memory  # noqa: PLC0415 - loads numpy
    from markup_assistant.store.opening import open_store  # noqa: PLC0415

    if bool(letters) + (before is not None) + retention != 1:
        raise SpokenError("transfer.forget.which", ctx)
    context = ctx.ensure_object(CliContext)
    settings, texts = context.settings, context.texts
    moment = before.astimezone() if before else datetime.now(UTC) - timedelta(days=settings.retention_days)
    with open_store(settings.store_address) as store:
        if not letters:
            if retention and not settings.retention_days:
                gone = store.forget()  # of nothing: finishes what could not be overwritten before
                click.echo(texts("transfer.forget.no_retention"), err=True)
            else:
                _ask(texts("transfer.forget.ask_texts", date=f"{moment.astimezone():%Y-%m-%d}"), texts, yes=yes)
                gone = store.forget_before(moment)
        else:
            root = Path(settings.file).parent if settings.file else None
            known = KnownLetters(store, root)
            found = [known.find(letter) for letter in letters]
            missing = [one for one in found if not one.names]
            for one in missing:
                near = texts("transfer.import.offer", nearest=", ".join(one.near)) if one.near else ""
                click.echo(f"{texts('transfer.forget.missing', letter=one.said)} {near}".rstrip(), err=True)
            if missing:  # all or none: a slip of the finger must not be noticed too late
                click.echo(texts("transfer.forget.nothing"), err=True)
                raise click.exceptions.Exit(1)
            names = list(dict.fromkeys(name for one in found for name in one.names))
            for name in names:
                click.echo(f"  {name}", err=True)
            _ask(texts("transfer.forget.ask", count=len(names)), texts, yes=yes)
            gone = store.forget(*names)
            drop_memory(settings)
    _tell(gone, texts, as_json=as_json)


def _ask(question: str, texts: Texts, *, yes: bool) -> None:
    """Go on only where the answer is yes; an input that has ended is none."""
    if yes:
        return
    click.echo(f"{question} {texts('transfer.forget.how_to_answer')} ", err=True, nl=False)
    answer = sys.stdin.readline()
    if not answer.endswith("\n"):
        click.echo(err=True)
    if answer.strip().casefold() not in YES_WORDS:
        click.echo(texts("transfer.forget.nothing"), err=True)
        raise click.exceptions.Exit(1)


def _tell(gone: "Forgotten", texts: Texts, *, as_json: bool) -> None:
    counts = {name: getattr(gone, name) for name in _COUNTS}
    if as_json:
        write_json({**counts, "erased": gone.erased})
    else:
        said = ", ".join(
            texts(f"transfer.forget.count.{name}", count=number) for name, number in counts.items() if number
        )
        click.echo(texts("transfer.forget.done", counts=said) if said else texts("transfer.forget.nothing_there"))
    if not gone.erased:
        click.echo(texts("transfer.forget.not_erased"), err=True)
    if any(counts.values()):
        click.echo(texts("transfer.forget.copies"), err=True)
