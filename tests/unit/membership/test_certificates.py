"""Both certificates: the definition of each day, over what a union holds (DOMAIN ORG-10)."""

from __future__ import annotations

from datetime import date

from services.membership.domain import certificates, schemes
from services.membership.domain.certificates import CertificateSet, complete, decide_change, evolve
from shared.contracts.membership import CertificateSetChanged, Span
from tests.support.builders import named

LEGAL, ORGANISATION, CREDIT = (
    "legal_person_certificate",
    "organisation_code_certificate",
    "credit_code_certificate",
)
ON = date(2014, 5, 1)


def days(first: str, last: str | None = None) -> Span:
    return Span(first=date.fromisoformat(first), last=date.fromisoformat(last) if last else None)


def test_the_set_is_complete_from_the_later_certificate_on() -> None:
    held = {LEGAL: (days("2010-01-01", "2018-12-31"),), ORGANISATION: (days("2012-07-01", "2014-06-30"),)}
    assert complete(held, "") == (days("2012-07-01", "2014-06-30"),)


def test_one_certificate_was_not_enough_and_is_since_2021() -> None:
    assert complete({LEGAL: (days("2010-01-01"),)}, "") == (days("2021-01-01"),)
    assert complete({ORGANISATION: (days("2010-01-01"),)}, "") == ()


def test_the_merger_of_codes_asked_for_another_paper() -> None:
    held = {LEGAL: (days("2010-01-01"),), ORGANISATION: (days("2010-01-01"),), CREDIT: (days("2016-03-01"),)}
    assert complete(held, "") == (days("2010-01-01", "2015-12-31"), days("2016-03-01"))


def test_spans_that_follow_one_another_are_one() -> None:
    held = {LEGAL: (days("2021-02-01", "2022-01-31"), days("2022-02-01", "2023-01-31"))}
    assert complete(held, "330282") == (days("2021-02-01", "2023-01-31"),)


def test_every_definition_names_certificates() -> None:
    for each in certificates.certificates():
        assert schemes.schemes()[each].family == "certificate"


def test_a_change_tells_the_old_days_and_the_new_and_no_change_nothing() -> None:
    spans = (days("2014-05-01"),)
    (event,) = decide_change(None, spans, ON)
    assert event == CertificateSetChanged(occurredon=ON, old_spans=(), spans=spans)
    before = evolve(CertificateSet(union=named("union")), event)
    assert decide_change(before, spans, ON) == ()
    assert decide_change(before, (), ON)[0].old_spans == spans
