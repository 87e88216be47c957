"""The assistant as a library: everything loaded once, letters in, suggestions out."""

from pathlib import Path

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_letter
from markup_assistant.markup import Suggestions
from markup_assistant.settings import Settings, load_settings
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.laws import load_laws
from markup_assistant.suggest.model import Model, load_model
from markup_assistant.suggest.suggester import Suggester
from markup_assistant.suggest.targets import Organisation, load_organisation


class Assistant:
    """Suggests the markup of letters with the catalogue, model and organisation of the settings.

    >>> assistant = Assistant()
    >>> suggestions = assistant.suggest("breve/plads.docx")
    >>> suggestions.subjects[0].value
    '28.09.40'

    Args:
        settings: what to load; those of the nearest ``markup.yaml`` where none are given.

    Raises:
        AssistantError: settings, catalogue, model or organisation cannot be used; its text says what to do.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or load_settings()
        places = Places.of(self.settings)
        self.catalogue: Catalogue = load_catalogue(places.catalogue)
        self.model: Model = load_model(places.model)
        self.organisation: Organisation = load_organisation(places.organisation)
        self._suggester = Suggester(self.catalogue, self.model, load_laws(places.catalogue), self.organisation)

    def suggest(self, letter: Letter | str | Path, limit: int | None = None) -> Suggestions:
        """Return the suggestions for a letter, or for the letter in a file.

        Args:
            letter: a letter that was read, or the path of a file. A file is read in this process;
                ``markup_assistant.letters.isolation`` reads files that nobody vouches for.
            limit: how many subjects, 5 or what the settings say.

        Raises:
            LetterError: the file cannot be read as a letter.
        """
        if not isinstance(letter, Letter):
            letter = read_letter(letter)
        return self._suggester.suggest(letter, limit or self.settings.suggestions)


class Places:
    """The folders and files that settings point at, those shipped where they say nothing."""

    def __init__(self, catalogue: Path, model: Path, organisation: Path) -> None:
        self.catalogue = catalogue
        self.model = model
        self.organisation = organisation

    @classmethod
    def of(cls, settings: Settings) -> "Places":
        """Return the places of settings."""
        return cls(
            Path(settings.catalogue) if settings.catalogue else shipped_folder("kle_catalogue"),
            Path(settings.model) if settings.model else shipped_folder("models") / "default",
            Path(settings.organisation) if settings.organisation else shipped_folder("data") / "organisation.yaml",
        )
