"""Everything dies, under load, by a plan that a seed draws; then an auditor from outside compares it all.

    python -m tests.faults.harness --duration 10m --seed 7 --report docs/reliability-run.md

`plan` draws the faults, `cluster` is what they happen to, `injecting` does and undoes them, `proxies` stand
between clients and brokers, `disks` fill up, `clocks` jump, `course` runs load and plan together and has the
result judged, `report` tells it.
"""
