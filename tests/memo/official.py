"""The schemas and example messages of MeMo, which stand beside the project where somebody has put them there."""

from functools import cache
from pathlib import Path

import pytest
from lxml import etree

FOLDER = Path(__file__).parents[2].parent / "shared" / "memo"
SCHEMAS = {"1.1": "xsd/memo-1.1/MeMo_core.xsd", "1.2": "xsd/memo-1.2/Version1.2/MeMo_core.xsd"}
EXAMPLES = (
    "MeMo_Full_Example.xml",
    "MeMo_Minimum_Example.xml",
    "MeMo_NemSMS.xml",
    "MeMo_with_attachment.xml",
    "kle_and_actions.xml",
)


@cache
def schema(version: str) -> etree.XMLSchema:
    """The schema of a version; the test is skipped where it is absent."""
    file = FOLDER / SCHEMAS[version]
    if not file.is_file():
        pytest.skip("the schemas of MeMo are not in ../shared/memo")
    return etree.XMLSchema(etree.parse(file))


def example(name: str) -> bytes:
    """An example message; the test is skipped where it is absent."""
    file = FOLDER / "examples" / name
    if not file.is_file():
        pytest.skip("the example messages of MeMo are not in ../shared/memo")
    return file.read_bytes()


def schema_errors(xml: bytes, version: str) -> list[str]:
    """What the schema of a version says against a message."""
    checker = schema(version)
    valid = checker.validate(etree.fromstring(xml, etree.XMLParser(huge_tree=True)))
    return [] if valid else str(checker.error_log).splitlines()
