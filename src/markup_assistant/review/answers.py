"""Answers to what a caseworker asks about the letter at hand, the catalogue and the folder; nothing is changed."""

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from markup_assistant.catalogue.search import search
from markup_assistant.catalogue.tree import Subject
from markup_assistant.letters.masking import mask_personal
from markup_assistant.markup import Decision, How, Outcome, Part, in_conflict
from markup_assistant.review.changes import ChangeKind, changes, kind_of_change
from markup_assistant.review.commands import COMMANDS
from markup_assistant.review.explaining import compare, why
from markup_assistant.review.intents import (
    Assign,
    Browse,
    ChooseFacet,
    ChooseQueue,
    ChooseSubject,
    ChooseTarget,
    Compare,
    GoTo,
    Help,
    Intent,
    Queue,
    Search,
    Show,
    Why,
)
from markup_assistant.review.message_preview import message_preview
from markup_assistant.review.pile import Entry
from markup_assistant.review.propagation import open_alike
from markup_assistant.review.replies import Listing, Option, Quote, Reply, Said, Tone

if TYPE_CHECKING:
    from markup_assistant.review.conversation import Conversation

LISTED = 9
"""Choices that have a digit."""

REASONS = 5
NEIGHBOURS = 4
SHOWN_CHANGES = 40
"""Lines of a changed letter that are shown: more is read in the letter itself."""

MANY_TERMS = 12


def answer(conversation: "Conversation", intent: Intent) -> Iterator[Reply]:
    """Answer a question."""
    match intent:
        case Search(query):
            yield from _search(conversation, query)
        case Browse(number):
            yield from _browse(conversation, number)
        case Why(part, place):
            yield from why(conversation, part, place)
        case Compare(first, second):
            yield from compare(conversation, first, second)
        case Show(what, about):
            yield from _show(conversation, what, about)
        case Assign(person):
            yield from _assign(conversation, person)
        case Help(topic):
            yield from _help(conversation, topic)


def found_subjects(conversation: "Conversation", query: str, limit: int = LISTED) -> tuple[Option, ...]:
    """Return the subjects that a query finds, as choices."""
    hits = search(conversation.desk.catalogue, query, limit * 3)
    subjects = [hit for hit in hits if hit.level == "subject"][:limit]
    return tuple(
        Option(conversation.words.subject(hit.number), ChooseSubject(hit.number, How.SEARCHED), _through(hit.matched))
        for hit in subjects
    )


def find_letters(conversation: "Conversation", wanted: str) -> list[Entry]:
    """Return the letters that are meant: by exact name, by place in the queue, or by a part of the name."""
    entries = conversation.desk.pile.entries()
    named = [entry for entry in entries if entry.name == wanted]
    if named:
        return named
    if wanted.isdecimal() and (there := conversation.at(int(wanted))):
        return [there]
    folded = unicodedata.normalize("NFC", wanted).casefold()
    return [entry for entry in entries if folded in conversation.desk.name_in_folder(entry).casefold()]


def conflict(conversation: "Conversation") -> Iterator[Reply]:
    """Show side by side what people decided without knowing of each other."""
    here = conversation.sitting
    if here is None or not in_conflict(here.heads):
        yield Said(conversation.texts("review.said.no_conflict"))
        return
    yield Said(conversation.texts("review.said.conflict"), Tone.WARNING)
    for head in here.heads:
        yield Said(_decision_line(conversation, head))
    first = here.heads[0].markup
    differing = [part for part in Part if any(head.markup.value(part) != first.value(part) for head in here.heads)]
    yield Said(
        conversation.texts(
            "review.said.differ_in",
            parts=", ".join(conversation.texts(f"review.part.{part.value}") for part in differing),
        )
    )
    yield Said(conversation.texts("review.said.settle", who=here.heads[-1].person))


def formerly(conversation: "Conversation", former: Decision) -> Iterator[Reply]:
    """Say who decided the letter before and how, and what has changed in it since."""
    texts = conversation.texts
    here = conversation.sitting
    yield Said(_decision_line(conversation, former))
    if here and former.content != here.entry.content:
        yield from _changes(conversation)
    elif former.outcome is Outcome.LEFT_ALONE:
        yield Said(texts("review.said.was_left_alone"))


