"""Words that the assistant itself puts into a message where MeMo asks for some and the letter gives none."""

from markup_assistant.texts import LANGUAGES, Texts, get_texts

AMOUNT_TYPE, AMOUNT_NAME = "Betaling", "Beløb"
"""Type and name of the additional content data that holds an amount, because MeMo has no element for one."""

REPLY_KLE = "KLE"
"""Label of the reply data that holds number and facet."""

_LOCATION = "memo.filler.location"


def filler_location(texts: Texts) -> str:
    """Return what stands for a place that the letter does not name."""
    return texts(_LOCATION)


def is_filler(location: str) -> bool:
    """Whether a place is none: what :func:`filler_location` put there, in any language."""
    return any(location == get_texts(language)(_LOCATION) for language in LANGUAGES)


def button(code: str, texts: Texts) -> str:
    """Return the label of an action that has none of its own."""
    key = f"memo.button.{code}"
    return texts(key) if key in texts else ""
