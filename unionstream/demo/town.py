"""A town of Ningbo in 2006: seven unions established, 376 members joining, dues arriving month by month.

The town was merged into its neighbour in 2013: its villages move, then its own union merges.
"""

from collections.abc import Iterator
from datetime import date
from itertools import count
from uuid import UUID

from unionstream.demo.founding import prepared
from unionstream.demo.people import employer_code, member_row
from unionstream.demo.scenario import Scenario, Town
from unionstream.demo.steps import Known, Row, Single, Step, Story, days, spread
from unionstream.demo.tree import division

EARLIER = date(2000, 3, 1)
JANUARY_TO_JULY = 7
FIRST_PERSON = 0


def tell(scenario: Scenario, known: Known) -> Story:
    """The whole story, in the order in which it happened; `known` fills as the steps are sent."""
    town = scenario.town
    yield Step("the town", "membership", "/v1/unions/bulk", [_town(town, scenario.founded_on)])
    yield _villages_of_then(town, known)
    yield Step("employers of the town", "membership", "/v1/employers/bulk", list(_employers(town, known)))
    yield Single("sales of the year before", "membership", _scales(town, known))
    yield Step("unions of the town", "membership", "/v1/unions/bulk", list(_unions(town, known)))
    yield from prepared(town, known)
    yield Step("a sub-union", "membership", "/v1/unions/bulk", [_sub_union(town, known)])
    yield Step("a group", "membership", "/v1/unions/bulk", [_group(town, known)])
    yield Step("members of the town", "membership", "/v1/members/bulk", list(_members(town, known)))
    yield _establishment_target(town, known)
    yield _dues_target(town, known)
    yield Step("dues of the town", "finance", "/v1/dues/receipts/bulk", list(_dues(town, known)))


def merged_away(scenario: Scenario, known: Known) -> Story:
    """May 2013: the villages move to the neighbouring town, then the town's union merges into its union."""
    town, successor = scenario.town, str(known[division(scenario.town.successor)])
    on = town.merged_on.isoformat()
    yield Single(
        "villages move",
        "membership",
        [
            (
                f"/v1/unions/{known[division(code)]}/move",
                {"parent": successor, "effective_on": on},
                f"move/{code}",
            )
            for code in town.villages
        ],
    )
    path = f"/v1/unions/{known[division(town.code)]}/merge"
    yield Single(
        "the town's union merges", "membership", [(path, {"successor": successor, "on": on}, "merge/town")]
    )


def _town(town: Town, founded: date) -> Row:
    return {
        "reference": division(town.code),
        "name": f"{town.name}总工会",
        "level": 4,
        "kind": "general",
        "form": "committee",
        "parent": town.county,
        "division": town.code,
        "approved_on": founded.isoformat(),
    }


def _villages_of_then(town: Town, known: Known) -> Single:
    """Today's edition lists the villages under the successor; at the founding they belonged to the town."""
    parent = str(known[division(town.code)])
    return Single(
        "villages of then",
        "membership",
        [
            (
                f"/v1/unions/{known[division(code)]}/move",
                {"parent": parent, "effective_on": "1990-01-01"},
                f"then/{code}",
            )
            for code in town.villages
        ],
    )


def _employers(town: Town, known: Known) -> Iterator[Row]:
    wanted = len(town.established) + town.enterprise_unions_before
    wanted += len(town.villages) * town.small_employers_per_village
    for n in range(wanted):
        yield {
            "reference": f"employer/{n}",
            "name": f"示例企业{n}有限公司",
            "kind": "enterprise",
            "credit_code": employer_code(n),
            "unit": str(known[division(town.villages[n % len(town.villages)])]),
            "registered_on": "1999-06-01",
        }


def _scales(town: Town, known: Known) -> list[tuple[str, Row, str]]:
    return [
        (
            f"/v1/employers/{known[f'employer/{n}']}/scale",
            {"assessed_on": f"{town.year}-01-05", "sales_fen": each.sales_yuan * 100},
            f"scale/{n}",
        )
        for n, each in enumerate(town.established)
    ]


