"""Officers, women workers' committees, trainings, conditions, departments (DOMAIN ORG-18, ORG-20, ORG-21)."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.membership.domain import conditions, departments, officers, trainings, women
from services.membership.domain.conditions import Conditions
from services.membership.domain.dates import BeforeLatestFact, DateInFuture, NothingChanges
from services.membership.domain.departments import Departments
from services.membership.domain.officers import Candidate, Leaving, Officer, Posts
from services.membership.domain.trainings import Course, Training
from services.membership.domain.women import Counted
from shared.approval import ApproverIsRecorder
from shared.catalogues import NotInCatalogue
from shared.contracts import membership as m
from shared.work.kinds import Claim
from tests.support.builders import TODAY, a_union, named
from tests.support.scenario import Scenario

ON, LATER = date(2013, 3, 1), date(2013, 6, 1)
TOMORROW = TODAY + timedelta(days=1)
UNIT, ADA, BO = named("union"), named("ada"), named("bo")
CHAIR: dict[str, Any] = {"person": ADA, "sex": "female", "role": "chair", "time": "full_time"}


def evolve_officer(state: Officer | None, event: Any) -> Officer:
    if isinstance(event, m.OfficerAppointed):
        return officers.appointed(UNIT, event)
    return officers.evolve(state, event)


def appointed() -> m.OfficerAppointed:
    return m.OfficerAppointed(occurredon=ON, **CHAIR)


def officer(*events: Any) -> Scenario[Officer]:
    return Scenario(evolve_officer).given(*events)


def appoint(on: date = ON, *, member: bool = True, **changes: Any) -> Any:
    who = Candidate(**(CHAIR | {"member": member} | changes))
    return lambda _: officers.decide_appoint(a_union(), who, on, TODAY)


def assign(*duties: str, on: date = LATER) -> Any:
    return lambda state: officers.decide_assign(state, duties, on, TODAY)


def leave(
    reason: str = "transferred", document: str | None = None, until: date | None = None, on: date = LATER
) -> Any:
    return lambda state: officers.decide_replace(state, Leaving(reason, document, until), on, TODAY)


def left(**changes: Any) -> m.OfficerReplaced:
    known: dict[str, Any] = {"occurredon": LATER, "reason": "transferred", "early": False, "document": None}
    return m.OfficerReplaced(**(CHAIR | known | changes))


def test_an_officer_is_appointed_and_a_stranger_only_with_a_warning() -> None:
    after = officer().when(appoint()).then(appointed())
    assert officers.claims(after) == {
        Claim("office", f"{UNIT}/chair/{ADA}"),
        Claim("office", f"{UNIT}/chair"),
    }
    warned = appointed().model_copy(update={"warnings": ("officer-not-a-member",)})
    officer().when(appoint(member=False)).then(warned)


def test_several_members_of_a_committee_may_sit_in_one_union() -> None:
    assert officers.offices(UNIT, "member", ADA) == [Claim("office", f"{UNIT}/member/{ADA}")]


@pytest.mark.parametrize("changes", [{"role": "king"}, {"time": "sometimes"}])
def test_roles_and_times_are_of_the_catalogue(changes: dict[str, Any]) -> None:
    officer().when(appoint(**changes)).then_refused(NotInCatalogue, next(iter(changes)))


def test_duties_replace_those_before_and_are_of_the_catalogue() -> None:
    given = m.OfficerDutiesAssigned(occurredon=LATER, person=ADA, old_duties=(), duties=("finance", "women"))
    officer(appointed()).when(assign("finance", "women", "finance")).then(given)
    officer(appointed()).when(assign("cooking")).then_refused(NotInCatalogue, "duties")
    officer(appointed(), given).when(assign("audit", on=LATER - timedelta(days=1))).then_refused(
        BeforeLatestFact
    )


@pytest.mark.parametrize(
    ("given", "early", "warnings"),
    [
        ({}, False, ()),
        ({"until": LATER - timedelta(days=1)}, False, ()),
        ({"until": LATER}, True, ("replaced-early-without-consent",)),
        ({"until": LATER, "document": "批1号"}, True, ()),
        ({"until": LATER, "reason": "deceased"}, True, ()),
    ],
)
def test_who_leaves_early_without_a_consent_is_told(
    given: dict[str, Any], early: bool, warnings: tuple[str, ...]
) -> None:
    said = {key: value for key, value in given.items() if key != "until"}
    after = officer(appointed()).when(leave(**given)).then(left(early=early, warnings=warnings, **said))
    assert officers.claims(after) == frozenset()


def test_who_left_does_nothing_any_more() -> None:
    gone = officer(appointed(), left())
    gone.when(leave()).then_refused(officers.OfficerLeft)
    gone.when(assign("women")).then_refused(officers.OfficerLeft)


def test_an_office_ends_with_its_union() -> None:
    officer(appointed()).when(lambda state: officers.decide_end(state, LATER)).then(
        left(reason="union_ended")
    )


def test_posts_are_set_role_by_role() -> None:
    first = m.OfficerPostsSet(occurredon=ON, role="member", old_posts=0, posts=4)
    scenario = Scenario(officers.evolve_posts).given(first)

    def set_(role: str, posts: int, on: date = LATER) -> Any:
        return lambda state: officers.decide_set_posts(state, role, posts, on, TODAY)

    after = scenario.when(set_("member", 2)).then(
        m.OfficerPostsSet(occurredon=LATER, role="member", old_posts=4, posts=2)
    )
    assert after == Posts(posts={"member": 2})
    scenario.when(set_("king", 1)).then_refused(NotInCatalogue, "role")
    scenario.when(set_("member", 1, TOMORROW)).then_refused(DateInFuture)


def form(body: str, counted: Counted, on: date = ON) -> Any:
    return lambda state: women.decide_form(state, a_union(), body, counted, (on, TODAY))


def formed(body: str, number: int, *warnings: str, old: str | None = None) -> m.WomenCommitteeFormed:
    facts: dict[str, Any] = {"counted": "members", "women": number, "threshold": 10, "warnings": warnings}
    return m.WomenCommitteeFormed(occurredon=ON, old_body=old, body=body, **facts)


@pytest.mark.parametrize(
    ("body", "number", "warnings"),
    [
        ("committee", 10, []),
        ("committee", 9, ["women-too-few-for-a-committee"]),
        ("commissioner", 9, []),
        ("commissioner", 10, ["women-enough-for-a-committee"]),
    ],
)
def test_the_body_follows_the_number_of_women(body: str, number: int, warnings: list[str]) -> None:
    Scenario(women.evolve).when(form(body, Counted("members", number, 10))).then(
        formed(body, number, *warnings)
    )


def test_what_is_counted_and_from_how_many_on_depends_on_the_area() -> None:
    ningbo, shanghai, beijing = "330282119000", "310101000000", "110101000000"
    assert [women.threshold(ON, each) for each in (ningbo, shanghai, beijing)] == [10, 25, 25]
    counted = [women.counted_among(ON, each) for each in (ningbo, shanghai, beijing)]
    assert counted == ["members", "members", "workers"]
    assert women.threshold(date(1999, 1, 1), ningbo) is None


def test_a_commissioner_makes_room_for_a_committee_and_both_end_with_the_union() -> None:
    scenario = Scenario(women.evolve).given(formed("commissioner", 3))
    after = scenario.when(form("committee", Counted("members", 12, 10))).then(
        formed("committee", 12, old="commissioner")
    )
    assert women.decide_end(after, LATER) == (m.WomenCommitteeEnded(occurredon=LATER, body="committee"),)
    scenario.when(form("commissioner", Counted("members", 3, 10))).then_refused(NothingChanges, "body")
    scenario.when(form("club", Counted("members", 3, 10))).then_refused(NotInCatalogue, "body")


def evolve_training(state: Training | None, event: Any) -> Training:
    if isinstance(event, m.CadreTrainingPlanned):
        return trainings.planned(UNIT, event)
    return trainings.evolve(state, event)


def trainee(person: Any = ADA, role: str = "chair") -> m.Trainee:
    return m.Trainee(person=person, role=role, level=6)


PLANNED = m.CadreTrainingPlanned(occurredon=ON, topic="law", places=30)
COURSE = Course(8, 3, (trainee(), trainee(BO, "delegate")))
COURSE_HELD = m.CadreTrainingHeld(occurredon=ON, topic="law", **COURSE._asdict())


def training(*events: Any) -> Scenario[Training]:
    return Scenario(evolve_training).given(*events)


def hold(course: Course = COURSE, on: date = ON) -> Any:
    return lambda state: trainings.decide_hold(state, course, on, TODAY)


def complete(*passed: Any) -> Any:
    return lambda state: trainings.decide_complete(state, passed, LATER, TODAY)


def test_a_training_from_the_plan_to_those_who_passed() -> None:
    training().when(lambda _: trainings.decide_plan(a_union(), "law", 30, ON, TODAY)).then(PLANNED)
    training(PLANNED).when(hold()).then(COURSE_HELD)
    done = m.CadreTrainingCompleted(occurredon=LATER, topic="law", passed=(trainee(),))
    training(PLANNED, COURSE_HELD).when(complete(ADA)).then(done)
    training(PLANNED, COURSE_HELD, done).when(complete(ADA)).then_refused(trainings.TrainingNotAtThisStage)


def test_a_training_is_held_once_and_completed_afterwards() -> None:
    training(PLANNED, COURSE_HELD).when(hold()).then_refused(trainings.TrainingNotAtThisStage)
    training(PLANNED).when(complete()).then_refused(trainings.TrainingNotAtThisStage)


def test_everybody_takes_part_once_in_a_known_role() -> None:
    twice = Course(8, 3, (trainee(), trainee()))
    training(PLANNED).when(hold(twice)).then_refused(trainings.TraineeTwice, "trainees")
    king = Course(8, 3, (trainee(role="king"),))
    training(PLANNED).when(hold(king)).then_refused(NotInCatalogue, "trainees")
    few = Course(8, 1, COURSE.trainees)
    training(PLANNED).when(hold(few)).then_refused(trainings.FewerAttendancesThanPeople, "person_times")


def test_nobody_passes_without_having_been_there() -> None:
    training(PLANNED, COURSE_HELD).when(complete(named("cy"))).then_refused(trainings.NotATrainee, "passed")


def provided(condition: str = "office", amount: int = 0) -> m.WorkingConditionProvided:
    return m.WorkingConditionProvided(occurredon=ON, condition=condition, amount_fen=amount, recorder="ada")


def verified() -> m.WorkingConditionVerified:
    return m.WorkingConditionVerified(occurredon=LATER, condition="office", recorder="ada", verifier="bo")


def having(*events: Any) -> Scenario[Conditions]:
    return Scenario(conditions.evolve).given(*events)


def provide(given: m.WorkingConditionProvided) -> Any:
    return lambda state: conditions.decide_provide(state or Conditions(), a_union(), given, TODAY)


def verify(verifier: str = "bo", condition: str = "office") -> Any:
    return lambda state: conditions.decide_verify(state or Conditions(), condition, verifier, LATER, TODAY)


def withdraw(condition: str = "office") -> Any:
    return lambda state: conditions.decide_withdraw(state or Conditions(), condition, LATER, TODAY)


def test_a_condition_is_asked_for_provided_verified_and_withdrawn() -> None:
    asked = m.WorkingConditionRequested(occurredon=ON, condition="office", recorder="ada")
    having().when(lambda _: conditions.decide_request(Conditions(), a_union(), asked, TODAY)).then(asked)
    having(asked).when(provide(provided())).then(provided())
    having(provided()).when(verify()).then(verified())
    gone = m.WorkingConditionWithdrawn(occurredon=LATER, condition="office", amount_fen=0, verified=True)
    having(provided(), verified()).when(withdraw()).then(gone)


def test_what_the_union_has_is_not_provided_again() -> None:
    having(provided()).when(provide(provided())).then_refused(NothingChanges, "condition")
    having(provided(), verified()).when(verify()).then_refused(NothingChanges, "condition")


def test_who_records_does_not_verify() -> None:
    having(provided()).when(verify("ada")).then_refused(ApproverIsRecorder)


def test_what_the_union_lacks_is_neither_verified_nor_withdrawn() -> None:
    having().when(verify()).then_refused(conditions.ConditionNotProvided, "condition")
    having().when(withdraw()).then_refused(conditions.ConditionNotProvided, "condition")
    having().when(withdraw("palace")).then_refused(NotInCatalogue, "condition")


def test_only_funds_have_an_amount() -> None:
    having().when(provide(provided("operating_funds", 700))).then(provided("operating_funds", 700))
    having().when(provide(provided("office", 700))).then_refused(conditions.AmountElsewhere, "amount_fen")


def test_all_conditions_end_with_the_union() -> None:
    state = (
        having(provided())
        .when(provide(provided("operating_funds", 700)))
        .then(provided("operating_funds", 700))
    )
    ended = conditions.decide_end(state, LATER)
    assert [(each.condition, each.amount_fen) for each in ended] == [("office", 0), ("operating_funds", 700)]


def test_departments_are_set_up_above_the_grassroots_and_closed() -> None:
    new = m.UnionDepartmentSetUp(occurredon=ON, department="rights", posts=3)
    closed = m.UnionDepartmentClosed(occurredon=LATER, department="rights", posts=3)

    def set_up(level: str = "county", said: m.UnionDepartmentSetUp = new) -> Any:
        return lambda state: departments.decide_set_up(state or Departments(), a_union(level), said, TODAY)

    def close(name: str = "rights") -> Any:
        return lambda state: departments.decide_close(state or Departments(), name, LATER, TODAY)

    there = Scenario(departments.evolve).given(new)
    Scenario(departments.evolve).when(set_up()).then(new)
    Scenario(departments.evolve).when(set_up("union")).then_refused(departments.NoDepartmentsHere, "union")
    palace = new.model_copy(update={"department": "palace"})
    Scenario(departments.evolve).when(set_up(said=palace)).then_refused(NotInCatalogue, "department")
    there.when(set_up()).then_refused(NothingChanges, "department")
    there.when(close("law")).then_refused(departments.DepartmentNotSetUp, "department")
    there.when(lambda state: departments.decide_end(state, LATER)).then(closed)
    assert there.when(close()).then(closed) == Departments()
