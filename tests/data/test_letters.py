"""The rules of ``data/README.md`` for letters and letter types, held over all of them."""

import re
from collections import Counter
from typing import Any

import pytest
import yaml

from markup_assistant.catalogue.edition import load_catalogue
from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.learning.corpus import LEFT_ALONE, LabelledLetter, load_corpus
from markup_assistant.markup import ACTION_CODES
from markup_assistant.shipped import shipped_folder

AREAS = {
    "Arbejdsmarked og Erhverv": "arbejdsmarked-og-erhverv",
    "Børn og Unge": "boern-og-unge",
    "Social og Sundhed": "social-og-sundhed",
    "Miljø, Teknik og Forsyning": "miljoe-teknik-og-forsyning",
    "Demokrati og Involvering": "demokrati-og-involvering",
    "Administration og Organisering": "administration-og-organisering",
}
MUNICIPALITIES = """
Albertslund Allerød Assens Ballerup Billund Bornholms Brøndby Brønderslev Dragør Egedal Esbjerg Fanø Favrskov Faxe
Fredensborg Fredericia Frederiksberg Frederikshavn Frederikssund Furesø Gentofte Gladsaxe Glostrup Greve Gribskov
Guldborgsund Haderslev Halsnæs Hedensted Helsingør Herlev Herning Hillerød Hjørring Holbæk Holstebro Horsens Hvidovre
Hørsholm Ikast-Brande Ishøj Jammerbugt Kalundborg Kerteminde Kolding Københavns Køge Langeland Lejre Lemvig Lolland
Læsø Mariagerfjord Middelfart Morsø Norddjurs Nordfyns Nyborg Næstved Odder Odense Odsherred Randers Rebild
Ringkøbing-Skjern Ringsted Roskilde Rudersdal Rødovre Samsø Silkeborg Skanderborg Skive Slagelse Solrød Sorø Stevns
Struer Svendborg Syddjurs Sønderborg Thisted Tønder Tårnby Vallensbæk Varde Vejen Vejle Vesthimmerlands Viborg
Vordingborg Ærø Aabenraa Aalborg Aarhus
""".split()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(shipped_folder("kle_catalogue"))


@pytest.fixture(scope="module")
def letters() -> tuple[LabelledLetter, ...]:
    return load_corpus(shipped_folder("data") / "letters")


@pytest.fixture(scope="module")
def types() -> list[dict[str, Any]]:
    text = (shipped_folder("data") / "letter_types.yaml").read_text(encoding="utf-8")
    return list(yaml.safe_load(text))


def test_the_corpus_is_as_broad_as_it_says(letters: tuple[LabelledLetter, ...]) -> None:
    labelled = [letter for letter in letters if letter.subject]
    assert len(labelled) >= 1500
    assert len({letter.subject for letter in labelled}) >= 450
    assert len(letters) - len(labelled) >= 120
    share = sum(letter.template for letter in labelled) / len(labelled)
    assert 0.4 < share < 0.6
    assert {letter.area for letter in labelled} == set(AREAS.values())


def test_every_label_exists_in_the_edition(letters: tuple[LabelledLetter, ...], catalogue: Catalogue) -> None:
    for letter in letters:
        for number in letter.accepted:
            assert number in catalogue, letter.id
        if letter.subject:
            catalogue.facet(letter.facet)
            assert len({action.code for action in letter.actions}) == len(letter.actions), letter.id
            assert all(action.label for action in letter.actions), letter.id
        else:
            assert letter.why, letter.id
            assert letter.area == LEFT_ALONE, letter.id


def test_all_eight_actions_occur_in_many_letters(letters: tuple[LabelledLetter, ...]) -> None:
    counts = Counter(action.code for letter in letters for action in letter.actions)
    assert set(counts) == set(ACTION_CODES)
    assert min(counts.values()) >= 40


def test_every_detail_stands_in_its_letter(letters: tuple[LabelledLetter, ...]) -> None:
    for letter in letters:
        for action in letter.actions:
            for name, value in action.details.items():
                if name in ("url", "location") and not letter.template:
                    assert value in letter.letter.text, (letter.id, name)
                if name in ("start", "end") and value[:1].isdigit():
                    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value), (letter.id, value)
                if name in ("due", "deadline") and value[:4].isdigit():
                    assert re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", value), (letter.id, value)
                if name == "amount" and value[:1].isdigit():
                    assert re.fullmatch(r"\d+(\.\d\d)?", value), (letter.id, value)


def test_no_cpr_number_could_be_a_persons(letters: tuple[LabelledLetter, ...]) -> None:
    for letter in letters:
        for number in re.findall(r"\b\d{6}[- ]?\d{4}\b", letter.letter.text):
            assert number.endswith("0000"), (letter.id, number)


def test_no_municipality_is_a_real_one(letters: tuple[LabelledLetter, ...]) -> None:
    real = re.compile(rf"\b(?:{'|'.join(MUNICIPALITIES)})s? Kommune", re.IGNORECASE)
    assert [letter.id for letter in letters if real.search(letter.letter.text)] == []


def test_no_letter_names_its_number(letters: tuple[LabelledLetter, ...]) -> None:
    assert [letter.id for letter in letters if letter.subject and letter.subject in letter.letter.text] == []


def test_no_two_letters_are_the_same(letters: tuple[LabelledLetter, ...]) -> None:
    texts = Counter(re.sub(r"\W+", " ", letter.letter.text.lower()) for letter in letters)
    assert [text[:80] for text, count in texts.items() if count > 1] == []


def test_every_letter_type_has_letters_and_every_letter_its_type(
    letters: tuple[LabelledLetter, ...], types: list[dict[str, Any]]
) -> None:
    places = {(letter.letter_type, letter.area) for letter in letters if letter.subject}
    assert {(kind["id"], AREAS[kind["area"]]) for kind in types} == places


def test_letter_types_are_complete(types: list[dict[str, Any]], catalogue: Catalogue) -> None:
    assert len(types) >= 350
    assert {kind["area"] for kind in types} == set(AREAS)
    assert len({kind["id"] for kind in types}) == len(types)
    for kind in types:
        catalogue.subject(kind["subject"])
        catalogue.facet(kind["facet"])
        assert set(kind["actions"]) <= set(ACTION_CODES), kind["id"]
        assert kind["recipient"] in ("citizen", "company", "authority"), kind["id"]
        assert isinstance(kind["yearly"], int), kind["id"]
        assert kind["yearly"] >= 0, kind["id"]
        assert isinstance(kind["decision"], bool), kind["id"]
        assert all(str(kind[key]).strip() for key in ("title", "department", "reply_to", "yearly_reason")), kind["id"]
