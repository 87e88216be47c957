import io
import struct
import zipfile
import zlib

import pytest
from tests.letters.office_files import archive

from markup_assistant.errors import (
    AssistantError,
    DamagedError,
    EncryptedError,
    ForbiddenContentError,
    TooLargeError,
)
from markup_assistant.letters import archive as archive_module
from markup_assistant.letters.archive import Archive
from markup_assistant.letters.limits import MAX_MEMBERS, MAX_UNPACKED, MAX_XML_MARKUP


def test_members_are_found_whatever_their_case_and_slashes() -> None:
    opened = Archive(archive({"Word\\Document.xml": "x"}), "a.docx")
    assert "word/document.xml" in opened
    assert opened.names() == ["word/document.xml"]
    assert opened.read("/word/DOCUMENT.xml") == b"x"


def test_a_missing_member_is_damage() -> None:
    with pytest.raises(DamagedError):
        Archive(archive({"a": "x"}), "a.docx").read("b")


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"\0" * 100, b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError):
        Archive(data, "a.docx")


def test_an_archive_cut_short_is_damaged_at_every_length() -> None:
    data = archive({"a.xml": "x" * 1000, "b.xml": "y" * 1000})
    for length in range(0, len(data), 7):
        with pytest.raises(DamagedError):
            Archive(data[:length], "a.docx").read("b.xml")


def test_ten_thousand_members_are_refused_before_they_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive({f"{index}.xml": "" for index in range(10_000)}, zipfile.ZIP_STORED)

    def fail(*_: object) -> None:
        pytest.fail("listed")

    monkeypatch.setattr(archive_module.zipfile, "ZipFile", fail)  # type: ignore[attr-defined]  # the module's own name
    with pytest.raises(TooLargeError) as caught:
        Archive(data, "a.docx")
    assert f"{MAX_MEMBERS:,}".replace(",", ".") in str(caught.value)


def test_a_member_that_unpacks_to_much_more_than_it_packs_is_refused() -> None:
    bomb = archive({"a.xml": b"\0" * 5_000_000})
    with pytest.raises(ForbiddenContentError):
        Archive(bomb, "a.docx").read("a.xml")


def test_white_space_below_a_megabyte_is_no_bomb() -> None:
    assert len(Archive(archive({"a.xml": " " * 900_000}), "a.docx").read("a.xml")) == 900_000


def test_a_bomb_in_an_archive_in_the_archive_is_never_opened() -> None:
    inner = archive({"a.xml": b"\0" * 50_000_000})
    opened = Archive(archive({"word/embeddings/a.zip": inner, "b": "x"}), "a.docx")
    assert opened.read("b") == b"x"
    assert opened.read("word/embeddings/a.zip") == inner


def test_a_member_and_an_archive_have_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = bytes(range(256)) * 400
    data = archive({f"{index}": noise for index in range(10)}, zipfile.ZIP_STORED)
    monkeypatch.setattr(archive_module, "MAX_MEMBER", 100_000)
    with pytest.raises(TooLargeError):
        Archive(data, "a.docx").read("0")
    monkeypatch.setattr(archive_module, "MAX_MEMBER", MAX_UNPACKED)
    monkeypatch.setattr(archive_module, "MAX_UNPACKED", 500_000)
    opened = Archive(data, "a.docx")
    for index in range(4):
        opened.read(str(index))
    with pytest.raises(TooLargeError):
        opened.read("4")


def test_the_markup_of_all_parts_together_is_bounded() -> None:
    part = "<a>" + "<b/>x" * (MAX_XML_MARKUP - 10) + "</a>"
    opened = Archive(archive({f"{index}.xml": part for index in range(4)}, zipfile.ZIP_STORED), "a.docx")
    opened.xml("0.xml")
    with pytest.raises(TooLargeError):
        opened.xml("1.xml")


def _patch_sizes(data: bytes, packed: int, unpacked: int) -> bytes:
    """Return an archive of one member whose directory says these sizes."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 20] + struct.pack("<II", packed, unpacked) + data[at + 28 :]


@pytest.mark.parametrize(("packed", "unpacked"), [(10, 100), (5_000, 10), (5_000, 2**32 - 2), (2**31, 2**31)])
def test_a_directory_that_lies_about_sizes_never_gives_more_than_is_there(packed: int, unpacked: int) -> None:
    data = _patch_sizes(archive({"a.xml": b"x" * 100_000}), packed, unpacked)
    try:
        found = Archive(data, "a.docx").read("a.xml")
    except AssistantError:
        return
    assert len(found) <= 100_000


def test_members_that_share_their_bytes_are_counted_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Overlapping members make the densest bombs: what counts is what unpacks."""
    content = b"\0" * 90_000
    packed = zlib.compress(content, 9)[2:-4]
    sizes = (zlib.crc32(content), len(packed), len(content))
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, *sizes, 1, 0)
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, *sizes, 1, 0, 0, 0, 0, 0, 0)
    directory = b"".join(entry + name for name in (b"a", b"b", b"c"))
    body = local + b"a" + packed
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 3, 3, len(directory), len(body), 0)
    monkeypatch.setattr(archive_module, "MAX_UNPACKED", 100_000)
    # Newer Pythons see the overlap themselves, others that the second member has another name.
    with pytest.raises((DamagedError, TooLargeError)):
        _read_all(Archive(body + directory + end, "a.docx"))


def _read_all(opened: Archive) -> None:
    for name in opened.names():
        opened.read(name)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method: int) -> None:
    with pytest.raises(DamagedError):
        Archive(archive({"a.xml": "x" * 100}, method), "a.docx").read("a.xml")


def test_a_member_behind_a_password_says_so() -> None:
    data = bytearray(archive({"a.xml": "x"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(EncryptedError):
        Archive(bytes(data), "a.docx").read("a.xml")


def test_a_wrong_checksum_is_damage() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        target.writestr("a.xml", "hej borger")
    with pytest.raises(DamagedError):
        Archive(buffer.getvalue().replace(b"hej borger", b"hej berger"), "a.docx").read("a.xml")
