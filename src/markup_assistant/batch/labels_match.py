"""Finds the letters that a list means: by path, by file name, by name without ending; near names are only told."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rapidfuzz import fuzz, process

from markup_assistant.letters.detect import SUFFIXES

NEAR = 70
"""Likeness (0 to 100) from which a name is offered in place of one that is not there."""

OFFERED = 3

MAX_OFFERS = 2_000
"""Names for which others are offered: each costs some milliseconds in a large folder, and nobody reads more."""

_OLD = {".doc": (".docx", ".docm"), ".dot": (".dotx", ".dotm")}
"""Endings that a letter had before it was saved anew."""

_SUFFIXES = frozenset((*SUFFIXES, *_OLD))


@dataclass(frozen=True, slots=True)
class Match:
    """The letter that a name means, or none: then those ``among`` which it does not choose, or those ``near`` it."""

    path: Path | None = None
    among: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class LetterNames:
    """The letters of a folder by all that a list may call them; upper and lower case are the same."""

    def __init__(self, folder: Path, files: Iterable[Path]) -> None:
        self._folder = tuple(_key(folder.absolute().as_posix()).split("/"))
        self._offers = 0
        self._shown: dict[str, str] = {}
        self._by_path: dict[str, list[Path]] = {}
        self._by_name: dict[str, list[tuple[str, Path]]] = {}
        self._by_stem: dict[str, list[tuple[str, Path]]] = {}
        for file in files:
            shown = file.relative_to(folder).as_posix()
            path = _key(shown)
            self._shown[path] = shown
            self._by_path.setdefault(path, []).append(file)
            name = PurePosixPath(path).name
            self._by_name.setdefault(name, []).append((path, file))
            self._by_stem.setdefault(_stem(name), []).append((path, file))

    def __len__(self) -> int:
        return len(self._shown)

    def find(self, said: str) -> Match:
        """Return the letter that a cell means."""
        path = self._below(_key(said.strip().strip("\"'").replace("\\", "/")))
        here = self._by_path.get(path, [])
        if len(here) == 1:
            return Match(here[0])
        name = PurePosixPath(path).name
        stem, suffix = _stem(name), PurePosixPath(name).suffix
        endings = _OLD.get(suffix, ()) if suffix in _SUFFIXES else tuple(_SUFFIXES)
        called = [one for one in self._by_stem.get(stem, ()) if one[0].endswith(endings)] if endings else []
        for candidates in (self._by_name.get(name, []), called):
            found = _closest(path, candidates)
            if len(found) == 1:
                return Match(found[0][1])
            if found:
                return Match(among=tuple(self._shown[one] for one, _ in found[:OFFERED]))
        return Match(near=self._near(path, name))

    def _below(self, path: str) -> str:
        """Return a path without the folder before it, where it has that."""
        steps = tuple(step for step in path.split("/") if step not in ("", "."))
        whole = tuple(step for step in self._folder if step)
        below = steps[len(whole) :] if len(steps) > len(whole) and steps[: len(whole)] == whole else steps
        return "/".join(below)

    def _near(self, path: str, name: str) -> tuple[str, ...]:
        self._offers += 1
        if self._offers > MAX_OFFERS:
            return ()
        by_path = process.extract(path, self._shown.keys(), scorer=fuzz.ratio, limit=OFFERED, score_cutoff=NEAR)
        by_name = process.extract(name, self._by_name.keys(), scorer=fuzz.ratio, limit=OFFERED, score_cutoff=NEAR)
        by_stem = process.extract(
            _stem(name), self._by_stem.keys(), scorer=fuzz.ratio, limit=OFFERED, score_cutoff=NEAR
        )
        scored = [(score, path) for path, score, _ in by_path]
        scored += [(score, path) for found, score, _ in by_name for path, _ in self._by_name[found]]
        scored += [(score, path) for found, score, _ in by_stem for path, _ in self._by_stem[found]]
        ordered = dict.fromkeys(path for _, path in sorted(scored, key=lambda one: (-one[0], one[1])))
        return tuple(self._shown[path] for path in list(ordered)[:OFFERED])


def _closest(path: str, candidates: list[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """Return those of the candidates that share most steps with a path, from the end."""
    steps = PurePosixPath(path).parts[-2::-1]

    def shared(one: tuple[str, Path]) -> int:
        theirs = PurePosixPath(one[0]).parts[-2::-1]
        same = 0
        for mine, other in zip(steps, theirs, strict=False):
            if mine != other:
                break
            same += 1
        return same

    best = max((shared(one) for one in candidates), default=0)
    return [one for one in candidates if shared(one) == best]


def _stem(name: str) -> str:
    """Return a file name without an ending that letters have; other points belong to the name (``brev 2.1``)."""
    return name.removesuffix(PurePosixPath(name).suffix) if PurePosixPath(name).suffix in _SUFFIXES else name


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
