"""Sentences of a template as sandboxed Jinja: what they print, checked before anything is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment

from unionstream.summary.faults import TemplateFault
from unionstream.summary.located import REMEDY, Located

OPEN, CLOSE = "\ue000", "\ue001"
# What a text is made of: words, figures, and what stands in an {% if %}.
PARTS = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Filter,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Not,
    nodes.And,
    nodes.Or,
)
PLAIN_WORDS = (
    "scope",
    "we",
    "year",
    "last_year",
    "next_year",
    "unit",
    "days",
    "as_of",
    "first",
    "last",
)


class Printed:
    """A figure in a sentence: prints itself with its measure word, and is true when it has facts.

    `word` gives it another measure word; nothing else can be done with it, so no number stands without one.
    """

    def __init__(self, mark: Callable[[str], str], *, has_facts: bool, word: str = "") -> None:
        """`mark` answers the text that stands for the figure until the sentence is split into runs."""
        self._mark = mark
        self._has_facts = has_facts
        self._word = word

    def __bool__(self) -> bool:
        """For {% if %}."""
        return self._has_facts

    def __str__(self) -> str:
        """The mark."""
        return self._mark(self._word)

    def under(self, word: str) -> Printed:
        """The same figure with this measure word."""
        return Printed(self._mark, has_facts=self._has_facts, word=word)


@dataclass(frozen=True)
class Phrase:
    """A parsed text: `needed` are the figures that it always prints, `optional` those inside an {% if %}.

    `words` are measure words that the text gives to figures.
    """

    source: Located
    template: Template
    needed: tuple[str, ...]
    optional: tuple[str, ...]
    words: dict[str, str]

    @property
    def figures(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(dict.fromkeys((*self.needed, *self.optional)))

    def render(self, values: dict[str, Any]) -> str:
        """With marks for figures; raises TemplateFault."""
        try:
            return self.template.render(values).replace("\n", "").strip()
        except (TemplateError, TypeError, ValueError) as error:
            raise TemplateFault(self.source, f"this cannot be printed: {error}", REMEDY) from error


def _word(value: Any, word: Any) -> Printed:
    if not isinstance(value, Printed) or not isinstance(word, str) or not word.strip():
        raise TypeError(
            "word() takes a figure and a measure word, as in {{ unions_established | word('家') }}"
        )
    return value.under(word)


def _environment() -> SandboxedEnvironment:
    made = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=False)
    made.globals.clear()
    made.filters = {"word": _word}
    return made


@lru_cache(maxsize=4096)
def _parsed(text: str) -> tuple[nodes.Template, Template]:
    environment = _environment()
    return environment.parse(text), environment.from_string(text)


def parse(source: Located) -> Phrase:
    """Raises TemplateFault with the line of what is wrong."""
    try:
        tree, template = _parsed(str(source))
    except TemplateSyntaxError as error:
        raise TemplateFault(
            _at(source, error.lineno), f"this is no template: {error.message}", REMEDY
        ) from error
    except TemplateError as error:
        raise TemplateFault(source, f"this is no template: {error}", REMEDY) from error
    if strange := next(_strange(tree), None):
        where = _at(source, strange.lineno)
        raise TemplateFault(where, f"a text cannot use {type(strange).__name__.lower()} here", REMEDY)
    names = [name for name in _names(tree, inside=False) if name[0] not in PLAIN_WORDS]
    needed = tuple(dict.fromkeys(name for name, inside, _ in names if not inside))
    optional = tuple(dict.fromkeys(name for name, inside, _ in names if inside and name not in needed))
    return Phrase(source, template, needed, optional, dict(_words(tree)))


def lines(source: Located) -> dict[str, Located]:
    """Where each name stands."""
    tree, _ = _parsed(str(source))
    return {name: _at(source, line, name) for name, _, line in _names(tree, inside=False)}


def _strange(node: nodes.Node) -> Iterator[nodes.Node]:
    """Everything else: loops, calls, attributes, arithmetic; a number among the texts has no measure word."""
    if not isinstance(node, PARTS) or (isinstance(node, nodes.Const) and not isinstance(node.value, str)):
        yield node
    for child in node.iter_child_nodes():
        yield from _strange(child)


def _names(node: nodes.Node, *, inside: bool) -> Iterator[tuple[str, bool, int]]:
    if isinstance(node, nodes.Name) and node.ctx == "load":
        yield node.name, inside, node.lineno
    for child in node.iter_child_nodes():
        yield from _names(child, inside=inside or isinstance(node, nodes.If | nodes.CondExpr))


def _words(tree: nodes.Node) -> Iterator[tuple[str, str]]:
    for each in tree.find_all(nodes.Filter):
        if isinstance(each.node, nodes.Name) and each.args and isinstance(each.args[0], nodes.Const):
            yield each.node.name, str(each.args[0].value)


def _at(source: Located, line: int, text: str = "") -> Located:
    return Located(text, source.file, source.line + line - 1 if source.line else 0)
