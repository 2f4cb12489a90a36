"""A congress in its eighth term: sessions, proposals, votes by the roll, a joint meeting in between."""

from __future__ import annotations

import pytest

from tests.support.field import Body, Field

PAPER = {"document": "职1号"}


async def term(field: Field, **but: object) -> str:
    """The id of a term with 90 delegates."""
    body = {
        "union": field.union,
        "term": 8,
        "delegates": 90,
        "managers": 15,
        "women": 36,
        "workers": 1000,
        "women_workers": 400,
        "opened_on": "2012-12-01",
        "until": "2016-11-30",
    }
    return str(await field.tell("rights", "congresses", body | but))


async def session(field: Field, congress: str, number: int, day: str, present: int) -> str:
    """The id of a session that has met."""
    plan = {"session": number, "planned_on": day, "scheduled_on": "2012-12-20"}
    id_ = await field.tell("rights", f"congresses/{congress}/sessions", plan)
    met = {"present": present, "units_covered": 2, "papers_on": "2012-12-21", "convened_on": day}
    await field.tell("rights", f"congress-sessions/{id_}/convene", met)
    return str(id_)


@pytest.mark.capability("CAP-033")
async def test_sessions_of_a_term(field: Field) -> None:
    congress = await term(field)
    again = {"session": 4, "planned_on": "2013-02-01", "scheduled_on": "2013-01-02"}
    fourth = await session(field, congress, 4, "2013-01-10", 80)
    taken = await field.refused("rights", f"congresses/{congress}/sessions", again)
    assert taken == (409, "congress-number-taken")
    for report in ("administration", "finance", "reception", "training"):
        heard = {"report": report, "heard_on": "2013-01-10"}
        await field.tell("rights", f"congress-sessions/{fourth}/reports", heard)
    closing = PAPER | {"problems_solved": 2, "closed_on": "2013-01-11"}
    await field.tell("rights", f"congress-sessions/{fourth}/close", closing)
    await field.tell("rights", f"congresses/{congress}/roll", PAPER | {"delegates": 93, "on": "2013-03-01"})
    fifth = await session(field, congress, 5, "2013-07-10", 61)  # 62 are two thirds of 93
    assert await field.refused("rights", f"congress-sessions/{fourth}/close", closing) == (
        409,
        "congress-stage-wrong",
    )
    await field.tell("rights", f"congress-sessions/{fifth}/close", PAPER | {"closed_on": "2013-07-10"})
    figures = {
        "congress_sessions_held": 2,
        "congress_sessions_per_school_year": 2,
        "congress_sessions_without_quorum": 1,
        "unions_holding_congress": 1,
        "units_covered_by_congress": 2,  # of one union, whose congress met twice
        "congress_delegates_on_roll": 93,
        "congress_delegates_present": 141,
        "congress_terms_opened": 0,
        "congress_sessions_scheduled": 2,
        "congress_sessions_closed": 2,
        "congress_reports_heard": 4,
        "congress_problems_solved": 2,
        "real_problems_solved_per_session": 1.0,
    }
    await field.agree(figures, field.union, field.town, field.county)
    for figure in ("congress_sessions_held", "congress_sessions_scheduled"):
        assert await field.parts(field.county, figure, "congress_session") == {"4": 1, "5": 1}
    after = {"first": "2016-01-01", "last": "2016-12-31"}
    await field.agree({"congress_delegates_on_roll": 0}, field.county, **after)


@pytest.mark.capability("CAP-034")
async def test_proposals_of_delegates(field: Field) -> None:
    congress = await term(field)
    fourth = await session(field, congress, 4, "2013-01-10", 80)
    ids = [
        await field.tell(
            "rights", "proposals", {"session": fourth, "topic": topic, "submitted_on": "2013-01-08"}
        )
        for topic in ("wages", "safety", "living", "teaching")
    ]
    step = PAPER | {"on": "2013-02-01"}
    assert await field.refused("rights", f"proposals/{ids[0]}/answer", step) == (409, "congress-stage-wrong")
    for id_ in ids[:3]:
        filed = {"department": "office", "filed_on": "2013-01-20"}
        await field.tell("rights", f"proposals/{id_}/file", filed)
    for id_ in ids[:2]:
        await field.tell("rights", f"proposals/{id_}/answer", step)
    await field.tell("rights", f"proposals/{ids[0]}/implement", PAPER | {"on": "2013-05-01"})
    await field.tell("rights", f"proposals/{ids[3]}/reject", step)
    figures = {
        "proposals_submitted": 4,
        "proposals_filed": 3,
        "proposals_answered": 2,
        "proposals_implemented": 1,
        "proposals_rejected": 1,
        "proposal_answer_rate_percent": 66.67,
        "proposal_implementation_rate_percent": 33.33,
    }
    await field.agree(figures, field.union, field.town, field.county)


