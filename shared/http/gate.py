"""The gate before every operation: nobody passes without a token, and inside it is known who asks."""

from contextvars import ContextVar

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.errors import NotSignedIn, Unavailable
from shared.http.keys import KeyRing, source_of
from shared.http.problems import response_of
from shared.http.tokens import Caller, Rules, TokenMissing, Tokens

_ASKING: ContextVar[Caller] = ContextVar("caller")


def caller() -> Caller:
    """Who asks in the request under way; raises NotSignedIn where no gate let it in."""
    try:
        return _ASKING.get()
    except LookupError:
        raise TokenMissing("nobody is signed in", field="Authorization", remedy="sign in") from None


def tokens_of(rules: Rules, keys: str) -> Tokens:
    """The check of tokens; `keys` as of `source_of`."""
    return Tokens(rules, KeyRing(source_of(rules.issuer, keys)))


class Gate:
    """Answers 401 to whoever has no good token; plain ASGI, so that what is inside sees the caller."""

    def __init__(self, app: ASGIApp, tokens: Tokens) -> None:
        """Stands before `app`."""
        self._app = app
        self._tokens = tokens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = [value for name, value in scope["headers"] if name == b"authorization"]
        try:
            if len(given) > 1:
                raise TokenMissing("several tokens", field="Authorization", remedy="send one")
            asking = await self._tokens.caller(given[0].decode("latin-1") if given else "")
        except (NotSignedIn, Unavailable) as problem:
            await response_of(problem)(scope, receive, send)
            return
        before = _ASKING.set(asking)
        try:
            await self._app(scope, receive, send)
        finally:
            _ASKING.reset(before)
