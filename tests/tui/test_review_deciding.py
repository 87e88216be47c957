"""Whole letters are decided by a key or two, and by typed Danish."""

import pytest
from tests.review.office import COMPLAINT, PLACE, Office, decided, history, meeting, parking
from tests.tui.review_run import Review, run_review
from tests.tui.screens import TEXTS

from markup_assistant.markup import How, Outcome, Part
from markup_assistant.tui.card_view import CardView
from markup_assistant.tui.prompt import Hits


@pytest.fixture(autouse=True)
def letters(office: Office) -> None:
    office.write("a-klage.txt", COMPLAINT)
    office.write("b-plads.txt", PLACE)
    office.write("c-parkering.txt", parking())


def test_ten_letters_are_accepted_with_ten_keys(office: Office) -> None:
    for number in range(10):
        office.write(f"d-møde-{number}.txt", meeting(f"Borger {number}", f"{number + 1}. marts 2026"))

    async def script(review: Review) -> None:
        seen = []
        for _ in range(10):
            seen.append(review.letter)
            await review.press("enter")
        assert len(set(seen)) == 10
        for name in seen:
            assert decided(review.conversation, name).outcome is Outcome.MARKED
        assert review.in_view(TEXTS("review.screen.decided", decided=10, total=13))

    run_review(office, script)


def test_two_keys_choose_the_second_subject_and_go_on(office: Office) -> None:
    async def script(review: Review) -> None:
        second = review.conversation.situation().subjects[1]
        await review.press("2")
        assert review.subject == second
        assert review.letter == "a-klage.txt"
        await review.press("enter")
        decision = decided(review.conversation, "a-klage.txt")
        assert decision.markup.subject == second
        assert decision.choices[Part.SUBJECT].how is How.PICKED
        assert decision.choices[Part.SUBJECT].rank == 2

    run_review(office, script)


def test_tab_and_a_digit_choose_another_facet(office: Office) -> None:
    async def script(review: Review) -> None:
        before = review.sitting.draft.markup
        await review.press("tab", "tab")
        assert review.part is Part.FACET
        await review.press("2", "enter")
        after = decided(review.conversation, "a-klage.txt").markup
        assert after.facet != before.facet
        assert after.subject == before.subject

    run_review(office, script)


