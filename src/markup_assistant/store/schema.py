"""The tables of the store as they are today; how older stores get there stands in ``migrations/``.

A table of what happens (decisions, assignments) is only ever added to; the others are kept up to date row by row.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

from markup_assistant.store.columns import Fingerprint, Json, Moment, Words

REVISION = "0001"
"""The newest migration: a store of this revision is opened without loading Alembic."""

VERSION_TABLE = "markup_assistant_store"
"""Where the revision of a store stands; no other program's table, also in a database that is shared."""

APPLICATION_ID = 0x4D41_5331
"""Marks an SQLite file as ours (``MAS1``): what ``file`` and ``PRAGMA application_id`` show."""

metadata = MetaData()

_Number = BigInteger().with_variant(Integer, "sqlite")

decisions = Table(
    "decisions",
    metadata,
    Column("arrival", _Number, primary_key=True),
    Column("id", Fingerprint, nullable=False),
    Column("letter", Words, nullable=False),
    Column("content", Fingerprint, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("facet", Words, nullable=False),
    Column("actions", Json(), nullable=False),
    Column("target", Words, nullable=False),
    Column("choices", Json(), nullable=False),
    Column("person", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("supersedes", Json(fingerprints=True), nullable=False),
    Column("source", Fingerprint, nullable=False),
    Column("seconds", Float(53), nullable=False),
    Column("model", Words, nullable=False),
    Column("catalogue", Words, nullable=False),
    Column("blind", Boolean, nullable=False),
    UniqueConstraint("id", name="decisions_id"),
    Index("decisions_letter", "letter"),
    # A number is never given out twice, also when the last decision is forgotten: others read on from their mark.
    sqlite_autoincrement=True,
)
"""``arrival`` is the order in which decisions became visible to others."""

superseded = Table(
    "superseded",
    metadata,
    Column("letter", Words, nullable=False),
    Column("older", Fingerprint, nullable=False),
    Column("newer", Fingerprint, nullable=False),
    PrimaryKeyConstraint("letter", "older", "newer", name="superseded_key"),
)
"""``decisions.supersedes`` row by row, by which the heads are found; a decision counts only for its own letter."""

letters = Table(
    "letters",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("letter", Words, nullable=False),
    Column("content", Fingerprint, nullable=False),
    Column("path", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    UniqueConstraint("letter", "content", name="letters_key"),
    sqlite_autoincrement=True,
)

scans = Table(
    "scans",
    metadata,
    Column("letter", Words, nullable=False),
    Column("path", Words, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("content", Fingerprint, nullable=False),
    Column("model", Words, nullable=False),
    Column("catalogue", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("confidence", Float(53), nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("error", Words, nullable=False),
    PrimaryKeyConstraint("letter", name="scans_key"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("letter", Words, nullable=False),
    Column("person", Words, nullable=False),
    Column("assigned_by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Index("assignments_letter", "letter"),
    sqlite_autoincrement=True,
)

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("person", Words, nullable=False),
    Column("folder", Words, nullable=False),
    Column("letter", Words, nullable=False),
    PrimaryKeyConstraint("person", "folder", name="bookmarks_key"),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Words, nullable=False),
    Column("value", Words, nullable=False),
    PrimaryKeyConstraint("name", name="settings_key"),
)

version = Table(VERSION_TABLE, MetaData(), Column("version_num", Words, nullable=False))
"""Written by Alembic only; known here so that the revision can be asked for without it."""
