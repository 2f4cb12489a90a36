"""Kinds of fund sources and purposes, as the catalogues have them."""

from shared.catalogues import Catalogue, Entry, catalogue, catalogue_of


class Source(Entry):
    """Where money comes from; see the head of the catalogue."""

    account: str
    holders_only: bool = False


def sources() -> Catalogue[Source]:
    """All sources."""
    return catalogue_of("fund_sources", Source)


def purposes() -> Catalogue[Entry]:
    """All purposes."""
    return catalogue("fund_purposes")