def test_an_action_is_added_and_taken_away_with_digits(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.press("tab", "tab", "tab", "1")
        assert [action.code for action in review.sitting.draft.markup.actions] == ["AFTALE"]
        await review.press("1")
        assert review.sitting.draft.markup.actions == ()

    run_review(office, script)


def test_a_number_can_be_typed_although_digits_pick(office: Office) -> None:
    async def script(review: Review) -> None:
        suggested = review.subject
        await review.type("28.09.40", enter=False)
        assert review.line == "28.09.40"
        assert review.subject == suggested
        assert review.sitting.steps == []
        await review.press("enter")
        assert review.subject == "28.09.40"
        await review.press("enter")
        decision = decided(review.conversation, "a-klage.txt")
        assert decision.choices[Part.SUBJECT].how is How.TYPED

    run_review(office, script)


def test_a_digit_that_nothing_has_begins_a_number(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.type("81.14.15")
        assert review.subject == "81.14.15"
        assert TEXTS("review.said.no_such_place", place=8) not in review.said()

    run_review(office, script)


def test_typed_words_list_subjects_while_they_are_typed(office: Office) -> None:
    async def script(review: Review) -> None:
        hits = review.app.review.query_one(Hits)
        await review.type("sygedagpenge", enter=False)
        await review.until(lambda: bool(hits.display))
        await review.press("down")
        chosen = hits.chosen("sygedagpenge")
        assert chosen is not None
        await review.press("enter")
        assert chosen.text.startswith(review.subject)
        assert review.line == ""
        assert not hits.display
        await review.press("enter")
        assert decided(review.conversation, "a-klage.txt").choices[Part.SUBJECT].how is How.SEARCHED

    run_review(office, script)


def test_enter_before_the_list_has_followed_takes_nothing_from_the_old_one(office: Office) -> None:
    async def script(review: Review) -> None:
        hits = review.app.review.query_one(Hits)
        await review.type("sygedagpenge", enter=False)
        await review.until(lambda: bool(hits.display))
        before = review.subject
        await review.type(" madservice")
        assert review.subject == before
        assert "madservice" in review.said()

    run_review(office, script)


def test_typed_danish_shapes_the_whole_card(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.type("tilføj betaling")
        await review.type("frist 1. marts 2026")
        await review.type("send til Borgerservice")
        await review.type("facet G01")
        markup = review.sitting.draft.markup
        assert [action.code for action in markup.actions] == ["BETALING"]
        assert markup.actions[0].details["due"] == "2026-03-01"
        assert (markup.target, markup.facet) == ("borgerservice", "G01")
        await review.type("fjern betaling")
        assert review.sitting.draft.markup.actions == ()
        await review.type("ja")
        assert review.letter == "b-plads.txt"
        assert decided(review.conversation, "a-klage.txt").markup.target == "borgerservice"

    run_review(office, script)


def test_why_and_the_difference_are_answered(office: Office) -> None:
    async def script(review: Review) -> None:
        first, second = review.conversation.situation().subjects[:2]
        await review.type("hvorfor?")
        assert f"{second}" in review.said()
        await review.type("forskel på 1 og 2")
        assert f"{first}" in review.said()
        assert review.letter == "a-klage.txt"

    run_review(office, script)


def test_undo_takes_back_a_change_and_then_a_decision(office: Office) -> None:
    async def script(review: Review) -> None:
        suggested = review.subject
        await review.press("2", "ctrl+z")
        assert review.subject == suggested
        await review.press("enter")
        assert review.letter == "b-plads.txt"
        await review.press("ctrl+z")
        assert review.letter == "a-klage.txt"
        assert [one.outcome for one in history(review.conversation, "a-klage.txt")] == [
            Outcome.MARKED,
            Outcome.WITHDRAWN,
        ]
        assert review.in_view(TEXTS("review.screen.decided", decided=0, total=3))

    run_review(office, script)


def test_a_skipped_letter_comes_back_at_the_end(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.press("ctrl+s", "enter", "enter")
        assert review.letter == "a-klage.txt"
        await review.press("enter")
        assert review.conversation.sitting is None
        assert TEXTS("review.said.all_done") in review.said()

    run_review(office, script)


def test_a_letter_can_be_left_without_markup(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.type("skal ikke mærkes op")
        assert decided(review.conversation, "a-klage.txt").outcome is Outcome.LEFT_ALONE
        assert review.letter == "b-plads.txt"

    run_review(office, script)


def test_another_queue_is_chosen_from_its_list(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.press("ctrl+s", "ctrl+t")
        assert review.in_view(TEXTS("review.said.queues"))
        listed = [option.text for option in review.sitting.options]
        await review.press(str(listed.index(TEXTS("review.queue.skipped")) + 1))
        assert review.letter == "a-klage.txt"
        assert review.in_view(TEXTS("review.screen.place", place=1, length=1))

    run_review(office, script)


def test_one_goes_to_a_letter_by_a_part_of_its_name(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.type("gå til c-parkering.txt")
        assert review.letter == "c-parkering.txt"
        await review.press("left")
        assert review.letter != "c-parkering.txt"

    run_review(office, script)


def test_letters_that_look_alike_are_decided_and_undone_together(office: Office) -> None:
    for number in range(3):
        office.write(f"d-licens-{number}.txt", parking(f"Borger {number}", amount=f"{number + 1}00,00"))

    async def script(review: Review) -> None:
        await review.type("gå til c-parkering.txt")
        await review.press("enter", "f8")
        for number in range(3):
            decision = decided(review.conversation, f"d-licens-{number}.txt")
            assert decision.choices[Part.SUBJECT].how is How.PROPAGATED
            assert decision.markup.actions[0].details["amount"] == f"{number + 1}00.00"
        assert review.in_view(TEXTS("review.screen.decided", decided=4, total=6))
        await review.press("ctrl+z")
        assert review.in_view(TEXTS("review.screen.decided", decided=1, total=6))

    run_review(office, script)


def test_a_blind_letter_shows_nothing_before_it_is_answered(office: Office) -> None:
    for number in range(10):
        office.write(f"d-møde-{number}.txt", meeting(f"Borger {number}", f"{number + 1}. marts 2026"))

    async def script(review: Review) -> None:
        for _ in range(10):
            await review.press("enter")
        assert review.sitting.blind
        assert TEXTS("review.said.blind") in review.text()
        assert not review.app.review.query(CardView)
        assert "▸" not in review.shown_letter
        await review.press("enter")
        assert review.sitting.blind
        await review.type("15.17.06")
        assert not review.sitting.blind
        assert review.subject == "15.17.06"
        name = review.letter
        await review.press("enter")
        assert decided(review.conversation, name).blind

    run_review(office, script, blind_percent=100.0)
