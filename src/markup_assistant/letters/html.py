"""Reads HTML: what a reader sees of it, as blocks, with links; no network, no scripts."""

import re
from typing import TYPE_CHECKING

from lxml import etree

from markup_assistant.errors import DamagedError, TooLargeError
from markup_assistant.letters.builder import MAX_TEXT, LetterBuilder
from markup_assistant.letters.composer import Composer
from markup_assistant.letters.letter import BlockKind, Letter
from markup_assistant.letters.limits import MAX_HTML, MAX_HTML_MARKUP, MB
from markup_assistant.letters.xml import markup_in

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    "li": BlockKind.ITEM,
    "dt": BlockKind.ITEM,
    "dd": BlockKind.ITEM,
    "td": BlockKind.CELL,
    "th": BlockKind.CELL,
    "header": BlockKind.HEADER,
    "footer": BlockKind.FOOTER,
} | dict.fromkeys(_HEADINGS, BlockKind.HEADING)
_PLAIN = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "div", "dl", "fieldset"}
    | {"figcaption", "figure", "form", "hr", "html", "legend", "main", "nav", "ol", "p", "pre", "section"}
    | {"summary", "table", "tbody", "tfoot", "thead", "tr", "ul"},
)
_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "svg", "math", "object", "iframe", "audio", "video", "canvas"}
    | {"select", "textarea", "head"},
)
_HIDDEN = re.compile(r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_-]{1,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_META = {"description": "description", "keywords": "keywords", "subject": "subject"}


def read_html(data: bytes, name: str) -> Letter:
    """Read a web page or a letter saved as one.

    Raises:
        TooLargeError: more bytes, markup or text than a letter has.
        DamagedError: nothing in it can be parsed.
    """
    composer = Composer(LetterBuilder(name, "html"))
    return composer.build(put_html(_decoded(data, name), composer, name))


def put_html(page: str, composer: Composer, name: str) -> dict[str, str]:
    """Put the blocks of a page into a letter; returns the page's properties."""
    data = _DECLARATION.sub("", page, count=1).replace("\x00", "").encode("utf-8", "replace")
    if markup_in(data) > MAX_HTML_MARKUP:
        raise TooLargeError(file=name, limit=f"{MAX_HTML_MARKUP:,} HTML".replace(",", "."))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser) if data.strip() else None
    except etree.XMLSyntaxError as error:
        raise DamagedError(file=name, format="HTML", reason=f"{error.lineno or 1}") from None
    if root is None:
        return {}
    _Walk(composer).run(root)
    return _properties(root)


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_HTML:
        raise TooLargeError(file=name, limit=f"{MAX_HTML // MB} MB HTML")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _CHARSET.search(data[:4096])
        return _in_code_page(data, declared[1].decode("ascii") if declared else "cp1252")


def _in_code_page(data: bytes, encoding: str) -> str:
    """Decode what is no UTF-8; browsers read Latin-1 as Windows-1252 (WHATWG Encoding), and so do we."""
    if encoding.casefold() in {"iso-8859-1", "latin1", "us-ascii", "utf-8", "utf8"}:
        encoding = "cp1252"
    try:
        return data.decode(encoding, "replace")
    except (LookupError, ValueError):
        return data.decode("cp1252", "replace")


def _properties(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    title = root.find(".//title")
    if title is not None and title.text and title.text.strip():
        found["title"] = " ".join(title.text.split())
    for meta in root.iter("meta"):
        key = _META.get((meta.get("name") or "").casefold())
        content = (meta.get("content") or "").strip()
        if key and content:
            found.setdefault(key, content)
    return found


def _is_hidden(element: etree._Element) -> bool:
    return (
        element.tag in _SKIPPED
        or element.get("hidden") is not None
        or bool(_HIDDEN.search((element.get("style") or "")[:2_000]))
    )


class _Walk:
    """Goes through the tree without recursion, because pages nest deeper than Python does."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._links: list[AbstractContextManager[None]] = []
        self._kinds: list[tuple[BlockKind, int]] = [(BlockKind.PARAGRAPH, 0)]
        self._preformatted = 0
        self._space = False
        self._begun = False

    def run(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        hidden: etree._Element | None = None
        for event, element in walk:
            if hidden is not None:
                if event == "end" and element is hidden:
                    hidden = None
                    self._text(element.tail)
            elif event == "end":
                self._end(element)
            elif not isinstance(element.tag, str) or _is_hidden(element):
                walk.skip_subtree()
                hidden = element
            else:
                self._start(element)
        self._break()

    def _start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._break()
            kind = _BLOCKS[tag]
            self._kinds.append((kind, _HEADINGS.get(tag, int(kind == BlockKind.ITEM))))
        elif tag in _PLAIN:
            self._break()
            self._preformatted += tag == "pre"
        elif tag == "br":
            self._line()
        elif tag == "a" and element.get("href"):
            self._open()
            self._put_space()
            self._links.append(self._composer.begin_link((element.get("href") or "")[:2_000]))
        self._text(element.text)

    def _end(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._break()
            self._kinds.pop()
        elif tag in _PLAIN:
            self._break()
            self._preformatted -= tag == "pre"
        elif tag == "a" and element.get("href"):
            self._composer.end_link(self._links.pop())
        self._text(element.tail)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        text = text[: MAX_TEXT + 1]
        if self._preformatted:
            self._open()
            self._composer.text(text)
            return
        words = _SPACE.sub(" ", text)
        if words.startswith(" "):
            self._space = self._begun
        words = words.strip(" ")
        if words:
            self._open()
            self._put_space()
            self._composer.text(words)
        self._space = self._begun and text[-1] in " \t\r\n\f"

    def _open(self) -> None:
        if not self._begun:
            self._composer.open()
            self._begun = True
            self._space = False

    def _put_space(self) -> None:
        if self._space:
            self._composer.text(" ")
            self._space = False

    def _line(self) -> None:
        """Break the line inside a block."""
        if self._begun:
            self._composer.text("\n")
            self._space = False

    def _break(self) -> None:
        """End the open block."""
        if self._begun:
            self._composer.end(*self._kinds[-1])
            self._begun = False
            self._space = False
