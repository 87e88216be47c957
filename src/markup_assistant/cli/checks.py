"""The checks of ``doctor``: each looks at one thing and never raises."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.cli.context import CliContext
from markup_assistant.errors import AssistantError, StoreLinkError, StoreReadOnlyError
from markup_assistant.settings import user_log_folder
from markup_assistant.texts import Texts

OLDEST_PYTHON = (3, 11)

EXTRAS = {"train": "sklearn"}
"""What may be installed besides, with a module that is there when it is."""

PATIENCE = 3.0
"""Seconds that the check of the store waits for others who use it."""


class Status(StrEnum):
    """How a check went; only an error keeps the program from working."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, how it went, what was seen, and what to do where something is to be done."""

    name: str
    status: Status
    detail: str
    do: str = ""


def all_checks(context: CliContext) -> list[Check]:
    """Run all checks."""
    return [
        check(context)
        for check in (_python, _settings, _catalogue, _model, _organisation, _store, _extras, _log, _console)
    ]


def _python(context: CliContext) -> Check:
    version = platform.python_version()
    if sys.version_info >= OLDEST_PYTHON:
        return Check("python", Status.OK, version)
    oldest = ".".join(str(part) for part in OLDEST_PYTHON)
    return Check("python", Status.ERROR, version, context.texts("cli.doctor.python", oldest=oldest))


def _settings(context: CliContext) -> Check:
    wrong = context.settings_error
    if wrong:
        return Check("settings", Status.ERROR, wrong.what(context.texts), wrong.do(context.texts))
    return Check("settings", Status.OK, context.settings.file or context.texts("cli.doctor.defaults"))


def _catalogue(context: CliContext) -> Check:
    def look() -> str:
        catalogue = load_catalogue(context.settings.catalogue_folder)
        return context.texts(
            "cli.doctor.catalogue",
            name=catalogue.name,
            main_groups=len(catalogue.main_groups),
            groups=len(catalogue.groups),
            subjects=len(catalogue.subjects),
            facets=len(catalogue.facets),
            terms=sum(len(rows) for rows in catalogue.term_rows().values()),
        )

    return _tried(context, "catalogue", look)


def _model(context: CliContext) -> Check:
    def look() -> str:
        # Loads numpy, which the other verbs of this room do without.
        from markup_assistant.suggest.model import load_model  # noqa: PLC0415 - see above

        folder = context.settings.model_folder
        load_model(folder)
        return str(folder)

    return _tried(context, "model", look)


def _organisation(context: CliContext) -> Check:
    def look() -> str:
        # Loads yaml, which only those need who have settings or an organisation.
        from markup_assistant.suggest.organisation import load_organisation  # noqa: PLC0415 - see above

        file = context.settings.organisation_file
        load_organisation(file)
        return str(file)

    return _tried(context, "organisation", look)


def _store(context: CliContext) -> Check:
    """Look into the store; one that is not there is made with the first decision, and not by looking."""
    # SQLAlchemy is loaded only by those who have decisions.
    from markup_assistant.store.address import read_address  # noqa: PLC0415 - see above
    from markup_assistant.store.opening import open_store  # noqa: PLC0415

    texts = context.texts
    try:
        file = read_address(context.settings.store_address).file
        if file is not None and not file.exists():
            return _missing_store(file, texts)
        with open_store(context.settings.store_address, busy_seconds=PATIENCE) as store:
            faults = store.check()
            where = texts("cli.doctor.store", store=store.place, decisions=sum(1 for _ in store.decisions()))
            note = texts(store.note) if store.note else ""
    except AssistantError as error:
        return Check("store", Status.ERROR, error.what(texts), error.do(texts))
    if not faults:
        return Check("store", Status.OK, f"{where} {note}".strip())
    # A decision of a colleague that never came along costs nothing else; all other faults may.
    harmless = all(isinstance(fault, StoreLinkError) for fault in faults)
    worst = next((fault for fault in faults if not isinstance(fault, StoreLinkError)), faults[0])
    if harmless:
        return Check("store", Status.WARNING, texts("cli.doctor.store_links", count=len(faults)), worst.do(texts))
    return Check("store", Status.ERROR, worst.what(texts), worst.do(texts))


def _missing_store(file: Path, texts: Texts) -> Check:
    folder = next((folder for folder in file.parents if folder.exists()), file.parent)
    if folder.is_dir() and os.access(folder, os.W_OK):
        return Check("store", Status.OK, texts("cli.doctor.store_absent", store=file))
    error = StoreReadOnlyError(store=str(file))
    return Check("store", Status.ERROR, error.what(texts), error.do(texts))


def _extras(context: CliContext) -> Check:
    missing = [extra for extra, module in EXTRAS.items() if find_spec(module) is None]
    if not missing:
        return Check("extras", Status.OK, ", ".join(EXTRAS))
    detail = context.texts("cli.doctor.extras", extras=", ".join(missing))
    return Check("extras", Status.OK, detail, context.texts("cli.doctor.extras_do", extra=missing[0]))


def _log(context: CliContext) -> Check:
    folder = user_log_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        detail = f"{folder} ({error.strerror})"
        return Check("log", Status.WARNING, detail, context.texts("cli.doctor.log"))
    return Check("log", Status.OK, str(folder))


def _console(context: CliContext) -> Check:
    encoding = context.encoding
    if encoding.lower().replace("-", "") in {"utf8", "utf8sig"}:
        return Check("console", Status.OK, encoding)
    return Check("console", Status.WARNING, encoding, context.texts("cli.doctor.console"))


def _tried(context: CliContext, name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, Status.OK, look())
    except AssistantError as error:
        return Check(name, Status.ERROR, error.what(context.texts), error.do(context.texts))
    except ImportError as error:  # an installation that lost a part, or a library that does not fit the machine
        detail = context.texts("cli.doctor.part", part=error.name or str(error))
        return Check(name, Status.ERROR, detail, context.texts("cli.doctor.reinstall"))
