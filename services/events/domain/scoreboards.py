"""Points of departments month by month, and what the year adds up to.

A month's score is the mean of its departments' points, in hundredths. The order of a month and of the year
follow from the scores; a correction after closing changes both, and shows.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.events.domain.ranking import RankRule, ranks_of
from shared.contracts import events as e
from shared.contracts.events import Standing
from shared.errors import Refused
from shared.rules import rule

ScoreboardEvent = (
    e.ScoreboardOpened
    | e.MonthlyScoreRecorded
    | e.MonthlyScoreCorrected
    | e.AnnualScoreAccumulated
    | e.ScoreFlagChanged
    | e.MonthlyRankingPublished
)
Points = Mapping[UUID, Mapping[str, int]]
HUNDREDTHS = 100


class EntrantUnknown(Refused):
    """It does not compete on this scoreboard."""

    code = "entrant-not-on-scoreboard"


class DepartmentUnknown(Refused):
    """It gives no points on this scoreboard."""

    code = "department-not-on-scoreboard"


class PointsBeyondMost(Refused):
    """More points than there are."""

    code = "points-beyond-most"


class ScoredAlready(Refused):
    """A department gives an entrant points once a month."""

    code = "department-scored-already"


class MonthClosed(Refused):
    """Its ranking is published."""

    code = "month-closed"


class MonthOpen(Refused):
    """Its ranking is not published."""

    code = "month-open"


class ScoresMissing(Refused):
    """Not every department has given points to every entrant."""

    code = "scores-missing"


class MonthOutsideYear(Refused):
    """The scoreboard is for another year."""

    code = "month-outside-year"


class OpenedTwice(Refused):
    """The union has a scoreboard for this year with these words."""

    code = "scoreboard-names-twice"


class Month(BaseModel):
    """`editions` counts how often its ranking was published; 0 while it is open."""

    model_config = ConfigDict(frozen=True)

    points: Points = {}
    scores: Mapping[UUID, int] = {}
    flags: Mapping[UUID, str] = {}
    ranking: tuple[Standing, ...] = ()
    editions: int = 0


class Scoreboard(BaseModel):
    """`months` by the number of the month; `standings` is the year's order so far."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    year: int
    entrants: tuple[UUID, ...]
    departments: tuple[str, ...]
    criteria: int
    rank_rule: RankRule
    months: Mapping[int, Month] = {}
    standings: tuple[Standing, ...] = ()

    def month(self, month: date) -> Month:
        """The month that begins on this day."""
        return self.months.get(month.month, Month())


def evolve(state: Scoreboard | None, event: ScoreboardEvent) -> Scoreboard:
    """The scoreboard after the event."""
    if isinstance(event, e.ScoreboardOpened):
        return Scoreboard.model_validate(event.model_dump(include=set(Scoreboard.model_fields)))
    assert state is not None, "a scoreboard is opened first"
    month = state.month(event.month)
    changes: dict[str, object]
    match event:
        case e.MonthlyScoreRecorded() | e.MonthlyScoreCorrected():
            given = {**month.points.get(event.entrant, {}), event.department: event.points}
            changes = {"points": {**month.points, event.entrant: given}}
        case e.AnnualScoreAccumulated():
            changes = {"scores": {**month.scores, event.entrant: event.score}}
        case e.ScoreFlagChanged(entrant=entrant, flag=flag):
            others = {each: its for each, its in month.flags.items() if each != entrant}
            changes = {"flags": others | ({entrant: flag} if flag else {})}
        case e.MonthlyRankingPublished():
            changes = {"ranking": event.ranking, "editions": event.edition}
    update: dict[str, object] = {
        "months": {**state.months, event.month.month: month.model_copy(update=changes)}
    }
    if isinstance(event, e.MonthlyRankingPublished):
        update["standings"] = event.year_ranking
    return state.model_copy(update=update)


def decide_open(opened: e.ScoreboardOpened) -> tuple[e.ScoreboardOpened]:
    """Every entrant and every department stands on it once."""
    for field, named in (("entrants", opened.entrants), ("departments", opened.departments)):
        if len(set(named)) < len(named):
            raise OpenedTwice(f"{field} are named twice", field=field, remedy="name each once")
    return (opened,)


