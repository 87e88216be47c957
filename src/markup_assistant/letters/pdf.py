"""Reads PDF with PDFium: text by lines and gaps, headings by size, links, form fields and properties."""

import ctypes
import math
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from markup_assistant.errors import DamagedError, EncryptedError, ScannedPdfError, TooLargeError
from markup_assistant.letters.builder import MAX_TEXT, LetterBuilder
from markup_assistant.letters.letter import BlockKind, FieldKind, Letter
from markup_assistant.letters.limits import MAX_FILE, MAX_PAGES, MB
from markup_assistant.letters.text import is_item

_PASSWORD_ERRORS = frozenset({pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY})
_METADATA = {"Title": "title", "Subject": "subject", "Keywords": "keywords"}

_PARAGRAPH_GAP = 1.35
"""Distance of two lines, in usual line distances of the page, from which a new paragraph begins."""

_FAR = 1.7
"""Distance of two lines, in sizes of the letters, up to which they may belong to one paragraph."""

_SINGLE = 1.2
"""Usual distance of two lines, in sizes of the letters, where a page does not show its own."""

_HEADING_SIZE = 1.12
_TITLE_SIZE = 1.3
"""Sizes of the letters of headings, in sizes of the body text."""

_FILLED = 0.6
"""Share of the widest line from which a line was broken by the margin, not by its writer."""

_BOLD = 600
_MAX_HEADING = 120
_MAX_ANNOTATIONS = 500
_MAX_URL = 4_000
_MIN_TEXT = 3

_SPLIT = "\ufffe"
"""What PDFium puts for the hyphen of a word that it finds split over two lines, which it joins."""

_HYPHENS = f"-\u2010\u00ad{_SPLIT}"
_CONJUNCTION = re.compile(r"(?:og|eller|samt|til)\b")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page: text, index of its first character, base line, size and weight of letters."""

    text: str
    first: int
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class _LinkArea:
    """A link over the characters ``first`` to ``last`` of a page."""

    url: str
    first: int
    last: int


def read_pdf(data: bytes, name: str) -> Letter:
    """Read the text layer of a PDF, at most its first :data:`MAX_PAGES` pages.

    Raises:
        EncryptedError: it cannot be opened without a password.
        ScannedPdfError: none of its pages has text.
        DamagedError, TooLargeError: it cannot be parsed; it has more text than a letter.
    """
    if len(data) > MAX_FILE:
        raise TooLargeError(file=name, limit=f"{MAX_FILE // MB} MB")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _PASSWORD_ERRORS:
            raise EncryptedError(file=name) from None
        raise DamagedError(file=name, format="PDF", reason=str(error.err_code)) from None
    try:
        return _Reader(document, name).read()
    except pypdfium2.PdfiumError:
        raise DamagedError(file=name, format="PDF", reason="PDFium") from None
    finally:
        document.close()


class _Reader:
    def __init__(self, document: Any, name: str) -> None:
        self._document = document
        self._name = name
        self._builder = LetterBuilder(name, "pdf")

    def read(self) -> Letter:
        found = 0
        for number in range(min(len(self._document), MAX_PAGES)):
            page = self._document[number]
            text_page = page.get_textpage()
            try:
                found += self._page(page, text_page)
            finally:
                text_page.close()
                page.close()
        if not found:
            raise ScannedPdfError(file=self._name)
        return self._builder.build(self._properties())

    def _page(self, page: Any, text_page: Any) -> int:
        """Read one page; returns how many characters and fields it has."""
        if text_page.count_chars() > MAX_TEXT:
            raise TooLargeError(file=self._name, limit=f"{MAX_TEXT:,}".replace(",", ".") + " tegn")
        lines = list(_lines(text_page))
        links, fields = _annotations(page, text_page)
        if lines:
            body = statistics.median(line.size for line in lines for _ in range(min(len(line.text), 200)))
            for paragraph in _paragraphs(lines):
                self._paragraph(paragraph, body, links)
        for field, shown in fields:
            self._builder.field(field, FieldKind.FORM, shown)
            self._builder.close()
        letters = sum(len(line.text.strip()) for line in lines)
        return len(fields) + (letters if letters >= _MIN_TEXT else 0)

    def _paragraph(self, lines: list[_Line], body: float, links: list[_LinkArea]) -> None:
        widest = max(len(line.text) for line in lines)
        split = False
        for number, line in enumerate(lines):
            if number and not split:
                # A line that is not filled was ended by its writer, as in an address.
                self._builder.text(" " if len(lines[number - 1].text) > _FILLED * widest else "\n")
            following = lines[number + 1].text.lstrip() if number + 1 < len(lines) else ""
            text = line.text.rstrip()
            split = _is_split_word(text, following)
            self._line(line, text[:-1] if split else text.replace(_SPLIT, "-"), links)
        self._builder.close(*_kind(lines, body))

    def _line(self, line: _Line, text: str, links: list[_LinkArea]) -> None:
        done = 0
        for area in links:
            start, end = max(done, area.first - line.first), min(len(text), area.last + 1 - line.first)
            if start < end:
                self._builder.text(text[done:start])
                with self._builder.link(area.url):
                    self._builder.text(text[start:end])
                done = end
        self._builder.text(text[done:])

    def _properties(self) -> dict[str, str]:
        said = self._document.get_metadata_dict(skip_empty=True)
        return {key: said[name].strip() for name, key in _METADATA.items() if said.get(name, "").strip()}


def _lines(text_page: Any) -> Iterator[_Line]:
    """Yield the lines of a page in PDFium's order, which is that of the file where it makes sense."""
    first = 0
    for text in text_page.get_text_range().split("\r\n"):
        for piece in re.findall(f"[^{_SPLIT}]*{_SPLIT}|[^{_SPLIT}]+", text):
            if piece.strip():
                yield _measured(text_page, piece, first)
            first += len(piece)
        first += 2


