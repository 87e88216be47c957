"""``doctor``: says what is wrong, and what to do about it."""

from dataclasses import asdict

import click

from markup_assistant.cli.checks import Check, Status, all_checks
from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.layout import columns, paragraph, terminal_width
from markup_assistant.cli.speech import Verb
from markup_assistant.texts import Texts

_COLOURS = {Status.OK: "green", Status.WARNING: "yellow", Status.ERROR: "red"}


@click.command("doctor", cls=Verb, help="cli.doctor.help", mends_settings=True)
@json_option
@click.pass_context
def command(running: click.Context, *, as_json: bool) -> None:
    """Print each check; the exit code is 1 where one of them is an error."""
    context = running.ensure_object(CliContext)
    checks = all_checks(context)
    if as_json:
        write_json([asdict(check) for check in checks])
    else:
        for line in _lines(checks, context.texts):
            click.echo(line)
    if any(check.status is Status.ERROR for check in checks):
        running.exit(1)


def _lines(checks: list[Check], texts: Texts) -> list[str]:
    width = terminal_width()
    words = {status: texts(f"cli.doctor.status.{status.value}") for status in Status}
    widest = max(len(word) for word in words.values())
    lines = []
    for check in checks:
        status = words[check.status].ljust(widest)
        name = texts(f"cli.doctor.check.{check.name}")
        first, *rest = columns([(status, f"{name}: {check.detail}")], width)
        lines.append(click.style(status, fg=_COLOURS[check.status]) + first[widest:])
        lines += rest
        if check.do:
            lines += paragraph(check.do, width, indent=widest + 2)
    return lines
