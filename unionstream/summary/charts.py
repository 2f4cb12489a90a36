"""Charts as PNG: bars with their values, no colours that a black-and-white printer would lose."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from unionstream.summary import fonts
from unionstream.summary.faults import PartMissing
from unionstream.summary.model import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 6.3
BAR_HEIGHT, THIN = 0.36, 0.24
MANY = 8
DOTS = 160
COLOURS = ("#b03a2e", "#d9a59f")
LONGEST_LABEL = 14


def picture(chart: Chart) -> bytes:
    """The chart as PNG, the same bytes for the same chart, font and library; raises FontMissing."""
    try:
        from matplotlib import rc_context  # noqa: PLC0415 - half a second that only charts pay
        from matplotlib.font_manager import FontProperties  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise PartMissing(str(missing.name)) from missing
    font = FontProperties(fname=str(fonts.chinese()), size=9)
    with rc_context({"svg.hashsalt": "unionstream", "axes.unicode_minus": False}):
        return _drawn(chart, font)


def _drawn(chart: Chart, font: Any) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    rows = len(chart.labels) * len(chart.series)
    # Many bars are thin, so that a chart takes no more than half a page.
    height = max(1.6, (THIN if rows > MANY else BAR_HEIGHT) * rows + 0.7)
    figure = Figure(figsize=(WIDTH, height), dpi=DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    _bars(axes, chart, font)
    _dressed(axes, chart, font)
    file = BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _bars(axes: Axes, chart: Chart, font: Any) -> None:
    thick = 0.8 / len(chart.series)
    # The latest year takes the strong colour.
    colours = COLOURS[len(chart.series) - 1 :: -1]
    for number, series in enumerate(chart.series):
        places = [row + (number - (len(chart.series) - 1) / 2) * thick for row in range(len(chart.labels))]
        bars = axes.barh(places, series.values, height=thick * 0.9, color=colours[number], label=series.name)
        axes.bar_label(
            bars,
            [f"{value:g}{chart.unit}" for value in _rounded(series.values)],
            padding=3,
            fontproperties=font,
        )


def _rounded(values: list[float]) -> list[int | float]:
    return [int(value) if value.is_integer() else round(value, 4) for value in values]


def _dressed(axes: Axes, chart: Chart, font: Any) -> None:
    axes.set_yticks(range(len(chart.labels)), [_folded(label) for label in chart.labels], fontproperties=font)
    axes.invert_yaxis()
    axes.set_xticks([])
    axes.margins(x=0.2)
    axes.set_xlim(left=0)
    for side in ("top", "right", "bottom"):
        axes.spines[side].set_visible(False)
    if len(chart.series) > 1:
        axes.legend(prop=font, frameon=False, loc="lower right")


def _folded(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[:LONGEST_LABEL]}\n{label[LONGEST_LABEL:]}"
