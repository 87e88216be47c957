"""What the fields of a template will carry, told from their names and the words beside them."""

import re
from dataclasses import dataclass
from enum import StrEnum

from markup_assistant.letters.letter import Field, FieldKind, Letter
from markup_assistant.suggest.tokens import unfold

MAX_FIELDS = 1000
"""Fields of a letter that are looked at; a template has rarely a hundred."""


class Role(StrEnum):
    """What kind of value a field stands for."""

    DAY = "day"
    CLOCK = "clock"
    DEADLINE = "deadline"
    AMOUNT = "amount"
    LINK = "link"
    PLACE = "place"


_ROLE_WORDS = {
    Role.LINK: r"link\w*|url\w*|\w*(?:link|url)|web\w*|hjemmeside\w*|\w*portal|\w*(?:web)?side",
    Role.DEADLINE: r"\w*frist\w*|senest\w*|deadline|\w*inden|\w*forfald\w*|udløb\w*|sidste\w*|betalingsdato"
    r"|svardato|svarsenest|returdato",
    Role.DAY: r"\w*dato\w*|\w*dag|date",
    Role.CLOCK: r"tid|\w*tid|kl|\w*kl|klokken|klokkeslæt|\w*klokkeslæt|\w*tidspunkt|time|start|slut|fra|til|begynd\w*",
    Role.AMOUNT: r"\w*beløb|\w*beløbet|belob|\w*pris|sum|\w*sum|total\w*|ialt|saldo|restance|\w*gebyr|\w*takst"
    r"|depositum|indskud|rate|\w*afgift|krav|\w*andel|samlet|egenbetaling|betaling|afdrag|\w*betales|amount|kr",
    Role.PLACE: r"\w*sted|\w*sted(?:navn)?|\w*lokale\w*|\w*adresse|lok|mødested|location|bane|hal|rum|skole|sal|\w*lok",
}
_ROLES = {role: re.compile(rf"(?:{words})\Z", re.IGNORECASE) for role, words in _ROLE_WORDS.items()}
_LEADING_ROLES = (Role.LINK, Role.DEADLINE, Role.DAY)
"""Roles that a word before the last can tell: ``LinkSvar`` and ``FristPlan``, but not ``PrisGruppe``."""

_PART = re.compile(r"[A-ZÆØÅ]+(?![a-zæøå])|[A-ZÆØÅ]?[a-zæøå]+")

_BEFORE_CLOCK = re.compile(r"\bk(?:l\.?|lokken)[\s:]{0,3}\Z", re.IGNORECASE)
_BEFORE_AMOUNT = re.compile(r"\b(?:kr|dkk)\.?\s{0,3}\Z", re.IGNORECASE)
_AFTER_AMOUNT = re.compile(r"\s{0,3}(?:kr\b|kroner\b|dkk\b|,-)", re.IGNORECASE)
_BEFORE_LINK = re.compile(r"(?:https?://|www\.)\S{0,100}\Z", re.IGNORECASE)
_ASKS_AT = re.compile(
    r"\b(?:(?:an)?søg\w*|udfyld\w*|\w*skema\w*|læs\w*|tilmeld\w*|book\w*|log|upload\w*|indsend\w*)\b[^.\n]{0,40}\s"
    r"(?:på|via|her:?)\s\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class BoundField:
    """A field with all that it may stand for, the surest first."""

    field: Field
    roles: tuple[Role, ...]

    def may_be(self, role: Role) -> bool:
        """Whether the field can stand for a value of this kind."""
        return role in self.roles


def bind_fields(letter: Letter) -> tuple[BoundField, ...]:
    """Return the fields of a letter that stand for values, with their roles."""
    return tuple(BoundField(field, _roles(letter.text, field)) for field in value_fields(letter)[:MAX_FIELDS])


def value_fields(letter: Letter) -> list[Field]:
    """Return the fields that stand for a value still to come, in order: not conditions, not filled-in text."""
    found: list[Field] = []
    for field in letter.fields:
        if field.branches or field.end <= field.start or (found and field.start < found[-1].end):
            continue
        shown = letter.text[field.start : field.end]
        if field.kind is FieldKind.PLACEHOLDER or (field.name in shown and len(shown) <= len(field.name) + 40):
            found.append(field)
    return found


def _roles(text: str, field: Field) -> tuple[Role, ...]:
    before = text[max(0, field.start - 60) : field.start]
    after = text[field.end : field.end + 12]
    if _BEFORE_CLOCK.search(before):
        return (Role.CLOCK,)
    if _BEFORE_AMOUNT.search(before) or _AFTER_AMOUNT.match(after):
        return (Role.AMOUNT,)
    if _BEFORE_LINK.search(before):
        return (Role.LINK,)
    roles = name_roles(f"{field.name} {field.title}")
    if not roles and _ASKS_AT.search(before):
        return (Role.LINK,)
    return roles


def name_roles(name: str) -> tuple[Role, ...]:
    """Return what a field of this name can stand for: ``SvarFrist``, ``moede.dato``, ``LinkTilSkema``."""
    parts = [unfold(part.lower()) for part in _PART.findall(name[:120])]
    whole = "".join(parts)
    # The last word of a Danish compound says what it is.
    roles = [role for part in (*parts[-1:], whole) for role, pattern in _ROLES.items() if pattern.match(part)]
    roles += [role for part in parts[-2::-1] for role in _LEADING_ROLES if _ROLES[role].match(part)]
    if Role.DEADLINE in roles:
        roles = [Role.DEADLINE, *roles]
    return tuple(dict.fromkeys(roles))
