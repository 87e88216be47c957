"""Writes the details of an unexpected error to the log folder, with CPR numbers masked."""

import platform
import sys
import traceback
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from markup_assistant.letters.masking import mask_cpr
from markup_assistant.settings import user_log_folder

MAX_LINE = 500
"""Characters of a line that are kept: an error may carry a whole letter."""

MAX_LOG = 1_000_000
"""Bytes after which the log begins anew."""


def write_details(error: BaseException, folder: Path | None = None) -> str:
    """Add an error to ``errors.log`` and return the file's path, or nothing where it cannot be written."""
    file = (folder or user_log_folder()) / "errors.log"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        mode = "w" if file.exists() and file.stat().st_size > MAX_LOG else "a"
        with file.open(mode, encoding="utf-8", errors="backslashreplace") as log:
            log.write(_details(error))
    except OSError:
        return ""
    return str(file)


def _details(error: BaseException) -> str:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    version = metadata.version("markup-assistant")
    head = f"== {now} markup-assistant {version} Python {platform.python_version()} {sys.platform}\n"
    lines = mask_cpr("".join(traceback.format_exception(error))).splitlines()
    return head + "\n".join(line[:MAX_LINE] for line in lines) + "\n\n"
