"""Register people and teams for activities, withdraw them, count who came."""

from uuid import UUID

from pydantic import BaseModel

from services.events.commands.activity_kind import REGISTRATION, answer, found
from services.events.domain import registering as rules
from services.events.domain.registering import Registration, person_entry, team_entry
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, Command, Count, CountOrZero, Few, UnionText
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_union, need_of_union
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Copied, Own
from shared.work.work import Work


class RegisterForActivity(Command):
    """A person of the register wants to take part."""

    activity: UUID
    person: UUID
    registered_on: BusinessDate


class WithdrawFromActivity(Command):
    """The person does not take part after all."""

    activity: UUID
    person: UUID
    withdrawn_on: BusinessDate


class RegisterTeam(Command):
    """A union's team of so many people; `team` tells it from the union's other teams."""

    activity: UUID
    union: UnionText
    team: Few = 1
    people: Count
    registered_on: BusinessDate


class WithdrawTeam(Command):
    """The team does not take part after all."""

    activity: UUID
    union: UnionText
    team: Few = 1
    withdrawn_on: BusinessDate


class AttendActivity(Command):
    """The person took part; `hours` of voluntary work."""

    activity: UUID
    person: UUID
    hours: CountOrZero = 0
    told_on: BusinessDate


def register(work: Work, command: RegisterForActivity) -> Answer:
    """The id answered is the activity's."""
    entry = person_entry(command.activity, command.person)
    work.want(Own(command.activity), Own(entry), Copied(PERSON.name, command.person))
    activity = found(work, command.activity, command.registered_on, "registered_on")
    sex = work.copied(PERSON, command.person).sex
    before = work.get(REGISTRATION, entry)
    events = rules.decide_register(activity, before, command.person, sex, command.registered_on)
    told = answer(work, command.activity, activity, events, events[0].warnings)
    work.keep(REGISTRATION, entry, Registration(activity=command.activity, status="registered"))
    return told


def withdraw(work: Work, command: WithdrawFromActivity) -> Answer:
    """The place is free again."""
    entry = person_entry(command.activity, command.person)
    work.want(Own(command.activity), Own(entry), Copied(PERSON.name, command.person))
    activity = found(work, command.activity, command.withdrawn_on, "withdrawn_on")
    sex = work.copied(PERSON, command.person).sex
    before = work.get(REGISTRATION, entry)
    events = rules.decide_withdraw(activity, before, command.person, sex, command.withdrawn_on)
    told = answer(work, command.activity, activity, events)
    work.keep(REGISTRATION, entry, Registration(activity=command.activity, status="withdrawn"))
    return told


def register_team(work: Work, command: RegisterTeam) -> Answer:
    """The id answered is the activity's."""
    work.want(Own(command.activity), need_of_union(command.union))
    activity = found(work, command.activity, command.registered_on, "registered_on")
    union = find_union(work, command.union)
    entry = team_entry(command.activity, union, command.team)
    before = work.get(REGISTRATION, entry)
    events = rules.decide_register_team(
        activity, before, (union, command.team), command.people, command.registered_on
    )
    kept = Registration(activity=command.activity, status="registered", people=command.people)
    told = answer(work, command.activity, activity, events)
    work.keep(REGISTRATION, entry, kept)
    return told


def withdraw_team(work: Work, command: WithdrawTeam) -> Answer:
    """The place is free again."""
    work.want(Own(command.activity), need_of_union(command.union))
    activity = found(work, command.activity, command.withdrawn_on, "withdrawn_on")
    union = find_union(work, command.union)
    entry = team_entry(command.activity, union, command.team)
    before = work.get(REGISTRATION, entry)
    events = rules.decide_withdraw_team(activity, before, (union, command.team), command.withdrawn_on)
    told = answer(work, command.activity, activity, events)
    work.keep(REGISTRATION, entry, Registration(activity=command.activity, status="withdrawn"))
    return told


def attend(work: Work, command: AttendActivity) -> Answer:
    """Between the holding and the report."""
    entry = person_entry(command.activity, command.person)
    work.want(Own(command.activity), Own(entry), Copied(PERSON.name, command.person))
    activity = found(work, command.activity, command.told_on, "told_on")
    person = (command.person, work.copied(PERSON, command.person).sex)
    before = work.get(REGISTRATION, entry)
    events = rules.decide_attend(activity, before, person, command.hours, command.told_on)
    told = answer(work, command.activity, activity, events)
    work.keep(REGISTRATION, entry, Registration(activity=command.activity, status="attended"))
    return told


USE_CASES: dict[type[BaseModel], UseCase] = {
    RegisterForActivity: register,
    WithdrawFromActivity: withdraw,
    RegisterTeam: register_team,
    WithdrawTeam: withdraw_team,
    AttendActivity: attend,
}
_ONE = "/activities/{activity}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute(f"{_ONE}/register", RegisterForActivity, "Register a person"),
    BulkRoute("/activities/registrations/bulk", RegisterForActivity, "Register many people"),
    CommandRoute(f"{_ONE}/withdraw", WithdrawFromActivity, "Withdraw a person"),
    CommandRoute(f"{_ONE}/register-team", RegisterTeam, "Register a team"),
    BulkRoute("/activities/teams/bulk", RegisterTeam, "Register many teams"),
    CommandRoute(f"{_ONE}/withdraw-team", WithdrawTeam, "Withdraw a team"),
    CommandRoute(f"{_ONE}/attend", AttendActivity, "Count a person who came"),
    BulkRoute("/activities/attendances/bulk", AttendActivity, "Count many people who came"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/activity-registrations", REGISTRATION, "Registrations, with the activity as unit"),
)
