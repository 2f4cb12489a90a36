"""Lists that activities, rights and affairs take, from filled-in templates to the figures."""

from __future__ import annotations

from datetime import date

from tests.e2e.imports.filling import Importer, Line
from tests.support.field import Field


async def test_suggestions_cases_and_articles(field: Field, importer: Importer) -> None:
    at: Line = {"工会": str(field.union)}
    made: list[Line] = [{**at, "建议类别": "合理化建议", "提出日期": date(2013, 4, n)} for n in range(1, 4)]
    await importer.check("suggestions", made, {"kind-unknown": {**made[0], "建议类别": "没有这一类"}})
    taken: list[Line] = [
        {
            **at,
            "案件类别": "劳动纠纷",
            "案由": "工资",
            "涉及职工": 3,
            "标的(元)": "1.2万",
            "受理日期": "2013-05-06",
        }
    ]
    await importer.check("cases", taken, {"date-unreadable": {**taken[0], "受理日期": "不详"}})
    told: list[Line] = [{**at, "报送日期": "2013-06-01"}, {**at, "报送日期": "2013-06-02"}]
    await importer.check("articles", told, {"date-unreadable": {**told[0], "报送日期": "不详"}})
    figures = {"rational_suggestions": 3, "disputes_received": 1, "articles_submitted": 2}
    await field.agree(figures, field.union, field.town, field.county)
