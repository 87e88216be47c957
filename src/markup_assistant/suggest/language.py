"""Tells whether a text is a Danish text that anything can be said about."""

import re
from collections import Counter
from collections.abc import Mapping

MIN_WORDS = 3
"""Fewer words than this are no letter."""

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

_MARKED: Mapping[str, frozenset[str]] = {
    "nb": frozenset("av å nå etter hvis blir jeg deg meg seg mye noe søknad vedtak ikke".split())
    - {"ikke", "jeg", "hvis"},
    "sv": frozenset("och att är inte för ett till från när också".split()) - {"att"},
}
"""Words that the neighbour has and Danish has not: the shared ones say nothing between them."""


def why_abstain(text: str) -> str:
    """Return ``empty`` or ``language`` for a text that nothing should be claimed about, else an empty string."""
    words = [word.lower() for word in _WORD.findall(text[:50_000])]
    if len(words) < MIN_WORDS:
        return "empty" if not words or not _looks_danish(words) else ""
    visible = sum(not character.isspace() for character in text[:50_000])
    letters = sum(len(word) for word in words)
    if letters < MIN_LETTER_SHARE * visible:
        return "empty"
    return "" if _looks_danish(words) else "language"


def _looks_danish(words: list[str]) -> bool:
    """Judge by the commonest words of each language; a short phrase without any is taken for Danish."""
    counts = Counter(words)
    if not all(_latin(word) for word in words[:50]):
        return False
    shares = {language: sum(counts[word] for word in common) / len(words) for language, common in _COMMON.items()}
    best = max(shares, key=lambda language: (shares[language], language == "da"))
    if shares[best] < 0.08 or best == "da":
        return len(words) < 30 or shares["da"] >= 0.08
    if best in _MARKED:
        marked = sum(counts[word] for word in _MARKED[best]) / len(words)
        return marked < 0.03
    return len(words) < 4 or shares["da"] >= shares[best] * 0.8


def _latin(word: str) -> bool:
    return all(character < "\u0370" for character in word)
