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
    on = {"first": "2013-12-31", "last": "2013-12-31"}
    await field.agree({"members_total": 1}, field.union, **on)
    await field.agree({"members_total": 3}, field.other, **on)
    await field.agree({"members_total": 4, "migrant_members": 2}, field.town, field.county, **on)
