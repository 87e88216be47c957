"""Searching as caseworkers do: numbers, titles, everyday words, parts of words, typos."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup_assistant.catalogue.search import search
from markup_assistant.catalogue.tree import Catalogue

with (Path(__file__).parent / "queries.csv").open(encoding="utf-8", newline="") as stream:
    QUERIES = [tuple(row) for row in csv.reader(stream, delimiter=";")][1:]


def numbers(catalogue: Catalogue, query: str, limit: int = 10) -> list[str]:
    return [hit.number for hit in search(catalogue, query, limit)]


@pytest.mark.parametrize(("query", "number", "within", "what"), QUERIES)
def test_titles_alone_find_the_number(titles_only: Catalogue, query: str, number: str, within: str, what: str) -> None:
    assert number in numbers(titles_only, query, int(within)), what


@pytest.mark.parametrize(("query", "number", "within", "what"), QUERIES)
def test_terms_do_not_drown_what_a_title_says(
    shipped: Catalogue, query: str, number: str, within: str, what: str
) -> None:
    assert number in numbers(shipped, query, int(within) + 2), what


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("hjemmehjælp", "27.36.04"),
        ("hjemmehjaelp", "27.36.04"),
        ("hjemehjælp", "27.36.04"),
        ("HJEMMEHJÆLPEN", "27.36.04"),
        ("serviceloven § 83", "27.36.04"),
        ("serviceloven 83", "27.36.04"),
        ("beboerkort", "05.09.02"),
        ("beboer kort", "05.09.02"),
        ("kort til beboer", "05.09.02"),
        ("fornyet licens", "05.09.02"),
        ("huset mad", "27.36.24"),
        ("muh", "27.36.24"),
    ],
)
def test_an_everyday_word_finds_the_subject(small: Catalogue, query: str, number: str) -> None:
    assert numbers(small, query)[0] == number


def test_a_hit_says_what_matched(small: Catalogue) -> None:
    by_term = search(small, "hjemmehjælp")[0]
    assert (by_term.source, by_term.matched, by_term.level) == ("term", "hjemmehjælp", "subject")
    by_title = search(small, "madservice")[0]
    assert (by_title.source, by_title.matched, by_title.score) == ("title", "Madservice", 1.0)
    by_number = search(small, "27.36")[0]
    assert (by_number.source, by_number.matched, by_number.level) == ("number", "27.36", "group")


def test_better_matches_stand_before_weaker_ones(small: Catalogue) -> None:
    exact = search(small, "parkeringslicens")[0].score
    prefix = search(small, "parkeringslic")[0].score
    word = search(small, "beboerkort")[0].score
    part = search(small, "licens")[0].score
    typo = search(small, "parkerngslicns")[0].score
    assert exact > prefix > part > typo > 0
    assert exact > word > part


def test_a_lapsed_subject_comes_after_those_in_use(small: Catalogue) -> None:
    assert numbers(small, "parkeringslicens ældre ordning")[-1] == "05.09.04"
    assert numbers(small, "parkeringsanlæg")[0] == "05.09.06"
    assert numbers(small, "parkerings", 10)[-1] == "05.09.04"
    later = [hit.number for hit in search(small, "parkerings", year=2030)]
    assert later.index("05.09.02") < later.index("05.09.06")
    assert numbers(small, "05.09.04")[0] == "05.09.04"


def test_a_number_lists_what_begins_with_it_the_whole_first(small: Catalogue) -> None:
    assert numbers(small, "05.09")[:2] == ["05.09", "05.09.00"]
    assert numbers(small, "2") == ["27", "27.36", "27.36.04", "27.36.24"]


def test_the_limit_is_kept(shipped: Catalogue) -> None:
    assert len(search(shipped, "børn", 3)) == 3
    assert search(shipped, "børn", 0) == ()


@pytest.mark.parametrize("query", ["", "   ", "%%%", "§", "qxzqxz", "\n", "\x00", "🙂"])
def test_what_says_nothing_finds_nothing(small: Catalogue, query: str) -> None:
    assert search(small, query) == ()


@settings(max_examples=150, deadline=None)
@given(query=st.text(max_size=60))
def test_any_query_gives_hits_in_order_with_scores_of_a_probability(titles_only: Catalogue, query: str) -> None:
    hits = search(titles_only, query)
    assert all(0 < hit.score <= 1 for hit in hits)
    assert len({hit.number for hit in hits}) == len(hits)


def test_a_pasted_letter_is_searched_by_its_beginning(shipped: Catalogue) -> None:
    assert len(search(shipped, "Afgørelse om personlig og praktisk hjælp " * 5000)) <= 10
