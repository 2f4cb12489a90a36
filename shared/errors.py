"""What can go wrong, as types with a stable code. Transports map the families; the rules never know HTTP.

Problem
├── Malformed      the input cannot be read                    422
├── NotSignedIn    nobody knows who asks                       401
├── NotFound       no such thing                               404
├── Gone           it was there, and is no more                410
├── NotPermitted   this actor may not                          403
├── TooManyRequests  this actor asks too often                 429, Retry-After
├── Refused        a rule of the field says no                 409
│   └── NotYetKnown  another service's fact has not arrived    409, Retry-After
├── ChangedMeanwhile  the caller saw an older version          412
├── Defect         the software is wrong                       500
└── Unavailable    a part of the system is down or full        503, Retry-After
"""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(eq=False)  # not frozen: Python itself sets __traceback__ and __notes__
class Problem(Exception):
    """One reason why nothing was done: `field` and `value` show where, `remedy` says what to do about it.

    `value` never holds personal data; leave it empty where the field does.
    """

    detail: str
    field: str = ""
    value: str = ""
    remedy: str = ""

    code: ClassVar[str] = "problem"

    def __str__(self) -> str:
        """The sentence for logs and terminals."""
        return f"{self.code}: {self.detail}"


class Malformed(Problem):
    """The input is not of the agreed shape."""

    code = "malformed"


class NotSignedIn(Problem):
    """No token, or none that can be trusted."""

    code = "not-signed-in"


class NotFound(Problem):
    """The thing that was named does not exist here."""

    code = "not-found"


class Gone(Problem):
    """The thing that was named existed once, and is not to be had any more, now or later."""

    code = "gone"


class NotPermitted(Problem):
    """The actor has no role for this at this unit."""

    code = "not-permitted"


class TooManyRequests(Problem):
    """This actor asks more often than anybody may; the others are served."""

    code = "too-many-requests"
    retry_after_seconds: ClassVar[int] = 1


class Refused(Problem):
    """A rule of the field forbids it; the same command will be refused again until facts change."""

    code = "refused"


class NotYetKnown(Refused):
    """This service's copy has not seen the id; the same command may succeed in a moment."""

    code = "not-yet-known"
    retry_after_seconds: ClassVar[int] = 1


class ChangedMeanwhile(Problem):
    """The version in If-Match is no longer the present one."""

    code = "changed-meanwhile"


class Unavailable(Problem):
    """A needed part is down, full or slow; nothing was done, or the key will tell whether it was."""

    code = "unavailable"
    retry_after_seconds: ClassVar[int] = 1


class Defect(Problem):
    """The software itself is wrong; the log has the trace under the request's id."""

    code = "internal"
