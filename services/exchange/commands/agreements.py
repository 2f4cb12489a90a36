"""Agreements with other agencies, from the proposal to the end; what the service itself records of them."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.exchange.domain import agreements as rules
from services.exchange.domain.agreements import IN_FORCE, PROPOSED, Agreement
from services.exchange.domain.faults import NameTaken, ScopeOutside, TwiceAgreed
from shared.catalogues import catalogue
from shared.contracts.exchange import AgencyAgreementProposed, ExchangeEvent, SharedTable, SharedType
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber, PlannedDate, UnionText
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.rules import rule
from shared.standing import refuse_future
from shared.vault import Vault
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.needs import Claimed
from shared.work.roles import APPROVER
from shared.work.work import Work

SEAL = "INSERT INTO agreement_key (agreement, wrapped_key, record) VALUES ($1, $2, $3)"
KEY_BYTES = 32
SMALL_NUMBER = "suppression.small_number"
NAME = "agency-agreement-name"
TYPE = "agency-type"
COUNTED = "agency-counted"


def _types(state: Agreement) -> frozenset[Claim]:
    """While it lasts the agency gets a type under this agreement alone: two tables could be compared."""
    if state.stage not in {PROPOSED, IN_FORCE}:
        return frozenset()
    return frozenset(Claim(TYPE, f"{state.agency}/{each}") for each in state.types)


AGREEMENT: Kind[Agreement] = Kind(
    "agency-agreement", Agreement, rules.evolve, lambda state: state.union, _types
)


class ProposeAgreement(Command):
    """What an agency shall get; nothing is delivered before somebody else has approved it."""

    union: UnionText
    name: Annotated[
        str,
        Field(pattern=r"^[a-z][a-z0-9-]{1,39}$", description="Names the topic: `agency.<name>`, for good."),
    ]
    agency: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$", description="The agency.")]
    reader: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9:._/-]{1,100}$", description="Who may read the feed, as signed in.")
    ]
    purpose: CatalogueId
    basis: CatalogueId = rules.NO_BASIS
    assessment: DocumentNumber | None = None
    scope: UnionText | None = Field(default=None, description="This union and those below; else `union`.")
    line: CatalogueId | None = Field(default=None, description="Only of this industry line.")
    shares: Annotated[tuple[SharedType, ...], Field(max_length=200)] = ()
    tables: Annotated[tuple[SharedTable, ...], Field(max_length=50)] = ()
    first_day: BusinessDate
    last_day: PlannedDate
    threshold: Annotated[
        int | None,
        Field(
            strict=True, ge=2, le=1000, description="Smallest number shown in tables; else that of the rules."
        ),
    ] = None
    proposed_on: BusinessDate


class ApproveAgreement(Command):
    """By somebody else than who proposed it; delivery begins."""

    agreement: UUID
    approved_on: BusinessDate


class RefuseAgreement(Command):
    """By somebody else than who proposed it."""

    agreement: UUID
    refused_on: BusinessDate


class EndAgreement(Command):
    """Before its last day."""

    agreement: UUID
    reason: CatalogueId
    ended_on: BusinessDate


class ExpireAgreement(Command):
    """The service itself says so once the last day has passed."""

    agreement: UUID


class TellDelivery(Command):
    """The service itself says how far the agency's topic has grown."""

    agreement: UUID
    last: int
    tables: int


def propose_agreement(work: Work, command: ProposeAgreement) -> Answer:
    """The id answered is the agreement's."""
    wanted = [command.union, *([command.scope] if command.scope else [])]
    types = [*(each.type for each in command.shares), *(each.type for each in command.tables)]
    names = [Claimed(TYPE, f"{command.agency}/{each}") for each in types]
    counted = [Claimed(COUNTED, each.value) for each in names]
    work.want(Claimed(NAME, command.name), *names, *counted, *map(need_of_union, wanted))
    id_, union = work.new_id(), find_union(work, command.union)
    scope = find_union(work, command.scope, "scope") if command.scope else union
    refuse_bad_date(work, union, command.proposed_on, "proposed_on")
    _refuse_outside(work, union, scope)
    _refuse_taken(work, command, names)
    for each in counted:
        _refuse_counted(work, each, command.first_day)
    events = rules.decide_propose(_proposed(work, command, union, scope), work.today)
    work.claim(NAME, command.name, id_)
    return work.record(AGREEMENT, id_, events, union)


def _proposed(work: Work, command: ProposeAgreement, union: UUID, scope: UUID) -> AgencyAgreementProposed:
    if command.line is not None:
        catalogue("lines").checked(command.line, "line")
    day = command.proposed_on
    return AgencyAgreementProposed(
        occurredon=day,
        union=union,
        name=command.name,
        agency=command.agency,
        reader=command.reader,
        purpose=catalogue("exchange_purposes").checked(command.purpose, "purpose").id,
        basis=catalogue("exchange_bases").checked(command.basis, "basis").id,
        assessment=command.assessment,
        scope=scope,
        line=command.line,
        shares=command.shares,
        tables=command.tables,
        first_day=command.first_day,
        last_day=command.last_day,
        threshold=command.threshold or rule(SMALL_NUMBER, day),
        recorder=work.actor,
    )


