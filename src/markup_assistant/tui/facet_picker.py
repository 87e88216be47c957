"""Picks a facet: those usual for the subject first, the rest by category."""

from collections.abc import Iterable, Iterator

from textual import on
from textual.content import Content
from textual.widget import Widget

from markup_assistant.catalogue.tree import Catalogue, Facet
from markup_assistant.texts import Texts
from markup_assistant.tui.choices import Choices, Row
from markup_assistant.tui.dialog import Dialog
from markup_assistant.tui.matching import matching


class FacetPicker(Dialog[str | None]):
    """Asks for a facet; the result is its code, or ``None`` where none was chosen."""

    def __init__(self, catalogue: Catalogue, texts: Texts, number: str = "", *, present: str = "") -> None:
        """Show first what is usual for a KLE number, and mark the present facet."""
        super().__init__(texts("tui.picker.facet"), texts("tui.picker.hint"))
        self._catalogue = catalogue
        self._texts = texts
        self._number = number if number in catalogue else ""
        self._present = present
        facets = catalogue.facets_for(self._number) if self._number else catalogue.facets
        self._entries = {facet.code: f"{facet.code} {facet.title} {facet.category_title}" for facet in facets}
        self._choices = Choices(texts("tui.picker.type_facet"))

    def body(self) -> Iterable[Widget]:
        yield self._choices

    def on_mount(self) -> None:
        self._choices.show("", list(self._all_rows()), highlight=self._present)

    @on(Choices.Asked)
    def _asked(self, event: Choices.Asked) -> None:
        query = event.query
        if query.strip():
            rows = [self._row(self._catalogue.facet(code)) for code in matching(query, self._entries)]
        else:
            rows = list(self._all_rows())
        nothing = self._texts("tui.picker.nothing", query=query)
        self._choices.show(query, rows, highlight="" if query.strip() else self._present, nothing=nothing)

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        self.dismiss(event.id)

    def _all_rows(self) -> Iterator[Row]:
        usual = self._catalogue.usual_facets(self._number) if self._number else ()
        if usual:
            yield Row("", Content(self._texts("tui.picker.usual_facets", number=self._number)))
            yield from map(self._row, usual)
        category = ""
        for facet in self._catalogue.facets:
            if facet in usual:
                continue
            if facet.category != category:
                category = facet.category
                yield Row("", Content(f"{category}  {facet.category_title}"))
            yield self._row(facet)

    def _row(self, facet: Facet) -> Row:
        mark = "✓" if facet.code == self._present else " "
        return Row(facet.code, Content(f"{mark} {facet.code}  {facet.title}"))
