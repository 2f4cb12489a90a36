"""The write side: from typed commands to one statement in PostgreSQL, singly or a thousand at a time.

kinds.py       what an aggregate is: its state, how events change it, what it claims as unique
needs.py       what a use case reads, and how all needs of a batch are read in one round
work.py        what a use case sees and says while it decides
submission.py  commands on their way in, and what became of them
batch.py       one attempt at some commands
desk.py        groups, conflicts, repeats; the only caller of the database's `record`
bulk.py        many rows in one request
"""
