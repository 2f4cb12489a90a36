"""Lists that membership takes, filled in as people do."""

from __future__ import annotations

from datetime import date

from tests.e2e.imports.filling import Importer, Line
from tests.support.codes import citizen_number, credit_code
from tests.support.field import Field

FIRST_CODE = 700_000


def codes(start: int, count: int) -> list[str]:
    return [credit_code(FIRST_CODE + start + n, "91") for n in range(count)]


async def test_employers_and_what_they_report(field: Field, importer: Importer) -> None:
    mills = codes(0, 4)
    rows: list[Line] = [
        {
            "单位名称": f"示例企业{n}",
            "单位类型": ("民营企业", "国有企业", "机关", "平台企业")[n],
            "统一社会信用代码": code,
            "所在地工会": str(field.town),
            "登记日期": date(2012, 3, 1 + n),
        }
        for n, code in enumerate(mills)
    ]
    await importer.check(
        "employers",
        rows,
        {
            "kind-unknown": {**rows[0], "单位类型": "银行"},
            "credit-code-letter": {**rows[0], "统一社会信用代码": mills[0][:-1] + "I"},
            "credit-code-taken": {**rows[0], "单位名称": "示例企业甲"},
            "union-unknown": {**rows[0], "统一社会信用代码": codes(9, 1)[0], "所在地工会": "999999101000"},
        },
    )
    assert (await field.get("membership", f"employers/{mills[1]}"))["kind"] == "state_enterprise"

    day = date(2013, 6, 30)
    heads: list[Line] = [
        {
            "单位统一社会信用代码": code,
            "职工人数": f"{100 + n}人",
            "女职工人数": 40,
            "农民工人数": 10 * n,
            "报告日期": day,
        }
        for n, code in enumerate(mills)
    ]
    await importer.check(
        "workforce",
        heads,
        {
            "number-unreadable": {**heads[0], "职工人数": "一百"},
            "value-missing": {**heads[0], "女职工人数": ""},
            "employer-unknown": {**heads[0], "单位统一社会信用代码": codes(9, 1)[0]},
        },
    )
    await field.agree({"workers_total": 406}, field.town, field.county, first="2013-06-30", last="2013-06-30")

    sales: list[Line] = [
        {"单位统一社会信用代码": code, "年销售收入(元)": f"{2000 + n}万元", "认定日期": date(2013, 1, 31)}
        for n, code in enumerate(mills)
    ]
    await importer.check("scale", sales, {"amount-unreadable": {**sales[0], "年销售收入(元)": "两千万"}})


async def test_unions_and_those_below_them(field: Field, importer: Importer) -> None:
    union: Line = {"层级": "基层工会", "类别": "企业工会", "批准日期": date(2013, 5, 6)}
    mill = await field.employer()
    code = (await field.get("membership", f"employers/{mill}"))["credit_code"]
    own = credit_code(FIRST_CODE + 99, "81")
    rows: list[Line] = [
        {**union, "工会名称": "示例厂工会", "上级工会": str(field.town), "覆盖单位": code},
        {
            **union,
            "工会名称": "示例校工会",
            "类别": "学校工会",
            "上级工会": str(field.town),
            "工会统一社会信用代码": own,
        },
        {**union, "工会名称": "示例分会", "层级": "分工会", "类别": "分会", "上级工会": own},
    ]
    await importer.check("unions", rows, {"level-unknown": {**rows[0], "层级": "集团"}})
    await field.agree({"unions_established": 2}, field.town, field.county)


async def test_members_come_move_and_go(field: Field, importer: Importer) -> None:
    numbers = [citizen_number(date(1984, 7, 1), n) for n in range(6)]
    people: list[Line] = [
        {
            "工会": str(field.union),
            "姓名": "示例会员",
            "身份证号": number,
            "入会日期": "2011-05-01",
            "是否农民工": "是" if n % 2 else "否",
        }
        for n, number in enumerate(numbers)
    ]
    twice = {**people[0], "工会": str(field.other)}
    await importer.check("members", people, {"already-member": twice})
    day = date(2013, 4, 1)
    moves: list[Line] = [
        {"身份证号": number, "转入工会": str(field.other), "转会日期": day} for number in numbers[:3]
    ]
    stranger = {**moves[0], "身份证号": citizen_number(date(1984, 7, 2), 1)}
    await importer.check("transfers", moves, {"person-unknown": stranger})
    ends: list[Line] = [
        {"身份证号": numbers[3], "退会原因": "自愿退会", "退会日期": day},
        {"身份证号": numbers[4], "退会原因": "死亡", "退会日期": day},
    ]
    await importer.check("leavings", ends, {"reason-unknown": {**ends[0], "退会原因": "退休了"}})
    pensions: list[Line] = [{"身份证号": numbers[5], "退休日期": day}]
    stranger = {**pensions[0], "身份证号": citizen_number(date(1984, 7, 2), 1)}
    await importer.check("retirements", pensions, {"person-unknown": stranger})
    on = {"first": "2013-12-31", "last": "2013-12-31"}
    await field.agree({"members_total": 0, "members_retired": 1}, field.union, **on)
    await field.agree({"members_total": 3}, field.other, **on)
    await field.agree({"members_total": 3, "migrant_members": 1}, field.town, field.county, **on)


