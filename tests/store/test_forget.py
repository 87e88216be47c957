"""What is forgotten is really gone, and nothing else is."""

import random
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from tests.store.made import DIGEST, decision, kept_letter, later, scan

from markup_assistant.store.opening import open_store
from markup_assistant.store.store import Store
from markup_assistant.store.values import Forgotten


def test_every_row_of_a_letter_goes_and_is_counted(store: Store) -> None:
    first = decision("1.docx")
    store.add(first, decision("1.docx", supersedes=(first.id,)), other := decision("2.docx"))
    for name in ("1.docx", "2.docx"):
        store.keep_letter(kept_letter(name))
        store.keep_letter(kept_letter(name, content=DIGEST[::-1], text=""))
        store.keep_scans([scan(name)])
        store.assign([name], "Mette", "Koordinator", later(0))
        store.set_bookmark("Mette", name, name)
    assert store.forget("1.docx") == Forgotten(
        decisions=2, letters=2, texts=1, scans=1, assignments=1, bookmarks=1, erased=True
    )
    assert store.forget("1.docx") == Forgotten()
    assert store.all_heads() == {"2.docx": (other,)}
    assert store.kept_letter("1.docx") is None
    assert store.scans().keys() == store.assignments().keys() == {"2.docx"}
    assert store.bookmark("Mette", "1.docx") == ""
    assert store.bookmark("Mette", "2.docx") == "2.docx"
    assert store.check() == ()


def test_no_byte_of_a_forgotten_letter_is_left_in_the_files(file: Path) -> None:
    """Pages that were split keep copies of rows, which secure_delete alone does not reach: hence thousands."""
    chance = random.Random(1)  # noqa: S311 - a fixed order, no secret
    names = [sha256(str(number).encode()).hexdigest()[:31] for number in range(3000)]
    with open_store(file) as store:
        store.add(*(decision(f"{name}.docx") for name in names))
        store.keep_scans(scan(f"{name}.docx", sketch=name.encode() * chance.randint(1, 40)) for name in names)
        store.keep_scans(scan(f"{name}.docx", sketch=name.encode() * chance.randint(1, 40)) for name in names[::2])
        gone = chance.sample(names, 200)
        assert store.forget(*(f"{name}.docx" for name in gone)).erased
        content = b"".join(one.read_bytes() for one in file.parent.iterdir())
        assert [name for name in gone if name.encode() in content] == []
        kept = set(names) - set(gone)
        assert all(name.encode() in content for name in kept)
        assert len(store.all_heads()) == len(kept)


def test_a_reader_in_the_middle_of_the_store_is_told_of_and_forgetting_again_finishes_it(file: Path) -> None:
    with open_store(file, busy_seconds=0.2) as store:
        store.add(decision("hemmelig.docx"))
        reader = create_engine(f"sqlite:///{file}")
        with reader.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql("SELECT * FROM decisions").all()
            assert store.forget("hemmelig.docx") == Forgotten(decisions=1, erased=False)
        reader.dispose()
        assert store.forget("hemmelig.docx") == Forgotten()
        assert b"hemmelig" not in b"".join(one.read_bytes() for one in file.parent.iterdir())


def test_texts_go_when_their_letters_were_decided_long_enough_ago(store: Store) -> None:
    store.add(old := decision("gammel.docx", at=later(0)))
    store.add(again := decision("igen.docx", at=later(0)))
    store.add(decision("igen.docx", at=later(20), supersedes=(again.id,)))
    for name, minutes in (("gammel.docx", 0), ("igen.docx", 0), ("uafgjort.docx", 0), ("ny.docx", 20)):
        store.keep_letter(kept_letter(name, seen_at=later(minutes)))
    assert store.forget_before(later(10)) == Forgotten(texts=2)
    texts: dict[str, Any] = {kept.letter: kept for kept in store.kept_letters()}
    assert {name for name, kept in texts.items() if kept.text} == {"igen.docx", "ny.docx"}
    assert texts["gammel.docx"].sketch == kept_letter().sketch
    assert store.heads("gammel.docx") == (old,)
