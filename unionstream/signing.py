"""How this side signs in: one way for every client, whether it asks with httpx at once or in turns.

UNIONSTREAM_TOKEN holds a token of whatever issuer the services trust. Without it the local issuer of the
stack in a folder makes one, for the subject that a request names as `extensions={"actor": …}`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx

from unionstream.embedded.issuer import issuer_of

TOKEN = "UNIONSTREAM_TOKEN"  # noqa: S105  the name of a variable  # nosec B105
ACTOR = "cli"


class Signed(httpx.Auth):
    """Sets the bearer token of every request."""

    def __init__(self, token_of: Callable[[str], str], actor: str = ACTOR) -> None:
        """`token_of` gives the token for an actor; `actor` is who asks where a request does not say."""
        self._token_of = token_of
        self._actor = actor

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        """One request, as httpx wants it; a token of its own stays."""
        own = "Authorization" in request.headers
        if not own and (token := self._token_of(str(request.extensions.get("actor") or self._actor))):
            request.headers["Authorization"] = f"Bearer {token}"
        yield request


def signed(data: Path, actor: str = ACTOR) -> Signed:
    """For services of the stack in `data`, or of any other place if there is a token for it."""
    issuer = issuer_of(data.absolute())

    def token_of(actor: str) -> str:
        if given := os.environ.get(TOKEN):
            return given
        return issuer.kept(actor, founder=True) if issuer.file.exists() else ""

    return Signed(token_of, actor)


def asking_as(actor: str) -> dict[str, str]:
    """What a request says to ask in another name than its client's."""
    return {"actor": actor}
