"""Every metric of the kernel, with its meaning. Labels are few and bounded: no unit, no member, no key."""

from prometheus_client import Counter, Gauge, Histogram

COMMANDS = Counter(
    "unionstream_commands_total", "Commands by what became of them.", ["command", "outcome", "code"]
)
HTTP_SECONDS = Histogram(
    "unionstream_http_request_seconds",
    "Time to answer an HTTP request.",
    ["method", "route", "status"],
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
OVERLOADED = Counter(
    "unionstream_http_overloaded_total",
    "Requests that were told to come back, as too many were served.",
)
DRAINING = Gauge("unionstream_draining", "1 from the signal to stop until the process has ended.")
JOB_PROGRESS = Gauge(
    "unionstream_job_progress_ratio", "How far a job is with a step: from 0 to 1, done.", ["step"]
)
BULK_PAUSES = Counter(
    "unionstream_bulk_pauses_total", "Times that rows in bulk had to wait for the topic to catch up."
)
SEQUENCED = Counter("unionstream_events_sequenced_total", "Events that got their number.", ["topic"])
RELAYED = Counter("unionstream_events_relayed_total", "Events the broker has acknowledged.", ["topic"])
RELAY_ERRORS = Counter(
    "unionstream_relay_errors_total",
    "Produce errors; each one makes the relay resend from the hole.",
    ["topic"],
)
TAILS_LOST = Counter(
    "unionstream_relay_tails_lost_total",
    "Times that a partition had lost records which the broker had confirmed.",
    ["topic"],
)
LEADING = Gauge(
    "unionstream_relay_leading", "1 in the process that numbers and relays this topic.", ["topic"]
)
FORKED = Gauge(
    "unionstream_relay_fork", "1 when topic and event log disagree and the relay refuses.", ["topic"]
)
ADOPTED = Counter(
    "unionstream_log_adopted_events_total",
    "Events that a log without them has taken over from its own topic.",
    ["topic"],
)
CHECKPOINTS = Counter("unionstream_checkpoints_total", "Heads of streams signed.", ["topic"])
CHECKPOINT_ERRORS = Counter(
    "unionstream_checkpoint_errors_total",
    "Times that signed heads could not be published at once.",
    ["topic"],
)
CHECKPOINT_FAULTS = Gauge(
    "unionstream_checkpoint_faults", "Streams whose log is not what was signed of it last.", ["topic"]
)
LOG_WAITING = Gauge(
    "unionstream_log_waiting_events", "Events logged but not acknowledged by the broker.", ["topic"]
)
LOG_OLDEST = Gauge("unionstream_log_oldest_waiting_seconds", "Age of the oldest such event.", ["topic"])
READ = Counter("unionstream_events_read_total", "Events applied by a reader of a topic.", ["reader", "topic"])
REPEATS = Counter("unionstream_events_repeated_total", "Repeats that a reader dropped.", ["reader", "topic"])
HALTED = Gauge("unionstream_streams_halted", "Streams a reader has stopped, by reason.", ["reader", "reason"])
LAG = Gauge(
    "unionstream_reader_lag_events", "Records between a reader and the end of the topic.", ["reader", "topic"]
)
COPIES_PASSED = Counter(
    "unionstream_copies_passed_total", "Records that the copies of a service passed by.", ["topic", "reason"]
)
LAG_SECONDS = Gauge(
    "unionstream_reader_lag_seconds",
    "Since the last event that a reader applied was numbered; 0 at the end of the topic.",
    ["reader", "topic"],
)
CHAIN_CHECKS = Counter(
    "unionstream_chain_checks_total",
    "Events whose link in the hash chain a reader has recomputed: right, or wrong.",
    ["reader", "topic", "outcome"],
)
BROKER_REACHABLE = Gauge(
    "unionstream_broker_reachable", "1 while the broker answers this process, by what asks it.", ["client"]
)
BULK_ROWS = Counter(
    "unionstream_bulk_rows_total", "Rows of imported lists by what became of them.", ["command", "outcome"]
)
CONNECTIONS = Gauge(
    "unionstream_database_connections",
    "Connections to the database: open, idle of these, and the most that there may be.",
    ["state"],
)
READ_FOREIGN = Counter(
    "unionstream_records_foreign_total",
    "Records without a number of ours, or in a wrong partition, that a reader left out.",
    ["reader", "topic"],
)
