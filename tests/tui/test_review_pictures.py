"""Pictures of the review screen in its main states, in both languages and two sizes.

After a change that is meant: ``UPDATE_PICTURES=1 pytest tests/tui/test_review_pictures.py``, and look at them.
"""

import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.review.office import Office
from tests.tui.review_run import Review, run_review

from markup_assistant.markup import Part
from markup_assistant.review.intents import LeaveAlone, Search, Why

PICTURES = Path(__file__).parent / "pictures"
UPDATE = "UPDATE_PICTURES"
SIZES = ((80, 24), (160, 48))

State = Callable[[Review], Awaitable[None]]


async def facet_focused(review: Review) -> None:
    await review.press("tab", "tab")
    assert review.part is Part.FACET


async def reasons(review: Review) -> None:
    await review.do(Why())


async def found(review: Review) -> None:
    await review.do(Search("parkering"))


async def help_shown(review: Review) -> None:
    await review.press("f1")


async def all_done(review: Review) -> None:
    while review.conversation.sitting is not None:
        await review.do(LeaveAlone())


STATES = (facet_focused, reasons, found, help_shown, all_done)


@pytest.mark.parametrize("size", SIZES, ids=("80x24", "160x48"))
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("state", STATES, ids=[state.__name__ for state in STATES])
def test_the_screen_looks_as_it_did(office: Office, state: State, language: str, size: tuple[int, int]) -> None:
    office.write("licens.txt", PARKING)
    office.write("moede.txt", MEETING)
    pictures: list[str] = []

    async def script(review: Review) -> None:
        await state(review)
        review.app.screen.set_focus(None)  # a cursor that blinks is in no picture
        await review.settled()
        await review.pilot.pause(0.3)  # until the card has scrolled into view
        pictures.append(review.app.export_screenshot(title="Markup Assistant", simplify=True))

    run_review(office, script, size=size, language=language)
    file = PICTURES / f"{state.__name__}-{language}-{size[0]}x{size[1]}.svg"
    if os.environ.get(UPDATE):
        file.parent.mkdir(exist_ok=True)
        file.write_text(pictures[0], encoding="utf-8", newline="\n")
    assert pictures[0] == file.read_text(encoding="utf-8"), f"the screen has changed: see {file}"


PARKING = """Din licens udløber

Kære Else

Din licens til at parkere i zone 4 udløber den 1. maj 2026. Vil du beholde den, skal du betale 350 kr. senest den
20. april 2026 på https://parkering.example/betal.
"""
MEETING = """Indkaldelse til samtale

Kære Bo

Vi indkalder dig til en samtale om dine sygedagpenge torsdag den 5. marts 2026 kl. 10.00 på Jobcentret, lokale 2.
"""
