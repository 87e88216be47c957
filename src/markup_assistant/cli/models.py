"""``models``: which models there are, and which is used."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.layout import columns, paragraph, terminal_width
from markup_assistant.cli.speech import VerbGroup
from markup_assistant.models_in_use import POINTER, SHIPPED_MODEL
from markup_assistant.texts import Texts

if TYPE_CHECKING:  # loads numpy, which the help does without
    from markup_assistant.learning.registry import ModelCard, Registry

command = VerbGroup("models", key="cli.models", help="cli.models.help", epilog="cli.models.examples")


@click.pass_context
def _list(ctx: click.Context, *, as_json: bool) -> None:
    """Print the models, unless a verb follows."""
    context = ctx.ensure_object(CliContext)
    if ctx.invoked_subcommand is not None:
        return
    if context.settings_error:
        raise context.settings_error
    registry, texts = _registry(context), context.texts
    cards, used = registry.cards(), registry.used_name()
    if as_json:
        write_json([_row(card, used) for card in cards])
        return
    for line in columns([_head(texts), *(_cells(card, used, texts) for card in cards)], terminal_width()):
        click.echo(line)
    click.echo("")
    for sentence in _notes(context, registry, cards, used):
        for line in paragraph(sentence, terminal_width()):
            click.echo(line)


# The class gives every group the help as what it does alone; this one has more to show.
command.callback = _list
command.params.append(click.Option(["--json", "as_json"], is_flag=True, help="cli.option.json"))


@command.command("show", help="cli.models.show.help", epilog="cli.models.show.examples")
@click.argument("name", metavar="cli.word.model")
@json_option
@click.pass_obj
def show_verb(context: CliContext, name: str, *, as_json: bool) -> None:
    """Print what is known of a model."""
    registry, texts = _registry(context), context.texts
    card, used = registry.card(name), registry.used_name()
    if as_json:
        write_json(_row(card, used) | {"data": _data(card), "metrics": _metrics(card), "folder": str(card.folder)})
        return
    if card.error:
        raise card.error
    for line in columns(list(_card_rows(card, used, texts)), terminal_width()):
        click.echo(line)


@command.command("use", help="cli.models.use.help", epilog="cli.models.use.examples")
@click.argument("name", metavar="cli.word.model")
@json_option
@click.pass_obj
def use_verb(context: CliContext, name: str, *, as_json: bool) -> None:
    """Put a model to use."""
    registry = _registry(context)
    former = registry.in_use().name
    registry.use(name)
    _tell_change(context, name, former, as_json=as_json)


@command.command("rollback", help="cli.models.rollback.help", epilog="cli.models.rollback.examples")
@json_option
@click.pass_obj
def rollback_verb(context: CliContext, *, as_json: bool) -> None:
    """Put the model to use that was used before."""
    registry = _registry(context)
    former = registry.in_use().name
    done = registry.roll_back()
    for _, error in done.skipped:
        click.echo(error.what(context.texts), err=True)
    _tell_change(context, done.name, former, as_json=as_json)


def _registry(context: CliContext) -> "Registry":
    from markup_assistant.learning.registry import Registry  # noqa: PLC0415 - loads numpy

    return Registry(context.settings)


def _tell_change(context: CliContext, name: str, former: str, *, as_json: bool) -> None:
    texts = context.texts
    if as_json:
        write_json({"used": name, "former": former, "setting": context.settings.model})
    elif name == former:
        click.echo(texts("learning.models.already", name=name))
    else:
        click.echo(texts("learning.models.used", name=name, former=former))
    if context.settings.model:
        click.echo(texts("learning.models.setting", setting=context.settings.model), err=True)


def _row(card: "ModelCard", used: str) -> dict[str, Any]:
    return {
        "name": card.name,
        "used": card.name == used,
        "date": card.text("date"),
        "edition": card.text("edition"),
        "letters": card.count("letters"),
        "own": card.count("own"),
        "precision_at_1": card.figure("precision_at_1"),
        "recall_at_5": card.figure("recall_at_5"),
        "parent": card.text("parent"),
        "error": card.error.what() if card.error else "",
    }


def _head(texts: Texts) -> tuple[str, ...]:
    names = ("name", "used", "date", "edition", "letters", "own", "precision_at_1", "recall_at_5", "parent")
    return tuple(texts(f"learning.models.column.{name}") for name in names)


def _cells(card: "ModelCard", used: str, texts: Texts) -> tuple[str, ...]:
    mark = texts("learning.models.yes") if card.name == used else ""
    if card.error:
        return (card.name, mark, "–", "–", "–", "–", "–", "–", texts("learning.models.broken"))
    return (
        card.name,
        mark,
        card.text("date")[:10] or "–",
        card.text("edition").removeprefix("KLE "),
        _number(card.count("letters")),
        _number(card.count("own") or 0),
        _percent(card.figure("precision_at_1"), texts),
        _percent(card.figure("recall_at_5"), texts),
        card.text("parent") or "–",
    )


def _notes(context: CliContext, registry: "Registry", cards: list["ModelCard"], used: str) -> Iterator[str]:
    """Yield what the table cannot say."""
    texts, in_use = context.texts, registry.in_use()
    if context.settings.model:
        yield texts("learning.models.setting", setting=context.settings.model)
    elif in_use.broken:
        yield texts("learning.models.pointer", file=registry.folder / POINTER)
    elif used != in_use.name:
        yield texts("learning.models.gone", name=in_use.name)
    for card in cards:
        if card.error:
            yield card.error.what(texts)
    if used != SHIPPED_MODEL and any(card.error and card.name == used for card in cards):
        yield texts("learning.models.roll_back")
    yield texts("learning.models.note")


def _card_rows(card: "ModelCard", used: str, texts: Texts) -> Iterator[tuple[str, str]]:
    def row(name: str, value: str) -> tuple[str, str]:
        return texts(f"learning.card.{name}"), value

    yield row("name", card.name if card.text("name") == card.name else f"{card.name} ({card.text('name')})")
    yield row("used", texts("learning.models.yes" if card.name == used else "learning.models.no"))
    yield row("folder", str(card.folder))
    yield row("date", card.text("date").replace("T", " ")[:16] or "–")
    yield row("edition", card.text("edition"))
    yield row("parent", card.text("parent") or "–")
    yield row("program", card.text("program") or "–")
    yield row("letters", _number(card.count("letters")))
    by_how = _data(card).get("own_by_how")
    own = _number(card.count("own") or 0)
    if isinstance(by_how, dict) and by_how:
        known = [how for how in by_how if f"learning.how.{how}" in texts]
        own += " (" + ", ".join(f"{by_how[how]} {texts(f'learning.how.{how}')}" for how in known) + ")"
    yield row("own", own)
    yield row("own_measuring", _number(card.count("own_measuring") or 0))
    for name in ("precision_at_1", "recall_at_5"):
        for kind in ("", "_known_types", "_own"):
            value = card.figure(f"{name}{kind}")
            if value is not None:
                yield row(f"{name}{kind}", _percent(value, texts))


def _data(card: "ModelCard") -> Mapping[str, Any]:
    data = card.manifest.get("data")
    return data if isinstance(data, dict) else {}


def _metrics(card: "ModelCard") -> Mapping[str, Any]:
    metrics = card.manifest.get("metrics")
    return metrics if isinstance(metrics, dict) else {}


def _number(value: int | None) -> str:
    return "–" if value is None else str(value)


def _percent(value: float | None, texts: Texts) -> str:
    if value is None:
        return "–"
    from markup_assistant.learning.evaluation.numbers import percent  # noqa: PLC0415 - loads numpy

    return percent(value, texts)
