"""A township-enterprise industry union in Guizhou: 94 unions become 149, 4,680 members 7,402."""

from collections.abc import Iterator
from datetime import date
from itertools import count

from unionstream.demo.people import member_row
from unionstream.demo.scenario import Prefecture, Scenario
from unionstream.demo.steps import Known, Row, Single, Step, Story, days, spread
from unionstream.demo.tree import division
from unionstream.divisions import load

FIRST_PERSON = 100_000
COUNTY, TOWN = 3, 4


def tell(scenario: Scenario, known: Known) -> Story:
    """Industry unions of prefecture and counties, grassroots unions on both lines, members in and out."""
    story = scenario.prefecture
    counties = _places(story, COUNTY)
    founded = scenario.founded_on
    yield Step("the industry union", "membership", "/v1/unions/bulk", [_head(story, known, founded)])
    below = [_county_industry(code, story, known, founded) for code in counties]
    yield Step("industry unions of the counties", "membership", "/v1/unions/bulk", below)
    yield Step(
        "township enterprise unions", "membership", "/v1/unions/bulk", list(_unions(story, counties, known))
    )
    yield Step("their members", "membership", "/v1/members/bulk", list(_members(story, known)))
    yield _leavings(story, known)


def _places(story: Prefecture, level: int) -> list[str]:
    prefix = story.code[:4]
    return [each.code for each in load(prefix[:2]) if each.level == level and each.code.startswith(prefix)]


def _head(story: Prefecture, known: Known, founded: date) -> Row:
    return {
        "reference": "industry/head",
        "name": "乡镇企业行业工会",
        "level": 2,
        "kind": "industry",
        "form": "committee",
        "parent": str(known[division(story.code)]),
        "approved_on": founded.isoformat(),
    }


def _county_industry(code: str, story: Prefecture, known: Known, founded: date) -> Row:
    return {
        "reference": f"industry/{code}",
        "name": "县乡镇企业行业工会",
        "level": 3,
        "kind": "industry",
        "form": "committee",
        "parent": str(known[division(code)]),
        "lines": [{"line": story.line, "parent": str(known["industry/head"])}],
        "approved_on": founded.isoformat(),
    }


def _unions(story: Prefecture, counties: list[str], known: Known) -> Iterator[Row]:
    towns = {code: [each for each in _places(story, TOWN) if each[:6] == code[:6]] for code in counties}
    dates = [date(2003, 5, 20)] * story.unions_before
    dates += days(date(story.year, 1, 10), date(story.year, 12, 31), story.unions_established)
    for n, on in enumerate(dates):
        county = counties[n % len(counties)]
        town = towns[county][n // len(counties) % len(towns[county])]
        yield {
            "reference": f"union/township/{n}",
            "name": f"示例乡镇企业工会 {n}",
            "level": 6,
            "kind": "enterprise",
            "form": "committee",
            "parent": str(known[division(town)]),
            "lines": [{"line": story.line, "parent": str(known[f"industry/{county}"])}],
            "approved_on": on.isoformat(),
            "taken_over": True,
        }


def _members(story: Prefecture, known: Known) -> Iterator[Row]:
    index = count(FIRST_PERSON)
    unions = [
        str(known[f"union/township/{n}"]) for n in range(story.unions_before + story.unions_established)
    ]
    old, new = unions[: story.unions_before], unions[story.unions_before :]
    for union, members in zip(old, spread(story.members_before, len(old)), strict=True):
        yield from (member_row(next(index), union, date(2003, 6, 30)) for _ in range(members))
    late = date(story.year, 12, 31)
    for union, members in zip(new, spread(story.joined_in_new_unions, len(new)), strict=True):
        yield from (member_row(next(index), union, late) for _ in range(members))
    rest = story.members_joined - story.joined_in_new_unions
    for n, on in enumerate(days(date(story.year, 1, 5), late, rest)):
        yield member_row(next(index), old[n % len(old)], on)


def _leavings(story: Prefecture, known: Known) -> Single:
    end = date(story.year, 12, 31)
    return Single(
        "members leaving",
        "membership",
        [
            (
                f"/v1/members/{known[f'member/{FIRST_PERSON + 20 * n}']}/leave",
                {"left_on": on.isoformat(), "reason": "resigned"},
                f"leave/{n}",
            )
            for n, on in enumerate(days(date(story.year, 2, 1), end, story.members_left))
        ],
    )
