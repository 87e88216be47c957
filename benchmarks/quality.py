"""Prints how good the subjects are on labelled texts: ``python benchmarks/quality.py [FOLDER or FILE.jsonl ...]``.

The texts are JSON Lines with ``id``, ``text``, ``kle`` (acceptable subjects, best first; empty: none may be claimed)
and, where rows share text, ``cluster`` (a cluster counts as one). Without an argument it looks in ``../shared/eval``
and says so when that is absent. Nothing is trained on them.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markup_assistant import Assistant
from markup_assistant.letters.read import read_bytes

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "eval"


def main() -> None:
    """Print one line a file."""
    places = [Path(argument) for argument in sys.argv[1:]] or [DEFAULT]
    files = [file for place in places for file in (sorted(place.glob("*.jsonl")) if place.is_dir() else [place])]
    if not any(file.is_file() for file in files):
        print(f"No labelled texts in {', '.join(map(str, places))}: nothing measured.")
        return
    assistant = Assistant()
    print(f"model {assistant.model.name}, {assistant.catalogue.name}")
    print(f"{'set':<16}{'rows':>6}{'P@1':>7}{'R@5':>7}{'group':>7}{'sure':>7}{'right':>7}{'ms':>7}  left alone")
    for file in files:
        print(_line(assistant, file))


def _line(assistant: Assistant, file: Path) -> str:
    rows = list(_rows(file))
    sizes = Counter(row.get("cluster", row["id"]) for row in rows if row["kle"])
    weight = first = five = group = sure = sure_right = 0.0
    alone = left = 0
    begun = time.process_time()
    for row in rows:
        suggestions = assistant.suggest(read_bytes(row["text"].encode(), ".txt"))
        numbers = [subject.value for subject in suggestions.subjects]
        if not row["kle"]:
            alone += 1
            left += suggestions.verdict.value == "unsure"
            continue
        share = 1 / sizes[row.get("cluster", row["id"])]
        weight += share
        right = bool(numbers) and numbers[0] in row["kle"]
        first += share * right
        five += share * any(number in row["kle"] for number in numbers)
        group += share * (bool(numbers) and any(numbers[0][:5] == known[:5] for known in row["kle"]))
        if suggestions.verdict.value == "sure":
            sure += share
            sure_right += share * right
    spent = (time.process_time() - begun) * 1000 / max(len(rows), 1)
    weight = weight or 1.0
    precise = f"{sure_right / sure:>7.2f}" if sure else f"{'-':>7}"
    return (
        f"{file.stem:<16}{len(rows):>6}{first / weight:>7.3f}{five / weight:>7.3f}{group / weight:>7.3f}"
        f"{sure / weight:>7.2f}{precise}{spent:>7.1f}  {f'{left} of {alone}' if alone else ''}"
    )


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


if __name__ == "__main__":
    main()
