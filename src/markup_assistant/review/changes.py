"""What has changed in a letter since it was decided: lines, and in them the words, for a caseworker to read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from markup_assistant.letters.masking import MASK, MASKED


class ChangeKind(StrEnum):
    """How much has changed."""

    NONE = "none"  # not a word: white space and line breaks say nothing
    NUMBERS = "numbers"  # numbers, dates and amounts alone
    WORDS = "words"
    MUCH = "much"  # another letter, or more than can be compared


@dataclass(frozen=True, slots=True)
class Span:
    """What one side of a change has and the other has not: ``lines[line][start:end]``."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """Lines below one another that have changed; one side is empty where they were added or taken out.

    Attributes:
        before: the lines as they were, without white space around them; one longer than 1,000 characters is several.
        after: the lines as they are.
        before_spans: what of ``before`` is gone, in order.
        after_spans: what of ``after`` is new, in order.
        before_line: number (from 1) of the first line in the former text; where nothing is gone, of the next line.
        after_line: the same in the text as it is.
        leading: the lines above that stayed.
        trailing: the lines below that stayed.
        cut: whether this is only the beginning of more than can be compared.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    before_spans: tuple[Span, ...] = ()
    after_spans: tuple[Span, ...] = ()
    before_line: int = 1
    after_line: int = 1
    leading: tuple[str, ...] = ()
    trailing: tuple[str, ...] = ()
    cut: bool = False


MOST_WORK = 50_000_000
"""Product of two lengths that are compared: 7,000 changed words with as many others, a hundredth of a second."""

MOST_CHARACTERS = 400_000
"""Characters of the lines that differ, both sides together: a hundred pages, a second for the worst of them."""

MUCH = 0.6
"""Share of all words that are gone or new from which a letter counts as rewritten."""

UNLIKE = 0.7
"""The same of a line: it is marked whole, as so many marked words are harder to read."""

SHOWN_LINES = 40
"""Lines of each side that are given where more has changed than can be compared."""

_LINE = re.compile(r"[^\n]{1,1000}?(?:[.!?](?=\s)|(?=\n|\Z))")
_LONG_LINE = 1_000
_WORD = re.compile(rf"{MASKED.pattern}|\w+(?:[.,:/\u2013-]\w+)*|[^\w\s]")
_VALUE = re.compile(r"[\W\d_]+\Z")
_VALUE_WORDS = frozenset(
    "januar februar marts april maj juni juli august september oktober november december jan feb mar apr jun jul aug "
    "sep okt nov dec mandag tirsdag onsdag torsdag fredag lørdag søndag kr kroner dkk eur kl klokken den d pct".split()
)
_RULE_WORDS = frozenset("§ stk paragraf paragrafferne kapitel kap artikel art litra".split())
"""After these a number names a rule: another one is another rule, not another value."""

_JOINED = 3
"""Characters of a lone word between two changes up to which they are shown as one."""


class _Line(NamedTuple):
    number: int
    text: str
    key: str


class _Word(NamedTuple):
    """A word or sign: what it is compared by, and its characters in one of several lines."""

    key: str
    line: int
    start: int
    end: int


class _Run(NamedTuple):
    """A stretch that differs: ``[start:end]`` of the one sequence, ``[begin:stop]`` of the other."""

    start: int
    end: int
    begin: int
    stop: int


def kind_of_change(before: str, after: str) -> ChangeKind:
    """Return how much of a letter has changed."""
    old, new = _lines(before), _lines(after)
    if _said(old) == _said(new):
        return ChangeKind.NONE
    blocks = _blocks(old, new)
    if blocks is None:
        return ChangeKind.MUCH
    changed, values, told = 0, True, False
    for block in blocks:
        was, now = _words(old[block.start : block.end]), _words(new[block.begin : block.stop])
        runs = _runs([word.key for word in was], [word.key for word in now])
        if runs is None:
            return ChangeKind.MUCH
        for words, at in _changed(was, now, runs):
            changed += words[at].key[0].isalnum() or words[at].key == MASK
            values = values and _is_value(words, at)
            told = True
    if not told:
        return ChangeKind.NONE
    if values and changed:
        return ChangeKind.NUMBERS
    total = sum(len(line.key.split()) for line in (*old, *new))
    return ChangeKind.MUCH if changed >= MUCH * total else ChangeKind.WORDS


