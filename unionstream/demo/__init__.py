"""The sample: a province, and in it what ten printed summaries say happened in ten unions.

tests/summaries/   the summaries as data: what happened, what is printed (packed into the wheel)
story.py           those files, typed
expressions.py functions.py drawing.py   the language of the files; the numbers, as printed or drawn anew
expanding.py       steps become rows and commands
ground.py telling.py posting.py people.py   places, order, the public interfaces, generated people
asking.py coverage.py   the figures asked back; how many of the printed ones came out
land.py tree.py loading.py kept.py   the provinces of the demo, everything with progress, what a run leaves
"""
