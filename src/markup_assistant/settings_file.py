"""Reads and checks one ``markup.yaml``; every mistake is named with its line.

The file is read as a stream of YAML events, not as a tree: settings are flat, so that anything deeper is
refused at its first bracket, and no hostile nesting or alias is ever built.
"""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from enum import Enum, auto
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from markup_assistant.errors import SettingsError, UnknownSettingError
from markup_assistant.settings import KEYS, MAX_SUGGESTIONS, STORE_TEXTS, THEMES
from markup_assistant.texts import LANGUAGES

MAX_BYTES = 1_000_000
"""A settings file has a few lines; a larger one is another file by mistake."""

MAX_NAME = 80
"""Characters of a person's name."""

_YES_WORDS = frozenset(("true", "yes", "on"))
_NO_WORDS = frozenset(("false", "no", "off"))
_NOTHING_WORDS = frozenset(("", "~", "null"))

Value = str | int | float | bool


class Kind(Enum):
    """What a value of the file is."""

    TEXT = auto()
    WHOLE = auto()
    DECIMAL = auto()
    YES_NO = auto()
    NOTHING = auto()


class _WrongError(Exception):
    """A value that does not fit; the facts say what was expected."""

    def __init__(self, expected: str, **facts: object) -> None:
        super().__init__(expected)
        self.facts = {"expected": expected, **facts}


