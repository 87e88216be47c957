"""The subjects that the shipped model suggests, and the words that it gives for them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup_assistant.letters.builder import clean
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.markup import Verdict
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.laws import load_laws
from markup_assistant.suggest.model import load_model
from markup_assistant.suggest.subjects import SubjectSuggester


@pytest.fixture(scope="module")
def suggester() -> SubjectSuggester:
    return SubjectSuggester(
        load_model(shipped_folder("models") / "default"), load_laws(shipped_folder("kle_catalogue"))
    )


def letter(text: str) -> Letter:
    return read_bytes(text.encode(), ".txt")


NUMBERS = [
    ("Tilbud om plads i vuggestue\n\nVi kan tilbyde jeres barn en plads fra den 1. maj.", "28.09"),
    ("Afgørelse\n\nDu får dækket merudgifter ved den daglige livsførelse efter servicelovens § 100.", "32.18.08"),
    ("Vedrørende din ansøgning om støtte til køb af bil efter servicelovens § 114.", "27.60.20"),
    ("Indkaldelse til samtale\n\nDu er sygemeldt og får sygedagpenge. Vi skal følge op.", "15.17"),
    ("Byggetilladelse\n\nDu får tilladelse til at bygge et enfamiliehus. Bygningsreglementet gælder.", "02.34"),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_a_plain_letter_gets_its_subject_first(suggester: SubjectSuggester, text: str, number: str) -> None:
    first = suggester.suggest(letter(text)).subjects[0]
    assert first.value.startswith(number)


@pytest.mark.parametrize(("text", "_"), NUMBERS)
def test_every_reason_reads_in_the_letter_what_it_says(suggester: SubjectSuggester, text: str, _: str) -> None:
    read = letter(text)
    for subject in suggester.suggest(read).subjects:
        for evidence in subject.evidence:
            assert read.text[evidence.start : evidence.end] == evidence.text != ""
    assert suggester.suggest(read).subjects[0].evidence


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gets_reasons_that_stand_in_it(suggester: SubjectSuggester, text: str) -> None:
    read = Letter("brev", "txt", clean("Ansøgning om boligstøtte " + text))
    found = suggester.suggest(read)
    for subject in found.subjects:
        assert 0 <= subject.confidence <= 1
        for evidence in subject.evidence:
            assert read.text[evidence.start : evidence.end] == evidence.text


def test_the_same_letter_gets_the_same_suggestions(suggester: SubjectSuggester) -> None:
    text = "Opkrævning af forældrebetaling for SFO, herunder søskendetilskud"
    assert suggester.suggest(letter(text)) == suggester.suggest(letter(text))


def test_confidence_falls_from_first_to_last_and_stays_below_certainty(suggester: SubjectSuggester) -> None:
    confidences = [s.confidence for s in suggester.suggest(letter(NUMBERS[1][0]), limit=10).subjects]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 < confidence < 1 for confidence in confidences)


def test_groups_share_the_probability_of_their_subjects(suggester: SubjectSuggester) -> None:
    found = suggester.suggest(letter("Du er indkaldt til samtale om din sag om hjælpemidler og boligindretning."))
    best = {group.value: group.confidence for group in found.groups}
    assert best[found.subjects[0].value[:5]] >= found.subjects[0].confidence - 1e-6


def test_a_text_about_nothing_is_never_sure(suggester: SubjectSuggester) -> None:
    for text in (
        "Tak for i går, det var hyggeligt.",
        "Vedhæftet som aftalt.",
        "Vi ses på tirsdag til kage i køkkenet.",
    ):
        assert suggester.suggest(letter(text)).verdict is not Verdict.SURE


def test_a_text_of_unknown_words_gets_nothing(suggester: SubjectSuggester) -> None:
    found = suggester.suggest(letter("qqxz wwvq"))
    assert found.verdict is Verdict.UNSURE
    assert found.subjects == ()


def test_boilerplate_does_not_make_the_subject(suggester: SubjectSuggester) -> None:
    heading = "Støtte til bil\n\nDu får lån til køb af bil efter servicelovens § 114.\n\n"
    boilerplate = (
        "Klagevejledning\n\nDu kan klage over afgørelsen til Ankestyrelsen. "
        "Klagen skal sendes til kommunen inden fire uger.\n\n"
        "Behandling af personoplysninger\n\nKommunen behandler oplysninger om dig efter databeskyttelsesloven."
    )
    plain, full = (suggester.suggest(letter(heading + more)).subjects[0].value for more in ("", boilerplate * 3))
    assert plain == full == "27.60.20"
