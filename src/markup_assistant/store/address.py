"""Where a store is: a file, or a database of a PostgreSQL server."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from markup_assistant.errors import StoreAddressError

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
_DRIVERS = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}
_SECRET = "*" * 3


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """A database's address: ``shown`` is for people and never holds a password; ``file`` is None for a server."""

    url: URL
    shown: str
    file: Path | None
    secrets: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Address({self.shown})"

    def without_secrets(self, text: str) -> str:
        """Return a text of the driver with every password of the address blotted out."""
        for secret in self.secrets:
            text = text.replace(secret, _SECRET)
        return text


def read_address(address: str | Path | URL) -> Address:
    """Understand a path, ``sqlite:///PATH`` or ``postgresql+psycopg://…``; raises StoreAddressError for all else."""
    if isinstance(address, Path) or (isinstance(address, str) and "://" not in address):
        return _file_address(Path(address)) if str(address) not in {"", ".", ":memory:"} else _refuse(str(address))
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise StoreAddressError(store=_without_password(str(address))) from error
    url = url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _sqlite_address(url)
    if url.drivername == "postgresql+psycopg":
        return _postgresql_address(url)
    return _refuse(_shown(url))


def _file_address(file: Path) -> Address:
    file = file.expanduser().absolute()
    return Address(URL.create(SQLITE, database=str(file)), str(file), file)


def _sqlite_address(url: URL) -> Address:
    """Return the address of a file, which the URL may also give as ``file:PATH?vfs=…&uri=true``."""
    name = url.database or ""
    if url.query.get("uri") in {"true", "1"} and name.startswith("file:"):
        file = Path(name.removeprefix("file:").partition("?")[0]).absolute()
        return Address(url, str(file), file)
    if url.query or name in {"", ":memory:"} or name.startswith("file:"):
        return _refuse(_shown(url))
    return _file_address(Path(name))


def _postgresql_address(url: URL) -> Address:
    said = [url.password, *(value for name, value in url.query.items() if "password" in name.lower())]
    secrets = {one for value in said if value for one in ([value] if isinstance(value, str) else value) if one}
    return Address(url, _shown(url), None, tuple(sorted(secrets, key=len, reverse=True)))


def _shown(url: URL) -> str:
    """Return the address without password, and without its options: one of those may be a password too."""
    shown = url.set(drivername=url.get_backend_name()) if url.drivername.startswith(POSTGRESQL) else url
    return URL.create(shown.drivername, shown.username, None, shown.host, shown.port, shown.database).render_as_string()


def _without_password(address: str) -> str:
    """Return the kind of an address that cannot be understood: what stands after it may hold a password."""
    return f"{address.partition('://')[0]}://…"


def _refuse(shown: str) -> Address:
    raise StoreAddressError(store=shown)
