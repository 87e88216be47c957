import pytest

from markup_assistant.suggest.language import why_abstain


@pytest.mark.parametrize(
    "text",
    [
        "Du har søgt om plads i dagtilbud, og vi kan nu tilbyde jer en plads fra den 1. maj.",
        "Støtte til bil",
        "SEL-100 Merudgifter til voksne",
        "Husk at betale",
        "Faskine",
        "Rykker: gebyr for tømning",
        "Hej! I er inviteret til møde på skolen. Husk madpakke og regntøj til alle børn.",
    ],
)
def test_danish_is_read(text: str) -> None:
    assert why_abstain(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Vi viser til søknaden din om barnehageplass. Du får plass fra august, og svaret må være hos oss innen mai.",
        "Hei! Vi har mottatt søknaden din og vil behandle den så snart som mulig. Du får svar etter sommeren.",
        "Vi har mottagit din ansökan om förskoleplats och återkommer till dig när beslut är fattat i ärendet.",
        "Your application for a residence permit has been received and will be processed by our office.",
        "Ihr Antrag ist bei uns eingegangen. Bitte senden Sie die fehlenden Unterlagen bis zum Monatsende an uns.",
        "Państwa wniosek został przyjęty i jest rozpatrywany przez nasz urząd. Prosimy o cierpliwość w tej sprawie.",
        "Ваша заява отримана і буде розглянута протягом тридцяти днів.",
        "تم استلام طلبك وسيتم الرد عليك في أقرب وقت ممكن من قبل البلدية",
    ],
)
def test_another_language_is_left_alone(text: str) -> None:
    assert why_abstain(text) == "language"


@pytest.mark.parametrize("text", ["", "   \n", "1 2 3 4 5 6 7 8 9 10 kr 11 12 13 14 15 16 17 18", "--- *** ___"])
def test_a_text_without_words_is_left_alone(text: str) -> None:
    assert why_abstain(text) == "empty"
