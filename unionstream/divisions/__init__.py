"""The tree of real places: national statistics divisions, shipped compressed, loadable for any province."""

from unionstream.divisions.loading import load
from unionstream.divisions.model import Division, DivisionsInvalid, RetiredDivision
from unionstream.divisions.retired import load_retired

__all__ = ["Division", "DivisionsInvalid", "RetiredDivision", "load", "load_retired"]
