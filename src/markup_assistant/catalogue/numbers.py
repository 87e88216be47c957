"""KLE numbers as people write them."""

import re

_DIGITS = re.compile(r"\d\d(?:\d\d(?:\d\d)?)?")
_SEPARATED = re.compile(r"[\s.,/_-]+")

MAX_TYPED = 40
"""Characters of a typed number that are looked at: a KLE number has eight, a journal number under forty."""


def normal_number(typed: str) -> str:
    """Return ``27.36.04`` for ``273604``, ``27 36 04`` or `` 27.36.04 ``; anything else as it was typed."""
    digits = _SEPARATED.sub("", typed[:MAX_TYPED])
    return dotted(digits) if _DIGITS.fullmatch(digits) else typed.strip()


def dotted(digits: str) -> str:
    """Return digits with a point after every second: ``2736`` as ``27.36``, ``273`` as ``27.3``."""
    return ".".join(digits[start : start + 2] for start in range(0, len(digits), 2))


def nearest_numbers(typed: str, numbers: list[str], count: int = 5) -> tuple[str, ...]:
    """Return the numbers or codes that begin most like the typed one, those closest to it first."""
    wanted = normal_number(typed)
    if not wanted[:1].isalpha():
        wanted = dotted("".join(sign for sign in wanted[:MAX_TYPED] if sign.isdigit()))
    last = _value(wanted)

    def distance(number: str) -> tuple[int, int, int]:
        return -_common(wanted, number), abs(len(number) - len(wanted)), abs(_value(number) - last)

    return tuple(sorted(sorted(numbers, key=distance)[:count]))


def _common(one: str, other: str) -> int:
    for place, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return place
    return min(len(one), len(other))


def _value(number: str) -> int:
    """Return the number's place on a line, so that 27.36.05 is nearer to 27.36.06 than to 27.36.12."""
    digits = "".join(sign for sign in number if sign in "0123456789")
    return int((digits + "000000")[:6])
