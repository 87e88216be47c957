import pytest

from markup_assistant.letters.letter import Letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.suggest.tokens import stem, tokenise, unfold


@pytest.mark.parametrize(
    ("words", "same"),
    [
        (["merudgift", "merudgifter", "merudgiften", "merudgifterne"], "merudgift"),
        (["ydelse", "ydelsen", "ydelser"], "ydels"),
        (["bil", "biler"], None),
    ],
)
def test_inflections_of_a_word_meet(words: list[str], same: str | None) -> None:
    stems = {stem(word) for word in words}
    assert stems == {same} if same else all(len(found) >= 3 for found in stems)


def test_every_word_reads_in_the_letter_what_it_says() -> None:
    letter = read_bytes("Ansøgning om støtte\n\nKære Bo. Din BIL, æøå-kassen!".encode(), ".txt")
    for token in tokenise(letter):
        assert letter.text[token.start : token.end].lower() == token.word


def test_the_name_of_a_field_counts_as_the_words_it_is_made_of() -> None:
    letter = read_bytes("Kære «ModtagerNavn». Din «Parkeringslicensnr» er klar.".encode(), ".txt")
    words = [token.word for token in tokenise(letter)]
    assert "parkeringslicensnr" in words
    assert "modtager" not in words


def test_a_field_name_gets_its_danish_letters() -> None:
    assert unfold("ansoegning") == "ansøgning"


def test_web_and_mail_addresses_say_nothing_about_the_subject() -> None:
    letter = read_bytes(b"Se www.affald.example/gebyr eller skriv til affald@by.example nu", ".txt")
    assert [token.word for token in tokenise(letter)] == ["se", "eller", "skriv", "til", "nu"]


@pytest.mark.timeout(10)
@pytest.mark.parametrize("text", ["<" * 300_000, "a@" * 150_000, "a" * 300_000, "«" * 200_000, "www." * 80_000])
def test_a_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    assert len(tokenise(Letter("ond", "txt", text))) <= 20_001
