"""From records to rows: reading one record, the rows of a batch, the integer keys, the statements.

reading.py   one record read and folded, or the reason why it cannot be
batch.py     the rows of a batch
keys.py      integers for units and breakdown values
nodes.py     attributes of units
"""
