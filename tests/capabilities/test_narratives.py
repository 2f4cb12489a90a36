"""Problems and next steps: their texts at home, their numbers everywhere."""

from __future__ import annotations

import pytest

from tests.support.field import Field

TEXT, STEP = "工会相关档案资料尚不齐全规范", "推进规模以上企业建会"


@pytest.mark.capability("CAP-110")
async def test_a_narrative_from_draft_to_the_next_year(field: Field) -> None:
    about = {"union": field.town, "year": 2013, "recorded_on": "2013-12-01"}
    problem = about | {"topic": "records", "text": TEXT}
    narrative = await field.tell("affairs", "narratives/problems", problem)
    next_step = about | {"topic": "organisation", "text": STEP}
    await field.tell("affairs", "narratives/next-steps", next_step)
    path = f"narratives/{narrative}"
    items = (await field.get("affairs", f"{path}/texts"))["items"]
    assert [(each["item"], each["text"]) for each in items] == [("problem", TEXT), ("next_step", STEP)]

    reviewed = {"reviewed_on": "2013-12-10"}
    assert await field.refused("affairs", f"{path}/review", reviewed) == (409, "approver-is-recorder")
    await field.tell("affairs", f"{path}/review", reviewed, actor="bo")
    assert await field.refused("affairs", "narratives/problems", problem) == (409, "step-out-of-turn")
    await field.tell("affairs", f"{path}/publish", {"published_on": "2013-12-20"})
    target = await _target(field)
    up = {"entry": items[1]["entry"], "became": "target", "thing": target, "taken_up_on": "2013-12-26"}
    await field.tell("affairs", f"{path}/take-up", up)
    assert await field.refused("affairs", f"{path}/take-up", up) == (409, "narrative-not-an-open-next-step")
    on = {"entry": items[0]["entry"], "to_year": 2014, "carried_on": "2014-01-05"}
    later = await field.tell("affairs", f"{path}/carry-over", on)
    kept = (await field.get("affairs", f"narratives/{later}/texts"))["items"]
    assert [(each["item"], each["text"]) for each in kept] == [("problem", TEXT)]

    figures = {
        "narrative_problems": 1,
        "narrative_next_steps": 1,
        "narrative_taken_up": 1,
        "narratives_reviewed": 1,
        "narratives_published": 1,
        "narrative_carried_over": 0,
    }
    await field.agree(figures, field.town, field.county)
    carried = {"narrative_problems": 1, "narrative_carried_over": 1}
    await field.agree(carried, field.town, field.county, first="2014-01-01", last="2014-12-31")
    state = str(await field.get("affairs", path))
    assert TEXT not in state
    assert STEP not in state


@pytest.mark.capability("CAP-110")
async def test_a_text_that_names_somebody_is_erased_for_good_and_what_was_counted_stays(field: Field) -> None:
    about = {"union": field.town, "year": 2013, "topic": "records", "recorded_on": "2013-12-01"}
    narrative = await field.tell("affairs", "narratives/problems", about | {"text": TEXT})
    await field.tell("affairs", "narratives/problems", about | {"text": STEP})
    path = f"narratives/{narrative}"
    await field.tell("affairs", f"{path}/review", {"reviewed_on": "2013-12-10"}, actor="bo")
    await field.tell("affairs", f"{path}/publish", {"published_on": "2013-12-20"})
    first, _ = (await field.get("affairs", f"{path}/texts"))["items"]
    on = {"entry": first["entry"], "to_year": 2014, "carried_on": "2014-01-05"}
    later = await field.tell("affairs", f"{path}/carry-over", on)

    order = {"entry": first["entry"], "reason": "unlawful", "erased_on": "2014-02-01"}
    assert await field.refused("affairs", f"{path}/erase", order) == (409, "approver-is-recorder")
    wrong = order | {"reason": "no such reason"}
    assert (await field.refused("affairs", f"{path}/erase", wrong, actor="bo"))[0] == 422
    await field.tell("affairs", f"{path}/erase", order, actor="bo")
    again = await field.refused("affairs", f"{path}/erase", order, actor="bo")
    assert again == (409, "narrative-text-erased")
    items = (await field.get("affairs", f"{path}/texts"))["items"]
    assert [(each["text"], each["erased"]) for each in items] == [("", True), (STEP, False)]
    carried = (await field.get("affairs", f"narratives/{later}/texts"))["items"]
    assert [(each["text"], each["erased"]) for each in carried] == [("", True)]
    await field.agree({"narrative_problems": 2, "narratives_published": 1}, field.town, field.county)


async def _target(field: Field) -> object:
    body = {"issuer": field.county, "union": field.town, "year": 2014, "drafted_on": "2013-12-25"}
    return await field.tell("affairs", "targets", body | {"measure": "unions_established", "number": 3})
