"""Personal data where they do not belong: refused, and not repeated, cut off or whole."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from pydantic import BaseModel, SecretStr
from starlette.requests import Request

from services.membership.commands.members import JoinUnion
from shared.errors import Refused
from shared.http.body import typed
from shared.http.headers import asked
from shared.http.problems import Invalid, discreet, document_of
from shared.http.routes import BulkBody
from tests.support.codes import citizen_number

NUMBER = citizen_number(date(1971, 3, 5), 771)
TRACE = f"00-{'a' * 32}-{'b' * 16}-01"


class Plain(BaseModel):
    """A command that takes no personal data."""

    kind: UUID


class Personal(BaseModel):
    """A command that does."""

    name: SecretStr
    kind: UUID
    union: str = ""


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw})


def value_of(model: type[BaseModel], kind: object, around: type[BaseModel] | None = None) -> str:
    with pytest.raises(Invalid) as refused:
        typed(model, {"name": "示例会员", "kind": kind}, around)
    (fault,) = refused.value.faults
    return fault.value


@pytest.mark.parametrize("filler", range(60, 100))
def test_a_number_that_would_be_cut_in_two_is_not_shown_by_half(filler: int) -> None:
    assert value_of(Plain, "长" * filler + NUMBER) == ""
    problem = Refused("no", "kind", "长" * (filler + 100) + NUMBER, "another")
    assert document_of(problem).value == ""


def test_a_wrong_word_is_shown_where_nothing_is_personal() -> None:
    assert value_of(Plain, "王小明") == "'王小明'"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("王小明", ""),
        ("Wang Xiaoming", ""),
        ("19876501234", ""),
        ("+86-19876501234", ""),
        ("generall", "'generall'"),
        ("2013-02-30", "'2013-02-30'"),
        (2.5, "2.5"),
    ],
)
def test_beside_personal_data_only_codes_and_days_are_shown(given: object, shown: str) -> None:
    assert value_of(Personal, given) == shown
    assert discreet(shown) == shown


def test_a_list_of_people_is_as_discreet_as_one_of_its_rows() -> None:
    with pytest.raises(Invalid) as refused:
        typed(BulkBody, {"source": "王小明", "rows": []}, around=JoinUnion)
    assert refused.value.faults[0].value == ""


def test_a_number_is_no_key() -> None:
    with pytest.raises(Invalid) as refused:
        asked(request(idempotency_key=NUMBER))
    (fault,) = refused.value.faults
    assert (fault.field, fault.value, fault.code) == (
        "header.Idempotency-Key",
        "",
        "citizen-number-in-the-clear",
    )


def test_what_is_no_context_of_a_trace_is_left_behind() -> None:
    assert asked(request(idempotency_key="1", traceparent=TRACE)).traceparent == TRACE
    for other in (NUMBER, "王".encode().hex(), TRACE.upper(), f"{TRACE}-more"):
        assert asked(request(idempotency_key="1", traceparent=other)).traceparent == ""
