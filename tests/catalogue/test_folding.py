"""Folding: different spellings of a word become one."""

import unicodedata

import pytest

from markup_assistant.catalogue.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Børnehave", "boernehave"),
        ("ÅBEN skole", "aaben SKOLE"),
        ("Aabenraa", "åbenrå"),
        ("ældre-, handicap", "aeldre handicap"),
        ("idé", "ide"),
        ("Müller", "muller"),
        ("m.v.", "M V"),
    ],
)
def test_two_spellings_are_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_decomposed_letters_are_the_same_letters() -> None:
    assert fold(unicodedata.normalize("NFD", "Ærø på Blåvand")) == fold("Ærø på Blåvand")
