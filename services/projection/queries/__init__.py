"""Questions to the projection, one module per question; nothing here writes."""
