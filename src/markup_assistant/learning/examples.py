"""What the model learns from: titles, terms and labelled letters, as words with weights."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.learning.corpus import LabelledLetter
from markup_assistant.suggest.laws import LawBook, LawReference
from markup_assistant.suggest.phrases import law_key, phrase_key
from markup_assistant.suggest.tokens import Token, split_words, tokenise

OWN = "own:"
"""What the ids and letter types of letters begin with that were decided here, followed by hex digits."""

NO_SUBJECT = -1
"""Place of the subject of a text that has none."""

NO_WEIGHTS: Mapping[str, float] = MappingProxyType({})

TITLE_REPEATS = 2
"""Times that a title stands among its subject's examples: it is the one phrase that is surely right."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text with its subject (place in the catalogue's order); ``source`` is title, term or letter."""

    subject: int
    tokens: tuple[Token, ...]
    laws: tuple[LawReference, ...]
    source: str
    group: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A title or term as it is looked up in letters, with its subject and kind."""

    key: str
    subject: int
    kind: str


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The words of the catalogue: examples and phrases of each subject, and the words of each group."""

    subjects: tuple[str, ...]
    examples: tuple[Example, ...]
    phrases: tuple[Phrase, ...]
    group_words: dict[str, str]


def catalogue_examples(catalogue: Catalogue, laws: LawBook) -> Vocabularies:
    """Return one example and one phrase for each title and term of the catalogue."""
    subjects = tuple(subject.number for subject in catalogue.subjects)
    examples: list[Example] = []
    phrases: dict[Phrase, None] = {}
    for place, number in enumerate(subjects):
        title = catalogue.subject(number).title
        examples += [text_example(title, place, "title", laws)] * TITLE_REPEATS
        phrases[Phrase(phrase_key(title), place, "title")] = None
        for term in catalogue.terms(number):
            examples.append(text_example(term.text, place, "term", laws))
            key = law_key(laws.canonical(term.text)) if term.kind == "law" else phrase_key(term.text)
            if key.strip():
                phrases[Phrase(key, place, term.kind)] = None
    return Vocabularies(subjects, tuple(examples), tuple(phrases), _group_words(catalogue))


def text_example(text: str, subject: int, source: str, laws: LawBook) -> Example:
    """Return a short text as an example."""
    tokens = tuple(Token(word, 0, 0, 1.0) for word in split_words(text))
    return Example(subject, tokens, laws.find(text), source)


def letter_examples(
    letters: Iterable[LabelledLetter],
    subjects: Sequence[str],
    laws: LawBook,
    weights: Mapping[str, float] = NO_WEIGHTS,
) -> tuple[Example, ...]:
    """Return labelled letters, each with a subject of the catalogue, as examples grouped by letter type.

    ``weights`` are those of some letters by id; the others weigh 1.
    """
    place = {number: at for at, number in enumerate(subjects)}
    return tuple(
        Example(
            place[letter.subject],
            tokenise(letter.letter),
            laws.find(letter.letter.text),
            "letter",
            letter.letter_type,
            weights.get(letter.id, 1.0),
        )
        for letter in letters
    )


def alone_examples(letters: Iterable[LabelledLetter], laws: LawBook) -> tuple[Example, ...]:
    """Return texts that must be left alone as examples of no subject."""
    return tuple(
        Example(NO_SUBJECT, tokenise(letter.letter), laws.find(letter.letter.text), "alone") for letter in letters
    )


def _group_words(catalogue: Catalogue) -> dict[str, str]:
    words: dict[str, list[str]] = defaultdict(list)
    for group in catalogue.groups:
        words[group.number] = [group.title, *(term.text for term in catalogue.terms(group.number))]
    for main_group in catalogue.main_groups:
        words[main_group.number] = [main_group.title, *(t.text for t in catalogue.terms(main_group.number))]
    return {number: " ".join(texts) for number, texts in words.items()}
