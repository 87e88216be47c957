"""Which folders lie on a drive of another machine."""

import sys
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from markup_assistant.store import network

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/breve /mnt/fælles\\040drev cifs rw 0 0
server:/export /mnt/nfs nfs4 rw 0 0
tmpfs /mnt/nfs/lokal tmpfs rw 0 0
auto /mnt/over autofs rw 0 0
server:/x /mnt/over nfs rw 0 0
kort linje
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/mette", "ext4"),
        ("/mnt/fælles drev/breve", "cifs"),
        ("/mnt/fælles drevet", "ext4"),
        ("/mnt/nfs", "nfs4"),
        ("/mnt/nfs/lokal/x", "tmpfs"),
        ("/mnt/over/x", "nfs"),
    ],
)
def test_the_innermost_mount_says_what_a_folder_lies_on(folder: str, kind: str) -> None:
    assert network.file_system(PurePosixPath(folder), MOUNTS) == kind


def test_a_share_of_windows_lies_on_the_network() -> None:
    assert network._on_windows_share(PureWindowsPath("//server/breve/afgørelser"))


@pytest.mark.skipif(sys.platform == "win32", reason="a table of Linux")
def test_where_the_system_does_not_say_the_folder_is_taken_for_local(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "_MOUNTS", tmp_path / "intet")
    assert not network.on_network(tmp_path)
