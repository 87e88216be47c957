"""The settings of ``markup.yaml``: the nearest folder upwards, then the user's own, then the defaults."""

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import platformdirs

from markup_assistant.errors import LanguageError
from markup_assistant.models_in_use import SHIPPED_MODEL, folder_in_use
from markup_assistant.shipped import shipped_folder
from markup_assistant.texts import LANGUAGES

MAX_SUGGESTIONS = 20
"""Subjects that may be shown for a letter: nobody reads more."""

FILE_NAME = "markup.yaml"
APP_NAME = "markup-assistant"
LANGUAGE_VARIABLE = "MARKUP_ASSISTANT_LANGUAGE"

STORE_NAME = "decisions.db"

MODELS_NAME = "models"

STORE_TEXTS = ("masked", "none")
"""What may be kept of a letter's text."""

THEMES = ("dark", "light")


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it applies: ``origin`` is its file, ``environment``, ``option`` or ``default``."""

    key: str
    value: str | int | float | bool
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has chosen; an empty path means what came with the program.

    ``models`` is the folder of models trained here, of which the one in use counts unless ``model`` names a folder.
    ``suggestions`` is how many subjects are shown, ``jobs`` how many letters are read at a time (0: one a
    core, up to 4), ``read_timeout`` the seconds after which the reading of a file is stopped, ``show_cpr``
    whether CPR numbers are shown whole. ``store`` is a file or the URL of a database, ``store_text`` what of a
    letter's text is kept with its decision (``masked`` or ``none``) and ``retention_days`` for how long (0: as long
    as the decision), ``person`` who decides (the user's login where empty), ``blind_percent`` the share of letters
    that are reviewed before suggestions are shown, ``theme`` the looks of the screen,
    ``sender_cvr`` and ``sender_name`` who sends the letters (the organisation's name where empty).
    ``file`` and ``origins`` say where the values came from. ``model_used`` is the model in use when the settings were
    read: a run keeps to it, and to what it remembers of letters, while another one may be put to use.
    """

    language: str = "da"
    catalogue: str = ""
    model: str = ""
    models: str = ""
    organisation: str = ""
    suggestions: int = 5
    jobs: int = 0
    read_timeout: float = 20.0
    show_cpr: bool = False
    store: str = ""
    store_text: str = "masked"
    retention_days: int = 0
    person: str = ""
    blind_percent: float = 5.0
    theme: str = "dark"
    sender_cvr: str = ""
    sender_name: str = ""
    file: str = ""
    origins: tuple[tuple[str, str], ...] = ()
    model_used: str = field(default="", compare=False)

    @property
    def catalogue_folder(self) -> Path:
        """The folder of the KLE edition in use."""
        return Path(self.catalogue) if self.catalogue else shipped_folder("kle_catalogue")

    @property
    def model_folder(self) -> Path:
        """The folder of the model in use: the one chosen, else the one put to use, else the one shipped."""
        if self.model or self.model_used:
            return Path(self.model or self.model_used)
        return folder_in_use(self.models_folder) or shipped_folder("models") / SHIPPED_MODEL

    @property
    def models_folder(self) -> Path:
        """The folder of the models that were trained here."""
        return Path(self.models) if self.models else user_data_folder() / MODELS_NAME

    @property
    def organisation_file(self) -> Path:
        """The file with the organisation and its routing rules."""
        return Path(self.organisation) if self.organisation else shipped_folder("data") / "organisation.yaml"

    @property
    def store_address(self) -> str:
        """The file or database in which decisions are kept."""
        return self.store or str(user_data_folder() / STORE_NAME)

    @property
    def person_name(self) -> str:
        """The name under which this user decides."""
        return self.person or login_name()

    @property
    def job_count(self) -> int:
        """How many letters are read at a time: one a core up to 4, unless chosen."""
        return self.jobs or min(os.cpu_count() or 1, 4)

    def with_language(self, language: str, origin: str) -> "Settings":
        """Return the settings in another language, chosen outside the file."""
        return replace(self, language=language, origins=(*self.origins, ("language", origin)))

    def describe(self) -> tuple[Setting, ...]:
        """Return each setting with its value and where it came from."""
        origins = dict(self.origins)
        return tuple(Setting(key, getattr(self, key), origins.get(key, "default")) for key in KEYS)


KEYS = (
    "language",
    "catalogue",
    "model",
    "models",
    "organisation",
    "suggestions",
    "jobs",
    "read_timeout",
    "show_cpr",
    "store",
    "store_text",
    "retention_days",
    "person",
    "blind_percent",
    "theme",
    "sender_cvr",
    "sender_name",
)
"""The settings that a file may have, in the order in which they are shown."""


def load_settings(start: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings that apply in a folder (the current one by default).

    The first file found is used whole; files are not merged. Raises SettingsError naming file and line.
    """
    file = find_settings_file(start)
    settings = Settings()
    if file:
        # YAML is loaded only by those who have a file: it costs a tenth of what --help may take.
        from markup_assistant.settings_file import read_settings_file  # noqa: PLC0415 - see above

        values = read_settings_file(file)
        origins = tuple((key, str(file)) for key in values)
        settings = replace(settings, **values, file=str(file), origins=origins)
    settings = replace(settings, model_used=str(settings.model_folder))
    language = language_of(os.environ if environment is None else environment)
    return settings.with_language(language, "environment") if language else settings


def find_settings_file(start: Path | None = None) -> Path | None:
    """Return the ``markup.yaml`` of the nearest folder upwards, or of the user's config folder."""
    try:
        here = (start or Path.cwd()).resolve()
        folders = [here, *here.parents]
    except OSError:  # the current folder was deleted
        folders = []
    for folder in (*folders, user_config_folder()):
        try:
            if (folder / FILE_NAME).is_file():
                return folder / FILE_NAME
        except OSError:  # a folder that may not be looked into has no settings for this user
            continue
    return None


def user_config_folder() -> Path:
    """Return the user's own folder for settings."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def user_data_folder() -> Path:
    """Return the folder in which the user's own store and models are kept."""
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def user_cache_folder() -> Path:
    """Return the folder for what can be made again at any time."""
    return Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False))


def login_name() -> str:
    """Return the name under which the user is logged in, or ``?`` where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no password entry, no environment: a container
        return "?"


def user_log_folder() -> Path:
    """Return the folder in which the details of unexpected errors are written."""
    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))


def language_of(environment: Mapping[str, str]) -> str:
    """Return the language that the environment chooses, or nothing; ``en_GB.UTF-8`` counts as ``en``."""
    said = environment.get(LANGUAGE_VARIABLE, "").strip()
    language = said.lower().replace("-", "_").split("_")[0].split(".")[0]
    if language and language not in LANGUAGES:
        raise LanguageError(name=LANGUAGE_VARIABLE, got=said)
    return language
