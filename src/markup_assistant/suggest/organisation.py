"""Reads an organisation: its units and systems, and the rules by which post finds them.

The file is described in ``docs/reference/organisation.md``.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from markup_assistant.errors import OrganisationError

MAX_FILE = 5 * 1024 * 1024
"""Bytes of an organisation file; that of the largest municipality is far below a tenth of it."""

ANY = "*"
_KLE = re.compile(r"\d\d\.\d\d\.\d\d|\d\d\.\d\d\.\*|\d\d\.\*|\*")
_FACET = re.compile(r"[A-ZÆØÅ]\d\d")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_KEYS = {
    "organisation": {"name", "default", "units", "systems", "rules"},
    "units": {"id", "name", "area", "contact_point", "contact_group", "unit_id", "email", "system"},
    "systems": {"id", "name", "system_id"},
    "rules": {"id", "kle", "facet", "target"},
}
# The loader that leaves every value a string (28.10 is no number), in C where libyaml is.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that receives post; ``contact_point`` is its UUID in Digital Post, ``system`` where its cases are."""

    id: str
    name: str
    area: str = ""
    contact_point: str = ""
    contact_group: str = ""
    unit_id: str = ""
    email: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """A system that receives post by itself; ``system_id`` is its UUID as a receiving system."""

    id: str
    name: str
    system_id: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Post on subjects that fit ``kle`` (and of that ``facet``, when it is not empty) goes to ``target``."""

    id: str
    kle: str
    facet: str
    target: str

    @property
    def pattern(self) -> str:
        """The pattern as people say it: ``28.09.*``, ``* K02``."""
        return f"{self.kle} {self.facet}".strip()


@dataclass(frozen=True, slots=True)
class Organisation:
    """Units and systems by id, the rules (also by KLE pattern and facet), and the ``default`` for all the rest."""

    name: str
    default: str
    units: Mapping[str, Unit]
    systems: Mapping[str, System]
    rules: tuple[Rule, ...]
    by_pattern: Mapping[tuple[str, str], Rule] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_pattern = {(rule.kle, rule.facet): rule for rule in self.rules}
        object.__setattr__(self, "by_pattern", MappingProxyType(by_pattern))

    def target_name(self, id_: str) -> str:
        """Return the name of a unit or system; raises KeyError for neither."""
        return self.units[id_].name if id_ in self.units else self.systems[id_].name


def load_organisation(path: Path) -> Organisation:
    """Read an organisation file (YAML); raises OrganisationError that names the file, the place and what is wrong."""
    table = _Table(path, _parse(path))
    systems = {row["id"]: System(**row) for row in table.rows("systems", ("id", "name"))}
    units = {row["id"]: _unit(table, row, systems) for row in table.rows("units", ("id", "name"))}
    for id_ in units:
        table.check(id_ not in systems, "twice", part="systems", id=id_)
    known = units.keys() | systems.keys()
    rules = tuple(_rule(table, row, known) for row in table.rows("rules", ("id", "kle", "target")))
    default = table.text("default")
    table.check(bool(default), "default")
    table.check(default in known, "unknown", part="default", id=default, got=default)
    table.check_twice_taken(rules)
    return Organisation(table.text("name"), default, MappingProxyType(units), MappingProxyType(systems), rules)


def _parse(path: Path) -> Mapping[str, Any]:
    try:
        if path.stat().st_size > MAX_FILE:
            raise OrganisationError(file=str(path), reason="reasons.organisation.size")
        parsed = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_LOADER)  # noqa: S506  # builds only strings, lists and dicts
    except OSError as error:
        raise OrganisationError(file=str(path), reason="reasons.organisation.unreadable", got=error.strerror) from error
    except UnicodeDecodeError as error:
        raise OrganisationError(file=str(path), reason="reasons.organisation.encoding") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise OrganisationError(file=str(path), reason="reasons.organisation.syntax", line=line) from error
    if not isinstance(parsed, dict):
        raise OrganisationError(file=str(path), reason="reasons.organisation.shape")
    return parsed


class _Table:
    """A parsed file with checks that name the file and the place."""

    def __init__(self, path: Path, parsed: Mapping[str, Any]) -> None:
        self._path = path
        self._parsed = parsed
        self._check_keys("organisation", "", parsed)

    def check(self, sound: bool, reason: str, **facts: object) -> None:  # noqa: FBT001  # reads as a sentence
        """Raise OrganisationError when something is not as it must be."""
        if not sound:
            raise OrganisationError(file=str(self._path), reason=f"reasons.organisation.{reason}", **facts)

    def text(self, key: str) -> str:
        """Return a value of the file as text, empty when it is not there."""
        value = self._parsed.get(key, "")
        self.check(isinstance(value, str), "text", part="", id=key)
        return _clean(value)

    def rows(self, part: str, required: tuple[str, ...]) -> list[dict[str, str]]:
        """Return a list of the file, each row checked: known keys, text values, what it must have, ids once."""
        rows = self._parsed.get(part) or []
        self.check(isinstance(rows, list) and all(isinstance(row, dict) for row in rows), "list", part=part)
        found: list[dict[str, str]] = []
        seen: set[str] = set()
        for place, row in enumerate(rows, start=1):
            id_ = str(row.get("id") or f"nr. {place}")
            self._check_keys(part, id_, row)
            for key, value in row.items():
                self.check(isinstance(value, str), "text", part=part, id=f"{id_}, {key}")
            cleaned = {key: _clean(value) for key, value in row.items()}
            for key in required:
                self.check(bool(cleaned.get(key)), "missing", part=part, id=id_, key=key)
            self.check(bool(_ID.fullmatch(cleaned["id"])), "id", part=part, id=id_)
            self.check(cleaned["id"] not in seen, "twice", part=part, id=id_)
            seen.add(cleaned["id"])
            found.append(cleaned)
        return found

    def check_twice_taken(self, rules: tuple[Rule, ...]) -> None:
        """Two rules with one pattern contradict each other."""
        first: dict[str, str] = {}
        for rule in rules:
            other = first.setdefault(rule.pattern, rule.id)
            self.check(other == rule.id, "pattern_twice", id=rule.id, other=other, got=rule.pattern)

    def _check_keys(self, part: str, id_: str, row: Mapping[str, Any]) -> None:
        unknown = sorted(str(key) for key in set(row) - _KEYS[part])
        self.check(not unknown, "key", part=part, id=id_, got=", ".join(unknown))


def _unit(table: _Table, row: dict[str, str], systems: Mapping[str, System]) -> Unit:
    unit = Unit(**row)
    for key in ("contact_point", "unit_id"):
        value = row.get(key, "")
        table.check(not value or bool(_UUID.fullmatch(value)), "uuid", id=unit.id, key=key, got=value)
    table.check(not unit.system or unit.system in systems, "unknown", part="units", id=unit.id, got=unit.system)
    return unit


def _rule(table: _Table, row: dict[str, str], known: set[str]) -> Rule:
    facet = row.get("facet", "")
    rule = Rule(row["id"], row["kle"], "" if facet == ANY else facet, row["target"])
    table.check(bool(_KLE.fullmatch(rule.kle)), "kle", id=rule.id, got=rule.kle)
    table.check(not rule.facet or bool(_FACET.fullmatch(rule.facet)), "facet", id=rule.id, got=rule.facet)
    table.check(rule.target in known, "unknown", part="rules", id=rule.id, got=rule.target)
    return rule


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
