"""Where post goes: the most specific rule wins, and something always takes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup_assistant.markup import Suggestion
from markup_assistant.suggest.organisation import Organisation, Rule, Unit
from markup_assistant.suggest.targets import route, suggest_targets

# The order that the module promises, the most specific first.
ORDER = ["28.09.40 K02", "28.09.* K02", "28.09.40", "28.* K02", "28.09.*", "* K02", "28.*", "*"]


def organisation(*patterns: str) -> Organisation:
    """Each rule leads to a unit of its own, named after its pattern."""
    rules = []
    for number, pattern in enumerate(patterns):
        kle, _, facet = pattern.partition(" ")
        rules.append(Rule(f"r{number}", kle, facet, pattern))
    units = {pattern: Unit(pattern, pattern) for pattern in (*patterns, "post")}
    return Organisation("Prøveby", "post", units, {}, tuple(rules))


def subject(number: str, confidence: float = 1.0) -> Suggestion[str]:
    return Suggestion(number, confidence)


@pytest.mark.parametrize("number", range(len(ORDER)))
def test_the_most_specific_rule_wins_whatever_order_they_stand_in(number: int) -> None:
    left = ORDER[number:]
    for rules in (left, left[::-1]):
        won = route(organisation(*rules), "28.09.40", "K02")
        assert won is not None
        assert won.pattern == left[0]


@pytest.mark.parametrize(
    ("pattern", "number", "facet", "fits"),
    [
        ("27.*", "27.36.04", "G01", True),
        ("27.*", "28.09.40", "G01", False),
        ("27.36.*", "27.36.04", "G01", True),
        ("27.36.*", "27.39.04", "G01", False),
        ("27.36.04", "27.36.04", "G01", True),
        ("27.36.04", "27.36.08", "G01", False),
        ("* K02", "05.09.04", "K02", True),
        ("* K02", "05.09.04", "G01", False),
        ("* K02", "", "K02", True),
        ("27.* K02", "", "K02", False),
        ("*", "", "", True),
    ],
)
def test_a_pattern_fits_what_it_says(pattern: str, number: str, facet: str, fits: bool) -> None:
    assert (route(organisation(pattern), number, facet) is not None) is fits


def test_the_target_says_which_pattern_won() -> None:
    first = suggest_targets(organisation("28.*", "28.09.*"), [subject("28.09.40", 0.9)], [subject("G01")])[0]
    assert (first.value, first.reason, first.confidence) == ("28.09.*", "28.09.*", 0.9)


def test_subjects_that_lead_to_the_same_target_add_up() -> None:
    subjects = [subject("28.09.40", 0.4), subject("27.36.04", 0.35), subject("27.36.08", 0.2)]
    first, second, *_ = suggest_targets(organisation("27.*", "28.*"), subjects, [subject("G01")])
    assert (first.value, first.confidence) == ("27.*", 0.55)
    assert (second.value, second.confidence) == ("28.*", 0.4)


def test_the_facet_shares_the_confidence() -> None:
    facets = [subject("G01", 0.6), subject("K02", 0.2)]
    first, second, *_ = suggest_targets(organisation("27.*", "* K02"), [subject("27.36.04", 0.8)], facets)
    assert (first.value, first.confidence) == ("27.*", 0.6)
    assert (second.value, second.confidence) == ("* K02", 0.2)


def test_what_no_rule_takes_goes_to_the_default() -> None:
    first = suggest_targets(organisation("27.*"), [subject("05.09.02", 0.9)], [subject("G01")])[0]
    assert (first.value, first.confidence, first.reason) == ("post", 0.9, "*")


def test_without_a_subject_the_default_takes_it_and_claims_nothing() -> None:
    found = suggest_targets(organisation("27.*"), [], [])
    assert [(target.value, target.confidence) for target in found] == [("post", 0.0)]


def test_without_a_subject_a_facet_still_finds_its_unit() -> None:
    found = suggest_targets(organisation("27.*", "* A53"), [], [subject("A53", 0.9), subject("G01", 0.1)])
    assert found[0].value == "* A53"


def test_no_more_targets_than_asked_for() -> None:
    subjects = [subject(f"{n}.00.00", 0.2) for n in (1, 2, 3)]
    assert len(suggest_targets(organisation("*"), subjects, [subject("G01")], limit=1)) == 1


SUGGESTED = st.lists(
    st.tuples(st.sampled_from(["28.09.40", "28.09.20", "27.36.04", "05.09.02", "K02", "G01"]), st.floats(0, 1)),
    max_size=6,
)


@given(SUGGESTED, SUGGESTED, st.sets(st.sampled_from(ORDER)), st.integers(1, 5))
def test_there_is_always_a_target_and_never_more_than_all_of_the_probability(
    subjects: list[tuple[str, float]], facets: list[tuple[str, float]], patterns: set[str], limit: int
) -> None:
    found = suggest_targets(
        organisation(*sorted(patterns)), [subject(*row) for row in subjects], [subject(*row) for row in facets], limit
    )
    assert 1 <= len(found) <= limit
    assert sum(target.confidence for target in found) <= 1.001
    assert len({target.value for target in found}) == len(found)
