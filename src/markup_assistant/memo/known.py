"""What ``rules.toml`` says: media types, forbidden characters, and how long a message may wait."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Known:
    """The rules of Digital Post that are lists; ``media`` are the types by ending of the file name."""

    media: Mapping[str, str]
    technical: frozenset[str]
    forbidden: frozenset[str]
    most_days: int

    def media_type(self, name: str) -> str:
        """Return the media type that a file of this name is sent as, or nothing when it is not known."""
        return self.media.get(name.rpartition(".")[2].lower(), "")


def _read() -> Known:
    said = tomllib.loads(resources.files(__package__).joinpath("rules.toml").read_text(encoding="utf-8"))
    return Known(
        media=MappingProxyType(said["media"]),
        technical=frozenset(said["technical"]["types"]),
        forbidden=frozenset(said["file_name"]["forbidden"]),
        most_days=said["delivery"]["most_days"],
    )


KNOWN = _read()
