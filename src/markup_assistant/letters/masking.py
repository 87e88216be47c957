"""Hides Danish personal numbers (CPR) without moving a character."""

import re
from collections.abc import Iterator

MASK = "•"

_SPACE = "[ \u00a0\u2009\u202f]"
_HYPHEN = "[-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad]"
_DAY = "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_MONTH = "(?:0[1-9]|1[0-2])"

_CPR = re.compile(
    f"(?<![0-9]){_DAY}(?P<gap>{_SPACE}?){_MONTH}(?P=gap)[0-9]{{2}}"
    f"(?P<between>{_SPACE}?{_HYPHEN}{_SPACE}?|{_SPACE}|)[0-9]{{4}}(?![0-9])"
)
"""DDMMYY-SSSS; 60 is added to the day in a replacement number (the CPR office's rules for "erstatnings-CPR").

No modulus is checked: numbers given out since 2007 need not pass it
(https://cpr.dk, "Personnumre uden kontrolciffer").
"""

_JOINT = "-.,/+\u2013"
_MONEY = re.compile(r"\s{0,2}(?:kr\b|kroner\b|DKK\b|EUR\b|,-)", re.IGNORECASE)
_OTHER_LABEL = re.compile(r"(?:\bp-?\s?(?:nr|nummer)|\bgln|\bean)\.?\s{0,2}:?\s{0,2}\Z", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")


def mask_cpr(text: str) -> str:
    """Return the text with the digits of every personal number as ``•``; its length and offsets stay."""
    parts = []
    last = 0
    for start, end in find_cpr(text):
        parts += [text[last:start], _DIGIT.sub(MASK, text[start:end])]
        last = end
    return "".join([*parts, text[last:]])


def find_cpr(text: str) -> list[tuple[int, int]]:
    """Return the spans of personal numbers, in order.

    Written with a hyphen or spaces it is one by its look. Ten digits in a row are one unless they are part of
    something longer (a case number, a telephone number with country code), an amount, or labelled otherwise.
    """
    return list(_spans(text))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    matches = list(_CPR.finditer(text))
    certain = [bool(match["gap"] or match["between"]) for match in matches]
    for number, match in enumerate(matches):
        start, end = match.span()
        if not certain[number]:
            # A neighbour that is a personal number itself makes a list, not something longer.
            left = number > 0 and certain[number - 1] and matches[number - 1].end() == start - 1
            right = number + 1 < len(matches) and certain[number + 1] and matches[number + 1].start() == end + 1
            if (_joined(text, start - 2, start - 1) and not left) or _is_number_of_other_kind(text, start, end):
                continue
            if _joined(text, end + 1, end) and not right:
                continue
        yield start, end


def _joined(text: str, digit: int, joint: int) -> bool:
    """Whether a sign at ``joint`` ties the number to a digit beyond it; a plus needs none."""
    if not 0 <= joint < len(text) or text[joint] not in _JOINT:
        return False
    return (text[joint] == "+" and joint > digit) or (0 <= digit < len(text) and "0" <= text[digit] <= "9")


def _is_number_of_other_kind(text: str, start: int, end: int) -> bool:
    return bool(_MONEY.match(text, end) or _OTHER_LABEL.search(text[max(0, start - 20) : start]))