def alike_note(conversation: "Conversation") -> Iterator[Reply]:
    """Say how many undecided letters look like the one at hand."""
    here = conversation.sitting
    if here is None:
        return
    count = len(open_alike(conversation, here.entry))
    if count:
        yield Said(conversation.texts("review.said.alike", count=count))


def _through(matched: str) -> str:
    return "" if matched[:2].isdigit() else matched


def _search(conversation: "Conversation", query: str) -> Iterator[Reply]:
    options = found_subjects(conversation, query)
    if options:
        yield Listing(conversation.texts("review.said.found", query=query), options)
    else:
        yield Said(conversation.texts("review.said.found_nothing", query=query))


def _browse(conversation: "Conversation", number: str) -> Iterator[Reply]:
    catalogue = conversation.desk.catalogue
    if number and isinstance(catalogue.node(number), Subject):
        number = number[:5]
    nodes = catalogue.children(number) if number else catalogue.main_groups
    options = tuple(
        Option(
            f"{node.number} {node.title}",
            ChooseSubject(node.number, How.PICKED) if isinstance(node, Subject) else Browse(node.number),
        )
        for node in nodes
    )
    title = conversation.words.subject(number) if number else conversation.desk.catalogue.name
    yield Listing(conversation.texts("review.said.browse", what=title), options)


def _show(conversation: "Conversation", what: str, about: str) -> Iterator[Reply]:
    match what:
        case "number":
            yield from _number(conversation, about)
        case "similar":
            yield from _similar(conversation)
        case "changes":
            yield from _changes(conversation)
        case "history":
            yield from _history(conversation)
        case "conflict":
            yield from conflict(conversation)
        case "progress":
            yield _progress(conversation)
        case "memo":
            yield from message_preview(conversation)
        case "facets" | "targets":
            yield from _all_of(conversation, what)
        case "letter":
            yield from _letter(conversation)
        case "queues":
            yield _queues(conversation)


def _letter(conversation: "Conversation") -> Iterator[Reply]:
    here = conversation.sitting
    if here is None or here.opened is None:
        yield Said(conversation.texts("review.said.no_letter_here"), Tone.WARNING)
    else:
        letter = conversation.desk.shown(here.opened)
        yield Quote(conversation.words.path(here.entry.path), tuple(letter.text.splitlines()))


def _queues(conversation: "Conversation") -> Listing:
    chosen = [ChooseQueue(queue) for queue in Queue]
    return Listing(
        conversation.texts("review.said.queues"),
        tuple(Option(conversation.words.queue(one), one, str(conversation.count(one))) for one in chosen),
    )


def _number(conversation: "Conversation", number: str) -> Iterator[Reply]:
    catalogue, texts = conversation.desk.catalogue, conversation.texts
    node = catalogue.node(number)
    above = " › ".join(one.title for one in catalogue.path(number)[:-1])
    terms = ", ".join(term.text for term in catalogue.terms(number)[:MANY_TERMS])
    neighbours = ", ".join(f"{one.number} {one.title}" for one in catalogue.neighbours(number, 2))
    said = texts("review.number.stands", subject=f"{node.number} {node.title}", above=above or catalogue.name)
    yield Said(said)
    if terms:
        yield Said(texts("review.number.terms", terms=terms))
    yield Said(texts("review.number.neighbours", neighbours=neighbours))


def _similar(conversation: "Conversation") -> Iterator[Reply]:
    here = conversation.sitting
    alike = open_alike(conversation, here.entry) if here else []
    if not alike:
        yield Said(conversation.texts("review.said.no_alike"))
        return
    options = tuple(Option(conversation.words.path(entry.path), GoTo(entry.name)) for entry in alike[:LISTED])
    yield Listing(conversation.texts("review.said.alike_list", count=len(alike)), options)
    yield Said(conversation.texts("review.said.alike_how"))


