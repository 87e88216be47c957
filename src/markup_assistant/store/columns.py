"""The border of the store: the column types through which every text goes in.

Whatever is bound to a column of these types, be it a value or a condition, is masked first, so that no caller can
forget it. A test holds that no table has a text column of another type.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from markup_assistant.letters.masking import mask_cpr

ESCAPE = "\x1a"
"""Begins an escape of five characters in stored text; the old sign for a substitute, which no letter has."""

_UNSTORABLE = re.compile("[\x00\x1a\ud800-\udfff]")
_ESCAPED = re.compile("\x1a([0-9a-f]{4})")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PATH_PARTS = re.compile(r"([/\\])")
_DIGIT = re.compile("[0-9]")
_CPR_DIGITS = 10
_FINGERPRINT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,128}")
"""A UUID, or a digest in hexadecimal digits."""


def masked(text: str) -> str:
    """Return the text with the digits of every CPR number as ``•``, each part of a path looked at for itself.

    In ``2024/0102030000.docx`` the year would otherwise pass for the beginning of a longer number.
    """
    if len(_DIGIT.findall(text)) < _CPR_DIGITS:
        return text
    return "".join(mask_cpr(part) for part in _PATH_PARTS.split(mask_cpr(text)))


def stored_text(text: str) -> str:
    """Return the text as it is kept: masked, and what no database can hold (NUL, half a surrogate pair) escaped."""
    return _UNSTORABLE.sub(lambda found: f"{ESCAPE}{ord(found[0]):04x}", masked(text))


def text_of(stored: object) -> str:
    """Return the text that was kept, exactly; raises TypeError where there is none."""
    if not isinstance(stored, str):
        raise TypeError(type(stored).__name__)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored) if ESCAPE in stored else stored


def stored_fingerprint(text: str) -> str:
    """Return a UUID or digest as it is: one in thousands holds what looks like a CPR number. Else as any text."""
    return text if _FINGERPRINT.fullmatch(text) else stored_text(text)


def stored_json(tree: object, *, fingerprints: bool = False) -> str:
    """Return a tree of mappings, lists, texts and numbers as canonical JSON, each text in it masked."""
    kept = _masked_tree(tree, fingerprints=fingerprints)
    written = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _masked_tree(tree: object, *, fingerprints: bool) -> object:
    if isinstance(tree, str):
        return tree if fingerprints and _FINGERPRINT.fullmatch(tree) else masked(tree)
    if isinstance(tree, dict):
        return {masked(name): _masked_tree(value, fingerprints=fingerprints) for name, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [_masked_tree(value, fingerprints=fingerprints) for value in tree]
    return tree


class Words(TypeDecorator[str]):
    """Text that people, files and models bring."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect | None) -> str | None:
        return None if value is None else stored_text(value)


class Fingerprint(TypeDecorator[str]):
    """A UUID or digest; anything else is treated as any text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect | None) -> str | None:
        return None if value is None else stored_fingerprint(value)


class Json(TypeDecorator[Any]):
    """A tree of values; ``fingerprints`` leaves UUIDs and digests in it as they are."""

    impl = Text
    cache_ok = True

    def __init__(self, *, fingerprints: bool = False) -> None:
        super().__init__()
        self.fingerprints = fingerprints

    def process_bind_param(self, value: Any, dialect: Dialect | None) -> str | None:
        return None if value is None else stored_json(value, fingerprints=self.fingerprints)


class Moment(TypeDecorator[datetime]):
    """A moment with time zone, kept as UTC in a text of 32 characters that sorts by time."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect | None) -> str | None:
        return None if value is None else stored_moment(value)


def stored_moment(moment: datetime) -> str:
    """Return the moment as it is kept; raises ValueError where it has no time zone or is out of range in UTC."""
    if moment.tzinfo is None:
        raise ValueError(moment)
    try:
        return moment.astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError as error:
        raise ValueError(moment) from error


def moment_of(stored: object) -> datetime:
    """Return the moment that was kept, in UTC; raises ValueError or TypeError where there is none."""
    if not isinstance(stored, str):
        raise TypeError(type(stored).__name__)
    moment = datetime.fromisoformat(stored)
    if moment.tzinfo is None:
        raise ValueError(stored)
    return moment
