"""Figures held against each other: what ought to agree and does not, with the events behind it.

relations.yaml  what figures of one report have to do with each other
relations.py    the same, read and evaluated
reports.py      declared and reported figures: against relations, against each other, against computed ones
tree.py         children against their parent, transfers out against transfers in, parts against their whole
behind.py       where a sum is wrong, by month or day and child, and the events there
run.py          all of it for one union and period
looks.py        one thing after the other that there is to look at
standing.py     what stood at the last look at each, and since when
continuous.py   looking without end, slowly, in one process of the active colour
"""