def _refuse_outside(work: Work, union: UUID, scope: UUID) -> None:
    if union not in work.place(scope).lineage:
        raise ScopeOutside(
            "it does not lie under the union that concludes the agreement",
            field="scope",
            value=str(scope),
            remedy="name the union itself, or one under it",
        )


def _refuse_taken(work: Work, command: ProposeAgreement, types: Sequence[Claimed]) -> None:
    if work.owner(NAME, command.name) is not None:
        raise NameTaken(
            "another agreement has this name", field="name", value=command.name, remedy="choose another name"
        )
    for each in types:
        if work.owner(each.kind, each.value) is not None:
            raise TwiceAgreed(
                "this agency gets this type under another agreement",
                field="type",
                value=each.value,
                remedy="end that agreement first, or leave the type out",
            )


def _refuse_counted(work: Work, counted: Claimed, first_day: date) -> None:
    """What an earlier table hid could be found by another table, or by the events, of the same days."""
    earlier = work.owner(counted.kind, counted.value)
    until = find(work, AGREEMENT, earlier, "agreement").until if earlier else None
    if until and first_day <= until:
        raise TwiceAgreed(
            f"this agency got a table of this type until {until}",
            field="first_day",
            value=str(first_day),
            remedy="begin after that day",
        )


def approve_agreement(vault: Vault, work: Work, command: ApproveAgreement) -> Answer:
    """The key of the agreement is made, and never leaves the database unwrapped."""
    day = command.approved_on
    answer = _stepped(
        work,
        command.agreement,
        (day, "approved_on"),
        lambda agreement: rules.decide_approve(agreement, work.actor, day),
    )
    agreement = find(work, AGREEMENT, command.agreement, "agreement")
    for table in agreement.tables:  # taken over from the one before, whose days are over
        counted = Claimed(COUNTED, f"{agreement.agency}/{table.type}")
        work.owner(counted.kind, counted.value)
        work.changes.claims[Claim(counted.kind, counted.value)] = command.agreement
    sealed = vault.seal_text(command.agreement, secrets.token_hex(KEY_BYTES))
    work.attach(SEAL, (command.agreement, sealed.wrapped_key, sealed.record))
    return answer


def refuse_agreement(work: Work, command: RefuseAgreement) -> Answer:
    """For good."""
    day = command.refused_on
    return _stepped(
        work,
        command.agreement,
        (day, "refused_on"),
        lambda agreement: rules.decide_refuse(agreement, work.actor, day),
    )


def end_agreement(work: Work, command: EndAgreement) -> Answer:
    """At once, whatever has been recorded and not been delivered yet."""
    day = command.ended_on
    reason = catalogue("exchange_end_reasons").checked(command.reason, "reason").id
    return _stepped(
        work,
        command.agreement,
        (day, "ended_on"),
        lambda agreement: rules.decide_end(agreement, reason, day),
    )


def expire_agreement(work: Work, command: ExpireAgreement) -> Answer:
    """Only where the calendar says so."""
    return _stepped(
        work,
        command.agreement,
        (work.today, "today"),
        lambda agreement: rules.decide_expire(agreement, work.today),
    )


def tell_delivery(work: Work, command: TellDelivery) -> Answer:
    """Also after the agreement has ended: what was delivered stays to be told."""
    return _stepped(
        work,
        command.agreement,
        (work.today, "today"),
        lambda agreement: rules.decide_tell(agreement, command.last, command.tables, work.today),
    )


def _stepped(
    work: Work, id_: UUID, when: tuple[date, str], decide: Callable[[Agreement], Sequence[ExchangeEvent]]
) -> Answer:
    refuse_future(when[0], work.today, when[1])
    agreement = find(work, AGREEMENT, id_, "agreement")
    return work.record(AGREEMENT, id_, decide(agreement), agreement.union)


def use_cases(vault: Vault) -> dict[type[BaseModel], UseCase]:
    """Those that make keys, over one vault."""
    return {ApproveAgreement: partial(approve_agreement, vault)}


USE_CASES: dict[type[BaseModel], UseCase] = {
    ProposeAgreement: propose_agreement,
    RefuseAgreement: refuse_agreement,
    EndAgreement: end_agreement,
    ExpireAgreement: expire_agreement,
    TellDelivery: tell_delivery,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/agreements", ProposeAgreement, "Propose an agreement with an agency", creates=True),
    CommandRoute(
        "/agreements/{agreement}/approve", ApproveAgreement, "Approve it: delivery begins", role=APPROVER
    ),
    CommandRoute("/agreements/{agreement}/refuse", RefuseAgreement, "Refuse a proposal", role=APPROVER),
    CommandRoute("/agreements/{agreement}/end", EndAgreement, "End it before its last day"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/agreements", AGREEMENT, "Agreements with agencies"),)
