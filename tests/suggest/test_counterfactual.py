"""What would have put the second subject first is tried out, so that it is true."""

from dataclasses import replace
from functools import cache

from markup_assistant import Assistant, read_letter
from markup_assistant.letters.read import read_bytes
from markup_assistant.shipped import shipped_folder
from markup_assistant.suggest.counterfactual import MOST, words_to_win


@cache
def assistant() -> Assistant:
    return Assistant()


def test_the_words_put_the_second_subject_first_and_fewer_do_not() -> None:
    letter = read_letter(shipped_folder("data") / "samples" / "nabohoering-carport.pdf")
    found = assistant().suggest(letter)
    words = words_to_win(letter, found, assistant().catalogue, assistant().suggest)
    assert 0 < len(words) <= MOST

    def first(count: int) -> str:
        text = f"{letter.text}\n{', '.join(words[:count])}"
        return assistant().suggest(replace(letter, text=text, blocks=())).subjects[0].value

    assert found.subjects[0].value != found.subjects[1].value
    assert first(0) == found.subjects[0].value


def test_a_text_without_a_second_subject_has_no_such_words() -> None:
    letter = read_bytes(b"123", "x.txt")
    assert words_to_win(letter, assistant().suggest(letter), assistant().catalogue, assistant().suggest) == ()
