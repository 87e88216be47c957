import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from markup_assistant.letters.masking import find_cpr, mask_cpr


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("010203-0000", "••••••-••••"),
        ("0102030000", "••••••••••"),
        ("010203 0000", "•••••• ••••"),
        ("010203 - 0000", "•••••• - ••••"),
        ("010203\u20130000", "••••••\u2013••••"),
        ("010203\u20110000", "••••••\u2011••••"),
        ("010203\u00a00000", "••••••\u00a0••••"),
        ("01 02 03 0000", "•• •• •• ••••"),
        ("01 02 03-0000", "•• •• ••-••••"),
        ("610203-0000", "••••••-••••"),
        ("311299-0000", "••••••-••••"),
    ],
)
def test_a_personal_number_is_masked_however_it_is_written(written: str, masked: str) -> None:
    assert mask_cpr(f"CPR-nr. {written}, født i går") == f"CPR-nr. {masked}, født i går"


@pytest.mark.parametrize(
    "text",
    [
        "320203-0000",
        "011303-0000",
        "000203-0000",
        "1010203-0000",
        "010203-00001",
        "sag 2026-0102030000-7",
        "+4512345678",
        "tlf. +0102030000",
        "0045 12 34 56 78",
        "0101031000 kr.",
        "P-nr. 1003456789",
        "EAN 5798006000012",
        "den 01-02-2026",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert mask_cpr(text) == text


def test_a_list_of_personal_numbers_is_masked_whole() -> None:
    assert mask_cpr("010203-0000/010204-0000,0102050000") == "••••••-••••/••••••-••••,••••••••••"


@given(st.text(alphabet="0123 -/.,+\u2013kr", max_size=120))
@example("010203-0000-0102030000-010203-0000")
@example("0102030000-0102030000")
def test_masking_keeps_the_length_and_leaves_no_plausible_number(text: str) -> None:
    masked = mask_cpr(text)
    assert len(masked) == len(text)
    assert find_cpr(masked) == []
    assert all(new in (old, "•") for old, new in zip(text, masked, strict=True))
