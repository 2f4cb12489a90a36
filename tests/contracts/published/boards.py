"""The dashboards, written from deploy/grafana/boards.yaml with Grafana's own library: `make docs`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from grafana_foundation_sdk.builders import dashboard, heatmap, prometheus, stat, timeseries
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import (
    DashboardCursorSync,
    DataSourceRef,
    Threshold,
    ThresholdsMode,
    VariableRefresh,
)
from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parents[3] / "deploy" / "grafana"
BOARDS = FOLDER / "dashboards"
SOURCE = DataSourceRef(type_val="prometheus", uid="prometheus")
WIDTH, HEIGHT, WHOLE = 8, 7, 24
KINDS: dict[str, Any] = {"lines": timeseries.Panel, "stat": stat.Panel, "heatmap": heatmap.Panel}
UNITS = {"ops": "ops", "s": "s", "yuan": "currencyCNY", "ratio": "percentunit", "": "short"}


class Panel(BaseModel):
    """One query; `by` is the label that tells its lines apart, `bad` the value from which on it is red."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    expr: str
    kind: str = "lines"
    unit: str = ""
    by: str = ""
    bad: float | None = None


class Row(BaseModel):
    """Panels under a heading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    row: str
    panels: tuple[Panel, ...]


class Variable(BaseModel):
    """What the reader may choose: the values of this label of a metric."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    metric: str


class Board(BaseModel):
    """One dashboard."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    rows: tuple[Row, ...]
    variable: Variable | None = None


def boards() -> dict[str, Board]:
    """By the name of their file."""
    told: dict[str, Any] = yaml.safe_load((FOLDER / "boards.yaml").read_text("utf-8"))
    return {name: Board.model_validate(each) for name, each in told.items()}


def panels() -> Iterator[tuple[str, Panel]]:
    """Every panel with the name of its dashboard."""
    for name, board in boards().items():
        yield from ((name, panel) for row in board.rows for panel in row.panels)


def text(name: str, board: Board) -> str:
    """The dashboard as Grafana takes it."""
    built = (
        dashboard.Dashboard(board.title)
        .uid(f"unionstream-{name}")
        .tags(["unionstream"])
        .time("now-1h", "now")
        .refresh("30s")
        .tooltip(DashboardCursorSync.CROSSHAIR)
        .readonly()
    )
    if board.variable:
        built.with_variable(_variable(board.variable))
    for row in board.rows:
        built.with_row(dashboard.Row(row.row))
        for panel in row.panels:
            built.with_panel(_panel(panel, WHOLE // 6 if panel.kind == "stat" else WIDTH))
    return JSONEncoder(sort_keys=True, indent=1).encode(built.build()) + "\n"


def _variable(variable: Variable) -> dashboard.QueryVariable:
    return (
        dashboard.QueryVariable(variable.name)
        .query(f"label_values({variable.metric}, {variable.name})")
        .datasource(SOURCE)
        .refresh(VariableRefresh.ON_TIME_RANGE_CHANGED)
        .multi(multi=True)
        .include_all(include_all=True)
        .all_value(".*")
    )


def _panel(panel: Panel, width: int) -> Any:
    made: Any = KINDS[panel.kind]()
    query = prometheus.Dataquery().expr(panel.expr).ref_id("A")
    query.legend_format(f"{{{{{panel.by}}}}}" if panel.by else panel.title)
    made.title(panel.title).datasource(SOURCE).with_target(query).unit(UNITS[panel.unit])
    made.height(HEIGHT if panel.kind != "stat" else 4).span(width)
    if panel.bad is not None:
        steps = [Threshold(value=None, color="green"), Threshold(value=panel.bad, color="red")]
        made.thresholds(dashboard.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps))
    return made


def main() -> None:
    """Write them all."""
    BOARDS.mkdir(exist_ok=True)
    for name, board in boards().items():
        (BOARDS / f"{name}.json").write_text(text(name, board), "utf-8")


if __name__ == "__main__":
    main()
