"""Who asks: bearer tokens of one issuer, checked once and remembered by their hash while they are valid."""

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import jwt

from shared.codes import identity
from shared.errors import NotSignedIn
from shared.http.keys import ALGORITHMS, KeyRing
from shared.http.rates import Rates

LARGEST_TOKEN = 8 * 1024
SKEW_SECONDS = 60
REMEMBERED = 10_000
REMEMBERED_SECONDS = 300
# It stands in events and logs: an opaque id, so no addresses of people and nothing that needs quoting.
SUBJECT = re.compile(r"[A-Za-z0-9:._/|-]{1,100}")
WAY = "send Authorization: Bearer with a token of the issuer; the commands take it from UNIONSTREAM_TOKEN"


class TokenMissing(NotSignedIn):
    """Only health and metrics are answered without a token."""

    code = "token-missing"


class TokenTooLarge(NotSignedIn):
    """No token of an issuer is that long."""

    code = "token-too-large"


class TokenExpired(NotSignedIn):
    """Its time is over, or has not begun."""

    code = "token-expired"


class TokenForeign(NotSignedIn):
    """It was issued by somebody else, or for another audience."""

    code = "token-foreign"


class TokenBroken(NotSignedIn):
    """It is no token, it is not signed by a key of the issuer, or it lacks what is needed."""

    code = "token-broken"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks. A `founder` may do everything everywhere: that claim counts only where settings name it."""

    subject: str
    founder: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What a token has to say: by whom, for whom; `founder_claim`: the claim that makes a founder, if any."""

    issuer: str
    audience: str
    founder_claim: str = ""


class Tokens:
    """Checks the tokens of one issuer."""

    def __init__(
        self,
        rules: Rules,
        keys: KeyRing,
        clock: Callable[[], float] = time.time,
        rates: Rates | None = None,
    ) -> None:
        """`clock` tells seconds since 1970; `rates`: how often who may ask."""
        self.rates = rates or Rates()
        self._rules = rules
        self._keys = keys
        self._clock = clock
        self._known: OrderedDict[bytes, tuple[Caller, float]] = OrderedDict()

    async def caller(self, authorization: str) -> Caller:
        """Who the header speaks for; raises one of NotSignedIn, or IssuerUnavailable."""
        if len(authorization) > LARGEST_TOKEN:
            raise TokenTooLarge(f"more than {LARGEST_TOKEN} characters", field="Authorization", remedy=WAY)
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise TokenMissing("no bearer token", field="Authorization", remedy=WAY)
        mark = sha256(token.encode()).digest()
        known = self._known.get(mark)
        if known and known[1] > self._clock():
            return known[0]
        claims = await self._checked(token)
        caller = self._caller(claims)
        self._remember(mark, caller, claims["exp"])
        return caller

    def _remember(self, mark: bytes, caller: Caller, expires: float) -> None:
        until = min(expires, self._clock() + REMEMBERED_SECONDS)
        self._known[mark] = caller, until
        self._known.move_to_end(mark)
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)

    async def _checked(self, token: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            if header["alg"] not in ALGORITHMS or "crit" in header:
                raise _broken()
            key = await self._keys.key(str(header.get("kid", "")))
            if key is None:
                raise _broken()
            claims: dict[str, Any] = jwt.decode(
                token,
                key,  # its own algorithm is the only one that fits it
                algorithms=[key.algorithm_name],
                audience=self._rules.audience,
                issuer=self._rules.issuer,
                leeway=SKEW_SECONDS,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except (jwt.ExpiredSignatureError, jwt.ImmatureSignatureError):
            raise TokenExpired("the token is not valid now", field="Authorization", remedy=WAY) from None
        except (jwt.InvalidIssuerError, jwt.InvalidAudienceError):
            raise TokenForeign(
                "the token is not for this service", field="Authorization", remedy=WAY
            ) from None
        except (jwt.PyJWTError, ValueError, TypeError, KeyError, RecursionError):
            raise _broken() from None
        return claims

    def _caller(self, claims: dict[str, Any]) -> Caller:
        subject = str(claims["sub"])
        if not SUBJECT.fullmatch(subject) or identity.held_in(subject):
            remedy = "have the issuer use opaque subjects: letters, digits and : . _ / | -"
            raise TokenBroken("the subject cannot be used", field="Authorization", remedy=remedy)
        claim = self._rules.founder_claim
        return Caller(subject, bool(claim) and claims.get(claim) is True)


def _broken() -> TokenBroken:
    return TokenBroken("the token cannot be trusted", field="Authorization", remedy=WAY)
