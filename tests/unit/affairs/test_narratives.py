"""Problems and next steps: reviewed by somebody else, carried over once, taken up once."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.affairs.domain import narratives as rules
from services.affairs.domain.narratives import Narrative
from shared.approval import ApproverIsRecorder
from shared.contracts.affairs import NextPlanItemRecorded, ProblemRecorded
from shared.errors import Problem
from shared.stages import StepOutOfTurn
from shared.vault import SealBroken, Vault

UNION, PROBLEM, STEP, NEW, OTHER = (UUID(int=0x0196F000_0000_7000_8000_0000000000D0 + n) for n in range(5))
DAY = date(2013, 12, 1)
ABOUT: dict[str, Any] = {
    "occurredon": DAY,
    "union": UNION,
    "year": 2013,
    "topic": "staff",
    "recorder": "ada",
}


def drafted() -> Narrative:
    first = rules.evolve(None, ProblemRecorded(**ABOUT, entry=PROBLEM))
    return rules.evolve(first, NextPlanItemRecorded(**ABOUT, entry=STEP))


def published() -> Narrative:
    state = rules.evolve(drafted(), *rules.decide_review(drafted(), "bo", DAY))
    return rules.evolve(state, *rules.decide_publish(state, DAY))


def taken_up() -> Narrative:
    return rules.evolve(drafted(), *rules.decide_take_up(drafted(), STEP, ("target", NEW, UNION), DAY))


def carried() -> Narrative:
    return rules.evolve(published(), *rules.decide_carry(published(), PROBLEM, (NEW, 2014), DAY))


def erased() -> Narrative:
    return rules.evolve(drafted(), *rules.decide_erase(drafted(), PROBLEM, "bo", "unlawful", DAY))


@pytest.mark.parametrize("narrative", [drafted, taken_up, published, carried])
def test_a_text_is_erased_at_any_stage_and_nothing_else_changes(narrative: Any) -> None:
    before = narrative()
    (event,) = rules.decide_erase(before, PROBLEM, "bo", "unlawful", DAY)
    assert (event.entry, event.text, event.approver) == (PROBLEM, PROBLEM, "bo")
    after = rules.evolve(before, event)
    assert after.items[PROBLEM].erased
    assert (after.stage, after.since, after.items[STEP]) == (before.stage, before.since, before.items[STEP])
    assert after.count("problem") == before.count("problem")


def test_an_item_carried_over_loses_the_text_that_it_has_from_before() -> None:
    later = rules.evolve(
        None, ProblemRecorded(**ABOUT | {"year": 2014, "entry": NEW, "carried_from": PROBLEM})
    )
    (event,) = rules.decide_erase(later, NEW, "bo", "unlawful", DAY)
    assert (event.entry, event.text) == (NEW, PROBLEM)


def test_events_carry_counts_and_ids_only() -> None:
    (reviewed,) = rules.decide_review(drafted(), "bo", DAY)
    assert (reviewed.problems, reviewed.next_steps) == (1, 1)
    fields = set(ProblemRecorded.model_fields) | set(NextPlanItemRecorded.model_fields)
    assert "text" not in fields


def test_an_item_carried_over_keeps_the_origin_of_its_text() -> None:
    later = ProblemRecorded(**ABOUT | {"year": 2014, "entry": NEW, "carried_from": PROBLEM})
    assert rules.evolve(None, later).items[NEW].origin == PROBLEM


def test_a_text_opens_for_its_entry_only() -> None:
    vault = Vault(bytes(32))
    sealed = vault.seal_text(PROBLEM, "资料尚不齐全")
    assert vault.open_text(PROBLEM, sealed) == "资料尚不齐全"
    assert "资料".encode() not in sealed.record
    with pytest.raises(SealBroken):
        vault.open_text(STEP, sealed)


@pytest.mark.parametrize(
    ("decide", "refusal"),
    [
        (lambda: rules.decide_review(drafted(), "ada", DAY), ApproverIsRecorder),
        (lambda: rules.decide_erase(drafted(), PROBLEM, "ada", "unlawful", DAY), ApproverIsRecorder),
        (lambda: rules.decide_erase(erased(), PROBLEM, "bo", "unlawful", DAY), rules.TextErased),
        (lambda: rules.decide_erase(drafted(), NEW, "bo", "unlawful", DAY), rules.ItemUnknown),
        (lambda: rules.decide_publish(drafted(), DAY), StepOutOfTurn),
        (lambda: rules.decide_record(published(), ProblemRecorded(**ABOUT, entry=NEW)), StepOutOfTurn),
        (lambda: rules.decide_carry(drafted(), PROBLEM, (NEW, 2014), DAY), StepOutOfTurn),
        (lambda: rules.decide_carry(published(), PROBLEM, (NEW, 2013), DAY), rules.CarriedBackwards),
        (lambda: rules.decide_carry(carried(), PROBLEM, (OTHER, 2015), DAY), rules.CarriedBackwards),
        (lambda: rules.decide_carry(published(), NEW, (OTHER, 2014), DAY), rules.ItemUnknown),
        (
            lambda: rules.decide_take_up(drafted(), PROBLEM, ("plan", NEW, UNION), DAY),
            rules.NotANextStep,
        ),
        (lambda: rules.decide_take_up(taken_up(), STEP, ("plan", NEW, UNION), DAY), rules.NotANextStep),
        (
            lambda: rules.decide_take_up(drafted(), STEP, ("plan", NEW, OTHER), DAY),
            rules.ForAnotherUnion,
        ),
    ],
)
def test_a_narrative_refuses(decide: Any, refusal: type[Problem]) -> None:
    with pytest.raises(refusal):
        decide()
