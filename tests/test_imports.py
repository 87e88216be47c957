"""What starts fast must stay so: heavy packages are loaded by the rooms that need them, and only then."""

import subprocess
import sys

import pytest

HEAVY = ("sklearn", "scipy", "sqlalchemy", "textual")

SUGGEST = """
from markup_assistant.shipped import shipped_folder
from markup_assistant.cli.program import run
assert run(["suggest", str(shipped_folder("data") / "samples" / "tilforordnet.txt")]) == 0
"""

CATALOGUE = """
from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.shipped import shipped_folder
load_catalogue(shipped_folder("kle_catalogue")).term_rows()
"""


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import markup_assistant", (*HEAVY, "numpy", "lxml", "rapidfuzz", "click", "yaml")),
        ("from markup_assistant.cli.program import run; run(['--help'])", (*HEAVY, "numpy", "lxml", "rapidfuzz")),
        ("from markup_assistant import Assistant, read_letter", (*HEAVY, "click")),
        (
            CATALOGUE,
            (*HEAVY, "numpy", "rapidfuzz", "lxml"),
        ),
        (SUGGEST, (*HEAVY, "lxml", "pypdfium2")),
    ],
)
def test_only_what_is_needed_is_loaded(code: str, absent: tuple[str, ...]) -> None:
    check = f"{code}\nimport sys\nprint([name for name in {absent!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stderr.strip().splitlines()[-1] == "[]"
