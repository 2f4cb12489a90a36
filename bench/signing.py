"""The tokens that measurements sign in with."""

from pathlib import Path

from unionstream.embedded.issuer import issuer_of


def token(data: Path, who: str = "bench", *, founder: bool = True) -> str:
    """For the services of the stack in that folder."""
    return issuer_of(data.absolute()).token(who, founder=founder)
