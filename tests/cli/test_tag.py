import json
import shutil
from pathlib import Path

from tests.cli.conftest import Run

from markup_assistant.shipped import shipped_folder


def test_a_folder_is_tagged_and_the_result_told(cli: Run, home: Path) -> None:
    shutil.copytree(shipped_folder("data") / "samples", home / "breve")
    outcome = cli("tag", "breve", "-o", "ud.jsonl", "--jobs", "1")
    assert outcome.code == 0
    assert outcome.out == "", "standard output is for data, and that went to the file"
    assert "8 breve gennemgået" in outcome.err
    assert "ud.jsonl" in outcome.err
    lines = (home / "ud.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["letter"] for line in lines] == sorted(path.name for path in (home / "breve").iterdir())


def test_files_that_cannot_be_read_are_listed_and_fail_the_run(cli: Run, home: Path) -> None:
    (home / "breve").mkdir()
    (home / "breve" / "gammelt.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    outcome = cli("tag", "breve", "-o", "ud.jsonl")
    assert outcome.code == 1
    assert "gammelt.doc" in outcome.err
    assert "Gem som" in outcome.err


def test_a_folder_without_letters_says_what_is_read(cli: Run, home: Path) -> None:
    (home / "tom").mkdir()
    outcome = cli("tag", "tom", "-o", "ud.jsonl")
    assert outcome.code == 1
    assert ".docx" in outcome.err
    assert not (home / "ud.jsonl").exists()


def test_a_missing_folder_and_a_missing_option_are_told_apart(cli: Run, home: Path) -> None:
    assert cli("tag", "mangler", "-o", "ud.jsonl").code == 1
    outcome = cli("tag", "mangler")
    assert outcome.code == 2
    assert "-o" in outcome.err or "--out" in outcome.err
