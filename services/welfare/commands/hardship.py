"""Hardship archives: survey, file, verify, update, exit, cancel (DOMAIN WEL-01 to WEL-04)."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.domain import filing
from services.welfare.domain.hardship import HardshipArchive, archive_id, evolve
from services.welfare.domain.hardship_classes import Means, classes, standard
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import LARGEST_FEN, BusinessDate, CatalogueId, Command, Fen, UnionText
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import area_of, find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.needs import Copied, Own
from shared.work.roles import APPROVER
from shared.work.work import Work

HOUSEHOLD = "hardship-household"


def _claims(archive: HardshipArchive) -> frozenset[Claim]:
    people = (archive.holder, *archive.dependants) if archive.open else ()
    return frozenset(Claim(HOUSEHOLD, str(person)) for person in people)


ARCHIVE: Kind[HardshipArchive] = Kind(
    "hardship-archive", HardshipArchive, evolve, lambda archive: archive.union, _claims
)

Size = Annotated[
    int, Field(strict=True, ge=1, le=50, description="People of the household, holder included.")
]
AnyFen = Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN, description="Fen, from 0 on.")]


class HouseholdFiledAlready(Refused):
    """Somebody of this household stands in another open archive."""

    code = "household-filed-already"


class SurveyHousehold(Command):
    """A worker's household was looked at."""

    union: UnionText
    holder: UUID = Field(description="Person id of the worker.")
    household_size: Size
    surveyed_on: BusinessDate


class Assessed(Command):
    """A household's year, and the class as it was judged; sums are of the whole household and year."""

    household_size: Size
    dependants: tuple[UUID, ...] = Field((), max_length=20, description="Person ids, as far as registered.")
    hardship_class: CatalogueId
    income_fen: AnyFen
    costs_fen: AnyFen = Field(0, description="Unavoidable costs.")
    loss_fen: AnyFen = Field(0, description="Lost by a sudden event.")
    standard_fen: Fen | None = Field(None, description="Per head and month. Default: the rule of the area.")
    exclusions: tuple[CatalogueId, ...] = Field((), max_length=10, description="What speaks against it.")


class FileHardship(Assessed):
    """Open the archive of a household, for the first time or again."""

    union: UnionText
    holder: UUID = Field(description="Person id of the worker.")
    filed_on: BusinessDate


class UpdateHardship(Assessed):
    """A new assessment of an open archive."""

    archive: UUID
    updated_on: BusinessDate


class VerifyHardship(Command):
    """The actor, who is not its recorder, finds the archive right."""

    archive: UUID
    verified_on: BusinessDate


class ExitHardship(Command):
    """The household is out of hardship."""

    archive: UUID
    exit_kind: CatalogueId = "out_of_hardship"
    above_since: BusinessDate = Field(description="Income per head is above the standard since then.")
    exited_on: BusinessDate


class CancelHardship(Command):
    """The archive ends for another reason."""

    archive: UUID
    cancel_reason: CatalogueId
    cancelled_on: BusinessDate


def survey_household(work: Work, command: SurveyHousehold) -> Answer:
    """The id answered is that of the archive to be."""
    id_ = archive_id(command.holder)
    work.want(need_of_union(command.union), Copied(PERSON.name, command.holder), Own(id_))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.surveyed_on, "surveyed_on")
    sex = work.copied(PERSON, command.holder).sex
    household = filing.Household(union, command.holder, sex, command.household_size, (), "")
    events = filing.decide_survey(work.get(ARCHIVE, id_), household, command.surveyed_on, work.actor)
    return work.record(ARCHIVE, id_, events, union)


def file_hardship(work: Work, command: FileHardship) -> Answer:
    """One open archive per household, across all unions."""
    id_ = archive_id(command.holder)
    people = (command.holder, *command.dependants)
    work.want(need_of_union(command.union), Own(id_), *(Copied(PERSON.name, each) for each in people))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.filed_on, "filed_on")
    archive = work.get(ARCHIVE, id_)
    area = area_of(work, union)
    household = _household(work, union, command.holder, command, area)
    assessment = _assessment(command, command.filed_on, area)
    events = filing.decide_file(archive, household, assessment, command.filed_on, work.actor)
    _refuse_filed(work, id_, people)
    answer = work.record(ARCHIVE, id_, events, union)
    return Answer(id_, answer.version, events[0].warnings)


def update_hardship(work: Work, command: UpdateHardship) -> Answer:
    """The recorder of the change is the one who may not verify it."""
    work.want(Own(command.archive), *(Copied(PERSON.name, each) for each in command.dependants))
    archive = _found(work, command.archive, command.updated_on, "updated_on")
    area = area_of(work, archive.union)
    household = _household(work, archive.union, archive.holder, command, area)
    assessment = _assessment(command, command.updated_on, area)
    events = filing.decide_update(archive, household, assessment, command.updated_on, work.actor)
    _refuse_filed(work, command.archive, (archive.holder, *command.dependants))
    answer = work.record(ARCHIVE, command.archive, events, archive.union)
    return Answer(command.archive, answer.version, events[0].warnings)


