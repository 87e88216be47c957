"""No CPR number gets into the store, whoever calls it and wherever it stands."""

import itertools
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

import pytest
from sqlalchemy import Text
from tests.store.made import DIGEST, decision, kept_letter, later, scan

from markup_assistant.letters.masking import MASK
from markup_assistant.markup import Action, FieldRef, Markup
from markup_assistant.store.columns import Fingerprint, Json, Moment, Words
from markup_assistant.store.opening import open_store
from markup_assistant.store.schema import metadata
from markup_assistant.store.store import Store

# Invented numbers; 60 is added to the day of the last two, as in a replacement number.
BIRTHS = [("010203", "0000"), ("310299", "9999"), ("151185", "0001"), ("610203", "0000"), ("910299", "9999")]
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"
BETWEEN = ["-", "", " ", "\u00a0", "\u2009", " - ", "\u00a0-\u00a0", *DASHES]
PLACES = [
    "{}",
    "Afgørelse {}.docx",
    "/sager/2024/{}/brev.docx",
    "C:\\sager\\{} Prøvesen.docx",
    "https://x.dk/?cpr={}&y=1",
]
NUMBERS = [f"{birth}{between}{rest}" for (birth, rest), between in itertools.product(BIRTHS, BETWEEN)]
NUMBERS += [f"{birth[:2]} {birth[2:4]} {birth[4:]} {rest}" for birth, rest in BIRTHS]
PLANTED = [place.format(number) for number, place in itertools.product(NUMBERS, PLACES)]


def plant(store: Store, said: str) -> None:
    """Put a text into every field of everything that the store takes."""
    action = Action("AFTALE", said, MappingProxyType({"location": said, said: FieldRef(said, said)}))
    store.add(
        decision(
            said,
            content=said,
            person=said,
            markup=Markup(said, said, (action,), said),
            supersedes=(said, str(uuid4())),
            source=said,
            model=said,
            catalogue=said,
        ),
        decision(id=f"{said} {uuid4()}"),
    )
    store.keep_letter(kept_letter(said, content=said, path=said, text=said))
    everywhere = dict.fromkeys(("path", "content", "model", "catalogue", "verdict", "subject", "error"), said)
    store.keep_scans([scan(said, **everywhere)])
    store.assign([said], said, said, later(0))
    store.set_bookmark(said, said, said)
    store.keep_setting(said, said)


def test_there_are_enough_ways_to_write_a_number() -> None:
    assert len(set(PLANTED)) >= 200


def test_no_cpr_number_is_in_any_byte_of_database_log_or_backup(file: Path, tmp_path: Path) -> None:
    with open_store(file) as store:
        for said in PLANTED:
            plant(store, said)
        backup = store.backup(tmp_path / "kopi.db")
        # While the store is open, its log lies beside it.
        written = [file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm"), backup]
        assert store.history("breve/plads.docx")
        for one in written:
            content = one.read_bytes()
            assert [number for number in NUMBERS if number.encode() in content] == [], one.name
        for one in (file, backup):
            assert f"{MASK * 6}-{MASK * 4}".encode() in one.read_bytes()


def test_what_is_asked_for_is_masked_as_what_is_kept(store: Store) -> None:
    for said in PLANTED[::20]:
        plant(store, said)
        assert len(store.heads(said)) >= 1
        assert store.history(said)[0].letter == store.kept_letter(said, said).letter  # type: ignore[union-attr]
        assert said not in store.scans()
        assert store.bookmark(said, said)
        assert store.setting(said)


def test_the_rest_of_a_name_can_still_be_read(store: Store) -> None:
    store.add(decision("2024/010203-0000 Prøvesen.docx"))
    assert store.all_heads().keys() == {"2024/••••••-•••• Prøvesen.docx"}


# The first eight digits of a UUID, and digits in a digest, may look like a CPR number by chance.
@pytest.mark.parametrize("identity", ["ab010203-0000-4abc-8def-0123456789ab", "0a310299-9999-4000-8000-000000000000"])
def test_ids_and_digests_that_look_like_a_number_by_chance_stay_what_they_are(store: Store, identity: str) -> None:
    digest = f"a0102030000b{DIGEST[12:]}"
    first = decision(id=identity, content=digest)
    second = decision(supersedes=(identity,), source=identity)
    store.add(first, second)
    store.keep_letter(kept_letter(content=digest))
    assert store.history(first.letter) == (first, second)
    assert store.heads(first.letter) == (second,)
    assert store.kept_letter(first.letter, digest) == kept_letter(content=digest)


def test_every_text_column_of_every_table_masks() -> None:
    plain = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(getattr(column.type, "impl", column.type), Text)
        and not isinstance(column.type, Words | Fingerprint | Json | Moment)
    ]
    assert plain == []
