"""Problems and next steps with their texts, which are sealed and never in an event."""

from functools import partial
from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, Field, SecretStr

from services.affairs.commands.plans import PLAN
from services.affairs.commands.steps import Year, stepped, union_of
from services.affairs.commands.targets import TARGET
from services.affairs.domain import narratives as rules
from services.affairs.domain.narratives import Narrative, item_of
from shared.catalogues import catalogue
from shared.contracts.affairs import NextPlanItemRecorded, ProblemRecorded
from shared.http.body import revealed
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, UnionText
from shared.http.listing import Listing
from shared.vault import Vault
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.roles import APPROVER
from shared.work.work import Work

ERASE = "DELETE FROM narrative_text WHERE entry = $1"
SEAL = "INSERT INTO narrative_text (entry, wrapped_key, record) VALUES ($1, $2, $3)"
RECORDED: dict[str, type[ProblemRecorded] | type[NextPlanItemRecorded]] = {
    "problem": ProblemRecorded,
    "next_step": NextPlanItemRecorded,
}
NARRATIVE: Kind[Narrative] = Kind("narrative", Narrative, rules.evolve, lambda state: state.union)
Text = Annotated[
    SecretStr, Field(min_length=1, max_length=4000, description="The text; it is sealed, and in no event.")
]


class RecordProblem(Command):
    """Something of a year that is not as it should be (存在的问题)."""

    union: UnionText
    year: Year
    topic: CatalogueId
    text: Text
    recorded_on: BusinessDate


class RecordNextStep(Command):
    """Something to be done next (下步打算)."""

    union: UnionText
    year: Year
    topic: CatalogueId
    text: Text
    recorded_on: BusinessDate


class CarryOverItem(Command):
    """An item goes on in a later year; the id answered is the later narrative's."""

    narrative: UUID
    entry: UUID
    to_year: Year
    carried_on: BusinessDate


class TakeUpNextStep(Command):
    """A next step became a target or a line of a plan of this union."""

    narrative: UUID
    entry: UUID
    became: Literal["target", "plan"]
    thing: UUID
    taken_up_on: BusinessDate


class ReviewNarrative(Command):
    """Somebody else has read it."""

    narrative: UUID
    reviewed_on: BusinessDate


class PublishNarrative(Command):
    """It stands in the summary."""

    narrative: UUID
    published_on: BusinessDate


class EraseNarrativeText(Command):
    """A text that should not have been written, such as one that names somebody; for good."""

    narrative: UUID
    entry: UUID
    reason: CatalogueId
    erased_on: BusinessDate


def narrative_id(union: UUID, year: int) -> UUID:
    """One narrative per union and year."""
    return uuid5(union, f"narrative/{year}")


def record_item(vault: Vault, work: Work, command: RecordProblem | RecordNextStep) -> Answer:
    """The id answered is the narrative's; its state has the items."""
    entry, day = work.new_id(), command.recorded_on
    union = union_of(work, command.union, day, "recorded_on")
    topic = catalogue("narrative_topics").checked(command.topic, "topic").id
    event = RECORDED["problem" if isinstance(command, RecordProblem) else "next_step"]
    recorded = event(
        occurredon=day, union=union, year=command.year, entry=entry, topic=topic, recorder=work.actor
    )
    id_ = narrative_id(union, command.year)
    answer = work.record(NARRATIVE, id_, rules.decide_record(work.get(NARRATIVE, id_), recorded), union)
    sealed = vault.seal_text(entry, revealed(command.text))
    work.attach(SEAL, (entry, sealed.wrapped_key, sealed.record))
    return answer


def carry_over_item(work: Work, command: CarryOverItem) -> Answer:
    """With its text, which is not copied."""
    entry, day = work.new_id(), command.carried_on
    narrative = find(work, NARRATIVE, command.narrative)
    events = rules.decide_carry(narrative, command.entry, (entry, command.to_year), day)
    stepped(work, NARRATIVE, command.narrative, (day, "carried_on"), lambda _state: events)
    item, later = item_of(narrative, command.entry), narrative_id(narrative.union, command.to_year)
    recorded = RECORDED[item.kind](
        occurredon=day,
        union=narrative.union,
        year=command.to_year,
        entry=entry,
        topic=item.topic,
        carried_from=item.origin,
        recorder=work.actor,
    )
    decided = rules.decide_record(work.get(NARRATIVE, later), recorded)
    return work.record(NARRATIVE, later, decided, narrative.union)


def take_up_next_step(work: Work, command: TakeUpNextStep) -> Answer:
    """Linked by id."""
    day = command.taken_up_on
    if command.became == "target":
        union = find(work, TARGET, command.thing, "thing").union
    else:
        union = find(work, PLAN, command.thing, "thing").union
    thing = (command.became, command.thing, union)
    return stepped(
        work,
        NARRATIVE,
        command.narrative,
        (day, "taken_up_on"),
        lambda narrative: rules.decide_take_up(narrative, command.entry, thing, day),
    )


def review_narrative(work: Work, command: ReviewNarrative) -> Answer:
    """Nothing is added afterwards."""
    day = command.reviewed_on
    return stepped(
        work,
        NARRATIVE,
        command.narrative,
        (day, "reviewed_on"),
        lambda narrative: rules.decide_review(narrative, work.actor, day),
    )


def publish_narrative(work: Work, command: PublishNarrative) -> Answer:
    """For good."""
    day = command.published_on
    return stepped(
        work,
        NARRATIVE,
        command.narrative,
        (day, "published_on"),
        lambda narrative: rules.decide_publish(narrative, day),
    )


def erase_narrative_text(work: Work, command: EraseNarrativeText) -> Answer:
    """Its key goes with it; items that were carried over from it lose the text, too."""
    day = command.erased_on
    reason = catalogue("erasure_reasons").checked(command.reason, "reason").id
    answer = stepped(
        work,
        NARRATIVE,
        command.narrative,
        (day, "erased_on"),
        lambda narrative: rules.decide_erase(narrative, command.entry, work.actor, reason, day),
    )
    work.attach(ERASE, (item_of(find(work, NARRATIVE, command.narrative), command.entry).origin,))
    return answer


def use_cases(vault: Vault) -> dict[type[BaseModel], UseCase]:
    """Those that seal texts, over one vault."""
    return dict.fromkeys((RecordProblem, RecordNextStep), partial(record_item, vault))


USE_CASES: dict[type[BaseModel], UseCase] = {
    CarryOverItem: carry_over_item,
    TakeUpNextStep: take_up_next_step,
    ReviewNarrative: review_narrative,
    PublishNarrative: publish_narrative,
    EraseNarrativeText: erase_narrative_text,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/narratives/problems", RecordProblem, "Record a problem of a year", creates=True),
    CommandRoute("/narratives/next-steps", RecordNextStep, "Record a next step", creates=True),
    CommandRoute("/narratives/{narrative}/carry-over", CarryOverItem, "Carry an item over to a later year"),
    CommandRoute("/narratives/{narrative}/take-up", TakeUpNextStep, "Say what a next step became"),
    CommandRoute("/narratives/{narrative}/review", ReviewNarrative, "Review a narrative", role=APPROVER),
    CommandRoute("/narratives/{narrative}/publish", PublishNarrative, "Publish a narrative"),
    CommandRoute(
        "/narratives/{narrative}/erase", EraseNarrativeText, "Erase the text of an item", role=APPROVER
    ),
)
LISTINGS: tuple[Listing, ...] = (Listing("/narratives", NARRATIVE, "Narratives of the union"),)
