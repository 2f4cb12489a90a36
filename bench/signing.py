"""The token that measurements sign in with."""

from pathlib import Path

from unionstream.embedded.issuer import issuer_of


def token(data: Path) -> str:
    """For the services of the stack in that folder."""
    return issuer_of(data.absolute()).token("bench", founder=True)
