"""The gate before every operation: nobody passes without a token, and inside it is known who asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.errors import NotSignedIn, TooManyRequests, Unavailable
from shared.http.keys import KeyRing, source_of
from shared.http.problems import response_of
from shared.http.rates import Rates
from shared.http.refusing import template
from shared.http.tokens import Caller, Rules, TokenMissing, Tokens

_ASKING: ContextVar[tuple[Caller, Scope]] = ContextVar("asking")


STRICT = {
    b"cache-control": b"no-store",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"referrer-policy": b"no-referrer",
    b"strict-transport-security": b"max-age=63072000",
    b"x-content-type-options": b"nosniff",
}
"""What every answer says: nobody keeps it, frames it, guesses at it or asks again without TLS."""


def _strict(send: Send) -> Send:
    async def strictly(message: Message) -> None:
        if message["type"] == "http.response.start":
            known = {name for name, _ in message["headers"]}
            own = [(name, value) for name, value in STRICT.items() if name not in known]
            message = {**message, "headers": [*message["headers"], *own]}
        await send(message)

    return strictly


def caller() -> Caller:
    """Who asks in the request under way; raises NotSignedIn where no gate let it in."""
    try:
        return _ASKING.get()[0]
    except LookupError:
        raise TokenMissing("nobody is signed in", field="Authorization", remedy="sign in") from None


@contextmanager
def signed_in(asking: Caller, scope: Scope) -> Iterator[None]:
    """Whoever is asked for in here is this caller, with this request."""
    before = _ASKING.set((asking, scope))
    try:
        yield
    finally:
        _ASKING.reset(before)


def operation() -> str:
    """What is asked in the request under way, parameters left open; raises LookupError outside of one."""
    scope = _ASKING.get()[1]
    return f"{scope['method']} {template(scope)}"


def tokens_of(rules: Rules, keys: str, per_second: int) -> Tokens:
    """The check of tokens; `keys` as of `source_of`, and so many requests a second of each actor."""
    return Tokens(rules, KeyRing(source_of(rules.issuer, keys)), rates=Rates(per_second))


class Gate:
    """Answers 401 to whoever has no good token; plain ASGI, so that what is inside sees the caller."""

    def __init__(self, app: ASGIApp, tokens: Tokens) -> None:
        """Stands before `app`."""
        self._app = app
        self._tokens = tokens

    async def _let_in(self, scope: Scope) -> Caller:
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        if len(given) > 1:
            raise TokenMissing("several tokens", field="Authorization", remedy="send one")
        asking = await self._tokens.caller(given[0].decode("latin-1") if given else "")
        self._tokens.rates.take(asking.subject)
        return asking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        strictly = _strict(send)
        try:
            asking = await self._let_in(scope)
        except (NotSignedIn, TooManyRequests, Unavailable) as problem:
            await response_of(problem)(scope, receive, strictly)
            return
        with signed_in(asking, scope):
            await self._app(scope, receive, strictly)
