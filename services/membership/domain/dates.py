"""What every business date must satisfy, and the refusals that say why one does not."""

from datetime import date, timedelta

from shared.errors import Refused

FURTHEST_AHEAD = timedelta(days=366)


class DateInFuture(Refused):
    """Facts are recorded when they have happened."""

    code = "date-in-future"


class DateTooFarAhead(Refused):
    """Moves may be recorded at most a year ahead."""

    code = "date-too-far-ahead"


class BeforeEstablishment(Refused):
    """The union did not exist yet on that date."""

    code = "before-establishment"


class UnionEnded(Refused):
    """The union had been merged or dissolved by that date."""

    code = "union-ended"


class BeforeLatestFact(Refused):
    """Later facts of the same thing are recorded already, and rest on the ones before."""

    code = "before-latest-fact"


class NothingChanges(Refused):
    """What was asked for is so already."""

    code = "nothing-changes"


def check_happened(on: date, today: date, field: str = "on") -> None:
    """Raises DateInFuture for a date after today in Shanghai."""
    if on > today:
        raise DateInFuture(
            "the date is in the future", field, on.isoformat(), f"give a date up to {today.isoformat()}"
        )


def check_foreseeable(on: date, today: date, field: str = "on") -> None:
    """Raises DateTooFarAhead for a date more than a year after today."""
    if on > today + FURTHEST_AHEAD:
        raise DateTooFarAhead(
            "the date is more than a year ahead",
            field,
            on.isoformat(),
            "record the change nearer to its date",
        )


def check_not_before(latest: date | None, on: date, field: str = "on") -> None:
    """Raises BeforeLatestFact for a date before the latest fact; on the same day is fine."""
    if latest is not None and on < latest:
        raise BeforeLatestFact(
            f"the latest recorded fact is of {latest.isoformat()}",
            field,
            on.isoformat(),
            f"give a date from {latest.isoformat()} on",
        )


def months_after(on: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    years, month = divmod(on.month - 1 + months, 12)
    first = date(on.year + years, month + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=on.day - 1), following - timedelta(days=1))
