"""Reads OpenDocument letters and templates (.odt .ott, flat .fodt) whole: text, fields, links, properties."""

from collections.abc import Iterable, Iterator

from markup_assistant.errors import DamagedError, EncryptedError, FormatUnknownError
from markup_assistant.letters.archive import Archive
from markup_assistant.letters.builder import LetterBuilder
from markup_assistant.letters.composer import Composer
from markup_assistant.letters.letter import BlockKind, Letter
from markup_assistant.letters.opendocument_names import DC, FORM, META, OFFICE, STYLE, TEXT
from markup_assistant.letters.opendocument_story import Story
from markup_assistant.letters.opendocument_styles import read_styles
from markup_assistant.letters.xml import Element, parse_xml, text_in

_TEXT_TYPE = "application/vnd.oasis.opendocument.text"
_CONTENT, _STYLES, _META = "content.xml", "styles.xml", "meta.xml"
_MANIFEST = "META-INF/manifest.xml"
_PAGES = ("-first", "", "-left")
"""The order in which the headers of a page style are read, by the end of their element's name."""


def read_opendocument(data: bytes, name: str) -> Letter:
    """Read an OpenDocument text; ``name`` is what the letter and its errors are called.

    Headers come before the body, text boxes behind the paragraph that they are anchored in, then foot- and
    endnotes, footers last. A list item has its level from 1.

    Raises:
        LetterError: one of its kinds; the file is damaged, encrypted, too large, hostile or no such text.
    """
    if data.lstrip()[:1] == b"<":
        root = parse_xml(data, name, name)
        _format(root.get(OFFICE + "mimetype", ""), name)
        return _Reader(name, "fodt", [root]).read(root, [root])
    archive = Archive(data, name)
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise EncryptedError(file=name)
    mimetype = archive.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in archive else ""
    format_ = _format(mimetype or _TEXT_TYPE, name)
    styles, meta = ([archive.xml(part)] if part in archive else [] for part in (_STYLES, _META))
    content = archive.xml(_CONTENT)
    return _Reader(name, format_, [*styles, content]).read(content, meta)


class _Reader:
    def __init__(self, name: str, format_: str, roots: list[Element]) -> None:
        self._name = name
        self._roots = roots
        self._looks = read_styles(roots)
        self._composer = Composer(LetterBuilder(name, format_))
        self._controls: dict[str, Element] = {}
        self._notes: list[Element] = []

    def read(self, content: Element, meta: Iterable[Element]) -> Letter:
        body = content.find(f"{OFFICE}body/{OFFICE}text")
        if body is None:
            if content.find(OFFICE + "body") is not None:
                raise FormatUnknownError(file=self._name)
            raise DamagedError(file=self._name, format="OpenDocument", reason=_CONTENT)
        self._controls = _form_controls(body)
        self._pages("header", BlockKind.HEADER)
        self._story(body)
        for note in self._notes:
            self._story(note)
        self._pages("footer", BlockKind.FOOTER)
        return self._composer.build(dict(_properties(meta)) | _user_fields(body))

    def _story(self, elements: Iterable[Element], kind: BlockKind | None = None) -> None:
        story = Story(self._composer, self._looks, self._controls, kind)
        story.read(elements)
        if kind is None:
            self._notes += story.notes

    def _pages(self, which: str, kind: BlockKind) -> None:
        """Read headers or footers of all page styles, each text once."""
        seen: set[str] = set()
        for page in self._page_parts(which):
            said = text_in(page).strip()
            if said not in seen:
                seen.add(said)
                self._story(page, kind)

    def _page_parts(self, which: str) -> Iterator[Element]:
        for root in self._roots:
            for master in root.iterchildren(OFFICE + "master-styles"):
                for style in master.iterchildren(STYLE + "master-page"):
                    parts = _shown_parts(style, which)
                    yield from (parts[ending] for ending in _PAGES if ending in parts)


def _shown_parts(master_page: Element, which: str) -> dict[str, Element]:
    """Return the headers or footers that are switched on, by the end of their element's name."""
    found: dict[str, Element] = {}
    for part in master_page:
        local = part.tag.rpartition("}")[2]
        if local.startswith(which) and part.get(STYLE + "display", "true") != "false":
            found[local.removeprefix(which)] = part
    return found


def _format(mimetype: str, file: str) -> str:
    """Return ``odt`` or ``ott``; raises FormatUnknownError for spreadsheets and the like."""
    if not mimetype.startswith(_TEXT_TYPE):
        raise FormatUnknownError(file=file)
    return "ott" if mimetype.endswith("-template") else "odt"


def _form_controls(body: Element) -> dict[str, Element]:
    """Return the controls of forms by the id under which the text shows them."""
    found: dict[str, Element] = {}
    for forms in body.iterchildren(OFFICE + "forms"):
        for control in forms.iter(f"{FORM}*"):
            control_id = control.get(FORM + "id") or control.get("{http://www.w3.org/XML/1998/namespace}id")
            if control_id:
                found[control_id] = control
    return found


def _properties(roots: Iterable[Element]) -> Iterator[tuple[str, str]]:
    for root in roots:
        meta = root.find(OFFICE + "meta")
        for element in () if meta is None else meta:
            text = (element.text or "").strip()
            if not text:
                continue
            if element.tag in (DC + "title", DC + "subject"):
                yield element.tag.removeprefix(DC), text
            elif element.tag == META + "user-defined" and element.get(META + "name"):
                yield element.get(META + "name", ""), text
        if meta is not None:
            keywords = [(element.text or "").strip() for element in meta.iterchildren(META + "keyword")]
            if any(keywords):
                yield "keywords", ", ".join(filter(None, keywords))


def _user_fields(body: Element) -> dict[str, str]:
    """Return the values of user fields, named as the variables of a Word document are."""
    found: dict[str, str] = {}
    for declarations in body.iterchildren(TEXT + "user-field-decls"):
        for field in declarations.iterchildren(TEXT + "user-field-decl"):
            name, value = field.get(TEXT + "name"), field.get(OFFICE + "string-value")
            if name and value:
                found[f"docvar:{name}"] = value
    return found
