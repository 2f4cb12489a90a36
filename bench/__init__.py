"""Measurements, each beside its yardstick."""
