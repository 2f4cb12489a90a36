"""What a change of an interface would break for its callers.

They may be answered more and asked for less. A command that is gone, a field that is newly asked for or no
longer taken, an answer that lacks what it had: those need an address of their own (`/v2`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.contracts.published.compatible import broken

Said = Mapping[str, Any]
ASKED_FOR, MAY_BE_MISSING = " must be there now", " may be missing now"


def broken_interface(old: Said, new: Said) -> list[str]:
    """A sentence for each promise of the old description that the new one does not keep."""
    return [
        f"{method.upper()} {path}: {fault}"
        for path, item in old["paths"].items()
        for method, operation in item.items()
        for fault in _broken(operation, new["paths"].get(path, {}).get(method), (old, new))
    ]


def _broken(was: Said, now: Said | None, roots: tuple[Said, Said]) -> Iterator[str]:
    if now is None:
        yield "is gone"
        return
    known = {each["name"] for each in was.get("parameters", ())}
    for each in now.get("parameters", ()):
        if each.get("required") and each["name"] not in known:
            yield f"asks for {each['name']}"
    for fault in _compared(was.get("requestBody", {}), now.get("requestBody", {}), roots):
        if not fault.endswith(MAY_BE_MISSING):
            yield f"body: {fault}"
    for status, answer in was.get("responses", {}).items():
        if status.startswith("2"):
            yield from _answers(status, answer, now["responses"].get(status), roots)


def _answers(status: str, was: Said, now: Said | None, roots: tuple[Said, Said]) -> Iterator[str]:
    if now is None:
        yield f"no longer answers {status}"
        return
    for fault in _compared(was, now, roots):
        if not fault.endswith(ASKED_FOR):
            yield f"{status}: {fault}"


def _compared(was: Said, now: Said, roots: tuple[Said, Said]) -> list[str]:
    """By the JSON that both can carry."""
    old, new = (_schema(each, root) for each, root in zip((was, now), roots, strict=True))
    if old is None:
        return []
    return ["is gone"] if new is None else broken(old, new)


def _schema(said: Said, root: Said) -> Said | None:
    schema = said.get("content", {}).get("application/json", {}).get("schema")
    if schema is None:
        return None
    return {"$defs": root["components"]["schemas"], **schema}
