"""YAML whose every text knows the file and line it stands in, so that a fault can name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

import yaml

from unionstream.summary.faults import TemplateFault

REMEDY = "Mend the line, or remove the file from --templates to use the one that ships with the product."


class Located(str):
    """A text of a template with its place."""

    file: str
    line: int

    __slots__ = ("__dict__",)

    def __new__(cls, text: str, file: str = "", line: int = 0) -> Self:
        """`line` counts from 1."""
        made = super().__new__(cls, text)
        made.file = file
        made.line = line
        return made


def read(text: str, file: str) -> Any:
    """The document; every scalar text in it is `Located`. Raises TemplateFault."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        return None if node is None else _built(node, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Located("", file, mark.line + 1 if mark else 0)
        raise TemplateFault(where, f"this is no YAML: {error.problem}", REMEDY) from error
    except yaml.YAMLError as error:
        raise TemplateFault(file, f"this is no YAML: {error}", REMEDY) from error


def place(document: Any, path: tuple[Any, ...], file: str) -> Located:
    """Where the thing at this path stands, or the nearest thing around it that is there."""
    found, nearest = document, Located("", file)
    for step in path:
        if isinstance(found, dict):
            nearest = next((key for key in found if key == step), nearest)
        try:
            found = found[step]
        except (KeyError, IndexError, TypeError):
            break
    return next(_texts(found), nearest)


def _texts(value: Any) -> Iterator[Located]:
    if isinstance(value, Located):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _built(node: yaml.Node, file: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {_built(key, file): _built(value, file) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_built(item, file) for item in node.value]
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str":
        block = 1 if node.style in ("|", ">") else 0
        return Located(node.value, file, node.start_mark.line + 1 + block)
    return yaml.safe_load(node.value)
