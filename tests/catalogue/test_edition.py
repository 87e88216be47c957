"""Reading an edition: what is wrong is named with file, line and reason."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.errors import CatalogueError
from markup_assistant.texts import get_texts

SUBJECTS = "number;title;expires\n05.09.00;Parkering;\n"

WRONG: list[tuple[str, str | bytes | None, str, int | None]] = [
    ("main_groups.csv", None, "missing", None),
    ("edition.toml", None, "missing", None),
    ("edition.toml", 'name = "KLE"\n', "edition", None),
    ("subjects.csv", "", "empty", None),
    ("subjects.csv", "nummer;titel\n", "header", None),
    ("subjects.csv", SUBJECTS + "05.09.02;Licens\n", "columns", 3),
    ("subjects.csv", SUBJECTS + "05.09.00;Parkering igen;\n", "twice", 3),
    ("subjects.csv", SUBJECTS + "06.09.00;Uden gruppe;\n", "parent", 3),
    ("subjects.csv", SUBJECTS + "5.9.2;Licens;\n", "number", 3),
    ("subjects.csv", SUBJECTS + "٠٥.٠٩.٠٢;Licens;\n", "number", 3),
    ("subjects.csv", SUBJECTS + "05.09.02; ;\n", "title", 3),
    ("subjects.csv", SUBJECTS + "05.09.02;Licens;snart\n", "expires", 3),
    ("subjects.csv", SUBJECTS + "05.09.02;Licens;2026-13\n", "expires", 3),
    ("subjects.csv", SUBJECTS.encode() + "05.09.02;Ældre;\n".encode("cp1252"), "encoding", 3),
    ("subjects.csv", SUBJECTS + '05.09.02;"Licens;\n', "csv", 3),
    ("groups.csv", "number;title\n27.36;Hjælp\n05.09;Parkering\n06.01;Uden hovedgruppe\n", "parent", 4),
    ("facets.csv", "code;title;category;category_title\nG1;Sager;G;G\n", "number", 2),
    ("facets.csv", "code;title;category;category_title\nG01;A;G;G\nG01;B;G;G\n", "twice", 3),
]


@pytest.mark.parametrize(("name", "content", "reason", "line"), WRONG)
def test_a_wrong_file_is_named_with_line_and_reason(
    small_folder: Callable[..., Path], name: str, content: str | bytes | None, reason: str, line: int | None
) -> None:
    folder = small_folder(**{name.replace(".", "_"): content})
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    assert caught.value.facts["file"] == str(folder / name)
    assert caught.value.facts["reason"] == f"reasons.catalogue.{reason}"
    assert caught.value.facts.get("line") == line
    for language in ("da", "en"):
        said = caught.value.what(get_texts(language))
        assert name in said
        assert "reasons." not in said
        assert "{" not in said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("number;kind;term;lapsed\n27.36.04;slang;hjælp;\n", "kind"),
        ("number;kind;term;lapsed\n27.36.04;term;hjælp\n", "columns"),
        ("number;kind;term\n27.36.04;term;hjælp\n", "header"),
        ("", "empty"),
    ],
)
def test_wrong_terms_are_named_when_they_are_first_asked_for(
    small_folder: Callable[..., Path], content: str, reason: str
) -> None:
    catalogue = load_catalogue(small_folder(terms_csv=content))
    with pytest.raises(CatalogueError) as caught:
        catalogue.terms("27.36.04")
    assert caught.value.facts["reason"] == f"reasons.catalogue.{reason}"


def test_terms_and_uuids_may_be_missing(small_folder: Callable[..., Path]) -> None:
    catalogue = load_catalogue(small_folder(terms_csv=None))
    assert catalogue.terms("27.36.04") == ()
    assert catalogue.node("27").uuid == ""


def test_a_file_saved_by_excel_is_read(small_folder: Callable[..., Path]) -> None:
    rows = 'number;title;expires\r\n05.09.00;"Parkering; i almindelighed";\r\n\r\n27.36.04;Hjælp;\r\n'
    catalogue = load_catalogue(small_folder(subjects_csv=b"\xef\xbb\xbf" + rows.encode()))
    assert catalogue.subject("05.09.00").title == "Parkering; i almindelighed"
    assert catalogue.subject("27.36.04").title == "Hjælp"


def test_quoted_terms_are_read_as_they_are_meant(small_folder: Callable[..., Path]) -> None:
    rows = 'number;kind;term;lapsed\r\n27.36.04;term;"hjælp; fx bad";\r\n'
    catalogue = load_catalogue(small_folder(terms_csv=rows.encode()))
    assert [term.text for term in catalogue.terms("27.36.04")] == ["hjælp; fx bad"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "nowhere")
    assert "nowhere" in caught.value.what()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), name=st.sampled_from(["subjects_csv", "facets_csv", "edition_toml"]))
def test_any_bytes_give_a_catalogue_or_a_named_error(
    small_folder: Callable[..., Path], content: bytes, name: str
) -> None:
    folder = small_folder(**{name: content})
    with suppress(CatalogueError):
        load_catalogue(folder)
