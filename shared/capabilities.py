"""The register of capabilities: what the system can do, and by which commands, events, figures, tests.

Each service says its own in `services/<name>/capabilities/*.yaml`; tests carry the mark
`@pytest.mark.capability("CAP-001")`. `python -m shared.capabilities` writes docs/capabilities.md.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from shared.yamls import read_yaml

ROOT = Path(__file__).parents[1]
MARK = "pytest.mark.capability"
PAGE = ROOT / "docs" / "capabilities.md"

HEAD = """# Capabilities

Written from the services' own registers by `make docs`: which aggregate keeps what, which commands act on it,
which events they record, which figures those move, and the tests that drive the whole course through the
public interfaces and read the figures at several levels.
"""


class Capability(BaseModel):
    """One line of the register; `events` are types without their service, such as ReliefPaid.v1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^CAP-\d{3}$")
    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)
    aggregate: str = Field(min_length=1)
    commands: tuple[str, ...] = Field(min_length=1)
    events: tuple[str, ...] = Field(min_length=1)
    figures: tuple[str, ...] = Field(min_length=1)


def register() -> dict[str, tuple[Capability, ...]]:
    """By service, in the order of their ids; raises ValueError for one that is registered twice."""
    known: dict[str, list[Capability]] = defaultdict(list)
    for path in sorted(ROOT.glob("services/*/capabilities/*.yaml")):
        lines = read_yaml(path.read_text("utf-8")) or ()
        known[path.parents[1].name] += [Capability.model_validate(line) for line in lines]
    ids = [each.id for capabilities in known.values() for each in capabilities]
    if twice := {each for each in ids if ids.count(each) > 1}:
        raise ValueError(f"registered twice: {sorted(twice)}")
    return {service: tuple(sorted(each, key=lambda c: c.id)) for service, each in sorted(known.items())}


def tests() -> Mapping[str, tuple[str, ...]]:
    """Capability to the tests that carry its mark, as `path::function`."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for id_, function in _marked(ast.parse(path.read_text("utf-8"))):
            found[id_].append(f"{path.relative_to(ROOT).as_posix()}::{function}")
    return {id_: tuple(names) for id_, names in found.items()}


def page() -> str:
    """The whole page."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield HEAD
    shown = tests()
    for service, capabilities in register().items():
        yield f"## `services/{service}`\n"
        yield "| id | 中文 | English | aggregate | commands | events | figures | tests |"
        yield "|---|---|---|---|---|---|---|---|"
        for each in capabilities:
            links = (f"[{name.split('::')[1]}](../{name.split('::')[0]})" for name in shown.get(each.id, ()))
            cells = (
                each.id,
                each.zh,
                each.en,
                each.aggregate,
                *(_listed(names) for names in (each.commands, each.events, each.figures)),
                "<br>".join(links),
            )
            yield f"| {' | '.join(cells)} |"
        yield ""


def _listed(names: tuple[str, ...]) -> str:
    return "<br>".join(f"`{name}`" for name in names)


def _marked(module: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == MARK:
                    yield from ((str(ast.literal_eval(each)), node.name) for each in decorator.args)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
