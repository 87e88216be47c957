"""The organisation file: the shipped example, and what a coordinator is told when a file is not right."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup_assistant.errors import OrganisationError
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.organisation import load_organisation
from markup_assistant.suggest.targets import route
from markup_assistant.texts import get_texts

SHIPPED = shipped_folder("data") / "organisation.yaml"
SOUND = """
name: Prøveby Kommune
default: post
systems:
- {id: esdh, name: Sagssystemet}
units:
- {id: post, name: Posten, system: esdh}
- {id: jura, name: Jura, contact_point: 0f8fad5b-d9cb-469f-a165-70867728950e}
rules:
- {id: klage, kle: "*", facet: K02, target: jura}
- {id: bolig, kle: 03.09.03, target: esdh}
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "organisation.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_example_covers_every_main_group_and_many_facets() -> None:
    organisation = load_organisation(SHIPPED)
    rows = (shipped_folder("kle_catalogue") / "main_groups.csv").read_text(encoding="utf-8").splitlines()[1:]
    uncovered = [row[:2] for row in rows if route(organisation, f"{row[:2]}.00.00", "G01") is None]
    assert uncovered == []
    assert len(organisation.units) + len(organisation.systems) >= 30
    assert len({rule.facet for rule in organisation.rules}) >= 8


def test_the_rules_of_the_example_name_groups_and_facets_that_exist() -> None:
    organisation = load_organisation(SHIPPED)
    folder = shipped_folder("kle_catalogue")
    groups = {row[:5] for row in (folder / "groups.csv").read_text(encoding="utf-8").splitlines()}
    facets = {row[:3] for row in (folder / "facets.csv").read_text(encoding="utf-8").splitlines()}
    for rule in organisation.rules:
        assert len(rule.kle) != 7 or rule.kle[:5] in groups, rule
        assert not rule.facet or rule.facet in facets, rule


def test_everything_in_the_example_is_invented_and_of_its_own() -> None:
    organisation = load_organisation(SHIPPED)
    points = Counter(unit.contact_point for unit in organisation.units.values())
    assert all(number == 1 for number in points.values())
    assert all(unit.email.endswith(".example") for unit in organisation.units.values())
    assert {unit.system for unit in organisation.units.values()} <= set(organisation.systems)


def test_a_small_file_is_read(tmp_path: Path) -> None:
    organisation = load_organisation(write(tmp_path, SOUND))
    assert organisation.name == "Prøveby Kommune"
    assert [rule.pattern for rule in organisation.rules] == ["* K02", "03.09.03"]
    assert organisation.target_name("jura") == "Jura"
    assert organisation.target_name("esdh") == "Sagssystemet"


def test_a_facet_written_with_two_characters_is_the_same(tmp_path: Path) -> None:
    text = SOUND.replace("K02", "A\u030a12").replace("facet: A\u030a12", 'facet: "A\u030a12"')
    assert load_organisation(write(tmp_path, text)).rules[0].facet == "Å12"


WRONG = {
    "unknown_target": ("target: jura", "target: jur", "jur"),
    "unknown_system": ("system: esdh", "system: esd", "esd"),
    "unknown_default": ("default: post", "default: kasse", "kasse"),
    "no_default": ("default: post\n", "", "default"),
    "bad_kle": ("03.09.03", '"03.9"', "03.9"),
    "bad_facet": ("facet: K02", "facet: klage", "klage"),
    "twice": ("{id: jura,", "{id: post,", "post"),
    "unit_and_system": ("units:\n", "- {id: jura, name: Jura}\nunits:\n", "jura"),
    "unknown_key": ("facet: K02", "facets: K02", "facets"),
    "no_name": ("name: Posten, ", "", "name"),
    "bad_uuid": ("0f8fad5b-d9cb-469f", "0f8fad5b-d9cb-169f", "0f8fad5b-d9cb-169f"),
    "same_pattern": ("{id: bolig, kle: 03.09.03", '{id: bolig, facet: K02, kle: "*"', "bolig"),
    "not_a_list": ("units:\n", "units: intet\nother:\n", "other"),
    "bad_id": ("{id: bolig", "{id: Bolig 1", "Bolig 1"),
}


@pytest.mark.parametrize(("old", "new", "named"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_file(tmp_path: Path, old: str, new: str, named: str) -> None:
    file = write(tmp_path, SOUND.replace(old, new))
    with pytest.raises(OrganisationError) as raised:
        load_organisation(file)
    for language in ("da", "en"):
        said = raised.value.what(get_texts(language))
        assert str(file) in said
        assert named in said
        assert "reasons." not in said
        assert "{" not in said


def test_broken_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    file = write(tmp_path, "name: x\ndefault: post\nunits:\n- {id: post, name: [\n")
    with pytest.raises(OrganisationError) as raised:
        load_organisation(file)
    assert re.search(r"linje [45]", raised.value.what())


@pytest.mark.parametrize("content", [b"", b"- 1\n", b"\xff\xfe\x00", b"a: &a [*a]\n", b"[" * 3000, b"{a: b}: c\n"])
def test_a_file_that_is_no_organisation_is_an_error_of_ours(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "organisation.yaml"
    file.write_bytes(content)
    with pytest.raises(OrganisationError):
        load_organisation(file)


def test_a_file_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(OrganisationError):
        load_organisation(tmp_path / "none.yaml")


@given(st.text(max_size=200))
def test_any_text_is_an_organisation_or_an_error_of_ours(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(OrganisationError):
        load_organisation(file)
