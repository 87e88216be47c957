"""``chat FOLDER --plain``: the same conversation line by line, for screen readers and plain consoles."""

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from markup_assistant.cli.chat_text import ChatText
from markup_assistant.cli.context import CliContext
from markup_assistant.cli.layout import terminal_width
from markup_assistant.cli.review import open_screen
from markup_assistant.cli.reviewing import conversation_maker, folder_to_review
from markup_assistant.cli.speech import Verb
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import Accept
from markup_assistant.review.sitting import Turn


@click.command("chat", cls=Verb, help="cli.chat.help", epilog="cli.chat.examples")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="cli.word.folder")
@click.option("--plain", is_flag=True, help="cli.chat.plain")
@click.pass_obj
def command(context: CliContext, folder: Path | None, *, plain: bool) -> None:
    """Hold the conversation."""
    if not plain and sys.stdin.isatty() and sys.stdout.isatty():
        open_screen(context, folder)
        return
    with ExitStack() as closing:
        conversation = conversation_maker(context, folder_to_review(folder), closing)()
        converse(conversation, ChatText(conversation, terminal_width()))


def converse(conversation: Conversation, text: ChatText) -> None:
    """Ask, listen and answer until the person stops or the input ends; an empty line accepts."""
    conversation.desk.fill()
    if not len(conversation.desk.pile):
        click.echo(conversation.texts("review.said.empty_folder", folder=conversation.desk.folder))
        return
    click.echo(conversation.texts("review.plain.welcome"))
    turn = conversation.begin()
    conversation.desk.scanner.start(_nobody)
    while True:
        _say(text, turn)
        if turn.ended:
            return
        click.echo(conversation.texts("review.plain.prompt"), nl=False)
        line = sys.stdin.readline()
        if not line:  # the input has ended
            click.echo()
            return
        news = conversation.refresh()
        heard = conversation.hear(line) if line.strip() else conversation.do(Accept())
        turn = Turn(news.replies + heard.replies, heard.moved, heard.ended)


def _say(text: ChatText, turn: Turn) -> None:
    for line in text.lines(turn):
        click.echo(line)


def _nobody() -> None:
    """The plain chat asks for news before each answer; it need not be told."""
