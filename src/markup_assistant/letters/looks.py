"""What the styles of a document say about its text, with the styles that they are based on."""

import re
from dataclasses import dataclass

from markup_assistant.letters.limits import MAX_STYLE_DEPTH

_HEADING = re.compile(r"(?:heading|overskrift) ?([1-9])\b")
_TITLES = {"title": 1, "titel": 1, "subtitle": 2, "undertitel": 2}


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a paragraph or run; ``None`` where nothing is said.

    ``heading`` is 1 to 9, or 0 for none; ``item`` is the level in a list from 1, or 0 for none.
    """

    heading: int | None = None
    item: int | None = None
    hidden: bool | None = None

    def over(self, other: "Look") -> "Look":
        """Return this look with what it leaves open taken from ``other``."""
        return Look(
            other.heading if self.heading is None else self.heading,
            other.item if self.item is None else self.item,
            other.hidden if self.hidden is None else self.hidden,
        )


NOTHING = Look()


class Looks:
    """The looks of named styles."""

    def __init__(self) -> None:
        self._own: dict[str, Look] = {}
        self._parents: dict[str, str] = {}
        self._resolved: dict[str, Look] = {}

    def add(self, name: str, look: Look, parent: str) -> None:
        """Add a style with what it says itself and the style that it is based on, if any."""
        self._own[name] = look
        self._parents[name] = parent

    def look(self, name: str) -> Look:
        """Return what a style says with its parents; an unknown style is judged by its name."""
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> Look:
        chain: list[str] = []
        while name in self._own and name not in self._resolved and len(chain) < MAX_STYLE_DEPTH:
            chain.append(name)  # a circle ends with the depth
            name = self._parents[name]
        look = self._resolved.get(name) or Look(heading=level_by_name(name))
        for style in reversed(chain):
            look = self._own[style].over(look)
            self._resolved[style] = look
        return look


def level_by_name(name: str) -> int | None:
    """Return the level of a heading style by its Danish or English name, else ``None``."""
    lowered = name.lower()
    found = _HEADING.match(lowered)
    return int(found[1]) if found else _TITLES.get(lowered)
