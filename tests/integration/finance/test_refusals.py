"""Bad input over HTTP: status, code, field; and nothing half-written."""

from typing import Any

import pytest

from tests.integration.finance.conftest import Finance
from tests.integration.finance.test_commands import ASSESS, RECEIVE
from tests.integration.finance.town import (
    CITY,
    MILL,
    MILL_CODE,
    MILL_UNION,
    OLD_UNION,
    STALL_CODE,
    TOWN,
    YARD,
)
from tests.support.codes import credit_code

WRITTEN = """
SELECT (SELECT count(*) FROM aggregate) + (SELECT count(*) FROM claim) + (SELECT count(*) FROM event_log)
     + (SELECT count(*) FROM event_queue) + (SELECT count(*) FROM command_key)"""
NOBODY = "6f1d2f6e-0000-4000-8000-000000000000"


async def refused(
    finance: Finance, path: str, body: dict[str, Any], actor: str = "ada"
) -> tuple[int, str, str]:
    """Status, code, field; after making sure that nothing was written and a remedy is named."""
    before = await finance.pool.fetchval(WRITTEN)
    answer = await finance.post(path, body, actor=actor)
    assert await finance.pool.fetchval(WRITTEN) == before
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["remedy"]
    return answer.status_code, problem["code"], problem["field"]


@pytest.mark.parametrize(
    ("but", "status", "code", "field"),
    [
        ({"union": NOBODY}, 409, "not-yet-known", "union"),
        ({"union": None, "employer": NOBODY}, 409, "not-yet-known", "employer"),
        ({"union": None}, 422, "malformed", "union"),
        ({"employer": str(MILL), "payer_credit_code": MILL_CODE}, 422, "malformed", "payer_credit_code"),
        (
            {"union": None, "payer_credit_code": credit_code(99, "91")},
            409,
            "payer-unmatched",
            "payer_credit_code",
        ),
        ({"union": None, "payer_credit_code": STALL_CODE}, 409, "payer-unmatched", "payer_credit_code"),
        ({"union": "999999102000"}, 409, "union-unmatched", "union"),
        ({"union": credit_code(98, "81")}, 409, "union-unmatched", "union"),
        ({"union": str(OLD_UNION)}, 409, "union-ended", "received_on"),
        ({"received_on": "2009-12-31", "period": "2009"}, 409, "before-establishment", "received_on"),
        ({"received_on": "2014-02-02"}, 409, "date-in-future", "received_on"),
        ({"period": "2015"}, 409, "period-too-far-ahead", "period"),
        ({"assessment": NOBODY}, 404, "assessment-unknown", "assessment"),
    ],
)
async def test_a_receipt_is_refused(
    finance: Finance, but: dict[str, Any], status: int, code: str, field: str
) -> None:
    assert await refused(finance, "receipts", RECEIVE | but) == (status, code, field)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("amount_fen", 0, "greater-than"),
        ("amount_fen", -1, "greater-than"),
        ("amount_fen", 10**13 + 1, "less-than-equal"),
        ("amount_fen", 10**40, "less-than-equal"),
        ("amount_fen", 0.5, "int-type"),
        ("amount_fen", 100.0, "int-type"),
        ("amount_fen", "100", "int-type"),
        ("amount_fen", True, "int-type"),
        ("amount_fen", None, "int-type"),
        ("received_on", "2023-02-29", "date-impossible"),
        ("received_on", "2013-13-01", "date-impossible"),
        ("received_on", "01.08.2013", "date-malformed"),
        ("received_on", 1375315200, "date-malformed"),
        ("received_on", "2013-08-10T00:00:00Z", "date-malformed"),
        ("period", "2013-07-01", "period-malformed"),
        ("period", "2013-Q5", "period-malformed"),
        ("period", "1900", "period-malformed"),
        ("channel", "cash", "literal-error"),
        ("union", "99999910100", "credit-code-malformed"),
        ("union", "x-y", "reference-malformed"),
        ("payer_credit_code", MILL_CODE[:-1] + ("0" if MILL_CODE[-1] != "0" else "1"), "credit-code-check"),
        ("payer_credit_code", "SHORT", "credit-code-letter"),
        ("payer_credit_code", "9" * 50, "string-too-long"),
        ("employer", "mill", "uuid-parsing"),
        ("colour", "red", "extra-forbidden"),
    ],
)
async def test_a_malformed_field_is_named(finance: Finance, field: str, value: object, code: str) -> None:
    assert await refused(finance, "receipts", RECEIVE | {field: value}) == (422, "malformed", field)
    (fault,) = (await finance.post("receipts", RECEIVE | {field: value})).json()["errors"]
    assert (fault["field"], fault["code"]) == (field, code)
    assert fault["remedy"]


