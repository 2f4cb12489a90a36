"""Closed periods held against what is known now; what differs is a restatement, an event of its own.

reports.py    what was reported, and the values of a report's figures at a cut
suspects.py   which closed periods what has arrived may have changed, and the events between two cuts
comparing.py  one report compared and brought up to date
telling.py    restatements as events in the projection's own log
run.py        passes without end, in one process of the active colour
"""

from services.projection.restating.run import Restater, one_pass

__all__ = ["Restater", "one_pass"]
