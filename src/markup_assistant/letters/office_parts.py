"""The parts of an Office package: which one is the letter, what belongs to it, its properties."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from markup_assistant.errors import DamagedError, FormatUnknownError
from markup_assistant.letters.archive import Archive
from markup_assistant.letters.office_names import STRICT_RENAMES, VAL, W_NS, W
from markup_assistant.letters.xml import Element

_MAIN_TYPES = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml": "dotx",
    "application/vnd.ms-word.document.macroenabled.main+xml": "docm",
    "application/vnd.ms-word.template.macroenabledtemplate.main+xml": "dotm",
}
_USUAL_MAIN = "word/document.xml"
_CUSTOM_PROPERTY = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_CORE = {
    "{http://purl.org/dc/elements/1.1/}title": "title",
    "{http://purl.org/dc/elements/1.1/}subject": "subject",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords": "keywords",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}category": "category",
}


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: another part, or an address outside."""

    kind: str
    target: str
    external: bool


class Package:
    """A Word document as a package of parts.

    Raises:
        FormatUnknownError: an Office package, but no Word document.
        DamagedError: the main part is not there.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._known_relations: dict[str, dict[str, Relation]] = {}
        self._package_relations = self.relations("")
        self.main = self._main_part()
        self.format = self._main_format()
        self._relations = self.relations(self.main)

    def root(self, part: str) -> Element:
        """Return the root element of a part."""
        return self._archive.xml(part, STRICT_RENAMES)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part by id; those of the package itself for an empty name."""
        if part not in self._known_relations:
            self._known_relations[part] = self._read_relations(part)
        return self._known_relations[part]

    def main_relation(self, relation_id: str | None) -> Relation | None:
        """Return a relation of the main part."""
        return self._relations.get(relation_id or "")

    def optional_part(self, kind: str) -> str | None:
        """Return the name of the part that the main part calls ``kind``, where there is one."""
        for relation in self._relations.values():
            if relation.kind == kind and not relation.external and relation.target in self._archive:
                return relation.target
        return None

    def optional_root(self, kind: str) -> Element | None:
        """Return the root of the part that the main part calls ``kind``, where there is one."""
        part = self.optional_part(kind)
        return None if part is None else self.root(part)

    def has(self, part: str) -> bool:
        """Whether a part is there."""
        return part in self._archive

    def properties(self) -> dict[str, str]:
        """Return title, subject, keywords, category, custom ones by name, variables as ``docvar:NAME``."""
        found: dict[str, str] = {}
        core = self._property_root("core-properties", "docProps/core.xml")
        for element in () if core is None else core:
            if element.tag in _CORE and element.text and element.text.strip():
                found[_CORE[element.tag]] = element.text.strip()
        custom = self._property_root("custom-properties", "docProps/custom.xml")
        for element in () if custom is None else custom.iterchildren(_CUSTOM_PROPERTY):
            value = "".join(child.text or "" for child in element).strip()
            if value and element.get("name"):
                found.setdefault(element.get("name", ""), value)
        settings = self.optional_root("settings")
        for element in () if settings is None else settings.iter(W + "docVar"):
            if element.get(VAL) and element.get(W + "name"):
                found.setdefault(f"docvar:{element.get(W + 'name')}", element.get(VAL, ""))
        return found

    def _read_relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._archive:
            return {}
        found: dict[str, Relation] = {}
        for element in self.root(path):
            target = element.get("Target", "")
            external = element.get("TargetMode") == "External"
            kind = element.get("Type", "").rpartition("/")[2]
            place = target if external else _resolve(folder, target)
            found.setdefault(element.get("Id", ""), Relation(kind, place, external))
        return found

    def _property_root(self, kind: str, usual: str) -> Element | None:
        parts = [relation.target for relation in self._package_relations.values() if relation.kind == kind]
        part = next((part for part in [*parts, usual] if part in self._archive), None)
        return None if part is None else self.root(part)

    def _main_part(self) -> str:
        for relation in self._package_relations.values():
            if relation.kind == "officeDocument" and relation.target in self._archive:
                return relation.target
        if _USUAL_MAIN in self._archive:
            return _USUAL_MAIN
        raise DamagedError(file=self._archive.file, format="Word", reason=_USUAL_MAIN)

    def _main_format(self) -> str:
        content_type = self._content_type(self.main).lower()
        if content_type in _MAIN_TYPES:
            return _MAIN_TYPES[content_type]
        if content_type and "word" not in content_type and not content_type.endswith("/xml"):
            raise FormatUnknownError(file=self._archive.file)
        return "docx"

    def _content_type(self, part: str) -> str:
        if "[Content_Types].xml" not in self._archive:
            return ""
        extension = part.rpartition(".")[2].lower()
        by_extension = ""
        for element in self.root("[Content_Types].xml"):
            if element.get("PartName", "").lstrip("/").lower() == part.lower():
                return element.get("ContentType", "")
            if element.get("Extension", "").lower() == extension:
                by_extension = element.get("ContentType", "")
        return by_extension


def is_word_root(root: Element) -> bool:
    """Whether the root of a main part is that of a Word document."""
    return root.tag == f"{{{W_NS}}}document"


def _resolve(folder: str, target: str) -> str:
    """Return the name of a part; what climbs out of the package stays a name, for nothing is opened by it."""
    path = unquote(target.partition("#")[0]).replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
