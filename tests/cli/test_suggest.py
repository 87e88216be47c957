import io
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.cli.conftest import Run

from markup_assistant.shipped import shipped_folder

SAMPLES = shipped_folder("data") / "samples"


def test_a_letter_gets_a_card_with_reasons(cli: Run) -> None:
    outcome = cli("suggest", str(SAMPLES / "afgoerelse-merudgifter.rtf"))
    assert outcome.code == 0
    assert "32.18.08" in outcome.out
    for word in ("Emne", "Facet", "Handling", "Routingmål", "fordi:", "%"):
        assert word in outcome.out
    assert "•" in outcome.out, "the CPR number is shown masked"
    assert "150645" not in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 80


def test_json_has_every_key_of_the_contract(cli: Run) -> None:
    row = cli("suggest", "--json", "-n", "3", str(SAMPLES / "opfoelgning-sygedagpenge.docx")).json
    assert len(row["subjects"]) == 3
    assert {"number", "title", "confidence", "evidence"} == set(row["subjects"][0])
    assert {"text", "start", "end", "source", "weight"} == set(row["subjects"][0]["evidence"][0])
    assert {"code", "title", "confidence", "evidence"} == set(row["facets"][0])
    assert {"code", "label", "confidence", "details", "evidence"} == set(row["actions"][0])
    assert {"id", "name", "confidence", "reason"} == set(row["targets"][0])
    meeting = next(action for action in row["actions"] if action["code"] == "AFTALE")
    assert meeting["details"]["start"] == "2026-03-19T10:30"
    assert meeting["details"]["end"] == "2026-03-19T11:15"


def test_a_template_binds_details_to_its_fields(cli: Run) -> None:
    row = cli("suggest", "--json", str(SAMPLES / "tilbud-om-plads.docx")).json
    answer = next(action for action in row["actions"] if action["code"] == "BEKRAEFT")
    assert answer["details"]["deadline"] == {"field": "Svarfrist"}


def test_the_sum_of_a_table_is_what_is_to_be_paid(cli: Run) -> None:
    row = cli("suggest", "--json", str(SAMPLES / "manglende-betaling.html")).json
    payment = next(action for action in row["actions"] if action["code"] == "BETALING")
    assert payment["details"]["amount"] == "1512.50"
    assert payment["details"]["due"] == "2026-06-15"


def test_standard_input_is_read(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Du skal betale affaldsgebyr for tømning af beholdere.".encode("utf-16")
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text)))
    outcome = cli("suggest", "-")
    assert outcome.code == 0
    assert "07." in outcome.out


def test_one_bad_file_does_not_stop_the_others(cli: Run, home: Path) -> None:
    shutil.copy(SAMPLES / "tilforordnet.txt", home / "godt.txt")
    (home / "gammelt.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    outcome = cli("suggest", "gammelt.doc", "mangler.docx", "godt.txt")
    assert outcome.code == 1
    assert "84.03" in outcome.out
    assert "gammelt.doc" in outcome.err
    assert "mangler.docx" in outcome.err
    assert "Traceback" not in outcome.err


def test_a_bad_file_has_a_row_in_json(cli: Run, home: Path) -> None:
    outcome = cli("suggest", "--json", "mangler.docx")
    assert outcome.code == 1
    assert outcome.json["error"].startswith("kunne ikke læses: ")
    assert outcome.json["subjects"] == []


def test_a_letter_in_another_language_is_left_alone(cli: Run, home: Path) -> None:
    (home / "brev.txt").write_text("Your application has been received and will be answered soon by us.", "utf-8")
    outcome = cli("suggest", "brev.txt")
    assert outcome.code == 0
    assert "ikke på dansk" in outcome.out


def test_english_is_spoken_on_request(cli: Run) -> None:
    outcome = cli("--language", "en", "suggest", str(SAMPLES / "tilforordnet.txt"))
    assert "because:" in outcome.out
    assert "Subject" in outcome.out
