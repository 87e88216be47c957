"""Tells whether a letter says the same as before, whatever the bytes of its file."""

import unicodedata
from hashlib import sha256

from markup_assistant.letters.letter import Letter
from markup_assistant.letters.masking import MASK, MASKED, mask_personal


def fingerprint(letter: Letter) -> str:
    """Return 64 hex digits that stay while the letter's words and fields do.

    The addresses behind words count as words. Neither white space nor the layout counts, nor who the citizen is (see
    :func:`mask_personal`): two letters of one template to two people are the same where only masked words differ.
    """
    masked = mask_personal(letter)
    words = " ".join(MASKED.sub(MASK, unicodedata.normalize("NFC", masked.text)).split())
    names = sorted({unicodedata.normalize("NFC", field.name) for field in masked.fields})
    addresses = sorted({unicodedata.normalize("NFC", link.url) for link in masked.links})
    # A line feed stands in none of them, so that a word cannot pass for the name of a field.
    said = "\n".join([words, *(" ".join(name.split()) for name in (*names, *addresses))])
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
