"""The review screen: the letter to the left, the conversation to the right, one line to type in.

All thinking (reading, suggesting, keeping) is done in one other thread, one thing after the other; the screen only
hands it what was asked for and shows the replies. A key always means the letter that was on the screen when it was
pressed: one that comes too late is dropped, so that no letter is decided unseen.
"""

import time
from collections.abc import Callable
from typing import TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer

from markup_assistant.catalogue.search import search
from markup_assistant.errors import AssistantError
from markup_assistant.letters.masking import mask_cpr
from markup_assistant.markup import Part
from markup_assistant.review.card import card_lines, evidence
from markup_assistant.review.commands import Command
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import Accept, Intent, Pick, Quit, Show
from markup_assistant.review.replies import Option, Said, Tone
from markup_assistant.review.sitting import Sitting, Turn
from markup_assistant.texts import Texts
from markup_assistant.tui.card_view import CardView
from markup_assistant.tui.digits import Digits, choices, pick_on_card, takes_numbers
from markup_assistant.tui.letter_pane import LetterPane
from markup_assistant.tui.meant import meant
from markup_assistant.tui.own_screens import asked_of_screen, has_screen, opening
from markup_assistant.tui.prompt import Hits, Prompt
from markup_assistant.tui.status import KeyHint, Keys, Status
from markup_assistant.tui.talk import Talk
from markup_assistant.tui.thinker import Thinker
from markup_assistant.tui.tour import Tour

T = TypeVar("T")

LIVE_SECONDS = 0.08
"""Pause in typing after which the list of subjects follows."""

NEWS_SECONDS = 2.0
"""How often the screen asks what others have decided and the scan has found."""

BUSY_SECONDS = 0.4
"""How long nothing is said while something is thought about."""

LIVE_LETTERS = 3
"""Characters from which words are searched while they are typed."""

LOOK_BACK = 3
"""Rows that the conversation is scrolled at a time."""

_PARTS = (None, *Part)

Make = Callable[[], Conversation]


