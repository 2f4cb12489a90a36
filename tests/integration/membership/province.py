"""A small federation, and rows and bodies whose defaults are valid."""

from datetime import date
from typing import Any

from tests.integration.membership.conftest import Body, Membership
from tests.support.codes import citizen_number, credit_code

PROVINCE, PREFECTURE, COUNTY = "330000000000", "330200000000", "330282000000"
TOWN, NEIGHBOUR, VILLAGE = "330282119000", "330282121000", "330282121236"
FOUNDED = "1990-01-01"


def union(name: str, level: int, parent: str | None, **changes: Any) -> Body:
    kinds = {5: "village", 6: "enterprise", 7: "sub_union", 8: "group"}
    defaults: Body = {
        "name": name,
        "level": level,
        "kind": kinds.get(level, "general"),
        "parent": parent,
        "approved_on": FOUNDED,
        "taken_over": level == 6,
    }
    return defaults | changes


def bodies() -> list[Body]:
    """Province, prefecture, county, two towns, a village; parents named by division code."""
    rows = [
        (PROVINCE, 1, None),
        (PREFECTURE, 2, PROVINCE),
        (COUNTY, 3, PREFECTURE),
        (TOWN, 4, COUNTY),
        (NEIGHBOUR, 4, COUNTY),
        (VILLAGE, 5, NEIGHBOUR),
    ]
    return [union(code, level, parent, division=code) | {"reference": code} for code, level, parent in rows]


async def settle(membership: Membership) -> dict[str, str]:
    """The bodies, two grassroots unions and a sub-union: name or code -> id."""
    results = await membership.bulk("unions", bodies())
    known = {code["reference"]: result["id"] for code, result in zip(bodies(), results, strict=True)}
    known["mill"] = str(await membership.done("unions", union("mill", 6, VILLAGE)))
    known["forge"] = str(await membership.done("unions", union("forge", 6, TOWN)))
    known["shop"] = str(await membership.done("unions", union("shop", 7, known["mill"])))
    return known


def employer(index: int = 1, unit: str = VILLAGE, **changes: Any) -> Body:
    defaults: Body = {
        "name": f"示例企业{index}",
        "kind": "private_enterprise",
        "credit_code": credit_code(index, "91"),
        "unit": unit,
        "registered_on": "1999-06-01",
    }
    return defaults | changes


def person(serial: int) -> str:
    """A citizen number of nobody; even serials are women."""
    return citizen_number(date(1980, 2, 29), serial)


def member(serial: int, union_: str, **changes: Any) -> Body:
    defaults: Body = {
        "union": union_,
        "document_kind": "citizen",
        "document_number": person(serial),
        "name": f"示例会员{serial}",
        "worker_kind": "general",
        "joined_on": "2006-03-01",
    }
    return defaults | changes
