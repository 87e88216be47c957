"""The figures of a measurement, against what a person counts by hand."""

from collections.abc import Mapping, Sequence
from math import log2

import pytest

from markup_assistant.learning.evaluation.confusion import Pair, confusion
from markup_assistant.learning.evaluation.details import Details
from markup_assistant.learning.evaluation.evaluation import Evaluation, evaluate
from markup_assistant.learning.evaluation.labels import Labels
from markup_assistant.learning.evaluation.scores import Answer, Score, Scores
from markup_assistant.markup import FieldRef, Verdict

NONE: Mapping[str, Details] = {}


def row(
    right: Sequence[str] | None = None,
    given: Sequence[str] = (),
    *,
    confidence: float = 0.8,
    verdict: Verdict = Verdict.CHECK,
    facet: tuple[Sequence[str], str] | None = None,
    actions: tuple[Mapping[str, Details], Mapping[str, Details]] | None = None,
    cluster: str = "",
    area: str = "",
) -> Score:
    """A text with its right subjects, those given, and pairs of right and given facet and actions."""
    return Score(
        "",
        cluster,
        Labels(
            None if right is None else tuple(right),
            tuple(facet[0]) if facet else None,
            actions[0] if actions else None,
        ),
        Answer(
            tuple(given),
            confidence if given else 0.0,
            verdict,
            facet[1] if facet else "",
            actions[1] if actions else NONE,
        ),
        {"area": area} if area else {},
    )


def scores(*rows: Score, model: str = "m") -> Scores:
    """Rows with ids, each a cluster of its own unless it names one."""
    numbered = [
        Score(str(place), one.cluster or f"#{place}", one.labels, one.answer, one.traits)
        for place, one in enumerate(rows)
    ]
    return Scores(model, "KLE", tuple(numbered))


def measured(*rows: Score) -> Evaluation:
    return evaluate(scores(*rows))


def values(*rows: Score) -> dict[str, float]:
    return {name: figure.value for name, figure in measured(*rows).figures.items()}


def test_the_place_of_the_right_subject_makes_the_figures() -> None:
    found = values(
        row(["01.00.00"], ["01.00.00", "02.00.00"]),
        row(["01.00.00"], ["02.00.00", "01.00.00"]),
        row(["01.00.00"], ["02.00.00", "03.00.00", "04.00.00", "01.00.00"]),
        row(["01.00.00"], ["02.00.00"]),
    )
    assert found["precision_at_1"] == 0.25
    assert found["recall_at_3"] == 0.5
    assert found["recall_at_5"] == 0.75
    assert found["mrr"] == pytest.approx((1 + 1 / 2 + 1 / 4) / 4)
    assert found["ndcg_at_5"] == pytest.approx((1 + 1 / log2(3) + 1 / log2(5)) / 4)


def test_any_acceptable_subject_is_right_and_the_best_one_first_is_ordered_best() -> None:
    best_first = values(row(["01.00.00", "02.00.00"], ["01.00.00", "02.00.00"]))
    other_first = values(row(["01.00.00", "02.00.00"], ["02.00.00", "01.00.00"]))
    assert best_first["precision_at_1"] == other_first["precision_at_1"] == 1
    assert best_first["ndcg_at_5"] == 1
    assert other_first["ndcg_at_5"] == pytest.approx((1 + 3 / log2(3)) / (3 + 1 / log2(3)))


def test_a_neighbour_is_right_to_the_group_or_the_main_group() -> None:
    found = values(row(["27.36.04"], ["27.36.20"]), row(["27.36.04"], ["27.60.20"]), row(["27.36.04"], []))
    assert found["precision_at_1"] == 0
    assert found["group"] == pytest.approx(1 / 3)
    assert found["main_group"] == pytest.approx(2 / 3)


def test_a_text_to_be_left_alone_is_measured_by_being_left_alone() -> None:
    found = measured(
        row(["01.00.00"], ["01.00.00"]),
        row([], ["02.00.00"], verdict=Verdict.UNSURE),
        row([], ["02.00.00"], verdict=Verdict.SURE),
        row([], [], verdict=Verdict.UNSURE),
        row(["01.00.00"], [], verdict=Verdict.UNSURE),
    )
    assert found.to_leave_alone == 3
    assert found.figures["precision_at_1"].texts == 2
    assert found.figures["left_alone"].value == pytest.approx(2 / 3)
    assert found.figures["silent_wrongly"].value == 0.5
    assert found.figures["verdict.sure_right"].value == 0, "a number claimed where none is right"


def test_texts_that_are_nearly_the_same_count_as_one() -> None:
    alike = [row(["01.00.00"], ["02.00.00"], cluster="a") for _ in range(3)]
    found = measured(*alike, row(["01.00.00"], ["01.00.00"]))
    assert found.figures["precision_at_1"].value == 0.5
    assert (found.texts, found.clusters) == (4, 2)


