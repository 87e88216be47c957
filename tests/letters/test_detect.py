import io
import zipfile

import pytest

from markup_assistant.errors import EncryptedError, NotALetterError, OldWordError
from markup_assistant.letters.detect import detect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def archive(*members: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for member in members:
            file.writestr(member, "x" * 100, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (archive("[Content_Types].xml", "word/document.xml"), "brev.txt", "office"),
        (
            archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
            "brev.docx",
            "opendocument",
        ),
        (
            archive("content.xml", mimetype="application/vnd.oasis.opendocument.text-template"),
            "b",
            "opendocument",
        ),
        (archive("META-INF/manifest.xml", "content.xml"), "brev.odt", "opendocument"),
        (b"rubbish\n%PDF-1.7\n", "brev.docx", "pdf"),
        (b"{\\rtf1 hej}", "brev.doc", "rtf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>hej", "brev.txt", "html"),
        ("<html><p>hej".encode("utf-16"), "brev", "html"),
        (b"<p>hej</p>", "brev.html", "html"),
        (b"<p>hej</p>", "brev.txt", "txt"),
        (b"From: a\r\nTo: b\r\nSubject: c\r\n\r\nhej", "besked", "eml"),
        (b"Subject: c\n\nhej", "besked.eml", "eml"),
        (b"Til: Bodil\nDato: i dag\n\nhej", "brev.txt", "txt"),
        (b"From: a\nTo: b\nSubject: c\n\nhej", "brev.txt", "txt"),
        (b"# Overskrift", "brev.md", "md"),
        (b"hej", "brev", "txt"),
        (b"hej", "brev.docx", "txt"),
    ],
)
def test_content_decides_and_the_name_breaks_ties(data: bytes, name: str, expected: str) -> None:
    assert detect(data, name) == expected


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "JPEG"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "Excel (.xlsx)"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint (.pptx)"),
        (archive("c", mimetype="application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument spreadsheet"),
        (archive("breve/a.docx"), "ZIP"),
        (OLE + "Workbook".encode("utf-16-le"), "Excel (.xls)"),
        (OLE + "__properties_version1.0".encode("utf-16-le"), "Outlook (.msg)"),
    ],
)
def test_what_is_no_letter_is_named(data: bytes, found: str) -> None:
    with pytest.raises(NotALetterError) as caught:
        detect(data, "mappe/brev.docx")
    assert caught.value.facts == {"file": "mappe/brev.docx", "found": found}
    assert found in caught.value.what()


def test_a_spreadsheet_inside_a_word_file_does_not_make_it_one() -> None:
    inner = archive("xl/workbook.xml")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("[Content_Types].xml", "x")
        file.writestr("word/embeddings/ark.xlsx", inner)
    assert detect(buffer.getvalue(), "brev.docx") == "office"


def test_old_word_and_encrypted_files_are_told_apart() -> None:
    with pytest.raises(OldWordError):
        detect(OLE, "brev.doc")
    with pytest.raises(EncryptedError):
        detect(OLE + "EncryptedPackage".encode("utf-16-le"), "brev.docx")
