"""An agreement with another agency: proposed by one, approved by another, over after its last day."""

from collections.abc import Sequence
from datetime import date

from services.exchange.domain.agreeable import check_table, check_type, event_class, names_people
from services.exchange.domain.faults import BasisMissing, NothingAgreed, PeriodImpossible, TwiceAgreed
from shared.approval import refuse_own
from shared.contracts.exchange import (
    AgencyAgreementApproved,
    AgencyAgreementEnded,
    AgencyAgreementExpired,
    AgencyAgreementProposed,
    AgencyAgreementRefused,
    AgreementTerms,
    EventsDelivered,
    ExchangeEvent,
)
from shared.stages import refuse_out_of_turn, refuse_step

PROPOSED, IN_FORCE, REFUSED, ENDED, EXPIRED = "proposed", "in_force", "refused", "ended", "expired"
NO_BASIS = "none"


class Agreement(AgreementTerms):
    """State; `since` is the day of its stage, `delivered` the last number that is on the trail."""

    stage: str
    since: date
    delivered: int = 0

    @property
    def types(self) -> frozenset[str]:
        """The event types it is about."""
        return frozenset((*(each.type for each in self.shares), *(each.type for each in self.tables)))

    @property
    def until(self) -> date:
        """The last day that it delivers, or has delivered, anything of."""
        return min(self.since, self.last_day) if self.stage == ENDED else self.last_day

    def delivers_on(self, today: date) -> bool:
        """Whether anything may still be given under it, whatever has been recorded of its end."""
        return self.stage == IN_FORCE and today <= self.last_day


def decide_propose(proposed: AgencyAgreementProposed, today: date) -> Sequence[ExchangeEvent]:
    """Raises what is wrong with the terms; see faults.py."""
    _check_period(proposed, today)
    _check_terms(proposed)
    _check_basis(proposed)
    return (proposed,)


def decide_approve(agreement: Agreement, approver: str, on: date) -> Sequence[ExchangeEvent]:
    """By somebody else, before its last day has passed."""
    refuse_step(agreement, (PROPOSED,), on, "approved_on")
    refuse_own(agreement.recorder, approver)
    if on > agreement.last_day:
        raise PeriodImpossible(
            "its last day has passed",
            field="approved_on",
            value=str(on),
            remedy="propose it anew with a later last day",
        )
    return (AgencyAgreementApproved(occurredon=on, approver=approver),)


def decide_refuse(agreement: Agreement, approver: str, on: date) -> Sequence[ExchangeEvent]:
    """By somebody else."""
    refuse_step(agreement, (PROPOSED,), on, "refused_on")
    refuse_own(agreement.recorder, approver)
    return (AgencyAgreementRefused(occurredon=on, approver=approver),)


def decide_end(agreement: Agreement, reason: str, on: date) -> Sequence[ExchangeEvent]:
    """At once."""
    refuse_step(agreement, (IN_FORCE,), on, "ended_on")
    return (AgencyAgreementEnded(occurredon=on, reason=reason),)


def decide_expire(agreement: Agreement, today: date) -> Sequence[ExchangeEvent]:
    """By the calendar; nothing before the last day has passed."""
    refuse_out_of_turn(agreement, IN_FORCE)
    if today <= agreement.last_day:
        return ()
    return (AgencyAgreementExpired(occurredon=today, last_day=agreement.last_day),)


def decide_tell(agreement: Agreement, last: int, tables: int, today: date) -> Sequence[ExchangeEvent]:
    """What has been delivered since this was last told; nothing if nothing."""
    if last <= agreement.delivered:
        return ()
    told = EventsDelivered(
        occurredon=today,
        name=agreement.name,
        agency=agreement.agency,
        first=agreement.delivered + 1,
        last=last,
        tables=tables,
    )
    return (told,)


def evolve(agreement: Agreement | None, event: ExchangeEvent) -> Agreement:
    """The agreement after one of its events."""
    if isinstance(event, AgencyAgreementProposed):
        said = event.model_dump(exclude={"occurredon"})
        return Agreement.model_validate(said | {"stage": PROPOSED, "since": event.occurredon})
    assert agreement is not None
    if isinstance(event, EventsDelivered):
        return agreement.model_copy(update={"delivered": event.last})
    return agreement.model_copy(update={"stage": STAGES[type(event)], "since": event.occurredon})


STAGES: dict[type[ExchangeEvent], str] = {
    AgencyAgreementApproved: IN_FORCE,
    AgencyAgreementRefused: REFUSED,
    AgencyAgreementEnded: ENDED,
    AgencyAgreementExpired: EXPIRED,
}


def _check_period(proposed: AgencyAgreementProposed, today: date) -> None:
    if proposed.last_day < max(proposed.first_day, today):
        raise PeriodImpossible(
            "the last day lies before the first, or has passed",
            field="last_day",
            value=str(proposed.last_day),
            remedy="give a last day that is still to come",
        )


def _check_terms(proposed: AgencyAgreementProposed) -> None:
    if not (proposed.shares or proposed.tables):
        raise NothingAgreed(
            "neither events nor tables are named", field="shares", value="", remedy="name one type at least"
        )
    for number, shared in enumerate(proposed.shares):
        check_type(shared, f"shares.{number}")
    for number, table in enumerate(proposed.tables):
        check_table(table, f"tables.{number}")
    named = [*(each.type for each in proposed.shares), *(each.type for each in proposed.tables)]
    for name in named:
        if named.count(name) > 1:
            raise TwiceAgreed(
                "this type is named twice", field="type", value=name, remedy="deliver it, or count it, once"
            )


def _check_basis(proposed: AgencyAgreementProposed) -> None:
    people = [
        name
        for shared in proposed.shares
        for name in shared.fields
        if names_people(event_class(shared.type, "type"), name)
    ]
    if people and (proposed.basis == NO_BASIS or not proposed.assessment):
        raise BasisMissing(
            f"{people[0]} may be the id of a person",
            field="basis",
            value=proposed.basis,
            remedy="give the basis and the number of the impact assessment, or leave the field out",
        )
