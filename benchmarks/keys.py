"""Prints how many keys a letter takes in the review: ``python -m benchmarks.keys [MODEL]``.

A hundred labelled letters, drawn once and for all, are reviewed by a scripted caseworker who wants the labelled subject
(or another that counts as right), facet and actions, leaves details and target as suggested, and takes the way with the
fewest keys that stands on the screen: Enter, a digit of the card, Tab and a digit, or what the help says can be typed.
The letters' types are held out of the model, which is trained for this unless MODEL is a folder with one.

It is measured with each letter alone, and in a folder with three later versions of each, where the decided letters are
remembered, without and with giving all that look alike the same markup (F8). Reading is not counted, nor is what else
a person does. Seeds are fixed.
"""

import random
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.likeness import VERSIONS, long_sentences

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.markup import Markup, Outcome, Part
from markup_assistant.review.card import LineKind, card_lines
from markup_assistant.review.conversation import Conversation
from markup_assistant.review.desk import Desk
from markup_assistant.review.intents import Accept, Pick, Propagate
from markup_assistant.review.propagation import open_alike
from markup_assistant.settings import Settings
from markup_assistant.shipped import shipped_folder
from markup_assistant.store.opening import open_store
from markup_assistant.suggest.laws import load_laws
from markup_assistant.texts import get_texts

LETTERS = 100
SEED = 2026
LATER = ("other citizen", "one sentence added", "one sentence changed")
"""The versions of each letter that lie in the folder beside it."""

PARTS = (None, *Part)
"""What Tab goes through, round and round; Shift+Tab goes the other way."""

TYPED = {Part.SUBJECT: "{}", Part.FACET: "{}"}
"""What is typed for a value: its number or code alone."""
ENTER = 1


def main() -> None:
    """Print the tables."""
    corpus = load_corpus(shipped_folder("data") / "letters")
    sample = random.Random(SEED).sample([item for item in corpus if item.subject], LETTERS)  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        model = Path(sys.argv[1]) if sys.argv[1:] else trained_without(sample, corpus, folder / "model")
        alone = {f"{place:03}.txt": (item.letter.text, item) for place, item in enumerate(sample)}
        versions = dict(with_versions(sample, corpus))
        table("each letter alone", review(alone, folder / "alone", model, propagate=False))
        table("with three versions of each", review(versions, folder / "versions", model, propagate=False))
        table("the same, with F8", review(versions, folder / "propagated", model, propagate=True))


Letters = Mapping[str, tuple[str, LabelledLetter]]


def trained_without(sample: Sequence[LabelledLetter], corpus: Sequence[LabelledLetter], folder: Path) -> Path:
    """Train a model without the letter types of the sample."""
    # Only who trains loads scikit-learn.
    from markup_assistant.learning.train import train  # noqa: PLC0415 - see above
    from markup_assistant.learning.write import write_bundle  # noqa: PLC0415 - see above

    held = {item.letter_type for item in sample}
    kept = [item for item in corpus if item.letter_type not in held]
    print(f"training without {len(held)} letter types on {len(kept)} letters …", file=sys.stderr)
    catalogue_folder = shipped_folder("kle_catalogue")
    catalogue = load_catalogue(catalogue_folder)
    trained = train(catalogue, kept, load_laws(catalogue_folder), lambda *_: None)
    write_bundle(folder, trained.arrays, {"name": "held-out", "edition": catalogue.name, "metrics": trained.metrics})
    return folder


def with_versions(
    sample: Sequence[LabelledLetter], corpus: Sequence[LabelledLetter]
) -> Iterator[tuple[str, tuple[str, LabelledLetter]]]:
    """Yield each letter and its versions by the names of their files, which mix them up."""
    draw = random.Random(SEED)  # noqa: S311 - the same versions at each run
    others = [sentence for item in corpus for sentence in long_sentences(item.letter.text)]
    letters = []
    for item in sample:
        letters.append((item.letter.text, item))
        letters += [(VERSIONS[kind](item.letter, others, draw), item) for kind in LATER]
    draw.shuffle(letters)
    yield from ((f"{place:03}.txt", letter) for place, letter in enumerate(letters))


