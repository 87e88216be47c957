"""Numbers as they are written in a report: per cent with one decimal, in the language's own way."""

from markup_assistant.learning.evaluation.figures import Figure
from markup_assistant.texts import Texts


def percent(value: float, texts: Texts) -> str:
    """Return a share as per cent without the sign: ``72,4``."""
    return _written(f"{100 * value:.1f}", texts)


def signed(value: float, texts: Texts) -> str:
    """Return a difference of shares in points with its sign: ``+1,3``."""
    written = f"{100 * value:+.1f}".replace("-", "−")
    return _written("0.0" if written[1:] == "0.0" else written, texts)


def interval_said(figure: Figure, texts: Texts) -> str:
    """Return the interval of a figure, or a dash where it has none."""
    if figure.low is None or figure.high is None:
        return "–"
    return f"{percent(figure.low, texts)}–{percent(figure.high, texts)}"


def points(value: float, low: float, high: float, texts: Texts) -> dict[str, str]:
    """Return a difference and its interval in points, turned so that the difference is above zero."""
    turned = (value, low, high) if value >= 0 else (-value, -high, -low)
    return dict(zip(("points", "low", "high"), (percent(one, texts).replace("-", "−") for one in turned), strict=True))


def _written(number: str, texts: Texts) -> str:
    return number.replace(".", ",") if texts.language == "da" else number
