"""An office whose letters are reviewed on the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.review.office import Office
from tests.tui.review_run import office_in


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An empty folder, with the shipped catalogue, model and organisation."""
    with office_in(tmp_path, monkeypatch) as given:
        yield given
