"""``forget``: a letter goes with all that is known of it, when somebody who was asked has said yes."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.store.made import decision, kept_letter, scan

from markup_assistant.letters.fingerprint import fingerprint
from markup_assistant.letters.naming import letter_key
from markup_assistant.letters.read import read_letter
from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store

NAME = "breve/plads.docx"
SECRET = "Du får tilbudt en plads"


@pytest.fixture
def run(cli: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    (home / "markup.yaml").write_text("store: afg.db\nretention_days: 30\n", encoding="utf-8")
    with open_store(home / "afg.db") as store:
        store.add(decision(NAME), decision("breve/andet.docx"))
        store.keep_letter(kept_letter(NAME))
        store.keep_scans([scan(NAME)])
    return cli


def opened(home: Path) -> Store:
    return open_store(home / "afg.db")


def answer(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(said))


def test_a_letter_goes_with_all_that_is_known_of_it(run: Run, home: Path) -> None:
    outcome = run("forget", NAME, "--yes")
    assert outcome.code == 0
    assert "afgørelser 1" in outcome.out
    assert "Sikkerhedskopier" in outcome.err
    with opened(home) as store:
        assert store.history(NAME) == ()
        assert store.kept_letter(NAME) is None
        assert len(store.history("breve/andet.docx")) == 1
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in home.glob("afg.db*"))


def test_it_asks_first_and_only_yes_is_yes(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for said in ("nej\n", "", "måske\n"):
        answer(monkeypatch, said)
        outcome = run("forget", NAME)
        assert outcome.code == 1
        assert NAME in outcome.err
        assert "Intet er fjernet" in outcome.err
    with opened(home) as store:
        assert len(store.history(NAME)) == 1
    answer(monkeypatch, "Ja\n")
    assert run("forget", NAME).code == 0


def test_the_path_of_the_file_will_do(run: Run, home: Path) -> None:
    for said in ("./breve/plads.docx", str(home / "breve" / "plads.docx")):
        with opened(home) as store:
            store.add(decision(NAME))
        assert run("forget", said, "--yes").code == 0
        with opened(home) as store:
            assert store.history(NAME) == ()


def test_a_letter_whose_name_has_a_personal_number_is_found_by_its_file(run: Run, home: Path) -> None:
    file = home / "brev 010203-0000.txt"
    file.write_text("Kære borger\n\nDu får tilbudt en plads i børnehaven.\n", encoding="utf-8")
    name = letter_key(file, home, fingerprint(read_letter(file)))
    with opened(home) as store:
        store.add(decision(name))
    outcome = run("forget", file.name, "--yes")
    assert outcome.code == 0
    assert "0203-0000" not in outcome.out + outcome.err
    with opened(home) as store:
        assert store.history(name) == ()


def test_a_name_that_is_not_there_removes_nothing_at_all(run: Run, home: Path) -> None:
    outcome = run("forget", NAME, "plads.dox", "--yes")
    assert (outcome.code, outcome.out) == (1, "")
    assert "Mente du breve/plads.docx" in outcome.err
    with opened(home) as store:
        assert len(store.history(NAME)) == 1


def test_old_texts_go_and_their_decisions_stay(run: Run, home: Path) -> None:
    with opened(home) as store:
        now = datetime.now(UTC)
        store.add(decision("breve/ny.docx", at=now - timedelta(days=2)))
        store.keep_letter(kept_letter("breve/ny.docx", seen_at=now))
    outcome = run("forget", "--retention", "--yes", "--json")
    assert (outcome.code, outcome.json["texts"], outcome.json["decisions"]) == (0, 1, 0)
    with opened(home) as store:
        old, new = store.kept_letter(NAME), store.kept_letter("breve/ny.docx")
        assert old is not None
        assert new is not None
        assert (old.text, bool(new.text)) == ("", True)
        assert len(store.history(NAME)) == 1
    tomorrow = f"{now + timedelta(days=1):%Y-%m-%d}"
    assert run("forget", "--before", tomorrow, "--yes", "--json").json["texts"] == 1


def test_a_date_is_asked_about_too(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "n\n")
    outcome = run("forget", "--before", "2026-12-31")
    assert outcome.code == 1
    assert "2026-12-31" in outcome.err
    with opened(home) as store:
        kept = store.kept_letter(NAME)
        assert kept is not None
        assert kept.text


def test_without_a_retention_nothing_old_goes(run: Run, home: Path) -> None:
    (home / "markup.yaml").write_text("store: afg.db\n", encoding="utf-8")
    outcome = run("forget", "--retention", "--yes")
    assert outcome.code == 0
    assert "retention_days er 0" in outcome.err
    assert "ikke noget at fjerne" in outcome.out


@pytest.mark.parametrize(
    "arguments", [(), (NAME, "--retention"), ("--before", "2026-01-01", "--retention"), ("--before", "i går")]
)
def test_one_thing_at_a_time_is_asked_for(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("forget", *arguments, "--yes").code == 2
