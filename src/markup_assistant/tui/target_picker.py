"""Picks the unit or system that post belongs to."""

from collections.abc import Iterable, Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget

from markup_assistant.suggest.organisation import Organisation
from markup_assistant.texts import Texts
from markup_assistant.tui.choices import Choices, Row
from markup_assistant.tui.dialog import Dialog
from markup_assistant.tui.matching import matching


class TargetPicker(Dialog[str | None]):
    """Asks for a target; the result is the id of a unit or system, or ``None`` where none was chosen."""

    def __init__(self, organisation: Organisation, texts: Texts, *, present: str = "") -> None:
        """Show units by area, then systems, and mark the present target."""
        super().__init__(texts("tui.picker.target"), texts("tui.picker.hint"))
        self._organisation = organisation
        self._texts = texts
        self._present = present
        self._entries = {
            unit.id: f"{unit.name} {unit.contact_group} {unit.area} {unit.id}" for unit in organisation.units.values()
        } | {system.id: f"{system.name} {system.id}" for system in organisation.systems.values()}
        self._choices = Choices(texts("tui.picker.type_target"))

    def body(self) -> Iterable[Widget]:
        yield self._choices

    def on_mount(self) -> None:
        self._choices.show("", list(self._all_rows()), highlight=self._present)

    @on(Choices.Asked)
    def _asked(self, event: Choices.Asked) -> None:
        query = event.query
        if query.strip():
            rows = [self._row(id_, with_area=True) for id_ in matching(query, self._entries)]
        else:
            rows = list(self._all_rows())
        nothing = self._texts("tui.picker.nothing", query=query)
        self._choices.show(query, rows, highlight="" if query.strip() else self._present, nothing=nothing)

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.id)

    def _all_rows(self) -> Iterator[Row]:
        by_area: dict[str, list[str]] = {}
        for unit in self._organisation.units.values():
            by_area.setdefault(unit.area or self._texts("tui.picker.no_area"), []).append(unit.id)
        if self._organisation.systems:
            by_area[self._texts("tui.picker.systems")] = list(self._organisation.systems)
        for area, ids in by_area.items():
            yield Row("", Content(area))
            for id_ in ids:
                yield self._row(id_)

    def _row(self, id_: str, *, with_area: bool = False) -> Row:
        mark = "✓" if id_ == self._present else " "
        unit = self._organisation.units.get(id_)
        area = unit.area if unit else self._texts("tui.picker.systems")
        after = f"  · {area}" if with_area and area else ""
        return Row(id_, Content(f"{mark} {self._organisation.target_name(id_)}{after}"))
