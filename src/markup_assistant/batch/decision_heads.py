"""Which decisions hold, found in one pass over all of them with little of each kept."""

from dataclasses import dataclass, field
from hashlib import blake2b

from markup_assistant.markup import Decision, Outcome
from markup_assistant.markup_json import markup_tree


@dataclass(slots=True)
class Heads:
    """The decisions that no other one on their letter supersedes; those are told in any order.

    Of each decision some 200 bytes stay, so that 100,000 of them fit beside everything else.
    """

    _made: dict[str, tuple[str, bytes, bool]] = field(default_factory=dict)
    _superseded: set[tuple[str, str]] = field(default_factory=set)

    def add(self, decision: Decision) -> None:
        """Take a decision."""
        withdrawn = decision.outcome is Outcome.WITHDRAWN
        self._made[decision.id] = (decision.letter, _sign(decision), withdrawn)
        self._superseded.update((decision.letter, older) for older in decision.supersedes)

    def __contains__(self, identity: object) -> bool:
        return identity in self._made

    def held(self) -> "Held":
        """Return what holds of all that was told."""
        heads: dict[str, list[str]] = {}
        for identity, (letter, _, _) in self._made.items():
            if (letter, identity) not in self._superseded:
                heads.setdefault(letter, []).append(identity)
        holding: set[str] = set()
        conflicts: set[str] = set()
        for letter, ids in heads.items():
            if len({self._made[one][1] for one in ids}) > 1:
                conflicts.add(letter)
                holding.update(ids)
            elif not self._made[ids[-1]][2]:
                holding.add(ids[-1])
        letters = {self._made[one][0] for one in holding}
        return Held(frozenset(holding), frozenset(conflicts), len(letters))


@dataclass(frozen=True, slots=True)
class Held:
    """What holds today.

    Attributes:
        ids: of each decided letter the decision that holds, the latest of those that agree; where people decided
            differently without knowing of each other, each of theirs.
        conflicts: the letters of which the latter is true; letters: how many are decided, these included.
    """

    ids: frozenset[str]
    conflicts: frozenset[str]
    letters: int


def _sign(decision: Decision) -> bytes:
    said = f"{decision.outcome.value} {markup_tree(decision.markup)}"
    return blake2b(said.encode("utf-8", "backslashreplace"), digest_size=12).digest()