async def test_credentials_from_the_plan_to_the_end(field: Field, importer: Importer) -> None:
    unions = [{"工会": str(each)} for each in (field.union, field.other)]
    star: Line = {"项目": "工会规范化建设星级评定", "等级": "三星级"}
    plan: Line = {"工会": str(field.town), "项目": "工会规范化建设星级评定", "年度": 2013, "任务数": "2个"}
    task: list[Line] = [{**plan, "下达单位": str(field.county), "下达日期": "2013-01-10"}]
    await importer.check("credential-targets", task, {"scheme-unknown": {**task[0], "项目": "五星饭店"}})
    named: list[Line] = [{**each, **star, "年度": 2013, "确定日期": "2013-01-15"} for each in unions]
    await importer.check("credential-candidates", named, {"value-missing": {**named[0], "工会": ""}})
    asked: list[Line] = [{**each, **star, "申报日期": "2013-03-01"} for each in unions]
    await importer.check(
        "credential-applications", asked, {"application-open": {**asked[0], "申报日期": "2013-03-02"}}
    )
    seen: list[Line] = [
        {**each, "项目": star["项目"], "是否合格": "合格", "验收日期": "2013-05-01"} for each in unions
    ]
    await importer.check("credential-inspections", seen, {}, actor="bo")
    paper: Line = {**star, "授予级别": "县(市、区)级", "文号": "示例〔2013〕3号", "授予日期": "2013-06-01"}
    granted: list[Line] = [{**each, **paper} for each in unions]
    await importer.check(
        "credential-grants", granted, {"level-unknown": {**granted[0], "授予级别": "乡里"}}, actor="cy"
    )
    lost = {"项目": star["项目"], "撤销原因": "不再符合条件", "撤销日期": "2013-11-01"}
    await importer.check("credential-revocations", [{**unions[1], **lost}], {}, actor="dan")
    await field.agree({"unions_accredited_three_star": 2}, field.town, field.county)


async def test_honours_and_role_models(field: Field, importer: Importer) -> None:
    at: Line = {"工会": str(field.union)}
    mill = await field.employer(field.union)
    code = (await field.get("membership", f"employers/{mill}"))["credit_code"]
    medal: Line = {"荣誉名称": "五一劳动奖章", "推荐级别": "地市级", "年度": 2013}
    prize: Line = {"荣誉名称": "五一劳动奖状", "推荐级别": "地市级", "年度": 2013, "获奖单位代码": code}
    worker: Line = {"姓名": "示例职工", "身份证号": citizen_number(date(1979, 1, 9), 5)}
    put: list[Line] = [{**at, **each, "推荐日期": "2013-03-01"} for each in ({**medal, **worker}, prize)]
    bad = {
        "series-unknown": {**put[0], "荣誉名称": "诺贝尔奖"},
        "value-too-many": {**put[0], "获奖单位代码": code},
        "wrong-recipient-kind": {**put[1], "荣誉名称": "五一劳动奖章"},
    }
    await importer.check("honour-recommendations", put, bad)
    seen: list[Line] = [
        {**at, **each, "是否通过": "通过", "评审日期": "2013-04-01"} for each in ({**medal, **worker}, prize)
    ]
    await importer.check("honour-reviews", seen, {}, actor="bo")
    won: list[Line] = [{**at, **each, "表彰日期": "2013-04-28"} for each in ({**medal, **worker}, prize)]
    await importer.check("honour-awards", won, {}, actor="cy")
    await field.agree({"honours_awarded": 2}, field.union, field.county)

    model: Line = {**at, **worker, "劳模级别": "县（市、区）级"}
    run: list[Line] = [{**model, "荣誉称号": "劳动模范", "年度": 2013, "推荐日期": "2013-03-01"}]
    await importer.check("role-models", run, {"title-unknown": {**run[0], "荣誉称号": "标兵"}})
    await importer.check("role-models-named", [{**model, "命名日期": "2013-05-01"}], {}, actor="bo")
    await field.agree({"living_role_models": 1}, field.union, field.county)
