"""Every command by its key, the mouse, the palette, and a screen that changes its size."""

from collections.abc import Callable

import pytest
from tests.review.office import COMPLAINT, PLACE, Office, decided, meeting, parking
from tests.tui.review_run import Review, run_review
from tests.tui.screens import TEXTS

from markup_assistant.markup import Part
from markup_assistant.review.commands import COMMANDS
from markup_assistant.review.intents import Search
from markup_assistant.review.replies import Quote
from markup_assistant.tui.app import ReviewApp
from markup_assistant.tui.card_view import CardView
from markup_assistant.tui.command_picker import CommandPicker
from markup_assistant.tui.facet_picker import FacetPicker
from markup_assistant.tui.help_screen import HelpScreen
from markup_assistant.tui.letter_pane import LetterPane
from markup_assistant.tui.picker import SubjectPicker
from markup_assistant.tui.prompt import Hits, Prompt
from markup_assistant.tui.status import KeyHint, Status
from markup_assistant.tui.talk import Options, Talk
from markup_assistant.tui.target_picker import TargetPicker
from markup_assistant.tui.themes import DARK_NAME, LIGHT_NAME
from markup_assistant.tui.tour import Tour

WITH_KEYS = [command for command in COMMANDS if command.keys]


@pytest.fixture(autouse=True)
def letters(office: Office) -> None:
    office.write("a-klage.txt", COMPLAINT)
    office.write("b-plads.txt", PLACE)
    office.write("c-parkering.txt", parking())
    office.write("d-parkering.txt", parking("Anders Lind", amount="99,00"))


def _is_open(kind: type) -> Callable[[Review], bool]:
    return lambda review: isinstance(review.screen, kind)


def _said(key: str, **facts: object) -> Callable[[Review], bool]:
    return lambda review: TEXTS(key, **facts) in review.said()


DONE: dict[str, Callable[[Review], bool]] = {
    "accept": lambda review: review.letter == "b-plads.txt",
    "pick1": lambda review: review.subject == review.conversation.situation().subjects[0],
    "pick2": lambda review: review.subject == review.conversation.situation().subjects[1],
    "pick3": lambda review: review.subject == review.conversation.situation().subjects[2],
    "why": _said("review.why.no_actions"),
    "browse": _is_open(SubjectPicker),
    "facets": _is_open(FacetPicker),
    "targets": _is_open(TargetPicker),
    "letter": lambda review: not review.app.review.query_one(Talk).display,
    "similar": _said("review.said.no_alike"),
    "propagate": _said("review.said.decide_first"),
    "memo": lambda review: "<memo:label>" in review.said(),
    "skip": lambda review: review.letter == "b-plads.txt",
    "undo": _said("review.said.nothing_to_undo"),
    "next": lambda review: review.letter == "b-plads.txt",
    "previous": _said("review.said.first_one"),
    "queues": _said("review.said.queues"),
    "help": _is_open(HelpScreen),
}
"""What a user sees of each command on the first letter; leaving has tests of its own."""


def test_every_command_with_a_key_is_tried() -> None:
    untried = {command.id for command in WITH_KEYS} - set(DONE)
    assert untried == {"pick4", "pick5", "pick6", "pick7", "pick8", "pick9", "quit"}


@pytest.mark.parametrize(
    ("id_", "key"), [(command.id, key) for command in WITH_KEYS for key in command.keys if command.id in DONE]
)
def test_a_key_does_what_the_help_says(office: Office, id_: str, key: str) -> None:
    async def script(review: Review) -> None:
        await review.press(key)
        assert DONE[id_](review), review.rows()

    run_review(office, script)


@pytest.mark.parametrize("where", ["line", "picker"])
def test_ctrl_q_leaves_from_wherever_one_is(office: Office, where: str) -> None:
    async def script(review: Review) -> None:
        await review.press("enter")
        if where == "picker":
            await review.press("f4")
        await review.pilot.press("ctrl+q")
        await review.until(lambda: review.app._exit)
        assert decided(review.conversation, "a-klage.txt")

    run_review(office, script)


