"""The program: its verbs, loaded when they are called, and what it says when something goes wrong."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from markup_assistant.cli.context import CliContext, context_for, texts_of
from markup_assistant.cli.speech import VerbGroup
from markup_assistant.cli.streams import drop_output, flush_output, make_utf8, reader_left
from markup_assistant.errors import AssistantError
from markup_assistant.texts import LANGUAGES

NAME = "markup-assistant"

VERBS = (
    "review",
    "chat",
    "suggest",
    "tag",
    "train",
    "models",
    "labels",
    "evaluate",
    "export",
    "import",
    "forget",
    "backup",
    "catalogue",
    "serve",
    "config",
    "paths",
    "doctor",
)
"""The verbs in the order of the help; ``cli/VERB.py`` has the command of each as ``command``, and the texts
``cli.VERB.short`` and ``cli.VERB.help`` say what it does."""

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


class Program(VerbGroup):
    """The group of all verbs; listing them loads none, so that the help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of the help."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a verb."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"markup_assistant.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Open the review where no verb is given and somebody sits at a terminal; print the help elsewhere."""
        # Click keeps the words of a verb in a field that it protects until 9.0, and has no other name for it.
        if not ctx.args and not ctx._protected_args and sys.stdin.isatty() and sys.stdout.isatty():  # noqa: SLF001 - see above
            from markup_assistant.cli.review import open_screen  # noqa: PLC0415 - loads what only the screen needs

            context = ctx.ensure_object(CliContext)
            if context.settings_error:
                raise context.settings_error
            return open_screen(context, None)
        return super().invoke(ctx)


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's callback
    if asked:
        from importlib import metadata  # noqa: PLC0415 - a fifth of what the help may take

        click.echo(f"{NAME} {metadata.version(NAME)}")
        ctx.exit()


program = Program(
    NAME,
    key="cli",
    help="cli.help",
    epilog="cli.examples",
    params=[
        click.Option(["--language"], type=click.Choice(LANGUAGES), expose_value=False, help="cli.option.language"),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
            help="cli.option.version",
        ),
    ],
)


def run(arguments: Sequence[str]) -> int:
    """Run a command line and return its exit code: 0 done, 1 failed, 2 wrong use, 130 interrupted."""
    context: CliContext | None = None
    try:
        context = context_for(arguments, make_utf8())
        code = _run(_with_globs(arguments), context)
        flush_output()
    except KeyboardInterrupt:
        _talk(context, "cli.interrupted")
        return INTERRUPTED
    except Exception as error:  # the last resort: no traceback may reach a user
        if reader_left(error):
            drop_output()
            return FAILED
        return _report_unexpected(context, error)
    return code


def _run(arguments: list[str], context: CliContext) -> int:
    colour = False if os.environ.get("NO_COLOR") else None
    try:
        with program.make_context(NAME, arguments, obj=context, color=colour) as running:
            program.invoke(running)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        from markup_assistant.cli.usage import usage_lines  # noqa: PLC0415 - only for who mistyped

        for line in usage_lines(error):
            click.echo(line, err=True)
        return MISUSED if isinstance(error, click.UsageError) else FAILED
    except AssistantError as error:
        flush_output()
        click.echo(context.texts("cli.error", what=error.what(context.texts)), err=True)
        click.echo(error.do(context.texts), err=True)
        return FAILED
    return DONE


def _with_globs(arguments: Sequence[str]) -> list[str]:
    """Expand ``*.docx`` on Windows, where the shell leaves that to the program."""
    if sys.platform != "win32":
        return list(arguments)
    from glob import glob  # noqa: PLC0415 - only on Windows

    # Path.glob takes no absolute patterns.
    found = [glob(argument) if "*" in argument else [] for argument in arguments]  # noqa: PTH207 - see above
    return [one for argument, files in zip(arguments, found, strict=True) for one in files or [argument]]


def _talk(context: CliContext | None, key: str, **facts: object) -> None:
    try:
        texts = context.texts if context else texts_of(None)
        click.echo(texts(key, **facts), err=True)
    except OSError:  # standard error is closed: there is nobody to tell
        drop_output()


def _report_unexpected(context: CliContext | None, error: Exception) -> int:
    from markup_assistant.cli.failure import write_details  # noqa: PLC0415 - only when all else failed

    file = write_details(error)
    _talk(
        context,
        "cli.unexpected" if file else "cli.unexpected_unwritten",
        file=file,
        kind=type(error).__name__,
    )
    return FAILED
