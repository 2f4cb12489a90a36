"""Metrics of the projection, beside the kernel's."""

from prometheus_client import Counter, Gauge, Histogram

FACTS = Counter("unionstream_projection_facts_total", "Facts written.")
DEAD_LETTERS = Counter(
    "unionstream_projection_dead_letters_total", "Events parked because they could not be read.", ["reason"]
)
DEAD_LETTERS_WAITING = Gauge(
    "unionstream_projection_dead_letters_waiting", "Events that wait to be redriven or dropped.", ["reason"]
)
INCOMPLETE = Gauge(
    "unionstream_projection_incomplete_metrics",
    "Metrics that waiting dead letters may still move: figures resting on them are flagged incomplete.",
)
REDRIVEN = Counter(
    "unionstream_projection_letters_redriven_total", "Dead letters that could be read at last."
)
DROPPED = Counter("unionstream_projection_letters_dropped_total", "Dead letters given up for a reason.")
BURST = Gauge("unionstream_projection_burst", "1 while a burst of dead letters holds the worker.", ["reader"])
COLOUR = Gauge(
    "unionstream_projection_colour",
    "1 for each colour at its stage: active, building, kept.",
    ["colour", "stage"],
)
BEHIND = Gauge(
    "unionstream_projection_roller_behind_events", "Events read and not rolled up yet, by colour.", ["colour"]
)
REBUILT = Gauge(
    "unionstream_projection_rebuild_ratio",
    "How much of what the active colour has read the building one has read too, from 0 to 1.",
)
FOLD_DIFFERS = Gauge(
    "unionstream_projection_fold_differs", "1 while the active colour was begun with another fold than ours."
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
RECORDED = Gauge(
    "unionstream_projection_recorded",
    "What was recorded so far of a few figures, by county: at most 200 of them, once a minute.",
    ["figure", "area"],
)
FRESHNESS = Histogram(
    "unionstream_projection_freshness_seconds",
    "From a command to its figure: the newest event of a turn, once a second at the most.",
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600),
)
ROLLING = Gauge("unionstream_projection_rolling", "1 in the process that is the roller.")
RESTATEMENTS = Counter(
    "unionstream_projection_restatements_total", "Figures of closed periods told to have changed."
)
RECONCILING = Gauge(
    "unionstream_reconciliation_reconciling", "1 in the process that holds figures against each other."
)
DIFFERENCES = Gauge("unionstream_reconciliation_differences", "Differences that stand, by check.", ["check"])
ROUNDS = Counter(
    "unionstream_reconciliation_rounds_total",
    "Rounds over all unions, papers and closings.",
)
OLDEST_LOOK = Gauge(
    "unionstream_reconciliation_oldest_look_seconds",
    "Age of the oldest look at anything.",
)
LOOK_SECONDS = Histogram(
    "unionstream_reconciliation_look_seconds",
    "Length of one look; it rests 32 times as long afterwards.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900),
)
RESTATING = Gauge("unionstream_projection_restating", "1 in the process that compares closed periods.")
