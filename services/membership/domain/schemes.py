"""What can be held: schemes of credentials, as data."""

from datetime import date, timedelta

from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.errors import Malformed, Refused
from shared.rules import rule_or_none, rules

NO_GRADE = "none"


class SchemeNotForHolder(Refused):
    """A scheme for unions cannot be held by an employer, nor the other way round."""

    code = "scheme-not-for-holder"


class GradeNotOfScheme(Malformed):
    """The scheme has other grades, or none."""

    code = "grade-not-of-scheme"


class LevelNotGranting(Refused):
    """That level does not grant this scheme."""

    code = "level-not-granting"


class Scheme(Entry):
    """One line of the catalogue; its file says what the fields mean."""

    family: str
    holders: tuple[str, ...]
    grades: tuple[str, ...] = ()
    granted_by: tuple[str, ...] = ()
    inspection: bool = False
    reinspection: bool = False
    term: bool = False
    several: bool = False


def schemes() -> Catalogue[Scheme]:
    """All of them."""
    return catalogue_of("credential_schemes", Scheme)


def check_holder(scheme: Scheme, holder_kind: str) -> None:
    """Raises SchemeNotForHolder."""
    if holder_kind not in scheme.holders:
        raise SchemeNotForHolder(
            f"{scheme.id} is not for a holder of this kind",
            "scheme",
            scheme.id,
            f"name a holder of the kind {' or '.join(scheme.holders)}",
        )


def grade_of(scheme: Scheme, said: str | None) -> str:
    """The grade as it stands in events, NO_GRADE where none was said; raises GradeNotOfScheme."""
    if said is None or said in scheme.grades:
        return said or NO_GRADE
    raise GradeNotOfScheme(
        f"{scheme.id} has no such grade",
        "grade",
        said,
        f"use one of {', '.join(scheme.grades)}" if scheme.grades else "leave it out",
    )


def check_level(scheme: Scheme, level: str) -> None:
    """Raises LevelNotGranting."""
    if scheme.granted_by and level not in scheme.granted_by:
        raise LevelNotGranting(
            f"{scheme.id} is not granted at this level",
            "level",
            level,
            f"use one of {', '.join(scheme.granted_by)}",
        )


def years_of(scheme: Scheme, on: date, area: str) -> int | None:
    """How many years it is valid by the rule of that day and area; None: no rule, no end."""
    key = f"credential.{scheme.id}.years"
    return rule_or_none(key, on, area) if any(each.key == key for each in rules()) else None


def last_day(first: date, years: int) -> date:
    """The last of so many years that begin on a day."""
    try:
        return first.replace(year=first.year + years) - timedelta(days=1)
    except ValueError:  # 29 February, in a year that has none
        return date(first.year + years, 2, 28)
