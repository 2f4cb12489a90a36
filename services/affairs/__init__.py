"""Targets, plans, publications, records, narratives: what a union has set itself, and whether it was done."""
