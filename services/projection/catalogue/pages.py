"""docs/figures.md and docs/events.md, written from the catalogue and the contracts: `make docs`."""

from collections.abc import Iterator
from pathlib import Path

from services.projection.catalogue import load
from services.projection.catalogue.model import Figure
from shared.contracts import RELEASED, Event

CATALOGUE = load()
DOCS = Path(__file__).parents[3] / "docs"


def figures_page() -> str:
    """Every figure that can be asked for, with its labels, what it counts and what it is made of."""
    return "\n".join(_figures()) + "\n"


def events_page() -> str:
    """Every released event, with its fields and the metrics it may move."""
    return "\n".join(_events()) + "\n"


def write() -> None:
    """Bring both pages up to date."""
    (DOCS / "figures.md").write_text(figures_page(), "utf-8")
    (DOCS / "events.md").write_text(events_page(), "utf-8")


FIGURES_HEAD = """# Figures

Written from the catalogue by `make docs`. Ask with `unionstream figures UNIT --figure ID --from … --to …`.

A *flow* is summed over the period, a *stock* is the level at its end, *distinct* counts each subject once.
Money is held in fen. Breakdowns: = the parts sum to the whole; ∩ they overlap; ⊂ some have none;
→ the parts count something else.

| id | 中文 | English | kind | unit | made of | breakdowns | population |
|---|---|---|---|---|---|---|---|"""

EVENTS_HEAD = """# Events

Written from the contracts by `make docs`. CloudEvents 1.0, structured JSON; headers and chain are described
in [streams](streams.md). Fields in *italics* may be missing.
"""


def _figures() -> Iterator[str]:
    yield FIGURES_HEAD
    for figure in CATALOGUE.figures.values():
        cells = (figure.id, figure.zh, figure.en, figure.kind, figure.unit, _made_of(figure), _dims(figure))
        yield f"| {' | '.join(cells)} | {figure.population} |"


def _made_of(figure: Figure) -> str:
    if figure.kind == "growth":
        before = "a year before" if figure.against == "year" else "the period before"
        return f"`{figure.of}`, {figure.change} against {before}{_rounded(figure)}"
    if figure.kind == "increase":
        return f"`{figure.of}` of the last `{figure.over}` less the one before"
    if figure.metric is None:
        rule = f"half up, {figure.decimals} decimals"
        return f"`{' / '.join(figure.parts)}` × {figure.scale}, {rule}"
    chosen = "".join(f", {dim} ∈ {'/'.join(values)}" for dim, values in figure.where.items())
    best = f"best `{figure.over}` of " if figure.kind == "rank" else ""
    return f"{best}`{figure.metric}`{f' − `{figure.minus}`' if figure.minus else ''}{chosen}"


def _rounded(figure: Figure) -> str:
    return f", half up, {figure.decimals} decimals" if figure.change == "percent" else ""


def _dims(figure: Figure) -> str:
    marks = {"partition": "=", "overlap": "∩", "partial": "⊂"}
    metric = CATALOGUE.metrics[figure.metric] if figure.metric else None
    own = [f"{dim} {marks[how]}" for dim, how in (metric.dims if metric else {}).items()]
    return ", ".join([*own, *(f"{dim} → `{other}`" for dim, other in figure.breaks_into.items())])


def _events() -> Iterator[str]:
    yield EVENTS_HEAD
    for service in sorted({event.service for event in RELEASED.values()}):
        yield f"## `union.{service}`\n"
        yield "| type | what happened | data | moves |\n|---|---|---|---|"
        yield from (_event(name, event) for name, event in RELEASED.items() if event.service == service)
        yield ""


def _event(name: str, event: type[Event]) -> str:
    said = (event.__doc__ or "").split("\n")[0]
    fields = (
        f"`{field}`" if info.is_required() else f"*`{field}`*" for field, info in event.model_fields.items()
    )
    moved = ", ".join(CATALOGUE.moves.get(name, ())) or "nothing"
    return f"| `{name}` | {said} | {', '.join(fields)} | {moved} |"


if __name__ == "__main__":
    write()
