"""Prints how well letters are found that are versions of one another: ``python benchmarks/likeness.py``.

Each labelled letter is put on the paper of a municipality, whose header, contact, appeal and privacy paragraphs are
longer than most letters, and then changed as templates are over the years. Right is to find the letter that a version
was made of; wrong is to find a letter of another type, which has the same paper. Letters of the same type, written
apart, count as neither. Seeds are fixed: each run prints the same but for the times.
"""

import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.sketch import ALIKE, SIZE, likeness, rarity, sketch

LIMITS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
PLAIN_LIMITS = (0.7, 0.8, 0.85, 0.9, 0.95)
SHORTEST = 25
"""Words of a letter that is used."""

SENTENCES = 6
"""Sentences of a letter in which some are changed: three of four changed is another letter."""

EVERY = 2
"""Every second letter is asked about; all of them are there to be found."""

Sketches = NDArray[np.uint32]
Shares = NDArray[np.float32]
Compare = Callable[[Sketches], Callable[[Sketches], Shares]]


def main() -> None:
    """Print the tables."""
    corpus = [
        item
        for item in load_corpus(shipped_folder("data") / "letters")
        if item.subject and len(item.letter.text.split()) >= SHORTEST
    ]
    pairs = versions(corpus)
    print(f"{len(corpus)} letters, {len(pairs)} versions; precision: right among all that are found alike to a version")
    sketches = np.array([sketch(wrap(item.letter.text, LINDEBY)) for item in corpus])
    table("all letters on one paper", ask(corpus, sketches, pairs, len(corpus), weighted), LIMITS)
    table("half of the letters on another paper", ask(corpus, mixed(corpus), pairs, len(corpus), weighted), LIMITS)
    for size in (200, 30, 6):
        table(f"folders of {size} letters", ask(corpus, sketches, pairs, size, weighted), LIMITS)
    table("without weights, all letters on one paper", ask(corpus, sketches, pairs, len(corpus), plain), PLAIN_LIMITS)
    one_template(corpus, sketches)
    times(corpus, sketches)


@dataclass(frozen=True, slots=True)
class Pair:
    """A version, and the place of the letter that it was made of."""

    kind: str
    place: int
    sketch: Sketches


@dataclass(frozen=True, slots=True)
class Found:
    """Likeness of each kind of version to its letter, and of all versions to letters of other types."""

    right: dict[str, Shares]
    wrong: Shares


def versions(corpus: Sequence[LabelledLetter]) -> list[Pair]:
    """Return the versions of every letter asked about."""
    draw = random.Random(2026)  # noqa: S311  # the same versions at each run
    others = [sentence for item in corpus for sentence in long_sentences(item.letter.text)]
    pairs = []
    for place in range(0, len(corpus), EVERY):
        letter = corpus[place].letter
        if len(long_sentences(letter.text)) >= SENTENCES:
            for kind, make in VERSIONS.items():
                pairs.append(Pair(kind, place, sketch(wrap(make(letter, others, draw), LINDEBY))))
        if corpus[place].template and letter.fields:
            pairs.append(Pair("filled", place, sketch(wrap(filled(letter, draw), LINDEBY))))
        pairs.append(Pair("department", place, sketch(wrap(letter.text, HARBOUR))))
        pairs.append(Pair("no paper", place, sketch(letter)))
    return pairs


def mixed(corpus: Sequence[LabelledLetter]) -> Sketches:
    """Return sketches of the letters asked about on one paper, and of the others on the other."""
    papers = [SKOVBORG if place % EVERY else LINDEBY for place in range(len(corpus))]
    return np.array([sketch(wrap(item.letter.text, paper)) for item, paper in zip(corpus, papers, strict=True)])


def weighted(many: Sketches) -> Callable[[Sketches], Shares]:
    """Compare as the program does."""
    return partial(likeness, many=many, rare=rarity(many))


def plain(many: Sketches) -> Callable[[Sketches], Shares]:
    """Compare by the share of equal numbers."""
    return lambda one: (many == one).mean(axis=1, dtype=np.float32)