def _measured(text_page: Any, text: str, first: int) -> _Line:
    """Measure a line by its first character."""
    index = first + len(text) - len(text.lstrip())
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
    size = pdfium.FPDFText_GetFontSize(text_page, index)
    if pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        # Word writes letters of size 1 and enlarges them.
        size *= math.hypot(matrix.c, matrix.d) or 1.0
    bold = pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD
    return _Line(text, first, y.value, size, bold)


def _paragraphs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines of a page in paragraphs."""
    gaps = [upper.y - lower.y for upper, lower in pairwise(lines)]
    close = [gap / line.size for gap, line in zip(gaps, lines, strict=False) if 0 < gap <= _FAR * line.size]
    usual = statistics.median(close) if close else _SINGLE
    paragraph = lines[:1]
    for gap, (upper, lower) in zip(gaps, pairwise(lines), strict=True):
        distance = max(upper.size, lower.size, 1.0) * usual
        same_letters = upper.bold == lower.bold and 0.88 < lower.size / max(upper.size, 0.1) < _HEADING_SIZE
        if 0 <= gap <= _PARAGRAPH_GAP * distance and same_letters and not is_item(lower.text):
            paragraph.append(lower)
        else:
            yield paragraph
            paragraph = [lower]
    yield paragraph


def _kind(lines: list[_Line], body: float) -> tuple[BlockKind, int]:
    text = " ".join(line.text.strip() for line in lines)
    if is_item(lines[0].text):
        return BlockKind.ITEM, 1
    if len(text) <= _MAX_HEADING and any(character.isalpha() for character in text):
        if lines[0].size >= _TITLE_SIZE * body:
            return BlockKind.HEADING, 1
        if lines[0].size >= _HEADING_SIZE * body or (lines[0].bold and text[-1] not in ".,;:"):
            return BlockKind.HEADING, 2
    return BlockKind.PARAGRAPH, 0


def _is_split_word(text: str, following: str) -> bool:
    """Whether a hyphen at a line's end, which PDFium left, splits a word."""
    return (
        len(text) > 2
        and text[-1] in _HYPHENS
        and text[-2].islower()
        and following[:1].islower()
        and not _CONJUNCTION.match(following)
    )


def _annotations(page: Any, text_page: Any) -> tuple[list[_LinkArea], list[tuple[str, str]]]:
    """Return the links and the form fields (name, value) of a page, as far as they are simple."""
    links: list[_LinkArea] = []
    fields: list[tuple[str, str]] = []
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_LINK:
            links += _link(page, text_page, annotation)
        elif kind == pdfium.FPDF_ANNOT_WIDGET:
            name = _string(annotation, b"T")
            if name:
                fields.append((name, _string(annotation, b"V")))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return sorted(links, key=lambda link: link.first), fields


def _link(page: Any, text_page: Any, annotation: Any) -> Iterator[_LinkArea]:
    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return
    document = page.pdf
    length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < length <= _MAX_URL:
        return
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
    area = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, area)
    middle = (area.top + area.bottom) / 2
    first, last = (
        pdfium.FPDFText_GetCharIndexAtPos(text_page, x, middle, 3.0, 3.0) for x in (area.left + 1, area.right - 1)
    )
    if 0 <= first <= last:
        yield _LinkArea(buffer.value.decode("utf-8", "replace"), first, last)


def _string(annotation: Any, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length <= _MAX_URL:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00").strip()
