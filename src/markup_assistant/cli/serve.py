"""``serve``: the review screen in a browser, for those without a terminal."""

import os
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import click

from markup_assistant.cli.context import CliContext
from markup_assistant.cli.reviewing import folder_to_review
from markup_assistant.cli.speech import Verb
from markup_assistant.errors import MissingExtraError, PortTakenError

LOOPBACK = "127.0.0.1"


@click.command("serve", cls=Verb, help="cli.serve.help", epilog="cli.serve.examples")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="cli.word.folder")
@click.option("--host", default=LOOPBACK, metavar="cli.word.host", help="cli.serve.host")
@click.option(
    "--port", default=8000, type=click.IntRange(1, 65535), metavar="cli.word.integer_range", help="cli.serve.port"
)
@click.pass_obj
def command(context: CliContext, folder: Path | None, host: str, port: int) -> None:
    """Serve the screen until interrupted."""
    if find_spec("textual_serve") is None:
        raise MissingExtraError(extra="serve")
    # A web server is loaded only by who serves.
    from markup_assistant.cli.own_pages import OwnPagesServer  # noqa: PLC0415 - see above

    folder = folder_to_review(folder)
    if host not in (LOOPBACK, "localhost", "::1"):
        click.echo(context.texts("cli.serve.open", host=host), err=True)
    click.echo(context.texts("cli.serve.at", address=f"http://{host}:{port}"), err=True)
    try:
        OwnPagesServer(screen_command(context, folder), host=host, port=port, title="Markup Assistant").serve()
    except OSError as error:
        raise PortTakenError(host=host, port=port, reason=error.strerror or str(error)) from error


def screen_command(context: CliContext, folder: Path) -> str:
    """Return the command line that the server runs for each visitor."""
    parts = [sys.executable, "-m", "markup_assistant", "--language", context.texts.language, "review", str(folder)]
    return subprocess.list2cmdline(parts) if os.name == "nt" else shlex.join(parts)
