"""Generated people and employers. Place 999999 is assigned to nobody, so no number is a living person's."""

from datetime import date
from typing import Any

from shared.codes import credit, identity

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


def employer_code(index: int) -> str:
    """A valid credit code of a company nowhere."""
    organisation = f"MD{index:06d}"
    body = f"91{NOWHERE}{organisation}{credit.organisation_check(organisation)}"
    return body + credit.check_character(body)


PEOPLE, COMPANIES = 50_000, 10_000
"""Of one block."""
A_DAY = 1000
BORN_FROM = date(1960, 1, 1).toordinal()


def person_number(block: int, n: int) -> str:
    """The number of person `n` of a block; even ones are women, odd ones men; born from 1960 on."""
    if not 0 <= n < PEOPLE:
        raise ValueError(f"a story has {PEOPLE:,} people at most")
    days, serial = divmod(block * PEOPLE + n, A_DAY)
    body = f"{NOWHERE}{date.fromordinal(BORN_FROM + days):%Y%m%d}{serial:03d}"
    return body + identity.check_character(body)


def company_code(block: int, n: int) -> str:
    """The credit code of company `n` of a block."""
    if not 0 <= n < COMPANIES:
        raise ValueError(f"a story has {COMPANIES:,} employers at most")
    return employer_code(block * COMPANIES + n)
