"""What holds of every letter, whatever file it was read from."""

import unicodedata

from markup_assistant.letters.letter import Letter


def assert_sound(letter: Letter) -> None:
    assert unicodedata.is_normalized("NFC", letter.text)
    assert "\r" not in letter.text
    assert "\x00" not in letter.text
    end_before = 0
    for block in letter.blocks:
        assert end_before <= block.start < block.end <= len(letter.text)
        assert letter.text[block.start : block.end].strip()
        end_before = block.end
    for field in letter.fields:
        assert 0 <= field.start <= field.end <= len(letter.text)
        for start, end in field.branches:
            assert field.start <= start <= end <= field.end
    for link in letter.links:
        assert 0 <= link.start < link.end <= len(letter.text)
