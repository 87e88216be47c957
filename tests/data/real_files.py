"""Makes ``data/files``: letters of the corpus as files of LibreOffice, ``python -m tests.data.real_files``.

Needs LibreOffice (``soffice``). Templates get real fields: a placeholder becomes a database field, which Word knows
as MERGEFIELD. Only for whoever changes the letters; the files stand in the repository.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.letters.letter import BlockKind, Letter
from markup_assistant.shipped import shipped_folder

COUNT = 84
FORMATS = {
    "docx": "docx:MS Word 2007 XML",
    "dotx": "dotx:MS Word 2007 XML Template",
    "odt": "odt",
    "pdf": "pdf",
    "rtf": "rtf",
    "html": "html:HTML (StarWriter)",
}
_OFFICE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>{body}</office:text>
</office:body></office:document>
"""


def chosen() -> list[tuple[LabelledLetter, str]]:
    """Return the letters that become files, spread over the whole corpus, each with its format."""
    letters = [letter for letter in load_corpus(shipped_folder("data") / "letters") if letter.subject]
    step = len(letters) / COUNT
    picked = [letters[int(number * step)] for number in range(COUNT)]
    return [(letter, list(FORMATS)[number % len(FORMATS)]) for number, letter in enumerate(picked)]


def flat_document(letter: Letter) -> str:
    """Return a letter as flat OpenDocument, its placeholders as database fields."""
    return _OFFICE.format(body="\n".join(_block(letter, block.kind, block.start, block.end) for block in letter.blocks))


def _block(letter: Letter, kind: BlockKind, start: int, end: int) -> str:
    content, at = "", start
    for field in letter.fields:
        if start <= field.start and field.end <= end and field.start >= at:
            name = escape(field.name, {'"': "&quot;"})
            content += _text(letter.text[at : field.start])
            content += (
                '<text:database-display text:table-name="Flet" text:table-type="table" text:database-name="Breve" '
                f'text:column-name="{name}">&lt;{name}&gt;</text:database-display>'
            )
            at = field.end
    content += _text(letter.text[at:end])
    if kind is BlockKind.HEADING:
        return f'<text:h text:outline-level="1">{content}</text:h>'
    return f"<text:p>{content}</text:p>"


def _text(text: str) -> str:
    spaced = escape(text).replace("  ", ' <text:s text:c="1"/>')
    return spaced.replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")


def main() -> None:
    """Write the files, in place of those that are there."""
    program = shutil.which("soffice")
    if not program:
        sys.exit("LibreOffice (soffice) is needed.")
    target = shipped_folder("data") / "files"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    with tempfile.TemporaryDirectory() as folder:
        for format_, filter_ in FORMATS.items():
            sources = []
            for letter, wanted in chosen():
                if wanted == format_:
                    source = Path(folder, f"{letter.id}.fodt")
                    source.write_text(flat_document(letter.letter), encoding="utf-8")
                    sources.append(str(source))
            profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
            command = [program, profile, "--headless", "--convert-to", filter_, "--outdir", str(target), *sources]
            subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
