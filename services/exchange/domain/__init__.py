"""Rules of exchange: pure; no database, no broker, no clock."""
