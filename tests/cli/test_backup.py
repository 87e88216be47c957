"""``backup``: a copy that is whole, wherever it is put, and that says what is in it."""

from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.store.made import decision, kept_letter

from markup_assistant.store.opening import open_store


@pytest.fixture
def run(cli: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    (home / "markup.yaml").write_text("store: afg.db\n", encoding="utf-8")
    with open_store(home / "afg.db") as store:
        store.add(decision("breve/plads.docx"))
        store.keep_letter(kept_letter("breve/plads.docx"))
    return cli


def test_a_copy_lies_beside_the_store_and_is_looked_into(run: Run, home: Path) -> None:
    outcome = run("backup")
    assert outcome.code == 0
    copy = Path(outcome.out.strip())
    assert copy.parent == home
    assert copy.name.startswith("afg-20")
    assert "fylder" in outcome.err
    assert "kB" in outcome.err
    before = copy.read_bytes()
    checked = run("backup", "--check", str(copy))
    assert checked.code == 0
    assert "Afgjorte breve" in checked.out
    assert "Kopien er hel" in checked.err
    found = run("backup", "--check", str(copy), "--json").json
    assert (found["decisions"], found["decided"], found["letters"], found["faults"]) == (1, 1, 1, [])
    assert copy.read_bytes() == before
    assert run("backup").code == 0, "a second copy of the day has a name of its own"


def test_the_copy_is_the_way_back(run: Run, home: Path) -> None:
    assert run("backup", "kopi.db", "--json").json["file"] == "kopi.db"
    (home / "afg.db").unlink()
    outcome = run("import", "kopi.db", "--json")
    assert (outcome.json["taken"], outcome.json["letters"]) == (1, 1)
    with open_store(home / "afg.db") as store:
        assert len(store.heads("breve/plads.docx")) == 1


def test_a_file_that_is_there_is_kept_and_the_store_always(run: Run, home: Path) -> None:
    (home / "kopi.db").write_text("andet", encoding="utf-8")
    assert run("backup", "kopi.db").code == 1
    assert (home / "kopi.db").read_text(encoding="utf-8") == "andet"
    assert run("backup", "kopi.db", "--force").code == 0
    assert run("backup", "afg.db", "--force").code == 1
    with open_store(home / "afg.db") as store:
        assert len(store.heads("breve/plads.docx")) == 1


def test_a_copy_that_is_broken_or_none_is_told_by_its_name(run: Run, home: Path) -> None:
    run("backup", "kopi.db")
    data = bytearray((home / "kopi.db").read_bytes())
    data[8192:30000] = b"\x55" * (30000 - 8192)
    (home / "i-stykker.db").write_bytes(data)
    (home / "brev.db").write_text("Kære borger", encoding="utf-8")
    for name in ("i-stykker.db", "brev.db", "mangler.db"):
        outcome = run("backup", "--check", name)
        assert (outcome.code, outcome.out) == (1, ""), name
        assert name in outcome.err
        assert "markup-assistant-" not in outcome.err, "the place of the working copy is nobody's business"
    assert not (home / "mangler.db").exists()
    assert run("backup", "--check").code == 2
