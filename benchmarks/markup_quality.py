"""Prints how good facets, actions and details are: ``python benchmarks/markup_quality.py [FOLDER or FILE.jsonl ...]``.

A folder of labelled letters is read as ``data/letters`` is; a ``.jsonl`` file has ``text``, ``facet`` (acceptable
codes, best first) and ``actions``. Without an argument it looks at ``data/letters`` and, where it is,
``../shared/eval/letters.jsonl``. The subject that facets are given is the labelled one.
"""

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markup_assistant.learning.corpus import load_corpus
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.placeholders import find_placeholders
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import ACTION_CODES, DETAILS, Action, Detail, FieldRef
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.actions import suggest_actions
from markup_assistant.suggest.cues import find_cues
from markup_assistant.suggest.facets import suggest_facets

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval" / "letters.jsonl"
_PREPOSITION = re.compile(r"(?:på|i|ved|hos)\s+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A letter with its right facets (the best first) and actions: details by name by code."""

    letter: Letter
    subject: str
    facets: tuple[str, ...]
    actions: Mapping[str, Mapping[str, str]]


@dataclass
class Counts:
    """What was right and wrong over a set of letters."""

    facets: Counter[tuple[bool, bool]] = field(default_factory=Counter)  # (labelled G01, right)
    found: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    details: Counter[tuple[str, bool]] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    without: Counter[bool] = field(default_factory=Counter)  # letters without an action: was one suggested?


def main() -> None:
    """Print a table for each set."""
    places = [Path(argument) for argument in sys.argv[1:]] or [shipped_folder("data") / "letters", EVAL]
    for place in places:
        if not place.exists():
            print(f"{place}: not there, not measured.")
            continue
        letters = list(_from_rows(place) if place.is_file() else _from_corpus(place))
        begun = time.process_time()
        counts = _count(letters)
        spent = (time.process_time() - begun) * 1000 / max(1, len(letters))
        _print(place.name, len(letters), counts, spent)


def _from_corpus(folder: Path) -> Iterator[Labelled]:
    for labelled in load_corpus(folder):
        if labelled.subject:
            actions = {action.code: action.details for action in labelled.actions}
            yield Labelled(labelled.letter, labelled.subject, (labelled.facet,), actions)


def _from_rows(file: Path) -> Iterator[Labelled]:
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        actions = {
            action["code"]: {name: action[name] for name in DETAILS[action["code"]] if action.get(name)}
            for action in row.get("actions") or []
        }
        subject = row["kle"][0] if row.get("kle") else ""
        yield Labelled(read_bytes(row["text"].encode(), ".txt"), subject, tuple(row.get("facet") or ()), actions)


def _count(letters: list[Labelled]) -> Counts:
    counts = Counts()
    for labelled in letters:
        cues = find_cues(labelled.letter)
        if labelled.facets:
            first = suggest_facets(labelled.letter, labelled.subject, 1, found=cues)[0].value
            counts.facets[labelled.facets[0] == "G01", first in labelled.facets] += 1
        got = {suggestion.value.code: suggestion.value for suggestion in suggest_actions(labelled.letter, found=cues)}
        if not labelled.actions:
            counts.without[bool(got)] += 1
        for code in got.keys() | labelled.actions.keys():
            if code not in labelled.actions:
                counts.false[code] += 1
            elif code not in got:
                counts.missed[code] += 1
            else:
                counts.found[code] += 1
                _count_details(counts, labelled.actions[code], got[code])
    return counts


def _count_details(counts: Counts, right: Mapping[str, str], action: Action) -> None:
    for name, value in right.items():
        got = action.details.get(name)
        counts.details[name, got is not None and _plain(name, got) == _plain(name, value)] += 1
    for name in action.details.keys() - right.keys():
        counts.invented[name] += 1


def _plain(name: str, value: Detail) -> str:
    """Return a detail without what is a matter of taste: case, a place's preposition, an address's scheme."""
    if isinstance(value, FieldRef):
        return f"{value.field} {value.time}".strip().casefold()
    fields = find_placeholders(value)
    rest = value
    for placeholder in fields:
        rest = rest.replace(value[placeholder.start : placeholder.end], "")
    if fields and not re.sub(r"\bkl\.?|\W", "", rest):
        return " ".join(placeholder.name for placeholder in fields).casefold()
    value = value.strip().casefold()
    if name == "location":
        value = _PREPOSITION.sub("", value, count=1)
    if name == "url":
        value = re.sub(r"^https?://", "", value).rstrip("/")
    return f"{float(value):.2f}" if name == "amount" and re.fullmatch(r"\d+(\.\d+)?", value) else value


def _print(name: str, size: int, counts: Counts, spent: float) -> None:
    print(f"\n{name}: {size} letters, {spent:.1f} ms a letter")
    ordinary = _share(counts.facets[True, True], counts.facets[True, False])
    other = _share(counts.facets[False, True], counts.facets[False, False])
    right = counts.facets[True, True] + counts.facets[False, True]
    print(f"facet right {_share(right, counts.facets.total() - right)}   of G01 {ordinary}   of the others {other}")
    print(f"{'action':<16}{'n':>5}{'precision':>11}{'recall':>8}{'F1':>6}")
    for code in (*ACTION_CODES, "all"):
        found, false, missed = (
            counter.total() if code == "all" else counter[code]
            for counter in (counts.found, counts.false, counts.missed)
        )
        f1 = _share(2 * found, false + missed)
        print(f"{code:<16}{found + missed:>5}{_share(found, false):>11}{_share(found, missed):>8}{f1:>6}")
    print("detail exactly right: " + "  ".join(_details(counts)))
    print(f"letters that ask for nothing and got an action: {counts.without[True]} of {counts.without.total()}")


def _details(counts: Counts) -> Iterator[str]:
    exact = sum(number for (_, right), number in counts.details.items() if right)
    yield f"all {_share(exact, counts.details.total() - exact)}"
    for name in dict.fromkeys(name for names in DETAILS.values() for name in names):
        right, wrong = counts.details[name, True], counts.details[name, False]
        if right + wrong:
            yield f"{name} {_share(right, wrong)} (+{counts.invented[name]})"


def _share(part: int, rest: int) -> str:
    return f"{part / (part + rest):.2f}" if part + rest else "-"


if __name__ == "__main__":
    main()