async def test_several_faults_are_told_at_once(finance: Finance) -> None:
    answer = await finance.post(
        "receipts", RECEIVE | {"amount_fen": -1, "channel": "cash", "received_on": "yesterday"}
    )
    assert sorted(each["field"] for each in answer.json()["errors"]) == [
        "amount_fen",
        "channel",
        "received_on",
    ]


@pytest.mark.parametrize(
    ("but", "status", "code", "field"),
    [
        ({"payroll_fen": None}, 422, "malformed", "body"),
        ({"amount_fen": 5}, 422, "malformed", "body"),
        ({"payroll_fen": 24}, 409, "rounds-to-nothing", "payroll_fen"),
        ({"period": "2013-09"}, 409, "period-not-begun", "period"),
        ({"period": "1991"}, 409, "no-rule-in-force", "on"),
        ({"due_on": "2013-06-30"}, 409, "due-before-period", "due_on"),
        ({"assessed_on": "2014-02-02"}, 409, "date-in-future", "assessed_on"),
        ({"union": NOBODY}, 409, "not-yet-known", "union"),
    ],
)
async def test_an_assessment_is_refused(
    finance: Finance, but: dict[str, Any], status: int, code: str, field: str
) -> None:
    assert await refused(finance, "assessments", ASSESS | but) == (status, code, field)


async def test_nobody_is_assessed_twice_for_one_period(finance: Finance) -> None:
    body = ASSESS | {"period": "2013-05"}
    await finance.done("assessments", body)
    assert await refused(finance, "assessments", body) == (409, "already-assessed", "period")


async def test_what_follows_an_assessment_is_refused_by_its_rules(finance: Finance) -> None:
    assessment = await finance.done("assessments", ASSESS)
    overdue, write_off = f"assessments/{assessment}/overdue", f"assessments/{assessment}/write-off"
    day = {"flagged_on": "2013-08-15"}
    assert await refused(finance, overdue, day) == (409, "not-yet-due", "flagged_on")
    assert await refused(finance, overdue, {"flagged_on": "2014-02-02"}) == (
        409,
        "date-in-future",
        "flagged_on",
    )
    day = {"written_off_on": "2013-12-01"}
    assert await refused(finance, write_off, day) == (409, "approver-is-recorder", "actor")
    early = {"written_off_on": "2013-07-31"}
    assert await refused(finance, write_off, early, "bo") == (409, "before-assessment", "written_off_on")
    await finance.done(write_off, day, actor="bo")
    assert await refused(finance, write_off, day, "bo") == (409, "nothing-open", "assessment")
    assert await refused(finance, overdue, {"flagged_on": "2013-12-02"}) == (
        409,
        "nothing-open",
        "assessment",
    )


@pytest.mark.parametrize("path", [f"assessments/{NOBODY}/overdue", f"assessments/{NOBODY}/write-off"])
async def test_an_unknown_assessment_is_not_found(finance: Finance, path: str) -> None:
    day = "flagged_on" if path.endswith("overdue") else "written_off_on"
    assert await refused(finance, path, {day: "2013-09-01"}) == (404, "assessment-unknown", "assessment")
    bad = path.replace(NOBODY, "seven")
    assert await refused(finance, bad, {day: "2013-09-01"}) == (422, "malformed", "assessment")


