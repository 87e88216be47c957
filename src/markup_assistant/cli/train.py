"""``train``: a model of the municipality's own, from the letters of the program and its own decisions."""

import sys
from datetime import datetime
from importlib import metadata

import click

from markup_assistant.cli.context import CliContext, json_option, write_json
from markup_assistant.cli.layout import terminal_width
from markup_assistant.cli.speech import Verb
from markup_assistant.errors import MissingExtraError
from markup_assistant.texts import Texts


@click.command("train", cls=Verb, help="cli.train.help", epilog="cli.train.examples")
@click.option("--no-use", is_flag=True, help="cli.train.no_use")
@json_option
@click.pass_obj
def command(context: CliContext, *, no_use: bool, as_json: bool) -> None:
    """Train a model and print how it fares."""
    # scikit-learn takes a second to load, and is not there for those who never train.
    try:
        from markup_assistant.learning.training import Order, train_own  # noqa: PLC0415 - see above
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("sklearn", "scipy"):
            raise
        raise MissingExtraError(extra="train") from error
    from markup_assistant.batch.remembering import has_store  # noqa: PLC0415 - as heavy
    from markup_assistant.cli.train_text import training_json, training_lines  # noqa: PLC0415
    from markup_assistant.store.opening import open_store  # noqa: PLC0415

    settings, texts = context.settings, context.texts
    order = Order(settings, datetime.now().astimezone(), metadata.version("markup-assistant"), switch=not no_use)
    progress = Progress(texts)
    try:
        # A store that is not there is made by the first decision, and not by training.
        if has_store(settings.store_address):
            with open_store(settings.store_address) as store:
                training = train_own(order, store, progress.show)
        else:
            training = train_own(order, None, progress.show)
    except KeyboardInterrupt:
        progress.end()
        click.echo(texts("learning.train.interrupted"), err=True)
        raise
    progress.end()
    if as_json:
        write_json(training_json(training))
        return
    for line in training_lines(training, settings, texts, terminal_width()):
        click.echo(line)


class Progress:
    """What is being done, on standard error: one line that is rewritten on a terminal, a line a step in a log."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._terminal = sys.stderr.isatty()
        self._step = ""

    def show(self, step: str, share: float) -> None:
        """Say which step has begun."""
        if not self._terminal and step == self._step:
            return
        self._step = step
        line = self._texts("learning.train.progress", percent=round(100 * share), step=self._said(step))
        click.echo(f"\r{line:<78}" if self._terminal else line, err=True, nl=not self._terminal)

    def end(self) -> None:
        """Leave the line."""
        if self._terminal:
            click.echo(f"\r{'':78}\r", err=True, nl=False)

    def _said(self, step: str) -> str:
        return self._texts(f"learning.step.{step}")
