"""A folder of letters and a store, at which invented people sit down to review."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from markup_assistant.markup import Decision
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.desk import Desk
from markup_assistant.review.intents import Accept
from markup_assistant.review.pile import Entry
from markup_assistant.review.replies import Card, Listing, Quote, Reply, Said
from markup_assistant.review.sitting import Turn
from markup_assistant.settings import Settings
from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store
from markup_assistant.texts import get_texts

PARKING = """Lindeby Kommune
Parkeringskontoret

Kære {name}

Din beboerlicens udløber

Din beboerlicens til parkering i zone 3 udløber den {date}. Vil du beholde licensen, skal du betale {amount} kr. \
senest den {due} på https://betal.lindeby.example/licens. Uden en licens kan bilen få en parkeringsafgift.

Er du flyttet, eller har du fået ny bil, skal du søge om en ny licens.
"""
"""05.09.02 G01, betaling, Parkering: sure."""

MEETING = """Jobcenter Lindeby

Kære {name}

Indkaldelse til opfølgningssamtale om dine sygedagpenge

Vi indkalder dig til en samtale om dit sygeforløb den {date} kl. {time} på Jobcentret, Torvet 4, lokale 12. \
Samtalen er en del af din sag om sygedagpenge. Tag gerne en bisidder med.

Kan du ikke komme, skal du ringe til os inden mødet.
"""
"""15.17.06 G01, aftale, Jobcentret: to be checked."""

COMPLAINT = """Svar på din klage

Vi har modtaget din klage over afgørelsen om hjælp til merudgifter til dit barn efter servicelovens § 41. \
Vi holder fast i afgørelsen og sender klagen videre til Ankestyrelsen.
"""
"""34.45.30 K02, nothing to do, with 32.18.08 second."""

PLACE = """Tilbud om plads i dagpleje

Kære forældre

Dit barn er tilbudt en plads i dagplejen Solstrålen fra den 1. maj 2026. Svar på tilbuddet senest den 1. marts 2026 \
på https://www.lindeby.example/plads.
"""
"""28.09.40 G01, to be checked."""

ENGLISH = "Your application has been received and will be answered as soon as possible by our office.\n"
"""Nothing is suggested."""

MORNING = datetime(2026, 2, 16, 8, 0, tzinfo=UTC)


def parking(name: str = "Signe Mørk", **values: str) -> str:
    """Return a letter about a parking licence, with values of its own."""
    usual = {"date": "1. april 2026", "amount": "420,00", "due": "15. marts 2026"}
    return PARKING.format(name=name, **(usual | values))


def meeting(name: str = "Bo Lind", date: str = "5. marts 2026", time: str = "10.00") -> str:
    """Return an invitation to a meeting, with values of its own."""
    return MEETING.format(name=name, date=date, time=time)


class Clock:
    """Seconds that only pass when the test lets them."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class Office:
    """The folder of one municipality; everybody who sits down has the same store."""

    def __init__(self, folder: Path, closing: ExitStack) -> None:
        self.folder = folder / "breve"
        self.folder.mkdir()
        self.file = folder / "afgørelser.db"
        self.clock = Clock()
        self._closing = closing
        self._moment = MORNING

    def write(self, name: str, text: str) -> Path:
        """Lay a letter into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def store(self, **options: Any) -> Store:
        """Open the store."""
        return self._closing.enter_context(open_store(self.file, **options))

    def desk(self, person: str = "Mette Prøve", store: Store | None = None, **chosen: Any) -> Desk:
        """Return a desk in the folder; ``chosen`` are settings."""
        values: dict[str, Any] = {"blind_percent": 0.0, "store": str(self.file)}
        settings = Settings(**(values | chosen))
        desk = Desk(settings, self.folder, store or self.store(), person=person, now=self.now)
        self._closing.callback(desk.close)
        return desk

    def sit(self, person: str = "Mette Prøve", store: Store | None = None, **chosen: Any) -> Conversation:
        """Return a conversation with the first letter on the desk."""
        conversation = self.conversation(person, store, **chosen)
        conversation.begin()
        return conversation

    def conversation(
        self, person: str = "Mette Prøve", store: Store | None = None, language: str = "da", **chosen: Any
    ) -> Conversation:
        """Return a conversation whose folder was looked through, and in which nothing was said yet."""
        desk = self.desk(person, store, **chosen)
        desk.fill()
        return Conversation(desk, get_texts(language), self.clock)

    def now(self) -> datetime:
        """Each look at the clock is a second later than the one before."""
        self._moment += timedelta(seconds=1)
        return self._moment


def read_all(conversation: Conversation) -> None:
    """Know of every letter what a look through the folder finds."""
    for entry in conversation.desk.pile:
        conversation.desk.open(entry)


def letter_of(conversation: Conversation) -> str:
    """Return the name of the file on the desk, or nothing."""
    return conversation.sitting.entry.path.name if conversation.sitting else ""


def entry_of(conversation: Conversation, name: str) -> Entry:
    """Return the letter of a file."""
    return next(entry for entry in conversation.desk.pile if entry.path.name == name)


def decided(conversation: Conversation, name: str) -> Decision:
    """Return the one decision that holds for a letter, as it stands in the store."""
    (head,) = conversation.desk.store.heads(entry_of(conversation, name).name)
    return head


def history(conversation: Conversation, name: str) -> tuple[Decision, ...]:
    """Return all decisions on a letter in the store."""
    return conversation.desk.store.history(entry_of(conversation, name).name)


def accept(conversation: Conversation) -> Turn:
    """Press Enter."""
    return conversation.do(Accept())


def words(turn: Turn | Iterable[Reply]) -> str:
    """Return all that was said, line by line; a card as ``[card]``."""
    replies = turn.replies if isinstance(turn, Turn) else tuple(turn)
    return "\n".join(line for reply in replies for line in _lines(reply))


def listed(turn: Turn) -> list[str]:
    """Return the options that were listed last."""
    lists = [reply for reply in turn.replies if isinstance(reply, Listing)]
    return [option.text for option in lists[-1].options] if lists else []


def _lines(reply: Reply) -> list[str]:
    match reply:
        case Said(text):
            return [text]
        case Listing(title, options):
            return [title, *(option.text for option in options)]
        case Quote(title, lines):
            return [title, *lines]
        case Card():
            return ["[card]"]
