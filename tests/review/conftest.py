"""An office to review letters in; what costs time to load is loaded once."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from tests.review.office import Office

from markup_assistant.review import desk as desk_module
from markup_assistant.settings import Settings
from markup_assistant.suggest.assistant import Assistant


@cache
def assistant(show_cpr: bool) -> Assistant:
    return Assistant(Settings(show_cpr=show_cpr))


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An empty folder, with the shipped catalogue, model and organisation."""
    monkeypatch.setattr(desk_module, "Assistant", lambda settings: assistant(settings.show_cpr))
    with ExitStack() as closing:
        yield Office(tmp_path, closing)