def decide_score(state: Scoreboard, score: e.MonthlyScoreRecorded) -> tuple[e.MonthlyScoreRecorded]:
    """Once for each month, up to the most there are."""
    _refuse_stranger(state, score.entrant, score.department, score.month)
    _refuse_beyond(score.points, score.month)
    known = state.month(score.month)
    if known.editions:
        raise MonthClosed(
            "its ranking is published",
            field="month",
            value=str(score.month),
            remedy="correct the points instead",
        )
    if score.department in known.points.get(score.entrant, {}):
        raise ScoredAlready(
            "the department gave its points",
            field="department",
            value=score.department,
            remedy="nothing is to be done; once the month is closed they can be corrected",
        )
    return (score,)


def refuse_open(state: Scoreboard, month: date) -> None:
    """Raises MonthOpen: there is nothing to correct before the ranking is published."""
    if not state.month(month).editions:
        raise MonthOpen(
            "its ranking is not published", field="month", value=str(month), remedy="close the month first"
        )


def refuse_unready(state: Scoreboard, month: date) -> None:
    """Raises MonthOutsideYear, MonthClosed, ScoresMissing."""
    if month.year != state.year:
        raise _outside(state, month)
    known = state.month(month)
    if known.editions:
        raise MonthClosed(
            "its ranking is published", field="month", value=str(month), remedy="nothing is to be done"
        )
    missing = sum(len(state.departments) - len(known.points.get(each, {})) for each in state.entrants)
    if missing:
        raise ScoresMissing(
            f"{missing} scores are missing",
            field="month",
            value=str(month),
            remedy="let every department give points to every entrant",
        )


def decide_correct(
    state: Scoreboard, corrected: e.MonthlyScoreCorrected
) -> tuple[e.MonthlyScoreCorrected, ...]:
    """After closing; the old points stay in the event. The same points again change nothing."""
    _refuse_stranger(state, corrected.entrant, corrected.department, corrected.month)
    _refuse_beyond(corrected.points, corrected.month)
    refuse_open(state, corrected.month)
    old = state.month(corrected.month).points[corrected.entrant][corrected.department]
    return () if old == corrected.points else (corrected.model_copy(update={"old_points": old}),)


def score_of(points: Mapping[str, int]) -> int:
    """The mean of the departments' points in hundredths, half a hundredth rounded up."""
    many = len(points)
    return (2 * HUNDREDTHS * sum(points.values()) + many) // (2 * many)


def scores_of(month: Month) -> dict[UUID, int]:
    """By entrant."""
    return {entrant: score_of(points) for entrant, points in month.points.items()}


def standings_of(scores: Mapping[UUID, int], by: RankRule) -> tuple[Standing, ...]:
    """In the order of their ranks."""
    ranks = ranks_of(scores, by)
    return tuple(Standing(entrant=each, score=scores[each], rank=rank) for each, rank in ranks.items())


def year_scores(state: Scoreboard) -> dict[UUID, int]:
    """What the closed months add up to."""
    return {
        each: sum(month.scores.get(each, 0) for month in state.months.values()) for each in state.entrants
    }


def flags_of(ranking: tuple[Standing, ...], month: date) -> dict[UUID, str]:
    """Red for the first, pink for the second, yellow for the last; nobody has two, all equal have red."""
    flags = {
        rule("scoring.pink_flag_rank", month): "pink",
        rule("scoring.red_flag_rank", month): "red",
    }
    last = {ranking[-1].rank: "yellow"} | flags
    return {each.entrant: last[each.rank] for each in ranking if each.rank in last}


def _refuse_beyond(points: int, month: date) -> None:
    if points > (most := rule("scoring.points_most", month)):
        raise PointsBeyondMost(
            f"points are given out of {most}", field="points", value=str(points), remedy="give fewer"
        )


def _refuse_stranger(state: Scoreboard, entrant: UUID, department: str, month: date) -> None:
    if month.year != state.year:
        raise _outside(state, month)
    if entrant not in state.entrants:
        raise EntrantUnknown(
            "it does not compete", field="entrant", value=str(entrant), remedy="name an entrant"
        )
    if department not in state.departments:
        raise DepartmentUnknown(
            "it gives no points",
            field="department",
            value=department,
            remedy=f"use one of {', '.join(state.departments)}",
        )


def _outside(state: Scoreboard, month: date) -> MonthOutsideYear:
    return MonthOutsideYear(
        f"the scoreboard is for {state.year}", field="month", value=str(month), remedy="check the month"
    )
