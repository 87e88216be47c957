"""The conversation as lines of text that a screen reader reads well: no boxes, no columns, no colour."""

from collections.abc import Iterator

from markup_assistant.cli.layout import paragraph
from markup_assistant.review.card import CardLine, LineKind, card_lines
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.replies import Card, Listing, Quote, Reply, Said, Tone
from markup_assistant.review.sitting import Turn

SHOWN_LINES = 10
"""Lines of a letter that are written when it is its turn; all of it on request."""


class ChatText:
    """Writes the turns of a conversation for a console of some width (columns)."""

    def __init__(self, conversation: Conversation, width: int) -> None:
        self._conversation = conversation
        self._texts = conversation.texts
        self._width = width

    def lines(self, turn: Turn) -> Iterator[str]:
        """Yield the lines of a turn; a new letter begins with its name and place."""
        here = self._conversation.sitting
        before = [reply for reply in turn.replies if isinstance(reply, Said) and reply.tone is Tone.DONE]
        for said in before if turn.moved else ():
            yield from self._reply(said)
        if turn.moved and here is not None:
            place, length = self._conversation.place()
            name = self._conversation.words.path(here.entry.path)
            yield ""
            yield self._texts("review.plain.letter", place=place, length=length, letter=name)
            yield from self._beginning()
        for reply in turn.replies:
            if not (turn.moved and reply in before):
                yield from self._reply(reply)

    def _beginning(self) -> Iterator[str]:
        """Yield the first lines of the letter, and how to read the rest."""
        here = self._conversation.sitting
        if here is None or here.opened is None:
            return
        lines = [line for line in self._conversation.desk.shown(here.opened).text.splitlines() if line.strip()]
        for line in lines[:SHOWN_LINES]:
            yield from paragraph(line, self._width, indent=2)
        if len(lines) > SHOWN_LINES:
            yield self._texts("review.plain.more", count=len(lines) - SHOWN_LINES)
        yield ""

    def _reply(self, reply: Reply) -> Iterator[str]:
        match reply:
            case Said(text, tone):
                prefix = "" if tone in (Tone.PLAIN, Tone.DONE) else self._texts(f"review.tone.{tone.value}") + " "
                yield from paragraph(prefix + text, self._width)
            case Listing(title, options):
                yield from paragraph(title, self._width)
                for place, option in enumerate(options, start=1):
                    note = f" ({option.note})" if option.note else ""
                    yield f"  {place}: {option.text}{note}"
            case Quote(title, lines):
                yield title
                yield from (f"  {line}" for line in lines)
            case Card():
                for line in card_lines(self._conversation):
                    yield from self._card_line(line)

    def _card_line(self, line: CardLine) -> Iterator[str]:
        note = f" ({' '.join(line.note.split())})" if line.note else ""
        if line.kind is LineKind.VALUE:
            label = f"{line.label}: " if line.label else "  "
            yield from paragraph(f"{label}{line.text}{note}", self._width)
        elif line.kind is LineKind.OTHER:
            yield f"  {line.digit}: {line.text}{note}"
        else:
            yield from paragraph(line.text, self._width, indent=2)
