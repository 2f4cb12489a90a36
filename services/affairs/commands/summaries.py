"""Freeze summaries as they are; their documents are sealed, and in no event."""

from functools import partial
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, SecretStr
from pydantic_core import from_json

from services.affairs.commands.closings import CutText, OfPeriod, report_of
from services.affairs.commands.steps import stepped
from services.affairs.domain import summaries as rules
from services.affairs.domain.summaries import STANDING, Summary
from shared.catalogues import catalogue
from shared.contracts.affairs import SummaryFrozen
from shared.http.body import LARGEST_BULK, revealed
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, fault
from shared.http.listing import Listing
from shared.standing import refuse_future
from shared.vault import Vault
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.roles import APPROVER
from shared.work.work import Work

ERASE = "DELETE FROM frozen_summary WHERE summary = $1"
SEAL = "INSERT INTO frozen_summary (summary, wrapped_key, record) VALUES ($1, $2, $3)"
LARGEST_DOCUMENT = 3_000_000


def _standing(state: Summary) -> frozenset[Claim]:
    return frozenset() if state.stage == "superseded" else frozenset({Claim(STANDING, state.name)})


SUMMARY: Kind[Summary] = Kind("summary", Summary, rules.evolve, lambda state: state.union, _standing)


def _json(text: SecretStr) -> SecretStr:
    try:
        from_json(text.get_secret_value())
    except ValueError:
        raise fault("document-not-json", "give the summary as one JSON document") from None
    return text


class FreezeSummary(OfPeriod):
    """A summary as it was made: kept to the byte, read again as it was; `replaces` the one that stands."""

    cut: CutText
    template: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9._/@:-]{1,80}$", description="Template and version it was made with.")
    ]
    document: Annotated[
        SecretStr,
        AfterValidator(_json),
        Field(min_length=2, max_length=LARGEST_DOCUMENT, description="One JSON document; it is sealed."),
    ]
    replaces: UUID | None = None
    frozen_on: BusinessDate


class PublishSummary(Command):
    """It was handed out."""

    summary: UUID
    published_on: BusinessDate


class EraseSummary(Command):
    """Words that should not have been kept, such as ones that name somebody; for good."""

    summary: UUID
    reason: CatalogueId
    erased_on: BusinessDate


def freeze_summary(vault: Vault, work: Work, command: FreezeSummary) -> Answer:
    """The id answered is the summary's."""
    refuse_future(command.frozen_on, work.today, "frozen_on")
    report, id_, text = report_of(work, command), work.new_id(), revealed(command.document)
    raw = text.encode()
    frozen = SummaryFrozen(
        occurredon=command.frozen_on,
        **report.about,
        cut=command.cut,
        template=command.template,
        sha256=sha256(raw).hexdigest(),
        size=len(raw),
        replaces=command.replaces,
    )
    owner = work.owner(STANDING, report.name)
    standing = (owner, find(work, SUMMARY, owner)) if owner else None
    events, ended = rules.decide_freeze(frozen, report, standing, id_)
    if owner:
        work.record(SUMMARY, owner, ended, report.union)
    answer = work.record(SUMMARY, id_, events, report.union)
    sealed = vault.seal_text(id_, text)
    work.attach(SEAL, (id_, sealed.wrapped_key, sealed.record))
    return answer


def publish_summary(work: Work, command: PublishSummary) -> Answer:
    """Once."""
    day = command.published_on
    return stepped(
        work,
        SUMMARY,
        command.summary,
        (day, "published_on"),
        lambda state: rules.decide_publish(state, day),
    )


def erase_summary(work: Work, command: EraseSummary) -> Answer:
    """The key goes with the document; hash, cut and figures stay in the events."""
    day = command.erased_on
    reason = catalogue("erasure_reasons").checked(command.reason, "reason").id
    work.attach(ERASE, (command.summary,))
    return stepped(
        work,
        SUMMARY,
        command.summary,
        (day, "erased_on"),
        lambda state: rules.decide_erase(state, work.actor, reason, day),
    )


def use_cases(vault: Vault) -> dict[type[BaseModel], UseCase]:
    """Those that seal documents, over one vault."""
    return {FreezeSummary: partial(freeze_summary, vault)}


USE_CASES: dict[type[BaseModel], UseCase] = {PublishSummary: publish_summary, EraseSummary: erase_summary}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/summaries", FreezeSummary, "Freeze a summary", creates=True, largest=LARGEST_BULK),
    CommandRoute("/summaries/{summary}/publish", PublishSummary, "Publish a frozen summary"),
    CommandRoute(
        "/summaries/{summary}/erase", EraseSummary, "Erase the words of a frozen summary", role=APPROVER
    ),
)
LISTINGS: tuple[Listing, ...] = (Listing("/summaries", SUMMARY, "Frozen summaries"),)