def ask(corpus: Sequence[LabelledLetter], many: Sketches, pairs: Sequence[Pair], size: int, compare: Compare) -> Found:
    """Look for each version among the letters of a folder of that size, where its own letter is too."""
    order = np.random.RandomState(2026).permutation(len(corpus))  # a stream that numpy keeps
    folders = [order[start : start + size] for start in range(0, len(order), size)]
    types = np.array([item.letter_type for item in corpus])
    right: dict[str, list[float]] = {pair.kind: [] for pair in pairs}
    wrong = []
    by_place: dict[int, list[Pair]] = {}
    for pair in pairs:
        by_place.setdefault(pair.place, []).append(pair)
    for folder in folders:
        compared = compare(many[folder])
        for at, place in enumerate(folder.tolist()):
            for pair in by_place.get(place, ()):
                shares = compared(pair.sketch)
                right[pair.kind].append(float(shares[at]))
                wrong.append(shares[types[folder] != types[place]])
    return Found({kind: np.array(shares, np.float32) for kind, shares in right.items()}, np.concatenate(wrong))


def table(title: str, found: Found, limits: Sequence[float]) -> None:
    """Print a row a limit: precision, pairs wrongly found, and recall by kind of version."""
    kinds = [kind for kind, shares in found.right.items() if len(shares)]
    print(f"\n{title}\n{'limit':>5}{'precision':>11}{'wrong of million':>18}  " + "  ".join(kinds))
    for limit in limits:
        right = sum(int((shares >= limit).sum()) for shares in found.right.values())
        wrong = int((found.wrong >= limit).sum())
        recalls = "  ".join(f"{(found.right[kind] >= limit).mean():>{len(kind)}.3f}" for kind in kinds)
        precision = right / max(right + wrong, 1)
        print(f"{limit:>5.2f}{precision:>11.4f}{wrong * 1e6 / len(found.wrong):>18.1f}  {recalls}")


def one_template(corpus: Sequence[LabelledLetter], sketches: Sketches) -> None:
    """Print whether letters of one template find each other where they are half of a folder."""
    draw = random.Random(2026)  # noqa: S311  # the same versions at each run
    others = [sentence for item in corpus for sentence in long_sentences(item.letter.text)]
    long = next(item.letter for item in corpus if len(long_sentences(item.letter.text)) >= 2 * SENTENCES)
    made = [sentence_added(other_values(long.text, draw), others, draw) for _ in range(len(corpus))]
    family = np.array([sketch(wrap(text, LINDEBY)) for text in made])
    many = np.concatenate([family, sketches])
    shares = likeness(family[0], many)
    inside, outside = shares[: len(family)], shares[len(family) :]
    print(
        f"\nhalf of {len(many)} letters made of one template, each with a sentence of its own: one of them finds "
        f"{(inside >= ALIKE).mean():.3f} of the others, and {int((outside >= ALIKE).sum())} more"
    )


def times(corpus: Sequence[LabelledLetter], sketches: Sketches) -> None:
    """Print what a sketch and a comparison take, in user and system time."""
    letters = [item.letter for item in corpus if 250 <= len(item.letter.text.split()) <= 350]
    many = np.resize(sketches, (20_000, SIZE))
    rare = rarity(many)
    sketching = spent(lambda: [sketch(letter) for letter in letters]) / len(letters)
    print(f"\nsketch of a letter of 250 to 350 words {sketching:.2f} ms")
    print(f"one letter against 20,000 {spent(lambda: likeness(many[7], many, rare)):.1f} ms")
    print(f"weighing 20,000 letters {spent(lambda: rarity(many)):.0f} ms")


def spent(do: Callable[[], object]) -> float:
    """Return the milliseconds that a call takes, the least of ten."""
    best = float("inf")
    for _ in range(10):
        begun = time.process_time()
        do()
        best = min(best, time.process_time() - begun)
    return best * 1000


