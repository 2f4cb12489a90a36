"""A sign rate is kept with what it divides, and replaces the one before."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.rights.domain.sign_rates import BeforeLatestRate, RateOverWhole, decide_record, evolve
from shared.contracts.rights import SignRateRecorded


def rate(numerator: int, denominator: int, on: date = date(2013, 12, 1)) -> SignRateRecorded:
    return SignRateRecorded(
        occurredon=on,
        union=UUID(int=1),
        kind="wage",
        basis="workers",
        numerator=numerator,
        denominator=denominator,
        old_numerator=0,
        old_denominator=0,
        document="1号",
    )


def test_a_rate_carries_what_it_replaces() -> None:
    (first,) = decide_record(None, rate(8000, 8081))
    (second,) = decide_record(evolve(None, first), rate(8043, 8081))
    assert (second.old_numerator, second.old_denominator) == (8000, 8081)


def test_rates_that_cannot_be() -> None:
    with pytest.raises(RateOverWhole):
        decide_record(None, rate(8082, 8081))
    with pytest.raises(BeforeLatestRate):
        decide_record(evolve(None, rate(1, 2)), rate(1, 2, date(2013, 11, 30)))