@dataclass(slots=True)
class Measured:
    """Keys of every letter of a folder (0 for one that got its markup from another), and what they were for."""

    keys: list[int] = field(default_factory=list)
    spent: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    propagated: int = 0
    propagated_right: int = 0


def review(letters: Letters, folder: Path, model: Path, *, propagate: bool) -> Measured:
    """Review a folder of letters."""
    (folder / "breve").mkdir(parents=True)
    for name, (text, _) in letters.items():
        (folder / "breve" / name).write_text(text, encoding="utf-8")
    measured = Measured()
    with conversation(folder, model) as talk:
        for entry in talk.desk.pile:
            talk.desk.open(entry)
        talk.begin()
        while talk.sitting is not None:
            entry = talk.sitting.entry
            decide(talk, letters[entry.path.name][1], measured)
            alike = open_alike(talk, entry)
            if propagate and alike:
                talk.do(Propagate())
                measured.keys[-1] += 1
                measured.spent["F8"] += 1
                count_propagated(talk, letters, [other.path.name for other in alike], measured)
    return measured


@contextmanager
def conversation(folder: Path, model: Path) -> Iterator[Conversation]:
    """Open the review of a folder."""
    store = folder / "decisions.db"
    settings = Settings(model=str(model), store=str(store), blind_percent=0.0)
    with open_store(store) as opened:
        desk = Desk(settings, folder / "breve", opened, person="benchmark")
        try:
            desk.fill()
            yield Conversation(desk, get_texts("da"))
        finally:
            desk.close()


def decide(talk: Conversation, item: LabelledLetter, measured: Measured) -> None:
    """Bring the card to what the label says and accept it; counts the keys of each part."""
    caseworker = Caseworker(talk, measured.ways)
    before = card(talk)
    spent = {
        "subject": caseworker.choose(Part.SUBJECT, item.accepted),
        "facet": caseworker.choose(Part.FACET, (item.facet,)),
        "actions": caseworker.choose_actions({action.code for action in item.actions}),
        "Enter": ENTER,
    }
    measured.spent.update(spent)
    measured.keys.append(sum(spent.values()))
    parts = [part for part in ("subject", "facet", "actions") if spent[part]]
    measured.wrong[" + ".join(parts) or "nothing"] += 1
    if not before.subject:
        measured.wrong["(of these without any suggestion)"] += 1
    if not right(card(talk), item):
        raise AssertionError(f"{item.id}: the card is {card(talk)}")  # the way did not lead there
    talk.do(Accept())


