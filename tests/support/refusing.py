"""A rule says no, and says where and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.errors import Problem


def refused(reason: type[Problem], decide: Callable[[], Any]) -> None:
    """It raises exactly this, with a field, a value and a remedy."""
    with pytest.raises(Problem) as caught:
        decide()
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy
