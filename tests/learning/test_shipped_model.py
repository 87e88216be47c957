import json
from pathlib import Path

from markup_assistant.learning.digest import data_digest
from markup_assistant.shipped import shipped_folder


def test_the_shipped_model_was_trained_on_the_data_beside_it() -> None:
    """Run ``make model`` after a change in ``data/letters`` or ``kle_catalogue``."""
    manifest = json.loads((shipped_folder("models") / "default" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["data"]["digest"] == data_digest(
        shipped_folder("kle_catalogue"), shipped_folder("data") / "letters"
    )


def test_the_digest_does_not_change_with_line_ends(tmp_path: Path) -> None:
    digests = set()
    for name, ends in (("unix", "\n"), ("windows", "\r\n")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "terms.csv").write_bytes(f"a{ends}b{ends}".encode())
        digests.add(data_digest(folder, folder))
    assert len(digests) == 1


def test_the_shipped_model_fits_its_budget() -> None:
    files = (shipped_folder("models") / "default").iterdir()
    assert sum(file.stat().st_size for file in files) < 8_000_000
