"""Numbers of generated people and companies: place 999999 is assigned to nobody, so they are nobody's."""

from datetime import date

from shared.codes import credit, identity

NOWHERE = "999999"
BORN_FROM = date(1960, 1, 1).toordinal()
A_DAY = 1000
PEOPLE, COMPANIES = 50_000, 10_000
"""Of one block."""


def person_number(block: int, n: int) -> str:
    """The number of person `n` of a block; even ones are women, odd ones men; born from 1960 on."""
    if not 0 <= n < PEOPLE:
        raise ValueError(f"a story has {PEOPLE:,} people at most")
    days, serial = divmod(block * PEOPLE + n, A_DAY)
    body = f"{NOWHERE}{date.fromordinal(BORN_FROM + days):%Y%m%d}{serial:03d}"
    return body + identity.check_character(body)


def company_code(block: int, n: int) -> str:
    """The credit code of company `n` of a block; a letter, so that it is never read as an identity number."""
    if not 0 <= n < COMPANIES:
        raise ValueError(f"a story has {COMPANIES:,} employers at most")
    organisation = f"M{block:03d}{n:04d}"
    body = f"91{NOWHERE}{organisation}{credit.organisation_check(organisation)}"
    return body + credit.check_character(body)
