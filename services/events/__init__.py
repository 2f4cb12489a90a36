"""What a union holds. The noun in code is activity: an event is always a domain event."""
