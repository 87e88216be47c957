"""What one gets without learning anything: the figures to be better than.

The subject whose words of the catalogue stand in the text, always the ordinary facet, and for every text the set
of actions that is the commonest in the file (which no user knows beforehand: a generous opponent).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from markup_assistant.catalogue.folding import FILLERS, fold
from markup_assistant.catalogue.index import index_of
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.learning.evaluation.details import Details
from markup_assistant.learning.evaluation.measures import ORDINARY
from markup_assistant.learning.evaluation.scores import DEPTH, Answer, Score, Scores

NAME = "baseline"


class KeywordMatch:
    """Counts, for each subject, the words of its titles and terms that stand whole in a text.

    Words are folded as in the search of the catalogue, but neither inflected nor taken apart, and weigh all alike.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        index = index_of(catalogue)
        subjects = sorted({number for number in index.numbers if len(number) == 8})
        places = {number: place for place, number in enumerate(subjects)}
        self._subjects = np.array(subjects)
        # Entries of groups and main groups count for no subject; they share a place after the last one.
        self._subject_of = np.array([places.get(number, len(subjects)) for number in index.numbers])
        self._postings = {
            word: np.unique(np.array(entries)) for word, entries in index.postings.items() if word not in FILLERS
        }
        self._lengths = np.zeros(len(index.numbers))
        for entries in self._postings.values():
            self._lengths[entries] += 1

    def subjects(self, text: str, limit: int = DEPTH) -> tuple[str, ...]:
        """Return the subjects with the most words in the text, best first; of two alike the lower number."""
        known = [self._postings[word] for word in set(fold(text)) if word in self._postings]
        if not known:
            return ()
        found = np.bincount(np.concatenate(known), minlength=len(self._lengths))
        whole = np.where(found >= self._lengths, self._lengths, 0)
        scores = np.bincount(self._subject_of, whole, len(self._subjects) + 1)[:-1]
        order = np.lexsort((self._subjects, -scores))[:limit]
        return tuple(str(self._subjects[place]) for place in order if scores[place] > 0)


def baseline_scores(scores: Scores, subjects: Iterable[tuple[str, ...]]) -> Scores:
    """Return what the simple rules say of the same texts; ``subjects`` are those of :class:`KeywordMatch` for each."""
    actions = commonest_actions(scores.rows)
    given: Mapping[str, Details] = MappingProxyType({code: MappingProxyType({}) for code in actions})
    rows = tuple(
        replace(row, answer=Answer(found, facet=ORDINARY, actions=given))
        for row, found in zip(scores.rows, subjects, strict=True)
    )
    return Scores(NAME, scores.catalogue, rows)


def commonest_actions(rows: Sequence[Score]) -> tuple[str, ...]:
    """Return the set of actions that most texts have; often the empty one."""
    sets = Counter(tuple(sorted(row.labels.actions)) for row in rows if row.labels.actions is not None)
    return min(sets, key=lambda codes: (-sets[codes], codes), default=())
