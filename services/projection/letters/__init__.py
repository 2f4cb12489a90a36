"""Dead letters: events that could not be read, kept whole at their position until redriven or dropped.

listing.py    what waits, what was redriven, what was dropped
redriving.py  read again, and worked in at the old position
dropping.py   given up, for a reason, on the trail
bursts.py     so many at once that the worker stopped, and how it goes on
operating.py  the sessions that these changes are made in
answers.py    the shapes of requests and answers
api.py        the addresses
"""
