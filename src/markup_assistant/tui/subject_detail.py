"""All that helps to tell one KLE number from another, as text for a side panel."""

from collections.abc import Iterable

from textual.content import Content

from markup_assistant.catalogue.tree import TERM_KINDS, Catalogue, Node, Subject
from markup_assistant.texts import Texts

MOST_TERMS = {"term": 16}
"""Words shown of a kind; four of the other kinds."""

MOST_ROWS = 8
"""Facets, neighbours and children shown each."""


def subject_detail(catalogue: Catalogue, number: str, texts: Texts, *, terms: bool = True) -> Content:
    """Return title, path, words, usual facets, what is below a number, and its neighbours.

    ``terms=False`` leaves out the words, which are read from disk when they are first asked for.
    """
    node = catalogue.node(number)
    path = " › ".join(f"{above.number} {above.title}" for above in catalogue.path(number)[:-1])
    sections = [
        ("words", _words(catalogue, number, texts) if terms else []),
        ("contains", _numbered(catalogue.children(number), texts, catalogue.edition.year)),
        ("facets", [f"{facet.code}  {facet.title}" for facet in catalogue.usual_facets(number)[:MOST_ROWS]]),
        ("neighbours", _numbered(catalogue.neighbours(number), texts, catalogue.edition.year)),
    ]
    parts = [Content.styled(f"{node.number}  {titled(node, texts, catalogue.edition.year)}", "bold")]
    parts += [Content.styled(path, "$text-muted")] if path else []
    for name, rows in sections:
        if rows:
            parts += [Content(""), Content.styled(texts(f"tui.subject.{name}"), "bold $text-secondary")]
            parts += [Content(row) for row in rows]
    return Content("\n").join(parts)


def titled(node: Node, texts: Texts, year: int) -> str:
    """Return a title; that of a number that lapses begins with when, ``(udgår 2027)``."""
    if not isinstance(node, Subject) or not node.expires:
        return node.title
    key = "tui.subject.lapsed" if node.lapsed_by(year) else "tui.subject.lapses"
    return f"({texts(key, year=node.expires[:4])}) {node.title}"


def _numbered(nodes: Iterable[Node], texts: Texts, year: int) -> list[str]:
    rows = [f"{node.number}  {titled(node, texts, year)}" for node in nodes]
    return rows if len(rows) <= MOST_ROWS else [*rows[:MOST_ROWS], "…"]


def _words(catalogue: Catalogue, number: str, texts: Texts) -> list[str]:
    """Return a row a kind of term, the words themselves without its name."""
    known = catalogue.terms(number)
    rows = []
    for kind in TERM_KINDS:
        words = [term.text for term in known if term.kind == kind][: MOST_TERMS.get(kind, 4)]
        if words:
            label = "" if kind == "term" else f"{texts(f'tui.subject.kind.{kind}')}: "
            rows.append(label + ", ".join(words))
    return rows
