"""How much a block of a letter says about its subject.

The heading says most; the appeal instructions, the privacy paragraph and the sender's address, which stand in
letters on every subject, next to nothing.
"""

import re

from markup_assistant.letters.letter import Block, BlockKind, Letter

HEADING_WEIGHT = 3.0
OPENING_WEIGHT = 1.5
BODY_WEIGHT = 1.0
BOILERPLATE_WEIGHT = 0.1
MARGIN_WEIGHT = 0.3
OPENING_BLOCKS = 3
"""Blocks after the first heading that count as the opening, where most letters say what they want."""

_BOILERPLATE = re.compile(
    r"klagevejledning|klagefrist|du kan klage|kan klage over|hvis du (?:vil|ønsker at) klage|klagen (?:skal )?sendes|"
    r"er du uenig i (?:afgørelsen|vores)|kan påklages|ankestyrelsen|klagenævnet|nævnenes hus|"
    r"personoplysninger|databeskyttelse|gdpr|databeskyttelsesrådgiver|persondata|datatilsynet|"
    r"behandler oplysninger om dig|privatlivspolitik|"
    r"sendt (?:til dig )?(?:via|med) digital post|dette brev er sendt|kan ikke besvares|"
    r"åbningstid|telefontid|\bean[- ]?nr|\bcvr[- ]?nr",
    re.IGNORECASE,
)
_ONLY_HEADING = re.compile(
    r"^\W*(?:klagevejledning|klageadgang|behandling af personoplysninger|databeskyttelse)\W*$", re.IGNORECASE
)
_ADDRESS_LINE = re.compile(r"\b\d{4} [A-ZÆØÅ]|\b(?:tlf|telefon|e-?mail|cvr|ean|www)\b", re.IGNORECASE)


def block_weights(letter: Letter) -> list[tuple[int, int, float]]:
    """Return ``(start, end, weight)`` of each block in reading order; a letter without blocks is one block."""
    blocks = letter.blocks or (Block(BlockKind.PARAGRAPH, 0, len(letter.text)),)
    rows: list[tuple[int, int, float]] = []
    since_heading: int | None = None
    in_boilerplate = False
    for block in blocks:
        text = letter.text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            in_boilerplate = bool(_ONLY_HEADING.match(text))
            if since_heading is None and not in_boilerplate:
                since_heading = 0
        weight = _weight(block, text, since_heading)
        rows.append((block.start, block.end, BOILERPLATE_WEIGHT if in_boilerplate else weight))
        if since_heading is not None and block.kind is not BlockKind.HEADING:
            since_heading += 1
    return rows


def _weight(block: Block, text: str, since_heading: int | None) -> float:
    if block.kind in (BlockKind.HEADER, BlockKind.FOOTER):
        return MARGIN_WEIGHT
    if _BOILERPLATE.search(text):
        return BOILERPLATE_WEIGHT
    if block.kind is BlockKind.HEADING:
        return HEADING_WEIGHT
    if since_heading is None and len(text) < 200 and _ADDRESS_LINE.search(text):
        return MARGIN_WEIGHT
    if since_heading is not None and since_heading < OPENING_BLOCKS:
        return OPENING_WEIGHT
    return BODY_WEIGHT