def test_facets_are_measured_apart_for_the_ordinary_case() -> None:
    found = values(
        row(facet=(["G01"], "G01")),
        row(facet=(["G01", "K02"], "K02")),
        row(facet=(["K02"], "G01")),
        row(facet=(["K02"], "K02")),
        row(["01.00.00"], ["01.00.00"]),
    )
    assert (found["facet"], found["facet_g01"], found["facet_other"]) == (0.75, 1.0, 0.5)


def test_actions_found_missed_and_made_up_are_counted() -> None:
    found = values(
        row(actions=({"AFTALE": {}, "BETALING": {}}, {"AFTALE": {}})),
        row(actions=({"AFTALE": {}}, {"AFTALE": {}, "UNDERSKRIV": {}})),
        row(actions=({}, {"BETALING": {}})),
        row(actions=({}, {})),
    )
    assert found["action_precision"] == pytest.approx(2 / 4)
    assert found["action_recall"] == pytest.approx(2 / 3)
    assert found["action_f1"] == pytest.approx(2 * 2 / (4 + 3))
    assert (found["action.AFTALE_f1"], found["action.BETALING_f1"], found["action.UNDERSKRIV_f1"]) == (1, 0, 0)
    assert found["action_macro_f1"] == 0.5, "of the two that are due somewhere"
    assert "action.UNDERSKRIV_recall" not in found
    assert found["action_set"] == 0.25
    assert found["no_action_where_none"] == 0.5


def test_a_detail_is_right_whatever_the_taste_of_the_label() -> None:
    right: Details = {"start": "2026-03-05T10:00", "location": "på Rådhuset, lokale 2", "end": "2026-03-05T11:00"}
    given: Details = {"start": "2026-03-05 10:00:00", "location": "Rådhuset, lokale 2", "end": "2026-03-05T12:00"}
    paid: Details = {"amount": "480", "url": "https://by.dk/betal/"}
    suggested: Details = {"amount": "480.00", "url": "by.dk/betal", "due": "2026-03-08"}
    found = values(row(actions=({"AFTALE": right, "BETALING": paid}, {"AFTALE": given, "BETALING": suggested})))
    assert found["detail"] == pytest.approx(4 / 5)
    assert (found["detail.start"], found["detail.end"], found["detail.amount"], found["detail.url"]) == (1, 0, 1, 1)
    assert found["detail_invented"] == pytest.approx(1 / 6)


def test_a_field_is_right_by_its_name() -> None:
    right: Details = {"start": FieldRef("MoedeDato", "MoedeTid"), "location": FieldRef("Sted")}
    given: Details = {"start": FieldRef("moededato", "MoedeTid"), "location": FieldRef("Lokale")}
    found = values(row(actions=({"AFTALE": right}, {"AFTALE": given})))
    assert found["detail_field"] == 0.5
    assert "detail_value" not in found


def test_details_of_a_missed_action_count_against_the_action_alone() -> None:
    found = values(row(actions=({"BETALING": {"amount": "1.00"}}, {})))
    assert found["action_recall"] == 0
    assert "detail" not in found


def test_what_nobody_labelled_has_no_figure() -> None:
    found = measured(row(facet=(["G01"], "G01")))
    assert set(found.figures) == {"facet", "facet_g01"}
    assert (found.calibration, found.coverage, found.confusion) == (None, None, None)


def test_figures_are_broken_down_by_area() -> None:
    found = measured(
        row(["01.00.00"], ["01.00.00"], area="Miljø"),
        row(["01.00.00"], ["02.00.00"], area="Miljø"),
        row(["01.00.00"], ["01.00.00"], area="Skole"),
    )
    assert list(found.by["area"]) == ["Miljø", "Skole"]
    assert found.by["area"]["Miljø"]["precision_at_1"].value == 0.5
    assert found.by["area"]["Skole"]["precision_at_1"].texts == 1


def test_the_frequent_confusions_come_first() -> None:
    found = confusion(
        [
            row(["27.36.04"], ["27.36.20"]),
            row(["27.36.04", "27.36.08"], ["27.36.20"]),
            row(["27.36.04"], ["27.60.20"]),
            row(["27.36.04"], ["05.09.02"]),
            row(["27.36.04"], []),
            row(["27.36.04"], ["27.36.04"]),
            row([], ["05.09.02"]),
        ]
    )
    assert found is not None
    assert (found.wrong, found.same_group, found.same_main_group, found.nothing) == (5, 2, 3, 1)
    assert found.pairs[0] == Pair("27.36.20", "27.36.04", 2)
    assert len(found.pairs) == 3
