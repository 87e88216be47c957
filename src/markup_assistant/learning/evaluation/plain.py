"""A measurement as plain values, for JSON: every key always present, ``null`` where there is no figure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from markup_assistant.learning.evaluation.comparison import Comparison
from markup_assistant.learning.evaluation.evaluation import Evaluation
from markup_assistant.learning.evaluation.figures import Figure
from markup_assistant.learning.evaluation.rows import WrongLine
from markup_assistant.texts import Texts

Plain = dict[str, Any]
DECIMALS = 4


def evaluation_plain(evaluation: Evaluation) -> Plain:
    """Return the figures of one model; shares are from 0 to 1, rounded to four decimals."""
    plain: Plain = _rounded(
        {
            "model": evaluation.model,
            "catalogue": evaluation.catalogue,
            "texts": evaluation.texts,
            "clusters": evaluation.clusters,
            "to_leave_alone": evaluation.to_leave_alone,
            "figures": figures_plain(evaluation.figures),
            "calibration": asdict(evaluation.calibration) if evaluation.calibration else None,
            "coverage": asdict(evaluation.coverage) if evaluation.coverage else None,
            "confusion": asdict(evaluation.confusion) if evaluation.confusion else None,
            "by": {
                trait: {value: figures_plain(figures) for value, figures in values.items()}
                for trait, values in evaluation.by.items()
            },
        }
    )
    return plain


def figures_plain(figures: Mapping[str, Figure]) -> Plain:
    """Return figures by name: ``value``, ``low``, ``high``, ``texts``, ``whole``."""
    plain: Plain = _rounded({name: asdict(figure) for name, figure in figures.items()})
    return plain


def comparison_plain(comparison: Comparison) -> Plain:
    """Return a comparison with each difference by the figure's name."""
    differences = {
        one.figure: {
            "first": one.first,
            "second": one.second,
            "difference": one.difference,
            "low": one.low,
            "high": one.high,
            "texts": one.texts,
            "judgement": one.judgement.value,
        }
        for one in comparison.differences
    }
    plain: Plain = _rounded(
        {
            "first": comparison.first,
            "second": comparison.second,
            "judgement": comparison.judgement.value,
            "decided_by": comparison.decided_by,
            "may_replace": comparison.may_replace,
            "answers_changed": comparison.answers_changed,
            "differences": differences,
        }
    )
    return plain


def wrong_lines_plain(wrong: Iterable[WrongLine], texts: Texts) -> list[Plain]:
    """Return the lines that were left out, each with why, in the user's language."""
    return [{"line": one.line, "reason": wrong_line_said(one, texts)} for one in wrong]


def wrong_line_said(wrong: WrongLine, texts: Texts) -> str:
    """Say what is wrong with a line and what to do."""
    if wrong.error:
        return f"{wrong.error.what(texts)} {wrong.error.do(texts)}"
    return texts(f"evaluate.line.{wrong.reason}", **wrong.facts)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DECIMALS)
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list | tuple) else value
