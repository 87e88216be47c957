"""Finds what people type where something is to be filled in: ``«Navn»``, ``{{sag.dato}}``, ``____``.

Every pattern is bounded, so that the time grows with the length of the text and nothing more.
"""

import re

from markup_assistant.letters.letter import Field, FieldKind

MAX_NAME = 60
"""Characters of a placeholder's name; what is longer is prose in brackets."""

_WORD = r"[^\W\d_][\w.\-/]{0,59}"
_NAME = r"[^\W\d_][\w .:/\-æøå]{0,59}"
_PATH = r"[^\W\d_][\w.:\-]{0,59}(?: [\w.:\-]{1,59}){0,5}"
_WIDE = r"[^\W\d_][^«»<>\[\]{}\n]{0,59}"

_PATTERNS = (
    (
        "code",
        r"\{\s{0,9}(?:MERGEFIELD|DOCVARIABLE|DOCPROPERTY)\s{1,9}(?:\"([^\"{}\n]{1,60})\"|([^\s\"{}\\]{1,60}))[^{}\n]{0,80}\}",
    ),
    ("guillemets", rf"«({_WIDE}(?<!\s))»"),
    ("angles", rf"<<\s?({_WIDE})>>"),
    ("moustache", rf"\{{\{{\{{?\s{{0,3}}&?\s?({_PATH})\s{{0,3}}(?:[|(}}][^{{}}\n]{{0,80}})?\}}\}}"),
    ("dollar_brace", rf"\$\{{\s?({_NAME})\}}"),
    ("square_twice", rf"\[\[({_NAME})\]\]"),
    ("brace", rf"(?<![\w$}}])\{{\s?({_NAME})\}}"),
    ("square", rf"(?<![\w\]!])\[({_NAME}\??)\](?![(\[:\w])"),
    ("dollar", rf"(?<![\w$])\$({_WORD})\$(?!\w)"),
    ("percent", rf"(?<![\w%])%{{1,2}}({_WORD})%{{1,2}}(?!\w)"),
    ("at", rf"(?<![\w@.])@{{1,2}}({_WORD})@{{1,2}}(?![\w.])"),
    ("hash", r"(?<![\w#])#{1,2}([^\W\d_][\w.\-/]{0,59}(?: [\w.\-/]{1,30}){0,3})#{1,2}(?!\w)"),
    ("bang", r"(?<!\S)!([A-Za-z][A-Za-z0-9_:\-]{1,58}[A-Za-z0-9_])(?!\w)"),
    ("angle", r"(?<![\w<])<([^\W\d_]\w{1,59})>(?!>)"),
    ("line", r"(?<![\w_])_{3,}(?!\w)"),
    ("dots", r"(?<![\w.])(?:\.{5,}|…{2,})(?![\w.])|(?<=[\w:])(?:\.{5,}|…{2,})(?![\w.])"),
)

_ANY = re.compile(r"(?=[«<{\[$%@#!_.…])(?:" + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS) + ")")

_REMARKS = "se jf sic note fodnote kilde fig figur tabel ibid red min osv mv fx ca"
_PROSE_START = frozenset(_REMARKS.split())
"""First words of what stands in square brackets as a remark."""

_TAGS = """
a abbr address article aside audio b base blockquote body br button canvas caption center cite code col
colgroup data dd del details dfn dialog div dl dt em embed fieldset figcaption figure font footer form
frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main
map mark meta meter nav noscript object ol optgroup option output p param picture pre progress q s samp
script section select small source span strong style sub summary sup svg table tbody td template textarea
tfoot th thead time title tr track tt u ul var video wbr
"""
_HTML = frozenset(_TAGS.split())
"""Element names of HTML (living standard, with the common ones from before)."""

_CHECKBOX = re.compile(r"(?:[-*•]\s{0,3})?\[[xX]\]\s")
_LABEL = re.compile(r"([^\W\d_][^\n\t_…:.!?]{0,59})[\s:.…_]{0,12}\Z")
_PAGE = re.compile(r"[ \t]{0,9}\d{1,4}[ \t]{0,9}(?:\n|\Z)")
_BELOW = re.compile(r"[_ \t]{0,40}\n[ \t]{0,40}([^\W\d_][^\n_]{0,59})(?:\n|\Z)")
_BESIDE = re.compile(r"[ \t]{0,3}\(([^()\n_]{1,60})\)")


def find_placeholders(text: str) -> list[Field]:
    """Return the placeholders of a text in order, none inside another."""
    found = []
    after_last = 0
    for match in _ANY.finditer(text):
        kind = match.lastgroup
        # The group of the whole alternative closes last; its name says which pattern it was.
        if kind in {"line", "dots"}:
            name = _name_of_blank(text, match.start(), match.end(), after_last)
        else:
            name = _name_within(text, match, kind or "")
        if name:
            found.append(Field(name, FieldKind.PLACEHOLDER, match.start(), match.end()))
            after_last = match.end()
    return found


def _name_within(text: str, match: re.Match[str], kind: str) -> str:
    """Return the name that a placeholder has between its signs, or nothing when it is something else."""
    inner = [group for group in match.groups() if group is not None]
    name = " ".join(inner[1].split()) if len(inner) > 1 else ""
    if kind == "square" and _is_remark(name, text, match.start()):
        return ""
    if kind in {"brace", "dollar_brace"} and _is_code(name):
        return ""
    if kind == "guillemets" and _is_between_quotations(text, match.start(), match.end()):
        return ""
    if kind == "angle" and not _is_angle_name(name):
        return ""
    return name[:MAX_NAME].rstrip(" .:") if _names_something(name) else ""


def _names_something(name: str) -> bool:
    return any(character.isalpha() for character in name) and len(name.split()) <= 8


def _is_remark(name: str, text: str, start: int) -> bool:
    words = name.casefold().split()
    return (
        len(words) > 6
        or words[0].rstrip(".:") in _PROSE_START
        or name.endswith(".")
        or bool(_CHECKBOX.match(text, start))
    )


def _is_between_quotations(text: str, start: int, end: int) -> bool:
    """Whether the signs end one Danish quotation and begin the next: ``»a«og»b«``."""
    return text[max(0, start - 1) : start].isalnum() and text[end : end + 1].isalnum()


def _is_code(name: str) -> bool:
    """Whether a name in braces is a line of a program or a style sheet: ``{color: red}``."""
    return ": " in name or "//" in name


def _is_angle_name(name: str) -> bool:
    inside = any(character.isupper() for character in name[1:]) or "_" in name
    return name.casefold() not in _HTML and (inside or name[0].isupper())


def _name_of_blank(text: str, start: int, end: int, after_last: int) -> str:
    """Return what a line to write on is for: the words before it, in brackets after it, or below it."""
    line_start = text.rfind("\n", max(0, start - 200), start) + 1 or max(0, start - 200)
    before = text[max(line_start, after_last) : start]
    if text[start] in ".…" and _PAGE.match(text, end):
        return ""  # a table of contents
    label = _LABEL.search(before[-80:])
    if label:
        return " ".join(label[1].strip("() ").split())
    beside = _BESIDE.match(text, end) or (_BELOW.match(text, end) if not before.strip(" \t_.…") else None)
    if beside:
        return " ".join(beside[1].split())
    return text[start:end][:4] if before.strip() else ""
