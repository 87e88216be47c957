"""Words of a letter, each with where it stands and how much that place says."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markup_assistant.letters.letter import Field, Letter
from markup_assistant.suggest.stopwords import FIELD_STOPWORDS, STOPWORDS
from markup_assistant.suggest.weights import block_weights

_WORD = re.compile(r"[^\W\d_]+(?:[-–][^\W\d_]+)*")
_FIELD_WORD = re.compile(r"[A-ZÆØÅ]+(?![a-zæøå])|[A-ZÆØÅ]?[a-zæøå]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S{1,2000}|[\w.+-]{1,64}@[\w.-]{1,255}")

_SUFFIXES = ("ernes", "erne", "enes", "erens", "eren", "ers", "ens", "ets", "er", "en", "et", "es", "e", "s")
"""Danish inflections of nouns and adjectives, longest first; what is left keeps at least four letters."""

MAX_WORDS = 20_000
"""Words of a letter that are looked at; the subject of a longer document is said long before."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the letter in lower case; ``weight`` is the weight of the block that it stands in."""

    word: str
    start: int
    end: int
    weight: float


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the word without its inflection: ``merudgifter`` and ``merudgiften`` meet at ``merudgift``."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def split_words(text: str) -> list[str]:
    """Return the words of a short text (a term, a title) in lower case, stop words included."""
    return [match.group().lower() for match in _WORD.finditer(text)]


def tokenise(letter: Letter) -> tuple[Token, ...]:
    """Return the words of a letter in reading order, without web addresses; stop words stay, for phrases.

    The name of a field counts as the words it is made of (``MoedeDato``: moede, dato), because a template's
    ``Parkeringslicensnr`` says what the letter is about; names that every template has are left out.
    """
    tokens: list[Token] = []
    skipped = _skipped_spans(letter)
    for start, end, weight in block_weights(letter):
        if weight <= 0:
            continue
        for match in _WORD.finditer(letter.text, start, end):
            if skipped and _inside(match.start(), skipped):
                continue
            tokens.append(Token(match.group().lower(), match.start(), match.end(), weight))
        if len(tokens) > MAX_WORDS:
            break
    tokens += _field_tokens(letter.fields)
    return tuple(tokens)


def prose(letter: Letter) -> str:
    """Return the letter's text without web addresses and without fields that show nothing but their name."""
    pieces, at = [], 0
    for start, end in _skipped_spans(letter):
        if start >= at:
            pieces.append(letter.text[at:start])
        at = max(at, end)
    return "".join([*pieces, letter.text[at:]])


def _field_tokens(fields: Iterable[Field]) -> list[Token]:
    tokens = []
    seen: set[str] = set()
    for field in fields:
        if field.name in seen:
            continue
        seen.add(field.name)
        words = (word.lower() for word in _FIELD_WORD.findall(f"{field.name} {field.title}"))
        tokens += [
            Token(unfold(word), field.start, field.end, 1.0)
            for word in words
            if len(word) > 3 and word not in FIELD_STOPWORDS and word not in STOPWORDS
        ]
    return tokens


def unfold(word: str) -> str:
    """Return a field name's word with Danish letters: field names are often written ``Moede``, ``Ansoegning``."""
    return word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å")


def _skipped_spans(letter: Letter) -> list[tuple[int, int]]:
    spans = [match.span() for match in _ADDRESS.finditer(letter.text)]
    spans += [(field.start, field.end) for field in letter.fields if _shows_its_name(letter.text, field)]
    return sorted(spans)


def _shows_its_name(text: str, field: Field) -> bool:
    shown = text[field.start : field.end]
    return not field.branches and field.name in shown and len(shown) <= len(field.name) + 40


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    at = bisect_right(spans, (position, sys.maxsize)) - 1
    return at >= 0 and position < spans[at][1]
