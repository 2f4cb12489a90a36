"""Figures and trail of every level, folded from the event streams."""
