import subprocess
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from markup_assistant.learning.corpus import LabelledLetter, load_corpus
from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.sketch import ALIKE, SIZE, from_bytes, likeness, rarity, sketch, to_bytes
from markup_assistant.suggest.tokens import stem

HEADER = "Lindeby Kommune\nBorgercentret\nRådhustorvet 1\n9999 Lindeby\n\n"
FOOTER = (
    "\n\n"
    "Hvis du er uenig i afgørelsen, kan du klage inden fire uger. Send klagen til os. Vi vurderer sagen igen "
    "og sender klagen videre til Ankestyrelsen, hvis du ikke får medhold. Skriv gerne begrundelsen for klagen "
    "og vedlæg nye oplysninger.\n\n"
    "Kommunen er dataansvarlig for oplysninger om dig. Læs på hjemmesiden, hvor længe oplysninger gemmes, "
    "hvem der modtager dem, og hvordan fejl rettes. Du kan skrive til databeskyttelsesrådgiveren eller klage "
    "til Datatilsynet.\n\n"
    "Du er velkommen til at ringe hver dag mellem klokken ni og fjorten, hvis noget i brevet er uklart. Hav "
    "sagsnummeret klar, så bliver du hurtigere hjulpet videre til den rigtige medarbejder.\n\nVenlig hilsen\n"
    "Inger Holt"
)
PARKING = (
    "Beboerlicens\n\nKære Asta Munk\n\n"
    "Din beboerlicens til parkering i midtbyen udløber den 1. maj 2026. Den nye licens koster 350 kr. om "
    "året. Bilen skal være registreret på din folkeregisteradresse. Licensen gælder ikke i blå zone."
)
PARKING_NEXT_YEAR = (
    "Beboerlicens\n\nKære Omar Yildiz\n\n"
    "Din beboerlicens til parkering i midtbyen udløber den 15. juni 2027. Den nye licens koster 410 kr. om "
    "året. Bilen skal være registreret på din folkeregisteradresse. Licensen gælder ikke i blå zone. Elbiler "
    "betaler det halve gebyr."
)


@pytest.fixture(scope="module")
def corpus() -> tuple[LabelledLetter, ...]:
    letters = load_corpus(shipped_folder("data") / "letters")
    return tuple(item for item in letters if item.subject and len(item.letter.text.split()) >= 25)


@pytest.fixture(scope="module")
def folder(corpus: tuple[LabelledLetter, ...]) -> NDArray[np.uint32]:
    """Two hundred letters of different types, all on the paper of one municipality."""
    of_types = {item.letter_type: item.letter.text for item in corpus}
    return np.array([sketch(on_paper(text)) for text in list(of_types.values())[:200]])


def read(text: str) -> Letter:
    return read_bytes(text.encode(), ".txt")


def on_paper(text: str) -> Letter:
    return read(HEADER + text + FOOTER)


def test_letters_of_different_types_on_one_paper_are_not_alike(folder: NDArray[np.uint32]) -> None:
    assert (folder[0] == folder[1:]).mean() > 0.3, "the paper is most of these letters"
    rare = rarity(folder)
    found = np.array([likeness(one, folder, rare) for one in folder])
    assert np.argwhere(found - np.eye(len(folder)) >= ALIKE).tolist() == []


def test_next_years_version_is_found_among_letters_on_the_same_paper(folder: NDArray[np.uint32]) -> None:
    many = np.vstack([folder, sketch(on_paper(PARKING))])
    shares = likeness(sketch(on_paper(PARKING_NEXT_YEAR)), many)
    assert np.flatnonzero(shares >= ALIKE).tolist() == [len(folder)]


def test_a_version_on_another_departments_paper_is_found(folder: NDArray[np.uint32]) -> None:
    many = np.vstack([folder, sketch(on_paper(PARKING))])
    harbour = read("Lindeby Kommune\nTeknik og Miljø\nHavnegade 12\n9998 Lindeby Havn\n\n" + PARKING_NEXT_YEAR + FOOTER)
    assert np.flatnonzero(likeness(sketch(harbour), many) >= ALIKE).tolist() == [len(folder)]
    assert np.flatnonzero(likeness(sketch(read(PARKING)), many) >= ALIKE).tolist() == [len(folder)]


def test_a_filled_template_is_found_by_its_template(corpus: tuple[LabelledLetter, ...]) -> None:
    templates = [item.letter for item in corpus if item.template and item.letter.fields][:60]
    many = np.array([sketch(letter) for letter in templates])
    rare = rarity(many)
    for place, letter in enumerate(templates):
        text = letter.text
        for field in reversed(letter.fields):
            text = f"{text[: field.start]}12. maj 2026{text[field.end :]}"
        shares = likeness(sketch(read(text)), many, rare)
        assert shares[place] >= ALIKE
        assert shares.argmax() == place