def _unions(town: Town, known: Known) -> Iterator[Row]:
    small = count(len(town.established) + town.enterprise_unions_before)
    for n, code in enumerate(town.villages):
        employers = [str(known[f"employer/{next(small)}"]) for _ in range(town.small_employers_per_village)]
        yield _union(f"village/{n}", code, "village_joint", EARLIER, known) | {
            "form": "joint",
            "taken_over": True,
            "employers": employers,
        }
    for n in range(town.enterprise_unions_before):
        employer = known[f"employer/{len(town.established) + n}"]
        village = town.villages[1 + n % (len(town.villages) - 1)]
        old = {"employers": [str(employer)], "taken_over": True}
        yield _union(f"old/{n}", village, "enterprise", EARLIER, known) | old


def _union(reference: str, village: str, kind: str, on: date, known: Known) -> Row:
    return {
        "reference": f"union/{reference}",
        "name": f"示例工会 {reference}",
        "level": 6,
        "kind": kind,
        "form": "committee",
        "parent": str(known[division(village)]),
        "approved_on": on.isoformat(),
    }


def _sub_union(town: Town, known: Known) -> Row:
    return _inner(town, known["union/new/0"]) | {
        "reference": "union/sub-union",
        "name": "示例分会",
        "level": 7,
        "kind": "sub_union",
    }


def _group(town: Town, known: Known) -> Row:
    return _inner(town, known["union/sub-union"]) | {
        "reference": "union/group",
        "name": "示例工会小组",
        "level": 8,
        "kind": "group",
    }


def _inner(town: Town, parent: UUID) -> Row:
    return {
        "form": "committee",
        "parent": str(parent),
        "approved_on": town.established[0].approved_on.isoformat(),
    }


def _members(town: Town, known: Known) -> Iterator[Row]:
    index = count(FIRST_PERSON)
    for union, joined_on in _joinings(town):
        yield member_row(next(index), str(known[union]), joined_on)


def _joinings(town: Town) -> Iterator[tuple[str, date]]:
    old = [f"union/old/{n}" for n in range(town.enterprise_unions_before)]
    for union in old:
        yield from ((union, date(2005, 6, 1)) for _ in range(town.members_of_each_before))
    for n in range(len(town.villages)):
        yield from ((f"union/village/{n}", date(2003, 6, 1)) for _ in range(town.members_of_village_union))
    first, *others = town.established
    yield from (("union/group", first.approved_on) for _ in range(town.in_group))
    yield from (("union/sub-union", first.approved_on) for _ in range(town.in_sub_union))
    rest = first.members - town.in_group - town.in_sub_union
    yield from (("union/new/0", first.approved_on) for _ in range(rest))
    for n, each in enumerate(others, start=1):
        yield from ((f"union/new/{n}", each.approved_on) for _ in range(each.members))
    for n, on in enumerate(days(date(town.year, 1, 9), date(town.year, 8, 31), town.joining_elsewhere)):
        yield old[n % len(old)], on
    for n, on in enumerate(days(date(town.year, 9, 1), date(town.year, 12, 28), town.joining_after_august)):
        yield old[n % len(old)], on


def _establishment_target(town: Town, known: Known) -> Single:
    body = {
        "year": town.year,
        "population": "above_scale",
        "unions": town.establishment_target,
        "issuer": str(known[division(town.county)]),
        "set_on": f"{town.year}-01-04",
    }
    path = f"/v1/unions/{known[division(town.code)]}/target"
    return Single("target of unions", "membership", [(path, body, "target/unions")])


def _dues_target(town: Town, known: Known) -> Single:
    body = {
        "unit": str(known[division(town.code)]),
        "year": town.year,
        "amount_fen": town.dues_target_fen,
        "issuer": str(known[division(town.county)]),
        "set_on": f"{town.year}-01-04",
    }
    return Single("target of dues", "finance", [("/v1/dues/targets", body, "target/dues")])


def _dues(town: Town, known: Known) -> Iterator[Row]:
    payers = town.enterprise_unions_before
    amounts = spread(town.dues_to_july_fen, payers * JANUARY_TO_JULY) + spread(
        town.dues_of_august_fen, payers
    )
    for n, amount in enumerate(amounts):
        month, payer = 1 + n // payers, n % payers
        yield {
            "reference": f"dues/{month}/{payer}",
            "union": str(known[f"union/old/{payer}"]),
            "channel": "tax" if payer % 3 == 0 else "own",
            "amount_fen": amount,
            "received_on": date(town.year, month, 15 if n % 2 else 31 if month in {1, 7} else 28).isoformat(),
            "period": f"{town.year}-{month:02d}",
        }
