"""The review screen: the letter to the left, the conversation to the right, one line to type in.

All thinking (reading, suggesting, keeping) is done in one other thread, one thing after the other; the screen only
hands it what was asked for and shows the replies. A key always means the letter that was on the screen when it was
pressed: one that comes too late is dropped, so that no letter is decided unseen.
"""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer

from markup_assistant.errors import AssistantError
from markup_assistant.letters.masking import mask_cpr
from markup_assistant.markup import NO_MARKUP, How, Part
from markup_assistant.review.answers import found_subjects
from markup_assistant.review.card import card_lines, evidence
from markup_assistant.review.commands import Command
from markup_assistant.review.conversation import Conversation, Sitting, Turn
from markup_assistant.review.grammar import Understood, understand
from markup_assistant.review.intents import (
    Accept,
    Browse,
    ChooseFacet,
    ChooseSubject,
    ChooseTarget,
    Help,
    Intent,
    Pick,
    Search,
    Show,
)
from markup_assistant.review.replies import Option, Said, Tone
from markup_assistant.texts import Texts
from markup_assistant.tui.card_view import CardView
from markup_assistant.tui.facet_picker import FacetPicker
from markup_assistant.tui.letter_pane import LetterPane
from markup_assistant.tui.picker import SubjectPicker
from markup_assistant.tui.prompt import Hits, Prompt
from markup_assistant.tui.review_help import help_for
from markup_assistant.tui.status import KeyHint, Keys, Status
from markup_assistant.tui.talk import Talk
from markup_assistant.tui.target_picker import TargetPicker
from markup_assistant.tui.tour import Tour

T = TypeVar("T")

LIVE_SECONDS = 0.08
"""Pause in typing after which the list of subjects follows."""

NEWS_SECONDS = 2.0
"""How often the screen asks what others have decided and the scan has found."""

