"""The roller: serial, it attributes what the worker wrote to the tree and adds it up.

turn.py   one turn, in one transaction
run.py    turns without end, in the one process that holds the lock
"""

from services.projection.roller.run import Roller
from services.projection.roller.turn import Turn, prepare, turn

__all__ = ["Roller", "Turn", "prepare", "turn"]
