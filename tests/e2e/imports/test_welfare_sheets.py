"""Lists that welfare takes: people by their documents, everything else by what is known of it."""

from __future__ import annotations

from datetime import date

from tests.e2e.imports.filling import Importer, Line
from tests.support.codes import citizen_number
from tests.support.field import Field

BORN = date(1975, 8, 9)


def worker(serial: int) -> Line:
    return {"姓名": "示例职工", "身份证号": citizen_number(BORN, serial)}


async def member(field: Field, serial: int) -> None:
    await field.member(field.union, document_number=citizen_number(BORN, serial))


async def test_households_from_survey_to_the_end_of_their_archives(field: Field, importer: Importer) -> None:
    at = {"工会": str(field.union)}
    await member(field, 1)  # the others are known to nobody yet
    seen: list[Line] = [
        {**at, **worker(n), "家庭人口": "3人", "调查日期": date(2013, 1, 15)} for n in range(1, 5)
    ]
    wrong = citizen_number(BORN, 9)[:-1] + "?"
    await importer.check(
        "hardship-surveys",
        seen,
        {
            "citizen-number-malformed": {**seen[0], "身份证号": wrong},
            "sex-unknown": {**seen[0], "性别": "不详"},
        },
    )
    filed: list[Line] = [
        {
            **at,
            **worker(n),
            "家庭人口": 3,
            "家庭成员一姓名": "示例家属",
            "家庭成员一身份证号": citizen_number(date(1976, 8, 9), n),
            "困难类别": "低保户",
            "家庭年收入(元)": "1.2万",
            "建档日期": "2013-02-01",
        }
        for n in range(1, 5)
    ]
    again = {**filed[0], "建档日期": "2013-03-01"}
    theirs = {**filed[0], **worker(8)}
    bad = {"archive-open": again, "household-filed-already": theirs}
    await importer.check("hardship-archives", filed, bad)

    checked: list[Line] = [{**at, **worker(n), "审核日期": date(2013, 6, 1)} for n in range(1, 5)]
    nobody = {**checked[0], **worker(7)}
    await importer.check("hardship-verifications", checked, {"not-listed": nobody}, actor="bo")
    out: list[Line] = [{**at, **worker(1), "收入达标起始日": "2013-01-01", "脱困日期": "2013-09-01"}]
    await importer.check("hardship-exits", out, {})
    gone: list[Line] = [{**at, **worker(2), "注销原因": "建档有误", "注销日期": "2013-09-01"}]
    await importer.check(
        "hardship-cancellations", gone, {"cancel-reason-unknown": {**gone[0], "注销原因": "其他"}}
    )
    figures = {
        "hardship_households_surveyed": 4,
        "hardship_households_filed": 4,
        "hardship_households_exited": 1,
        "hardship_households_cancelled": 1,
        "hardship_households_current": 2,
        "hardship_verified": 4,
    }
    await field.agree(figures, field.union, field.town, field.county)


async def test_funds_and_what_comes_into_them(field: Field, importer: Importer) -> None:
    fund: Line = {"工会": str(field.county), "年度": 2013}
    opened: list[Line] = [
        {**fund, "资金来源": source, "设立日期": "2013-01-01"}
        for source in ("中央财政专项", "省级资金", "县级财政")
    ]
    await importer.check("funds", opened, {"source-unknown": {**opened[0], "资金来源": "彩票"}})
    amounts: Line = {"中央财政专项": 2823.22, "省级资金": 4520, "县级财政": "242.90元"}
    came: list[Line] = [
        {
            **fund,
            "资金来源": source,
            "下达金额(元)": fen,
            "文号": "示例〔2013〕1号",
            "下达日期": date(2013, 2, 1),
        }
        for source, fen in amounts.items()
    ]
    await importer.check("fund-allocations", came, {"not-listed": {**came[0], "年度": 2012}})
    await field.agree({"fund_allocated": 758_612}, field.county, field.province)


