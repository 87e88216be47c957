"""Picking a subject by the keyboard: down the tree, by number, word and typo."""

import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.tui.screens import TEXTS, SmallApp, run, screen_rows, screen_text, typed, until
from textual.pilot import Pilot

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.tui.picker import SubjectPicker
from markup_assistant.tui.subject_detail import subject_detail, titled

Script = Callable[[Pilot[None], SmallApp], Awaitable[None]]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def with_picker(picker: SubjectPicker, script: Script, size: tuple[int, int] = (120, 40)) -> list[str | None]:
    """Open a picker, run a script on it, and return what it gave."""
    app = SmallApp()

    async def go(pilot: Pilot[None]) -> None:
        app.open(picker)
        await pilot.pause()
        await script(pilot, app)
        await pilot.pause()

    run(app, go, size)
    return app.results


def has(pilot: Pilot[None], *words: str) -> Callable[[], bool]:
    return lambda: all(word in screen_text(pilot) for word in words)


def test_it_opens_at_the_present_subject_and_enter_takes_it(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], _: SmallApp) -> None:
        text = screen_text(pilot)
        assert "27 Social service › 27.36" in text
        assert "✓ 27.36.24  Madservice" in text
        await pilot.press("enter")

    assert with_picker(SubjectPicker(catalogue, TEXTS, "27.36.24"), script) == ["27.36.24"]


def test_escape_leaves_without_choosing(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], _: SmallApp) -> None:
        await pilot.press("down", *"mad", "escape")

    assert with_picker(SubjectPicker(catalogue, TEXTS, "27.36.24"), script) == [None]


def test_the_tree_is_walked_with_enter_and_arrows(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], _: SmallApp) -> None:
        assert "  00 ›      Kommunens styrelse" in screen_text(pilot)
        await pilot.press("down", "right")
        assert "01.00 ›" in screen_text(pilot)
        await pilot.press("left", "left")
        assert "  00 ›      Kommunens styrelse" in screen_text(pilot)
        await pilot.press("enter")  # back on 01, where we came from
        assert "01.00 ›" in screen_text(pilot)
        await pilot.press("enter", "enter")

    result = with_picker(SubjectPicker(catalogue, TEXTS), script)
    first = catalogue.children("01")[0].number
    assert result == [catalogue.children(first)[0].number]


def test_a_group_opens_itself_and_an_unknown_number_the_top(catalogue: Catalogue) -> None:
    async def group(pilot: Pilot[None], _: SmallApp) -> None:
        assert "27.36.24  Madservice" in screen_text(pilot)

    async def top(pilot: Pilot[None], _: SmallApp) -> None:
        assert "00 ›" in screen_text(pilot)

    with_picker(SubjectPicker(catalogue, TEXTS, "27.36"), group)
    with_picker(SubjectPicker(catalogue, TEXTS, "99.99.99"), top)


@pytest.mark.parametrize(
    ("words", "number"),
    [("27.36.24", "27.36.24"), ("madservice", "27.36.24"), ("madsrevice", "27.36.24"), ("beboerlicens", "05.09.02")],
)
def test_typing_finds_by_number_word_and_typo(catalogue: Catalogue, words: str, number: str) -> None:
    async def script(pilot: Pilot[None], app: SmallApp) -> None:
        await typed(pilot, words)
        await until(pilot, has(pilot, f"{number}  {catalogue.subject(number).title[:20]}", "Fundet"))
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.results))

    assert with_picker(SubjectPicker(catalogue, TEXTS), script) == [number]


def test_enter_right_after_typing_takes_what_was_typed_and_not_what_stood_there(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], app: SmallApp) -> None:
        await typed(pilot, "madservice")
        app.simulate_key("enter")
        await until(pilot, lambda: bool(app.results))

    assert with_picker(SubjectPicker(catalogue, TEXTS, "05.09.02"), script) == ["27.36.24"]


def test_a_query_given_at_the_start_is_searched(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], app: SmallApp) -> None:
        await until(pilot, has(pilot, "27.36.24  Madservice"))
        await pilot.press("enter")

    assert with_picker(SubjectPicker(catalogue, TEXTS, query="madservice"), script) == ["27.36.24"]


def test_a_group_that_was_found_is_gone_into_and_clears_the_search(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], app: SmallApp) -> None:
        await typed(pilot, "27.36")
        await until(pilot, has(pilot, "27.36 ›", "Fundet"))
        await pilot.press("enter")
        await until(pilot, has(pilot, "27.36.00  ", "Alle hovedgrupper › 27 Social service › 27.36"))
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.results))

    assert with_picker(SubjectPicker(catalogue, TEXTS), script) == ["27.36.00"]


def test_what_is_typed_and_removed_leads_back_to_the_tree(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], _: SmallApp) -> None:
        await typed(pilot, "mad")
        await until(pilot, has(pilot, "27.36.24  Madservice", "Fundet"))
        await pilot.press(*["backspace"] * 3)
        await until(pilot, has(pilot, "✓ 05.09.02"))
        await pilot.press("backspace")  # with nothing typed, one level up
        await until(pilot, has(pilot, "05.09 ›"))

    with_picker(SubjectPicker(catalogue, TEXTS, "05.09.02"), script)


