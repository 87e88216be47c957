from pathlib import Path

import pytest

from markup_assistant.errors import CorpusError
from markup_assistant.learning.corpus import load_corpus

GOOD = """=== plads-1
subject: 28.09.40
also: [28.09.00]
facet: G01
form: template
actions:
- {code: BEKRAEFT, label: Svar på tilbuddet, deadline: "«Frist»"}
---
Lindeby Kommune

Tilbud om plads

Svar senest «Frist».

=== plads-2
subject: none
form: filled
why: newsletter
actions: []
---
Nyt fra børnehaven.
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "boern-og-unge" / "plads.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return folder


def test_letters_are_read_with_their_labels(tmp_path: Path) -> None:
    first, second = load_corpus(write(tmp_path, GOOD))
    assert (first.subject, first.accepted, first.facet) == ("28.09.40", ("28.09.40", "28.09.00"), "G01")
    assert (first.area, first.letter_type, first.template) == ("boern-og-unge", "plads", True)
    assert first.actions[0].details == {"deadline": "«Frist»"}
    assert [field.name for field in first.letter.fields] == ["Frist"]
    assert first.letter.text.startswith("Lindeby Kommune")
    assert (second.subject, second.accepted, second.why) == ("", (), "newsletter")


def test_the_name_of_the_file_does_not_give_the_subject_away(tmp_path: Path) -> None:
    assert "plads" not in load_corpus(write(tmp_path, GOOD))[0].letter.name


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace("BEKRAEFT", "BEKRÆFT"), "ukendt handling BEKRÆFT"),
        (GOOD.replace("deadline:", "frist:"), "BEKRAEFT: frist"),
        (GOOD.replace("facet:", "facette:"), "ukendt nøgle facette"),
        (GOOD.replace("\n---\n", "\n", 1), "plads-1"),
        (GOOD.replace("plads-2", "plads-1"), "to gange"),
        (GOOD.replace("also: [", "also: [[", 1), "plads-1"),
        ("Noget foran\n" + GOOD, "=== ID"),
    ],
)
def test_a_mistake_is_named_with_its_letter(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(CorpusError, match=said.replace("[", r"\[")):
        load_corpus(write(tmp_path, wrong))
