"""``review [FOLDER]``: the letters of a folder on the review screen."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

import click

from markup_assistant.cli.context import CliContext
from markup_assistant.cli.reviewing import conversation_maker, folder_to_review
from markup_assistant.cli.speech import SpokenError, Verb


@click.command("review", cls=Verb, help="cli.review.help", epilog="cli.review.examples")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="cli.word.folder")
@click.pass_context
def command(running: click.Context, folder: Path | None) -> None:
    """Review letters on the screen."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise SpokenError("cli.review.no_terminal", running)
    open_screen(running.ensure_object(CliContext), folder)


def open_screen(context: CliContext, folder: Path | None) -> None:
    """Open the review screen on a folder; without one, on the current folder or the sample letters."""
    # Textual takes a fifth of a second to load: only who reviews waits for it.
    from markup_assistant.tui.app import ReviewApp  # noqa: PLC0415 - see above

    _start_tracker()
    with ExitStack() as closing:
        make = conversation_maker(context, folder_to_review(folder), closing)
        app = ReviewApp(make, context.texts, theme=context.settings.theme)
        app.run()
        if app.return_code:
            raise click.exceptions.Exit(app.return_code)


def _start_tracker() -> None:
    """Start what watches over worker processes while standard error is still the real one.

    Python hands standard error to it by its number, and the screen's own has none.
    """
    if os.name == "posix":
        from multiprocessing import resource_tracker  # noqa: PLC0415 - only who reviews has worker processes

        resource_tracker.ensure_running()
