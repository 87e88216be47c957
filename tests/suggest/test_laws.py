from pathlib import Path

import pytest

from markup_assistant.errors import CatalogueError
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.laws import LawBook, load_laws


@pytest.fixture(scope="module")
def laws() -> LawBook:
    return load_laws(shipped_folder("kle_catalogue"))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("efter servicelovens § 100, stk. 1", ["serviceloven § 100"]),
        ("§ 100 i lov om social service", ["serviceloven § 100"]),
        ("§ 100, stk. 1, nr. 2, i lov om social service", ["serviceloven § 100"]),
        ("Lov om Social Service §100", ["serviceloven § 100"]),
        ("SEL § 83 a", ["serviceloven § 83 a"]),
        ("SEL-100 Merudgifter", ["serviceloven § 100"]),
        ("SEL-83-a Rehabilitering", ["serviceloven § 83 a"]),
        ("servicelovens §§ 83 og 84", ["serviceloven § 83", "serviceloven § 84"]),
        ("barnets lovs § 86", ["barnets lov § 86"]),
        ("jf. § 11 i retssikkerhedsloven", ["retssikkerhedsloven § 11"]),
        ("§ 18 i, stk. 2, i lejeloven", ["lejeloven § 18 i"]),
        ("jernbaneloven § 21 d", ["jernbaneloven § 21 d"]),
        ("Se § 7 nedenfor.", []),
        ("Vi har modtaget 83 a-kasser", []),
        ("ABC § 4", []),
    ],
)
def test_each_way_of_writing_a_law_has_one_form(laws: LawBook, text: str, keys: list[str]) -> None:
    assert [reference.key for reference in laws.find(text)] == keys


def test_a_reference_reads_in_the_text_where_it_says_it_stands(laws: LawBook) -> None:
    text = "Afgørelsen er truffet efter servicelovens § 100."
    (reference,) = laws.find(text)
    assert text[reference.start : reference.end] == "§ 100"


def test_an_edition_without_law_names_knows_the_laws_that_end_in_loven(tmp_path: Path) -> None:
    assert [r.key for r in load_laws(tmp_path).find("byggelovens § 22")] == ["byggeloven § 22"]


def test_a_law_file_with_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "laws.csv").write_text("name;alias\nserviceloven\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="linje 2"):
        load_laws(tmp_path)


def test_a_law_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "laws.csv").write_bytes("name;alias\nfærdselsloven;FÆL\n".encode("cp1252"))
    with pytest.raises(CatalogueError, match="UTF-8"):
        load_laws(tmp_path)
