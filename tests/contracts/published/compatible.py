"""What a change of an event's body would break for those who read it.

A new field that may be missing breaks nobody. Anything else needs a new version of the type.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
WORDS = frozenset({"title", "description", "default", "examples", "$defs", "$id", "$schema"})


def broken(old: Schema, new: Schema) -> list[str]:
    """A sentence for each promise of the old body that the new one does not keep; empty when compatible."""
    return [*_broken("", _Resolved(old), _Resolved(new))]


class _Resolved:
    """A schema with its root, for the references in it."""

    def __init__(self, root: Schema, at: Schema | None = None) -> None:
        self.root = root
        here = root if at is None else at
        while "$ref" in here:
            here = root["$defs"][here["$ref"].rpartition("/")[2]]
        self.here = here

    def inside(self, word: str) -> dict[str, "_Resolved"]:
        value = self.here.get(word, {})
        named = value.items() if isinstance(value, Mapping) else enumerate(value)
        return {str(name): _Resolved(self.root, at) for name, at in named}

    @property
    def plain(self) -> Schema:
        """The own demands of this place, without those of places inside and without words for people."""
        inside = {"properties", "required", "items", "anyOf", "prefixItems", "additionalProperties", "$ref"}
        return {word: value for word, value in self.here.items() if word not in WORDS | inside}


def _broken(at: str, old: _Resolved, new: _Resolved) -> Iterator[str]:
    where = at or "the body"
    if old.plain != new.plain:
        yield f"{where} was {dict(old.plain)} and is {dict(new.plain)}"
    was, now = old.inside("properties"), new.inside("properties")
    yield from (f"{at}{name} is gone" for name in was if name not in now)
    yield from _required(at, old.here, new.here)
    for name in was.keys() & now.keys():
        yield from _broken(f"{at}{name}.", was[name], now[name])
    yield from _parts(at, old, new)


def _required(at: str, old: Schema, new: Schema) -> Iterator[str]:
    before, after = set(old.get("required", ())), set(new.get("required", ()))
    yield from (f"{at}{name} must be there now" for name in sorted(after - before))
    yield from (f"{at}{name} may be missing now" for name in sorted(before - after))


def _parts(at: str, old: _Resolved, new: _Resolved) -> Iterator[str]:
    for word in ("anyOf", "prefixItems"):
        was, now = old.inside(word), new.inside(word)
        if was.keys() != now.keys():
            yield f"{at}{word} has other choices"
        for name in was.keys() & now.keys():
            yield from _broken(f"{at}{word}[{name}].", was[name], now[name])
    for word in ("items", "additionalProperties"):
        was_one, now_one = old.here.get(word), new.here.get(word)
        if isinstance(was_one, Mapping) and isinstance(now_one, Mapping):
            one, other = _Resolved(old.root, was_one), _Resolved(new.root, now_one)
            yield from _broken(f"{at}{word}.", one, other)
        elif was_one != now_one:
            yield f"{at}{word} was {was_one} and is {now_one}"
