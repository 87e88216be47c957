"""Where the files are that come with the program: catalogue, corpus, models."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped_folder(name: str) -> Path:
    """Return the folder ``kle_catalogue``, ``data`` or ``models`` that the program came with.

    An installed wheel carries them inside the package; a checkout has them at its top.
    """
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name
