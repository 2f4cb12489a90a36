"""Windows, stations and mediation organisations, and who serves there."""

from __future__ import annotations

from datetime import date
from functools import reduce
from uuid import UUID

from services.rights.domain import bodies as rules
from services.rights.domain.bodies import Body, evolve
from shared.catalogues import NotInCatalogue
from shared.contracts.rights import RightsBodyOpened, Staff
from shared.stages import StepOutOfTurn
from tests.support.refusing import refused

UNION, ANN, BOB = UUID(int=1), UUID(int=2), UUID(int=3)
DAY, LATER = date(2013, 3, 1), date(2013, 4, 1)


def opened(kind: str = "legal_aid_window") -> RightsBodyOpened:
    return RightsBodyOpened(
        occurredon=DAY, kind=kind, family="", union=UNION, employer=None, document="维1号"
    )


def body(kind: str = "legal_aid_window") -> Body:
    return reduce(evolve, rules.decide_open(opened(kind)), None)  # type: ignore[return-value]


def staffed() -> Body:
    state = body()
    for person, role in ((ANN, "lawyer"), (BOB, "adviser")):
        state = reduce(evolve, rules.decide_appoint(state, person, role, DAY), state)
    return state


def test_the_kind_says_the_family() -> None:
    assert (body().family, body("enterprise_committee").family) == ("place", "mediation")
    refused(NotInCatalogue, lambda: rules.decide_open(opened("kiosk")))


def test_who_serves_there() -> None:
    state = staffed()
    refused(rules.StaffedAlready, lambda: rules.decide_appoint(state, ANN, "adviser", LATER))
    refused(rules.RoleNotOfKind, lambda: rules.decide_appoint(body("rights_window"), ANN, "lawyer", LATER))
    (gone,) = rules.decide_remove(state, ANN, LATER)
    assert gone.role == "lawyer"
    left = evolve(state, gone)
    assert left.staff == {BOB: "adviser"}
    refused(rules.NotOnStaff, lambda: rules.decide_remove(left, ANN, LATER))


def test_lawyers_are_on_duty_in_windows_of_legal_aid() -> None:
    (duty,) = rules.decide_duty(staffed(), ANN, LATER, DAY)
    assert duty.duty_on == LATER
    assert evolve(staffed(), duty) == staffed()
    refused(rules.NotALawyerThere, lambda: rules.decide_duty(staffed(), BOB, LATER, DAY))
    refused(rules.NoLawyersThere, lambda: rules.decide_duty(body("rights_window"), ANN, LATER, DAY))


def test_closing_ends_all_that_serve_there() -> None:
    (event,) = rules.decide_close(staffed(), LATER)
    assert event.staff == (Staff(person=ANN, role="lawyer"), Staff(person=BOB, role="adviser"))
    closed = evolve(staffed(), event)
    assert closed.staff == {}
    refused(StepOutOfTurn, lambda: rules.decide_close(closed, LATER))
