"""How the assistant learns in a municipality that writes otherwise: keys and P@1 against the letters decided.

A caseworker of the invented Sandholm Kommune (``benchmarks/municipality``) decides letter by letter, each as the
municipality files it; nothing is trained in between, the memory alone learns. P@1 is that of the letters that are
not decided yet. The assistant's order (the doubtful first, versions of one template spread out, judged anew after
each decision) is set against ten random ones.

    python benchmarks/learning_curve.py
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.markup import Markup, Suggestions
from markup_assistant.suggest.assistant import Assistant
from markup_assistant.suggest.memory import Memory, Remembered, Trace
from markup_assistant.suggest.review_order import teaching_order
from markup_assistant.suggest.sketch import sketch

MUNICIPALITY = Path(__file__).parent / "municipality"
MEASURED_AT = (0, 5, 10, 20, 30, 40, 50, 75, 100, 125)
TYPED_KEYS = 10
"""Keys for a number that is not on the card: eight figures with dots, Enter, and Enter to accept."""

_CLASSES = {"unsure": 0, "check": 1, "sure": 2}


@dataclass(frozen=True, slots=True)
class Curve:
    """Figures by how many letters were decided: P@1 of the others, keys so far, and how many were wrong so far."""

    precision: dict[int, float]
    keys: dict[int, float]
    wrong: dict[int, int]


class Municipality:
    """The letters with what does not change: their traces and sketches."""

    def __init__(self, assistant: Assistant, letters: Sequence[LabelledLetter]) -> None:
        self.assistant = assistant
        self.letters = list(letters)
        self.traces: list[Trace] = [assistant.trace(one.letter) for one in letters]
        self.sketches = [sketch(one.letter) for one in letters]

    def walk(self, choose: Callable[[list[int], Memory], int]) -> Curve:
        """Decide letter by letter in an order and measure on the way."""
        memory = Memory()
        left = list(range(len(self.letters)))
        precision: dict[int, float] = {}
        keys: dict[int, float] = {}
        wrong: dict[int, int] = {}
        total, missed = 0, 0
        for step in range(max(MEASURED_AT) + 1):
            if step in MEASURED_AT:
                precision[step] = float(np.mean([self.right(at, memory) for at in left]))
                keys[step], wrong[step] = total / max(step, 1), missed
            at = choose(left, memory)
            suggested = [one.value for one in self.suggest(at, memory).subjects]
            accepted = self.letters[at].accepted
            place = next((number for number, value in enumerate(suggested, 1) if value in accepted), 0)
            total += 1 if place == 1 else 2 if place else TYPED_KEYS
            missed += place != 1
            decided = suggested[0] if place == 1 else accepted[0]
            memory.remember(str(at), Remembered(self.letters[at].id, Markup(decided)), self.traces[at])
            left.remove(at)
        return Curve(precision, keys, wrong)

    def suggest(self, at: int, memory: Memory) -> Suggestions:
        """Return the suggestions for a letter."""
        return self.assistant.suggest(self.letters[at].letter, memory=memory)

    def right(self, at: int, memory: Memory) -> bool:
        """Whether the first suggestion is one that the municipality accepts."""
        found = self.suggest(at, memory).subjects
        return bool(found) and found[0].value in self.letters[at].accepted


def main() -> None:
    """Print both curves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--random", type=int, default=10, help="random orders (10)")
    orders = parser.parse_args().random
    place = Municipality(Assistant(), load_corpus(MUNICIPALITY))
    curves = {"assistant": [place.walk(_assistants_order(place))]}
    curves["random"] = [place.walk(_random_order(seed)) for seed in range(orders)]
    print(f"{len(place.letters)} letters of {len({one.letter_type for one in place.letters})} types")
    print(f"{'order':<10} {'decided':>8} {'corrected':>10} {'P@1 of the others':>18} {'keys a letter so far':>21}")
    for name, found in curves.items():
        for step in MEASURED_AT:
            precision = np.mean([one.precision[step] for one in found])
            keys = np.mean([one.keys[step] for one in found])
            wrong = np.mean([one.wrong[step] for one in found])
            print(f"{name:<10} {step:>8} {wrong:>10.1f} {precision:>18.3f} {keys:>21.2f}")


def _assistants_order(place: Municipality) -> Callable[[list[int], Memory], int]:
    def choose(left: list[int], memory: Memory) -> int:
        judged = {at: place.suggest(at, memory) for at in left}

        def doubt(at: int) -> tuple[int, float]:
            best = judged[at].subjects[0].confidence if judged[at].subjects else 0.0
            return _CLASSES[judged[at].verdict.value], best

        return teaching_order(left, doubt, lambda at: place.sketches[at])[0]

    return choose


def _random_order(seed: int) -> Callable[[list[int], Memory], int]:
    random = np.random.default_rng(seed)
    return lambda left, _: int(random.choice(left))


if __name__ == "__main__":
    main()
