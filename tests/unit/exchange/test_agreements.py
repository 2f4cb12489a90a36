"""What may be agreed, by whom, and how an agreement runs its course."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.exchange.domain.agreeable import Form, form_of, listed, names_people
from services.exchange.domain.agreements import (
    decide_approve,
    decide_end,
    decide_expire,
    decide_propose,
    decide_tell,
    evolve,
)
from services.exchange.domain.faults import (
    BasisMissing,
    FieldNotAgreeable,
    NothingAgreed,
    PeriodImpossible,
    TwiceAgreed,
    TypeNotAgreeable,
)
from shared.approval import ApproverIsRecorder
from shared.contracts import RELEASED
from shared.contracts.exchange import SharedType
from shared.contracts.membership import MemberJoined, UnionEstablished
from shared.stages import StepOutOfTurn
from tests.unit.exchange.agreed import JOINED, TODAY, in_force, proposed, table

AFTER = date(2027, 1, 1)


def shares(*fields: str, type_: str = JOINED) -> dict[str, Any]:
    return {"shares": (SharedType(type=type_, fields=fields),)}


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"shares": ()}, NothingAgreed),
        (shares("nothing"), FieldNotAgreeable),
        (shares("name", type_="union.membership.UnionEstablished.v1"), FieldNotAgreeable),
        (shares("credit_code", type_="union.membership.UnionEstablished.v1"), FieldNotAgreeable),
        (shares("division", type_="union.membership.UnionEstablished.v1"), FieldNotAgreeable),
        (shares("recorder", type_="union.affairs.ProblemRecorded.v1"), FieldNotAgreeable),
        (shares("sex", type_="union.membership.Unheard.v1"), TypeNotAgreeable),
        (shares("first", type_="union.exchange.EventsDelivered.v1"), TypeNotAgreeable),
        ({"tables": (table(),)}, TwiceAgreed),
        ({"shares": (), "tables": (table(rows="person"),)}, FieldNotAgreeable),
        ({"shares": (), "tables": (table(columns="sex"),)}, FieldNotAgreeable),
        ({"shares": (), "tables": (table(counts="sex"),)}, FieldNotAgreeable),
        ({"basis": "none"}, BasisMissing),
        ({"assessment": None}, BasisMissing),
        ({"last_day": date(2025, 12, 31)}, PeriodImpossible),
        ({"last_day": date(2026, 5, 31)}, PeriodImpossible),
    ],
)
def test_what_cannot_be_agreed_is_refused(more: dict[str, Any], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        decide_propose(proposed(**more), TODAY)


def test_nothing_about_persons_needs_no_basis() -> None:
    assert decide_propose(proposed(basis="none", assessment=None, **shares("sex", "worker_kind")), TODAY)


def test_no_text_of_any_event_can_be_agreed_but_ids_of_catalogues() -> None:
    for event in RELEASED.values():
        for name, info in event.model_fields.items():
            if "str" in str(info.annotation) and form_of(event, name) is not None:
                assert name in listed("kinds"), (event, name)
    for name in (
        "name",
        "title",
        "text",
        "reason",
        "actor",
        "recorder",
        "approver",
        "document",
        "credit_code",
    ):
        assert name not in listed("kinds")


def test_every_form_says_how_a_field_is_delivered() -> None:
    assert form_of(MemberJoined, "person") is Form.ID
    assert form_of(MemberJoined, "employer") is Form.ID
    assert form_of(MemberJoined, "sex") is Form.KIND
    assert form_of(MemberJoined, "occurredon") is Form.DAY
    assert form_of(UnionEstablished, "level") is Form.NUMBER
    assert form_of(UnionEstablished, "lines") is None
    assert names_people(MemberJoined, "person")
    assert names_people(MemberJoined, "subject")
    assert not names_people(MemberJoined, "employer")


def test_who_proposes_does_not_approve() -> None:
    agreement = evolve(None, *decide_propose(proposed(), TODAY))
    with pytest.raises(ApproverIsRecorder):
        decide_approve(agreement, "ada", TODAY)
    assert not agreement.delivers_on(TODAY)
    assert in_force().delivers_on(TODAY)


def test_it_is_not_approved_after_its_last_day() -> None:
    agreement = evolve(None, *decide_propose(proposed(), TODAY))
    with pytest.raises(PeriodImpossible):
        decide_approve(agreement, "ben", AFTER)


def test_it_expires_by_the_calendar_and_not_before() -> None:
    agreement = in_force()
    assert decide_expire(agreement, agreement.last_day) == ()
    assert agreement.delivers_on(agreement.last_day)
    assert not agreement.delivers_on(AFTER)
    expired = evolve(agreement, *decide_expire(agreement, AFTER))
    with pytest.raises(StepOutOfTurn):
        decide_expire(expired, AFTER)
    with pytest.raises(StepOutOfTurn):
        decide_end(expired, "withdrawn", AFTER)


def test_what_was_delivered_is_told_once_also_after_the_end() -> None:
    agreement = evolve(in_force(), *decide_end(in_force(), "withdrawn", TODAY))
    (told,) = decide_tell(agreement, 7, 1, TODAY)
    assert told.model_dump(include={"first", "last", "tables"}) == {"first": 1, "last": 7, "tables": 1}
    agreement = evolve(agreement, told)
    assert decide_tell(agreement, 7, 0, TODAY) == ()
    (told,) = decide_tell(agreement, 9, 0, TODAY)
    assert told.model_dump(include={"first", "last"}) == {"first": 8, "last": 9}
    assert agreement.stage == "ended"
