"""Workers' congresses: terms, sessions, resolutions, proposals, joint meetings (DOMAIN RIG-09 to RIG-13)."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.rights.base import RightsEvent


class JointMatter(BaseModel):
    """A matter a joint meeting passed; `reserved` by law to the congress, which has to take it up."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    matter: str
    reserved: bool


@released
class CongressTermOpened(RightsEvent):
    """Delegates were elected for a term: the roll, and of it managers and women."""

    union: UUID
    term: int
    delegates: int
    managers: int
    women: int
    workers: int
    women_workers: int
    until: date
    warnings: tuple[str, ...]


@released
class CongressRollChanged(RightsEvent):
    """By-elections, or seats that fell vacant; the term lasts `until`."""

    term: int
    delegates: int
    old_delegates: int
    until: date
    document: str


@released
class CongressSessionScheduled(RightsEvent):
    """Session `session` of term `term` (八届四次: 8, 4) shall be held."""

    union: UUID
    congress: UUID
    term: int
    session: int
    planned_on: date
    warnings: tuple[str, ...]


@released
class CongressSessionConvened(RightsEvent):
    """It met: delegates on the roll that day and those present; `units_covered` by what it decides."""

    term: int
    session: int
    delegates: int
    present: int
    units_covered: int
    quorate: bool
    warnings: tuple[str, ...]


@released
class ReportHeard(RightsEvent):
    """A report was heard and discussed."""

    term: int
    session: int
    report: str


@released
class CongressSessionClosed(RightsEvent):
    """It is over; `problems_solved` are those of the delegates that it brought to an end."""

    term: int
    session: int
    problems_solved: int
    reported_on: date | None
    document: str
    warnings: tuple[str, ...]


@released
class ResolutionTabled(RightsEvent):
    """A matter lies before a session."""

    union: UUID
    session: UUID
    matter: str
    reserved: bool


class OfResolution(RightsEvent):
    """Something about one resolution."""

    matter: str


@released
class VoteCast(OfResolution):
    """The vote, reckoned on the roll of the day."""

    delegates: int
    present: int
    in_favour: int
    against: int
    abstained: int
    secret: bool
    warnings: tuple[str, ...]


@released
class ResolutionPassed(OfResolution):
    """More than half of all delegates were in favour; to be carried out by `due_on`, if a day is set."""

    due_on: date | None


@released
class ResolutionRejected(OfResolution):
    """Half of all delegates or fewer were in favour."""


@released
class ResolutionArchived(OfResolution):
    """It stands on paper under this number."""

    document: str


@released
class ResolutionCarriedOut(OfResolution):
    """What was resolved is done; `overdue_until` is the day since which it is not overdue any more."""

    due_on: date | None
    overdue_until: date | None
    document: str


@released
class ProposalSubmitted(RightsEvent):
    """A delegate's proposal to a session."""

    union: UUID
    session: UUID
    topic: str


class OfProposal(RightsEvent):
    """Something about one proposal."""

    topic: str


@released
class ProposalFiled(OfProposal):
    """Taken up as a proposal and given to a department."""

    department: str


@released
class ProposalAnswered(OfProposal):
    """The department answered."""

    document: str


@released
class ProposalImplemented(OfProposal):
    """It was carried out."""

    document: str


@released
class ProposalRejected(OfProposal):
    """Not taken up, or not to be carried out."""

    document: str


@released
class JointMeetingHeld(RightsEvent):
    """Between congresses; reserved matters it passed have to come before the next congress (RIG-12)."""

    union: UUID
    congress: UUID
    term: int
    present: int
    matters: tuple[JointMatter, ...]
    awaiting: int
    warnings: tuple[str, ...]


@released
class JointMatterTakenUp(RightsEvent):
    """The next congress dealt with a reserved matter that a joint meeting had passed."""

    session: UUID
    matter: str
    confirmed: bool
