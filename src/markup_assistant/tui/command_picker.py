"""Finds a command by its words: all that can be done, each with its key and what can be typed instead."""

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget

from markup_assistant.review.commands import COMMANDS, Command
from markup_assistant.texts import Texts
from markup_assistant.tui.choices import Choices, Row
from markup_assistant.tui.dialog import Dialog
from markup_assistant.tui.matching import matching
from markup_assistant.tui.status import key_name


class CommandPicker(Dialog[Command | None]):
    """Asks for a command; the result is ``None`` where none was chosen."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts("review.screen.commands"), texts("tui.picker.hint"))
        self._texts = texts
        self._commands = {command.id: command for command in COMMANDS if not command.id.startswith("pick")}
        self._choices = Choices(texts("review.screen.type_command"))

    def body(self) -> Iterable[Widget]:
        yield self._choices

    def on_mount(self) -> None:
        self._choices.show("", [self._row(id_) for id_ in self._commands])

    @on(Choices.Asked)
    def _asked(self, event: Choices.Asked) -> None:
        words = {id_: f"{self._short(id_)} {self._said(id_)}" for id_ in self._commands}
        found = matching(event.query, words) if event.query.strip() else list(self._commands)
        nothing = self._texts("tui.picker.nothing", query=event.query)
        self._choices.show(event.query, [self._row(id_) for id_ in found], nothing=nothing)

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(self._commands[event.id])

    def _short(self, id_: str) -> str:
        return self._texts(f"review.command.{id_}.short")

    def _said(self, id_: str) -> str:
        return self._texts(f"review.command.{id_}.say")

    def _row(self, id_: str) -> Row:
        keys = self._commands[id_].keys
        key = key_name(keys[0]) if keys else ""
        return Row(id_, Content.assemble((f"{key:<8}", "bold"), self._short(id_), (f"  {self._said(id_)}", "italic")))
