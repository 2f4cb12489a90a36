"""Numbers and codes of people, organisations and places (DOMAIN COD-01 to COD-08): pure checks, no I/O."""
