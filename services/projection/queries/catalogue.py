"""The catalogue as callers see it: which figures there are, what they count, how they can be broken down."""

from pydantic import BaseModel, Field

from services.projection.catalogue import Catalogue, Figure
from services.projection.catalogue.model import How, Zero
from services.projection.queries import lines
from services.projection.queries.breakdown import hows
from services.projection.queries.trace import parts_of
from shared import catalogues


class DimensionEntry(BaseModel):
    """A breakdown of a figure."""

    id: str
    label: str
    label_en: str
    how: How


class FigureEntry(BaseModel):
    """One figure; `parts` are what `part` of a trace may name, none where the figure is traced as a whole."""

    id: str
    label: str
    label_en: str
    kind: str
    unit: str
    print: str
    population: str
    zero: Zero = Field(
        description="`reported`: zero only where a unit said so; `exact`: nothing recorded means zero."
    )
    by: list[DimensionEntry]
    parts: list[str]


class LineEntry(BaseModel):
    """A line of unions."""

    id: str
    label: str
    label_en: str


class CatalogueAnswer(BaseModel):
    """Everything that can be asked for."""

    figures: list[FigureEntry] = Field(description="In the order in which summaries name them.")
    lines: list[LineEntry]


def shown(book: Catalogue) -> CatalogueAnswer:
    """The whole catalogue."""
    return CatalogueAnswer(figures=[_figure(book, each) for each in book.figures.values()], lines=_lines())


def _figure(book: Catalogue, figure: Figure) -> FigureEntry:
    return FigureEntry(
        **figure.model_dump(include={"id", "kind", "unit", "print", "population"}),
        label=figure.zh,
        label_en=figure.en,
        zero=book.metric(figure.metric).zero if figure.metric else "exact",
        by=[
            DimensionEntry(id=dim, label=book.dims[dim].zh, label_en=book.dims[dim].en, how=how)
            for dim, how in hows(book, figure).items()
        ],
        parts=[part for part in parts_of(figure) if part],
    )


def _lines() -> list[LineEntry]:
    industries = catalogues.catalogue("lines").values()
    first = LineEntry(id=lines.TERRITORIAL, label="地方", label_en="territorial")
    return [first, *(LineEntry(id=each.id, label=each.zh, label_en=each.en) for each in industries)]
