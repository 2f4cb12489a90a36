"""Tables and charts where people would rather look: left out when there are not two rows to compare."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from unionstream.summary import wording
from unionstream.summary.facts import Answer, Child, Period, Wanted
from unionstream.summary.model import Chart, Run, Series, Table
from unionstream.summary.recording import Reading
from unionstream.summary.templates import ChartWanted, TableWanted

NOTHING = "—"
LEAST_ROWS = 2
ENOUGH_ALONE = 4
MOST_CHILDREN = 60
MOST_BARS = 16
FEN_OF_TEN_THOUSAND = 1_000_000
TOTAL, REST = "合计", "直属及其他"
ADDITIVE = ("flow", "stock")


def table(reading: Reading, wanted: TableWanted) -> Table | None:
    """The table, None when it would have fewer than two rows or the level does not print it."""
    if not wanted.at(reading.facts.level):
        return None
    if wanted.children:
        made = _of_children(reading, wanted)
    elif wanted.by:
        made = _of_parts(reading, wanted)
    else:
        made = _of_rows(reading, wanted)
    return made if len(made.rows) >= LEAST_ROWS else None


def chart(reading: Reading, wanted: ChartWanted) -> Chart | None:
    """As `table`, as bars."""
    if not wanted.at(reading.facts.level):
        return None
    if wanted.children:
        made = _child_bars(reading, wanted)
    elif wanted.by:
        made = _part_bars(reading, wanted)
    else:
        made = _row_bars(reading, wanted)
    return made if made and len(made.labels) >= LEAST_ROWS else None


def _of_rows(reading: Reading, wanted: TableWanted) -> Table:
    period = reading.period
    said = wording.before_words(period.first, period.last)
    rows = [_row(reading, str(figure)) for figure in wanted.rows if reading.has_facts(str(figure))]
    columns = ["指标", "本期", said, "增减"]
    if not any(row[2].key for row in rows):
        # Without a year to compare with, a few rows only say again what the sentences say.
        rows = [row[:2] for row in rows] if len(rows) >= ENOUGH_ALONE else []
        columns = columns[:2]
    return Table(caption=str(wanted.caption), columns=columns, rows=rows)


def _row(reading: Reading, figure: str) -> list[Run]:
    now, before = reading.answer(figure), reading.answer(figure, reading.period.before)
    label = Run(text=reading.facts.catalogue[figure].label)
    return [label, _cell(reading, reading.wanted(figure), now), *_compared(reading, figure, (now, before))]


def _compared(reading: Reading, figure: str, pair: tuple[Answer | None, Answer | None]) -> list[Run]:
    now, before = pair
    if before is None or not Decimal(before["value"]):
        return [Run(text=NOTHING), Run(text=NOTHING)]
    cell = _cell(reading, reading.wanted(figure, reading.period.before), before, "上年同期")
    return [cell, Run(text=_change(reading, figure, now, before))]


def _change(reading: Reading, figure: str, now: Answer | None, before: Answer) -> str:
    if now is None:
        return NOTHING
    if reading.facts.catalogue[figure].style in ("percent", "number"):
        return wording.points(Decimal(now["value"]), Decimal(before["value"]))
    return wording.change(int(now["value"]), int(before["value"])) if int(before["value"]) > 0 else NOTHING


def _of_parts(reading: Reading, wanted: TableWanted) -> Table:
    by, figures = str(wanted.by), [str(figure) for figure in (wanted.figure, *wanted.beside) if figure]
    labels: dict[str, str] = {}
    for figure in figures:
        labels |= {part["value"]: part["label"] for part in _parts(reading, figure, by)}
    columns = ["类别", *(reading.facts.catalogue[figure].label for figure in figures)]
    rows = [
        [Run(text=label), *(_part_cell(reading, figure, by, value) for figure in figures)]
        for value, label in labels.items()
    ]
    return Table(caption=str(wanted.caption), columns=columns, rows=rows)


def _part_cell(reading: Reading, figure: str, by: str, value: str) -> Run:
    for part in _parts(reading, figure, by):
        answer = reading.answer(figure, by=by)
        if part["value"] == value and answer is not None:
            key = reading.key(reading.wanted(figure), answer, part)
            return Run(text=reading.amount(figure, part["amount"]), key=key)
    return Run(text=NOTHING)


def _parts(reading: Reading, figure: str, by: str) -> list[Answer]:
    answer = reading.answer(figure, by=by)
    broken = (answer or {}).get("by") or {"parts": []}
    return [part for part in broken["parts"] if part["amount"] and part["value"]]


def _of_children(reading: Reading, wanted: TableWanted) -> Table:
    figures = [str(figure) for figure in wanted.children if reading.has_facts(str(figure))]
    columns = ["单位", *(reading.facts.catalogue[figure].label for figure in figures)]
    rows = [
        [Run(text=child.name), *(_child_cell(reading, figure, child) for figure in figures)]
        for child in _telling(reading, figures)
    ]
    if rows and figures:
        rest = [_rest(reading, figure) for figure in figures]
        if any(run.text != NOTHING for run in rest):
            rows.append([Run(text=REST), *rest])
        whole = [_cell(reading, reading.wanted(figure), reading.answer(figure)) for figure in figures]
        rows.append([Run(text=TOTAL), *whole])
    return Table(caption=str(wanted.caption), columns=columns, rows=rows if figures else [])


def _telling(reading: Reading, figures: list[str]) -> Iterator[Child]:
    """The units below that have facts, all or none: a list that breaks off would not add up."""
    told = [
        child
        for child in reading.facts.children
        if any(_amount(reading, figure, child) for figure in figures)
    ]
    yield from told if len(told) <= MOST_CHILDREN else ()


def _amount(reading: Reading, figure: str, child: Child) -> Decimal:
    answer = reading.facts.answer(Wanted(child.id, reading.period, "", figure))
    return Decimal((answer or {}).get("value") or 0)


def _child_cell(reading: Reading, figure: str, child: Child) -> Run:
    wanted = Wanted(child.id, reading.period, "", figure)
    answer = reading.facts.answer(wanted)
    if answer is None or not answer["value"]:
        return Run(text=NOTHING)
    return _cell(reading, wanted, answer, child.name)


def _rest(reading: Reading, figure: str) -> Run:
    """What the unit has beside those below it: only figures that add up have such a row."""
    answer = reading.answer(figure)
    if answer is None or reading.facts.catalogue[figure].kind not in ADDITIVE:
        return Run(text=NOTHING)
    rest = int(answer["value"]) - sum(
        int(_amount(reading, figure, child)) for child in reading.facts.children
    )
    return Run(text=reading.amount(figure, rest) if rest else NOTHING)


def _cell(reading: Reading, wanted: Wanted, answer: Answer | None, part: str = "") -> Run:
    if answer is None or answer["value"] is None:
        return Run(text=NOTHING)
    return Run(text=reading.printed(answer), key=reading.key(wanted, answer, part))


def _part_bars(reading: Reading, wanted: ChartWanted) -> Chart | None:
    figure, by = str(wanted.figure), str(wanted.by)
    parts = [part for part in _parts(reading, figure, by) if part["amount"] > 0][:MOST_BARS]
    values = [float(part["amount"]) for part in parts]
    series = [Series(name="", values=_scaled(reading, figure, values))]
    return _bars(reading, wanted, [part["label"] for part in parts], series)


def _row_bars(reading: Reading, wanted: ChartWanted) -> Chart | None:
    figures = [str(figure) for figure in wanted.rows if reading.has_facts(str(figure))]
    if not figures:
        return None
    period = reading.period
    series = [_series(reading, figures, str(period.last.year), period)]
    before = _series(reading, figures, str(period.before.last.year), period.before)
    if any(before.values):
        series = [before, series[0]]
    return _bars(reading, wanted, [reading.facts.catalogue[each].label for each in figures], series)


def _series(reading: Reading, figures: list[str], name: str, period: Period) -> Series:
    answers = [reading.answer(figure, period) for figure in figures]
    values = [float((answer or {"value": 0})["value"]) for answer in answers]
    return Series(name=f"{name}年", values=_scaled(reading, figures[0], values))


def _child_bars(reading: Reading, wanted: ChartWanted) -> Chart | None:
    figure = str(wanted.children)
    sized = [(float(_amount(reading, figure, child)), child.name) for child in reading.facts.children]
    largest = sorted((each for each in sized if each[0]), key=lambda each: (-each[0], each[1]))[:MOST_BARS]
    series = [Series(name="", values=_scaled(reading, figure, [size for size, _ in largest]))]
    return _bars(reading, wanted, [name for _, name in largest], series)


def _bars(reading: Reading, wanted: ChartWanted, labels: list[str], series: list[Series]) -> Chart:
    figure = str(wanted.figure or wanted.children or wanted.rows[0])
    entry = reading.facts.catalogue[figure]
    unit = "万元" if entry.style == "money" else reading.book.word(figure, entry.counted)
    return Chart(caption=str(wanted.caption), unit=unit, labels=labels, series=series)


def _scaled(reading: Reading, figure: str, values: list[float]) -> list[float]:
    if reading.facts.catalogue[figure].style != "money":
        return values
    return [round(value / FEN_OF_TEN_THOUSAND, 4) for value in values]
