"""``export``: decisions as data on standard output, or in a file that is never written over by mistake."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.store.made import decision

from markup_assistant.markup import Outcome
from markup_assistant.store.opening import open_store


@pytest.fixture
def run(cli: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    (home / "markup.yaml").write_text("store: afg.db\n", encoding="utf-8")
    with open_store(home / "afg.db") as store:
        store.add(decision("breve/plads.docx"))
    return cli


def test_without_a_file_decisions_are_json_lines(run: Run) -> None:
    for arguments in ((), ("decisions",)):
        outcome = run("export", *arguments)
        assert (outcome.code, outcome.err) == (0, "")
        assert json.loads(outcome.out)["letter"] == "breve/plads.docx"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_the_ending_of_the_file_says_how(run: Run, home: Path, ending: str) -> None:
    outcome = run("export", "-o", f"ud.{ending}")
    assert (outcome.code, outcome.out) == (0, "")
    assert f"Afgørelserne (1) er skrevet til ud.{ending}" in outcome.err
    start = {"csv": b"\xef\xbb\xbfletter;outcome;", "xlsx": b"PK", "jsonl": b'{"letter": '}[ending]
    assert (home / f"ud.{ending}").read_bytes().startswith(start)


def test_a_file_that_is_there_is_kept_unless_it_is_to_go(run: Run, home: Path) -> None:
    (home / "ud.csv").write_text("mit arbejde", encoding="utf-8")
    outcome = run("export", "-o", "ud.csv")
    assert outcome.code == 1
    assert "--force" in outcome.err
    assert (home / "ud.csv").read_text(encoding="utf-8") == "mit arbejde"
    assert run("export", "-o", "ud.csv", "--force").code == 0
    assert "plads.docx" in (home / "ud.csv").read_text(encoding="utf-8-sig")


def test_the_store_itself_is_never_written_over(run: Run, home: Path) -> None:
    outcome = run("export", "-o", "afg.db", "--format", "csv", "--force")
    assert outcome.code == 1
    assert "afg.db" in outcome.err
    with open_store(home / "afg.db") as store:
        assert len(store.heads("breve/plads.docx")) == 1


def test_what_cannot_be_written_so_is_wrong_use(run: Run) -> None:
    for arguments in (("-o", "ud.txt"), ("--format", "xlsx"), ("letters",)):
        outcome = run("export", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
    assert run("export", "-o", "ud.txt", "--format", "csv").code == 0


def test_disagreement_and_emptiness_are_told(run: Run, home: Path) -> None:
    with open_store(home / "afg.db") as store:
        store.add(decision("breve/plads.docx", outcome=Outcome.LEFT_ALONE))
    assert "forskellige afgørelser om: 1" in run("export").err
    (home / "markup.yaml").write_text("store: tom.db\n", encoding="utf-8")
    outcome = run("export")
    assert (outcome.code, outcome.out) == (0, "")
    assert "ingen afgørelser" in outcome.err
