"""Tells which fields say who the citizen is that a letter is about: ``Modtagernavn``, ``BarnetsNavn``, ``Adresse``."""

import re
from collections.abc import Iterator
from enum import Enum, auto

from markup_assistant.letters.letter import Field, FieldKind

MAX_VALUE = 200
"""Characters of a field's value: what is longer is no name and no address, but prose in a control."""


class About(Enum):
    """What a field says of a citizen."""

    NAME = auto()
    ADDRESS = auto()
    BLOCK = auto()  # the name, and the address in lines below it
    NUMBER = auto()
    CONTACT = auto()


_KINDS = (
    (About.BLOCK, r"addressblock|adresseblok|adressefelt|adressat"),
    (About.ADDRESS, r"adresse(?:linje)?|adr|address|gade(?:navn)?|vejnavn"),
    (About.NAME, r"(?:for|efter|mellem|kalde)?navne?|(?:first|last|sur)?name|greetingline"),
    (About.NUMBER, r"cpr(?:nr|nummer)?|personn(?:r|ummer)"),
    (About.CONTACT, r"(?:telefon|tlf|mobil)(?:nr|nummer)?|e?mail|epost"),
)
_ENDING = tuple((kind, re.compile(rf"(?:{words})\Z")) for kind, words in _KINDS)
_CITIZEN = re.compile(
    r"(?:modtager|adressat|borger|cpr|(?<!kontakt)person|ansøger|barn|børn|elev|patient|klient|bebør|klager|part|ejer|"
    r"lejer|nabo|forælder|forældre|ægtefælle|samlever|partner|værge|pårørende|ung|unge|kunde|bruger|deltager|kursist|"
    r"debitor|skyldner|pensionist|låntager|afdøde|tilflytter|rekvirent|repræsentant|citizen|recipient)"
    r"(?:e[nst]?|ens|ets|rens|s|n|ns)?\Z"
)
"""Whom a letter can be about; the last word of a Danish compound says what it is (``SkoleElevNavn``).

Names of fields are read with ``oe`` as ``ø``, so ``beboer`` is ``bebør``.
"""

_NO_CITIZEN = re.compile(
    r"sag|behandler|afsender|underskri|kontakt|medarbejder|leder|chef|direktør|mester|sekretær|konsulent|rådgiver|jurist|"
    r"advokat|læge|sygeplej|terapeut|lærer|pædagog|visitator|mentor|vejleder|formand|enhed|afdeling|afd|team|område|"
    r"kommune|forvaltning|center|centr|region|myndighed|udvalg|råd|nævn|institution|skole|klinik|tilbud|virksomhed|"
    r"firma|selskab|forening|organisation|leverandør|klub|bank|parti|liste|legat|projekt|plan|hold|kursus|ydelse|sats|"
    r"brev|dokument|fil\Z|skabelon|felt|bilag|by\Z|vej|sted|land|sogn|hal\Z|bane|lokale|bygning|ejendom|vandløb|anlæg|"
    r"bassin|skov|båd|møde|arrangement|aktivitet|forløb|stilling|system|type|emne|vare|produkt|department|office|company"
)
_PERSONS_ADDRESS = re.compile(r"(?:bopæls?|privat|folkeregister|ny|gammel|tidligere|(?:sidste)?kendte|bolig)\Z")
_NAME_PART = re.compile("[A-ZÆØÅ]+(?![a-zæøå])|[A-ZÆØÅ]?[a-zæøå]+")
_LETTER_WRITTEN = (("ae", "æ"), ("oe", "ø"), ("aa", "å"))

_SIGNS = re.compile(r"[«»<>{}\[\]]|\A\s*[$%@#_!.…]| / ")
_PROMPTS = frozenset(
    "klik tryk indtast skriv angiv vælg indsæt tekst navn fornavn efternavn fulde adresse modtager modtagers "
    "modtagerens borger borgers borgerens ansøgers barnets click enter text name address recipient".split()
)
"""Words of a control that still asks for its value."""

_ANY_WORD = re.compile(r"[^\W_]+")


def about(said: Field) -> About | None:
    """Return what a field of this name, or else of this title, says of the citizen."""
    return next((found for label in (said.name, said.title) for found in _labelled(label)), None)


def _labelled(label: str) -> Iterator[About | None]:
    """Yield what the label says, which may be that it is about no citizen; nothing where it says neither."""
    words = [word.lower() for word in _NAME_PART.findall(label[:120])]
    for written, meant in _LETTER_WRITTEN:
        words = [word.replace(written, meant) for word in words]
    whole = "".join(words)
    for kind, ending in _ENDING:
        found = ending.search(whole)
        if found:
            yield kind if _of_citizen(kind, whole[: found.start()]) else None
            return
    if _CITIZEN.match(whole):
        yield About.BLOCK
    elif len(words) > 1 and _CITIZEN.search(words[-1]):  # ``NavnBorger``
        yield from (kind for kind, ending in _ENDING if ending.match(words[0]))


def _of_citizen(kind: About, whose: str) -> bool:
    if not whose:
        return kind is not About.CONTACT
    if _CITIZEN.search(whose):
        return True
    if kind is About.NAME:
        return not _NO_CITIZEN.search(whose)
    return kind is About.ADDRESS and bool(_PERSONS_ADDRESS.match(whose))


def is_filled(said: Field, shown: str) -> bool:
    """Whether a field shows a value, not its name or what it asks for."""
    if said.branches or said.kind is FieldKind.PLACEHOLDER or len(shown) > MAX_VALUE or _SIGNS.search(shown):
        return False
    words = {word.casefold() for word in _ANY_WORD.findall(shown)}
    names_itself = said.name and re.search(rf"(?<!\w){re.escape(said.name)}(?!\w)", shown, re.IGNORECASE)
    return bool(words) and not names_itself and words.isdisjoint(_PROMPTS)
