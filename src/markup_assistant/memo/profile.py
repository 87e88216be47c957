"""Profiles: what a municipality asks of its messages beyond what MeMo asks, in files that it can change."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from markup_assistant.errors import ProfileError, ProfileFileError
from markup_assistant.markup import ACTION_CODES, Markup
from markup_assistant.memo.findings import Finding, Severity, finding
from markup_assistant.memo.message import Message
from markup_assistant.memo.schema import Part, element_of, find_part
from markup_assistant.memo.simple import Simple

SHIPPED = Path(__file__).parent / "profiles"

MAX_FILE = 200_000
"""Bytes of a profile; MeMo has some 200 elements in all."""

_KEYS = ("extends", "fields")
_CODE = re.compile(r"\[([A-Z]+)\]")
_ACTION = "MessageBody/MainDocument/Action"
_KLE = "MessageHeader/ContentData/KLEdata"
_POINT = "MessageHeader/Sender/ContactPoint"

_DETAILS = {
    "EntryPoint": ("url",),
    "EntryPoint/url": ("url",),
    "Reservation": ("start",),
    "Reservation/startDateTime": ("start",),
    "Reservation/endDateTime": ("end",),
    "Reservation/location": ("location",),
    "endDateTime": ("deadline", "due"),
}
"""What stands below an action, with the details of markup that fill it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The places that must be filled, each with how much it matters."""

    name: str
    fields: Mapping[str, Severity]


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that came with the program."""
    return tuple(sorted(file.stem for file in SHIPPED.glob("*.yaml")))


def load_profile(profile: str | Path) -> Profile:
    """Read a profile by the name of one that came with the program, or from a file.

    Raises:
        ProfileFileError: the file cannot be read.
        ProfileError: it says something that no profile can say; names the file, the line and what is possible there.
    """
    file = Path(profile)
    if str(profile) in profile_names():
        file = SHIPPED / f"{profile}.yaml"
    return _load(file, ())


def check_profile(thing: Message | Markup, profile: Profile) -> tuple[Finding, ...]:
    """Return what a profile asks for and a message does not have.

    Of markup, only what it says is asked: subject, facet, target, actions and their details; a detail that a field
    will carry is there.
    """
    found: list[Finding] = []
    for path, severity in profile.fields.items():
        lacking = _lacking_in_markup(thing, path) if isinstance(thing, Markup) else _lacking(thing, path)
        found += [finding(severity, place, "profile", profile=profile.name) for place in lacking]
    return tuple(found)


def _load(file: Path, seen: tuple[Path, ...]) -> Profile:
    root = _parse(file)
    fields: dict[str, Severity] = {}
    own: dict[str, Severity] = {}
    for key, value in _pairs(file, root, ", ".join(_KEYS)):
        if key.value == "extends":
            fields |= _extended(file, value, (*seen, file)).fields
        elif key.value == "fields":
            for place, level in _pairs(file, value, "MessageHeader/label: error"):
                own[_path(file, place)] = _level(file, level)
        else:
            raise _error(file, key, known=", ".join(_KEYS))
    return Profile(file.stem, MappingProxyType(fields | own))


def _parse(file: Path) -> yaml.Node | None:
    try:
        content = file.read_bytes()
        if len(content) > MAX_FILE:
            raise ProfileFileError(file=str(file), line=1)
        return yaml.compose(content.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, RecursionError):
        raise ProfileFileError(file=str(file), line=1) from None
    except yaml.YAMLError as error:
        mark: Any = getattr(error, "problem_mark", None)
        raise ProfileFileError(file=str(file), line=mark.line + 1 if mark else 1) from None


def _pairs(file: Path, node: yaml.Node | None, known: str) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    if node is None or (isinstance(node, yaml.ScalarNode) and not node.value):
        return
    if not isinstance(node, yaml.MappingNode):
        raise _error(file, node, known=known)
    seen: set[str] = set()
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in seen:
            raise _error(file, key, known=known)
        seen.add(key.value)
        yield key, value


