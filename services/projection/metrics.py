"""Metrics of the projection, beside the kernel's."""

from prometheus_client import Counter, Gauge, Histogram

FACTS = Counter("unionstream_projection_facts_total", "Facts written.")
DEAD_LETTERS = Counter(
    "unionstream_projection_dead_letters_total", "Events parked because they could not be read.", ["reason"]
)
ROLLED = Counter(
    "unionstream_projection_rolled_events_total", "Events the roller has brought into the roll-ups."
)
PLACED = Counter("unionstream_projection_placed_units_total", "Units whose ancestors were computed anew.")
TURN_SECONDS = Histogram(
    "unionstream_projection_turn_seconds",
    "Length of a roller's turn that had work.",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
ROLLING = Gauge("unionstream_projection_rolling", "1 in the process that is the roller.")
