"""Figures held against each other: what ought to agree and does not, with the events behind it.

relations.yaml  what figures of one report have to do with each other
relations.py    the same, read and evaluated
reports.py      declared and reported figures: against relations, against each other, against computed ones
tree.py         children against their parent, transfers out against transfers in, parts against their whole
run.py          all of it for one union and period; and, slowly, for every report there is
"""
