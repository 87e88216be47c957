"""What is kept beside decisions: letters, scans, who has which letter, where one stopped."""

from dataclasses import replace

import pytest
from tests.store.made import DIGEST, kept_letter, later, scan

from markup_assistant.store.store import Store

OTHER = DIGEST[::-1]


def test_a_letter_is_kept_once_for_each_content_and_the_one_seen_last_is_found(store: Store) -> None:
    first = kept_letter()
    changed = kept_letter(content=OTHER, text="Kære borger\nDu får ikke tilbudt en plads.", seen_at=later(10))
    seen_again = replace(first, path="/nyt drev/plads.docx", text="", seen_at=later(5))
    for one in (first, changed, seen_again):
        store.keep_letter(one)
    assert store.kept_letter(first.letter) == changed
    assert store.kept_letter(first.letter, DIGEST) == seen_again
    assert store.kept_letter("andet.docx") is None
    assert tuple(store.kept_letters()) == (seen_again, changed)


def test_more_letters_than_are_read_at_a_time_are_all_gone_through(store: Store) -> None:
    made = [kept_letter(f"{number}.docx", text="") for number in range(1, 1002)]
    for one in made[:3]:
        store.keep_letter(one)
    assert list(store.kept_letters()) == made[:3]


def test_what_a_scan_found_replaces_what_was_found_before(store: Store) -> None:
    first, second = scan("a/1.docx"), scan("a/2.docx", error="kunne ikke læses", sketch=b"", verdict="")
    store.keep_scans([first, second])
    again = replace(first, size=1, verdict="unsure", confidence=0.0)
    store.keep_scans(iter([scan("a/1.docx"), again]))
    assert store.scans() == {"a/1.docx": again, "a/2.docx": second}
    store.keep_scans([])
    assert len(store.scans()) == 2


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("breve/", {"breve/1.docx", "breve/%.docx"}),
        ("Breve/", {"Breve/1.docx"}),
        ("breve/%", {"breve/%.docx"}),
        ("", {"breve/1.docx", "breve/%.docx", "Breve/1.docx", "æble\x00\udcff/1.docx"}),
        ("æble\x00\udcff/", {"æble\x00\udcff/1.docx"}),
    ],
)
def test_scans_are_found_by_the_beginning_of_their_names(store: Store, prefix: str, names: set[str]) -> None:
    store.keep_scans(scan(name) for name in ("breve/1.docx", "breve/%.docx", "Breve/1.docx", "æble\x00\udcff/1.docx"))
    assert set(store.scans(prefix)) == names


def test_the_last_one_to_whom_a_letter_was_given_has_it(store: Store, colleague: Store) -> None:
    store.assign(["1.docx", "2.docx", "3.docx", "1.docx"], "Mette Prøvesen", "Koordinator", later(0))
    colleague.assign(["2.docx"], "Ali Opdigtet", "Koordinator", later(-5))
    colleague.assign(["3.docx"], "", "Koordinator", later(1))
    assert store.assignments() == {"1.docx": "Mette Prøvesen", "2.docx": "Ali Opdigtet"}
    store.assign([], "Ali Opdigtet", "Koordinator", later(2))
    assert len(store.assignments()) == 2


def test_each_person_goes_on_where_they_stopped_in_each_folder(store: Store) -> None:
    assert store.bookmark("Mette", "/breve") == ""
    store.set_bookmark("Mette", "/breve", "1.docx")
    store.set_bookmark("Mette", "/breve", "2.docx")
    store.set_bookmark("Ali", "/breve", "9.docx")
    store.set_bookmark("Mette", "/andre", "5.docx")
    assert store.bookmark("Mette", "/breve") == "2.docx"
    assert store.bookmark("Ali", "/breve") == "9.docx"


def test_small_facts_are_remembered(store: Store, colleague: Store) -> None:
    assert store.setting("tour_seen:Mette") == ""
    store.keep_setting("tour_seen:Mette", "ja")
    store.keep_setting("tour_seen:Mette", "nej")
    assert colleague.setting("tour_seen:Mette") == "nej"