def changes(before: str, after: str, context: int = 1) -> tuple[Change, ...]:
    """Return what has changed, from top to bottom, each with up to ``context`` lines on both sides that stayed.

    Blank lines, white space, and where lines break are no change. Of more than can be compared in good time the
    answer is the beginning, one change that is ``cut``.
    """
    old, new = _lines(before), _lines(after)
    if _said(old) == _said(new):
        return ()
    blocks = _blocks(old, new)
    if blocks is None:
        return (_beginning(old, new),)
    found = []
    uppers = [0, *(block.stop for block in blocks)]
    lowers = [*(block.begin for block in blocks[1:]), len(new)]
    for block, upper, lower in zip(blocks, uppers, lowers, strict=False):
        change = _change(old[block.start : block.end], new[block.begin : block.stop])
        if change is not None:
            leading = new[max(upper, block.begin - context) : block.begin]
            trailing = new[block.stop : min(lower, block.stop + context)]
            found.append(
                replace(
                    change,
                    before_line=_number(old, block.start),
                    after_line=_number(new, block.begin),
                    leading=tuple(line.text for line in leading),
                    trailing=tuple(line.text for line in trailing),
                )
            )
    return tuple(found)


def _lines(text: str) -> list[_Line]:
    """Return the lines that are not blank; long ones by sentences, so that a change in one leaves the others be."""
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        for piece in [line] if len(line) <= _LONG_LINE else _pieces(line):
            shown = piece.strip()
            if shown:
                found.append(_Line(number, shown, " ".join(MASKED.sub(MASK, shown).split())))
    return found


def _pieces(line: str) -> Iterator[str]:
    at = 0
    while at < len(line):
        sentence = _LINE.match(line, at)
        end = sentence.end() if sentence else at + _LONG_LINE
        yield line[at:end]
        at = end


def _words(lines: Sequence[_Line]) -> list[_Word]:
    return [
        _Word(MASK if match.group().startswith(MASK) else match.group(), at, match.start(), match.end())
        for at, line in enumerate(lines)
        for match in _WORD.finditer(line.text)
    ]


def _said(lines: Iterable[_Line]) -> str:
    return " ".join(line.key for line in lines)


def _blocks(old: Sequence[_Line], new: Sequence[_Line]) -> list[_Run] | None:
    """Return the lines that differ, or nothing where they are more than can be compared word by word."""
    runs = _runs([line.key for line in old], [line.key for line in new])
    if runs is None:
        return None
    spans = [line for run in runs for line in (*old[run.start : run.end], *new[run.begin : run.stop])]
    return runs if sum(len(line.text) for line in spans) <= MOST_CHARACTERS else None


def _changed(was: list[_Word], now: list[_Word], runs: Iterable[_Run]) -> Iterator[tuple[list[_Word], int]]:
    """Yield every word that is gone or new by its place among its neighbours."""
    for run in runs:
        yield from ((was, at) for at in range(run.start, run.end))
        yield from ((now, at) for at in range(run.begin, run.stop))


