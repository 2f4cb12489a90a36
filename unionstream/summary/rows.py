"""The appendix: every figure that was printed, with what it counts and where its events are."""

from __future__ import annotations

from collections.abc import Iterator

from unionstream.summary.model import Summary, Used
from unionstream.summary.wording import covered, spoken

COLUMNS = ("序号", "指标", "数值", "统计口径", "计量单位", "期间", "数据状态", "来源")
KINDS = {
    "flow": "期间发生数",
    "stock": "时点数",
    "distinct": "去重计数",
    "max": "最大值",
    "largest_each": "各主体最大值合计",
    "ratio": "比率",
    "growth": "增长率",
    "increase": "增减数",
    "target_completion": "任务完成率",
    "rank": "名次",
}
STATES = {"exact": "确定", "incomplete": "有未读事件", "no-data": "无数据"}
AT_A_DAY = ("stock",)


def rows_of(summary: Summary) -> Iterator[tuple[str, ...]]:
    """One row per figure in the order of the text; the last cell is the address of its events."""
    for number, used in enumerate(summary.figures, start=1):
        yield (
            str(number),
            f"{used.label}{f'（{used.part}）' if used.part else ''}",
            used.display,
            used.population,
            f"{KINDS.get(used.kind, used.kind)}，{used.counted}",
            period(used),
            STATES.get(used.state, used.state),
            summary.address(used),
        )


def period(used: Used) -> str:
    """Both days, or the day at which it is read."""
    if used.kind in AT_A_DAY or used.first.year <= 1900:
        return f"截至{spoken(used.last)}"
    return covered(used.first, used.last)


def checkpoint(summary: Summary) -> str:
    """How far the streams had been read: with it every figure can be asked again, exactly."""
    events = sum(summary.lanes.values())
    warning = "；此时点之前的事件可能尚未全部到达" if summary.provisional else ""
    chains = f"链校验值（SHA-256）：{summary.chains}。" if summary.heads else ""
    return (
        f"各项数据均读自同一数据截止点，覆盖 {len(summary.lanes)} 个数据流的前 {events} 条事件{warning}。"
        f"截止点：{summary.cut}。{chains}模板版本：{summary.templates.version[:16]}。"
    )
