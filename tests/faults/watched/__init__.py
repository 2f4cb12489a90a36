"""Every alert in a real Prometheus: it fires while its fault is there, and is over afterwards."""
