"""The conversation about the letters of a folder: what is asked of it, in intents or in typed words, and its answers.

It knows no screen. The terminal screen and the plain chat hand it intents and words, and show its replies.
"""

import time
from collections.abc import Callable, Iterator, Sequence

from markup_assistant.errors import AssistantError, LetterError
from markup_assistant.markup import Decision, Markup, Outcome, Part, holding, in_conflict
from markup_assistant.review import answers, shaping
from markup_assistant.review.desk import Desk, Manner
from markup_assistant.review.draft import Draft
from markup_assistant.review.grammar import Doubt, NotUnderstood, Setting, Unclear, understand
from markup_assistant.review.intents import (
    Accept,
    ChooseQueue,
    ChooseSubject,
    GoTo,
    Intent,
    LeaveAlone,
    Next,
    OfTheLetter,
    Pick,
    Previous,
    Propagate,
    Queue,
    Quit,
    Skip,
    Undo,
)
from markup_assistant.review.pile import Entry, Standing
from markup_assistant.review.propagation import propagated
from markup_assistant.review.replies import Card, Listing, Option, Reply, Said, Tone
from markup_assistant.review.sitting import Sitting, Turn, asks, joined
from markup_assistant.review.undoing import undoing
from markup_assistant.review.words import Words
from markup_assistant.suggest.dates import find_letter_date
from markup_assistant.texts import Texts

REFRESH_SECONDS = 5.0
"""How often the order of the queue follows what the scan finds: often enough to help, too rarely to be felt."""

BLIND_FROM = 10
"""Decided letters of the folder from which letters are answered blind: who begins is helped first."""

LISTED = 9
"""Choices that have a digit."""


