"""What a letter would have had to say for its second subject to come first: tried out, not guessed."""

from collections.abc import Callable
from dataclasses import replace

from markup_assistant.catalogue.tree import Catalogue
from markup_assistant.letters.letter import Block, BlockKind, Letter
from markup_assistant.markup import Suggestions

MOST = 8
"""Words that are tried: a letter that needs more would be another letter."""

Suggest = Callable[[Letter], Suggestions]


def words_to_win(letter: Letter, found: Suggestions, catalogue: Catalogue, suggest: Suggest) -> tuple[str, ...]:
    """Return the fewest of the second subject's own words, in the catalogue's order, that put it first when added.

    None where there is no second subject, or where its words do not put it first.
    """
    if len(found.subjects) < 2:
        return ()
    second = found.subjects[1].value
    text = letter.text.casefold()
    words = [catalogue.subject(second).title]
    words += [term.text for term in catalogue.terms(second) if term.kind != "law" and term.text.casefold() not in text]
    for count in range(1, min(MOST, len(words)) + 1):
        tried = suggest(_with_line(letter, ", ".join(words[:count])))
        if tried.subjects and tried.subjects[0].value == second:
            return tuple(words[:count])
    return ()


def _with_line(letter: Letter, line: str) -> Letter:
    """Add a paragraph at the end; all offsets stay."""
    text = f"{letter.text}\n{line}"
    block = Block(BlockKind.PARAGRAPH, len(letter.text) + 1, len(text))
    return replace(letter, text=text, blocks=(*letter.blocks, block))