class ReviewScreen(Screen[None]):
    """Reviews the letters of a folder.

    Args:
        make: opens the store, loads the model and begins the conversation: called in the thinking thread.
        texts: the language of the screen.
        look_seconds: how long a letter must have been on the screen before a key can decide it: a key held down or
            pressed twice does not decide letters that nobody has seen.
    """

    def __init__(self, make: Make, texts: Texts, *, look_seconds: float = 0.2) -> None:
        super().__init__(id="review")
        self._make = make
        self._texts = texts
        self._look_seconds = look_seconds
        self._thinker = Thinker()
        self._shown: Sitting | None = None
        self._shown_at = 0.0
        self._live: Timer | None = None
        self._ending = False
        self._digits = Digits()
        self.talk_to: Conversation | None = None

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Status(id="status")
        with Horizontal(id="desk"):
            yield LetterPane(self._texts, id="letter")
            with Vertical(id="side"):
                yield Talk(id="conversation")
                yield Hits()
                yield Prompt(
                    self._texts("review.screen.placeholder"),
                    lambda: choices(self.talk_to),
                    lambda: takes_numbers(self.talk_to),
                )
        yield Keys(self._texts)

    def on_mount(self) -> None:
        """Begin."""
        self.query_one(Prompt).focus()
        self._start()

    def on_unmount(self) -> None:
        """Leave no thread behind, whatever the end was."""
        self._thinker.stop()

    # -- thinking ---------------------------------------------------------------------------------------------------

    async def _think(self, function: Callable[..., T], *arguments: object) -> T:
        """Have something thought about, and say so where it takes long."""
        busy = self.set_timer(BUSY_SECONDS, lambda: self._tell("review.screen.working"))
        try:
            return await self._thinker.think(function, *arguments)
        finally:
            busy.stop()

    @work(group="start")
    async def _start(self) -> None:
        self._tell("review.screen.starting")
        try:
            conversation = await self._thinker.think(self._make)
            if self._ending:
                return
            self.talk_to = conversation
            self._tell("review.screen.reading")
            self._take(await self._thinker.think(conversation.show_first))
            self._take(await self._thinker.think(conversation.fill))
        except AssistantError as error:
            self._tell("review.screen.stopped")
            self._say_error(error)
            return
        if not self._ending:
            await self._settle_in(conversation)

    async def _settle_in(self, conversation: Conversation) -> None:
        """Begin what goes on beside the review, once its folder is known."""
        if not len(conversation.desk.pile):
            self._say(Said(self._texts("review.said.empty_folder", folder=conversation.desk.folder), Tone.WARNING))
            return
        conversation.desk.scanner.start(lambda: None)
        self.set_interval(NEWS_SECONDS, self._hear_news)
        try:
            if await self._thinker.think(conversation.desk.is_first_time):
                self.app.push_screen(Tour(self._texts))
        except AssistantError as error:
            self._say_error(error)
        # The first search makes its index: nobody should wait for that while they type.
        await self._thinker.think(search, conversation.desk.catalogue, "kle", 1)

    @work(group="ask")
    async def _ask(self, what: Callable[[Conversation], Turn], seen: Sitting | None) -> None:
        """Have something done, unless another letter came onto the screen since it was asked for."""
        conversation = self.talk_to
        if conversation is None:
            return

        def do() -> Turn:
            return what(conversation) if conversation.sitting is seen else Turn()

        self._take(await self._think(do))

    @work(group="news", exclusive=True)
    async def _hear_news(self) -> None:
        if self.talk_to and not self._ending:
            self._take(await self._thinker.think(self.talk_to.refresh))

    def do(self, intent: Intent) -> None:
        """Have an intent done for the letter on the screen."""
        if isinstance(intent, Quit):
            self.close_down()
        elif isinstance(intent, Accept) and time.monotonic() - self._shown_at < self._look_seconds:
            return
        elif isinstance(intent, Show) and intent.what == "letter":
            self.toggle_class("zoomed")
        elif has_screen(intent):
            self._open(intent)
        else:
            self._ask(lambda conversation: conversation.do(intent), self._shown)

    # -- showing ----------------------------------------------------------------------------------------------------

    def _take(self, turn: Turn) -> None:
        """Show what came of something that was asked."""
        conversation = self.talk_to
        if conversation is None or self._ending:
            return
        if turn.ended:
            self.close_down()
            return
        if conversation.sitting is not self._shown:
            self._show_letter(conversation)
        if turn.replies:
            self.remove_class("zoomed")
            part = conversation.sitting.part if conversation.sitting else None
            self.query_one(Talk).show(turn.replies, card_lines(conversation), part)
            self._show_evidence(conversation)
        self.query_one(Status).tell(conversation)

    def _show_letter(self, conversation: Conversation) -> None:
        here = self._shown = conversation.sitting
        self._shown_at = time.monotonic()
        pane = self.query_one(LetterPane)
        if here is None:
            pane.clear()
            self.query_one(Talk).turn_page("")
            return
        name = mask_cpr(conversation.words.path(here.entry.path))
        self.query_one(Talk).turn_page(name)
        if here.opened is None:
            pane.show_message(name, [self._texts("review.said.unreadable")])
            return
        pane.show(conversation.desk.shown(here.opened))
        pane.border_title = Content(mask_cpr(here.entry.path.name))

    def _show_evidence(self, conversation: Conversation) -> None:
        # In the order of the text, so that a letter that has just come is read from its beginning.
        spans = sorted((piece.start, piece.end) for piece in evidence(conversation))
        self.query_one(LetterPane).highlight(spans)

    def _say(self, said: Said) -> None:
        self.query_one(Talk).show([said], (), None)

    def _say_error(self, error: AssistantError) -> None:
        self._say(Said(f"{error.what(self._texts)} {error.do(self._texts)}", Tone.ERROR))

    def _tell(self, key: str) -> None:
        self.query_one(Status).say(self._texts(key))

    # -- asking -----------------------------------------------------------------------------------------------------

    @on(Prompt.Called)
    @on(KeyHint.Called)
    def _called(self, message: Prompt.Called | KeyHint.Called) -> None:
        self.run_command(message.command)

    def run_command(self, command: Command) -> None:
        """Do what a command says, whichever way it was called."""
        if isinstance(command.intent, Pick):
            place = command.intent.place
            self._ask(lambda conversation: self._digits.pick(conversation, place), self._shown)
        else:
            self.do(command.intent)

    @on(Prompt.NumberMeant)
    def _number_meant(self) -> None:
        self._ask(self._digits.take_back, self._shown)

    @on(Prompt.Submitted)
    def _submitted(self, message: Prompt.Submitted) -> None:
        text = message.value.strip()
        if self.talk_to is None:
            return  # what is typed stays until there is somebody to hear it
        chosen = self.query_one(Hits).chosen(message.value)
        self._empty_line()
        if chosen is not None:
            self._choose(text, chosen)
        elif text:
            self.query_one(Talk).hear(mask_cpr(text))
            self._hear(text)

    @on(Hits.Clicked)
    def _hit_clicked(self, message: Hits.Clicked) -> None:
        text = self.query_one(Prompt).value.strip()
        self._empty_line()
        self._choose(text, message.option)

    def _choose(self, text: str, chosen: Option) -> None:
        self.query_one(Talk).hear(mask_cpr(text))
        self.do(chosen.intent)

    def _empty_line(self) -> None:
        self.query_one(Prompt).value = ""
        self.query_one(Hits).hide()

    @work(group="ask")
    async def _hear(self, text: str) -> None:
        conversation, seen = self.talk_to, self._shown
        if conversation is None:
            return

        def hear() -> Turn | Intent:
            if conversation.sitting is not seen:
                return Turn()
            return asked_of_screen(conversation, text) or conversation.hear(text)

        heard = await self._think(hear)
        if isinstance(heard, Turn):
            self._take(heard)
        else:
            self.do(heard)

    @on(Prompt.Changed)
    def _typed(self, message: Prompt.Changed) -> None:
        if self._live is not None:
            self._live.stop()
        if len(message.value.strip()) < LIVE_LETTERS:
            self.query_one(Hits).hide()
            return
        self._live = self.set_timer(LIVE_SECONDS, lambda: self._search_live(message.value))

    @work(group="live", exclusive=True)
    async def _search_live(self, text: str) -> None:
        conversation = self.talk_to
        if conversation is None or conversation.sitting is None:
            return

        options = await self._thinker.think(meant, conversation, text)
        if self.query_one(Prompt).value == text:
            self.query_one(Hits).show(text, options)

    @on(Prompt.PartMoved)
    def _part_moved(self, message: Prompt.PartMoved) -> None:
        if self._shown is None:
            return
        place = _PARTS.index(self._shown.part)
        self._focus_part(_PARTS[(place + message.step) % len(_PARTS)])

    @on(CardView.Focused)
    def _part_clicked(self, message: CardView.Focused) -> None:
        self._focus_part(message.part)

    def _focus_part(self, part: Part | None) -> None:
        conversation = self.talk_to
        if conversation is None or conversation.sitting is not self._shown:
            return
        conversation.focus(part)
        self.query_one(Talk).show_card(card_lines(conversation), part)
        self._show_evidence(conversation)

    @on(Prompt.HitMoved)
    def _hit_moved(self, message: Prompt.HitMoved) -> None:
        self.query_one(Hits).move(message.step)

    @on(Prompt.Left)
    def _left(self) -> None:
        prompt, hits = self.query_one(Prompt), self.query_one(Hits)
        if hits.display:
            hits.hide()
        elif prompt.value:
            self._empty_line()
        elif self.has_class("zoomed"):
            self.remove_class("zoomed")
        else:
            self._focus_part(None)

    @on(Prompt.Paged)
    def _paged(self, message: Prompt.Paged) -> None:
        pane = self.query_one(LetterPane)
        if message.step > 0:
            pane.page_down()
        else:
            pane.page_up()

    @on(Prompt.LookedBack)
    def _looked_back(self, message: Prompt.LookedBack) -> None:
        self.query_one(Talk).scroll_lines(message.step * LOOK_BACK)

    @on(Talk.Picked)
    def _picked(self, message: Talk.Picked) -> None:
        self.do(message.intent)

    @on(CardView.Picked)
    def _picked_on_card(self, message: CardView.Picked) -> None:
        self._ask(lambda conversation: pick_on_card(conversation, message.place), self._shown)

    # -- screens of their own, and the end --------------------------------------------------------------------------

    def _open(self, intent: Intent) -> None:
        """Open the screen that an intent has of its own; what is chosen there is for the letter seen now."""
        conversation, seen = self.talk_to, self._shown
        opened = opening(conversation, intent) if conversation is not None else None
        if opened is None:
            return
        meaning = opened.meaning

        def chose(value: str | None) -> None:
            if value and meaning is not None:
                wanted = meaning(value)
                self._ask(lambda conversation: conversation.do(wanted), seen)

        self.app.push_screen(opened.screen, chose)

    def close_down(self) -> None:
        """Leave: what is under way is finished, then the program ends."""
        if not self._ending:
            self._ending = True
            self._tell("review.screen.ending")
            self._finish()

    @work(group="finish")
    async def _finish(self) -> None:
        await self._thinker.think(lambda: None)  # what was asked before, above all what is being opened
        bye = ""
        if self.talk_to is not None:
            turn = await self._thinker.think(self.talk_to.do, Quit())
            bye = " ".join(reply.text for reply in turn.replies if isinstance(reply, Said))
            await self._thinker.think(self.talk_to.desk.close)
        self.app.exit(message=bye or None)
