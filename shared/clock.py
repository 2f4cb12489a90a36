"""Two clocks: moments are aware UTC, business dates are dates in Asia/Shanghai (DOMAIN CAL-04)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def business_date(moment: datetime) -> date:
    """The date on the wall calendar in Shanghai at this moment."""
    return moment.astimezone(SHANGHAI).date()


def day_begun() -> datetime:
    """The moment at which the present day began in Shanghai, in UTC."""
    return datetime.combine(business_date(utc_now()), time(), SHANGHAI).astimezone(UTC)


def rfc3339(moment: datetime) -> str:
    """Microseconds and a trailing Z, always: the text enters the hash chain, so it must never vary."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
