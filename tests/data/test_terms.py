"""The rules of ``kle_catalogue/README.md`` for terms, held over the whole file."""

import csv
import re
from collections import defaultdict

import pytest

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import TERM_KINDS, Catalogue
from markup_assistant.shipped import shipped_folder

LAW = re.compile(r"[a-zæøåA-Z .\-0-9()]+? § \d+( [a-zæø])?(, stk\. \d+)?(, nr\. \d+)?")
TOO_GENERAL = {"ansøgning", "sag", "afgørelse", "borger", "kommune", "kommunen", "brev", "klage", "møde", "betaling"}
Row = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(shipped_folder("kle_catalogue"))


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    with (shipped_folder("kle_catalogue") / "terms.csv").open(encoding="utf-8", newline="") as file:
        header, *found = csv.reader(file, delimiter=";")
    assert header == ["number", "kind", "term", "lapsed"]
    return [(number, kind, term, lapsed) for number, kind, term, lapsed in found]


def by_number(rows: list[Row]) -> dict[str, list[str]]:
    terms: dict[str, list[str]] = defaultdict(list)
    for number, _, term, _ in rows:
        terms[number].append(term)
    return terms


def test_every_subject_has_eight_terms_and_every_group_three(catalogue: Catalogue, rows: list[Row]) -> None:
    terms = by_number(rows)
    assert [s.number for s in catalogue.subjects if len(terms[s.number]) < 8] == []
    above = [group.number for group in catalogue.groups] + [group.number for group in catalogue.main_groups]
    assert [number for number in above if len(terms[number]) < 3] == []
    assert [number for number in sorted(terms) if number not in catalogue] == []


def test_no_term_stands_twice_within_a_number(rows: list[Row]) -> None:
    for number, terms in by_number(rows).items():
        folded = [term.casefold() for term in terms]
        assert len(folded) == len(set(folded)), number


def test_no_term_repeats_the_title(catalogue: Catalogue, rows: list[Row]) -> None:
    titles = {subject.number: subject.title.casefold() for subject in catalogue.subjects}
    assert [row for row in rows if titles.get(row[0]) == row[2].casefold()] == []


def test_no_term_is_so_general_that_it_helps_none(catalogue: Catalogue, rows: list[Row]) -> None:
    subjects: dict[str, set[str]] = defaultdict(set)
    known = {subject.number for subject in catalogue.subjects}
    for number, _, term, _ in rows:
        if number in known:
            subjects[term.casefold()].add(number)
    assert {term: sorted(numbers) for term, numbers in subjects.items() if len(numbers) > 8} == {}
    assert TOO_GENERAL & set(subjects) == set()


def test_terms_are_tidy(rows: list[Row]) -> None:
    for row in rows:
        _, kind, term, lapsed = row
        assert kind in TERM_KINDS, row
        assert term == " ".join(term.split()), row
        assert len(term) > 1, row
        assert re.fullmatch(r"((19|20)\d\d)?", lapsed), row
        assert not re.search(r"[^\w\s.,:;/()§+&'’\-–%½°²³\"!?*=´]", term), row


def test_danish_letters_are_not_spelled_out(rows: list[Row]) -> None:
    """``boernehave`` and ``aeldre`` are how field names are written, not how people write."""
    wrong = re.compile(
        r"\b(boern|aeldre|koer|stoette|ansoeg|forael|skoenn|groen|loen|moede|foerst|spoerg)", re.IGNORECASE
    )
    assert [row for row in rows if row[1] != "system" and wrong.search(row[2])] == []


def test_law_references_have_one_form(rows: list[Row]) -> None:
    assert [row for row in rows if row[1] == "law" and not LAW.fullmatch(row[2].replace("§§", "§"))] == []


def test_the_sections_on_children_have_the_year_in_which_they_left_serviceloven(rows: list[Row]) -> None:
    """They went when barnets lov came into force on 1 January 2024; §§ 33, 36 and 49 were about something else."""
    sections = [
        (row, int(found[1]))
        for row in rows
        if row[1] == "law" and (found := re.fullmatch(r"serviceloven § (\d+).*", row[2]))
    ]
    former = [row for row, number in sections if number in range(32, 79) and number not in (33, 36, 49)]
    assert former
    assert [row for row in former if not row[3]] == []


@pytest.mark.parametrize("law", ["boligreguleringsloven", "persondataloven", "taxikørselsloven", "vejledningsloven"])
def test_a_law_that_no_longer_applies_has_the_year_in_which_it_lapsed(rows: list[Row], law: str) -> None:
    cited = [row for row in rows if row[1] == "law" and row[2].startswith(f"{law} §")]
    assert cited, "a law that nothing cites any more can leave this list"
    assert [row for row in cited if not row[3]] == []
