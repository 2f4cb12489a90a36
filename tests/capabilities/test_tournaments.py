"""Tournaments, daily exercise, selections and papers of a school's union, at every level."""

from __future__ import annotations

import pytest

from tests.support.field import Field
from tests.support.rows import people, told

PAPER = "校工〔2013〕3号"


@pytest.mark.capability("CAP-085")
async def test_every_group_plays_table_tennis(field: Field) -> None:
    """All must take part; one of thirty did not."""
    said = {"sport": "table_tennis", "compulsory": True, "planned_for": "2013-10-20"}
    cup = await field.tell("events", "tournaments", said | {"union": field.union, "planned_on": "2013-09-01"})
    day = {"tournament": cup, "counted_on": "2013-10-10"}
    groups = {1: (12, 12), 2: (10, 9), 3: (8, 8)}
    rows = [day | {"group": n, "members": all_, "entrants": came} for n, (all_, came) in groups.items()]
    await told(field, "events", "tournaments/groups/bulk", rows)
    path = f"tournaments/{cup}"
    twice = {"group": 3, "members": 8, "entrants": 8, "counted_on": "2013-10-10"}
    assert await field.refused("events", f"{path}/count", twice) == (409, "group-counted-twice")
    first = {"entrants": 29, "advanced": 6, "held_on": "2013-10-10"}
    await field.tell("events", f"{path}/hold-round", first)
    places = [{"group": 1, "rank": 1}, {"group": 3, "rank": 2}, {"group": 2, "rank": 2}]
    ranks = {"places": places, "document": PAPER, "published_on": "2013-10-21"}
    assert await field.refused("events", f"{path}/publish", ranks) == (409, "tournament-not-over")
    await field.tell("events", f"{path}/hold-round", {"entrants": 6, "held_on": "2013-10-20"})
    await field.tell("events", f"{path}/publish", ranks)
    figures = {
        "tournaments_planned": 1,
        "tournament_members_expected": 30,
        "tournament_members_entered": 29,
        "tournament_participation": 96.7,
        "tournament_rounds_held": 2,
        "tournament_round_players": 35,
        "tournament_results_published": 1,
    }
    await field.agree(figures, field.union, field.town, field.county)
    by_group = await field.parts(field.union, "tournament_members_entered", "tournament_group")
    assert by_group == {"1": 12, "2": 9, "3": 8}


@pytest.mark.capability("CAP-086")
async def test_thirty_minutes_a_day(field: Field) -> None:
    """Twenty-three working days in October without the holiday are eighteen; those not held show."""
    said = {"union": field.union, "fitness_kind": "daily_exercise", "minutes": 30}
    month = {"first_on": "2013-10-01", "last_on": "2013-10-31", "scheduled_on": "2013-09-20"}
    holiday = {"without": [f"2013-10-0{n}" for n in (1, 2, 3, 4, 7)]}
    programme = await field.tell("events", "fitness-programmes", said | month | holiday)
    held = [
        {"fitness_programme": programme, "held_on": f"2013-10-{n:02}", "person_times": 40}
        for n in (8, 9, 10, 11, 14, 15, 16, 17, 18)
    ]
    await told(field, "events", "fitness-programmes/sessions/bulk", held)
    path = f"fitness-programmes/{programme}"
    sunday = {"person_times": 5, "held_on": "2013-10-20"}
    assert await field.refused("events", f"{path}/record", sunday) == (409, "session-not-scheduled")
    again = {"person_times": 5, "held_on": "2013-10-18"}
    assert await field.refused("events", f"{path}/record", again) == (409, "session-recorded-twice")
    right = {"held_on": "2013-10-18", "person_times": 38, "corrected_on": "2013-11-01"}
    await field.tell("events", f"{path}/correct", right)
    figures = {
        "daily_exercise_minutes": 30.0,
        "fitness_scheduled": 18,
        "fitness_held": 9,
        "fitness_held_share": 50.0,
        "fitness_minutes_scheduled": 540,
        "fitness_daily_sessions_scheduled": 18,
        "fitness_minutes_held": 270,
        "fitness_attendances": 358,
    }
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-100")
async def test_two_selections_of_a_school(field: Field) -> None:
    """Chapter 3 plans two; one of them goes on to the vote."""
    days = {"union": field.union, "planned_for": "2013-12-01", "planned_on": "2013-09-01"}
    await field.tell("events", "selections", days | {"selection_kind": "learning_worker", "places": 10})
    contest = {"activity_kind": "quiz", "activity_topic": "double_knowledge"}
    await field.tell("events", "activities", days | contest)
    best = await field.tell("events", "selections", days | {"selection_kind": "learning_group", "places": 1})
    path = f"selections/{best}"
    await field.tell("events", f"{path}/open", {"document": PAPER, "opened_on": "2013-10-01"})
    (ann,) = await people(field, 1)
    rows = [{"selection": best, "nominee": n, "proposed_on": "2013-10-10"} for n in (1, 2, 3)]
    await told(field, "events", "selections/nominees/bulk", rows)
    await field.tell("events", f"{path}/propose", {"nominee": 4, "person": ann, "proposed_on": "2013-10-10"})
    twice = {"nominee": 5, "person": ann, "proposed_on": "2013-10-10"}
    assert await field.refused("events", f"{path}/propose", twice) == (409, "nominated-twice")
    choice = {"nominees": [2], "document": PAPER, "decided_on": "2013-12-01"}
    assert await field.refused("events", f"{path}/decide", choice) == (409, "selection-not-at-this-stage")
    ballot = {"voters": 40, "counted_on": "2013-11-30"}
    beyond = ballot | {"votes": [{"nominee": 2, "votes": 41}]}
    assert await field.refused("events", f"{path}/count-votes", beyond) == (409, "votes-beyond-voters")
    votes = [{"nominee": n, "votes": number} for n, number in ((1, 9), (2, 25), (3, 6))]
    await field.tell("events", f"{path}/count-votes", ballot | {"votes": votes})
    await field.tell("events", f"{path}/decide", choice)
    figures = {
        "planned_competitions": 1,
        "planned_appraisals": 2,
        "selections_opened": 1,
        "selection_nominees": 4,
        "selection_voters": 40,
        "selection_judged": 4,
        "selection_selected": 1,
        "selected_of_nominated": 25.0,
    }
    await field.agree(figures, field.union, field.town, field.county)


@pytest.mark.capability("CAP-107")
async def test_two_or_three_papers_a_year(field: Field) -> None:
    plan = {"union": field.union, "year": 2013, "planned_on": "2013-01-10"}
    wrong = await field.refused("events", "paper-plans", plan | {"at_least": 3, "at_most": 2})
    assert wrong == (409, "most-below-least")
    await field.tell("events", "paper-plans", plan | {"at_least": 1, "at_most": 3})
    await field.tell("events", "paper-plans", plan | {"at_least": 2, "at_most": 3})
    row = {"union": field.union, "receiver": field.county, "submitted_on": "2013-10-10"}
    papers = await told(field, "events", "papers/bulk", [row])
    papers.append(await field.tell("events", "papers", row))
    prize = {"paper_award": "first_prize", "awarded_on": "2013-12-10"}
    await field.tell("events", f"papers/{papers[0]}/award", prize)
    again = await field.refused("events", f"papers/{papers[0]}/award", prize)
    assert again == (409, "paper-awarded-twice")
    figures = {
        "papers_to_submit": 2,
        "papers_to_submit_at_most": 3,
        "papers_submitted": 2,
        "papers_awarded": 1,
        "papers_completion": 100.0,
    }
    await field.agree(figures, field.union, field.town, field.county)
