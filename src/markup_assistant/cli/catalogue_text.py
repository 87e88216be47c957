"""What the catalogue says, as lines for people and as values for JSON."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from markup_assistant.catalogue.tree import TERM_KINDS, Catalogue, Facet, Node, Subject
from markup_assistant.cli.layout import columns, paragraph
from markup_assistant.texts import Texts

if TYPE_CHECKING:  # loads rapidfuzz, which only a search needs
    from markup_assistant.catalogue.search import Hit

MAX_CHILDREN = 60
"""Children shown of a group; the largest has fewer."""


def hit_lines(catalogue: Catalogue, hits: Iterable["Hit"], texts: Texts, width: int) -> list[str]:
    """Return a line a hit, with the word that found it where that is not the title's."""
    rows = []
    for hit in hits:
        row = titled(catalogue.node(hit.number), texts)
        rows.append((hit.number, row))
        if hit.source == "term":
            rows.append(("", texts("cli.catalogue.search.through", word=hit.matched)))
    return columns(rows, width)


def hit_json(hit: "Hit") -> dict[str, Any]:
    """Return a hit as plain values."""
    return {name: getattr(hit, name) for name in ("number", "title", "level", "score", "matched", "source")}


def titled(node: Node, texts: Texts) -> str:
    """Return a title with its lapse where it has one."""
    if isinstance(node, Subject) and node.expires:
        return f"{node.title} ({texts('cli.catalogue.lapses', year=node.expires)})"
    return node.title


def node_lines(catalogue: Catalogue, node: Node, texts: Texts, width: int) -> list[str]:
    """Return all about a number: path, facets, words, what is below and beside it."""
    lines = columns([(node.number, titled(node, texts))], width)
    level = texts(f"cli.catalogue.level.{len(node.number.split('.'))}")
    lines.append(texts("cli.catalogue.level_line", level=level, edition=catalogue.name))
    path = catalogue.path(node.number)[:-1]
    children = catalogue.children(node.number)
    sections = [
        ("path", _rows(path, texts)),
        ("children", _rows(children[:MAX_CHILDREN], texts)),
        ("facets", [(facet.code, facet.title) for facet in catalogue.usual_facets(node.number)]),
        ("terms", _term_rows(catalogue, node, texts)),
        ("neighbours", _rows(catalogue.neighbours(node.number), texts)),
    ]
    for name, rows in sections:
        if rows:
            lines += ["", texts(f"cli.catalogue.{name}"), *columns(rows, width, indent=2)]
        if name == "facets":
            usual = {code for code, _ in rows}
            others = " ".join(facet.code for facet in catalogue.facets if facet.code not in usual)
            lines += paragraph(texts("cli.catalogue.other_facets", codes=others), width, indent=2)
    if node.uuid:
        lines += ["", f"UUID  {node.uuid}"]
    return lines


def node_json(catalogue: Catalogue, node: Node) -> dict[str, Any]:
    """Return all about a number as plain values; every key is there, lists may be empty."""
    usual = catalogue.usual_facets(node.number)
    return {
        "number": node.number,
        "title": node.title,
        "level": ("main_group", "group", "subject")[len(node.number) // 3],
        "expires": node.expires if isinstance(node, Subject) else "",
        "uuid": node.uuid,
        "path": _plain(catalogue.path(node.number)),
        "children": _plain(catalogue.children(node.number)),
        "neighbours": _plain(catalogue.neighbours(node.number)),
        "facets": [
            {"code": facet.code, "title": facet.title, "usual": facet in usual}
            for facet in catalogue.facets_for(node.number)
        ],
        "terms": [
            {"kind": term.kind, "text": term.text, "lapsed": term.lapsed} for term in catalogue.terms(node.number)
        ],
        "catalogue": catalogue.name,
    }


def facet_lines(catalogue: Catalogue, facet: Facet, texts: Texts, width: int) -> list[str]:
    """Return all about a facet: its category and the others in it."""
    others = [(other.code, other.title) for other in catalogue.facets if other.category == facet.category]
    return [
        *columns([(facet.code, facet.title)], width),
        texts("cli.catalogue.level_line", level=texts("cli.catalogue.facet"), edition=catalogue.name),
        "",
        f"{facet.category}  {facet.category_title}",
        *columns([row for row in others if row[0] != facet.code], width, indent=2),
    ]


def facet_json(facet: Facet) -> dict[str, str]:
    """Return a facet as plain values."""
    return {
        "code": facet.code,
        "title": facet.title,
        "category": facet.category,
        "category_title": facet.category_title,
    }


def _rows(nodes: Iterable[Node], texts: Texts) -> list[tuple[str, str]]:
    return [(node.number, titled(node, texts)) for node in nodes]


def _plain(nodes: Iterable[Node]) -> list[dict[str, str]]:
    return [{"number": node.number, "title": node.title} for node in nodes]


def _term_rows(catalogue: Catalogue, node: Node, texts: Texts) -> list[tuple[str, str]]:
    terms = catalogue.terms(node.number)
    rows = []
    for kind in TERM_KINDS:
        words = [
            f"{term.text} ({texts('cli.catalogue.law_lapsed', year=term.lapsed)})" if term.lapsed else term.text
            for term in terms
            if term.kind == kind
        ]
        if words:
            rows.append((texts(f"cli.catalogue.kind.{kind}"), ", ".join(words)))
    return rows