def _extended(file: Path, node: yaml.Node, seen: tuple[Path, ...]) -> Profile:
    said = node.value if isinstance(node, yaml.ScalarNode) else ""
    name = str(said)
    beside = file.parent / (name if name.endswith((".yaml", ".yml")) else f"{name}.yaml")
    other = SHIPPED / f"{name}.yaml" if name in profile_names() and not beside.is_file() else beside
    if not name or other in seen or not other.is_file():
        raise _error(file, node, known=", ".join(profile_names()))
    return _load(other, seen)


def _path(file: Path, node: yaml.ScalarNode) -> str:
    path = str(node.value)
    codes = _CODE.findall(path)
    if any(code not in ACTION_CODES for code in codes):
        raise _error(file, node, known=", ".join(f"Action[{code}]" for code in ACTION_CODES))
    if find_part(_CODE.sub("", path)) is None or (codes and not all(f"Action[{code}]" in path for code in codes)):
        raise _error(file, node, known=", ".join(_nearest(_CODE.sub("", path))))
    return path


def _nearest(path: str) -> list[str]:
    return get_close_matches(path, list(_paths(Message, "", 5)), n=3, cutoff=0.0)


def _paths(kind: type, above: str, depth: int) -> Iterator[str]:
    for part in element_of(kind).parts if depth else ():
        here = f"{above}/{part.name}".lstrip("/")
        yield here
        if isinstance(part.holds, type):
            yield from _paths(part.holds, here, depth - 1)


def _level(file: Path, node: yaml.Node) -> Severity:
    said = node.value if isinstance(node, yaml.ScalarNode) else ""
    if said not in set(Severity):
        raise _error(file, node, known=", ".join(Severity))
    return Severity(str(said))


def _error(file: Path, node: yaml.Node, known: str) -> ProfileError:
    key = str(node.value)[:80] if isinstance(node, yaml.ScalarNode) else "[…]"
    return ProfileError(file=str(file), line=node.start_mark.line + 1, key=key or "(tom)", known=known)


def _lacking(value: Any, path: str, place: str = "") -> Iterator[str]:
    """Yield the places of a path at which nothing stands."""
    first, _, rest = path.partition("/")
    name, code = _CODE.sub("", first), "".join(_CODE.findall(first))
    part = next(part for part in element_of(type(value)).parts if part.name == name)
    here = f"{place}/{name}".lstrip("/")
    held = getattr(value, part.attribute)
    items = list(enumerate(held if part.many else (held,), start=1))
    if code:
        items = [(number, item) for number, item in items if item.action_code == code]
        if not items and rest:
            return
    filled = [(number, item) for number, item in items if not _empty(item, part)]
    if not filled:
        yield f"{here}[{code}]" if code else f"{here}/{rest}".rstrip("/")
    elif rest:
        for number, item in filled:
            yield from _lacking(item, rest, f"{here}[{number}]" if part.many else here)


def _empty(item: object, part: Part) -> bool:
    return item is None or (isinstance(part.holds, Simple) and isinstance(item, str) and not item.strip())


def _lacking_in_markup(markup: Markup, path: str) -> Iterator[str]:
    if path.startswith(_ACTION):
        yield from _lacking_action(markup, path)
    elif path.startswith(_KLE):
        value = markup.facet if path.endswith("activityFacet") else markup.subject
        if not value:
            yield path
    elif path in (_POINT, f"{_POINT}/contactPointID") and not markup.target:
        yield path


def _lacking_action(markup: Markup, path: str) -> Iterator[str]:
    head, _, below = path.removeprefix(_ACTION).partition("/")
    code = head.strip("[]")
    actions = [action for action in markup.actions if not code or action.code == code]
    if not below:
        if not actions:
            yield path
        return
    for action in actions:
        names = _DETAILS.get(below)
        there = action.label if below == "label" else names is None or any(action.details.get(name) for name in names)
        if not there:
            yield f"{_ACTION}[{action.code}]/{below}"
