"""What a question may name: bounded, so that no calendar runs over behind it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from services.projection.queries.parameters import OfCut


@pytest.mark.parametrize(
    "moment",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1899-12-31T23:59:59Z",
        "3000-01-01T00:00:00Z",
        "2012-01-01",
        "1325376000",
        "2012-13-01T00:00:00Z",
    ],
)
def test_a_moment_outside_the_calendar_is_refused(moment: str) -> None:
    with pytest.raises(ValidationError):
        OfCut.model_validate({"known_at": moment})


@pytest.mark.parametrize("moment", ["1900-01-01T00:00:00+14:00", "2999-12-31T23:59:59-14:00"])
def test_a_moment_at_the_edge_of_the_calendar_stands(moment: str) -> None:
    assert OfCut.model_validate({"known_at": moment}).known_at is not None
