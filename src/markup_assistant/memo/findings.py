"""What is wrong or doubtful in a message: one finding a place and rule, said in the user's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeGuard

from markup_assistant.letters.masking import mask_cpr
from markup_assistant.texts import Texts, default_texts

MAX_SHOWN = 80
"""Characters of a wrong value that are shown."""


class Severity(StrEnum):
    """How much a finding matters: an error is not sent, a warning is looked at, a hint is good to know."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a message that breaks a rule.

    ``place`` is a path below the message, ``MessageBody/MainDocument/Action[2]/EntryPoint/url``; ``rule`` the name
    under which its sentences stand (``memo.rule.NAME``); ``facts`` what they name, personal numbers masked.
    """

    severity: Severity
    place: str
    rule: str
    facts: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))

    def what(self, texts: Texts | None = None) -> str:
        """Say what is wrong, and where."""
        return self._say("what", texts or default_texts())

    def do(self, texts: Texts | None = None) -> str:
        """Say what to do about it."""
        return self._say("do", texts or default_texts())

    def _say(self, part: str, texts: Texts) -> str:
        name = element_name(self.place, texts)
        facts = {key: texts(fact) if _is_key(fact, texts) else fact for key, fact in self.facts.items()}
        return texts(f"memo.rule.{self.rule}.{part}", place=self.place, name=name, **facts)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with a plain dict, because a mapping proxy does not cross a process border."""
        return _rebuild, (self.severity, self.place, self.rule, dict(self.facts))


def finding(severity: Severity, place: str, rule: str, **facts: str | int) -> Finding:
    """Return a finding whose facts are short and free of personal numbers."""
    shown = {name: _shown(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    return Finding(severity, place, rule, MappingProxyType(shown))


def element_name(place: str, texts: Texts) -> str:
    """Return what the last element of a place is called by people."""
    above, _, last = place.rpartition("/")
    name, _, number = last.partition("[")
    parent = above.rpartition("/")[2].partition("[")[0]
    keys = (f"memo.element.{parent}_{name}", f"memo.element.{name or 'Message'}")
    said = next((texts(key) for key in keys if key in texts), name)
    return f"{said} ({number.rstrip(']')})" if number else said


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of the findings is an error."""
    return any(found.severity is Severity.ERROR for found in findings)


def _shown(text: str) -> str:
    masked = mask_cpr(text)  # before it is cut, so that no half of a number is left
    short = masked if len(masked) <= MAX_SHOWN else masked[: MAX_SHOWN - 1] + "…"
    return "".join(character if character.isprintable() else "�" for character in short)


def _is_key(fact: str | int, texts: Texts) -> TypeGuard[str]:
    return isinstance(fact, str) and fact.startswith("memo.") and fact in texts


def _rebuild(severity: Severity, place: str, rule: str, facts: dict[str, str | int]) -> Finding:
    return Finding(severity, place, rule, MappingProxyType(facts))
