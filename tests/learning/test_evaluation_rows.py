"""Files of labelled texts: what is understood, and what a wrong line is told."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.learning.test_evaluation import row

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.errors import FileMissingError, LabelsFileError, LetterError
from markup_assistant.learning.evaluation.baselines import KeywordMatch, commonest_actions
from markup_assistant.learning.evaluation.labels import LabelledText
from markup_assistant.learning.evaluation.plain import wrong_line_said
from markup_assistant.learning.evaluation.rows import (
    LabelledFile,
    WrongLine,
    read_labelled_file,
    read_labelled_lines,
    read_letters,
)
from markup_assistant.letters.letter import Letter
from markup_assistant.markup import FieldRef
from markup_assistant.shipped import shipped_folder
from markup_assistant.texts import get_texts


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(shipped_folder("kle_catalogue"))


def read(catalogue: Catalogue, *rows: object) -> LabelledFile:
    return read_labelled_lines([json.dumps(one).encode() for one in rows], catalogue)


def only(catalogue: Catalogue, **values: object) -> LabelledText:
    found = read(catalogue, {"text": "Et brev om affald.", **values})
    assert not found.wrong
    return found.texts[0]


def test_the_keys_of_the_corpus_are_understood(catalogue: Catalogue) -> None:
    text = only(
        catalogue,
        id="plads-1",
        subject="280940",
        also=["28.09.00"],
        facet="OE30",
        actions=[{"code": "BEKRAEFT", "label": "Svar", "deadline": "2026-03-01", "url": "https://a.dk"}],
    )
    assert text.id == "plads-1"
    assert text.labels.subjects == ("28.09.40", "28.09.00")
    assert text.labels.facets == ("Ø30",)
    assert text.labels.actions == {"BEKRAEFT": {"url": "https://a.dk", "deadline": "2026-03-01"}}


def test_a_list_of_acceptable_subjects_is_understood(catalogue: Catalogue) -> None:
    text = only(
        catalogue, kle=["84.03.03", "84.00.00"], facet=["G01", "K02"], cluster="valg", area="Valg", template=True
    )
    assert text.labels.subjects == ("84.03.03", "84.00.00")
    assert text.labels.facets == ("G01", "K02")
    assert text.labels.actions is None
    assert (text.cluster, dict(text.traits)) == ("valg", {"area": "Valg", "template": "true"})


@pytest.mark.parametrize("values", [{"subject": None}, {"subject": ""}, {"subject": "none"}, {"kle": []}])
def test_no_subject_is_another_thing_than_an_unknown_one(catalogue: Catalogue, values: dict[str, Any]) -> None:
    assert only(catalogue, **values).labels.left_alone
    assert only(catalogue, facet="G01").labels.subjects is None


@pytest.mark.parametrize(
    ("value", "detail"),
    [
        ("«MoedeDato» kl. «MoedeTid»", FieldRef("MoedeDato", "MoedeTid")),
        ("{{moede.dato}} {{moede.start}}", FieldRef("moede.dato", "moede.start")),
        ({"field": "Dato", "time": "Tid"}, FieldRef("Dato", "Tid")),
        ("${web}/kort", "${web}/kort"),
        ("2026-03-05T10:00", "2026-03-05T10:00"),
    ],
)
def test_a_detail_is_a_value_or_a_field(catalogue: Catalogue, value: object, detail: object) -> None:
    for actions in ([{"code": "AFTALE", "start": value}], [{"code": "AFTALE", "details": {"start": value}}]):
        assert only(catalogue, actions=actions).labels.actions == {"AFTALE": {"start": detail}}


def test_a_list_of_bare_codes_has_actions_without_details(catalogue: Catalogue) -> None:
    assert only(catalogue, actions=["AFTALE", "BETALING"]).labels.actions == {"AFTALE": {}, "BETALING": {}}


WRONG: list[tuple[bytes, str, str]] = [
    (b"\xff\xfe{", "encoding", "UTF-8"),
    (b'{"text": "a"', "json", "JSON"),
    (b"[" * 100_000, "json", "JSON"),
    (b"[1, 2]", "object", "JSON-objekt"),
    (b'{"subject": "28.09.40"}', "text", "file"),
    (b'{"text": "a", "file": "b.txt", "subject": null}', "text", "file"),
    (b'{"text": 5, "subject": null}', "string", "text skal"),
    (b'{"text": "a", "title": "b"}', "labels", "subject, facet"),
    (b'{"text": "a", "subject": "28.09.99"}', "subject", "28.09.99"),
    (b'{"text": "a", "subject": "28.09"}', "subject", "28.09"),
    (b'{"text": "a", "subject": "28.09.40", "also": ["99.99.99"]}', "subject", "99.99.99"),
    (b'{"text": "a", "subject": 280940}', "string", "subject skal"),
    (b'{"text": "a", "facet": "G99"}', "facet", "G99"),
    (b'{"text": "a", "actions": {"code": "AFTALE"}}', "actions", "liste"),
    (b'{"text": "a", "actions": [{"code": "SOEG"}]}', "action", "SOEG"),
    (b'{"text": "a", "actions": [["AFTALE"]]}', "action", "AFTALE"),
    (b'{"text": "a", "actions": ["AFTALE", "AFTALE"]}', "action_twice", "to gange"),
    (b'{"text": "a", "actions": [{"code": "AFTALE", "start": ["i dag"]}]}', "detail", "start"),
    (b'{"text": "a", "actions": [{"code": "AFTALE", "start": true}]}', "detail", "start"),
]


@pytest.mark.parametrize(("line", "reason", "said"), WRONG)
def test_a_wrong_line_is_named_and_the_rest_goes_on(catalogue: Catalogue, line: bytes, reason: str, said: str) -> None:
    good = b'{"text": "a", "subject": "28.09.40"}'
    found = read_labelled_lines([good, b"", line, good], catalogue)
    assert [text.line for text in found.texts] == [1, 4]
    assert [(one.line, one.reason) for one in found.wrong] == [(3, reason)]
    assert said in wrong_line_said(found.wrong[0], get_texts("da"))
    assert wrong_line_said(found.wrong[0], get_texts("en")) != wrong_line_said(found.wrong[0], get_texts("da"))


def test_an_id_stands_once(catalogue: Catalogue) -> None:
    found = read(catalogue, *({"id": "a", "text": "a", "subject": None} for _ in range(2)))
    assert len(found.texts) == 1
    assert "linje 1" in wrong_line_said(found.wrong[0], get_texts("da"))


def test_no_cpr_number_comes_out_of_a_line(catalogue: Catalogue) -> None:
    good = {"id": "brev 010203-0000", "text": "a", "subject": None, "cluster": "0102030000", "area": "010203 0000"}
    bad = {"text": "a", "subject": "010203-0000"}
    found = read(catalogue, good, bad)
    shown = repr(found) + wrong_line_said(found.wrong[0], get_texts("da"))
    assert "0203" not in shown.replace("•", "")


def test_a_file_with_a_byte_order_mark_is_read(catalogue: Catalogue, tmp_path: Path) -> None:
    file = tmp_path / "facit.jsonl"
    file.write_text('{"text": "Blåbærgrød", "subject": null}\r\n', encoding="utf-8-sig")
    assert read_labelled_file(file, catalogue).texts[0].text == "Blåbærgrød"


@pytest.mark.parametrize("name", ["mangler.jsonl", "."])
def test_a_file_that_cannot_be_opened_is_named(catalogue: Catalogue, tmp_path: Path, name: str) -> None:
    with pytest.raises(LabelsFileError) as raised:
        read_labelled_file(tmp_path / name, catalogue)
    assert str(tmp_path) in raised.value.what()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=8), below, max_size=3),
    max_leaves=6,
)
KEYS = ("id", "text", "file", "subject", "kle", "also", "facet", "actions", "cluster", "area", "template")
ACTIONS = st.lists(st.fixed_dictionaries({"code": st.sampled_from(["AFTALE", "BETALING"])}, optional={"start": JSON}))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), JSON | ACTIONS, max_size=6), max_size=4), st.binary(max_size=80))
def test_any_line_is_a_text_or_a_wrong_line(catalogue: Catalogue, rows: list[dict[str, Any]], noise: bytes) -> None:
    lines = [json.dumps(one).encode() for one in rows] + [noise.replace(b"\n", b" ")]
    found = read_labelled_lines(lines, catalogue)
    assert len(found.texts) + len(found.wrong) == sum(bool(line.strip()) for line in lines)
    for wrong in found.wrong:
        assert wrong_line_said(wrong, get_texts("da"))
    for _, letter in read_letters(found.texts, lambda _: Letter("", "txt", "")):
        assert isinstance(letter, Letter | WrongLine)


def test_a_letter_that_cannot_be_read_costs_its_own_line(catalogue: Catalogue) -> None:
    found = read(catalogue, {"file": "a.docx", "subject": None}, {"text": "Et brev", "subject": None})

    def missing(file: str) -> Letter:
        raise FileMissingError(file=file)

    (_, wrong), (_, letter) = read_letters(found.texts, missing)
    assert isinstance(wrong, WrongLine)
    assert isinstance(wrong.error, LetterError)
    assert "a.docx" in wrong_line_said(wrong, get_texts("da"))
    assert isinstance(letter, Letter)


def test_the_simple_rules_find_what_the_catalogue_calls_by_its_name(catalogue: Catalogue) -> None:
    keywords = KeywordMatch(catalogue)
    title = catalogue.subject("32.18.08").title
    assert keywords.subjects(f"Brev om {title}, som vi har talt om.")[0] == "32.18.08"
    assert keywords.subjects("Zqx vwk.") == ()
    several = " ".join(subject.title for subject in catalogue.subjects[:20])
    assert len(keywords.subjects(several, limit=3)) == 3


def test_the_commonest_actions_may_be_none() -> None:
    due = row(actions=({"BETALING": {}, "AFTALE": {}}, {}))
    nothing = row(actions=({}, {}))
    assert commonest_actions([due, due, nothing]) == ("AFTALE", "BETALING")
    assert commonest_actions([due, nothing, nothing]) == ()
    assert commonest_actions([row(["01.00.00"])]) == ()