class Caseworker:
    """Changes the card with the fewest keys that the screen shows."""

    def __init__(self, talk: Conversation, ways: Counter[str]) -> None:
        self._talk = talk
        self._ways = ways
        self._focus = 0

    def choose(self, part: Part, wanted: Sequence[str]) -> int:
        """Choose one of some values of a part, the best first, and return the keys that it took."""
        if card(self._talk).value(part) in wanted:
            return 0
        line = TYPED[part].format(wanted[0])
        moves = self._moves(part)
        digit = self._digits(part, wanted)
        if digit and moves + 1 < len(line) + ENTER:
            self._talk.do(Pick(int(digit[0])))
            self._ways[f"{part.value}: {'Tab, ' if moves else ''}digit"] += 1
            return moves + 1
        self._talk.hear(line)
        self._ways[f"{part.value}: typed"] += 1
        return len(line) + ENTER

    def choose_actions(self, wanted: set[str]) -> int:
        """Add what is missing, take away what is too much, and return the keys that it took."""
        now = {action.code for action in card(self._talk).actions}
        words = self._talk.words
        texts = self._talk.texts
        extra, missing = sorted(now - wanted), sorted(wanted - now)
        if not extra and not missing:
            return 0
        lines = [f"fjern {words.action_name(code)}" for code in extra]
        lines += [f"tilføj {words.action_name(code)}" for code in missing]
        typing = sum(len(line) + ENTER for line in lines)
        moves = self._moves(Part.ACTIONS)
        if moves + len(lines) < typing:
            options = [texts("review.option.remove", action=words.action_name(code)) for code in extra]
            options += [texts("review.option.add", action=words.action_name(code)) for code in missing]
            for option in options:
                self._talk.do(Pick(int(self._digits(Part.ACTIONS, (option,))[0])))
            self._ways["actions: Tab, digit"] += 1
            return moves + len(lines)
        for line in lines:
            self._talk.hear(line)
        self._ways["actions: typed"] += 1
        return typing

    def _moves(self, part: Part) -> int:
        """Go to a part by Tab or Shift+Tab, and return how many of them; the subject has the digits at first."""
        if part is Part.SUBJECT and self._focus == 0:
            return 0
        there = PARTS.index(part)
        forward = (there - self._focus) % len(PARTS)
        self._focus = there
        self._talk.focus(part)
        return min(forward, len(PARTS) - forward)

    def _digits(self, part: Part, wanted: Sequence[str]) -> list[str]:
        """Return the digits on the card that pick one of some values."""
        shown = [line for line in card_lines(self._talk) if line.part is part and line.kind is LineKind.OTHER]
        return [line.digit for line in shown if line.text.startswith(tuple(wanted))]


def card(talk: Conversation) -> Markup:
    """Return the markup on the card."""
    if talk.sitting is None:
        raise AssertionError("no letter on the desk")
    return talk.sitting.draft.markup


def right(markup: Markup, item: LabelledLetter) -> bool:
    """Whether a markup has the labelled subject, facet and actions."""
    codes = {action.code for action in markup.actions}
    return (
        markup.subject in item.accepted
        and markup.facet == item.facet
        and codes == {action.code for action in item.actions}
    )


def count_propagated(talk: Conversation, letters: Letters, names: Sequence[str], measured: Measured) -> None:
    """Count the letters that got their markup from another, and for how many it is right."""
    for name in names:
        head = talk.desk.store.heads(str(talk.desk.folder / name))[-1]
        if head.outcome is Outcome.MARKED:
            measured.keys.append(0)
            measured.propagated += 1
            measured.propagated_right += right(head.markup, letters[name][1])


def table(title: str, measured: Measured) -> None:
    """Print the figures of one folder."""
    keys = sorted(measured.keys)
    looked_at = len(keys) - measured.propagated
    print(f"\n{title}: {len(keys)} letters, {looked_at} of them looked at")
    print(f"  keys a letter: mean {statistics.mean(keys):.2f}, median {statistics.median(keys):g}, ", end="")
    print(f"9 of 10 at most {keys[int(len(keys) * 0.9) - 1]}, most {keys[-1]}")
    steps = ((0, 0), (1, 1), (2, 2), (3, 3), (4, 5), (6, 9), (10, 99))
    shares = [(low, high, sum(low <= count <= high for count in keys) / len(keys)) for low, high in steps]
    print("  " + ", ".join(f"{low if low == high else f'{low}-{high}'}: {share:.0%}" for low, high, share in shares))
    print(f"  {'corrected':<36}{'letters':>8}{'share':>8}")
    for what, count in measured.wrong.most_common():
        print(f"  {what:<36}{count:>8}{count / looked_at:>8.0%}")
    total = sum(measured.spent.values())
    print("  keys for " + ", ".join(f"{what} {count} ({count / total:.0%})" for what, count in measured.spent.items()))
    print("  ways: " + ", ".join(f"{way} {count}" for way, count in measured.ways.most_common()))
    if measured.propagated:
        print(
            f"  taken over by F8: {measured.propagated}, right in {measured.propagated_right / measured.propagated:.1%}"
        )


if __name__ == "__main__":
    main()
