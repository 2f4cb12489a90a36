"""Two projections side by side, blue and green: one answers, the other is built anew or kept to go back to.

A colour is a PostgreSQL schema with all tables of a projection and its own progress. One row names the
active one, and every reader and worker follows that row.

frame.py        the schemas, the row, and the addresses of both
fingerprint.py  what tells one fold from another
following.py    worker and roller of the active colour
rolling.py      the roller of a colour that does not answer yet
comparing.py    what two colours do not say alike, at one cut
rebuilding.py   the job that brings up the other colour and switches to it
"""
