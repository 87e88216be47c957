"""What a model said of the letters that it learned from, before it had seen them.

In training every letter is judged once by layers that had not seen it. Those answers are kept in the bundle
(``held_out.npz``), so that two models can be compared on the same letters later, and so that letters can be found whose
decisions look wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from markup_assistant.errors import ModelError
from markup_assistant.learning.corpus import LabelledLetter
from markup_assistant.learning.evaluation.scores import Answer
from markup_assistant.markup import Verdict
from markup_assistant.suggest.bundle import Arrays, Bundle, array_to_text, read_bundle, text_to_array
from markup_assistant.suggest.model import certainty_of
from markup_assistant.suggest.subjects import softmax

if TYPE_CHECKING:  # the ranker loads scikit-learn, which those who only read answers do without
    from markup_assistant.learning.ranker import Case

DEPTH = 10
"""Subjects of a letter that are kept: no figure looks further down the list."""

NO_PLACE = np.iinfo(np.uint16).max
"""Stands where a letter has fewer subjects."""

_VERDICTS = tuple(Verdict)
_TEXT_DIGITS = 8


@dataclass(frozen=True, slots=True)
class HeldOut:
    """An answer to a letter that had not been seen: ``shares`` are the probabilities of its subjects."""

    answer: Answer
    shares: Mapping[str, float]


def held_out_id(letter: LabelledLetter) -> str:
    """Return the name of a letter in a bundle: its id, and a sign of its text, so that a changed one is another."""
    digest = sha256(letter.letter.text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{letter.id}#{digest[:_TEXT_DIGITS]}"


def held_out_arrays(cases: Sequence["Case"], ranker: Arrays) -> Arrays:
    """Return the arrays of a bundle's ``held_out`` file.

    ``ids`` as text, ``subjects`` (n, DEPTH) by place and best first, ``shares`` (n, DEPTH), ``confidence`` (n,) of the
    first subject, ``verdicts`` (n,) by their place in :class:`Verdict`.
    """
    from markup_assistant.learning.ranker import case_certainty  # noqa: PLC0415 - loads scikit-learn

    named = [case for case in cases if case.name]
    subjects = np.full((len(named), DEPTH), NO_PLACE, np.uint16)
    shares = np.zeros((len(named), DEPTH), np.float16)
    confidence = np.zeros(len(named), np.float16)
    verdicts = np.zeros(len(named), np.uint8)
    certainty = certainty_of(ranker)
    for row, case in enumerate(named):
        scores = (case.signs / ranker["spread"]) @ ranker["coef"] / float(ranker["temperature"])
        probabilities = softmax(np.asarray(scores, np.float32))
        places = np.asarray(case.candidates)
        order = np.lexsort((places, -probabilities))[:DEPTH]
        subjects[row, : len(order)] = places[order]
        shares[row, : len(order)] = probabilities[order]
        first = certainty.confidence(case_certainty(case, probabilities))
        confidence[row] = first
        verdicts[row] = _VERDICTS.index(certainty.verdict(first, case.alone))
    return {
        "ids": text_to_array([case.name for case in named]),
        "subjects": subjects,
        "shares": shares,
        "confidence": confidence,
        "verdicts": verdicts,
    }


def load_held_out(folder: Path) -> Mapping[str, HeldOut]:
    """Return the answers that a bundle keeps, by the letter's name in it; none where it keeps none.

    Raises ModelError where the bundle cannot be used, or its arrays do not fit together.
    """
    bundle = read_bundle(folder, whole=True)
    try:
        return _held_out(bundle)
    except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
        raise ModelError(folder=str(folder), reason="reasons.model.damaged", part="held_out.npz") from error


def _held_out(bundle: Bundle) -> Mapping[str, HeldOut]:
    arrays = bundle.arrays.get("held_out")
    if arrays is None:
        return {}
    numbers = array_to_text(bundle.arrays["layers"]["subjects"])
    found = {}
    rows = zip(
        array_to_text(arrays["ids"]),
        arrays["subjects"].tolist(),
        arrays["shares"].astype(np.float32).tolist(),
        arrays["confidence"].astype(np.float32).tolist(),
        arrays["verdicts"].tolist(),
        strict=True,
    )
    for name, places, shares, confidence, verdict in rows:
        subjects = [numbers[place] for place in places if place != NO_PLACE]
        answer = Answer(tuple(subjects), confidence, _VERDICTS[verdict])
        found[name] = HeldOut(answer, MappingProxyType(dict(zip(subjects, shares, strict=False))))
    return found
