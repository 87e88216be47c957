"""A backup is a store of its own, whole, whatever goes on while it is made."""

import threading
from pathlib import Path

import pytest
from tests.store.made import decision, kept_letter, later, scan

from markup_assistant.errors import OutputError
from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store


def test_a_backup_has_all_that_the_store_has(store: Store, tmp_path: Path) -> None:
    strange = "æ\x00\ud800.docx"
    store.add(first := decision(strange), decision(strange, supersedes=(first.id,)), decision("2.docx", blind=True))
    store.keep_letter(kept_letter(strange))
    store.keep_scans([scan(strange), scan("2.docx")])
    store.assign([strange], "Mette", "Koordinator", later(0))
    store.set_bookmark("Mette", "/breve", strange)
    store.keep_setting("tour_seen:Mette", "ja")
    target = tmp_path / "kopier" / "kopi.db"
    assert store.backup(target) == target
    assert [one.name for one in target.parent.iterdir()] == ["kopi.db"]
    with open_store(target) as copy:
        assert list(copy.decisions()) == list(store.decisions())
        assert copy.since(0)[1] == store.since(0)[1]
        assert copy.all_heads() == store.all_heads()
        assert list(copy.kept_letters()) == list(store.kept_letters())
        assert copy.scans() == store.scans()
        assert copy.assignments() == store.assignments()
        assert copy.bookmark("Mette", "/breve") == strange
        assert copy.setting("tour_seen:Mette") == "ja"
        assert copy.check() == ()
        copy.add(new := decision("3.docx"))
        assert copy.heads("3.docx") == (new,)


def test_a_backup_while_others_decide_holds_only_whole_transactions(store: Store, tmp_path: Path) -> None:
    stop = threading.Event()

    def decide() -> None:
        while not stop.is_set():
            store.add(*(decision(f"{number}.docx") for number in range(5)))

    writer = threading.Thread(target=decide)
    writer.start()
    try:
        for number in range(5):
            with open_store(store.backup(tmp_path / f"{number}.db")) as copy:
                assert len(list(copy.decisions())) % 5 == 0
                assert copy.check() == ()
    finally:
        stop.set()
        writer.join()


def test_a_backup_takes_the_place_of_the_former_one(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "kopi.db"
    target.write_bytes(b"den forrige")
    store.add(made := decision())
    store.backup(target)
    with open_store(target) as copy:
        assert tuple(copy.decisions()) == (made,)


def test_a_backup_that_cannot_be_written_leaves_the_former_one(store: Store, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("ikke en mappe", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        store.backup(tmp_path / "fil" / "kopi.db")
    assert "kopi.db" in caught.value.what()
    folder = tmp_path / "mappe"
    folder.mkdir()
    with pytest.raises(OutputError):
        store.backup(folder)
    assert [one.name for one in tmp_path.iterdir() if ".part-" in one.name] == []
