"""Reads Word letters and templates (.docx .dotx .docm .dotm) whole: text, fields, links, properties."""

from collections.abc import Iterable, Iterator

from markup_assistant.errors import DamagedError
from markup_assistant.letters.archive import Archive
from markup_assistant.letters.builder import LetterBuilder
from markup_assistant.letters.composer import Composer
from markup_assistant.letters.letter import BlockKind, Letter
from markup_assistant.letters.office_fields import FieldRecorder
from markup_assistant.letters.office_names import R_ID, W
from markup_assistant.letters.office_parts import Package, is_word_root
from markup_assistant.letters.office_story import Story
from markup_assistant.letters.office_styles import Styles
from markup_assistant.letters.xml import Element

_PAGES = {"first": 0, "default": 1, "even": 2}
"""The order in which the headers of a section are read."""

_TEXT_TAGS = (W + "t", W + "instrText", W + "fldSimple", W + "sdt")


def read_office(data: bytes, name: str) -> Letter:
    """Read a Word document; ``name`` is what the letter and its errors are called.

    Headers come before the body, text boxes behind the paragraph that they are anchored in, then foot- and
    endnotes, footers last. A list item has its level from 1.

    Raises:
        LetterError: one of its kinds; the file is damaged, encrypted, too large, hostile or no Word file.
    """
    return _Reader(Package(Archive(data, name)), name).read()


class _Reader:
    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._styles = Styles(package.optional_root("styles"))
        self._composer = Composer(LetterBuilder(name, package.format))
        self._fields = FieldRecorder(self._composer, name)
        self._notes: list[tuple[str, str]] = []

    def read(self) -> Letter:
        properties = self._package.properties()
        root = self._package.root(self._package.main)
        body = root.find(W + "body")
        if not is_word_root(root) or body is None:
            raise DamagedError(file=self._name, format="Word", reason=self._package.main)
        self._pages(root, "headerReference", BlockKind.HEADER)
        self._story(body, self._package.main)
        self._notes_of("footnote")
        self._notes_of("endnote")
        self._pages(root, "footerReference", BlockKind.FOOTER)
        return self._composer.build(properties)

    def _story(self, elements: Iterable[Element], part: str, kind: BlockKind | None = None) -> None:
        story = Story(self._fields, self._styles, self._package.relations(part), kind)
        story.read(elements)
        self._notes += story.notes

    def _pages(self, root: Element, reference: str, kind: BlockKind) -> None:
        """Read headers or footers, each part and each text once."""
        seen: set[str] = set()
        for part in dict.fromkeys(self._parts(root, reference)):
            page = self._package.root(part)
            said = "\0".join(_said(page))
            if said not in seen:
                seen.add(said)
                self._story(page, part, kind)

    def _parts(self, root: Element, reference: str) -> Iterator[str]:
        for section in root.iter(W + "sectPr"):
            references = sorted(
                section.iterchildren(W + reference),
                key=lambda element: _PAGES.get(element.get(W + "type", "default"), 1),
            )
            for element in references:
                relation = self._package.main_relation(element.get(R_ID))
                if relation is not None and not relation.external and self._package.has(relation.target):
                    yield relation.target

    def _notes_of(self, kind: str) -> None:
        wanted = [note_id for note_kind, note_id in self._notes if note_kind == kind]
        found = self._package.optional_part(f"{kind}s") if wanted else None
        if found is None:
            return
        by_id = {note.get(W + "id", ""): note for note in self._package.root(found).iterchildren(W + kind)}
        for note_id in dict.fromkeys(wanted):
            if note_id in by_id:
                self._story(by_id[note_id], found)


def _said(page: Element) -> Iterator[str]:
    """Yield what makes the text of a header: its words, and the fields in it."""
    for element in page.iter(*_TEXT_TAGS):
        yield element.text or element.get(W + "instr") or ""
