"""Business services, each with its own database, topic and processes."""
