"""The tree of the shipped edition, walked both ways."""

import pytest

from markup_assistant.catalogue.facets import USUAL, USUAL_WITHIN
from markup_assistant.catalogue.tree import Catalogue, Group, MainGroup, Subject
from markup_assistant.errors import UnknownNumberError


def test_the_shipped_edition_is_whole(shipped: Catalogue) -> None:
    counts = [len(shipped.main_groups), len(shipped.groups), len(shipped.subjects), len(shipped.facets)]
    assert counts == [37, 499, 2395, 69]
    assert len(shipped) == 37 + 499 + 2395
    assert shipped.name == "KLE 2026-02"
    assert shipped.edition.label == "Februar 2026"


def test_every_node_is_found_again_from_its_parent(shipped: Catalogue) -> None:
    for node in shipped:
        above = shipped.parent(node.number)
        if above is None:
            assert isinstance(node, MainGroup)
        else:
            assert node in shipped.children(above.number)
        assert shipped.path(node.number)[-1] == node


def test_a_path_goes_from_the_main_group_to_the_subject(shipped: Catalogue) -> None:
    main_group, group, subject = shipped.path("27.36.04")
    assert isinstance(main_group, MainGroup)
    assert main_group.title == "Social service"
    assert isinstance(group, Group)
    assert isinstance(subject, Subject)
    assert subject.title == "Personlig og praktisk hjælp"


@pytest.mark.parametrize("typed", ["27.36.04", "273604", " 27.36.04 ", "27 36 04", "27-36-04"])
def test_a_number_is_understood_however_it_is_written(shipped: Catalogue, typed: str) -> None:
    assert shipped.subject(typed).number == "27.36.04"


def test_neighbours_are_the_siblings_on_both_sides(small: Catalogue) -> None:
    assert [node.number for node in small.neighbours("05.09.02", 1)] == ["05.09.00", "05.09.04"]
    assert [node.number for node in small.neighbours("05.09.00")] == ["05.09.02", "05.09.04", "05.09.06"]
    assert [node.number for node in small.neighbours("05")] == ["27"]


def test_an_unknown_number_names_the_nearest_right_ones(shipped: Catalogue) -> None:
    with pytest.raises(UnknownNumberError) as caught:
        shipped.subject("27.36.05")
    assert caught.value.facts["number"] == "27.36.05"
    assert "27.36.04" in str(caught.value.facts["nearest"])
    assert "27.36.06" in str(caught.value.facts["nearest"])


def test_a_group_is_no_subject_and_its_subjects_are_named(shipped: Catalogue) -> None:
    assert shipped.node("27.36").title.startswith("Personlig hjælp")
    with pytest.raises(UnknownNumberError) as caught:
        shipped.subject("27.36")
    assert "27.36.00" in str(caught.value.facts["nearest"])


@pytest.mark.parametrize("typed", ["", " ", "x", "27.36.04.05", "9" * 5000, "²³", "٢٧"])
def test_whatever_is_typed_gives_a_named_error(shipped: Catalogue, typed: str) -> None:
    with pytest.raises(UnknownNumberError):
        shipped.node(typed)


def test_facets_are_found_by_code_in_any_writing(shipped: Catalogue) -> None:
    assert shipped.facet("k02").title == "Klage"
    assert shipped.facet("ø30") == shipped.facet("OE30") == shipped.facet(" Ø30 ")
    with pytest.raises(UnknownNumberError) as caught:
        shipped.facet("K05")
    assert "K04" in str(caught.value.facts["nearest"])


def test_all_facets_fit_and_those_usual_for_letters_come_first(shipped: Catalogue) -> None:
    codes = [facet.code for facet in shipped.facets_for("28.09.40")]
    assert sorted(codes) == sorted(facet.code for facet in shipped.facets)
    assert codes[0] == "G01"
    assert codes.index("Ø47") < codes.index("K02") < codes.index("P10")
    assert shipped.usual_facets("88.00.00")[0].code == "Ø54"


def test_the_table_of_usual_facets_names_facets_that_exist(shipped: Catalogue) -> None:
    known = {facet.code for facet in shipped.facets}
    used = {code for code, _ in USUAL} | {code for _, codes, _ in USUAL_WITHIN for code in codes}
    assert used <= known
    assert all(prefix in shipped for prefix, _, _ in USUAL_WITHIN)
    assert all(reason for *_, reason in (*USUAL, *USUAL_WITHIN))


def test_a_subject_knows_when_it_lapses(small: Catalogue, shipped: Catalogue) -> None:
    assert small.subject("05.09.04").lapsed_by(2026)
    assert not small.subject("05.09.06").lapsed_by(2027)
    assert small.subject("05.09.06").lapsed_by(2028)
    assert not small.subject("05.09.02").lapsed_by(2100)
    assert shipped.subject("15.17.12").expires == "2027"


def test_uuids_are_there_where_they_are_known(shipped: Catalogue) -> None:
    assert shipped.node("00.01").uuid == "4da28ac8-fbb4-4f04-a81d-0af336eab752"
    assert shipped.node("27.36.04").uuid == ""


def test_terms_come_by_number_with_kind_and_lapse(small: Catalogue) -> None:
    terms = small.terms("27.36.04")
    assert [(term.kind, term.text, term.lapsed) for term in terms] == [
        ("term", "hjemmehjælp", ""),
        ("law", "serviceloven § 83", "2025"),
    ]
    assert small.terms("05") == ()