@dataclass(frozen=True, slots=True)
class House:
    """What all letters of a municipality share: the lines above the letter and those below it."""

    above: str
    below: str


LINDEBY = House(
    above="Lindeby Kommune\nBorgercentret\nRådhustorvet 1\n9999 Lindeby\n\nTelefon 99 99 10 00\n"
    "post@lindeby.example\nCVR-nr. 12 34 56 78\n\nSagsbehandler: Inger Holt\nDirekte telefon 99 99 10 42",
    below="Har du spørgsmål?\n"
    "Du er altid velkommen til at ringe eller skrive til os, hvis der er noget i brevet, som du er i tvivl om. "
    "Vi sidder klar ved telefonerne hver dag fra klokken 9 til 14, torsdag dog til klokken 17. Hav gerne dit "
    "sagsnummer klar, når du ringer, så kan vi hurtigere hjælpe dig.\n\n"
    "Du har ret til at se papirerne i din sag, og du må gerne tage en bisidder med, når du taler med os. Du kan "
    "også give en anden person fuldmagt til at tale din sag.\n\nKlagevejledning\n"
    "Hvis du er uenig i afgørelsen, kan du klage. Du skal sende klagen til os, senest fire uger efter at du har "
    "fået brevet. Vi ser på sagen igen, og hvis vi ikke giver dig ret, sender vi klagen videre til "
    "Ankestyrelsen sammen med vores begrundelse og alle sagens akter. Skriv gerne, hvorfor du klager, og vedlæg "
    "de oplysninger, som vi ikke kendte, da vi traf afgørelsen.\n\nSådan behandler vi dine oplysninger\n"
    "Kommunen er dataansvarlig for de oplysninger, som vi har om dig. Du kan læse på vores hjemmeside, hvor "
    "længe vi gemmer dem, hvem vi giver dem videre til, og hvordan du får rettet fejl. Du kan kontakte "
    "kommunens databeskyttelsesrådgiver, og du kan klage til Datatilsynet.\n\nMed venlig hilsen\nInger Holt\n"
    "Lindeby Kommune",
)
SKOVBORG = House(
    above="SKOVBORG KOMMUNE\n\nForvaltningen for Service og Velfærd\nØstergade 40, 8888 Skovborg\nwww.skovborg.example",
    below="Vi gør opmærksom på, at De efter forvaltningslovens regler har adgang til aktindsigt i sagens dokumenter, "
    "og at De på ethvert tidspunkt kan lade Dem repræsentere eller bistå af andre.\n\n"
    "Afgørelsen kan indbringes for rette klageinstans inden udløbet af fristen på fire uger regnet fra "
    "modtagelsen. En eventuel klage stiles til klageinstansen, men fremsendes til kommunen, der genvurderer "
    "sagen, forinden den videresendes. Klagen har ikke opsættende virkning, medmindre andet er bestemt i "
    "lovgivningen. Et eventuelt søgsmål skal være anlagt inden seks måneder.\n\n"
    "Oplysninger om Dem er registreret i kommunens sags- og dokumentsystem. De kan få indsigt i, hvad der er "
    "registreret, og forlange urigtige eller vildledende oplysninger berigtiget eller slettet.\n\n"
    "Denne meddelelse er dannet maskinelt og gælder uden underskrift. Henvendelse om sagen bedes rettet til "
    "forvaltningen med angivelse af journalnummer.\n\nPå forvaltningens vegne\nBent Aagaard",
)
"""Two invented municipalities, one that writes plainly and one that does not; their words are in no labelled letter."""

HARBOUR = House(
    above="Lindeby Kommune\nTeknik og Miljø\nHavnegade 12\n9998 Lindeby Havn\n\nTelefon 99 99 20 00\n"
    "Vi træffes på telefonen alle hverdage",
    below=LINDEBY.below.replace("Inger Holt", "Søren Kvist"),
)
"""Another department of the first, with its own header and caseworker."""


