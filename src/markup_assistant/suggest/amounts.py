"""Amounts of money as Danish letters write them: ``1.234,50 kr.``, ``kr. 500,-``, ``2.520 kroner``."""

import re
from dataclasses import dataclass

_NUMBER = r"(?:\d{1,3}(?:[. ]\d{3}){1,3}|\d{1,9})(?:,\d{2}|,-+|,–)?"
_AMOUNT = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"(?:kr|dkk)\.?[ \t]{{0,20}}(?P<after>{_NUMBER})(?![\w/]|[.,]\d|[ \t]?(?:mio|mia|pct|%))"
    rf"|(?P<before>{_NUMBER})[ \t]{{0,3}}(?:kr\b\.?|kroner\b|dkk\b)(?!\.?\s?\d)"
    r"|(?P<bare>(?:\d{1,3}(?:\.\d{3}){1,3}|\d{1,6}),(?:\d{2}|-))"
    r"(?![\w%/]|[.,]\d|[ \t]?(?:pct|%|mio|mia|m²|m2|timer|km|stk))"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AmountMatch:
    """An amount at ``text[start:end]``; ``value`` has a decimal point and two decimals.

    ``bare`` says that no currency stood beside it, as in the columns of a bill.
    """

    value: str
    start: int
    end: int
    bare: bool = False


def find_amounts(text: str, start: int = 0, end: int | None = None) -> list[AmountMatch]:
    """Return the amounts written in ``text[start:end]``, in order."""
    found = []
    for match in _AMOUNT.finditer(text, start, len(text) if end is None else end):
        written = match["after"] or match["before"] or match["bare"]
        found.append(AmountMatch(_decimal(written), *match.span(), bare=match["bare"] is not None))
    return found


def _decimal(written: str) -> str:
    whole, _, rest = written.replace(" ", "").replace(".", "").partition(",")
    return f"{int(whole)}.{rest if rest.isdigit() else '00'}"
