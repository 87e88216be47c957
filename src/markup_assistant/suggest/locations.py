"""Where a meeting is held: after a label (``Sted: …``), after the time (``kl. 10 på Rådhuset``) or in its sentence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markup_assistant.letters.letter import Field, Letter

MAX_LOCATION = 90
"""Characters of a place; what is longer is a sentence. MeMo takes 256."""

WINDOW_BEFORE, WINDOW_AFTER = 400, 600
"""Characters around the time of a meeting in which its place is looked for."""

# A full stop ends a place, but not in "st. th.", "1. sal" and the like.
_IN_PLACE = r"(?:[^\n.;!?]|\.(?=\w)|(?<=\d)\.(?=\s(?:sal|tv|th|mf))|(?<=\bst)\.|(?<=\bth)\.|(?<=\btv)\.|(?<=\bmf)\.)"
_START = r"[A-ZÆØÅ0-9]"
_LABEL = re.compile(
    r"(?:^|\n|\|)[ \t|]{0,60}"
    r"(?:m(?:ø|oe)dested|sted|lokale|hvor|adresse|placering|(?:m(?:ø|oe)det\s)?(?:af)?holdes)"
    r"[ \t]{0,20}[:|][ \t|]{0,60}(?P<place>[^\n|]{2,160})",
    re.IGNORECASE,
)
_AFTER_TIME = re.compile(
    rf"[ \t]{{0,3}}(?:,|\)|-|–)?[ \t]{{0,3}}"
    rf"(?P<place>(?:på|i|ved|hos|hjemme hos|inde på|nede i)\s{_IN_PLACE}{{2,160}})",
    re.IGNORECASE,
)
_BARE_AFTER_TIME = re.compile(rf"[ \t]{{0,3}},[ \t]{{1,3}}(?P<place>{_START}{_IN_PLACE}{{2,120}})")
_NEXT_LINE = re.compile(rf"[ \t.,]{{0,6}}\n{{1,2}}[ \t]{{0,40}}(?P<place>{_START}[^\n]{{2,70}})(?=\n|\Z)")
_BEFORE_TIME = re.compile(
    rf"\b(?P<place>(?:på|i|ved|hos)\s{_START}[^\n.;!?,]{{1,80}})\s{{1,3}}(?:(?:(?:den|d\.?|på)\s)?)\Z"
)
_HELD = re.compile(
    r"\b(?:holdes|afholdes|holder|finder sted|foregår|møder?|mødes|kom(?:mer)?|besigtiger)\b[^.\n]{0,40}?\s"
    rf"(?P<place>(?:på|i|ved|hos|hjem til)\s{_IN_PLACE}{{2,120}})",
    re.IGNORECASE,
)
_STOPS = re.compile(
    r"(?:(?<!hjem)\stil|\s(?:for at|hvor|og (?:taler|bliver|ser|vi|du|I)\b|så|med henblik|om|når|fordi|fra|med|sammen|"
    r"første gang|kl\.|senest|den \d|af hensyn|(?:man|tirs|ons|tors|fre|lør|søn)dag|d\.))(?:\W.*|\Z)"
    r"|,\s(?:hvor|og|så|men|for|da|når|hvis|inden)\b.*|\s\(.*",
    re.DOTALL,
)
_NO_PLACE = re.compile(
    r"(?:på|i|ved|hos)\s(?:dette|denne|din|at|den (?:sag|måde)|tlf|telefon|mail|baggrund|forbindelse|dag|morgen|aften|"
    r"år|uge|stedet|henhold|tid|orden|forhold|øjeblikket|hånden|alt|ca|\d|gang|samme|besøg|januar|februar|marts|april|maj|"
    r"juni|juli|august|september|oktober|november|december|(?:man|tirs|ons|tors|fre|lør|søn)dag|op til|stand)\b",
    re.IGNORECASE,
)
_NO_LINE = re.compile(
    r"(?:kære|hej|med|venlig|hilsen|mvh|kh|dagsorden|tid|dato|vi|du|i|de|der|det|den|emne|deltager\w*|mødeleder|formål\w*|"
    r"husk|tag|har|til|elev|navn|vedr)\b|.*\b(?:er|har|skal|kan|vil|tager|bliver|får|kommer|taler)\b|.*[|:.]\s*\Z",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(rf"(?:på|i|ved|hos)\s+(?={_START})")


@dataclass(frozen=True, slots=True)
class LocationMatch:
    """A place, ``text[start:end]``."""

    start: int
    end: int


def find_location(letter: Letter, fields: Sequence[Field], start: int, end: int) -> LocationMatch | None:
    """Return where the meeting at the time ``text[start:end]`` is held, without a preposition before a name."""
    base = max(0, start - WINDOW_BEFORE)
    window = _masked(letter.text, fields, base, min(len(letter.text), end + WINDOW_AFTER))
    found = _find(window, start - base, end - base)
    return LocationMatch(found.start + base, found.end + base) if found else None


def _masked(text: str, fields: Sequence[Field], start: int, end: int) -> str:
    """Return a window of the text in which each field is a capital word, so that its signs end no sentence."""
    parts, at = [], start
    for field in fields:
        if field.end <= at or field.start < at:
            continue
        if field.end > end:
            break
        parts += [text[at : field.start], "X" * (field.end - field.start)]
        at = field.end
    parts.append(text[at:end])
    return "".join(parts)


def _find(window: str, start: int, end: int) -> LocationMatch | None:
    for pattern in (_AFTER_TIME, _BARE_AFTER_TIME):
        match = pattern.match(window, end)
        if match and (place := _trimmed(window, match)):
            return place
    labelled = min(_LABEL.finditer(window), key=lambda match: abs(match.start() - start), default=None)
    if labelled and (place := _trimmed(window, labelled)):
        return place
    match = _NEXT_LINE.match(window, end)
    if match and not _NO_LINE.match(match["place"]) and (place := _trimmed(window, match)):
        return place
    match = _BEFORE_TIME.search(window, max(0, start - 120), start)
    if match and (place := _trimmed(window, match)):
        return place
    match = _HELD.search(window, max(0, start - 200), min(len(window), end + 300))
    return _trimmed(window, match) if match else None


def _trimmed(window: str, match: re.Match[str]) -> LocationMatch | None:
    place = match["place"]
    if _NO_PLACE.match(place):
        return None
    kept = _STOPS.sub("", place).rstrip(" \t,;:–-|(")
    lead = _PREPOSITION.match(kept)
    start = match.start("place") + (lead.end() if lead else 0)
    length = len(kept) - (lead.end() if lead else 0)
    if not 1 < length <= MAX_LOCATION or not any(character.isalpha() for character in kept):
        return None
    return LocationMatch(start, start + length)
