"""Reading the streams: every record applied once and in order, holes closed, gaps and forks stopped.

incoming.py   a record, and what its owner does with it
"""
