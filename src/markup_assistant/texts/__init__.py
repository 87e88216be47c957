"""Every sentence that a user reads, in Danish (``da.toml``) and English (``en.toml``)."""

import tomllib
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("da", "en")


class Texts:
    """The sentences of one language, looked up by a dotted key and filled with facts."""

    def __init__(self, language: str) -> None:
        self.language = language
        source = resources.files(__package__).joinpath(f"{language}.toml")
        self._flat = dict(_flatten(tomllib.loads(source.read_text(encoding="utf-8"))))

    def __call__(self, key: str, /, **facts: object) -> str:
        """Return the sentence of ``key``; raises KeyError for a key or fact that is missing."""
        return self._flat[key].format_map(facts) if facts else self._flat[key]

    def __contains__(self, key: str) -> bool:
        return key in self._flat

    def keys(self) -> set[str]:
        """All keys of the language."""
        return set(self._flat)


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