async def tabled(field: Field, session: str, matter: str) -> str:
    body = {"matter": matter, "tabled_on": "2013-01-10"}
    return f"resolutions/{await field.tell('rights', f'congress-sessions/{session}/resolutions', body)}"


@pytest.mark.capability("CAP-035")
async def test_votes_and_resolutions(field: Field) -> None:
    congress = await term(field)
    fourth = await session(field, congress, 4, "2013-01-10", 60)
    wages, welfare = [await tabled(field, fourth, matter) for matter in ("wages", "welfare")]
    many: Body = {"in_favour": 46, "against": 10, "abstained": 5, "voted_on": "2013-01-10"}
    assert await field.refused("rights", f"{wages}/vote", many) == (409, "more-votes-than-delegates")
    await field.tell("rights", f"{wages}/vote", many | {"abstained": 4, "due_on": "2013-06-30"})
    await field.tell("rights", f"{welfare}/vote", {"in_favour": 45, "voted_on": "2013-01-10"})
    await field.tell("rights", f"{wages}/archive", PAPER | {"archived_on": "2013-01-15"})
    first = await session(field, await term(field, term=9), 1, "2013-01-10", 59)
    other = await tabled(field, first, "regulations")
    all_of_them = {"in_favour": 59, "voted_on": "2013-01-10"}
    assert await field.refused("rights", f"{other}/vote", all_of_them) == (409, "congress-without-quorum")
    await field.tell("rights", f"{wages}/carry-out", PAPER | {"done_on": "2013-09-01"})
    figures = {
        "congress_matters_tabled": 3,
        "congress_votes_cast": 105,
        "congress_resolutions_passed": 1,
        "congress_resolutions_rejected": 1,
        "congress_resolutions_archived": 1,
        "congress_resolutions_carried_out": 1,
        "congress_resolutions_overdue": 0,
    }
    await field.agree(figures, field.union, field.town, field.county)
    summer = {"first": "2013-07-01", "last": "2013-07-31"}
    await field.agree({"congress_resolutions_overdue": 1}, field.town, field.county, **summer)


@pytest.mark.capability("CAP-036")
async def test_joint_meetings_settle_no_reserved_matter(field: Field) -> None:
    congress = await term(field)
    fourth = await session(field, congress, 4, "2013-01-10", 80)
    path = f"congresses/{congress}/joint-meetings"
    body = {"present": 15, "matters": ["wages", "welfare"], "held_on": "2013-03-01"}
    answer = await field.post("rights", path, body)
    assert answer.json()["warnings"] == ["reserved-to-congress"]
    free = await field.post("rights", path, body | {"matters": [], "held_on": "2013-04-01"})
    assert free.json()["warnings"] == []
    meeting = f"joint-meetings/{answer.json()['id']}/take-up"
    taken = {"session": fourth, "matter": "wages", "confirmed": True, "on": "2013-03-02"}
    assert await field.refused("rights", meeting, taken) == (409, "session-not-later")
    fifth = await session(field, congress, 5, "2013-07-10", 80)
    await field.tell("rights", meeting, taken | {"session": fifth, "on": "2013-07-10"})
    again = taken | {"session": fifth, "on": "2013-07-10"}
    assert await field.refused("rights", meeting, again) == (409, "nothing-awaits-congress")
    figures = {
        "joint_meetings_between_congresses": 2,
        "matters_passed_at_joint_meetings": 2,
        "reserved_matters_at_joint_meetings": 2,
        "joint_matters_awaiting_congress": 1,
        "joint_matters_confirmed": 1,
    }
    await field.agree(figures, field.union, field.town, field.county)