def verify_hardship(work: Work, command: VerifyHardship) -> Answer:
    """The next one is due by the rule of the day."""
    archive = _found(work, command.archive, command.verified_on, "verified_on")
    area = area_of(work, archive.union)
    events = filing.decide_verify(archive, command.verified_on, work.actor, area)
    return _answer(work, command.archive, archive, events)


def exit_hardship(work: Work, command: ExitHardship) -> Answer:
    """Warns when the six months of the rule are not over."""
    catalogue("hardship_exit_kinds").checked(command.exit_kind, "exit_kind")
    archive = _found(work, command.archive, command.exited_on, "exited_on")
    area = area_of(work, archive.union)
    events = filing.decide_exit(archive, command.exit_kind, command.above_since, command.exited_on, area)
    return _answer(work, command.archive, archive, events, events[0].warnings)


def cancel_hardship(work: Work, command: CancelHardship) -> Answer:
    """Cancelled is not out of hardship: they are two figures."""
    catalogue("hardship_cancel_reasons").checked(command.cancel_reason, "cancel_reason")
    archive = _found(work, command.archive, command.cancelled_on, "cancelled_on")
    events = filing.decide_cancel(archive, command.cancel_reason, command.cancelled_on)
    return _answer(work, command.archive, archive, events)


def _household(work: Work, union: UUID, holder: UUID, said: Assessed, area: str) -> filing.Household:
    for each in said.dependants:
        work.copied(PERSON, each)
    sex = work.copied(PERSON, holder).sex
    return filing.Household(union, holder, sex, said.household_size, said.dependants, area)


def _assessment(said: Assessed, on: BusinessDate, area: str) -> filing.Assessment:
    classes().checked(said.hardship_class, "hardship_class")
    for each in said.exclusions:
        catalogue("hardship_exclusions").checked(each, "exclusions")
    line = said.standard_fen or standard(on, area)
    means = Means(said.household_size, said.income_fen, said.costs_fen, said.loss_fen, line)
    return filing.Assessment(said.hardship_class, means, said.exclusions)


def _refuse_filed(work: Work, archive: UUID, people: tuple[UUID, ...]) -> None:
    for person in people:
        if work.owner(HOUSEHOLD, str(person)) not in (None, archive):
            raise HouseholdFiledAlready(
                "this person stands in another open archive",
                field="dependants" if person != people[0] else "holder",
                value=str(person),
                remedy="keep one archive for the household",
            )


def _found(work: Work, archive: UUID, on: BusinessDate, field: str) -> HardshipArchive:
    work.want(Own(archive))
    refuse_future(on, work.today, field)
    return find(work, ARCHIVE, archive, "archive")


def _answer(
    work: Work,
    id_: UUID,
    archive: HardshipArchive,
    events: tuple[Event, ...],
    warnings: tuple[str, ...] = (),
) -> Answer:
    answer = work.record(ARCHIVE, id_, events, archive.union)
    return Answer(id_, answer.version, warnings)


USE_CASES: dict[type[BaseModel], UseCase] = {
    SurveyHousehold: survey_household,
    FileHardship: file_hardship,
    UpdateHardship: update_hardship,
    VerifyHardship: verify_hardship,
    ExitHardship: exit_hardship,
    CancelHardship: cancel_hardship,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/hardship/surveys", SurveyHousehold, "Survey a household", creates=True),
    BulkRoute("/hardship/surveys/bulk", SurveyHousehold, "Survey the households of a list"),
    CommandRoute("/hardship/archives", FileHardship, "Open a household's archive", creates=True),
    BulkRoute("/hardship/archives/bulk", FileHardship, "Open the archives of a list"),
    CommandRoute("/hardship/archives/{archive}/update", UpdateHardship, "Assess a household anew"),
    CommandRoute("/hardship/archives/{archive}/verify", VerifyHardship, "Verify an archive", role=APPROVER),
    BulkRoute(
        "/hardship/archives/verify/bulk", VerifyHardship, "Verify the archives of a list", role=APPROVER
    ),
    CommandRoute("/hardship/archives/{archive}/exit", ExitHardship, "A household is out of hardship"),
    BulkRoute("/hardship/archives/exit/bulk", ExitHardship, "Households of a list are out of hardship"),
    CommandRoute("/hardship/archives/{archive}/cancel", CancelHardship, "Cancel an archive"),
    BulkRoute("/hardship/archives/cancel/bulk", CancelHardship, "Cancel the archives of a list"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/hardship/archives", ARCHIVE, "Hardship archives"),)
