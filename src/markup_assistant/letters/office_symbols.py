"""Characters that Word takes out of picture fonts (``w:sym``), as far as a letter means something by them."""

_PRIVATE = 0xF000
_WINGDINGS = {
    0x28: "☎",
    0x2A: "✉",
    0x6C: "•",
    0x6E: "•",
    0x6F: "☐",
    0x71: "☐",
    0xA7: "•",
    0xA8: "☐",
    0xD8: "•",
    0xE0: "→",
    0xF0: "→",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐"}
_SYMBOL = {0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xAE: "→", 0xBC: "…", 0x2D: "-"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """Return the character for a font and a hexadecimal code, or nothing where it is only decoration."""
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.lower())
    if known is not None:
        return known.get(point - _PRIVATE if point >= _PRIVATE else point, "")
    return chr(point) if 0x20 <= point < 0xD800 else ""
