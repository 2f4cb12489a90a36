"""Steps of a scenario become rows and commands; each may use the ids that earlier ones brought."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from unionstream.demo.expressions import BadExpression, Scope, compute, filled, scope_of
from unionstream.demo.functions import FUNCTIONS, generated
from unionstream.demo.story import Course, Names, Step, Use

Body = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """A row, or a command with the path that it has of its own."""

    path: str
    body: Body


@dataclass(frozen=True)
class Batch:
    """Everything that one step sends; `name` is unique in its story, `many` says that ids come as a list."""

    title: str
    service: str
    name: str
    items: tuple[Item, ...]
    actor: str
    bulk: bool
    many: bool
    in_order: bool


class Telling:
    """The names that a story has so far: quantities, places, and ids of what its steps brought."""

    def __init__(self, values: Mapping[str, Any], block: int, courses: Mapping[str, Course]) -> None:
        """`block` keeps the generated people and employers of stories apart."""
        self.names: Scope = scope_of(FUNCTIONS, generated(block), values)
        self._courses = courses
        self._number = 0

    def steps(self, steps: tuple[Step | Names | Use, ...]) -> Iterator[tuple[Step, Scope, str]]:
        """Each step with the scope that it is computed in and the name that it gets."""
        for step in steps:
            if isinstance(step, Use):
                yield from self._course(step)
            else:
                yield from self._one(step, self.names, "")

    def keep(self, step: Step, scope: Scope, name: str, ids: list[str] | str) -> None:
        """Later steps know these ids by the step's name; within a course also by its short one."""
        if step.as_:
            self.names[name] = ids
            scope[step.as_] = ids

    def _course(self, use: Use) -> Iterator[tuple[Step, Scope, str]]:
        course = self._courses.get(use.use)
        if course is None:
            raise BadExpression(f"{use.as_}: there is no course “{use.use}” in courses.yaml")
        given = _named(use.with_, self.names, use.as_)
        unknown = sorted(set(given) - set(course.needs) - set(course.defaults))
        lacking = sorted(set(course.needs) - set(given))
        if unknown or lacking:
            raise BadExpression(f"{use.as_}: course “{use.use}” lacks {lacking}, does not know {unknown}")
        scope = scope_of(self.names, given)
        scope.update(_named({k: v for k, v in course.defaults.items() if k not in given}, scope, use.as_))
        for step in course.steps:
            yield from self._one(step, scope, f"{use.as_}_")

    def _one(self, step: Step | Names, scope: Scope, before: str) -> Iterator[tuple[Step, Scope, str]]:
        if isinstance(step, Names):
            scope.update(_named(step.set, scope, before))
        else:
            yield step, scope, before + (step.as_ or self._numbered())

    def _numbered(self) -> str:
        self._number += 1
        return f"step_{self._number}"


def _named(templates: Mapping[str, Any], scope: Scope, where: str) -> Scope:
    """Values by name; each may use those before it."""
    local = scope_of(scope)
    for name, template in templates.items():
        try:
            local[name] = filled(template, local)
        except BadExpression as why:
            raise BadExpression(f"{where}{name}: {why}") from why
    return {name: local[name] for name in templates}


def expand(step: Step, scope: Scope, name: str) -> Batch:
    """Compute everything that a step sends. Raises BadExpression, which names the step."""
    service, _, path = step.to.partition(" ")
    bulk = path.endswith("/bulk")
    try:
        items = tuple(_items(step, scope, f"/v1/{path}"))
    except BadExpression as why:
        raise BadExpression(f"step {name}: {why}") from why
    many = bulk or step.repeat is not None or bool(step.over)
    title = step.title or name.replace("_", " ")
    return Batch(title, service, name, items, f"demo:{step.by or 'recording'}", bulk, many, step.in_order)


def _items(step: Step, scope: Scope, path: str) -> Iterator[Item]:
    for variables in _turns(step, scope):
        local = scope_of(scope, variables)
        for name, template in step.let.items():
            local[name] = filled(template, local)
        if not step.when or compute(step.when, local):
            more = compute(step.plus, local) if step.plus else {}
            yield Item(str(filled(path, local)), filled(step.row, local) | filled(more, local))


def _turns(step: Step, scope: Scope) -> Iterator[dict[str, Any]]:
    """The variables of each turn: `n` from 0, and one element of each list."""
    if step.repeat is None and not step.over:
        yield {"n": 0}
        return
    lists = {name: list(compute(source, scope)) for name, source in step.over.items()}
    lengths = {len(values) for values in lists.values()}
    if step.repeat is not None:
        lengths.add(compute(step.repeat, scope) if isinstance(step.repeat, str) else step.repeat)
    if len(lengths) != 1:
        raise BadExpression(f"the lists have different lengths: { {k: len(v) for k, v in lists.items()} }")
    for n in range(lengths.pop()):
        yield {"n": n} | {name: values[n] for name, values in lists.items()}
