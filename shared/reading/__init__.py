"""Reading the streams: every record applied once and in order, holes closed, gaps and forks stopped.

incoming.py   a record, and what its owner does with it
judging.py    what is to be done with the records of one stream            pure
searches.py   streams that lack a number, and what is tried for each       pure
placing.py    where to start, and whether it is still the same topic       pure
progress.py   the rows that say how far each stream has been applied
take.py       one batch, one transaction; knows no Kafka
records.py    from a Kafka record to an Incoming
consuming.py  the consumer, with what is known of aiokafka
session.py    the life of one consumer
ends.py       what is only known at the end of a partition
reader.py     the worker loop that a service runs
"""