_SENTENCE = re.compile(r"(?<=[.!?])[ ]+(?=[A-ZÆØÅ])|\n+")
_DIGITS = re.compile(r"(?<![\w])\d+(?![\w])")
_NAME = re.compile(r"(?<=[a-zæøå,] )[A-ZÆØÅ][a-zæøå]{2,}(?: [A-ZÆØÅ][a-zæøå]{2,})*")
_GREETED = re.compile(r"(?:Kære|Hej) ([^\n«{\[$%#@!]{2,40})")
_NAMES = ("Asta Munk", "Villy Brink", "Karoline Dam Ravn", "Omar Yildiz", "Bo Lind", "Gerda Højgaard")
_VALUES = ("12. maj 2026", "4.385 kr.", "Møllevej 7", "tirsdag", "Enghaven", "kl. 10.30", "Lotte Krogh", "99 99 20 21")


def wrap(text: str, house: House) -> Letter:
    """Return a letter on the municipality's paper."""
    return read(f"{house.above}\n\n{text}\n\n{house.below}")


def read(text: str) -> Letter:
    """Read a text as the program does."""
    return read_bytes(text.encode(), ".txt")


def other_values(text: str, draw: random.Random) -> str:
    """Return the letter to another citizen: other numbers, other names inside sentences, another salutation."""
    text = _DIGITS.sub(lambda match: "".join(draw.choice("123456789") for _ in match.group()), text)
    text = _NAME.sub(lambda _: draw.choice(_NAMES), text)
    return _GREETED.sub(lambda match: match.group().replace(match[1], draw.choice(_NAMES)), text)


def filled(letter: Letter, draw: random.Random) -> str:
    """Return a template with a value in the place of each placeholder."""
    text = letter.text
    for field in reversed(letter.fields):
        text = text[: field.start] + draw.choice(_VALUES) + text[field.end :]
    return text


def sentences_changed(text: str, others: Sequence[str], count: int, draw: random.Random) -> str:
    """Return the letter with some sentences replaced by those of other letters."""
    places = _sentences(text)
    for start, end in sorted(draw.sample(places, min(count, len(places))), reverse=True):
        text = text[:start] + draw.choice(others) + text[end:]
    return text


def sentences_dropped(text: str, count: int, draw: random.Random) -> str:
    """Return the letter without some of its sentences."""
    return sentences_changed(text, ("",), count, draw)


def sentence_added(text: str, others: Sequence[str], draw: random.Random) -> str:
    """Return the letter with a sentence more."""
    places = _sentences(text)
    at = draw.choice(places)[1] if places else len(text)
    return f"{text[:at]} {draw.choice(others)}{text[at:]}"


def long_sentences(text: str) -> list[str]:
    """Return the sentences of a letter that say something."""
    return [text[start:end] for start, end in _sentences(text)]


def _sentences(text: str) -> list[tuple[int, int]]:
    """Return the spans of sentences of at least six words."""
    ends = [*_SENTENCE.finditer(text)]
    starts = [0, *(match.end() for match in ends)]
    spans = zip(starts, [*(match.start() for match in ends), len(text)], strict=True)
    return [(start, end) for start, end in spans if len(text[start:end].split()) >= 6]


VERSIONS: dict[str, Callable[[Letter, Sequence[str], random.Random], str]] = {
    "other citizen": lambda letter, _others, draw: other_values(letter.text, draw),
    "one sentence added": lambda letter, others, draw: sentence_added(letter.text, others, draw),
    "one sentence changed": lambda letter, others, draw: sentences_changed(letter.text, others, 1, draw),
    "two sentences dropped": lambda letter, _others, draw: sentences_dropped(letter.text, 2, draw),
    "three sentences changed": lambda letter, others, draw: sentences_changed(letter.text, others, 3, draw),
    "all of these": lambda letter, others, draw: sentences_changed(
        sentence_added(other_values(letter.text, draw), others, draw), others, 1, draw
    ),
}
"""Each makes another version of a letter."""


if __name__ == "__main__":
    main()
