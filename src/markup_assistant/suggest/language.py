"""Tells whether a text is a Danish text that anything can be said about."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

MAX_LOOKED_AT = 50_000
"""Characters by which the language is judged."""

SHORT = 20
"""Characters of a phrase that may be mostly a number, such as ``§ 100``."""

PHRASE = 8
"""Words below which a text is a phrase, whose few words may be foreign in the middle of Danish: IT, offshore."""

MIN_LETTER_SHARE = 0.4
"""A text with fewer letters among its characters is a table of numbers or noise."""

_WORD = re.compile(r"[^\W\d_]+")

_COMMON: Mapping[str, frozenset[str]] = {
    "da": frozenset(
        "af at den det der dig du efter eller en er et for fra har hvis i ikke jeg kan med mere nu og også om på "
        "senest sig skal som til ved vi vil være blev bliver deres dit din jeres kun når over så under du dine "
        "ønsker få gøre hvordan hvad meget noget selv uge mig inden hos jf denne dette disse have samt ud "
        "vedr kære hilsen venlig afgørelse oplysninger".split()
    ),
    "nb": frozenset(
        "av å jeg deg meg seg ikke hvis etter eller en er et for fra har kan med mer nå og også om på som til ved "
        "vi vil være ble blir dere deres hvordan hva mye noe selv uke dette disse får gjøre søknad opplysninger "
        "kommunen vedtak hilsen klage din ditt".split()
    ),
    "sv": frozenset(
        "och att är inte för av ett jag du dig som på med den det till om har kan ska vi från eller efter när "
        "också bara blir var hur vad mycket något själv vecka denna dessa får göra ansökan uppgifter beslut".split()
    ),
    "en": frozenset(
        "the of and to in is you that it for on are with as your be this have from or by not we will can if at "
        "an our which has please must their was".split()
    ),
    "de": frozenset(
        "der die das und ist nicht sie ich wir mit von zu den dem ein eine für auf im des werden bitte ihre ihr "
        "sich auch oder wenn bei wird nach kann haben als aus einen".split()
    ),
    "fr": frozenset("le la les des et est vous que pour dans une par sur avec pas votre nous sont au qui ce".split()),
    "es": frozenset("el los las y es que para una por con su se del al como más no si sus usted".split()),
    "pl": frozenset("i w na z do jest się nie że dla oraz przez od po jak lub może proszę pan pani".split()),
    "nl": frozenset("de het een van en is niet u met voor op te zijn dat die aan wij uw als ook bij".split()),
    "fi": frozenset("ja on ei että se hän ovat joka tai myös kun voi sen jos mutta kuin olla".split()),
}

_DANISH_ONLY = re.compile(
    r"af|nu|mig|dig|sig|meget|noget|nogen|efter|inden|hvad|gøre|bliver|blive|eller|kun|uge|ansøg\w*|oplys\w*|"
    r"afgør\w*|modtag\w*|\w{3,}tion(?:en|er|erne)?|\w{3,}hed(?:en|er)?"
)
_NEIGHBOURS_ONLY = re.compile(
    r"av|nå|meg|deg|seg|mye|noe|noen|etter|innen|hva|gjøre|blir|bli|uke|søkn?a\w*|opplys\w*|vedtak\w*|mott[ao]\w*|"
    r"barnehage\w*|ikkje|eg|frå|dykk|kva|\w{3,}sjon(?:en|ar|er|ene)?|\w{3,}het(?:en|er)?|"
    r"och|att|är|inte|för|ett|från|när|också|\w*[äö]\w*"
)
"""Words by which Danish is told from Norwegian and Swedish, which share most of the common ones."""


def why_abstain(text: str) -> str:
    """Return ``empty`` or ``language`` for a text that nothing should be claimed about, else an empty string."""
    head = text[:MAX_LOOKED_AT]
    words = [word.lower() for word in _WORD.findall(head)]
    visible = sum(not character.isspace() for character in head)
    if not words or (visible > SHORT and sum(map(len, words)) < MIN_LETTER_SHARE * visible):
        return "empty"
    return "" if _looks_danish(words) else "language"


def _looks_danish(words: list[str]) -> bool:
    """Judge by the commonest words of each language; a short phrase without any is taken for Danish."""
    counts = Counter(words)
    if not all(_latin(word) for word in words[:50]):
        return False
    shares = {language: sum(counts[word] for word in common) / len(words) for language, common in _COMMON.items()}
    best = max(shares, key=lambda language: (shares[language], language == "da"))
    if len(words) < PHRASE:
        return True
    sides = Counter(_side(word) for word in words)
    if sides["neighbour"] >= max(2, 0.03 * len(words)) and sides["neighbour"] > sides["danish"]:
        return False
    if shares[best] < 0.08:
        return len(words) < 30
    return best in ("da", "nb", "sv") or shares["da"] >= shares[best] * 0.8


@lru_cache(maxsize=50_000)
def _side(word: str) -> str:
    """Return whether a word is one that only Danish has, or only its neighbours."""
    if _DANISH_ONLY.fullmatch(word):
        return "danish"
    return "neighbour" if _NEIGHBOURS_ONLY.fullmatch(word) else ""


def _latin(word: str) -> bool:
    return all(character < "\u0370" for character in word)
