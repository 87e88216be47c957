"""The facet of a letter: whole letters and single sentences, written for these tests."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.suggest.cues import find_cues, knowledge, parse_cue
from markup_assistant.suggest.facets import suggest_facets
from markup_assistant.suggest.passages import Place

APPEAL = (
    "\n\nKlagevejledning\n\nDu kan klage over afgørelsen. Klagen skal sendes til os inden 4 uger. Hvis vi fastholder "
    "afgørelsen, sender vi din klage videre til Ankestyrelsen."
)


def letter(text: str) -> Letter:
    return read_bytes(unicodedata.normalize("NFC", text).encode(), ".txt")


def facet(text: str, subject: str = "") -> str:
    return suggest_facets(letter(text), subject)[0].value


KINDS = {
    "G01": "Afgørelse om rengøring\n\nKære Ib\n\nDu har søgt om hjælp til rengøring. Vi har bevilget hver anden uge.",
    "K04": "Partshøring\n\nKære Ib\n\nVi overvejer at standse din hjælp. Har du bemærkninger, skal vi have dem senest "
    "den 3. marts 2026, før vi træffer afgørelse.",
    "A53": "Aktindsigt i din sag\n\nKære Ib\n\nDu har bedt om aktindsigt. Dokumenterne er vedhæftet. To notater "
    "er undtaget efter offentlighedslovens § 23.",
    "K02": "Svar på din klage\n\nKære Ib\n\nDu har klaget over, at hjælpen kom for sent. Vi giver dig medhold.",
    "K03": "Til Ankestyrelsen\n\nKlage fra Ib Krog\n\nVi har genvurderet sagen og fastholder afgørelsen. Sagens akter "
    "er vedlagt. Kopi er sendt til klager.",
    "K08": "Påbud om at fjerne skur\n\nKære Ib\n\nVed tilsyn den 4. marts så vi, at skuret er opført uden tilladelse. "
    "Det er ulovligt, og du skal fjerne det.",
    "P25": "Dispensation fra lokalplan 12\n\nKære Ib\n\nVi giver dispensation til sort tag efter planlovens § 19.",
    "Ø30": "Rykker 1\n\nKære Ib\n\nVi har ikke registreret din betaling. Betaler du ikke, bliver kravet sendt til "
    "inddrivelse hos Gældsstyrelsen.",
    "Ø32": "Du får penge tilbage\n\nKære Ib\n\nVi har ved en fejl opkrævet for meget. Vi betaler 310 kr. tilbage til "
    "din NemKonto.",
    "Ø35": "Faktura 1203\n\nMadservice i marts\n\nAt betale i alt kr. 1.240,00. Beløbet forfalder den 1. april 2026.",
    "Ø36": "Betalingstilsagn\n\nVi anerkender, at vi er betalingskommune efter retssikkerhedslovens § 9 c, og betaler "
    "mellemkommunal refusion for opholdet.",
    "Ø47": "Økonomisk friplads\n\nKære Ib\n\nDu får friplads fra 1. maj, så din betaling bliver nedsat.",
    "Ø48": "Henstand med betaling\n\nKære Ib\n\nVi giver dig henstand og en afdragsordning på 500 kr. om måneden.",
    "Ø54": "Kontrakt om madlevering\n\nHermed kontrakten i to eksemplarer. Den bedes underskrevet og returneret.",
    "Ø61": "Dit krav om erstatning\n\nKære Ib\n\nDu har krævet erstatning for en skade på din bil. Vi afviser kravet.",
    "P35": "Dagsorden til bestyrelsesmøde\n\n1. Godkendelse af referat\n2. Økonomi\n3. Eventuelt",
    "S29": "Nye takster for 2027\n\nByrådet har vedtaget følgende priser for madservice fra 1. januar 2027.",
}


@pytest.mark.parametrize(("code", "text"), KINDS.items(), ids=KINDS)
def test_each_kind_of_letter_gets_its_facet(code: str, text: str) -> None:
    assert facet(text) == code


@pytest.mark.parametrize("code", ["G01", "P25", "Ø47", "Ø35"])
def test_appeal_instructions_make_no_complaint(code: str) -> None:
    first, *_ = suggest_facets(letter(KINDS[code] + APPEAL), "")
    assert first.value == code


def test_the_heading_counts_most() -> None:
    body = "\n\nKære Ib\n\nSagen har været drøftet på et møde, og her er vores svar.\n\nHilsen\nAne"
    with_heading = suggest_facets(letter("Klage over lærer" + body), "")[0]
    in_body = suggest_facets(letter("Svar" + body + " Vi taler også om en klage over lærer."), "")
    assert with_heading.value == "K02"
    assert with_heading.confidence > next((s.confidence for s in in_body if s.value == "K02"), 0.0)


def test_the_group_of_the_subject_counts_where_words_are_few() -> None:
    text = letter("Kære Ib\n\nVi har fået oplysninger om dit hus og vil gerne høre fra dig.")

    def share(subject: str) -> float:
        return next((s.confidence for s in suggest_facets(text, subject, 30) if s.value == "K08"), 0.0)

    assert share("02.34.18") > share("28.09.40")


def test_confidences_of_all_facets_sum_to_one() -> None:
    shares = [suggestion.confidence for suggestion in suggest_facets(letter(KINDS["K04"]), "27.36.04", 100)]
    assert sum(shares) == pytest.approx(1.0, abs=0.01)
    assert shares == sorted(shares, reverse=True)


def test_an_empty_letter_is_an_ordinary_one_without_a_reason() -> None:
    first = suggest_facets(Letter("x", "txt", ""), "")[0]
    assert (first.value, first.evidence) == ("G01", ())


def test_a_privacy_paragraph_is_boilerplate() -> None:
    cues = find_cues(letter("Kære Ib\n\nDu får plads.\n\nVi behandler oplysninger om dig. Du har ret til aktindsigt."))
    assert cues.passages.sentences[-1].place is Place.BOILERPLATE
    assert "A53" not in cues.matches


def test_every_cue_is_sound_and_its_facet_known_to_the_catalogue() -> None:
    from markup_assistant.catalogue.edition import load_catalogue
    from markup_assistant.shipped import shipped_folder

    codes = {facet.code for facet in load_catalogue(shipped_folder("kle_catalogue")).facets}
    facets = {code for code, entry in knowledge().facets.items() if isinstance(entry, dict) and "cues" in entry}
    assert facets <= codes
    usual = {code for entry in knowledge().facets["usual"].values() for code in entry}
    assert usual | set(knowledge().facets["prior"]) <= facets


@pytest.mark.parametrize(
    "line", ["2", "2 ..", "2 .. klage", "2 klage ..", "2 [du] klage", "x klage", "2 @nowhere klage"]
)
def test_a_cue_that_says_nothing_is_refused(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # whatever sentence Python has for it
        parse_cue("K02", line)


WORDS = st.lists(
    st.sampled_from(
        "klage over afgørelsen partshøring betal senest den 5. marts 2026 kl. 10 på Rådhuset «MoedeDato» {{link}} "
        "https://x.example/a , . \n \n\n Kære § 1.200 kr. tilmeld medbring 😀 e\u0301 İ Vedr.".split(" ")
    ),
    max_size=60,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(WORDS, st.text(max_size=300)), st.sampled_from(["", "27.36.04", "28.77.08", "x"]))
def test_evidence_reads_in_the_text_what_it_says(text: str, subject: str) -> None:
    read = letter(text.replace("\x00", "")) if text.strip() and text.isprintable() else Letter("x", "txt", text)
    for suggestion in suggest_facets(read, subject):
        assert 0.0 <= suggestion.confidence <= 1.0
        for evidence in suggestion.evidence:
            assert read.text[evidence.start : evidence.end] == evidence.text != ""
