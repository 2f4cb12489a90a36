"""Valid numbers of people and organisations that do not exist: place 999999 is assigned to nobody."""

from datetime import date

from shared.codes import credit, identity

NOWHERE = "999999"


def citizen_number(born: date, serial: int) -> str:
    """A number with a right check character; an odd serial (0 to 999) is male, an even one female."""
    body = f"{NOWHERE}{born:%Y%m%d}{serial:03d}"
    return body + identity.check_character(body)


def person_number(index: int) -> str:
    """The number of generated person `index`, distinct for every index below ten million."""
    days, serial = divmod(index, 1000)
    return citizen_number(date.fromordinal(date(1970, 1, 1).toordinal() + days), serial)


def credit_code(index: int, prefix: str = "81") -> str:
    """Credit code `index` (below 1,000,000) of an organisation nowhere, with both checks right."""
    organisation = f"MC{index:06d}"
    body = f"{prefix}{NOWHERE}{organisation}{credit.organisation_check(organisation)}"
    return body + credit.check_character(body)
