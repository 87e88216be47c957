"""A training as lines for people and as values for JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from markup_assistant.cli.evaluate import section_lines
from markup_assistant.cli.layout import columns, paragraph
from markup_assistant.learning.evaluation.comparison import ENOUGH, Comparison
from markup_assistant.learning.evaluation.numbers import percent
from markup_assistant.learning.evaluation.plain import comparison_plain
from markup_assistant.learning.evaluation.report import Report
from markup_assistant.learning.promotion import Judged, Reason
from markup_assistant.learning.training import Training
from markup_assistant.settings import Settings
from markup_assistant.texts import Texts


def training_lines(training: Training, settings: Settings, texts: Texts, width: int) -> Iterator[str]:
    """Yield what was learned from, whether the new model is used and why, and the figures behind that."""
    data, metrics, decided = training.manifest["data"], training.manifest["metrics"], training.decided
    rows = [
        (texts("learning.train.model"), f"{training.name}, {training.manifest['edition']}"),
        (texts("learning.train.learned"), _learned(data, texts)),
        (texts("learning.train.measuring"), texts("learning.train.measuring_said", count=len(decided.measuring))),
    ]
    if decided.left:
        rows.append((texts("learning.train.left"), _counted(decided.left, "learning.left", texts)))
    figures = {name: percent(metrics[name], texts) for name in ("precision_at_1", "recall_at_5")}
    rows.append((texts("learning.train.held_out"), texts("learning.train.held_out_said", **figures)))
    yield from columns(rows, width)
    yield ""
    for sentence in _verdict(training, settings, texts):
        yield from paragraph(sentence, width)
    report = Report(texts, lambda _: "")
    for name, compared, count in _comparisons(training.judged):
        section = report.comparison(compared, count)
        yield from section_lines(replace(section, title=texts(f"learning.compared.{name}")), width)


def training_json(training: Training) -> dict[str, Any]:
    """Return a training as plain values; every key is there, a comparison may be null."""
    judged = training.judged
    return {
        "name": training.name,
        "folder": str(training.folder),
        "former": training.former,
        "used": judged.reason.is_used,
        "reason": judged.reason.value,
        "edition": training.manifest["edition"],
        "date": training.manifest["date"],
        "data": training.manifest["data"],
        "left": dict(training.decided.left),
        "metrics": training.manifest["metrics"],
        "texts": {"held_out": judged.held_out_texts, "own": judged.own_texts},
        "comparison": {
            name: comparison_plain(compared) if compared else None
            for name, compared in (
                ("together", judged.together),
                ("held_out", judged.held_out),
                ("own", judged.own),
            )
        },
    }


def _verdict(training: Training, settings: Settings, texts: Texts) -> Iterator[str]:
    """Yield whether the new model is used, why, and what the coordinator can do."""
    judged, reason = training.judged, training.judged.reason
    names = {"new": training.name, "former": training.former}
    facts = names | {"held_out": judged.held_out_texts, "own": judged.own_texts, "setting": settings.model}
    yield texts(f"learning.verdict.{reason}", **facts, **_decisive(judged, texts))
    if reason in (Reason.NOT_ASKED, Reason.SETTING, Reason.CHANGED) and judged.together:
        yield texts(f"learning.compared_only.{judged.together.judgement}", **names)
    if not judged.held_out_texts and reason is not Reason.PRESENT_BROKEN:
        yield texts("learning.verdict.no_held_out", **names)
    yield texts(f"learning.do.{reason}", **names, enough=ENOUGH)


def _decisive(judged: Judged, texts: Texts) -> dict[str, str]:
    """Return the figure that the judgement rests on, of both models."""
    compared = judged.own if judged.reason is Reason.OWN_WORSE else judged.together
    found = next((one for one in compared.differences if one.figure == compared.decided_by), None) if compared else None
    if found is None:
        return {"figure": "–", "first": "–", "second": "–"}
    return {
        "figure": texts(f"evaluate.figure.{found.figure}").strip(),
        "first": percent(found.first, texts),
        "second": percent(found.second, texts),
    }


def _comparisons(judged: Judged) -> Iterator[tuple[str, Comparison, int]]:
    if judged.together:
        yield "together", judged.together, judged.held_out_texts + judged.own_texts
    if judged.own:
        yield "own", judged.own, judged.own_texts


def _learned(data: Mapping[str, Any], texts: Texts) -> str:
    said = texts("learning.train.learned_said", corpus=data["letters"] - data["own"], own=data["own"])
    return f"{said} ({_counted(data['own_by_how'], 'learning.how', texts)})" if data["own"] else said


def _counted(counts: Mapping[str, int], key: str, texts: Texts) -> str:
    return ", ".join(f"{count} {texts(f'{key}.{name}')}" for name, count in counts.items())
