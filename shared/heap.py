"""The garbage collector, told what kind of process this is."""

import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 50


def settle() -> None:
    """Once, when everything is imported: look for cycles seldom, and never again among what is there now.

    Batches hold tens of thousands of objects that live for milliseconds and form no cycles. With Python's own
    thresholds the collector walks through them, and through every imported module, again and again: it took
    two thirds of the time in which a worker reads events.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
