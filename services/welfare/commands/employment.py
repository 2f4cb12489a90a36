"""People who look for work: register, refer, tell that they found some, end."""

from uuid import UUID

from pydantic import BaseModel

from services.welfare.domain import employment
from services.welfare.domain.employment import (
    JobSeeker,
    decide_employ,
    decide_end,
    decide_refer,
    decide_register,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, Command, EmployerText, UnionText
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_employer, find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.needs import Claimed, Copied
from shared.work.work import Work


def _one_search(state: JobSeeker) -> frozenset[Claim]:
    return frozenset({Claim("job-search-of", str(state.person))} if state.seeking else ())


JOB_SEEKER: Kind[JobSeeker] = Kind(
    "job-seeker", JobSeeker, employment.evolve, lambda state: state.union, _one_search
)


class RegisterJobSeeker(Command):
    """The union helps a person of the register to find work."""

    union: UnionText
    person: UUID
    registered_on: BusinessDate


class ReferJobSeeker(Command):
    """Sent to an employer, if it is one that is known."""

    job_seeker: UUID
    employer: EmployerText | None = None
    referred_on: BusinessDate


class EmployJobSeeker(Command):
    """Found work, at an employer that may be known."""

    job_seeker: UUID
    employer: EmployerText | None = None
    employed_on: BusinessDate


class EndJobSearch(Command):
    """The search was given up."""

    job_seeker: UUID
    ended_on: BusinessDate


def register(work: Work, command: RegisterJobSeeker) -> Answer:
    """The id answered is that of the search."""
    claim = Claimed("job-search-of", str(command.person))
    work.want(need_of_union(command.union), Copied(PERSON.name, command.person), claim)
    union = find_union(work, command.union)
    work.copied(PERSON, command.person)
    refuse_bad_date(work, union, command.registered_on, "registered_on")
    present = work.owner(claim.kind, claim.value)
    events = decide_register(present, union, command.person, command.registered_on)
    return work.record(JOB_SEEKER, work.new_id(), events, union)


def refer(work: Work, command: ReferJobSeeker) -> Answer:
    """As often as it takes."""
    refuse_future(command.referred_on, work.today, "referred_on")
    seeker = find(work, JOB_SEEKER, command.job_seeker)
    employer = find_employer(work, command.employer) if command.employer else None
    events = decide_refer(seeker, employer, command.referred_on)
    return work.record(JOB_SEEKER, command.job_seeker, events, seeker.union)


def employ(work: Work, command: EmployJobSeeker) -> Answer:
    """Also without a referral."""
    refuse_future(command.employed_on, work.today, "employed_on")
    seeker = find(work, JOB_SEEKER, command.job_seeker)
    employer = find_employer(work, command.employer) if command.employer else None
    events = decide_employ(seeker, employer, command.employed_on)
    return work.record(JOB_SEEKER, command.job_seeker, events, seeker.union)


def end(work: Work, command: EndJobSearch) -> Answer:
    """Without work."""
    refuse_future(command.ended_on, work.today, "ended_on")
    seeker = find(work, JOB_SEEKER, command.job_seeker)
    return work.record(JOB_SEEKER, command.job_seeker, decide_end(seeker, command.ended_on), seeker.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    RegisterJobSeeker: register,
    ReferJobSeeker: refer,
    EmployJobSeeker: employ,
    EndJobSearch: end,
}
_ONE = "/job-seekers/{job_seeker}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/job-seekers", RegisterJobSeeker, "Register somebody who looks for work", creates=True),
    BulkRoute("/job-seekers/bulk", RegisterJobSeeker, "Register many who look for work"),
    CommandRoute(f"{_ONE}/refer", ReferJobSeeker, "Refer to an employer"),
    CommandRoute(f"{_ONE}/employ", EmployJobSeeker, "Tell that somebody found work"),
    BulkRoute("/job-seekers/employed/bulk", EmployJobSeeker, "Tell who found work"),
    CommandRoute(f"{_ONE}/end", EndJobSearch, "End a search"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/job-seekers", JOB_SEEKER, "People who look for work"),)
