"""The classic outbox bug: rows after the last number given, instead of rows that have none yet."""

from services.membership.main import SERVICE
from shared.log import sequencer
from shared.process import main

sequencer.TAKE = """
WITH taken AS (
    DELETE FROM event_queue
    WHERE position = ANY (ARRAY(
        SELECT position FROM event_queue
        WHERE position > (SELECT coalesce(max(position), 0) FROM event_number)
        ORDER BY position LIMIT $1))
    RETURNING position)
SELECT position, stream, value FROM event_log
WHERE position = ANY (ARRAY(SELECT position FROM taken)) ORDER BY position"""

if __name__ == "__main__":
    main(SERVICE)