async def test_mutual_aid_from_enrolment_to_the_benefit(field: Field, importer: Importer) -> None:
    plan = {
        "organiser": field.county,
        "number": 14,
        "products": ["in_service", "special"],
        "enrol_from": "2012-12-01",
        "enrol_until": "2012-12-31",
        "starts_on": "2013-01-01",
        "ends_on": "2013-12-31",
        "opened_on": "2012-11-20",
    }
    period = await field.tell("welfare", "mutual-aid/periods", plan)
    await field.tell("welfare", f"mutual-aid/periods/{period}/begin-collecting", {"begun_on": "2012-12-01"})
    for n in (101, 102, 103):
        await member(field, n)
    at = {"工会": str(field.union), "期数": "14期"}
    held = {**at, "主办工会": str(field.county), "参保日期": "2012-12-05"}
    insured: list[Line] = [
        {**held, **worker(n), "参保险种": "在职住院", "缴费方": "工会", "缴费日期": "2012-12-05"}
        for n in (101, 102, 103)
    ]
    insured.append({**held, **worker(101), "参保险种": "特种重病", "缴费方": "个人", "参保份数": 2})
    bad = {
        "not-listed": {**insured[0], "期数": 13},
        "already-insured": {**insured[0], "参保日期": "2012-12-06"},
        "product-unknown": {**insured[0], "参保险种": "车险"},
    }
    await importer.check("mutual-aid-enrolments", insured, bad)
    fees: list[Line] = [{**at, **worker(101), "参保险种": "特种重病", "缴费日期": "2012-12-20"}]
    await importer.check("mutual-aid-fees", fees, {"not-listed": {**fees[0], **worker(102)}})
    await field.tell(
        "welfare", f"mutual-aid/periods/{period}/bring-into-force", {"in_force_on": "2013-01-01"}
    )
    bill = {**at, **worker(102), "参保险种": "在职住院", "发生日期": "2013-04-01"}
    claims: list[Line] = [{**bill, "理赔类别": "住院", "自付金额(元)": 1000, "申请日期": "2013-04-20"}]
    early = {**claims[0], "发生日期": "2012-04-01", "申请日期": "2012-04-20"}
    await importer.check("mutual-aid-claims", claims, {"claim-outside-cover": early})
    claim = {name: value for name, value in bill.items() if name != "期数"}
    await importer.check("mutual-aid-reviews", [{**claim, "审核日期": "2013-05-01"}], {}, actor="bo")
    await importer.check("mutual-aid-payments", [{**claim, "发放日期": "2013-05-10"}], {})
    await field.agree(
        {"medical_enrolments": 4, "medical_people_insured": 3, "medical_claims_paid": 80_000},
        field.union,
        field.county,
        first="2012-12-01",
    )


async def test_relief_from_the_application_to_what_was_given(field: Field, importer: Importer) -> None:
    at: Line = {"工会": str(field.union)}
    fund: Line = {**at, "年度": 2013, "资金来源": "县级财政"}
    await importer.check("funds", [{**fund, "设立日期": "2013-01-01"}], {})
    money: Line = {**fund, "下达金额(元)": 4000, "文号": "示例〔2013〕1号", "下达日期": "2013-01-05"}
    await importer.check("fund-allocations", [money], {})
    case: Line = {**at, "帮扶项目": "送温暖慰问", "申请日期": "2013-01-10"}
    asked: list[Line] = [
        {**case, **worker(n), "慰问时机": "元旦春节(两节)", "申请金额(元)": 1000} for n in range(201, 204)
    ]
    bad = {
        "programme-unknown": {**asked[0], "帮扶项目": "旅游"},
        "recipient-incomplete": {**case, "申请金额(元)": 1},
    }
    await importer.check("relief-applications", asked, bad)
    agreed: list[Line] = [{**case, **worker(n), "审批日期": "2013-01-15"} for n in range(201, 204)]
    await importer.check("relief-approvals", agreed, {"not-listed": {**agreed[0], **worker(209)}}, actor="bo")
    given: list[Line] = [
        {
            **case,
            **worker(n),
            "发放金额(元)": 700,
            "物品一": "大米(袋)",
            "物品一数量": 2,
            "物品一价值(元)": 300,
            "县级财政资金(元)": 1000,
            "发放日期": "2013-01-30",
        }
        for n in (201, 202)
    ]
    short = {**given[0], **worker(203), "县级财政资金(元)": 999}
    await importer.check("relief-payments", given, {"sources-do-not-add-up": short})
    await field.agree({"relief_amount": 200_000}, field.union, field.county)


async def test_cards_and_borrowers(field: Field, importer: Importer) -> None:
    at: Line = {"工会": str(field.union)}
    people: list[Line] = [{**at, **worker(n)} for n in range(301, 304)]
    wanted: list[Line] = [{**each, "采集日期": "2013-02-01"} for each in people]
    await importer.check("service-cards", wanted, {"card-exists": {**wanted[0], "采集日期": "2013-02-02"}})
    made: list[Line] = [{**each, "制卡日期": "2013-03-01"} for each in people]
    await importer.check("service-cards-issued", made, {"not-listed": {**made[0], **worker(309)}})
    await importer.check(
        "service-cards-delivered", [{**each, "领卡日期": "2013-03-10"} for each in people[:2]], {}
    )
    used: list[Line] = [{**people[0], "使用次数": 3, "使用日期": "2013-04-01"}]
    await importer.check("service-cards-used", used, {"value-missing": {**used[0], "使用日期": ""}})
    lent: list[Line] = [
        {**people[0], "贷款类别": "贷免扶补", "贷款金额(元)": "5万", "推荐日期": "2013-05-01"}
    ]
    await importer.check("loans", lent, {"scheme-unknown": {**lent[0], "贷款类别": "网贷"}})
