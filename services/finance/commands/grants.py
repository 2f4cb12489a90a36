"""Apply for a grant, approve it, pay it, account for it."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.finance.commands.fields import BusinessDate, Command, Fen, UnionText
from services.finance.commands.spending import (
    checked_purpose,
    doubts_about,
    execute,
    refuse_unbudgeted,
    take_back,
)
from services.finance.domain import grants
from services.finance.domain.executing import Spending
from services.finance.domain.grants import (
    HEAD,
    Accounting,
    Application,
    Grant,
    decide_account,
    decide_apply,
    decide_approve,
    decide_pay,
    returns,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import LARGEST_FEN, CatalogueId, DocumentNumber
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.roles import APPROVER
from shared.work.work import Work

GRANT: Kind[Grant] = Kind("grant", Grant, grants.evolve, lambda state: state.granter)
FenOrNone = Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN, description="Fen, 0 or more.")]


class ApplyForGrant(Command):
    """A union asks one above it for money."""

    granter: UnionText
    receiver: UnionText
    purpose: CatalogueId
    amount_fen: Fen
    applied_on: BusinessDate


class ApproveGrant(Command):
    """In full, or in part by `amount_fen`."""

    grant: UUID
    amount_fen: Fen
    approved_on: BusinessDate


class PayGrant(Command):
    """The money moves from the one to the other; `evidence` is the number of the transfer."""

    grant: UUID
    evidence: DocumentNumber
    paid_on: BusinessDate


class AccountForGrant(Command):
    """What was spent and what is returned, together the whole grant."""

    grant: UUID
    spent_fen: FenOrNone
    returned_fen: FenOrNone
    document: DocumentNumber
    accounted_on: BusinessDate


def apply_for_grant(work: Work, command: ApplyForGrant) -> Answer:
    """The id answered is the grant's."""
    id_ = work.new_id()
    work.want(need_of_union(command.granter), need_of_union(command.receiver))
    granter = find_union(work, command.granter, "granter")
    receiver = find_union(work, command.receiver, "receiver")
    refuse_bad_date(work, granter, command.applied_on, "applied_on")
    refuse_bad_date(work, receiver, command.applied_on, "applied_on")
    application = Application(
        granter,
        receiver,
        checked_purpose(command.purpose),
        command.amount_fen,
        command.applied_on,
        work.place(receiver).lineage[:-1],
    )
    return work.record(GRANT, id_, decide_apply(application, work.actor), granter)


def approve_grant(work: Work, command: ApproveGrant) -> Answer:
    """Refused beyond the granter's budget of the year."""
    grant = find(work, GRANT, command.grant)
    refuse_bad_date(work, grant.granter, command.approved_on, "approved_on")
    events = decide_approve(grant, command.amount_fen, command.approved_on, work.actor)
    refuse_unbudgeted(work, grant.granter, HEAD, command.amount_fen, command.approved_on.year)
    return work.record(GRANT, command.grant, events, grant.granter)


def pay_grant(work: Work, command: PayGrant) -> Answer:
    """Both sides and the granter's budget in one."""
    grant = find(work, GRANT, command.grant)
    refuse_bad_date(work, grant.granter, command.paid_on, "paid_on")
    refuse_bad_date(work, grant.receiver, command.paid_on, "paid_on")
    doubts = doubts_about(work, grant.granter, grant.amount_fen)
    paid, received = decide_pay(command.grant, grant, command.evidence, command.paid_on, doubts)
    work.record(GRANT, command.grant, [paid], grant.granter)
    answer = work.record(GRANT, command.grant, [received], grant.receiver)
    execute(work, grant.granter, Spending(HEAD, grant.amount_fen, command.grant, command.paid_on))
    return Answer(answer.id, answer.version, doubts)


def account_for_grant(work: Work, command: AccountForGrant) -> Answer:
    """What is returned is free again in the granter's budget of the year of payment."""
    grant = find(work, GRANT, command.grant)
    refuse_future(command.accounted_on, work.today, "accounted_on")
    accounting = Accounting(command.spent_fen, command.returned_fen, command.document, command.accounted_on)
    events = decide_account(grant, accounting)
    answer = work.record(GRANT, command.grant, events, grant.granter)
    back = returns(command.grant, grant, accounting)
    if back is None:
        return answer
    returned, taken = back
    work.record(GRANT, command.grant, [returned], grant.receiver)
    answer = work.record(GRANT, command.grant, [taken], grant.granter)
    freed = Spending(HEAD, command.returned_fen, command.grant, command.accounted_on)
    take_back(work, grant.granter, freed, grant.since.year)
    return answer


USE_CASES: dict[type[BaseModel], UseCase] = {
    ApplyForGrant: apply_for_grant,
    ApproveGrant: approve_grant,
    PayGrant: pay_grant,
    AccountForGrant: account_for_grant,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/grants", ApplyForGrant, "Apply for a grant", creates=True),
    BulkRoute("/grants/bulk", ApplyForGrant, "Apply for grants, many at once"),
    CommandRoute("/grants/{grant}/approve", ApproveGrant, "Approve a grant", role=APPROVER),
    CommandRoute("/grants/{grant}/pay", PayGrant, "Pay a grant"),
    CommandRoute("/grants/{grant}/account", AccountForGrant, "Account for a grant"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/grants", GRANT, "Grants, under the union that gives them"),)