def test_nothing_found_says_so(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], app: SmallApp) -> None:
        await typed(pilot, "qqqqq[qq]")
        await until(pilot, has(pilot, "“qqqqq[qq]”"))
        await pilot.press("enter")
        assert app.results == []

    with_picker(SubjectPicker(catalogue, TEXTS), script)


def test_the_side_panel_follows_the_highlight(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], _: SmallApp) -> None:
        await until(pilot, has(pilot, "Ord, der peger på nummeret", "madudbringning"))
        assert "Handlingsfacetter, som breve ofte har" in screen_text(pilot)
        assert "G01  Generelle sager" in screen_text(pilot)
        assert "Naboer" in screen_text(pilot)
        await pilot.press("up")
        await pilot.pause()
        assert "madudbringning" not in screen_text(pilot)

    with_picker(SubjectPicker(catalogue, TEXTS, "27.36.24"), script, (150, 48))


def test_a_click_chooses(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], app: SmallApp) -> None:
        row = next(place for place, text in enumerate(screen_rows(pilot)) if "27.36.04" in text)
        await pilot.click(offset=(12, row))
        await until(pilot, lambda: bool(app.results))

    assert with_picker(SubjectPicker(catalogue, TEXTS, "27.36.24"), script) == ["27.36.04"]


def test_a_narrow_window_shows_list_and_details(catalogue: Catalogue) -> None:
    async def script(pilot: Pilot[None], _: SmallApp) -> None:
        await until(pilot, has(pilot, "✓ 27.36.24", "Ord, der peger på nummeret", "Esc luk"))
        assert sum("27.36." in row for row in screen_rows(pilot)) >= 6

    with_picker(SubjectPicker(catalogue, TEXTS, "27.36.24"), script, (80, 24))


def test_lapsed_and_lapsing_numbers_are_marked_with_their_year(catalogue: Catalogue) -> None:
    lapsing = next(subject for subject in catalogue.subjects if subject.expires)
    year = int(lapsing.expires[:4])
    assert titled(lapsing, TEXTS, year) == f"(udgår {year}) {lapsing.title}"
    assert titled(lapsing, TEXTS, year + 1) == f"(udgået {year}) {lapsing.title}"

    async def script(pilot: Pilot[None], _: SmallApp) -> None:
        assert f"{lapsing.number}  (udgå" in screen_text(pilot)

    with_picker(SubjectPicker(catalogue, TEXTS, lapsing.number), script)


def test_details_without_words_read_nothing_from_disk(tmp_path: Path) -> None:
    files = {
        "edition.toml": 'name = "KLE prøve"\ndate = 2026-02-01\n',
        "main_groups.csv": "number;title\n05;Veje [x]\n",
        "groups.csv": "number;title\n05.09;Parkering\n",
        "subjects.csv": "number;title;expires\n05.09.02;Parkeringslicens;\n",
        "facets.csv": "code;title;category;category_title\nG01;Generelle sager;G;Regler\n",
        "terms.csv": "number;kind;term;lapsed\n05.09.02;ukendt;beboerkort;\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
    damaged = load_catalogue(tmp_path)
    assert "Veje [x]" in subject_detail(damaged, "05.09.02", TEXTS, terms=False).plain

    async def script(pilot: Pilot[None], app: SmallApp) -> None:
        assert "05.09.02  Parkeringslicens" in screen_text(pilot)
        await typed(pilot, "beboerkort")
        await until(pilot, has(pilot, "terms.csv"))
        await pilot.press("escape")

    assert with_picker(SubjectPicker(damaged, TEXTS, "05.09.02"), script) == [None]


def test_a_slow_index_never_holds_up_typing(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    made = threading.Event()
    monkeypatch.setattr("markup_assistant.tui.picker.index_of", lambda _: made.wait(20))

    async def script(pilot: Pilot[None], _: SmallApp) -> None:
        await typed(pilot, "madservice")
        await pilot.press("left", "right")
        assert "madservice" in screen_text(pilot)
        assert "27.36.24" not in screen_text(pilot)
        made.set()
        await until(pilot, has(pilot, "27.36.24  Madservice"))

    with_picker(SubjectPicker(catalogue, TEXTS), script)


def test_only_the_last_of_many_keypresses_is_searched(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    from markup_assistant.catalogue import search as searching
    from markup_assistant.catalogue.search import Hit

    asked: list[str] = []

    def counted(catalogue: Catalogue, query: str, limit: int) -> tuple[Hit, ...]:
        asked.append(query)
        return searching.search(catalogue, query, limit)

    monkeypatch.setattr("markup_assistant.tui.picker.search", counted)
    monkeypatch.setattr("markup_assistant.tui.picker.PAUSE", 0.3)

    async def script(pilot: Pilot[None], app: SmallApp) -> None:
        await typed(pilot, "madservice")
        await until(pilot, has(pilot, "27.36.24  Madservice"))
        assert asked == ["madservice"]

    with_picker(SubjectPicker(catalogue, TEXTS), script)
