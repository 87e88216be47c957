import json
import os
import shutil
import time
from pathlib import Path

import pytest

from markup_assistant.batch.folder import find_letters
from markup_assistant.batch.tag import AHEAD, Job, Tally, tag
from markup_assistant.errors import FolderMissingError, OutputError
from markup_assistant.letters.isolation import GuardedPool
from markup_assistant.settings import Settings
from markup_assistant.shipped import shipped_folder

KEYS = {
    "letter", "verdict", "subjects", "groups", "facets", "actions", "targets", "identifiers", "abstained", "error",
    "model", "catalogue",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "skabeloner"
    shutil.copytree(shipped_folder("data") / "samples", made / "a")
    (made / "b").mkdir()
    (made / "b" / "gammel.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (made / "b" / "Tom æøå.txt").write_text("", encoding="utf-8")
    (made / "b" / "ødelagt.docx").write_bytes(b"PK\x03\x04 broken")
    (made / "~$aaben.docx").write_bytes(b"lock")
    (made / "billede.png").write_bytes(b"\x89PNG")
    return made


def job(folder: Path, out: Path, **changes: object) -> Job:
    values = {"settings": Settings(), "workers": 1, "limit": 5} | changes
    return Job(folder, find_letters(folder), out, **values)  # type: ignore[arg-type]  # as given by the tests


def rows(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_every_letter_gets_one_row_in_the_order_of_the_folder(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "ud.jsonl"
    tally = tag(job(folder, out, workers=2), lambda _: None)
    found = rows(out)
    assert [row["letter"] for row in found] == [file.relative_to(folder).as_posix() for file in find_letters(folder)]
    assert all(set(row) == KEYS for row in found)
    assert tally.total == len(found) == 11
    assert not out.with_name("ud.jsonl.part").exists()


def test_a_bad_file_costs_one_row_that_says_why(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "ud.jsonl"
    tally = tag(job(folder, out), lambda _: None)
    errors = {row["letter"]: row["error"] for row in rows(out) if row["error"]}
    assert set(errors) == {"b/gammel.doc", "b/ødelagt.docx"} == {name for name, _ in tally.failed}
    assert all(str(error).startswith("kunne ikke læses: ") for error in errors.values())
    assert ".docx" in str(errors["b/gammel.doc"])
    empty = next(row for row in rows(out) if row["letter"] == "b/Tom æøå.txt")
    assert (empty["abstained"], empty["verdict"], empty["subjects"]) == ("empty", "unsure", [])


def test_an_interrupted_run_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "ud.jsonl"
    shutil.rmtree(folder / "b")

    def stop_after_three(tally: Tally) -> None:
        if tally.total == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tag(job(folder, out), stop_after_three)
    assert not out.exists()
    with out.with_name("ud.jsonl.part").open("a", encoding="utf-8") as part:
        part.write('{"letter": "half')
    tally = tag(job(folder, out), lambda _: None)
    assert tally.resumed == 3
    assert len(rows(out)) == len({str(row["letter"]) for row in rows(out)}) == 8


def test_a_letter_that_changed_since_the_interruption_is_read_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "ud.jsonl"

    def stop_after_three(tally: Tally) -> None:
        if tally.total == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tag(job(folder, out), stop_after_three)
    later = time.time() + 60
    os.utime(find_letters(folder)[0], (later, later))
    assert tag(job(folder, out), lambda _: None).resumed == 2


def test_what_a_former_model_suggested_is_not_taken_up(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "ud.jsonl"
    model = tmp_path / "model"
    shutil.copytree(shipped_folder("models") / "default", model)

    def stop_after_three(tally: Tally) -> None:
        if tally.total == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tag(job(folder, out, settings=Settings(model=str(model))), stop_after_three)
    later = time.time() + 60
    os.utime(model / "manifest.json", (later, later))
    tally = tag(job(folder, out, settings=Settings(model=str(model))), lambda _: None)
    assert (tally.resumed, tally.total) == (0, 11)


def test_few_letters_wait_at_a_time_whatever_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mange"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.txt").write_text("Husk at betale renovation", encoding="utf-8")
    most = 0
    handed = 0
    real = GuardedPool.submit

    def submit(self: GuardedPool, *arguments: object, file: str) -> object:
        nonlocal handed
        handed += 1
        return real(self, *arguments, file=file)  # type: ignore[arg-type]  # handed on as they came

    def told(tally: Tally) -> None:
        nonlocal most
        most = max(most, handed - tally.total)

    monkeypatch.setattr(GuardedPool, "submit", submit)
    assert tag(job(folder, tmp_path / "ud.jsonl"), told).total == 60
    assert most <= AHEAD + 1


def test_an_output_that_cannot_be_written_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="mangler"):
        tag(job(folder, tmp_path / "mangler" / "ud.jsonl"), lambda _: None)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderMissingError, match="mangler"):
        find_letters(tmp_path / "mangler")


def test_hidden_folders_and_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / ".skjult").mkdir()
    (tmp_path / ".skjult" / "brev.txt").write_text("x", encoding="utf-8")
    (tmp_path / "brev.TXT").write_text("x", encoding="utf-8")
    assert [path.name for path in find_letters(tmp_path)] == ["brev.TXT"]
