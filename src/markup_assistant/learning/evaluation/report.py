"""A measurement as a person reads it: sections of rows, which the command line lays out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markup_assistant.learning.evaluation.comparison import Comparison
from markup_assistant.learning.evaluation.evaluation import OF_TRAITS, Evaluation
from markup_assistant.learning.evaluation.figures import MACRO_F1, Figure
from markup_assistant.learning.evaluation.measures import DETAIL_NAMES
from markup_assistant.learning.evaluation.numbers import interval_said, percent, points, signed
from markup_assistant.markup import ACTION_CODES, Verdict
from markup_assistant.texts import Texts

MOST_CONFUSIONS = 10
MOST_VALUES = 15
"""Confusions, and values of a trait, that are shown; JSON has all."""

TABLE_FROM = 150
"""Texts from which on the table of confidences is shown: ten in each of its 15 rows."""

FEW = 100
"""Independent texts below which the reader is told that there are few: a 95 % interval is then 20 points wide."""

_SUBJECT = ("precision_at_1", "recall_at_3", "recall_at_5", "mrr", "ndcg_at_5", "group", "main_group")
_FACET = ("facet", "facet_g01", "facet_other")
_ACTIONS = ("action_precision", "action_recall", "action_f1", MACRO_F1, "action_set", "no_action_where_none")
_DETAILS = ("detail", "detail_field", "detail_value", *(f"detail.{name}" for name in DETAIL_NAMES), "detail_invented")
_ALONE = ("left_alone", "silent_wrongly")
_COMPARED = (*_SUBJECT, *_FACET, *_ACTIONS, *_DETAILS[:3], "verdict.sure_right", "left_alone")


@dataclass(frozen=True, slots=True)
class Section:
    """A table under a title with notes below; the first column is words, the others are numbers.

    ``wide_last`` says that the last column is words too, and may be wrapped.
    """

    title: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    wide_last: bool = False


class Report:
    """Writes a measurement in one language; ``title_of`` gives the title of a KLE number."""

    def __init__(self, texts: Texts, title_of: Callable[[str], str]) -> None:
        self._texts = texts
        self._title_of = title_of

    def sections(
        self, evaluation: Evaluation, baseline: Mapping[str, Figure], baseline_actions: Sequence[str]
    ) -> Iterator[Section]:
        """Yield what there is to say of one model; parts that nobody labelled are left out."""
        tables = (("subject", _SUBJECT), ("facet", _FACET), ("actions", _ACTIONS))
        filled = [
            section for name, figures in tables if (section := self._table(name, figures, evaluation, baseline)).rows
        ]
        if filled:
            words = ", ".join(baseline_actions) or self._texts("evaluate.note.baseline_none")
            note = self._texts("evaluate.note.baseline", actions=words)
            filled[-1] = Section(filled[-1].title, filled[-1].header, filled[-1].rows, (note,))
        yield from filled
        details = self._table("details", _DETAILS, evaluation, None)
        for section in (
            self._codes(evaluation),
            details,
            self._verdicts(evaluation),
            self._coverage(evaluation),
            self._accuracy(evaluation),
            self._calibration(evaluation),
            self._table("alone", _ALONE, evaluation, None),
            self._confusion(evaluation),
            *self._by_trait(evaluation),
        ):
            if section.rows or section.notes:
                yield section

    def summary(self, evaluation: Evaluation) -> Iterator[str]:
        """Yield the sentences for those who read no tables."""
        first = evaluation.figures.get("precision_at_1")
        if first and first.low is not None and first.high is not None:
            low, high = round(100 * first.low), round(100 * first.high)
            yield self._texts("evaluate.said_subject", share=round(100 * first.value), low=low, high=high)
        sure, right = (evaluation.figures.get(f"verdict.sure_{name}") for name in ("share", "right"))
        if sure and right:
            shares = {"share": round(100 * sure.value), "right": round(100 * right.value)}
            yield self._texts("evaluate.said_sure", **shares)
        if evaluation.clusters < FEW:
            yield self._texts("evaluate.few", texts=evaluation.clusters)

    def comparison(self, comparison: Comparison, texts: int) -> Section:
        """Return the figures of two models side by side."""
        say = self._texts
        by_name = {one.figure: one for one in comparison.differences}
        rows = tuple(
            (
                self._name(name),
                percent(one.first, say),
                percent(one.second, say),
                signed(one.difference, say),
                f"{signed(one.low, say)}…{signed(one.high, say)}",
                say(f"evaluate.judgement.{one.judgement}"),
            )
            for name in _COMPARED
            if (one := by_name.get(name))
        )
        header = self._header("first", "second", "difference", "interval", "judgement")
        notes = (say("evaluate.note.changed", changed=comparison.answers_changed, texts=texts),)
        title = say("evaluate.section.comparison", model=comparison.second)
        return Section(title, header, rows, notes, wide_last=True)

    def judgement(self, comparison: Comparison, enough: int) -> Iterator[str]:
        """Yield in plain words how the second model fares; ``enough`` texts would tell."""
        names = {"first": comparison.first, "second": comparison.second}
        yield self._texts(f"evaluate.compared.{comparison.judgement}", **names, texts=enough)
        if comparison.decided_by:
            yield self._texts("evaluate.compared.decided", figure=self._name(comparison.decided_by).strip())

    def _table(
        self, name: str, wanted: Sequence[str], evaluation: Evaluation, baseline: Mapping[str, Figure] | None
    ) -> Section:
        found = [(one, evaluation.figures[one]) for one in wanted if one in evaluation.figures]
        rows = tuple(
            (
                self._name(one),
                percent(figure.value, self._texts),
                interval_said(figure, self._texts),
                *(() if baseline is None else (self._percent_of(baseline.get(one)),)),
                f"{figure.whole:.0f}" if name == "details" else str(figure.texts),
            )
            for one, figure in found
        )
        middle = () if baseline is None else ("baseline",)
        header = self._header("percent", "interval", *middle, "whole" if name == "details" else "texts")
        return Section(self._texts(f"evaluate.section.{name}"), header, rows)

    def _codes(self, evaluation: Evaluation) -> Section:
        rows = []
        for code in ACTION_CODES:
            found = [evaluation.figures.get(f"action.{code}_{name}") for name in ("precision", "recall", "f1")]
            if any(found):
                due = found[1].whole if found[1] else 0
                rows.append((code, *(self._percent_of(figure) for figure in found), f"{due:.0f}"))
        header = self._header("precision", "recall", "f1", "whole")
        return Section(self._texts("evaluate.section.codes"), header, tuple(rows))

    def _verdicts(self, evaluation: Evaluation) -> Section:
        rows = []
        for verdict in Verdict:
            share = evaluation.figures.get(f"verdict.{verdict}_share")
            right = evaluation.figures.get(f"verdict.{verdict}_right")
            if share:
                texts = str(right.texts if right else 0)
                shown = interval_said(right, self._texts) if right else ""
                name = self._texts(f"suggestion.verdict.{verdict}")
                rows.append((name, self._percent_of(share), self._percent_of(right), shown, texts))
        header = self._header("share", "right", "interval", "texts")
        return Section(self._texts("evaluate.section.verdicts"), header, tuple(rows))

    def _coverage(self, evaluation: Evaluation) -> Section:
        title, never = self._texts("evaluate.section.coverage"), self._texts("evaluate.note.never")
        if not evaluation.coverage:
            return Section(title)
        rows = tuple(
            (
                f"{limit.precision:.0%}".replace("%", " %"),
                percent(limit.coverage, self._texts),
                never if limit.confidence is None else percent(limit.confidence, self._texts),
            )
            for limit in evaluation.coverage.limits
        )
        header = (self._texts("evaluate.column.asked"), *self._header("share", "confidence")[1:])
        return Section(title, header, rows, (self._texts("evaluate.note.coverage"),))

    def _accuracy(self, evaluation: Evaluation) -> Section:
        rows = tuple(
            (f"{one.coverage:.0%}".replace("%", " %"), percent(one.right, self._texts))
            for one in (evaluation.coverage.accuracies if evaluation.coverage else ())
        )
        header = (self._texts("evaluate.column.share"), self._texts("evaluate.column.right"))
        return Section(self._texts("evaluate.section.accuracy"), header, rows)

    def _calibration(self, evaluation: Evaluation) -> Section:
        found, say = evaluation.calibration, self._texts
        if not found:
            return Section("")
        enough = sum(one.texts for one in found.bins) >= TABLE_FROM
        rows = tuple(
            (
                f"{percent(one.low, say)}–{percent(one.high, say)}",
                percent(one.confidence, say),
                percent(one.right, say),
                str(one.texts),
            )
            for one in (found.bins if enough else ())
        )
        header = (say("evaluate.column.between"), *self._header("mean", "right", "texts")[1:])
        errors = {"error": found.error, "chance": found.by_chance, "most": found.most_by_chance}
        said = {name: percent(value, say) for name, value in errors.items()}
        notes = [say("evaluate.note.calibration", **said)]
        excess = evaluation.figures.get("overconfidence")
        slanted = False
        if excess and excess.low is not None and excess.high is not None:
            facts = points(excess.value, excess.low, excess.high, say)
            notes.append(say("evaluate.note.too_high" if excess.value >= 0 else "evaluate.note.too_low", **facts))
            slanted = excess.low > 0 or excess.high < 0
        fits = "off" if slanted or found.error > found.most_by_chance else "fits"
        notes.append(say(f"evaluate.note.calibration_{fits}"))
        return Section(say("evaluate.section.calibration"), header, rows, tuple(notes))

    def _confusion(self, evaluation: Evaluation) -> Section:
        found, say = evaluation.confusion, self._texts
        if not found:
            return Section("")
        title = say("evaluate.section.confusion")
        if not found.wrong:
            return Section(title, notes=(say("evaluate.note.confusion_none"),))
        rows = tuple(
            (str(pair.texts), f"{pair.given} {self._title_of(pair.given)} → {pair.right} {self._title_of(pair.right)}")
            for pair in found.pairs[:MOST_CONFUSIONS]
        )
        counts = {"group": found.same_group, "main": found.same_main_group, "nothing": found.nothing}
        note = say("evaluate.note.confusion", wrong=found.wrong, **counts)
        header = (say("evaluate.column.wrong"), say("evaluate.column.pair"))
        return Section(title, header, rows, (note,), wide_last=True)

    def _by_trait(self, evaluation: Evaluation) -> Iterator[Section]:
        for trait, values in evaluation.by.items():
            names = [name for name in OF_TRAITS if any(name in figures for figures in values.values())]
            rows = tuple(
                (
                    value,
                    *(self._percent_of(figures.get(name)) for name in names),
                    str(max((figure.texts for figure in figures.values()), default=0)),
                )
                for value, figures in list(values.items())[:MOST_VALUES]
            )
            short = [self._texts(f"evaluate.short.{name}") for name in names]
            header = ("", *short, self._texts("evaluate.column.texts"))
            yield Section(self._texts(f"evaluate.section.{trait}"), header, rows)

    def _header(self, *names: str) -> tuple[str, ...]:
        return ("", *(self._texts(f"evaluate.column.{name}") for name in names))

    def _name(self, figure: str) -> str:
        """Return the words for a figure; ``detail.start`` and ``action.AFTALE_f1`` have sentences of their own."""
        part, _, rest = figure.partition(".")
        if part == "detail" and rest:
            return self._texts(f"evaluate.figure.detail_name.{rest}")
        if part == "action" and rest:
            code, _, kind = rest.partition("_")
            return self._texts(f"evaluate.figure.action.{kind}", code=code)
        return self._texts(f"evaluate.figure.{figure}")

    def _percent_of(self, figure: Figure | None) -> str:
        return percent(figure.value, self._texts) if figure else "–"
