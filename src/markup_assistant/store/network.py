"""Whether a folder lies on a network drive, where SQLite's write-ahead log must not be used.

The log needs memory that all who read share, which two machines do not have; the drive does not always refuse it
(https://www.sqlite.org/wal.html, "all processes must be on the same host computer").
"""

import re
import sys
from pathlib import Path, PurePath, PureWindowsPath

_MOUNTS = Path("/proc/self/mounts")
_NETWORK = frozenset(
    "9p afpfs afs beegfs ceph cifs davfs fuse.davfs2 fuse.glusterfs fuse.rclone fuse.sshfs glusterfs gpfs lustre ncpfs "
    "nfs nfs4 smb2 smb3 smbfs sshfs vboxsf vmhgfs fuse.vmhgfs-fuse webdav".split()
)
"""File systems of other machines, by the names that Linux and macOS give them."""

_OCTAL = re.compile(r"\\([0-7]{3})")
_DRIVE_REMOTE = 4
"""GetDriveTypeW, Microsoft's documentation of the Windows API."""


def on_network(folder: Path) -> bool:
    """Whether the folder is known to lie on a network drive; false where the system does not say."""
    if sys.platform == "win32":
        return _on_windows_share(PureWindowsPath(folder.resolve()))
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        return file_system(folder.resolve(), mounts) in _NETWORK
    except OSError:
        return False


def file_system(folder: PurePath, mounts: str) -> str:
    """Return the kind of file system that holds the folder, of a table as ``/proc/self/mounts``, or nothing."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        columns = line.split(" ")
        if len(columns) < 3:
            continue
        place = PurePath(_OCTAL.sub(lambda found: chr(int(found[1], 8)), columns[1]))
        # Of two at the same place the later one lies on top.
        if folder.is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), columns[2]
    return kind


def _on_windows_share(folder: PureWindowsPath) -> bool:
    if folder.drive.startswith("\\\\"):
        return True
    if sys.platform != "win32":
        return False
    import ctypes  # noqa: PLC0415 - only Windows has what is asked

    return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") == _DRIVE_REMOTE)
