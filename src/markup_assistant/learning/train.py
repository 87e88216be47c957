"""Trains a model from a catalogue and labelled letters."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.learning.alone import train_alone
from markup_assistant.learning.corpus import LabelledLetter
from markup_assistant.learning.examples import (
    NO_WEIGHTS,
    OWN,
    Example,
    Phrase,
    Vocabularies,
    alone_examples,
    catalogue_examples,
    letter_examples,
    text_example,
)
from markup_assistant.learning.held_out import held_out_arrays, held_out_id
from markup_assistant.learning.layers import Hierarchy, hierarchy, train_layers
from markup_assistant.learning.ranker import Case, Source, fit_ranker
from markup_assistant.learning.remembering import fit_remembering
from markup_assistant.learning.vectors import build_vocabulary, matrix
from markup_assistant.letters.letter import Letter
from markup_assistant.suggest.bundle import Arrays, text_to_array
from markup_assistant.suggest.language import why_abstain
from markup_assistant.suggest.laws import LawBook
from markup_assistant.suggest.memory import traced
from markup_assistant.suggest.model import Model
from markup_assistant.suggest.phrases import KINDS, PhraseIndex, phrase_key
from markup_assistant.suggest.sign_names import CERTAINTY_SIGNS, SIGNS
from markup_assistant.suggest.signs import candidates, read_signs, sign_matrix
from markup_assistant.suggest.tokens import prose

FOLDS = 2
"""Each fold trains the layers anew, which is most of the time that training takes."""

HELD_OUT_TERMS = 0.03
"""Share of the terms that are held out in each fold as short queries, so that the ranker knows those too."""

TERM_CASE_WEIGHT = 0.3
Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained model's arrays by file, and its figures on texts that each fold had not seen."""

    arrays: dict[str, Arrays]
    metrics: dict[str, float]


def train(
    catalogue: Catalogue,
    letters: Sequence[LabelledLetter],
    laws: LawBook,
    progress: Progress,
    weights: Mapping[str, float] = NO_WEIGHTS,
) -> Trained:
    """Train a model; ``progress`` is told each step and the share done (0 to 1). Deterministic.

    ``weights`` are those of some letters by id; the others weigh 1.
    """
    known = catalogue_examples(catalogue, laws)
    tree = hierarchy(known.subjects)
    # A letter on a subject that the edition lacks teaches nothing about it.
    with_subject = [letter for letter in letters if letter.subject in catalogue]
    examples = letter_examples(with_subject, known.subjects, laws, weights)
    left_alone = [letter for letter in letters if not letter.subject and not why_abstain(prose(letter.letter))]
    alone = alone_examples(left_alone, laws)
    alone_folds = [_own_fold(letter.letter_type, at) for at, letter in enumerate(left_alone)]
    letter_cases: list[list[Case]] = []
    term_cases: list[Case] = []
    for fold, (vocabularies, kept, held_letters, held_terms) in enumerate(_folds(known, examples)):
        progress("folds", fold / (FOLDS + 1))
        kept_alone = [example for example, of in zip(alone, alone_folds, strict=True) if of != fold]
        arrays = _arrays(vocabularies, kept, kept_alone, tree, laws)
        model = Model("fold", catalogue.name, arrays | {"ranker": _no_ranker()})
        progress("held_out", (fold + 0.6) / (FOLDS + 1))
        held = [with_subject[i] for i in held_letters]
        held += [letter for letter, of in zip(left_alone, alone_folds, strict=True) if of == fold]
        letter_cases.append(_letter_cases(model, held, laws, known.subjects))
        term_cases += _term_cases(model, held_terms, laws)
    progress("final", FOLDS / (FOLDS + 1))
    arrays = _arrays(known, examples, alone, tree, laws)
    cases = [case for fold_cases in letter_cases for case in fold_cases] + term_cases
    arrays["ranker"] = fit_ranker(cases)
    progress("remembering", (FOLDS + 0.8) / (FOLDS + 1))
    arrays["memory"] = fit_remembering(letter_cases, arrays["ranker"], known.subjects)
    arrays["held_out"] = held_out_arrays(cases, arrays["ranker"])
    progress("done", 1.0)
    return Trained(arrays, _metrics(cases, arrays["ranker"]))


