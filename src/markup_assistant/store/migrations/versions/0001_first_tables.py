"""The first tables: decisions, letters, scans, assignments, bookmarks, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("arrival", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        *_text("id", "letter", "content", "outcome", "subject", "facet", "actions", "target", "choices", "person"),
        *_text("at", "supersedes", "source"),
        sa.Column("seconds", sa.Float(53), nullable=False),
        *_text("model", "catalogue"),
        sa.Column("blind", sa.Boolean, nullable=False),
        sa.UniqueConstraint("id", name="decisions_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("decisions_letter", "decisions", ["letter"])
    op.create_table(
        "superseded",
        *_text("letter", "older", "newer"),
        sa.PrimaryKeyConstraint("letter", "older", "newer", name="superseded_key"),
    )
    op.create_table(
        "letters",
        _number(),
        *_text("letter", "content", "path", "text", "seen_at"),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("letter", "content", name="letters_key"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "scans",
        *_text("letter", "path"),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("mtime_ns", sa.BigInteger, nullable=False),
        *_text("content", "model", "catalogue", "verdict", "subject"),
        sa.Column("confidence", sa.Float(53), nullable=False),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
        *_text("error"),
        sa.PrimaryKeyConstraint("letter", name="scans_key"),
    )
    op.create_table(
        "assignments",
        _number(),
        *_text("letter", "person", "assigned_by", "at"),
        sqlite_autoincrement=True,
    )
    op.create_index("assignments_letter", "assignments", ["letter"])
    op.create_table(
        "bookmarks",
        *_text("person", "folder", "letter"),
        sa.PrimaryKeyConstraint("person", "folder", name="bookmarks_key"),
    )
    op.create_table(
        "settings",
        *_text("name", "value"),
        sa.PrimaryKeyConstraint("name", name="settings_key"),
    )
