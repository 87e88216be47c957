"""``suggest FILE…``: suggestions with reasons for each letter."""

import shutil
import sys
from functools import partial

import click

from markup_assistant.batch.reading import LetterSource
from markup_assistant.batch.remembering import current_memory
from markup_assistant.batch.rows import error_row, suggestion_row
from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.speech import Verb
from markup_assistant.cli.suggestion_text import SuggestionText
from markup_assistant.errors import LetterError
from markup_assistant.settings import MAX_SUGGESTIONS
from markup_assistant.suggest.assistant import Assistant
from markup_assistant.suggest.counterfactual import words_to_win
from markup_assistant.suggest.memory import Memory


@click.command("suggest", cls=Verb, help="cli.suggest.help", epilog="cli.suggest.examples")
@click.argument("files", nargs=-1, required=True, metavar="cli.word.files")
@click.option(
    "-n",
    "--number",
    type=click.IntRange(1, MAX_SUGGESTIONS),
    metavar="cli.word.integer_range",
    help="cli.suggest.number",
)
@click.option("--why", is_flag=True, help="cli.suggest.why")
@json_option
@click.pass_obj
def command(context: CliContext, files: tuple[str, ...], number: int | None, *, why: bool, as_json: bool) -> None:
    """Suggest the markup of letters."""
    # Made first: its process reads the first letter while this one loads the model.
    with LetterSource(files, context.settings.read_timeout, sys.stdin.buffer) as source:
        assistant = Assistant(context.settings)
        memory = current_memory(context.settings, assistant)
        limit = number or context.settings.suggestions
        write = _write_rows if as_json else partial(_write_cards, why=why)
        failed = write(context, assistant, source, limit, memory)
    if failed:
        raise click.exceptions.Exit(1)


def _write_rows(
    context: CliContext, assistant: Assistant, source: LetterSource, limit: int, memory: Memory | None
) -> int:
    """Write one object for a single letter, else a list of them; return how many could not be read."""
    rows, failed = [], 0
    for file, outcome in source:
        if isinstance(outcome, LetterError):
            rows.append(error_row(file, outcome, context.texts))
            failed += 1
        else:
            suggestions = assistant.suggest(outcome, limit, memory=memory)
            rows.append(suggestion_row(suggestions, assistant.catalogue, assistant.organisation))
    write_json(rows[0] if len(rows) == 1 else rows)
    return failed


def _write_cards(
    context: CliContext,
    assistant: Assistant,
    source: LetterSource,
    limit: int,
    memory: Memory | None,
    *,
    why: bool,
) -> int:
    width = shutil.get_terminal_size((100, 24)).columns
    text = SuggestionText(assistant.catalogue, assistant.organisation, context.texts, width)
    failed = 0
    written = False
    for file, outcome in source:
        if isinstance(outcome, LetterError):
            failed += 1
            sys.stdout.flush()
            click.echo(context.texts("cli.suggest.unreadable", file=file), err=True)
            click.echo(f"  {outcome.what(context.texts)}\n  {outcome.do(context.texts)}", err=True)
        else:
            if written:
                click.echo()
            written = True
            suggestions = assistant.suggest(outcome, limit, memory=memory)
            click.echo(text.card(suggestions))
            if why:
                suggest = partial(assistant.suggest, memory=memory)
                words = words_to_win(outcome, suggestions, assistant.catalogue, suggest)
                click.echo(text.second(suggestions, words))
    return failed
