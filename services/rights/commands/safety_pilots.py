"""Pilots of joint unions in work safety."""

from uuid import UUID

from pydantic import BaseModel

from services.rights.commands.steps import Step, said, take
from services.rights.domain import safety_pilots as rules
from services.rights.domain.safety_pilots import Pilot
from shared.contracts.rights import SafetyPilotSelected
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, DocumentNumber, UnionText
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Claim, Kind
from shared.work.work import Work

OPEN = "safety-pilot"


class PilotExists(Refused):
    """A union is one pilot at a time."""

    code = "safety-pilot-exists"


def _claims(pilot: Pilot) -> frozenset[Claim]:
    return frozenset() if pilot.stage == "ended" else frozenset({Claim(OPEN, str(pilot.union))})


PILOT: Kind[Pilot] = Kind("safety-pilot", Pilot, rules.evolve, lambda pilot: pilot.union, _claims)


class SelectSafetyPilot(Command):
    """The union shall try it out."""

    union: UnionText
    document: DocumentNumber
    selected_on: BusinessDate


class FormSafetyCommittee(Command):
    """The pilot has a committee of so many."""

    pilot: UUID
    members: Count
    formed_on: BusinessDate


class IssueSafetyItems(Command):
    """Cards or boxes."""

    pilot: UUID
    kind: CatalogueId
    items: Count
    issued_on: BusinessDate


class SignSafetyAgreement(Command):
    """The agreement on safety is signed."""

    pilot: UUID
    document: DocumentNumber
    signed_on: BusinessDate


class EndSafetyPilot(Command):
    """It is tried out no more."""

    pilot: UUID
    ended_on: BusinessDate


def select(work: Work, command: SelectSafetyPilot) -> Answer:
    """The id answered is the pilot's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.selected_on, "selected_on")
    if present := work.owner(OPEN, str(union)):
        raise PilotExists("it is one", field="union", value=str(union), remedy=f"continue with {present}")
    selected = SafetyPilotSelected(occurredon=command.selected_on, union=union, document=command.document)
    return said(work, PILOT, id_, (selected,), union)


def form_committee(work: Work, command: FormSafetyCommittee) -> Answer:
    """First of all."""
    step = Step(command.pilot, command.formed_on, "formed_on")
    return take(work, PILOT, step, lambda pilot: rules.decide_committee(pilot, command.members, step.on))


def issue(work: Work, command: IssueSafetyItems) -> Answer:
    """While it runs."""
    step = Step(command.pilot, command.issued_on, "issued_on")
    return take(
        work, PILOT, step, lambda pilot: rules.decide_issue(pilot, command.kind, command.items, step.on)
    )


def sign(work: Work, command: SignSafetyAgreement) -> Answer:
    """Once."""
    step = Step(command.pilot, command.signed_on, "signed_on")
    return take(work, PILOT, step, lambda pilot: rules.decide_sign(pilot, command.document, step.on))


def end(work: Work, command: EndSafetyPilot) -> Answer:
    """For good."""
    step = Step(command.pilot, command.ended_on, "ended_on")
    return take(work, PILOT, step, lambda pilot: rules.decide_end(pilot, step.on))


USE_CASES: dict[type[BaseModel], UseCase] = {
    SelectSafetyPilot: select,
    FormSafetyCommittee: form_committee,
    IssueSafetyItems: issue,
    SignSafetyAgreement: sign,
    EndSafetyPilot: end,
}
_ONE = "/safety-pilots/{pilot}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/safety-pilots", SelectSafetyPilot, "Select a pilot in work safety", creates=True),
    CommandRoute(f"{_ONE}/committee", FormSafetyCommittee, "Form its committee"),
    CommandRoute(f"{_ONE}/issue", IssueSafetyItems, "Hand out cards or boxes"),
    CommandRoute(f"{_ONE}/sign", SignSafetyAgreement, "Sign its agreement"),
    CommandRoute(f"{_ONE}/end", EndSafetyPilot, "End a pilot"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/safety-pilots", PILOT, "Pilots in work safety"),)