async def test_money_for_another_assessment_is_refused(finance: Finance) -> None:
    body = RECEIVE | {"assessment": str(await finance.done("assessments", ASSESS | {"period": "2013-06"}))}
    assert await refused(finance, "receipts", body) == (409, "period-outside-assessment", "period")
    body |= {"period": "2013-06", "employer": str(YARD)}
    assert await refused(finance, "receipts", body) == (409, "payer-differs", "employer")


async def test_never_more_is_refunded_than_came(finance: Finance) -> None:
    receipt = await finance.done("receipts", RECEIVE)
    path = f"receipts/{receipt}/refund"
    body = {"amount_fen": 100_001, "refunded_on": "2013-09-01"}
    assert await refused(finance, path, body) == (409, "over-refund", "amount_fen")
    early = {"amount_fen": 1, "refunded_on": "2013-08-09"}
    assert await refused(finance, path, early) == (409, "before-receipt", "refunded_on")
    late = {"amount_fen": 1, "refunded_on": "2014-02-02"}
    assert await refused(finance, path, late) == (409, "date-in-future", "refunded_on")
    zero = {"amount_fen": 0, "refunded_on": "2013-09-01"}
    assert await refused(finance, path, zero) == (422, "malformed", "amount_fen")
    assert await refused(finance, f"receipts/{NOBODY}/refund", early) == (404, "receipt-unknown", "receipt")


@pytest.mark.parametrize(
    ("but", "code", "field"),
    [
        ({"unit": NOBODY}, "not-yet-known", "union"),
        ({"issuer": str(TOWN)}, "issuer-not-above", "issuer"),
        ({"issuer": str(MILL_UNION)}, "issuer-not-above", "issuer"),
        ({"unit": str(OLD_UNION), "set_on": "2013-06-01"}, "union-ended", "set_on"),
        ({"set_on": "2014-02-02"}, "date-in-future", "set_on"),
    ],
)
async def test_a_target_is_refused(finance: Finance, but: dict[str, Any], code: str, field: str) -> None:
    body = {"unit": str(TOWN), "year": 2013, "amount_fen": 5, "issuer": str(CITY), "set_on": "2013-01-10"}
    assert await refused(finance, "targets", body | but) == (409, code, field)


async def test_a_target_that_changes_nothing_is_refused(finance: Finance) -> None:
    body = {"unit": str(TOWN), "year": 2013, "amount_fen": 5, "issuer": str(CITY), "set_on": "2013-01-10"}
    await finance.done("targets", body)
    assert await refused(finance, "targets", body) == (409, "target-unchanged", "amount_fen")


async def test_what_has_not_arrived_may_be_asked_for_again(finance: Finance) -> None:
    answer = await finance.post("receipts", RECEIVE | {"union": NOBODY})
    assert answer.headers["retry-after"] == "1"
    answer = await finance.post("receipts", RECEIVE | {"union": None, "payer_credit_code": STALL_CODE})
    assert answer.headers["retry-after"] == "1"


async def test_a_merged_union_names_its_successor(finance: Finance) -> None:
    answer = await finance.post("receipts", RECEIVE | {"union": str(OLD_UNION)})
    assert str(MILL_UNION) in answer.json()["remedy"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"union": "\xff"}',
        b'{"union": "\\ud800"}',
        b'{"union": "\\u0000"}',
        b"[" * 100_000,
    ],
)
async def test_a_body_that_is_no_object_is_malformed(finance: Finance, raw: bytes) -> None:
    answer = await finance.http.post("/v1/dues/receipts", content=raw, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json()["code"] in {"malformed", "body-too-large"}) == (422, True)


async def test_a_huge_body_is_cut_off(finance: Finance) -> None:
    raw = b'{"union": "' + b"x" * 50_000_000 + b'"}'
    for path in ("receipts", "receipts/bulk"):
        answer = await finance.http.post(f"/v1/dues/{path}", content=raw, headers={"Idempotency-Key": "k"})
        assert (answer.status_code, answer.json()["code"]) == (422, "body-too-large")


async def test_a_command_needs_a_key(finance: Finance) -> None:
    answer = await finance.http.post("/v1/dues/receipts", json=RECEIVE)
    assert answer.status_code == 422
    assert answer.json()["field"].lower() == "header.idempotency-key"