class Conversation:
    """Goes through a queue of letters with one person.

    Args:
        desk: reads letters and keeps decisions.
        texts: the language that is spoken.
        clock: seconds that only grow, for how long a letter was looked at.
    """

    def __init__(self, desk: Desk, texts: Texts, clock: Callable[[], float] = time.monotonic) -> None:
        self.desk = desk
        self.texts = texts
        self.words = Words(desk.catalogue, desk.organisation, texts)
        self.clock = clock
        self.queue = ChooseQueue(Queue.ALL)
        self.sitting: Sitting | None = None
        self.done: list[tuple[Decision, ...]] = []
        self.decided_now = 0
        self._order: list[Entry] = []
        self._place = -1
        self._ordered_at = 0.0

    def begin(self) -> Turn:
        """Lay the first letter on the desk: where this person stopped, or the first that is open."""
        self._reorder()
        start = self.desk.bookmarked()
        names = {entry.path: place for place, entry in enumerate(self._order)}
        self._place = names.get(start, 0) - 1 if start else -1
        return self._turn(self.onwards(), moved=True)

    def show_first(self) -> Turn:
        """Show a first letter before the folder is looked through, so that nobody waits for a long list."""
        path = self.desk.bookmarked() or self.desk.first_file()
        if path is None:
            return Turn()
        entry = self.desk.pile.add(path)
        entry.heads = self.desk.store.heads(entry.name)
        if entry.standing is not Standing.OPEN:
            return Turn()
        self._order, self._place = [entry], 0
        return self._turn(self._sit(entry), moved=True)

    def fill(self) -> Turn:
        """Take in the whole folder; the letter on the desk stays there."""
        self.desk.fill()
        here = self.sitting
        self._order, self._place = [], -1
        self._reorder()
        if here is None or here.entry not in self._order:
            return self.begin()
        self._place = self._order.index(here.entry)
        self._prefetch()
        return Turn()

    def hear(self, text: str) -> Turn:
        """Do what a line of typed words asks for."""
        understood = understand(text, self.situation())
        if isinstance(understood, NotUnderstood):
            return Turn(tuple(self._not_understood(understood)))
        if isinstance(understood, Unclear):
            turns = [self.do(intent) for intent in understood.besides]
            options = tuple(Option(self.words.intent(intent), intent) for intent in understood.options)
            asked = self._turn(
                iter([Listing(self.texts(f"review.doubt.{understood.doubt}", text=understood.about), options)])
            )
            return joined([*turns, asked])
        turns = []
        for intent in understood.intents:
            # What was said of one letter is not done to another, nor before a question about it was answered.
            if isinstance(intent, OfTheLetter) and any(turn.moved or asks(turn) for turn in turns):
                break
            turns.append(self.do(intent))
        return joined(turns)

    def do(self, intent: Intent) -> Turn:
        """Do what an intent asks for; an error of the store or a file is a reply, and nothing is lost."""
        before = self.sitting
        replies = self._said(self._answer(intent))
        return Turn(replies, self.sitting is not before, isinstance(intent, Quit))

    def focus(self, part: Part | None) -> None:
        """Look at one part of the card: typed words and digits are meant for it first."""
        if self.sitting:
            self.sitting.part = part
            self.sitting.options = ()

    def refresh(self) -> Turn:
        """Take in what the scan and others have found; the letter at hand stays."""
        replies: list[Reply] = []
        try:
            touched = self.desk.hear_of_others()
        except AssistantError:  # asked again in a moment; a decision tells of a store that does not work
            return Turn()
        here = self.sitting
        if here and here.entry in touched:
            replies.append(Said(self.texts("review.said.other_decided", who=here.entry.heads[-1].person), Tone.WARNING))
        if self.clock() - self._ordered_at > REFRESH_SECONDS:
            self._reorder()
            if here and here.entry in self._order:
                self._place = self._order.index(here.entry)
            self._prefetch()
        return Turn(tuple(replies))

    def heads(self) -> tuple[Decision, ...]:
        """Return the decisions that hold for the letter at hand, as last seen."""
        return self.sitting.entry.heads if self.sitting else ()

    def place(self) -> tuple[int, int]:
        """Return the place of the letter at hand in its queue, from 1, and the length of the queue."""
        return (self._place + 1 if self.sitting else 0), len(self._order)

    def at(self, place: int) -> Entry | None:
        """Return the letter at a place of the queue, from 1, as :meth:`place` counts them."""
        return self._order[place - 1] if 1 <= place <= len(self._order) else None

    def count(self, chosen: ChooseQueue) -> int:
        """Return how many letters a queue has."""
        return len(self._ordered(chosen))

    def failure(self, error: AssistantError) -> Said:
        """Return an error as a sentence."""
        return Said(f"{error.what(self.texts)} {error.do(self.texts)}", Tone.ERROR)

    def _answer(self, intent: Intent) -> Iterator[Reply]:
        match intent:
            case Accept():
                return self._accept()
            case LeaveAlone():
                return self._decide(Outcome.LEFT_ALONE, Draft())
            case Pick(place):
                return self._pick(place)
            case Undo():
                return self._undo()
            case Propagate(places):
                return propagated(self, places)
            case Quit():
                return iter([Said(self.texts("review.said.bye", count=self.decided_now), Tone.DONE)])
        return self._moved(intent) or shaping.shape(self, intent) or answers.answer(self, intent)

    def _moved(self, intent: Intent) -> Iterator[Reply] | None:
        """Go to another letter as an intent asks, or return None where it asks for something else."""
        match intent:
            case Skip():
                if self.sitting:
                    self.sitting.entry.skipped = True
                return self.onwards()
            case Next():
                return self.onwards()
            case Previous():
                return self._back()
            case GoTo(letter):
                return self._go_to(letter)
            case ChooseQueue():
                return self._choose_queue(intent)
        return None

    # -- deciding ---------------------------------------------------------------------------------------------------

    def _accept(self) -> Iterator[Reply]:
        here = self.sitting
        if here is None or here.opened is None:
            yield from self.onwards()
        elif here.blind:
            yield Said(self.texts("review.said.blind_first"), Tone.WARNING)
        elif not here.draft.markup.subject:
            yield Said(self.texts("review.said.no_subject"), Tone.WARNING)
        else:
            yield from self._decide(Outcome.MARKED, here.draft)

    def _decide(self, outcome: Outcome, draft: Draft) -> Iterator[Reply]:
        here = self.sitting
        if here is None or here.opened is None:
            yield Said(self.texts("review.said.no_letter_here"), Tone.WARNING)
            return
        blind = here.blind or (bool(here.blind_subject) and draft.markup.subject == here.blind_subject)
        manner = Manner(seconds=self.clock() - here.began, blind=blind)
        decision = self.desk.decide(here.opened, outcome, draft, manner, here.heads)
        here.heads = (decision,)  # a further decision on the same letter replaces this one
        self.note_done((decision,))
        yield Said(self.words.decided(decision), Tone.DONE)
        self.desk.hear_of_others()
        if in_conflict(here.entry.heads):
            others = ", ".join(head.person for head in here.entry.heads if head.id != decision.id)
            yield Said(self.texts("review.said.conflict_made", who=others), Tone.WARNING)
        alike = [other for other, _ in self.desk.pile.alike(here.entry) if other.standing is Standing.OPEN]
        if outcome is Outcome.MARKED and alike:
            yield Said(self.texts("review.said.alike_left", count=len(alike)))
        yield from self.onwards()

    def note_done(self, decisions: tuple[Decision, ...]) -> None:
        """Remember decisions as one step that can be undone."""
        self.done.append(decisions)
        self.decided_now += len(decisions)

    def _undo(self) -> Iterator[Reply]:
        here = self.sitting
        if here and here.steps:
            here.draft = here.steps.pop()
            yield Said(self.texts("review.said.undone_step"), Tone.DONE)
            yield Card()
        elif not self.done:
            yield Said(self.texts("review.said.nothing_to_undo"))
        else:
            yield from self._undo_decisions(self.done[-1])

    def _undo_decisions(self, last: tuple[Decision, ...]) -> Iterator[Reply]:
        undone = undoing(self.desk, last)
        self.desk.keep([(decision, "") for decision in undone])
        self.done.pop()
        self.decided_now -= len(undone)
        if len(undone) < len(last):
            yield Said(self.texts("review.said.undo_too_late", count=len(last) - len(undone)), Tone.WARNING)
        if undone:
            yield Said(self.texts("review.said.undone", count=len(undone)), Tone.DONE)
        entry = self.desk.pile.get(last[0].letter)
        if entry:
            yield from self._move_to(entry)

    # -- moving -----------------------------------------------------------------------------------------------------

    def onwards(self) -> Iterator[Reply]:
        """Go to the next letter of the queue that still belongs to it; at the end, to those skipped or passed."""
        for place in range(self._place + 1, len(self._order)):
            entry = self._order[place]
            if self._belongs(entry) and (not entry.skipped or self.queue.queue is Queue.SKIPPED):
                self._place = place
                yield from self._sit(self._order[place])
                return
        yield from self._at_end()

    def _at_end(self) -> Iterator[Reply]:
        left = [entry for entry in self._order if self._belongs(entry)]
        here = self.sitting.entry if self.sitting else None
        if here is not None and left == [here]:
            yield Said(self.texts("review.said.last_one"))
        elif left:
            yield Said(self.texts("review.said.from_the_top", count=len(left)))
            for entry in left if self.queue.queue is not Queue.SKIPPED else ():
                entry.skipped = False
            self._place = self._order.index(left[0])
            yield from self._sit(left[0])
        else:
            self.sitting = None
            self._place = -1
            key = "review.said.all_done" if self.queue == ChooseQueue(Queue.ALL) else "review.said.queue_done"
            yield Said(self.texts(key), Tone.DONE)

    def _back(self) -> Iterator[Reply]:
        if self._place <= 0:
            yield Said(self.texts("review.said.first_one"))
            return
        self._place -= 1
        yield from self._sit(self._order[self._place])

    def _go_to(self, letter: str) -> Iterator[Reply]:
        found = answers.find_letters(self, letter)
        if len(found) == 1:
            yield from self._move_to(found[0])
        elif found:
            options = tuple(Option(self.words.path(entry.path), GoTo(entry.name)) for entry in found[:LISTED])
            yield Listing(self.texts("review.said.which_letter"), options)
        else:
            yield Said(self.texts("review.said.no_letter", letter=letter))

    def _move_to(self, entry: Entry) -> Iterator[Reply]:
        if entry not in self._order:
            # Before the letter at hand: whoever goes to look at another one comes back to it.
            self._order.insert(max(self._place, 0), entry)
        self._place = self._order.index(entry)
        yield from self._sit(entry)

    def _choose_queue(self, chosen: ChooseQueue) -> Iterator[Reply]:
        order = self._ordered(chosen)
        if not order:
            yield Said(self.texts("review.said.queue_empty", queue=self.words.queue(chosen)))
            return
        self.queue, self._order, self._place = chosen, order, -1
        self._ordered_at = self.clock()
        yield Said(self.texts("review.said.queue", queue=self.words.queue(chosen), count=len(order)), Tone.DONE)
        yield from self.onwards()

    def _ordered(self, chosen: ChooseQueue) -> list[Entry]:
        return list(self.desk.pile.queue(chosen.queue, person=self.desk.person, department=chosen.department))

    def _reorder(self) -> None:
        """Take up what is new, and keep the letters gone through so that one can go back to them."""
        passed = self._order[: self._place + 1]
        gone = set(passed)
        ahead = [entry for entry in self._ordered(self.queue) if entry not in gone]
        self._order = [*passed, *ahead]
        self._ordered_at = self.clock()

    def _belongs(self, entry: Entry) -> bool:
        queue = self.queue
        return self.desk.pile.belongs(entry, queue.queue, person=self.desk.person, department=queue.department)

    def _prefetch(self) -> None:
        ahead = [entry for entry in self._order[self._place + 1 : self._place + 12] if self._belongs(entry)]
        self.desk.prefetch(ahead[:3])

    def _sit(self, entry: Entry) -> Iterator[Reply]:
        """Lay a letter on the desk and say what is thought of it."""
        try:
            opened = self.desk.open(entry)
        except LetterError as error:
            self.sitting = Sitting(entry, None, Draft(), self.clock())
            yield self.failure(error)
            yield Said(self.texts("review.said.unreadable"))
            return
        self.desk.set_bookmark(entry)
        self.sitting = here = Sitting(entry, opened, opened.drafting.suggested(), self.clock(), entry.heads)
        self._prefetch()
        former = holding(entry.heads)
        if in_conflict(entry.heads):
            here.draft = Draft(entry.heads[-1].markup, entry.heads[-1].choices)
            yield from answers.conflict(self)
        elif former:
            here.draft = Draft(former.markup, former.choices)
            yield from answers.formerly(self, former)
        elif self.desk.pile.is_blind(entry) and self.desk.pile.progress().decided >= BLIND_FROM:
            here.blind, here.draft = True, Draft()
            yield Said(self.texts("review.said.blind"))
        else:
            yield Said(self.words.opinion(opened))
        if not here.blind:
            yield Card()
            yield from answers.alike_note(self)

    def reveal(self) -> Iterator[Reply]:
        """Show the suggestions of a letter that was to be answered first, once it is."""
        here = self.sitting
        if here and here.blind and here.draft.markup.subject:
            here.blind, here.blind_subject = False, here.draft.markup.subject
            if here.opened:
                here.draft = here.opened.drafting.with_suggested_actions(here.draft)
            suggested = here.opened.suggestions.subjects if here.opened else ()
            same = bool(suggested) and suggested[0].value == here.blind_subject
            key = "review.said.blind_same" if same else "review.said.blind_other"
            other = self.words.subject(suggested[0].value) if suggested else self.texts("review.word.nothing")
            yield Said(self.texts(key, subject=other))

    # -- listening --------------------------------------------------------------------------------------------------

    def _pick(self, place: int) -> Iterator[Reply]:
        here = self.sitting
        options: Sequence[Option] = here.options if here else ()
        if here and not options:
            options = shaping.offered(self)
        if not 1 <= place <= len(options):
            yield Said(self.texts("review.said.no_such_place", place=place), Tone.WARNING)
            return
        yield from self._answer(options[place - 1].intent)

    def _listen(self, replies: Sequence[Reply]) -> None:
        """Remember the choices that were listed last: the next digit picks one of them."""
        if self.sitting is None:
            return
        listings = [reply for reply in replies if isinstance(reply, Listing)]
        if listings:
            self.sitting.options = listings[-1].options
        elif any(isinstance(reply, Card) for reply in replies):
            self.sitting.options = ()

    def _turn(self, replies: Iterator[Reply], *, moved: bool = False) -> Turn:
        return Turn(self._said(replies), moved)

    def _said(self, replies: Iterator[Reply]) -> tuple[Reply, ...]:
        """Return what is answered, up to an error and with it: what was kept before it is said to be kept."""
        said: list[Reply] = []
        try:
            for reply in replies:
                said.append(reply)  # noqa: PERF402 - what came before an error must not be lost with it
        except AssistantError as error:
            said.append(self.failure(error))
        self._listen(said)
        return tuple(said)

    def _not_understood(self, result: NotUnderstood) -> Iterator[Reply]:
        if result.doubt is not Doubt.EMPTY:
            yield Said(self.texts(f"review.doubt.{result.doubt}", text=result.about), Tone.WARNING)
            yield Said(self.texts("review.said.try_help"))

    def situation(self) -> Setting:
        """Return what a typed line is understood in."""
        here = self.sitting
        opened = here.opened if here else None
        found = opened.suggestions.subjects if opened and here and not here.blind else ()
        listed = (
            [option.intent.number for option in here.options if isinstance(option.intent, ChooseSubject)]
            if here
            else ()
        )
        return Setting(
            catalogue=self.desk.catalogue,
            organisation=self.desk.organisation,
            subjects=tuple(listed or (subject.value for subject in found)),
            draft=here.draft.markup if here else Markup(),
            written=find_letter_date(opened.letter.text) if opened else None,
            listed=len(here.options) if here else 0,
            part=here.part if here else None,
            today=self.desk.now().date(),
        )
