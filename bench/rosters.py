"""Rows of a roster of people who do not exist: place 999999 is assigned to nobody."""

from datetime import date
from typing import Any

from shared.codes import identity

NOWHERE = "999999"
OLDEST = date(1950, 1, 1).toordinal()


def citizen_number(index: int) -> str:
    """A valid number, distinct for every index; born between 1950 and 1977, odd serials are men."""
    serial, day = divmod(index, 10_000)
    body = f"{NOWHERE}{date.fromordinal(OLDEST + day):%Y%m%d}{serial:03d}"
    return body + identity.check_character(body)


def member_row(index: int, union: str, joined_on: date) -> dict[str, Any]:
    """One row of a roster; every fifth is a migrant worker."""
    number = citizen_number(index)
    return {
        "reference": f"member/{index}",
        "union": union,
        "document_kind": "citizen",
        "document_number": number,
        "name": f"示例会员{index}",
        "sex": "male" if int(number[16]) % 2 else "female",
        "worker_kind": "migrant" if index % 5 == 0 else "general",
        "joined_on": joined_on.isoformat(),
    }
