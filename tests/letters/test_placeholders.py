import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup_assistant.letters.letter import FieldKind
from markup_assistant.letters.placeholders import find_placeholders


def found(text: str) -> list[tuple[str, str]]:
    return [(field.name, text[field.start : field.end]) for field in find_placeholders(text)]


@pytest.mark.parametrize(
    ("placeholder", "name"),
    [
        ("«Navn»", "Navn"),
        ("«Sag.Barnets navn»", "Sag.Barnets navn"),
        ("<<MoedeDato>>", "MoedeDato"),
        ("{{sag.dato}}", "sag.dato"),
        ("{{ navn | upper }}", "navn"),
        ("{{{fri}}}", "fri"),
        ("${beløb}", "beløb"),
        ("{Adresse}", "Adresse"),
        ("[beløb]", "beløb"),
        ("[indsæt dato for mødet]", "indsæt dato for mødet"),
        ("[[Navn]]", "Navn"),
        ("$Dato$", "Dato"),
        ("%Navn%", "Navn"),
        ("%%A_B%%", "A_B"),
        ("@Post@", "Post"),
        ("#Borgers navn#", "Borgers navn"),
        ("!task_name", "task_name"),
        ("<SagsNr>", "SagsNr"),
        ("<moede_dato>", "moede_dato"),
        ("{ MERGEFIELD Navn \\* MERGEFORMAT }", "Navn"),
        ('{MERGEFIELD "Mit felt"}', "Mit felt"),
    ],
)
def test_each_way_to_write_a_placeholder_is_found(placeholder: str, name: str) -> None:
    assert found(f"Kære {placeholder}, hej") == [(name, placeholder)]
    assert all(field.kind == FieldKind.PLACEHOLDER for field in find_placeholders(placeholder))


def test_a_line_to_write_on_is_named_by_the_words_at_it() -> None:
    assert found("Navn: ______ Adresse: ____________") == [("Navn", "______"), ("Adresse", "____________")]
    assert found("Dato ........ Beløb: .......") == [("Dato", "........"), ("Beløb", ".......")]
    assert found("______________\nUnderskrift") == [("Underskrift", "______________")]
    assert found("____ (dato)") == [("dato", "____")]


@pytest.mark.parametrize(
    "prose",
    [
        "[se bilag 2 om reglerne for det, der står her]",
        "Noten [1] og ordet [sic] og [2026]",
        "- [x] gjort\n- [ ] ikke gjort",
        "[planen](https://skovborne.example)",
        '{"navn": 1, "b": {"c": 2}} {color: red} {}',
        "100 % af 5 % og 20%",
        "priser på $5 og $10",
        "skriv til a@b.example, c@d.example eller @navn",
        "Sag[er] og barn[et]",
        "»a« og »b« og »a«og»b«",
        "C# og F# # Overskrift #",
        "<br> <div> <P> <Table>",
        "https://x.example/__y__ snake___case",
        "Indledning .......... 3\nSlut ........ 12",
        "tekst\n\n___\n\ntekst",
        "Hej! Du kan komme !",
    ],
)
def test_prose_code_and_addresses_are_no_placeholders(prose: str) -> None:
    assert found(prose) == []


def test_the_outermost_signs_win() -> None:
    assert found("{{a}} [[b]] «c»") == [("a", "{{a}}"), ("b", "[[b]]"), ("c", "«c»")]


@given(st.text(alphabet="«»<>{}[]$%@#!_. \nabÆx1:|\\…", max_size=200))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end_before = 0
    for field in find_placeholders(text):
        assert end_before <= field.start < field.end <= len(text)
        assert 0 < len(field.name) <= 60
        end_before = field.end


@pytest.mark.timeout(10)
@pytest.mark.parametrize("seed", ["{", "[a", "<<a", "$a", "{{a ", "%a", "#a a ", "_", "...../", "{ MERGEFIELD ", "« a"])
def test_hostile_text_takes_time_that_grows_with_its_length_alone(seed: str) -> None:
    find_placeholders(seed * (200_000 // len(seed)))
