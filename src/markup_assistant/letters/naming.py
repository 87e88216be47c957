"""The names by which the store knows letters: the same on every machine that sees the same folder."""

import unicodedata
from pathlib import Path, PurePath, PureWindowsPath

from markup_assistant.letters.masking import mask_cpr

_LONG = "//?/"
"""How Windows writes paths that may be longer than 260 characters; ``//?/UNC/`` begins one on the network."""

CONTENT_DIGITS = 8


def letter_key(path: PurePath, root: PurePath | None, content: str) -> str:
    """Return the letter's name in the store: its path below ``root``, else its absolute path, with ``/`` and in NFC.

    People whose drives are mounted at different places share ``root``, and so the names below it. A personal number
    in the path is masked; ``#`` and the first digits of ``content``, the letter's fingerprint, then keep two such
    letters apart. Nothing is read from the disk but, for a relative path, the current folder: links and the case of a
    name that was typed are the caller's to resolve.
    """
    parts = _parts(path)
    below = _below(parts, _parts(root), fold=isinstance(path, PureWindowsPath)) if root is not None else ()
    key = "/".join(below) if below else parts[0] + "/".join(parts[1:])
    # A name that is no valid Unicode (old files on Linux) must still fit into a database.
    key = key.encode("utf-8", "backslashreplace").decode()
    # Step by step, as the store does: "2024/" before a number must not make it look like part of something longer.
    masked = "/".join(mask_cpr(step) for step in key.split("/"))
    return key if masked == key else f"{masked}#{content[:CONTENT_DIGITS]}"


def _parts(path: PurePath) -> tuple[str, ...]:
    """Return drive or share in one form (``C:/``, ``//server/share/``, ``/``), then the steps, ``..`` taken back."""
    if isinstance(path, Path):
        path = path.absolute()
    written = unicodedata.normalize("NFC", path.as_posix())
    anchor = "/"
    if isinstance(path, PureWindowsPath):
        if written.startswith(_LONG):
            rest = written.removeprefix(_LONG)
            written = f"//{rest[4:]}" if rest[:4].casefold() == "unc/" else rest
        drive = PureWindowsPath(written).drive
        written = written[len(drive) :]
        # The names of server and share have no case; ``N:`` in the settings is meant as the whole drive.
        share = drive.replace("\\", "/")
        anchor = f"{share.lower() if share.startswith('//') else share.upper()}/"
    steps: list[str] = []
    for step in written.split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return (anchor, *steps)


def _below(parts: tuple[str, ...], root: tuple[str, ...], *, fold: bool) -> tuple[str, ...]:
    """Return the steps of a path below a folder, none where it lies elsewhere; ``fold`` where case says nothing."""
    head = parts[: len(root)]
    same = [part.casefold() for part in head] == [part.casefold() for part in root] if fold else head == root
    return parts[len(root) :] if same else ()
