"""Audit committees: one for a union, one chair, nobody twice."""

from datetime import date
from typing import Any
from uuid import UUID

from services.finance.domain import audit_committees as committees
from services.finance.domain.audit_committees import AuditCommittee
from shared.contracts.finance import (
    AuditCommitteeDissolved,
    AuditCommitteeFormed,
    AuditMemberAppointed,
    AuditMemberReleased,
)
from shared.stages import BeforeLastStep, StepOutOfTurn
from tests.support.scenario import Scenario

UNION, ADA, BO = (UUID(int=0x0196F000_0000_7000_8000_0000000000E0 + n) for n in range(3))
DAY = date(2013, 3, 1)
FORMED = AuditCommitteeFormed(occurredon=DAY, union=UNION, level=6, document="选1号")


def appointed(person: UUID, role: str = "member") -> AuditMemberAppointed:
    return AuditMemberAppointed(occurredon=DAY, person=person, role=role)


def committee(*events: Any) -> Scenario[AuditCommittee]:
    return Scenario(committees.evolve).given(FORMED, *events)


def test_a_union_has_one_committee() -> None:
    scenario = Scenario(committees.evolve)
    scenario.when(lambda _: committees.decide_form(FORMED, None)).then(FORMED)
    scenario.when(lambda _: committees.decide_form(FORMED, UNION)).then_refused(committees.CommitteeExists)


def test_members_come_and_go() -> None:
    scenario = committee().when(lambda c: committees.decide_appoint(c, ADA, "chair", DAY))
    assert scenario.then(appointed(ADA, "chair")).members == {ADA: "chair"}
    left = AuditMemberReleased(occurredon=DAY, person=ADA, role="chair")
    scenario = committee(appointed(ADA, "chair")).when(lambda c: committees.decide_release(c, ADA, DAY))
    assert scenario.then(left).members == {}


def test_nobody_is_on_it_twice_and_there_is_one_chair() -> None:
    scenario = committee(appointed(ADA, "chair"))
    scenario.when(lambda c: committees.decide_appoint(c, ADA, "member", DAY)).then_refused(
        committees.AlreadyOnCommittee
    )
    scenario.when(lambda c: committees.decide_appoint(c, BO, "chair", DAY)).then_refused(
        committees.ChairTaken
    )


def test_only_members_are_released() -> None:
    committee().when(lambda c: committees.decide_release(c, BO, DAY)).then_refused(committees.NotOnCommittee)


def test_its_end_ends_all_appointments() -> None:
    gone = AuditCommitteeDissolved(occurredon=DAY, level=6, chairs=1, vice_chairs=0, members=1)
    scenario = committee(appointed(ADA, "chair"), appointed(BO))
    after = scenario.when(lambda c: committees.decide_dissolve(c, DAY)).then(gone)
    assert (after.stage, after.members) == ("dissolved", {})
    committee(gone).when(lambda c: committees.decide_appoint(c, BO, "member", DAY)).then_refused(
        StepOutOfTurn
    )


def test_nobody_is_appointed_before_the_election() -> None:
    early = date(2013, 2, 28)
    committee().when(lambda c: committees.decide_appoint(c, BO, "member", early)).then_refused(BeforeLastStep)
