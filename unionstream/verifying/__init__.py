"""Recomputing every hash chain from the topics, and comparing topic, log and trail. Shares no code with them.

records.py     the records of a topic as they lie there, with their raw headers
chains.py      numbers and links recomputed, stream by stream
databases.py   what the log and the trail say
checkpoints.py signed heads: their signatures, and what they say of a stream
comparing.py   one topic verified as a whole
places.py      where topics, logs and trail are, for the stack on this machine
"""
