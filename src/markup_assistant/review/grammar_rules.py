"""The rules of the grammar as they stand in ``phrases.toml``: what may be said, and what it means."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import product
from types import MappingProxyType

from markup_assistant.markup import DETAILS, Detail, FieldRef, Part
from markup_assistant.review import intents
from markup_assistant.review.grammar_lines import Pattern, Words, parse_pattern
from markup_assistant.review.grammar_setting import Each, Setting
from markup_assistant.review.grammar_words import Vocabulary, joined, make_vocabulary
from markup_assistant.review.intents import Intent, Queue, SetDetail

MOST_OPTIONS = 5
"""Readings that are asked about; more is a list to search in, not a question."""


class Care(StrEnum):
    """How well a line must fit before it is acted on."""

    FREE = "free"  # only shows something
    USUAL = "usual"
    GREAT = "great"  # reaches far or is hard to take back


@dataclass(frozen=True, slots=True)
class Rule:
    """Ways to say a thing, and what it means: alternatives to ask about where there are several.

    ``around`` are words that may stand anywhere in such a line and change nothing.
    """

    means: tuple[tuple[str, ...], ...]
    patterns: tuple[Pattern, ...]
    care: Care
    focus: Part | None
    around: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Phrases:
    """All that stands in ``phrases.toml``."""

    rules: tuple[Rule, ...]
    vocabulary: Vocabulary
    polite: frozenset[str]
    weighty: frozenset[str]
    talk: frozenset[str]
    opening: frozenset[str]
    ordering: frozenset[str]
    articles: frozenset[str]
    connectors: frozenset[str]
    assent: frozenset[str]
    dissent: frozenset[str]
    tables: Mapping[str, Mapping[str, str]]


@cache
def load_phrases() -> Phrases:
    """Read the rules; they come with the program."""
    text = resources.files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    rules = tuple(_rule(row, raw["sets"]) for row in raw["rule"])
    sets = {name: frozenset(joined(word) or word for word in raw[name].split()) for name in _SETS}
    words = {word for row in raw["rule"] for word in _words_of(row, raw["sets"])}
    tables = {name: MappingProxyType(table) for name, table in raw.items() if isinstance(table, dict)}
    ordering = frozenset(joined(word) for name in _ORDERING for word in raw["sets"][name].split("|"))
    return Phrases(
        rules,
        make_vocabulary(words, _pairs(raw["sounds"]), _pairs(raw["spoken"])),
        ordering=ordering,
        tables=MappingProxyType(tables),
        **sets,
    )


def _pairs(written: str) -> tuple[tuple[str, str], ...]:
    return tuple((pair.partition(":")[0], pair.partition(":")[2]) for pair in written.split())


_ORDERING = ("remove", "add", "choose", "show", "search")
"""Sets of words with which something is ordered: nobody searches for them."""

_SETS = ("polite", "weighty", "talk", "opening", "articles", "connectors", "assent", "dissent")


def _rule(row: Mapping[str, str], sets: Mapping[str, str]) -> Rule:
    written = [line for line in (row.get("lines", "") + "\n" + row.get("english", "")).splitlines() if line.strip()]
    return Rule(
        tuple(tuple(meaning.split()) for meaning in row["means"].split(" | ")),
        tuple(parse_pattern(line, sets, joined) for line in written),
        Care(row.get("care", Care.USUAL)),
        Part(row["focus"]) if "focus" in row else None,
        frozenset(joined(word) for word in row.get("around", "").split()),
    )


def _words_of(row: Mapping[str, str], sets: Mapping[str, str]) -> set[str]:
    """Return the words of a rule as they are written, with their Danish letters."""
    lines = row.get("lines", "") + "\n" + row.get("english", "")
    parts = {part for line in lines.splitlines() for part in line.split() if not part.startswith("{")}
    named = {word for part in parts for word in part.strip("[]").split("|")}
    spelled = {sets[word[1:]] if word.startswith("$") else word for word in named}
    return {word for group in spelled for phrase in group.split("|") for word in phrase.split("_")}


def literal_words(pattern: Pattern) -> int:
    """Return how many places of a pattern must have a certain word."""
    return sum(1 for element in pattern.elements if isinstance(element, Words) and not element.optional)


def build(rule: Rule, values: Mapping[str, tuple[object, ...]], setting: Setting) -> tuple[tuple[Intent, ...], ...]:
    """Return what a rule means with the values of its slots: the readings, the likeliest first."""
    readings: list[tuple[Intent, ...]] = []
    for meaning in rule.means:
        slots = [word[1:-1] for word in meaning if word.startswith("{")]
        for chosen in product(*(values[slot] for slot in slots)):
            filled = dict(zip(slots, chosen, strict=True))
            readings += _made(meaning, filled, setting)
    return tuple(dict.fromkeys(readings))[:MOST_OPTIONS]


def _made(meaning: tuple[str, ...], filled: Mapping[str, object], setting: Setting) -> list[tuple[Intent, ...]]:
    if meaning[0].startswith("{"):  # the slot was read as intents
        made = filled[meaning[0][1:-1]]
        return [made] if isinstance(made, tuple) else []
    arguments = [filled[word[1:-1]] if word.startswith("{") else word for word in meaning[1:]]
    several = next((argument for argument in arguments if isinstance(argument, Each)), None)
    if several is not None:
        each = [[value if argument is several else argument for argument in arguments] for value in several.values]
        return [tuple(_intent(meaning[0], one) for one in each)]
    if meaning[0] == "SetDetail":
        return [(made,) for made in set_details(str(arguments[0]), arguments[1], setting)]
    return [(_intent(meaning[0], arguments),)]


def _intent(name: str, arguments: list[object]) -> Intent:
    make: Callable[..., Intent] = getattr(intents, name)
    first: dict[str, Callable[[object], object]] = {"ChooseQueue": lambda queue: Queue(str(queue))}
    plain = ["" if argument == "nothing" else argument for argument in arguments]
    if name in first:
        plain[0] = first[name](plain[0])
    return make(*plain)


def set_details(name: str, value: object, setting: Setting) -> list[SetDetail]:
    """Return what setting a detail means on this card.

    ``frist`` is the due day of a payment or the deadline of another action, whichever the card has; ``dag`` may
    also be that of an appointment.
    """
    codes = {action.code for action in setting.draft.actions}
    names = [name]
    if name in {"frist", "dag"}:
        names = ["due"] if "BETALING" in codes else []
        names += ["deadline"] if codes - {"AFTALE", "BETALING"} else []
        names += ["start"] if name == "dag" and "AFTALE" in codes else []
    detail: Detail = value if isinstance(value, FieldRef) else "" if value == "nothing" else str(value)
    return [SetDetail(found, detail, owner(found)) for found in names or ["deadline"]]


def owner(name: str) -> str:
    """Return the code of the only action that can have a detail; nothing where several can."""
    owners = [code for code, names in DETAILS.items() if name in names]
    return owners[0] if len(owners) == 1 else ""
