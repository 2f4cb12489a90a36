"""Role models: one record per person, with all levels at which they were named (DOMAIN ACT-02, WEL-13).

People count once, at their highest level. Facts of one person are recorded in the order of their dates.
"""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from services.membership.domain.applying import Deed
from services.membership.domain.dates import check_happened, check_not_before
from services.membership.domain.placed import At
from shared.approval import refuse_own
from shared.catalogues import catalogue
from shared.contracts.membership import RoleModelNamed, RoleModelNominated, RoleModelWithdrawn
from shared.errors import Refused


class NotNominated(Refused):
    """Nobody nominated the person for this level."""

    code = "not-nominated"


class NamedAlready(Refused):
    """The person has been named at this level."""

    code = "named-already"


class NominatedAlready(Refused):
    """The person is a candidate for this level in this year."""

    code = "nominated-already"


class NotRoleModel(Refused):
    """The person is no living role model."""

    code = "not-a-role-model"


class Candidacy(BaseModel):
    """An open nomination for a level."""

    model_config = ConfigDict(frozen=True)

    title: str
    year: int
    recorder: str


class RoleModel(BaseModel):
    """State: open nominations and titles held, both by level; `unit` is the union where the person counts."""

    model_config = ConfigDict(frozen=True)

    person: UUID
    unit: UUID
    latest_on: date
    candidacies: dict[str, Candidacy] = {}
    titles: dict[str, str] = {}
    ended: str | None = None

    @property
    def highest(self) -> str | None:
        """The highest level at which the person was named; None where there is none."""
        return next((level for level in catalogue("role_model_levels") if level in self.titles), None)


class Wish(NamedTuple):
    """For which level and title somebody is nominated, as a candidate of which year."""

    level: str
    title: str
    year: int


def role_model_of(person: UUID) -> UUID:
    """One record per person."""
    return uuid5(person, "role-model")


def decide_nominate(
    before: RoleModel | None, who: tuple[UUID, UUID], wish: Wish, deed: Deed
) -> tuple[At, ...]:
    """`who`: the person, and the union where they count; a known role model counts where they did before."""
    catalogue("role_model_levels").checked(wish.level, "level")
    catalogue("role_model_titles").checked(wish.title, "title")
    _check_date(before, deed)
    person, unit = who
    if before is not None:
        _check_new(before, wish)
    nominated = RoleModelNominated(
        occurredon=deed.on,
        person=person,
        level=wish.level,
        title=wish.title,
        year=wish.year,
        recorder=deed.actor,
    )
    return (At(before.unit if before and before.titles else unit, nominated),)


def decide_name(model: RoleModel, level: str, document: str | None, deed: Deed) -> tuple[At, ...]:
    """By somebody other than who recorded the nomination."""
    _check_date(model, deed)
    candidacy = model.candidacies.get(level)
    if candidacy is None:
        raise NotNominated("there is no open nomination", "level", level, "record the nomination first")
    refuse_own(candidacy.recorder, deed.actor)
    named = RoleModelNamed(
        occurredon=deed.on,
        person=model.person,
        level=level,
        title=candidacy.title,
        old_highest=model.highest,
        highest=_with(model, level, candidacy.title).highest or level,
        document=document,
        recorder=candidacy.recorder,
        approver=deed.actor,
    )
    return (At(model.unit, named),)


def decide_withdraw(model: RoleModel, reason: str, deed: Deed) -> tuple[At, ...]:
    """With all titles, for a reason of the catalogue."""
    catalogue("role_model_ends").checked(reason, "reason")
    _check_date(model, deed)
    if model.highest is None:
        raise NotRoleModel("the person has no title", "person", str(model.person), "check the id")
    withdrawn = RoleModelWithdrawn(
        occurredon=deed.on,
        person=model.person,
        level=model.highest,
        title=model.titles[model.highest],
        reason=reason,
        approver=deed.actor,
    )
    return (At(model.unit, withdrawn),)


def evolve(model: RoleModel | None, placed: At) -> RoleModel:
    """The next state; the unit counts, for it is not in the event's body."""
    unit, event = placed
    if model is None and isinstance(event, RoleModelNominated):
        model = RoleModel(person=event.person, unit=unit, latest_on=event.occurredon)
    if model is None:
        raise TypeError(f"{type(event).__name__} before anybody was nominated")
    return model.model_copy(update={"latest_on": event.occurredon, "unit": unit, **_change(model, event)})


def _change(model: RoleModel, event: Any) -> dict[str, Any]:
    match event:
        case RoleModelNominated():
            open_ = Candidacy(title=event.title, year=event.year, recorder=event.recorder)
            return {"candidacies": model.candidacies | {event.level: open_}, "ended": None}
        case RoleModelNamed():
            left = {level: each for level, each in model.candidacies.items() if level != event.level}
            return {"candidacies": left, "titles": model.titles | {event.level: event.title}}
        case RoleModelWithdrawn():
            return {"candidacies": {}, "titles": {}, "ended": event.reason}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to a role model")


def _with(model: RoleModel, level: str, title: str) -> RoleModel:
    return model.model_copy(update={"titles": model.titles | {level: title}})


def _check_new(before: RoleModel, wish: Wish) -> None:
    if wish.level in before.titles:
        raise NamedAlready("the person has this level", "level", wish.level, "nothing to do")
    open_ = before.candidacies.get(wish.level)
    if open_ is not None and open_.year == wish.year:
        raise NominatedAlready("the person is a candidate", "level", wish.level, "nothing to do")


def _check_date(before: RoleModel | None, deed: Deed) -> None:
    check_happened(deed.on, deed.today)
    check_not_before(before.latest_on if before else None, deed.on)