LIVE_LETTERS = 3
"""Characters from which words are searched while they are typed."""

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
        self._thinker = ThreadPoolExecutor(1, thread_name_prefix="thinker")
        self._shown: Sitting | None = None
        self._shown_at = 0.0
        self._live: Timer | None = None
        self._closing = False
        self.talk_to: Conversation | None = None

    def compose(self) -> ComposeResult:
        """Lay out the screen."""
        yield Status(id="status")
        with Horizontal(id="desk"):
            yield LetterPane(self._texts, id="letter")
            with Vertical(id="side"):
                yield Talk(id="conversation")
                yield Hits()
                yield Prompt(placeholder=self._texts("review.screen.placeholder"), id="prompt")
        yield Keys(self._texts)

    def on_mount(self) -> None:
        """Begin."""
        self.query_one(Prompt).focus()
        self.query_one(Status).update(self._texts("review.screen.starting"))
        self._start()

    # -- thinking ---------------------------------------------------------------------------------------------------

    async def _think(self, function: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thinker, function, *arguments)

    @work(group="start")
    async def _start(self) -> None:
        try:
            conversation = await self._think(self._make)
        except AssistantError as error:
            self._say(Said(f"{error.what(self._texts)} {error.do(self._texts)}", Tone.ERROR))
            return
        self.talk_to = conversation
        self._take(await self._think(conversation.show_first))
        try:
            self._take(await self._think(conversation.fill))
        except AssistantError as error:
            self._say(conversation.failure(error))
            return
        if not len(conversation.desk.pile):
            self._say(Said(self._texts("review.said.empty_folder", folder=conversation.desk.folder), Tone.WARNING))
            return
        conversation.desk.scanner.start(lambda: None)
        self.set_interval(NEWS_SECONDS, self._hear_news)
        if await self._think(conversation.desk.is_first_time):
            self.app.push_screen(Tour(self._texts))

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
        if self.talk_to and not self._closing:
            self._take(await self._think(self.talk_to.refresh))

    def do(self, intent: Intent) -> None:
        """Have an intent done for the letter on the screen."""
        if isinstance(intent, Accept) and time.monotonic() - self._shown_at < self._look_seconds:
            return
        if self._opens_something(intent):
            return
        self._ask(lambda conversation: conversation.do(intent), self._shown)

    # -- showing ----------------------------------------------------------------------------------------------------

    def _take(self, turn: Turn) -> None:
        """Show what came of something that was asked."""
        conversation = self.talk_to
        if conversation is None or self._closing:
            return
        if turn.ended:
            self.close_down()
            return
        talk = self.query_one(Talk)
        if conversation.sitting is not self._shown:
            self._show_letter(conversation)
        if turn.replies:
            part = conversation.sitting.part if conversation.sitting else None
            talk.show(turn.replies, card_lines(conversation), part)
            self._show_evidence(conversation)
        self.query_one(Status).tell(conversation)

    def _show_letter(self, conversation: Conversation) -> None:
        here = self._shown = conversation.sitting
        self._shown_at = time.monotonic()
        pane = self.query_one(LetterPane)
        if here is None:
            pane.clear()
            return
        name = conversation.words.path(here.entry.path)
        self.query_one(Talk).turn_page(mask_cpr(name))
        if here.opened is None:
            pane.show_message(name, [self._texts("review.said.unreadable")])
            return
        pane.show(conversation.desk.shown(here.opened))

    def _show_evidence(self, conversation: Conversation) -> None:
        # In the order of the text, so that a letter that has just come is read from its beginning.
        spans = sorted((piece.start, piece.end) for piece in evidence(conversation))
        self.query_one(LetterPane).highlight(spans)

    def _say(self, said: Said) -> None:
        self.query_one(Talk).show([said], (), None)

    # -- asking -----------------------------------------------------------------------------------------------------

    @on(Prompt.Called)
    @on(KeyHint.Called)
    def _called(self, message: Prompt.Called | KeyHint.Called) -> None:
        self.run_command(message.command)

    def run_command(self, command: Command) -> None:
        """Do what a command says, whichever way it was called."""
        self.do(command.intent)

    @on(Prompt.Submitted)
    def _submitted(self, message: Prompt.Submitted) -> None:
        text = message.value.strip()
        prompt, hits = self.query_one(Prompt), self.query_one(Hits)
        chosen = hits.chosen
        prompt.value = ""
        hits.show(())
        if not text:
            return
        self.query_one(Talk).hear(text)
        if chosen is not None:
            self.do(chosen.intent)
        else:
            self._hear(text)

    @work(group="ask")
    async def _hear(self, text: str) -> None:
        conversation, seen = self.talk_to, self._shown
        if conversation is None:
            return

        def hear() -> Turn | Intent:
            if conversation.sitting is not seen:
                return Turn()
            understood = understand(text, conversation.situation())
            alone = (
                understood.intents[0] if isinstance(understood, Understood) and len(understood.intents) == 1 else None
            )
            return alone if alone is not None and _has_screen(alone) else conversation.hear(text)

        heard = await self._think(hear)
        if isinstance(heard, Turn):
            self._take(heard)
        else:
            self._opens_something(heard)

    @on(Prompt.Changed)
    def _typed(self, message: Prompt.Changed) -> None:
        if self._live is not None:
            self._live.stop()
        if len(message.value.strip()) < LIVE_LETTERS:
            self.query_one(Hits).show(())
            return
        self._live = self.set_timer(LIVE_SECONDS, lambda: self._search_live(message.value))

    @work(group="live", exclusive=True)
    async def _search_live(self, text: str) -> None:
        conversation = self.talk_to
        if conversation is None or conversation.sitting is None:
            return

        def search() -> tuple[Option, ...]:
            understood = understand(text, conversation.situation())
            if isinstance(understood, Understood) and isinstance(understood.intents[0], Search):
                return found_subjects(conversation, understood.intents[0].query)
            return ()

        options = await self._think(search)
        if self.query_one(Prompt).value == text:
            self.query_one(Hits).show(options)

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
        prompt = self.query_one(Prompt)
        if prompt.value:
            prompt.value = ""
            self.query_one(Hits).show(())
        elif self.has_class("zoomed"):
            self.remove_class("zoomed")
        else:
            self._focus_part(None)

    @on(Prompt.Paged)
    def _paged(self, message: Prompt.Paged) -> None:
        pane = self.query_one(LetterPane)
        if message.step > 0:
            pane.scroll_page_down(animate=False)
        else:
            pane.scroll_page_up(animate=False)

    @on(CardView.Picked)
    @on(Talk.Picked)
    def _picked(self, message: CardView.Picked | Talk.Picked) -> None:
        self.do(Pick(message.place))

    # -- screens of their own ---------------------------------------------------------------------------------------

    def _opens_something(self, intent: Intent) -> bool:
        """Open the screen that an intent has of its own; returns whether it has one."""
        conversation = self.talk_to
        if conversation is None or not _has_screen(intent):
            return False
        desk, seen = conversation.desk, self._shown
        markup = seen.draft.markup if seen else NO_MARKUP
        match intent:
            case Help(topic):
                self.app.push_screen(help_for(conversation, topic))
            case Show("letter"):
                self.toggle_class("zoomed")
            case Browse(number):
                start = number or markup.subject
                picker = SubjectPicker(desk.catalogue, self._texts, start)
                self.app.push_screen(picker, lambda found: self._chose(found, ChooseSubject, seen))
            case Show("facets"):
                facets = FacetPicker(desk.catalogue, self._texts, markup.subject, present=markup.facet)
                self.app.push_screen(facets, lambda found: self._chose(found, ChooseFacet, seen))
            case Show("targets"):
                targets = TargetPicker(desk.organisation, self._texts, present=markup.target)
                self.app.push_screen(targets, lambda found: self._chose(found, ChooseTarget, seen))
        return True

    def _chose(self, value: str | None, intent: Callable[..., Intent], seen: Sitting | None) -> None:
        """Take what was chosen on a screen of its own, for the letter that it was opened for."""
        if value:
            self._ask(lambda conversation: conversation.do(intent(value, How.SEARCHED)), seen)

    def close_down(self) -> None:
        """Leave: what is under way is finished, then the program ends."""
        if not self._closing:
            self._closing = True
            self._finish()

    @work(group="finish")
    async def _finish(self) -> None:
        if self.talk_to is not None:
            await self._think(self.talk_to.desk.close)
        self._thinker.shutdown(wait=False)
        self.app.exit()


def _has_screen(intent: Intent) -> bool:
    match intent:
        case Browse() | Help() | Show("letter") | Show("facets") | Show("targets"):
            return True
    return False
