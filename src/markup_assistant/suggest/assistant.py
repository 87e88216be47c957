"""The assistant as a library: everything loaded once, letters in, suggestions out."""

from pathlib import Path

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_letter
from markup_assistant.markup import Suggestions
from markup_assistant.settings import Settings, load_settings
from markup_assistant.suggest.laws import load_laws
from markup_assistant.suggest.memory import Memory, Trace
from markup_assistant.suggest.model import load_model
from markup_assistant.suggest.organisation import load_organisation
from markup_assistant.suggest.suggester import Suggester


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
        self.catalogue = load_catalogue(self.settings.catalogue_folder)
        self.model = load_model(self.settings.model_folder)
        self.organisation = load_organisation(self.settings.organisation_file)
        laws = load_laws(self.settings.catalogue_folder)
        self._suggester = Suggester(
            self.catalogue, self.model, laws, self.organisation, show_cpr=self.settings.show_cpr
        )

    def suggest(
        self,
        letter: Letter | str | Path,
        limit: int | None = None,
        *,
        memory: Memory | None = None,
        without: str = "",
    ) -> Suggestions:
        """Return the suggestions for a letter, or for the letter in a file.

        Args:
            letter: a letter that was read, or the path of a file. A file is read in this process;
                ``markup_assistant.letters.isolation`` reads files that nobody vouches for.
            limit: how many subjects, 5 or what the settings say.
            memory: decided letters that count.
            without: the name of one of them that does not count.

        Raises:
            LetterError: the file cannot be read as a letter.
        """
        if not isinstance(letter, Letter):
            letter = read_letter(letter)
        return self._suggester.suggest(letter, limit or self.settings.suggestions, memory, without)

    def trace(self, letter: Letter) -> Trace:
        """Return what a :class:`Memory` is to hold of a letter that was decided."""
        return self._suggester.trace(letter)
