"""Every sentence that a user reads, in Danish (``da/``) and English (``en/``): one file a first word of the key.

A file is read when the first of its sentences is said: ``--help`` never reads those of the review screen.
"""

import tomllib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

LANGUAGES = ("da", "en")


class Texts:
    """The sentences of one language, looked up by a dotted key and filled with facts.

    ``cli.tag.help`` stands in ``cli.toml`` as ``help`` of ``[cli.tag]``.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._folder = resources.files(__package__).joinpath(language)
        self._files: dict[str, dict[str, str]] = {}

    def __call__(self, key: str, /, **facts: object) -> str:
        """Return the sentence of ``key``; raises KeyError for a key or fact that is missing."""
        sentence = self._file(key.partition(".")[0])[key]
        return sentence.format_map(facts) if facts else sentence

    def __contains__(self, key: str) -> bool:
        return key in self._file(key.partition(".")[0])

    def keys(self) -> set[str]:
        """All keys of the language."""
        names = [file.name.removesuffix(".toml") for file in self._folder.iterdir() if file.name.endswith(".toml")]
        return {key for name in names for key in self._file(name)}

    def _file(self, name: str) -> dict[str, str]:
        if name not in self._files:
            self._files[name] = _read(self._folder.joinpath(f"{name}.toml")) if name.isidentifier() else {}
        return self._files[name]


def _read(source: Traversable) -> dict[str, str]:
    if not source.is_file():
        return {}
    return dict(_flatten(tomllib.loads(source.read_text(encoding="utf-8"))))


def _flatten(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        if isinstance(value, dict):
            rows += _flatten(value, f"{prefix}{key}.")
        else:
            rows.append((prefix + key, str(value)))
    return rows


@cache
def get_texts(language: str) -> Texts:
    """Return the sentences of a language, ``da`` or ``en``."""
    return Texts(language)


def default_texts() -> Texts:
    """Return the Danish sentences: what a user reads who has chosen nothing."""
    return get_texts("da")
