"""Proposals of delegates: submit, file, answer, carry out, reject."""

from uuid import UUID

from pydantic import BaseModel

from services.rights.commands.congress import SESSION
from services.rights.commands.steps import Step, said, take
from services.rights.domain import proposals
from services.rights.domain.proposals import Concluding, Proposal, decide_conclude, decide_file
from shared.catalogues import catalogue
from shared.contracts.rights import (
    ProposalAnswered,
    ProposalImplemented,
    ProposalRejected,
    ProposalSubmitted,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber
from shared.http.listing import Listing
from shared.referring import refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

PROPOSAL: Kind[Proposal] = Kind("proposal", Proposal, proposals.evolve, lambda state: state.union)


class SubmitProposal(Command):
    """A delegate proposes something to a session, planned or past."""

    session: UUID
    topic: CatalogueId
    submitted_on: BusinessDate


class FileProposal(Command):
    """Taken up, and given to a department."""

    proposal: UUID
    department: CatalogueId
    filed_on: BusinessDate


class OnProposal(Command):
    """One more step, on paper."""

    proposal: UUID
    document: DocumentNumber
    on: BusinessDate


class AnswerProposal(OnProposal):
    """The department answered."""


class ImplementProposal(OnProposal):
    """It was carried out."""


class RejectProposal(OnProposal):
    """Not taken up, or not to be carried out."""


def submit(work: Work, command: SubmitProposal) -> Answer:
    """The id answered is the proposal's."""
    id_ = work.new_id()
    session = find(work, SESSION, command.session, "session")
    refuse_bad_date(work, session.union, command.submitted_on, "submitted_on")
    submitted = ProposalSubmitted(
        occurredon=command.submitted_on,
        union=session.union,
        session=command.session,
        topic=catalogue("proposal_topics").checked(command.topic, "topic").id,
    )
    return said(work, PROPOSAL, id_, (submitted,), session.union)


def file(work: Work, command: FileProposal) -> Answer:
    """Given to a department."""
    department = catalogue("departments").checked(command.department, "department").id
    step = Step(command.proposal, command.filed_on, "filed_on")
    return take(work, PROPOSAL, step, lambda state: decide_file(state, department, command.filed_on))


def answer(work: Work, command: AnswerProposal) -> Answer:
    """By the department."""
    return _conclude(work, command, ProposalAnswered)


def implement(work: Work, command: ImplementProposal) -> Answer:
    """After the answer."""
    return _conclude(work, command, ProposalImplemented)


def reject(work: Work, command: RejectProposal) -> Answer:
    """At any time before it is carried out."""
    return _conclude(work, command, ProposalRejected)


def _conclude(work: Work, command: OnProposal, what: type[Concluding]) -> Answer:
    step = Step(command.proposal, command.on, "on")
    return take(
        work, PROPOSAL, step, lambda state: decide_conclude(state, what, command.document, command.on)
    )


USE_CASES: dict[type[BaseModel], UseCase] = {
    SubmitProposal: submit,
    FileProposal: file,
    AnswerProposal: answer,
    ImplementProposal: implement,
    RejectProposal: reject,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/proposals", SubmitProposal, "Submit a proposal", creates=True),
    BulkRoute("/proposals/bulk", SubmitProposal, "Submit many proposals"),
    CommandRoute("/proposals/{proposal}/file", FileProposal, "File a proposal"),
    CommandRoute("/proposals/{proposal}/answer", AnswerProposal, "Answer a proposal"),
    CommandRoute("/proposals/{proposal}/implement", ImplementProposal, "Tell that it was carried out"),
    CommandRoute("/proposals/{proposal}/reject", RejectProposal, "Reject a proposal"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/proposals", PROPOSAL, "Proposals"),)