def _arrays(
    known: Vocabularies,
    letters: Sequence[Example],
    alone: Sequence[Example],
    tree: Hierarchy,
    laws: LawBook,
) -> dict[str, Arrays]:
    examples = [*known.examples, *letters]
    vocabulary = build_vocabulary([*examples, *alone], len(known.subjects))
    group_words = {number: text_example(words, 0, "group", laws) for number, words in known.group_words.items()}
    layers = train_layers(examples, vocabulary, tree, group_words)
    return {
        "vocabulary": {
            "features": text_to_array(list(vocabulary.features)),
            "idf": vocabulary.idf.astype(np.float16),
        },
        "layers": {
            **layers,
            "subjects": text_to_array(list(known.subjects)),
        },
        "phrases": _phrase_arrays(known.phrases, letters),
        "alone": train_alone(matrix(letters, vocabulary), matrix(alone, vocabulary)),
    }


def _phrase_arrays(phrases: Sequence[Phrase], letters: Sequence[Example]) -> Arrays:
    """Weigh each phrase by its length, by how few subjects share it, and by how few other letters have it."""
    phrases = sorted(phrases, key=lambda phrase: (phrase.key, phrase.subject, phrase.kind))
    subjects = np.array([phrase.subject for phrase in phrases], np.uint16)
    kinds = np.array([KINDS.index(phrase.kind) for phrase in phrases], np.uint8)
    keys = [phrase.key for phrase in phrases]
    # The weights of this index are places, so that a match says which phrase it is.
    index = PhraseIndex(keys, subjects, kinds, np.arange(len(keys), dtype=np.float32))
    elsewhere: dict[int, set[str]] = defaultdict(set)
    for letter in letters:
        for match in index.find([replace(token, weight=1.0) for token in letter.tokens], letter.laws):
            if match.subject != letter.subject:
                elsewhere[int(match.weight)].add(letter.group)
    shared = Counter(keys)
    types = len({letter.group for letter in letters}) + 2
    weights = [
        _phrase_weight(key, shared[key], math.log(types / (len(elsewhere[at]) + 1)) / math.log(types))
        for at, key in enumerate(keys)
    ]
    return {
        "keys": text_to_array(keys),
        "subjects": subjects,
        "kinds": kinds,
        "weights": np.array(weights, np.float16),
    }


def _phrase_weight(key: str, subjects: int, rarity: float) -> float:
    words = key.count(" ") + 1
    length = min(1.0, 0.4 + 0.2 * words) if not key.startswith("§") else 1.0
    return length * rarity**2 / math.sqrt(subjects)


def _folds(
    known: Vocabularies, letters: Sequence[Example]
) -> Iterator[tuple[Vocabularies, list[Example], list[int], list[Example]]]:
    """Yield for each fold what is trained on, and the letters (by place) and terms held out.

    A municipality has letters of types that the model knows and of others. So of every second type all letters are
    held out together, and of the others one by one, while the rest of them is learned from.
    """
    fold_of = _fold_of_letters(letters)
    terms = [at for at, example in enumerate(known.examples) if example.source == "term"]
    step = max(1, round(1 / HELD_OUT_TERMS))
    for fold in range(FOLDS):
        held = set(terms[fold * 7 % step :: step])
        held_keys = {(phrase_key(_text(known.examples[at])), known.examples[at].subject) for at in held}
        kept = replace(
            known,
            examples=tuple(example for at, example in enumerate(known.examples) if at not in held),
            phrases=tuple(p for p in known.phrases if (p.key, p.subject) not in held_keys),
        )
        yield (
            kept,
            [letter for at, letter in enumerate(letters) if fold_of[at] != fold],
            [at for at in range(len(letters)) if fold_of[at] == fold],
            [known.examples[at] for at in sorted(held)],
        )


def _fold_of_letters(letters: Sequence[Example]) -> list[int]:
    """Return the fold in which each letter is held out."""
    new = new_types(letter.group for letter in letters)
    counts: Counter[str] = Counter()
    folds: list[int] = []
    for letter in letters:
        counts[letter.group] += 1
        folds.append((new[letter.group] if letter.group in new else counts[letter.group]) % FOLDS)
    return folds


