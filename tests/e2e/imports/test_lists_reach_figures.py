"""Every list that activities, rights and affairs take, from a filled-in template to the figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from tests.e2e.imports.filling import Importer, Line
from tests.support.codes import credit_code
from tests.support.field import Field


@dataclass(frozen=True)
class Filled:
    """Rows without their union, a change that makes the first one bad, and what the figures say."""

    sheet: str
    rows: tuple[Line, ...]
    spoilt: Line
    reason: str
    figures: Mapping[str, int | float]


PAPER = {"文号": "示例〔2013〕1号"}
UNREADABLE = "date-unreadable"
SHEETS = (
    Filled(
        "activities",
        (
            {"活动类别": "健步走", "活动日期": "2013-05-01", "计划日期": "2013-03-01"},
            {"活动类别": "运动会", "活动日期": date(2013, 6, 1), "计划日期": date(2013, 3, 1)},
        ),
        {"活动类别": "没有这一类"},
        "activity-kind-unknown",
        {"activities_planned": 2},
    ),
    Filled(
        "activities-held",
        (
            {"活动类别": "健步走", "参加人数": "1000人", "开展日期": "2013-05-01", "活动经费(元)": "1.5万"},
            {"活动类别": "拔河", "队伍数": 8, "参加人数": 80, "观众人数": 300, "开展日期": "2013-06-01"},
        ),
        {"活动类别": "没有这一类"},
        "activity-kind-unknown",
        {"walk_participants": 1000, "tug_of_war_teams": 8, "activities_cost": 1_500_000},
    ),
    Filled(
        "competitions",
        (
            {"竞赛类别": "劳动竞赛", "发布日期": "2013-03-01", **PAPER},
            {"竞赛类别": "质量竞赛", "发布日期": "2013年3月2日", **PAPER},
        ),
        {"发布日期": "不详"},
        UNREADABLE,
        {"competitions_announced": 2, "competitions_open": 2},
    ),
    Filled(
        "trainings",
        (
            {"培训项目": "农民工引导性培训", "计划人数": 120, "计划日期": "2013-02-01"},
            {"培训项目": "后备干部培训", "计划人数": "80人", "计划日期": "2013.2.1"},
        ),
        {"计划人数": 0},
        "number-too-small",
        {"training_planned": 200},
    ),
    Filled(
        "suggestions",
        (
            {"建议类别": "合理化建议", "条数": 250, "提出日期": "2013-03-01"},
            {"建议类别": "技术持续改进", "条数": 79, "提出日期": "2013-03-01"},
        ),
        {"建议类别": "没有这一类"},
        "kind-unknown",
        {"rational_suggestions": 250, "technical_improvements": 79, "improvement_items_total": 329},
    ),
    Filled(
        "cases",
        (
            {
                "案件类别": "劳动纠纷", "案由": "工资", "涉及职工": 3, "标的(元)": "1.2万",
                "受理日期": "2013-05-06",
            },
            {"案件类别": "劳动纠纷", "案由": "工伤", "受理日期": "2013-05-07"},
        ),
        {"涉及职工": "三个"},
        "number-unreadable",
        {"disputes_received": 2, "dispute_workers_involved": 4, "dispute_amount": 1_200_000},
    ),
    Filled(
        "hazards",
        (
            {"隐患类别": "用电", "隐患数": 3, "排查日期": "2013-06-01"},
            {"隐患类别": "消防", "隐患数": 2, "排查日期": "2013-06-01"},
        ),
        {"排查日期": "2099-01-01"},
        "date-in-future",
        {"hazards_found": 5, "hazards_open": 5},
    ),
    Filled(
        "rights-bodies",
        ({"组织类别": "职工维权窗口", "成立日期": "2013-01-10", **PAPER},),
        {"组织类别": "没有这一类"},
        "kind-unknown",
        {"rights_places_opened": 1, "town_rights_windows": 1},
    ),
    Filled(
        "warning-groups",
        ({"小组人数": 5, "成立日期": "2013-01-10", **PAPER},),
        {"成立日期": "不详"},
        UNREADABLE,
        {"unions_with_early_warning_group": 1},
    ),
    Filled(
        "sign-rates",
        (
            {
                "合同类别": "工资集体协议", "统计口径": "覆盖职工占应签职工", "已签": 8043, "应签": 8081,
                "统计日期": "2013-12-01", **PAPER,
            },
        ),
        {"已签": 8082},
        "sign-rate-over-whole",
        {"wage_contract_sign_rate_percent": 99.53},
    ),
    Filled(
        "articles",
        ({"报送日期": "2013-06-01"}, {"报送日期": "2013-06-02"}),
        {"报送日期": "不详"},
        UNREADABLE,
        {"articles_submitted": 2},
    ),
    Filled(
        "plans",
        (
            {"计划类别": "活动安排", "年度": 2013, "频次": "每月", "制定日期": "2013-01-05"},
            {"计划类别": "活动安排", "年度": 2013, "频次": "一次", "月份": "5", "制定日期": "2013-01-05"},
        ),
        {"频次": "一次"},
        "frequency-months-do-not-fit",
        {"plan_lines_in_calendar": 13},
    ),
    Filled(
        "broadcast-scripts",
        ({"稿件数": 200, "撰写日期": "2013-06-30"}, {"稿件数": "13篇", "撰写日期": "2013-12-20"}),
        {"稿件数": 0},
        "number-too-small",
        {"broadcast_scripts": 213},
    ),
)  # fmt: skip


@pytest.mark.parametrize("filled", SHEETS, ids=lambda filled: filled.sheet)
async def test_a_template_filled_in_reaches_the_figures_at_every_level(
    filled: Filled, field: Field, importer: Importer
) -> None:
    rows: list[Line] = [{"工会": str(field.union), **row} for row in filled.rows]
    await importer.check(filled.sheet, rows, {filled.reason: {**rows[0], **filled.spoilt}})
    await field.agree(filled.figures, field.union, field.town, field.county)


async def test_tasks_handed_down_by_a_list_are_figures_of_the_union_they_bind(
    field: Field, importer: Importer
) -> None:
    task: Line = {
        "下达单位": str(field.county), "承担单位": str(field.town), "年度": 2013, "任务指标": "新建工会",
        "目标口径": "规模以上企业", "任务数": 8, "制定日期": "2013-01-10", "文号": "责〔2013〕1号",
        "下达日期": "2013-01-15",
    }  # fmt: skip
    below: Line = {**task, "下达单位": str(field.town), "承担单位": str(field.union), "任务数": 2}
    upwards = {**task, "下达单位": str(field.union)}
    half = {**task, "年度": 2014, "文号": ""}
    await importer.check(
        "targets",
        [task, below],
        {"target-outside-subtree": upwards, "target-assignment-incomplete": half},
    )
    await field.agree({"unions_to_establish_target": 8}, field.town)
    await field.agree({"unions_to_establish_target": 2}, field.union)
    await field.agree({"targets_assigned": 2, "targets_open": 2}, field.town, field.county)


async def test_contracts_of_a_register_are_in_force_when_their_days_have_come(
    field: Field, importer: Importer
) -> None:
    codes = [credit_code(n, "91") for n in (880_001, 880_002)]
    for code in codes:
        await field.employer(field.union, credit_code=code)
    contracts: list[Line] = [
        {
            "工会": str(field.union), "合同类别": "工资集体协议", "单位统一社会信用代码": code,
            "覆盖职工": 40, "职工总数": 45, "代表总数": 30, "实到代表": 28, "赞成票": 25,
            "审议通过日期": "2013-02-20", "签订日期": "2013-03-01", "合同编号": "示例〔2013〕1号",
            "报送日期": "2013-03-05",
        }
        for code in codes
    ]  # fmt: skip
    alone = {**contracts[0], "实到代表": 19, "赞成票": 19}
    await importer.check("agreements", contracts, {"congress-without-quorum": alone})
    signed = {"wage_contracts_signed": 2, "wage_contract_enterprises_covered": 2, "contracts_filed": 2}
    await field.agree(signed, field.union, field.town, field.county)
    later = {"first": "2013-01-01", "last": "2013-06-30"}
    await field.agree({"contracts_in_force": 2, "contract_workers_in_force": 80}, field.county, **later)
    await field.agree({"contracts_in_force": 0}, field.county, first="2013-01-01", last="2013-03-19")


async def test_points_of_a_month_make_its_ranking(field: Field, importer: Importer) -> None:
    board = {
        "union": field.town, "year": 2013, "entrants": [field.union, field.other],
        "departments": ["production", "safety"], "document": "示例〔2013〕1号", "opened_on": "2013-01-05",
    }  # fmt: skip
    id_ = await field.tell("events", "scoreboards", board)
    points: list[Line] = [
        {
            "工会": str(field.town), "年度": 2013, "参赛单位": str(entrant), "打分部门": department,
            "月份": "2013-01-01", "得分": given, "打分日期": "2013-01-31",
        }
        for entrant, given in ((field.union, 95), (field.other, 88))
        for department in ("生产部门", "安全部门")
    ]  # fmt: skip
    over = {**points[0], "月份": "2013-02-01", "得分": 101, "打分日期": "2013-02-28"}
    await importer.check("competition-scores", points, {"points-beyond-most": over})
    closing = {"month": "2013-01-01", "closed_on": "2013-02-01"}
    await field.tell("events", f"scoreboards/{id_}/close-month", closing)
    await field.agree({"red_flags": 1, "annual_cumulative_score": 9500}, field.union)
    await field.agree({"monthly_scores_recorded": 4, "red_flags": 1}, field.town, field.county)


async def test_talks_of_a_plan_are_held(field: Field, importer: Importer) -> None:
    rows: list[Line] = [{"工会": str(field.union), "计划日期": "2013-04-01"}]
    await importer.check("integrity-talks", rows, {UNREADABLE: {**rows[0], "计划日期": "不详"}})
    (talk,) = (await field.get("affairs", "integrity-talks", unit=field.union))["items"]
    held = {"participants": 3, "held_on": "2013-04-02"}
    await field.tell("affairs", f"integrity-talks/{talk['id']}/hold", held)
    figures = {"integrity_talks": 1, "integrity_talk_participants": 3}
    await field.agree(figures, field.union, field.town, field.county)


async def test_meetings_and_disclosures_meet_the_duties_of_their_kind(
    field: Field, importer: Importer
) -> None:
    for kind in ("team", "factory"):
        duty = {
            "union": field.union, "kind": kind, "frequency": "monthly", "since": "2013-01-01",
            "until": "2013-12-31",
        }  # fmt: skip
        await field.tell("rights", "democratic-duties", duty)
    at: Line = {"工会": str(field.union)}
    held: list[Line] = [
        {**at, "会议类别": "班组民主管理会", "参加人数": 30, "召开日期": f"2013-0{month}-20"}
        for month in (1, 2)
    ]
    unduly = {**held[0], "会议类别": "二级民主管理大会"}
    await importer.check("management-meetings", held, {"not-listed": unduly})
    shown: list[Line] = [
        {**at, "公开类别": "厂务公开", "公开形式": "公开栏", "涵盖职工": 120, "公开日期": "2013-01-28"}
    ]
    await importer.check("disclosures", shown, {UNREADABLE: {**shown[0], "公开日期": "不详"}})
    figures = {
        "management_meetings_held": 2,
        "management_meetings_met": 2,
        "disclosures_per_month": 1,
        "units_with_disclosure": 1,
    }
    await field.agree(figures, field.union, field.town, field.county)