def test_typed_stop_leaves(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.type("stop")
        await review.until(lambda: review.app._exit)

    run_review(office, script)


def test_ctrl_c_says_how_to_leave_and_leaves_everything_as_it_is(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.press("2", "ctrl+c")
        assert review.in_view(TEXTS("review.screen.how_to_quit").split(".")[0])
        assert review.letter == "a-klage.txt"
        assert not review.app._exit

    run_review(office, script)


def test_the_palette_finds_a_command_by_its_words_and_runs_it(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.press("ctrl+p")
        assert isinstance(review.screen, CommandPicker)
        await review.type("hvem der har afgjort")
        assert isinstance(review.screen, type(review.app.review))
        assert TEXTS("review.said.never_decided") in review.said()

    run_review(office, script)


def test_the_palette_has_every_command_that_is_no_digit() -> None:
    assert set(CommandPicker(TEXTS)._commands) == {one.id for one in COMMANDS if not one.id.startswith("pick")}


def test_the_letter_can_be_read_alone_and_an_answer_brings_the_conversation_back(office: Office) -> None:
    async def script(review: Review) -> None:
        pane, talk = review.app.review.query_one(LetterPane), review.app.review.query_one(Talk)
        before = pane.size.height
        await review.press("f6")
        assert pane.size.height > before
        assert not talk.display
        await review.press("escape")
        assert talk.display
        await review.press("f6", "f3")
        assert talk.display

    run_review(office, script)


def test_escape_leaves_one_thing_at_a_time_and_the_card_as_it_is(office: Office) -> None:
    async def script(review: Review) -> None:
        hits = review.app.review.query_one(Hits)
        await review.press("2", "tab", "tab")
        markup = review.sitting.draft.markup
        await review.type("sygedagpenge", enter=False)
        await review.until(lambda: bool(hits.display))
        await review.press("escape")
        assert (hits.display, review.line) == (False, "sygedagpenge")
        await review.press("escape")
        assert (review.line, review.part) == ("", Part.FACET)
        await review.press("escape")
        assert review.part is None
        assert review.sitting.draft.markup == markup
        assert review.letter == "a-klage.txt"

    run_review(office, script)


@pytest.mark.parametrize("size", [(80, 24), (60, 18), (160, 48)])
def test_the_part_with_the_focus_is_always_in_view(office: Office, size: tuple[int, int]) -> None:
    async def script(review: Review) -> None:
        for part in (*Part, None, *Part):
            await review.press("tab")
            assert review.part is part
            if part is not None:
                focused = [row for row in review.rows() if "▸ " in row and TEXTS(f"suggestion.{_LABELS[part]}") in row]
                assert focused, review.rows()
        await review.press("f3", "shift+tab")
        assert any("▸ " in row and TEXTS("suggestion.action") in row for row in review.rows()), review.rows()

    run_review(office, script, size=size)


_LABELS = {Part.SUBJECT: "subject", Part.FACET: "facet", Part.ACTIONS: "action", Part.TARGET: "target"}


def test_a_long_answer_is_read_from_its_beginning(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.press("f9")
        quoted = list(review.app.review.query(".quote"))
        assert quoted
        talk = review.app.review.query_one(Talk)
        assert talk.scroll_offset.y == quoted[0].virtual_region.y
        await review.press("shift+up")
        assert talk.scroll_offset.y < quoted[0].virtual_region.y
        await review.press("shift+down")
        assert talk.scroll_offset.y == quoted[0].virtual_region.y

    run_review(office, script)


def test_the_letter_is_scrolled_by_page_keys(office: Office) -> None:
    office.write("a-a-lang.txt", COMPLAINT + "\n".join(f"Linje {number} i et langt brev." for number in range(100)))

    async def script(review: Review) -> None:
        assert "Svar på din klage" in review.shown_letter
        await review.press("pagedown", "pagedown")
        assert "Svar på din klage" not in review.shown_letter
        await review.press("pageup", "pageup")
        assert "Svar på din klage" in review.shown_letter

    run_review(office, script)


def test_a_click_on_the_card_picks_or_focuses(office: Office) -> None:
    async def script(review: Review) -> None:
        third = review.conversation.situation().subjects[2]
        card = review.app.review.query_one(CardView)
        await review.click(card, review.card_row(third))
        assert review.subject == third
        await review.click(review.app.review.query_one(CardView), review.card_row(TEXTS("suggestion.facet")))
        assert review.part is Part.FACET

    run_review(office, script, size=(120, 40))


def test_a_click_on_any_row_of_a_choice_that_wraps_picks_it(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.type("nej")
        listed = review.app.review.query_one(Options)
        rows = [option for option, _ in listed._laid_out(listed.content_size.width)]
        wrapped = next(option for option in review.sitting.options if rows.count(option) > 1)
        await review.click(listed, len(rows) - 1 - rows[::-1].index(wrapped))
        assert wrapped.text.startswith(review.subject)

    run_review(office, script, size=(50, 40))


def test_a_click_on_an_older_list_picks_from_that_list(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.do(Search("madservice"))
        wanted = review.sitting.options[1]
        await review.do(Search("parkering"))
        older = review.app.review.query(Options).first()
        await review.click(older, 2)
        assert wanted.text.startswith(review.subject)

    run_review(office, script, size=(120, 48))


def test_only_the_list_that_digits_pick_from_shows_digits(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.do(Search("madservice"))
        listed, card = review.app.review.query_one(Options), review.app.review.query_one(CardView)
        assert " 1 " in str(listed.render())
        assert "2  " not in str(card.render())
        await review.press("tab")
        assert " 1 " not in str(listed.render())
        assert "2  " in str(review.app.review.query_one(CardView).render())

    run_review(office, script, size=(120, 48))


def test_a_click_on_a_key_at_the_bottom_does_what_the_key_does(office: Office) -> None:
    async def script(review: Review) -> None:
        hints = {hint.command.id: hint for hint in review.app.review.query(KeyHint)}
        await review.click(hints["accept"], 0, 2)
        assert review.letter == "b-plads.txt"
        await review.click(hints["undo"], 0, 2)
        assert review.letter == "a-klage.txt"

    run_review(office, script)


def test_a_click_on_a_found_subject_takes_it(office: Office) -> None:
    async def script(review: Review) -> None:
        hits = review.app.review.query_one(Hits)
        await review.type("sygedagpenge", enter=False)
        await review.until(lambda: bool(hits.display))
        wanted = hits._options[2].text
        await review.click(hits, hits.gutter.top + 2)
        assert wanted.startswith(review.subject)
        assert review.line == ""

    run_review(office, script)


@pytest.mark.parametrize(("size", "keys"), [((80, 24), 7), ((60, 20), 5), ((160, 48), 7), ((40, 16), 3)])
def test_no_key_at_the_bottom_is_cut(office: Office, size: tuple[int, int], keys: int) -> None:
    async def script(review: Review) -> None:
        last = review.rows()[-1].split()
        labels = [TEXTS(f"review.key.{command.id}") for command in COMMANDS if command.shown]
        whole = [label for label in labels if all(word in last for word in label.split())]
        assert len(whole) == keys
        assert TEXTS("review.key.quit") in whole
        assert TEXTS("review.key.help") in whole
        assert len([hint for hint in review.app.review.query(KeyHint) if hint.display]) == keys

    run_review(office, script, size=size)


@pytest.mark.parametrize("language", ["da", "en"])
def test_all_keys_fit_on_a_screen_of_eighty_columns(office: Office, language: str) -> None:
    async def script(review: Review) -> None:
        assert all(hint.display for hint in review.app.review.query(KeyHint)), review.rows()[-1]

    run_review(office, script, language=language)


def test_the_status_line_gives_up_what_matters_least(office: Office) -> None:
    async def script(review: Review) -> None:
        place = TEXTS("review.screen.place", place=1, length=4)
        for width in (160, 80, 50, 30, 14):
            await review.pilot.resize_terminal(width, 24)
            await review.settled()
            line = review.rows()[0]
            assert place in line
            assert "…" not in line
        await review.pilot.resize_terminal(160, 48)
        await review.settled()
        assert "KLE" in review.rows()[0]

    run_review(office, script)


def test_a_screen_may_change_its_size_in_the_middle_of_a_letter(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.press("tab", "tab", "2")
        await review.type("frist", enter=False)  # a command, and a word that subjects have
        await review.until(lambda: bool(review.app.review.query_one(Hits).display))
        facet = review.sitting.draft.markup.facet
        for size in ((160, 48), (60, 16), (80, 24), (20, 6), (120, 30)):
            await review.pilot.resize_terminal(*size)
            await review.settled()
        assert review.line == "frist"
        assert review.sitting.draft.markup.facet == facet
        assert any("▸ " in row and TEXTS("suggestion.facet") in row for row in review.rows())
        await review.press("escape", "escape", "enter")
        assert decided(review.conversation, "a-klage.txt").markup.facet == facet

    run_review(office, script)


def test_the_card_stays_in_view_when_the_screen_shrinks(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.press("f3", "enter")
        await review.pilot.resize_terminal(80, 24)
        await review.settled()
        assert review.in_view(TEXTS("suggestion.subject"))
        assert review.in_view(review.subject)

    run_review(office, script, size=(160, 48))


def test_the_line_keeps_the_keyboard_whatever_is_clicked(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.click(review.app.review.query_one(LetterPane), 2)
        await review.click(review.app.review.query_one(Status), 0)
        await review.press("f4", "escape")
        assert isinstance(review.app.focused, Prompt)
        await review.type("a", enter=False)
        assert review.line == "a"

    run_review(office, script)


def test_what_is_chosen_in_a_picker_is_for_the_letter(office: Office) -> None:
    async def script(review: Review) -> None:
        await review.press("f5")
        await review.type("Jobcentret")
        assert review.sitting.draft.markup.target == "jobcenter"
        await review.press("f4")
        await review.type("G01")
        assert review.sitting.draft.markup.facet == "G01"

    run_review(office, script)


def test_who_comes_for_the_first_time_is_shown_around_once(office: Office) -> None:
    async def script(review: Review) -> None:
        assert isinstance(review.screen, Tour)
        await review.press("enter", "escape")
        assert not isinstance(review.screen, Tour)
        assert review.letter == "a-klage.txt"
        assert review.conversation.decided_now == 0

    async def again(review: Review) -> None:
        assert not isinstance(review.screen, Tour)

    run_review(office, script, toured=False)
    run_review(office, again, toured=False)


def test_a_letter_with_marks_of_its_own_is_shown_as_it_is(office: Office) -> None:
    office.write("a-[bold]klage[b].txt", COMPLAINT + "\n[red]Kære [navn][/red]\n")

    async def script(review: Review) -> None:
        assert review.letter == "a-[bold]klage[b].txt"
        assert "[red]Kære" in review.shown_letter
        await review.press("enter")
        assert "a-[bold]klage[b].txt" in review.said()

    run_review(office, script)


def test_no_cpr_number_is_shown(office: Office) -> None:
    office.write("a-010203-0000.txt", COMPLAINT + "\nCPR-nr. 010203-0000\n" + meeting())

    async def script(review: Review) -> None:
        await review.press("f3")
        await review.type("hvorfor 010203-0000?")
        assert "010203-0000" not in " ".join(review.rows())
        assert "0000" not in review.shown_letter
        assert "010203-0000" not in review.said()

    run_review(office, script, size=(160, 48))


def test_the_looks_are_those_of_the_settings() -> None:
    def make() -> object:
        raise AssertionError

    themes = {theme: ReviewApp(make, TEXTS, theme=theme)._theme_name for theme in ("light", "dark")}  # type: ignore[arg-type]  # never called
    assert themes == {"light": LIGHT_NAME, "dark": DARK_NAME}


def test_a_quotation_is_cut_before_it_costs_time(office: Office) -> None:
    async def script(review: Review) -> None:
        talk = review.app.review.query_one(Talk)
        talk.show([Quote("Langt", tuple(f"linje {number}" for number in range(5000)))], (), None)
        await review.settled()
        assert "linje 399" in review.said()
        assert "linje 400" not in review.said()

    run_review(office, script)
