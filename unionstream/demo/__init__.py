"""The sample province: two real places, and what two printed summaries say happened there.

data/scenario.yaml   what happened: numbers, dates, places
data/expected.yaml   what the figures must then be, at every level
people.py tree.py    generated people and employers, the unions of every division
town.py              a town of Ningbo in 2006: unions established, members joining, dues arriving
founding.py          how its new unions were prepared, elected and approved
prefecture.py        an industry union of a prefecture of Guizhou, 2004 and 2005
steps.py sending.py  rows and single commands through the public interfaces, safe to repeat
loading.py           all stories in order, with progress
kept.py              what a run leaves for the next one
checking.py          the figures asked back and compared
"""
