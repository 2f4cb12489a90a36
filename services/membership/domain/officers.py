"""Officers of unions: appointed, given duties, replaced (DOMAIN ORG-20, ORG-21)."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import check_happened, check_not_before
from services.membership.domain.unions import Union, check_living
from shared.catalogues import Catalogue, Entry, catalogue, catalogue_of
from shared.contracts.membership import (
    OfficerAppointed,
    OfficerDutiesAssigned,
    OfficerPostsSet,
    OfficerReplaced,
)
from shared.errors import Refused
from shared.work.kinds import Claim

TERM_ENDED = "term_ended"


class OfficerLeft(Refused):
    """The officer is not in office any more."""

    code = "officer-left"


class OfficeTaken(Refused):
    """Somebody is in this office, which only one may hold, or this person is."""

    code = "office-taken"


class Role(Entry):
    """An office of the catalogue; `single`: one at a time in a union."""

    single: bool = False


class Candidate(NamedTuple):
    """Who is appointed: a person of the register, in which role, full-time or part-time; a member?"""

    person: UUID
    sex: str
    role: str
    time: str
    member: bool


class Leaving(NamedTuple):
    """Why an officer leaves, the number of the consent, and the last day of the committee's term if known."""

    reason: str
    document: str | None
    term_until: date | None


class Officer(BaseModel):
    """State of one appointment."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    person: UUID
    sex: str
    role: str
    time: str
    since: date
    duties: tuple[str, ...] = ()
    duties_on: date | None = None
    ended_on: date | None = None


class Posts(BaseModel):
    """State of the posts of a union: how many officers of each role it is to have."""

    model_config = ConfigDict(frozen=True)

    posts: dict[str, int] = {}


def roles() -> Catalogue[Role]:
    """All offices."""
    return catalogue_of("officer_roles", Role)


def claims(officer: Officer) -> frozenset[Claim]:
    """While in office: the office where only one may hold it, and this person in this role."""
    if officer.ended_on is not None:
        return frozenset()
    return frozenset(offices(officer.union, officer.role, officer.person))


def offices(union: UUID, role: str, person: UUID) -> list[Claim]:
    """What an officer of this role holds."""
    held = [Claim("office", f"{union}/{role}/{person}")]
    return [*held, Claim("office", f"{union}/{role}")] if roles()[role].single else held


def decide_appoint(union: Union, candidate: Candidate, on: date, today: date) -> tuple[OfficerAppointed, ...]:
    """In office from `on` on; an officer who is no member is recorded with a warning."""
    roles().checked(candidate.role, "role")
    catalogue("officer_times").checked(candidate.time, "time")
    check_happened(on, today)
    check_living(union, on)
    who = candidate._asdict()
    warnings = () if who.pop("member") else ("officer-not-a-member",)
    return (OfficerAppointed(occurredon=on, warnings=warnings, **who),)


def decide_assign(
    officer: Officer, duties: tuple[str, ...], on: date, today: date
) -> tuple[OfficerDutiesAssigned, ...]:
    """What the officer answers for from now on, instead of what was before."""
    _check_in_office(officer)
    for each in duties:
        catalogue("officer_duties").checked(each, "duties")
    check_happened(on, today)
    check_not_before(officer.duties_on or officer.since, on)
    kept = tuple(dict.fromkeys(duties))
    return (
        OfficerDutiesAssigned(occurredon=on, person=officer.person, old_duties=officer.duties, duties=kept),
    )


def decide_replace(officer: Officer, leaving: Leaving, on: date, today: date) -> tuple[OfficerReplaced, ...]:
    """Out of office; before the end of the term without a consent it is recorded with a warning."""
    catalogue("officer_leaving_reasons").checked(leaving.reason, "reason")
    _check_in_office(officer)
    check_happened(on, today)
    check_not_before(officer.duties_on or officer.since, on)
    early = leaving.term_until is not None and on <= leaving.term_until
    unheard = early and leaving.document is None and leaving.reason != "deceased"
    return (
        OfficerReplaced(
            occurredon=on,
            person=officer.person,
            role=officer.role,
            time=officer.time,
            sex=officer.sex,
            reason=leaving.reason,
            early=early,
            document=leaving.document,
            warnings=("replaced-early-without-consent",) if unheard else (),
        ),
    )


def decide_end(officer: Officer, on: date) -> tuple[OfficerReplaced, ...]:
    """The union ends, and its offices with it."""
    day = max(on, officer.duties_on or officer.since)
    return decide_replace(officer, Leaving("union_ended", None, None), day, day)


def decide_set_posts(
    state: Posts | None, role: str, posts: int, on: date, today: date
) -> tuple[OfficerPostsSet, ...]:
    """So many officers of the role from `on` on."""
    roles().checked(role, "role")
    check_happened(on, today)
    old = state.posts.get(role, 0) if state else 0
    return (OfficerPostsSet(occurredon=on, role=role, old_posts=old, posts=posts),)


def appointed(union: UUID, event: OfficerAppointed) -> Officer:
    """The first state."""
    known = event.model_dump(include={"person", "sex", "role", "time"})
    return Officer(union=union, since=event.occurredon, **known)


def evolve(officer: Officer | None, event: Any) -> Officer:
    """The next state; the appointment is followed by `appointed`, for the envelope tells the union."""
    if officer is None:
        raise TypeError(f"{type(event).__name__} before the officer was appointed")
    match event:
        case OfficerDutiesAssigned():
            change: dict[str, Any] = {"duties": event.duties, "duties_on": event.occurredon}
        case OfficerReplaced():
            change = {"ended_on": event.occurredon}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to an officer")
    return officer.model_copy(update=change)


def evolve_posts(state: Posts | None, event: OfficerPostsSet) -> Posts:
    """The next state of the posts of a union."""
    return Posts(posts=(state.posts if state else {}) | {event.role: event.posts})


def _check_in_office(officer: Officer) -> None:
    if officer.ended_on is not None:
        raise OfficerLeft(
            f"the officer left on {officer.ended_on.isoformat()}", "officer", "", "appoint somebody else"
        )
