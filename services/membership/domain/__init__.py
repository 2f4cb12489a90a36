"""The rules of membership: pure functions of states and dates, no I/O, no clock, no ids drawn.

dates.py         what every business date must satisfy
unions.py        a union: its state, its timelines, what it claims as its own
establishing.py  establishing, renaming, changing its form, its targets
tree.py          where it hangs: moves, industry lines
endings.py       merging and dissolving
approaching.py   employers without a union: targeted, refusing, noticed
preparing.py     a union on its way: requested, approved, elected
employers.py     employers: register, headcount, scale
covering.py      covered by one union at a time
committees.py    committees and their terms; elections.py, electing.py how they come about
women.py         committees and commissioners of women workers
officers.py      officers and posts; trainings.py what cadres learn
conditions.py    what a union has to work with; departments.py how its office is organised
people.py        the register of people
members.py       a person's membership, for life
joining.py       join, transfer, leave
standing.py      retire, retain, resume, correct
"""