def test_letters_of_one_template_find_each_other_where_they_are_most_of_a_folder(folder: NDArray[np.uint32]) -> None:
    streets = ("Violvej", "Egevej", "Strandvej", "Møllevej")
    extra = ("Husk nøglen.", "Ring gerne.", "Betal i tide.", "Kortet sendes senere.", "Medbring kørekort.")
    made = [
        on_paper(f"{PARKING} Du bor på {streets[at % 4]} {at}. {extra[at % 5]} {extra[at % 3]}")
        for at in range(len(folder))
    ]
    family = np.array([sketch(letter) for letter in made])
    shares = likeness(family[0], np.vstack([family, folder]))
    assert (shares[: len(family)] >= ALIKE).all()
    assert not (shares[len(family) :] >= ALIKE).any()


def test_two_letters_alone_are_compared_too() -> None:
    def share(one: str, other: str) -> float:
        return float(likeness(sketch(read(one)), np.array([sketch(read(other))]))[0])

    assert share(PARKING, PARKING) == 1
    assert share(PARKING, PARKING_NEXT_YEAR) >= ALIKE
    assert share(PARKING, "Du er indkaldt til samtale om dit sygeforløb. Tag gerne din læges udtalelse med.") < 0.1


def test_a_letter_with_next_to_no_words_is_like_none() -> None:
    empty = sketch(read("Kære «Navn»\n\n12. maj 2026, 350 kr."))
    assert not empty.any()
    many = np.array([empty, sketch(read(PARKING)), empty])
    assert likeness(empty, many).tolist() == [0, 0, 0]
    assert likeness(many[1], many).tolist() == [0, 1, 0]
    assert likeness(many[1], np.zeros((0, SIZE), np.uint32)).tolist() == []
    assert likeness(many[1], np.zeros((3, SIZE), np.uint32)).tolist() == [0, 0, 0]


def test_likeness_is_a_share_and_the_same_letter_is_like_itself(folder: NDArray[np.uint32]) -> None:
    found = np.array([likeness(one, folder) for one in folder[:20]])
    assert found.dtype == np.float32
    assert ((found >= 0) & (found <= 1)).all()
    assert (found.diagonal() == 1).all()
    # Roundings apart, it does not matter which of the two is asked about.
    assert np.allclose(found[:, :20], found[:, :20].T, atol=0.02)


def test_a_letter_in_capitals_has_words_too() -> None:
    assert sketch(read(PARKING.upper())).any()


def test_a_sketch_is_kept_as_bytes() -> None:
    one = sketch(read(PARKING))
    assert len(to_bytes(one)) == 4 * SIZE
    assert (from_bytes(to_bytes(one)) == one).all()
    assert to_bytes(np.arange(SIZE, dtype=">u4").astype(np.uint32))[4:8] == b"\x01\0\0\0"
    assert not from_bytes(b"").any()
    assert not from_bytes(b"of another version").any()


def test_every_process_makes_the_same_sketch(tmp_path: Path) -> None:
    letter = tmp_path / "brev.txt"
    letter.write_text(PARKING, encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from markup_assistant.letters.read import read_bytes;"
        "from markup_assistant.suggest.sketch import sketch, to_bytes;"
        "sys.stdout.write(to_bytes(sketch(read_bytes(Path(sys.argv[1]).read_bytes(), '.txt'))).hex())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program, str(letter)],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert made == {to_bytes(sketch(read(PARKING))).hex()}


def test_a_word_alone_has_the_smallest_of_its_hashes() -> None:
    # Worked out apart: crc32 of the stems, times numbers of SplitMix64 from 2026, the upper 32 of 64 bits.
    words = "beboerlicens parkering midtbyen folkeregister"
    assert sketch(read(words))[:3].tolist() == by_hand(map(stem, words.split()), 3)


def by_hand(stems: Iterable[str], count: int) -> list[int]:
    hashes = [zlib.crc32(word.encode()) for word in stems]

    def splitmix(seed: int, number: int) -> int:
        mixed = (seed + (number + 1) * 0x9E3779B97F4A7C15) % 2**64
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB % 2**64
        return mixed ^ mixed >> 31

    return [
        min((hash_ * (splitmix(2026, at) | 1) + splitmix(2026, SIZE + at)) % 2**64 >> 32 for hash_ in hashes)
        for at in range(count)
    ]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["a", "A b", " Ø", "x1 ", "A.\n", "-a"])
def test_a_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    assert sketch(Letter("ond", "txt", piece * (2_000_000 // len(piece)))).shape == (SIZE,)
