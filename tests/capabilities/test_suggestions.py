"""Chapter 4: 250 + 79 + 80 = 409 suggestions worth 7,950,000 yuan."""

from __future__ import annotations

import pytest

from tests.support.field import Field
from tests.support.rows import told

KINDS = {"rational_suggestion": 250, "technical_improvement": 79, "management_improvement": 80}


@pytest.mark.capability("CAP-093")
async def test_suggestions_from_being_made_to_their_value(field: Field) -> None:
    day = {"union": field.union, "submitted_on": "2013-03-01"}
    rows = [day | {"kind": kind, "items": items - 1} for kind, items in KINDS.items()]
    rows += [day | {"kind": kind} for kind in KINDS]
    ids = await told(field, "events", "suggestions/bulk", rows)
    review = {"document": "技〔2013〕4号", "reviewed_on": "2013-04-01"}
    await told(
        field,
        "events",
        "suggestions/review/bulk",
        [review | {"suggestion": each, "adopted": each != ids[-1]} for each in ids],
    )
    worth = {
        "assessor": "finance_department",
        "basis": "cost_saved",
        "period_from": "2013-04-01",
        "period_until": "2014-03-31",
        "document": "财〔2013〕7号",
        "assessed_on": "2013-12-20",
    }
    early = await field.refused("events", f"suggestions/{ids[0]}/assess", worth | {"fen": 1})
    assert early == (409, "step-out-of-turn")
    turned_down = {"implemented_on": "2013-05-01"}
    no = await field.refused("events", f"suggestions/{ids[-1]}/implement", turned_down)
    assert no == (409, "step-out-of-turn")
    # In yuan: 4,000,000 + 2,000,000 + 700,000 of lists, 1,200,000 and 50,000 of single ones.
    values = (400_000_000, 200_000_000, 70_000_000, 120_000_000, 5_000_000)
    for id_, fen in zip(ids, values, strict=False):
        await field.tell("events", f"suggestions/{id_}/implement", {"implemented_on": "2013-06-01"})
        first = fen if id_ != ids[3] else 60_000_000
        await field.tell("events", f"suggestions/{id_}/assess", worth | {"fen": first})
    again = worth | {"fen": values[3], "period_until": "2015-03-31"}
    answer = await field.post("events", f"suggestions/{ids[3]}/assess", again)
    assert answer.json()["warnings"] == ["period-not-first-year"]

    figures = {
        "rational_suggestions": 250,
        "technical_improvements": 79,
        "management_improvements": 80,
        "improvement_items_total": 409,
        "suggestions_adopted": 408,
        "suggestions_rejected": 1,
        "suggestions_implemented": 408,
        "suggestions_assessed": 408,
        "improvement_economic_value": 795_000_000,
        "suggestion_adoption_rate": 99.76,
        "suggestion_value_per_item": 1_948_529,
    }
    await field.agree(figures, field.union, field.county)
    assert await field.parts(field.county, "suggestions_assessed", "suggestion_class") == {
        "list_of_items": 406,
        "class_one": 1,
        "class_four": 1,
    }
