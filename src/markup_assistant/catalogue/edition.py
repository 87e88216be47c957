"""Reads an edition of KLE from a folder of files; ``kle_catalogue/README.md`` says what is in them."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from markup_assistant.catalogue.table import read_table, read_utf8
from markup_assistant.catalogue.tree import (
    TERM_KINDS,
    Catalogue,
    Edition,
    Facet,
    Group,
    MainGroup,
    Node,
    Subject,
    TermRow,
)
from markup_assistant.errors import CatalogueError
from markup_assistant.shipped import shipped_folder

_CODE = re.compile(r"[A-ZÆØÅ][0-9]{2}")
_TERM_COLUMNS = ("number", "kind", "term", "lapsed")
_KINDS = {kind: kind for kind in TERM_KINDS}
_EXPIRES = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")
_LEVELS = {
    "main_groups.csv": (re.compile(r"[0-9]{2}"), "27"),
    "groups.csv": (re.compile(r"[0-9]{2}\.[0-9]{2}"), "27.36"),
    "subjects.csv": (re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}"), "27.36.04"),
}
"""The form of the numbers in each file, with an example for whoever made a mistake."""


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read the edition in a folder, or the shipped one.

    Raises CatalogueError naming file, line and what is wrong. ``uuids.csv`` and ``terms.csv`` may be missing;
    terms are read when they are first asked for, and so may raise then.
    """
    folder = folder or shipped_folder("kle_catalogue")
    edition = _read_edition(folder / "edition.toml")
    uuids = _read_uuids(folder / "uuids.csv")
    main_groups = {
        number: MainGroup(number, title, uuids.get(number, ""))
        for _, number, (title,) in _read_level(folder / "main_groups.csv", {}, "")
    }
    groups = {
        number: Group(number, title, uuids.get(number, ""))
        for _, number, (title,) in _read_level(folder / "groups.csv", main_groups, "27")
    }
    subjects: dict[str, Subject] = {}
    file = folder / "subjects.csv"
    for line, number, (title, expires) in _read_level(file, groups, "27.36", more=("expires",)):
        if expires and not _EXPIRES.fullmatch(expires):
            raise CatalogueError(file=str(file), reason="reasons.catalogue.expires", line=line, got=expires)
        subjects[number] = Subject(number, title, expires, uuids.get(number, ""))
    nodes: dict[str, Node] = {**main_groups, **groups, **subjects}
    ordered = tuple(nodes[number] for number in sorted(nodes))
    facets = tuple(_read_facets(folder / "facets.csv"))
    return Catalogue(edition, ordered, facets, partial(_read_terms, folder / "terms.csv"))


def _read_edition(file: Path) -> Edition:
    try:
        said = tomllib.loads(read_utf8(file).replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(file=str(file), reason=f"TOML: {error}") from error
    facts = {key: str(said.get(key, "")) for key in ("name", "date", "label", "source")}
    if not facts["name"] or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", facts["date"]):
        raise CatalogueError(file=str(file), reason="reasons.catalogue.edition", expected="name, date")
    return Edition(facts["name"], facts["date"], facts["label"] or facts["name"], facts["source"])


def _read_level(
    file: Path, above: Mapping[str, Node], above_form: str, more: tuple[str, ...] = ()
) -> Iterator[tuple[int, str, list[str]]]:
    """Yield line, number and other columns of one level, each number with its title and parent there."""
    form, example = _LEVELS[file.name]
    seen: set[str] = set()
    for line, row in read_table(file, ("number", "title", *more)):
        number, *rest = row
        wrong = ""
        if not form.fullmatch(number):
            wrong = "number"
        elif number in seen:
            wrong = "twice"
        elif above_form and number[:-3] not in above:
            wrong = "parent"
        elif not rest[0].strip():
            wrong = "title"
        if wrong:
            expected = number[:-3] if wrong == "parent" else example
            reason = f"reasons.catalogue.{wrong}"
            raise CatalogueError(file=str(file), reason=reason, line=line, got=number, expected=expected)
        seen.add(number)
        yield line, number, rest


def _read_facets(file: Path) -> Iterator[Facet]:
    seen: set[str] = set()
    for line, (code, *rest) in read_table(file, ("code", "title", "category", "category_title")):
        if not _CODE.fullmatch(code):
            reason = "reasons.catalogue.number"
            raise CatalogueError(file=str(file), reason=reason, line=line, got=code, expected="K02")
        if code in seen:
            raise CatalogueError(file=str(file), reason="reasons.catalogue.twice", line=line, got=code)
        seen.add(code)
        yield Facet(code, *rest)


def _read_uuids(file: Path) -> dict[str, str]:
    if not file.exists():
        return {}
    return {number: uuid for _, (number, uuid) in read_table(file, ("number", "uuid"))}


def _read_terms(file: Path) -> dict[str, list[TermRow]]:
    """Read the terms by number; terms of a number that the edition does not have are never asked for.

    The plain way is tried first, because the file is long and a search waits for it; whatever does not fit
    that way (quotes, a mistake) is read again with care.
    """
    if not file.exists():
        return {}
    text = read_utf8(file).replace("\r\n", "\n").removesuffix("\n")
    header, *lines = text.split("\n")
    if '"' in text or header != ";".join(_TERM_COLUMNS):
        return _read_terms_with_care(file)
    terms: dict[str, list[TermRow]] = {}
    try:
        for line in lines:
            number, kind, term, lapsed = line.split(";")
            terms.setdefault(number, []).append((_KINDS[kind], term, lapsed))
    except (ValueError, KeyError):
        return _read_terms_with_care(file)
    return terms


def _read_terms_with_care(file: Path) -> dict[str, list[TermRow]]:
    terms: dict[str, list[TermRow]] = {}
    for line, (number, kind, text, lapsed) in read_table(file, _TERM_COLUMNS):
        if kind not in _KINDS:
            raise CatalogueError(file=str(file), reason="reasons.catalogue.kind", line=line, got=kind)
        terms.setdefault(number, []).append((_KINDS[kind], text, lapsed))
    return terms
