import pytest

from markup_assistant.errors import DamagedError, ScannedPdfError
from markup_assistant.letters.letter import FieldKind
from markup_assistant.letters.pdf import read_pdf


def pdf(content: str, pages: int = 1, annotations: str = "") -> bytes:
    """A PDF without a cross-reference table, which PDFium rebuilds."""
    kids = " ".join("3 0 R" for _ in range(pages))
    return (
        "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        f"2 0 obj <</Type/Pages/Count {pages}/Kids[{kids}]>> endobj\n"
        "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        f"/Annots[{annotations}]/Resources<</Font<</F 5 0 R>>>>>> endobj\n"
        f"4 0 obj <</Length {len(content)}>> stream\n{content}\nendstream endobj\n"
        "5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>> endobj\n"
        "trailer <</Root 1 0 R>>\n"
    ).encode("latin-1")


def test_a_page_without_text_is_a_scan() -> None:
    with pytest.raises(ScannedPdfError) as caught:
        read_pdf(pdf("0 0 100 100 re f"), "scan.pdf")
    assert "scan.pdf" in caught.value.what()


def test_form_fields_are_named_with_their_values() -> None:
    fields = (
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(Navn)/V(Bodil)/Rect[10 10 90 30]>>"
        "<</Type/Annot/Subtype/Widget/FT/Tx/T(Beloeb)/Rect[10 40 90 60]>>"
    )
    letter = read_pdf(pdf("BT /F 11 Tf 50 700 Td (Udfyld skemaet) Tj ET", annotations=fields), "skema.pdf")
    shown = [(field.name, field.kind, letter.text[field.start : field.end]) for field in letter.fields]
    assert shown == [("Navn", FieldKind.FORM, "Bodil"), ("Beloeb", FieldKind.FORM, "«Beloeb»")]


def test_only_the_first_pages_of_a_long_document_are_read() -> None:
    letter = read_pdf(pdf("BT /F 11 Tf 50 700 Td (Bilag) Tj ET", pages=1_000), "bilag.pdf")
    assert letter.text.count("Bilag") == 200


@pytest.mark.parametrize("data", [b"%PDF-1.4 rubbish", b"%PDF-", pdf("x")[:60]])
def test_a_broken_pdf_is_named_as_such(data: bytes) -> None:
    with pytest.raises(DamagedError):
        read_pdf(data, "brev.pdf")
