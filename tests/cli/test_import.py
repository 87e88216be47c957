"""``import``: lists and exports come in, with a report that says of each row what became of it."""

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from markup_assistant.batch.decision_report import Fault
from markup_assistant.cli.reviewing import PERSON_VARIABLE
from markup_assistant.shipped import shipped_folder
from markup_assistant.store.opening import open_store
from markup_assistant.texts import LANGUAGES, get_texts

LIST = "Filnavn;KLE-nr.\ntilbud-om-plads.docx;28.09.40-G01\ntilforordnet;84.01.00\n"


@pytest.fixture
def run(cli: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv(PERSON_VARIABLE, raising=False)
    (home / "markup.yaml").write_text("store: afg.db\nperson: Mette Prøvesen\n", encoding="utf-8")
    shutil.copytree(shipped_folder("data") / "samples", home / "breve")
    return cli


def test_a_list_is_taken_in_and_the_result_told(run: Run, home: Path) -> None:
    (home / "liste.csv").write_bytes(LIST.encode("cp1252"))
    outcome = run("import", "liste.csv", "--folder", "breve")
    assert outcome.code == 0, outcome.err
    assert "brev = Filnavn, KLE-nummer = KLE-nr." in outcome.out
    assert "Taget med          2" in outcome.out
    with open_store(home / "afg.db") as store:
        (made,) = store.heads("breve/tilbud-om-plads.docx")
        assert (made.markup.subject, made.person) == ("28.09.40", "Mette Prøvesen")
    again = run("import", "liste.csv", "--folder", "breve", "--json").json
    assert (again["taken"], again["already"], again["problems"]) == (0, 2, [])


def test_letters_are_looked_for_beside_the_list(run: Run, home: Path) -> None:
    (home / "breve" / "liste.csv").write_text(LIST, encoding="utf-8")
    assert run("import", "breve/liste.csv").code == 0


def test_a_row_that_does_not_fit_is_told_and_fails_the_run(run: Run, home: Path) -> None:
    (home / "liste.csv").write_text(LIST + "tilforordnt.txt;84.01.00\nplads.docx;99.99.99\n", encoding="utf-8")
    outcome = run("import", "liste.csv", "--folder", "breve")
    assert outcome.code == 1
    said = " ".join(outcome.out.split())
    assert "række 4, tilforordnt.txt: Der er intet brev med det navn i mappen. Mente du tilforordnet.txt?" in said
    assert "KLE-nummeret 99.99.99 findes ikke i kataloget." in said
    found = run("import", "liste.csv", "--folder", "breve", "--json").json
    assert [one["fault"] for one in found["problems"]] == ["unmatched", "unknown_number"]
    assert set(found["problems"][0]) == {"line", "fault", "letter", "got", "nearest", "said"}
    assert (found["read"], found["already"], found["left"]) == (4, 2, 2)


def test_a_trial_says_that_nothing_was_kept(run: Run, home: Path) -> None:
    (home / "liste.csv").write_text(LIST, encoding="utf-8")
    outcome = run("import", "liste.csv", "--folder", "breve", "--dry-run")
    assert "Intet er gemt" in outcome.out
    with open_store(home / "afg.db") as store:
        assert list(store.decisions()) == []


def test_an_export_comes_back_in(run: Run, home: Path) -> None:
    (home / "liste.csv").write_text(LIST, encoding="utf-8")
    run("import", "liste.csv", "--folder", "breve")
    for ending in ("csv", "xlsx", "jsonl"):
        run("export", "-o", f"ud.{ending}")
        (home / "markup.yaml").write_text(f"store: ny-{ending}.db\n", encoding="utf-8")
        assert run("import", f"ud.{ending}", "--json").json["taken"] == 2
        (home / "markup.yaml").write_text("store: afg.db\n", encoding="utf-8")


def test_files_that_cannot_be_used_are_named(run: Run, home: Path) -> None:
    (home / "billede.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    (home / "uden.csv").write_text("plads.docx;28.09.40\n", encoding="utf-8")
    for name, said in (
        ("billede.csv", "ikke en liste"),
        ("uden.csv", "Overskrifterne"),
        ("mangler.csv", "mangler.csv"),
    ):
        outcome = run("import", name)
        assert (outcome.code, outcome.out) == (1, "")
        assert said in outcome.err
    (home / "liste.csv").write_text(LIST, encoding="utf-8")
    assert run("import", "liste.csv", "--folder", "mangler").code == 1
    assert run("import").code == 2


def test_many_problems_are_counted_and_not_all_shown(run: Run, home: Path) -> None:
    rows = "".join(f"ukendt{number};28.09.40\n" for number in range(80))
    (home / "liste.csv").write_text("fil;kle\n" + rows, encoding="utf-8")
    outcome = run("import", "liste.csv", "--folder", "breve")
    assert "… og 30 mere" in outcome.out
    assert len(run("import", "liste.csv", "--folder", "breve", "--json").json["problems"]) == 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_has_its_sentence(language: str) -> None:
    texts = get_texts(language)
    elsewhere = {Fault.UNREADABLE, Fault.WRONG_LINE}  # said by the error, and by the reason
    assert [fault for fault in Fault if (f"transfer.fault.{fault.value}" in texts) == (fault in elsewhere)] == []
