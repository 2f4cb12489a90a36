"""A paper: drafted, approved by somebody else, issued under a number, and in the end superseded."""

from datetime import date
from typing import assert_never
from uuid import UUID

from shared.approval import refuse_own
from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.affairs import (
    DocumentApproved,
    DocumentDrafted,
    DocumentIssued,
    DocumentSuperseded,
    RuleAdopted,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

DocumentEvent = DocumentDrafted | DocumentApproved | DocumentIssued | RuleAdopted | DocumentSuperseded


class SupersedesItself(Refused):
    """A later paper of the same union takes its place."""

    code = "document-cannot-supersede"


class DocumentKind(Entry):
    """`rule`: with it a rule is in force."""

    rule: bool


class Document(Frozen):
    """One paper; `number` once it was issued."""

    union: UUID
    kind: str
    recorder: str
    number: str | None = None
    year: int | None = None
    by: UUID | None = None
    stage: str = "drafted"
    since: date


def document_kinds() -> Catalogue[DocumentKind]:
    """All kinds by id."""
    return catalogue_of("document_kinds", DocumentKind)


def decide_approve(document: Document, approver: str, on: date) -> tuple[DocumentApproved]:
    """By another than the one who drafted it (DOMAIN FIN-20)."""
    refuse_step(document, ("drafted",), on, "approved_on")
    refuse_own(document.recorder, approver)
    return (DocumentApproved(occurredon=on, kind=document.kind, approver=approver),)


def decide_issue(document: Document, number: str, on: date) -> tuple[DocumentIssued | RuleAdopted, ...]:
    """Under its number of the year in which it goes out."""
    refuse_step(document, ("approved",), on, "issued_on")
    issued = DocumentIssued(occurredon=on, kind=document.kind, number=number, year=on.year)
    adopted = RuleAdopted(occurredon=on, kind=document.kind, number=number)
    return (issued, adopted) if document_kinds()[document.kind].rule else (issued,)


def decide_supersede(document: Document, later: tuple[UUID, Document], on: date) -> tuple[DocumentSuperseded]:
    """By another issued paper of the same union."""
    refuse_step(document, ("issued",), on, "superseded_on")
    by, paper = later
    if paper is document or paper.union != document.union or paper.stage != "issued":
        raise SupersedesItself(
            "it is not another issued paper of this union", "by", str(by), "name one that was issued"
        )
    rule = document_kinds()[document.kind].rule
    return (DocumentSuperseded(occurredon=on, kind=document.kind, by=by, rule=rule),)


def evolve(document: Document | None, event: DocumentEvent) -> Document:
    """The paper after the event."""
    if isinstance(event, DocumentDrafted):
        return Document(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert document is not None
    change: dict[str, object] = {"since": event.occurredon}
    match event:
        case DocumentApproved():
            change |= {"stage": "approved"}
        case DocumentIssued():
            change |= {"stage": "issued", "number": event.number, "year": event.year}
        case RuleAdopted():
            pass
        case DocumentSuperseded():
            change |= {"stage": "superseded", "by": event.by}
        case _:
            assert_never(event)
    return document.model_copy(update=change)