def read_settings_file(file: Path) -> dict[str, Any]:
    """Return the settings that a file has, checked, with relative paths taken from its folder.

    Raises SettingsError (UnknownSettingError for a key that does not exist) with file and line.
    """
    values: dict[str, Any] = {}
    for line, key, event in _pairs(file, _read(file)):
        if key not in KEYS:
            near = get_close_matches(key.lower(), KEYS, n=1, cutoff=0.0)[0]
            raise UnknownSettingError(file=str(file), line=line, key=key[:60], nearest=near, known=", ".join(KEYS))
        if key in values:
            raise _error(file, line, "twice", key=key)
        try:
            values[key] = _checked(key, event, file)
        except _WrongError as wrong:
            raise _error(file, line, "value", key=key, got=_shown(event), **wrong.facts) from None
    return {key: value for key, value in values.items() if value is not None}


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise _error(file, 1, "unreadable", got=error.strerror) from error
    if len(content) > MAX_BYTES:
        raise _error(file, 1, "size", limit="1 MB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _error(file, line, "encoding") from error


def _pairs(file: Path, text: str) -> Iterator[tuple[int, str, yaml.Event]]:
    """Yield line, key and value of each setting."""
    events = _events(file, text)
    first = next(events, None)
    if first is None or (isinstance(first, yaml.ScalarEvent) and not first.value and not first.style):
        return
    if not isinstance(first, yaml.MappingStartEvent):
        raise _error(file, _line(first), "mapping")
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        if not isinstance(event, yaml.ScalarEvent):
            raise _error(file, _line(event), "mapping")
        yield _line(event), event.value, next(events)
    if any(True for _ in events):
        raise _error(file, text.count("\n") + 1, "mapping")


def _events(file: Path, text: str) -> Iterator[yaml.Event]:
    """Yield the YAML events that carry content; raises SettingsError where the text is no YAML."""
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise _error(file, line, "syntax") from error
    except yaml.YAMLError as error:  # a character that YAML does not allow
        position = getattr(error, "position", 0)
        raise _error(file, text.count("\n", 0, position) + 1, "syntax") from error


def _checked(key: str, event: yaml.Event, file: Path) -> Value | None:
    if not isinstance(event, yaml.ScalarEvent):
        raise _WrongError("reasons.expected.single")
    kind = _kind(event)
    return None if kind is Kind.NOTHING else _CHECKS[key](kind, event.value, file)


def _kind(event: yaml.ScalarEvent) -> Kind:
    """Say what a value is: YAML without its oddities (octal and sexagesimal numbers are text)."""
    value = event.value
    if event.style or event.tag:
        return Kind.TEXT
    if value.lower() in _NOTHING_WORDS:
        return Kind.NOTHING
    if value.lower() in _YES_WORDS | _NO_WORDS:
        return Kind.YES_NO
    if len(value) < 20 and re.fullmatch(r"[+-]?[0-9]+", value):
        return Kind.WHOLE
    if len(value) < 20 and re.fullmatch(r"[+-]?[0-9]+\.[0-9]+", value):
        return Kind.DECIMAL
    return Kind.TEXT


def _language(kind: Kind, value: str, _: Path) -> Value:
    if kind is not Kind.TEXT or value not in LANGUAGES:
        raise _WrongError("reasons.expected.language")
    return value


def _path(expected: str) -> Callable[[Kind, str, Path], Value]:
    def check(kind: Kind, value: str, file: Path) -> Value:
        if kind is not Kind.TEXT or not value.isprintable():
            raise _WrongError(expected)
        if not value:
            return ""
        path = Path(value)
        if value[0] == "~":
            try:
                path = path.expanduser()
            except RuntimeError as error:  # no such user, no home
                raise _WrongError(expected) from error
        return str(file.parent / path)

    return check


def _store(kind: Kind, value: str, file: Path) -> Value:
    """A file, or the URL of a database, which is no path."""
    if kind is Kind.TEXT and "://" in value:
        if not value.startswith(("postgresql+psycopg://", "postgresql://", "sqlite:///")):
            raise _WrongError("reasons.expected.store")
        return value
    return _path("reasons.expected.store")(kind, value, file)


def _one_of(*words: str) -> Callable[[Kind, str, Path], Value]:
    def check(_: Kind, value: str, __: Path) -> Value:
        if value not in words:
            raise _WrongError("reasons.expected.one_of", choices=", ".join(words))
        return value

    return check


def _name(_: Kind, value: str, __: Path) -> Value:
    if not value.isprintable() or len(value) > MAX_NAME:
        raise _WrongError("reasons.expected.name")
    return value.strip()


def _cvr(_: Kind, value: str, __: Path) -> Value:
    if not re.fullmatch(r"[0-9]{8}", value):
        raise _WrongError("reasons.expected.cvr")
    return value


def _whole(low: int, high: int) -> Callable[[Kind, str, Path], Value]:
    def check(kind: Kind, value: str, _: Path) -> Value:
        if kind is not Kind.WHOLE or not low <= int(value) <= high:
            raise _WrongError("reasons.expected.whole", low=low, high=high)
        return int(value)

    return check


def _decimal(low: float, high: float) -> Callable[[Kind, str, Path], Value]:
    def check(kind: Kind, value: str, _: Path) -> Value:
        if kind not in (Kind.WHOLE, Kind.DECIMAL) or not low <= float(value) <= high:
            raise _WrongError("reasons.expected.number", low=low, high=high)
        return float(value)

    return check


def _yes_no(kind: Kind, value: str, _: Path) -> Value:
    if kind is not Kind.YES_NO:
        raise _WrongError("reasons.expected.yes_no")
    return value.lower() in _YES_WORDS


_CHECKS: MappingProxyType[str, Callable[[Kind, str, Path], Value]] = MappingProxyType(
    {
        "language": _language,
        "catalogue": _path("reasons.expected.folder"),
        "model": _path("reasons.expected.folder"),
        "models": _path("reasons.expected.folder"),
        "organisation": _path("reasons.expected.file"),
        "suggestions": _whole(1, MAX_SUGGESTIONS),
        "jobs": _whole(0, 64),
        "read_timeout": _decimal(1, 600),
        "show_cpr": _yes_no,
        "store": _store,
        "store_text": _one_of(*STORE_TEXTS),
        "retention_days": _whole(0, 36500),
        "person": _name,
        "blind_percent": _decimal(0, 50),
        "theme": _one_of(*THEMES),
        "sender_cvr": _cvr,
        "sender_name": _name,
    }
)


def _shown(event: yaml.Event) -> str:
    if isinstance(event, yaml.ScalarEvent):
        if "://" in event.value:  # the address of a database may hold a password
            return event.value.partition("://")[0] + "://…"
        return f'"{event.value[:60]}"' if event.style else event.value[:60]
    return "[…]" if isinstance(event, yaml.SequenceStartEvent) else "{…}"


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _error(file: Path, line: int, reason: str, **facts: object) -> SettingsError:
    return SettingsError(file=str(file), line=line, reason=f"reasons.settings.{reason}", **facts)
