"""The unions of every division: one body per place, under its real parent, with the names places once had."""

from collections.abc import Iterator, Mapping
from datetime import date

from unionstream.demo.scenario import Province, Scenario
from unionstream.demo.steps import Known, Row, Single, Step, Story
from unionstream.divisions import Division, RetiredDivision, load, load_retired

SUFFIX = {5: "工会联合会"}
KIND = {5: "federation"}
COUNTY = 3


def division(code: str) -> str:
    """How the body of a division is known to later steps."""
    return f"division/{code}"


def bodies(scenario: Scenario) -> Story:
    """The bodies of all provinces, parents first, each under the name that its place had at the founding."""
    for province in scenario.provinces:
        former = {each[-1].successor_code: each[0] for each in histories(scenario, province)}
        rows = [body(each, scenario.founded_on, former) for each in chosen(province)]
        yield Step(f"bodies of province {province.province}", "membership", "/v1/unions/bulk", rows)


def renamings(scenario: Scenario, known: Known) -> Story:
    """Places that got new names and codes: the same union, under a new name from that day."""
    changes = [
        (old.valid_to, known[division(history[-1].successor_code)], old, new)
        for province in scenario.provinces
        for history in histories(scenario, province)
        for old, new in zip(history, [*names(history)[1:]], strict=True)
    ]
    yield Single(
        "new names of places",
        "membership",
        [
            (
                f"/v1/unions/{union}/rename",
                {"name": title(new[1], old.level), "division": new[0], "effective_on": on.isoformat()},
                f"rename/{old.code}",
            )
            for on, union, old, new in sorted(changes, key=lambda each: (each[0], each[2].code))
        ],
    )


def histories(scenario: Scenario, province: Province) -> Iterator[list[RetiredDivision]]:
    """Chains of retired names that end at a living place; the town merged away is told by its own story."""
    retired = [each for each in load_retired(province.province) if each.code != scenario.town.code]
    before = {each.successor_code: each for each in retired}
    for each in retired:
        if each.successor_code not in {other.code for other in retired}:
            history = [each]
            while history[0].code in before:
                history.insert(0, before[history[0].code])
            yield history


def names(history: list[RetiredDivision]) -> list[tuple[str, str]]:
    """(code, name) through time, the present one last."""
    last = history[-1].successor_code
    present = next(each for each in load(last[:2]) if each.code == last)
    return [*((each.code, each.name) for each in history), (present.code, present.name)]


def chosen(province: Province) -> Iterator[Division]:
    """The divisions of a province that the demo loads."""
    for each in load(province.province):
        prefix = province.whole_prefecture
        wanted = province.whole or (prefix and each.code.startswith(prefix))
        if each.level <= COUNTY or (wanted and each.level <= province.deepest):
            yield each


def body(each: Division, founded: date, former: Mapping[str, RetiredDivision]) -> Row:
    """A row that establishes the body of one place; `former` has the first name of places that had others."""
    first = former.get(each.code, each)
    above = former.get(each.parent_code or "")
    return {
        "reference": division(each.code),
        "name": title(first.name, each.level),
        "level": each.level,
        "kind": KIND.get(each.level, "general"),
        "form": "committee",
        # Bodies of one request are found by the code they were founded with.
        "parent": above.code if above else each.parent_code,
        "division": first.code,
        "approved_on": founded.isoformat(),
    }


def title(place: str, level: int) -> str:
    """The usual name of the body of a place."""
    return place.removesuffix("委会" if level == 5 else "") + SUFFIX.get(level, "总工会")
