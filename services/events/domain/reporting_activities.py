"""Report what was counted at an activity, and correct the report (DOMAIN ACT-06)."""

from datetime import date

from services.events.domain.activities import Activity, refuse_unless
from services.events.domain.activity_kinds import refuse_counts
from shared.contracts.events import ActivityCorrected, ActivityCounts, ActivityReported
from shared.errors import Refused


class CountBelowAttended(Refused):
    """More people, or hours, were recorded one by one than are told now."""

    code = "count-below-attended"


class NothingCorrected(Refused):
    """Old and new counts are the same."""

    code = "nothing-corrected"


def decide_report(activity: Activity, counts: ActivityCounts, on: date) -> tuple[ActivityReported]:
    """Once, after it was held. People and hours not told are those recorded one by one."""
    held_on = activity.held()
    refuse_unless(activity, "held")
    filled = counts.model_copy(
        update={"people": counts.people or activity.attended, "hours": counts.hours or activity.hours}
    )
    _refuse(activity, filled)
    return (ActivityReported(**activity.topic, occurredon=on, held_on=held_on, counts=filled),)


def decide_correct(
    activity: Activity, counts: ActivityCounts, document: str, on: date
) -> tuple[ActivityCorrected]:
    """All counts anew, by a paper; what was told before stays in the record."""
    held_on = activity.held()
    refuse_unless(activity, "reported")
    assert activity.counts is not None, "what was reported has counts"
    if counts == activity.counts:
        raise NothingCorrected(
            "these are the counts of the report",
            field="counts",
            value=str(activity.activity_kind),
            remedy="give the counts as they should be",
        )
    _refuse(activity, counts)
    return (
        ActivityCorrected(
            **activity.topic,
            occurredon=on,
            held_on=held_on,
            old_counts=activity.counts,
            counts=counts,
            document=document,
        ),
    )


def _refuse(activity: Activity, counts: ActivityCounts) -> None:
    refuse_counts(activity.activity_kind, counts)
    for name, known in (("people", activity.attended), ("hours", activity.hours)):
        if getattr(counts, name) < known:
            raise CountBelowAttended(
                f"{known} were recorded one by one",
                field=name,
                value=str(getattr(counts, name)),
                remedy="give at least so many, or leave the count out",
            )
