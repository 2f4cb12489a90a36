"""Checkpoints: heads of streams, signed, so that nobody can change afterwards what a topic held.

notes.py      the signed text (C2SP tlog-checkpoint in a signed note) and the key that signs it
signing.py    signs what the broker has confirmed, keeps it, publishes it
"""