def _runs(one: Sequence[str], other: Sequence[str]) -> list[_Run] | None:
    """Return the stretches in which two sequences differ, in order; nothing where to find them takes too long.

    The longest common subsequence is found bit by bit (rapidfuzz): its time is the product of the lengths, whatever
    they hold, where that of ``difflib`` grows with how often a word is repeated.
    """
    first = 0
    shorter = min(len(one), len(other))
    while first < shorter and one[first] == other[first]:
        first += 1
    last = 0
    while last < shorter - first and one[-1 - last] == other[-1 - last]:
        last += 1
    left, right = one[first : len(one) - last], other[first : len(other) - last]
    if len(left) * len(right) > MOST_WORK:
        return None
    numbers: dict[str, int] = {}
    coded = [[numbers.setdefault(key, len(numbers)) for key in side] for side in (left, right)]
    runs = []
    at, to = 0, 0
    for block in LCSseq.editops(*coded).as_matching_blocks():
        if block.a > at or block.b > to:
            runs.append(_Run(first + at, first + block.a, first + to, first + block.b))
        at, to = block.a + block.size, block.b + block.size
    return runs


def _change(old: Sequence[_Line], new: Sequence[_Line]) -> Change | None:
    """Return how lines differ that stand in the same place; nothing where only their ends do."""
    was, now = _words(old), _words(new)
    runs = _runs([word.key for word in was], [word.key for word in now])
    if runs is None:
        runs = [_Run(0, len(was), 0, len(now))]
    elif not runs:
        return None
    runs = _joined(runs, was)
    return Change(
        tuple(line.text for line in old),
        tuple(line.text for line in new),
        _spans(old, was, [(run.start, run.end) for run in runs]),
        _spans(new, now, [(run.begin, run.stop) for run in runs]),
    )


def _joined(runs: Iterable[_Run], words: Sequence[_Word]) -> list[_Run]:
    """Return the stretches, two as one where nothing but a short word stands between them."""
    joined: list[_Run] = []
    for run in runs:
        former = joined[-1] if joined else None
        if former and run.start - former.end == 1 and len(words[former.end].key) <= _JOINED:
            joined[-1] = _Run(former.start, run.end, former.begin, run.stop)
        else:
            joined.append(run)
    return joined


def _spans(lines: Sequence[_Line], words: Sequence[_Word], runs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Return the words of the stretches as spans of lines; a line whose words have nearly all changed is one span."""
    counts = [0] * len(lines)
    for word in words:
        counts[word.line] += 1
    marked: dict[int, list[Span]] = {}
    changed = [0] * len(lines)
    for start, end in runs:
        previous = -1
        for word in words[start:end]:
            spans = marked.setdefault(word.line, [])
            if word.line == previous:
                spans[-1] = replace(spans[-1], end=word.end)
            else:
                spans.append(Span(word.line, word.start, word.end))
            previous = word.line
            changed[word.line] += 1
    for line, spans in marked.items():
        if changed[line] >= UNLIKE * counts[line]:
            spans[:] = [Span(line, 0, len(lines[line].text))]
    return tuple(span for line in sorted(marked) for span in marked[line])


def _beginning(old: Sequence[_Line], new: Sequence[_Line]) -> Change:
    """Return the first lines from where two texts part."""
    first = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one.key != other.key), 0)
    gone, come = ([line.text for line in side[first : first + SHOWN_LINES]] for side in (old, new))
    return Change(
        tuple(gone),
        tuple(come),
        tuple(Span(at, 0, len(text)) for at, text in enumerate(gone)),
        tuple(Span(at, 0, len(text)) for at, text in enumerate(come)),
        before_line=_number(old, first),
        after_line=_number(new, first),
        cut=True,
    )


def _number(lines: Sequence[_Line], at: int) -> int:
    """Return the number of a line in its text; behind the last one the next number."""
    if at < len(lines):
        return lines[at].number
    return lines[-1].number + 1 if lines else 1


def _is_value(words: Sequence[_Word], at: int) -> bool:
    """Whether a word is a part of a number, date or amount, and not of the name of a rule (``§ 100, stk. 2``)."""
    key = words[at].key
    if key in _RULE_WORDS or not (_VALUE.match(key) or key.casefold() in _VALUE_WORDS):
        return False
    return not any(word.key.casefold() in _RULE_WORDS for word in words[max(0, at - 2) : at])
