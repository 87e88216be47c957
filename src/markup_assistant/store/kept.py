"""What is kept beside decisions: letters, scans, who has which letter, bookmarks, and small facts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select

from markup_assistant.store.address import POSTGRESQL
from markup_assistant.store.columns import stored_text
from markup_assistant.store.rows import LETTER_COLUMNS, SCAN_COLUMNS, row_of
from markup_assistant.store.schema import assignments, bookmarks, letters, scans, settings
from markup_assistant.store.values import KeptLetter, Scan


def put(connection: Connection, table: Table, key: tuple[str, ...], rows: Iterable[Mapping[str, object]]) -> None:
    """Write rows, each in place of the one with the same key; sorted, so that two who write never wait in a ring."""
    ordered = sorted(rows, key=lambda row: tuple(str(row[name]) for name in key))
    if not ordered:
        return
    # The dialect of the other database is not loaded.
    if connection.dialect.name == POSTGRESQL:
        from sqlalchemy.dialects.postgresql import insert as insert_or_update  # noqa: PLC0415 - see above
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_or_update  # type: ignore[assignment] # noqa: PLC0415
    statement = insert_or_update(table)
    changed = {name: statement.excluded[name] for name in ordered[0] if name not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=list(key), set_=changed), ordered)


def put_letter(connection: Connection, kept: KeptLetter) -> None:
    """Keep a letter as it was seen."""
    put(connection, letters, ("letter", "content"), [row_of(kept)])


def letter_as_seen(letter: str, content: str) -> Select[Any]:
    """A letter with a content, or as it was seen last where that is empty."""
    question = select(*LETTER_COLUMNS).where(letters.c.letter == letter)
    if content:
        return question.where(letters.c.content == content)
    return question.order_by(letters.c.seen_at.desc(), letters.c.number.desc()).limit(1)


def letters_after(number: int, limit: int) -> Select[Any]:
    """Kept letters in the order in which they were first kept."""
    return select(*LETTER_COLUMNS).where(letters.c.number > number).order_by(letters.c.number).limit(limit)


def put_scans(connection: Connection, found: Iterable[Scan]) -> None:
    """Keep what was found in files, the last one of each letter."""
    put(connection, scans, ("letter",), {scan.letter: row_of(scan) for scan in found}.values())


def scans_of(prefix: str) -> Select[Any]:
    """The scans of letters whose names begin with a prefix."""
    # LIKE would not tell upper case from lower on SQLite, and its wildcards may stand in a name.
    begins = func.substr(scans.c.letter, 1, len(stored_text(prefix))) == stored_text(prefix)
    return select(*SCAN_COLUMNS).where(begins) if prefix else select(*SCAN_COLUMNS)


def assign(connection: Connection, names: Iterable[str], person: str, by: str, at: datetime) -> None:
    """Note who has letters from now on."""
    rows = [{"letter": name, "person": person, "assigned_by": by, "at": at} for name in dict.fromkeys(names)]
    if rows:
        connection.execute(insert(assignments), rows)


def assigned() -> Select[Any]:
    """Letter and person of what was noted last for each letter that somebody has."""
    last = select(func.max(assignments.c.number)).group_by(assignments.c.letter)
    columns = assignments.c.letter, assignments.c.person
    return select(*columns).where(assignments.c.number.in_(last), assignments.c.person != "")


def bookmark_of(person: str, folder: str) -> Select[Any]:
    """The letter at which a person stopped in a folder."""
    return select(bookmarks.c.letter).where(bookmarks.c.person == person, bookmarks.c.folder == folder)


def put_bookmark(connection: Connection, person: str, folder: str, letter: str) -> None:
    """Note the letter at which a person stopped in a folder."""
    put(connection, bookmarks, ("person", "folder"), [{"person": person, "folder": folder, "letter": letter}])


def setting_of(name: str) -> Select[Any]:
    """A small fact of the store."""
    return select(settings.c.value).where(settings.c.name == name)


def put_setting(connection: Connection, name: str, value: str) -> None:
    """Note a small fact of the store."""
    put(connection, settings, ("name",), [{"name": name, "value": value}])
