"""Programmes of relief and the other kinds that a case names."""

from datetime import date
from typing import Literal

from shared.catalogues import Catalogue, Entry, catalogue, catalogue_of
from shared.rules import rule_or_none

Form = Literal["cash", "goods", "voucher"]


class Programme(Entry):
    """What may be given, to whom, and by whom; see the head of the catalogue."""

    purpose: str
    recipients: tuple[str, ...]
    forms: tuple[Form, ...]
    payers: tuple[str, ...]
    cap_time: str | None = None
    cap_year: str | None = None
    once: Literal["year"] | None = None
    staged: bool = False
    levelled: bool = False
    visit: bool = False
    festival: bool = False
    season: str | None = None

    def cap_a_time(self, stage: str, on: date, area: str, *, holder: bool) -> int | None:
        """The most that one recipient should get at a time, in fen; None where no rule says so."""
        key = self.cap_time
        if key and self.staged:
            key = f"{key}_{stage}_{'holder' if holder else 'other'}_fen"
        return rule_or_none(key, on, area) if key else None

    def cap_a_year(self, on: date, area: str) -> int | None:
        """The most that one recipient should get in a calendar year, in fen."""
        return rule_or_none(self.cap_year, on, area) if self.cap_year else None

    def in_season(self, on: date, area: str) -> bool:
        """Whether it is the time of year for it; always, where no rule says when."""
        if self.season is None:
            return True
        first = rule_or_none(f"{self.season}_first_month", on, area)
        last = rule_or_none(f"{self.season}_last_month", on, area)
        return first is None or last is None or first <= on.month <= last


class Occasion(Entry):
    """An occasion; `holiday`: one at which all members may get festival goods."""

    holiday: bool = False


class Payer(Entry):
    """Whose money it is; `source` where it is not the union's."""

    source: str | None = None


class Stage(Entry):
    """A student's stage; `consent`: a parent's must be on file."""

    consent: bool = False


def programmes() -> Catalogue[Programme]:
    """All programmes."""
    return catalogue_of("relief_programmes", Programme)


def occasions() -> Catalogue[Occasion]:
    """All occasions."""
    return catalogue_of("occasions", Occasion)


def payers() -> Catalogue[Payer]:
    """All payers."""
    return catalogue_of("relief_payers", Payer)


def stages() -> Catalogue[Stage]:
    """All stages of students."""
    return catalogue_of("student_stages", Stage)


def levels() -> Catalogue[Entry]:
    """All levels of role models."""
    return catalogue("model_levels")
