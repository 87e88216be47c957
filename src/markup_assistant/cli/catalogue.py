"""``catalogue``: finds and shows KLE numbers."""

import re

import click

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import Catalogue, Node
from markup_assistant.cli import catalogue_text, layout
from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.speech import VerbGroup
from markup_assistant.errors import UnknownNumberError

LIKELY = 0.5
"""Score from which a hit is offered for words where a number was to stand."""

_FACET_CODE = re.compile(r"\s*(?:[A-Za-zÆØÅæøå]|[Oo][Ee])[0-9]{2}\s*")

command = VerbGroup("catalogue", key="cli.catalogue", help="cli.catalogue.help", epilog="cli.catalogue.examples")


@command.command("search", help="cli.catalogue.search.help", epilog="cli.catalogue.search.examples")
@click.argument("query", nargs=-1, required=True, metavar="cli.word.query")
@click.option("-n", "limit", type=click.IntRange(1, 100), default=10, help="cli.catalogue.search.limit")
@json_option
@click.pass_obj
def search_verb(context: CliContext, query: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """Print the numbers that fit a query, best first."""
    # rapidfuzz is loaded by those who search, not by those who show a number.
    from markup_assistant.catalogue.search import search  # noqa: PLC0415 - see above

    catalogue = load_catalogue(context.settings.catalogue_folder)
    words = " ".join(query)
    hits = search(catalogue, words, limit)
    if as_json:
        write_json([catalogue_text.hit_json(hit) for hit in hits])
    elif hits:
        _print(catalogue_text.hit_lines(catalogue, hits, context.texts, layout.terminal_width()))
    if not hits:
        click.echo(context.texts("cli.catalogue.search.nothing", query=words), err=True)


@command.command("show", help="cli.catalogue.show.help", epilog="cli.catalogue.show.examples")
@click.argument("number", nargs=-1, required=True, metavar="cli.word.kle")
@json_option
@click.pass_obj
def show_verb(context: CliContext, number: tuple[str, ...], *, as_json: bool) -> None:
    """Print what the catalogue knows about a number or a facet."""
    catalogue = load_catalogue(context.settings.catalogue_folder)
    wanted = " ".join(number)
    if _FACET_CODE.fullmatch(wanted):
        facet = catalogue.facet(wanted)
        if as_json:
            write_json(catalogue_text.facet_json(facet))
        else:
            _print(catalogue_text.facet_lines(catalogue, facet, context.texts, layout.terminal_width()))
        return
    node = catalogue.node(wanted) if _has_digit(wanted) else _by_words(catalogue, wanted)
    if as_json:
        write_json(catalogue_text.node_json(catalogue, node))
    else:
        _print(catalogue_text.node_lines(catalogue, node, context.texts, layout.terminal_width()))


def _has_digit(wanted: str) -> bool:
    return any(sign.isdigit() for sign in wanted)


def _by_words(catalogue: Catalogue, wanted: str) -> Node:
    """Say which numbers were probably meant by words; a guess is not shown as if it were asked for."""
    from markup_assistant.catalogue.search import search  # noqa: PLC0415 - only for who typed words

    likely = [hit for hit in search(catalogue, wanted, 5) if hit.score >= LIKELY]
    nearest = ", ".join(f"{hit.number} {hit.title}" for hit in likely)
    raise UnknownNumberError(number=wanted, nearest=nearest or "reasons.none")


def _print(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)
