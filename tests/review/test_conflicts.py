"""Two people at one store: nothing is silently replaced, and who disagrees sees it side by side."""

from tests.review.office import Office, accept, decided, entry_of, letter_of, meeting, parking, words

from markup_assistant.markup import Outcome
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.intents import ChooseFacet, ChooseQueue, LeaveAlone, Queue, Show
from markup_assistant.review.pile import Standing


def disagreeing(office: Office) -> tuple[Conversation, Conversation]:
    """Two people who have decided the same letter without knowing of each other."""
    office.write("a.txt", parking())
    office.write("b.txt", meeting())
    mette, ole = office.sit("Mette Prøve"), office.sit("Ole Prøve")
    mette.do(ChooseFacet("K02"))
    ole.do(ChooseFacet("K04"))
    accept(mette)
    return mette, ole


def test_a_decision_that_was_not_seen_is_not_replaced(office: Office) -> None:
    _, ole = disagreeing(office)
    turn = accept(ole)
    heads = ole.desk.store.heads(entry_of(ole, "a.txt").name)
    assert {(head.person, head.markup.facet) for head in heads} == {("Mette Prøve", "K02"), ("Ole Prøve", "K04")}
    assert "Mette Prøve" in words(turn)
    assert entry_of(ole, "a.txt").standing is Standing.CONFLICT


def test_who_agrees_without_knowing_makes_no_conflict(office: Office) -> None:
    office.write("a.txt", parking())
    mette, ole = office.sit("Mette Prøve"), office.sit("Ole Prøve")
    accept(mette)
    turn = accept(ole)
    assert entry_of(ole, "a.txt").standing is Standing.DECIDED
    assert "andet" not in words(turn)


def test_who_sits_with_the_letter_is_told_that_it_was_decided(office: Office) -> None:
    _, ole = disagreeing(office)
    turn = ole.refresh()
    assert "Mette Prøve" in words(turn)
    assert letter_of(ole) == "a.txt"
    assert ole.refresh().replies == ()


def test_a_conflict_is_shown_side_by_side_with_what_differs(office: Office) -> None:
    mette, ole = disagreeing(office)
    accept(ole)
    mette.refresh()
    assert mette.count(ChooseQueue(Queue.CONFLICTS)) == 1
    turn = mette.do(ChooseQueue(Queue.CONFLICTS))
    said = words(turn)
    assert letter_of(mette) == "a.txt"
    for wanted in ("Mette Prøve", "Ole Prøve", "K02", "K04", "facet"):
        assert wanted in said
    assert mette.sitting is not None
    assert mette.sitting.draft.markup.facet == "K04"


def test_one_decision_settles_a_conflict_and_supersedes_both(office: Office) -> None:
    mette, ole = disagreeing(office)
    accept(ole)
    mette.do(ChooseQueue(Queue.ALL))
    mette.refresh()
    mette.do(ChooseQueue(Queue.CONFLICTS))
    both = {head.id for head in mette.desk.store.heads(entry_of(mette, "a.txt").name)}
    mette.do(ChooseFacet("K02"))
    accept(mette)
    made = decided(mette, "a.txt")
    assert made.markup.facet == "K02"
    assert set(made.supersedes) == both
    ole.refresh()
    assert entry_of(ole, "a.txt").standing is Standing.DECIDED
    assert ole.count(ChooseQueue(Queue.CONFLICTS)) == 0


def test_markup_against_none_is_a_conflict_too(office: Office) -> None:
    office.write("a.txt", parking())
    mette, ole = office.sit("Mette Prøve"), office.sit("Ole Prøve")
    accept(mette)
    ole.do(LeaveAlone())
    turn = ole.do(ChooseQueue(Queue.CONFLICTS))
    assert "05.09.02" in words(turn)
    assert "Ole Prøve" in words(turn)
    ole.hear("05.09.02")
    accept(ole)
    assert decided(ole, "a.txt").outcome is Outcome.MARKED


def test_looking_at_the_conflict_again_keeps_what_was_changed_on_the_card(office: Office) -> None:
    mette, ole = disagreeing(office)
    accept(ole)
    mette.refresh()
    mette.do(ChooseQueue(Queue.CONFLICTS))
    mette.do(ChooseFacet("G01"))
    mette.do(Show("conflict"))
    assert mette.sitting is not None
    assert mette.sitting.draft.markup.facet == "G01"


def test_asking_for_a_conflict_where_there_is_none_is_answered(office: Office) -> None:
    office.write("a.txt", parking())
    talk = office.sit()
    assert words(talk.hear("hvad er vi uenige om"))
    assert words(talk.do(Show("conflict")))


def test_correcting_again_after_a_conflict_was_made_replaces_only_ones_own(office: Office) -> None:
    office.write("a.txt", parking())
    mette, ole = office.sit("Mette Prøve"), office.sit("Ole Prøve")
    mette.do(ChooseFacet("K02"))
    ole.do(ChooseFacet("K04"))
    accept(mette)
    accept(ole)
    heads = ole.desk.store.heads(entry_of(ole, "a.txt").name)
    assert sorted(head.person for head in heads) == ["Mette Prøve", "Ole Prøve"]
