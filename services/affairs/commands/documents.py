"""Draft, approve, issue and supersede papers."""

from uuid import UUID

from pydantic import BaseModel

from services.affairs.commands.steps import begun, stepped, union_of
from services.affairs.domain import documents as rules
from services.affairs.domain.documents import Document, document_kinds
from shared.contracts.affairs import DocumentDrafted
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber, UnionText
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.roles import APPROVER
from shared.work.work import Work

NUMBER = "issued-document-number"


class NumberTaken(Refused):
    """A number stands for one paper of an issuer and year."""

    code = "document-number-taken"


def _claims(document: Document) -> frozenset[Claim]:
    if document.number is None or document.year is None:
        return frozenset()
    return frozenset({Claim(NUMBER, _name(document.union, document.year, document.number))})


def _name(union: UUID, year: int, number: str) -> str:
    return f"{union}/{year}/{number}"


DOCUMENT: Kind[Document] = Kind("document", Document, rules.evolve, lambda paper: paper.union, _claims)


class DraftDocument(Command):
    """A paper of a kind; its text stays outside."""

    union: UnionText
    kind: CatalogueId
    drafted_on: BusinessDate


class ApproveDocument(Command):
    """By somebody else."""

    document: UUID
    approved_on: BusinessDate


class IssueDocument(Command):
    """It goes out under its number (文号)."""

    document: UUID
    number: DocumentNumber
    issued_on: BusinessDate


class SupersedeDocument(Command):
    """A later paper takes its place."""

    document: UUID
    by: UUID
    superseded_on: BusinessDate


def draft_document(work: Work, command: DraftDocument) -> Answer:
    """The id answered is the paper's."""
    id_ = work.new_id()
    union = union_of(work, command.union, command.drafted_on, "drafted_on")
    kind = document_kinds().checked(command.kind, "kind").id
    drafted = DocumentDrafted(occurredon=command.drafted_on, union=union, kind=kind, recorder=work.actor)
    return begun(work, DOCUMENT, id_, [drafted], union)


def approve_document(work: Work, command: ApproveDocument) -> Answer:
    """The actor approves."""
    day = command.approved_on
    return stepped(
        work,
        DOCUMENT,
        command.document,
        (day, "approved_on"),
        lambda paper: rules.decide_approve(paper, work.actor, day),
    )


def issue_document(work: Work, command: IssueDocument) -> Answer:
    """The number is taken for good."""
    day, number = command.issued_on, command.number
    paper = find(work, DOCUMENT, command.document)
    present = work.owner(NUMBER, _name(paper.union, day.year, number))
    if present not in (None, command.document):
        raise NumberTaken("the number is given", "number", number, f"{present} has it: use the next one")
    return stepped(
        work,
        DOCUMENT,
        command.document,
        (day, "issued_on"),
        lambda paper: rules.decide_issue(paper, number, day),
    )


def supersede_document(work: Work, command: SupersedeDocument) -> Answer:
    """By a paper that was issued."""
    day = command.superseded_on
    later = find(work, DOCUMENT, command.by, "by")
    return stepped(
        work,
        DOCUMENT,
        command.document,
        (day, "superseded_on"),
        lambda paper: rules.decide_supersede(paper, (command.by, later), day),
    )


USE_CASES: dict[type[BaseModel], UseCase] = {
    DraftDocument: draft_document,
    ApproveDocument: approve_document,
    IssueDocument: issue_document,
    SupersedeDocument: supersede_document,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/documents", DraftDocument, "Draft a paper", creates=True),
    CommandRoute("/documents/{document}/approve", ApproveDocument, "Approve a paper", role=APPROVER),
    CommandRoute("/documents/{document}/issue", IssueDocument, "Issue a paper under its number"),
    CommandRoute("/documents/{document}/supersede", SupersedeDocument, "Replace a paper by a later one"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/documents", DOCUMENT, "Papers of the union"),)
