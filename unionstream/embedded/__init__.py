"""The whole system on one machine, without containers: broker, PostgreSQL and services."""