def new_types(names: Iterable[str]) -> dict[str, int]:
    """Return the letter types that are held out whole, with a number of which the rest decides the fold.

    Those of a municipality's own letters always are, and stay in their fold when others come: what was decided wrongly
    for all versions of a letter shows only in letters that are none.
    """
    types = sorted(set(names))
    own = {name: _own_fold(name, 0) for name in types if name.startswith(OWN)}
    return {name: at for at, name in enumerate([name for name in types if name not in own][::2])} | own


def _own_fold(letter_type: str, at: int) -> int:
    """Return the fold of a municipality's own letter, by its type; that of another one by its place."""
    return (int(letter_type[-1], 16) if letter_type.startswith(OWN) else at) % FOLDS


def _text(example: Example) -> str:
    return " ".join(token.word for token in example.tokens)


def _letter_cases(
    model: Model, letters: Sequence[LabelledLetter], laws: LawBook, subjects: Sequence[str]
) -> list[Case]:
    place = {number: at for at, number in enumerate(subjects)}
    return [
        replace(case, name=held_out_id(letter))
        for letter in letters
        if (
            case := _case(
                model, letter.letter, [place[n] for n in letter.accepted if n in place], laws, 1.0, letter.letter_type
            )
        )
    ]


def _term_cases(model: Model, terms: Sequence[Example], laws: LawBook) -> list[Case]:
    cases = []
    for term in terms:
        if len(term.tokens) < 2:
            continue
        case = _case(model, Letter("", "txt", _text(term)), [term.subject], laws, TERM_CASE_WEIGHT)
        if case:
            cases.append(case)
    return cases


def _case(
    model: Model, letter: Letter, accepted: list[int], laws: LawBook, weight: float, letter_type: str = ""
) -> Case | None:
    reading = read_signs(letter, model, laws)
    if not len(reading.features):
        return None
    chosen = candidates(reading)
    right = np.isin(chosen, accepted)
    best = chosen.index(accepted[0]) if accepted and accepted[0] in chosen else -1
    groups = tuple(model.subjects[subject][:5] for subject in chosen)
    source = None
    if letter_type and accepted:
        features, values = traced(reading.tokens, reading.features, reading.values, model.vocabulary)
        source = Source(tuple(chosen), accepted[0], letter_type, features, values)
    signs = sign_matrix(reading, model, chosen)
    return Case(
        signs,
        right,
        best,
        groups,
        len(reading.units),
        weight,
        not accepted,
        source,
        reading.alone,
        candidates=tuple(chosen),
    )


def _no_ranker() -> Arrays:
    return {
        "coef": np.zeros(len(SIGNS), np.float32),
        "spread": np.ones(len(SIGNS), np.float32),
        "temperature": np.array(1.0),
        "certainty_coef": np.zeros(len(CERTAINTY_SIGNS), np.float32),
        "certainty_intercept": np.array(0.0),
        "raw": np.array([0, 1], np.float32),
        "calibrated": np.array([0, 1], np.float32),
        "sure": np.array(1.0),
        "check": np.array(0.5),
        "alone": np.array(0.0),
    }


def _metrics(cases: Sequence[Case], ranker: Arrays) -> dict[str, float]:
    """Return the figures on held-out letters: of types that were held out whole, of known types, and of one's own."""
    types = [(case.source.letter_type, case) for case in cases if case.source]
    new = new_types(name for name, _ in types)
    found: dict[str, float] = {}
    for name, of in (
        ("", [case for type_, case in types if type_ in new and not type_.startswith(OWN)]),
        ("_known_types", [case for type_, case in types if type_ not in new]),
        ("_own", [case for type_, case in types if type_.startswith(OWN)]),
    ):
        if name == "_own" and not of:
            continue
        hits = {1: 0, 5: 0}
        for case in of:
            order = np.argsort(-((case.signs / ranker["spread"]) @ ranker["coef"]), kind="stable")
            for depth in hits:
                hits[depth] += bool(case.right[order[:depth]].any())
        found[f"held_out_letters{name}"] = len(of)
        found[f"precision_at_1{name}"] = round(hits[1] / max(len(of), 1), 4)
        found[f"recall_at_5{name}"] = round(hits[5] / max(len(of), 1), 4)
    return found
