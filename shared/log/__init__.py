"""From the event log to the topic: numbers, chain, and records in order, whatever dies on the way.

sequencer.py   numbers waiting rows and extends the chains
relay.py       one partition: sends what follows the marks, moves them when the broker has answered
producing.py   the producer of one partition, and how it is thrown away
tail.py        what the end of a partition holds
fork.py        where to go on, and when not to
leader.py      one leader at a time, to save double work; correctness does not rest on it
publisher.py   all of it together
"""