def _changes(conversation: "Conversation") -> Iterator[Reply]:
    here, texts = conversation.sitting, conversation.texts
    if here is None or here.opened is None:
        yield Said(texts("review.said.no_letter_here"), Tone.WARNING)
        return
    former = [head for head in here.heads if head.content != here.entry.content]
    if not former:
        yield Said(texts("review.said.not_changed"))
        return
    kept = conversation.desk.store.kept_letter(here.entry.name, former[-1].content)
    if kept is None or not kept.text:
        yield Said(texts("review.said.changed_unknown"), Tone.WARNING)
        return
    after = mask_personal(here.opened.letter).text
    kind = kind_of_change(kept.text, after)
    yield Said(texts(f"review.said.changed_{kind.value}"), Tone.WARNING)
    if kind is not ChangeKind.MUCH:
        lines = [line for change in changes(kept.text, after) for line in _change_lines(change.before, change.after)]
        yield Quote(texts("review.said.changes_title"), tuple(lines[:SHOWN_CHANGES]), "diff")


def _change_lines(before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    return [f"- {line}" for line in before] + [f"+ {line}" for line in after]


def _history(conversation: "Conversation") -> Iterator[Reply]:
    here = conversation.sitting
    decisions = conversation.desk.store.history(here.entry.name) if here else ()
    if not decisions:
        yield Said(conversation.texts("review.said.never_decided"))
    for decision in decisions:
        yield Said(_decision_line(conversation, decision))


def _decision_line(conversation: "Conversation", decision: Decision) -> str:
    texts = conversation.texts
    when = decision.at.astimezone().strftime(texts("review.word.time_format"))
    hows = {choice.how for choice in decision.choices.values()}
    how = next((one for one in (How.PROPAGATED, How.AUTOMATIC, How.IMPORTED) if one in hows), None)
    restored = decision.outcome is Outcome.MARKED and decision.source and not how
    return texts(
        f"review.history.{'undone' if restored else decision.outcome.value}",
        when=when,
        who=decision.person,
        markup=conversation.words.markup(decision.markup),
        how=texts(f"review.how.{how.value}") if how else "",
    ).strip()


def _progress(conversation: "Conversation") -> Said:
    progress = conversation.desk.pile.progress()
    return Said(
        conversation.texts(
            "review.said.progress",
            decided=progress.decided,
            total=progress.total,
            now=conversation.decided_now,
            read=progress.read,
            sure=progress.sure,
        )
    )


def _all_of(conversation: "Conversation", what: str) -> Iterator[Reply]:
    here, words = conversation.sitting, conversation.words
    if here is None or here.opened is None:
        yield Said(conversation.texts("review.said.no_letter_here"), Tone.WARNING)
        return
    drafting, draft = here.opened.drafting, here.draft
    if what == "targets":
        options = tuple(
            Option(words.target(one.value), ChooseTarget(one.value, How.PICKED), words.rule(one.reason))
            for one in drafting.targets(draft)
        )
        yield Listing(conversation.texts("review.said.targets"), options)
        return
    number = draft.markup.subject
    fitting = conversation.desk.catalogue.facets_for(number) if number else conversation.desk.catalogue.facets
    options = tuple(
        Option(f"{facet.code} {facet.title}", ChooseFacet(facet.code, How.PICKED)) for facet in fitting[: LISTED * 2]
    )
    yield Listing(conversation.texts("review.said.facets"), options)


def _assign(conversation: "Conversation", person: str) -> Iterator[Reply]:
    here, desk = conversation.sitting, conversation.desk
    if here is None:
        yield Said(conversation.texts("review.said.no_letter_here"), Tone.WARNING)
        return
    who = desk.person if person == "me" else person
    desk.assign(here.entry, who)
    key = "review.said.assigned" if who else "review.said.assigned_nobody"
    yield Said(conversation.texts(key, who=who), Tone.DONE)


def _help(conversation: "Conversation", topic: str) -> Iterator[Reply]:
    texts = conversation.texts
    named = f"review.help.{topic}"
    if topic and named in texts:
        yield Said(texts(named))
        return
    lines = [
        f"{texts(f'review.command.{command.id}.say'):<34} {texts(f'review.command.{command.id}.short')}"
        for command in COMMANDS
        if not command.id.startswith("pick")
    ]
    yield Quote(texts("review.help.title"), tuple(lines))
    yield Said(texts("review.help.more"))
