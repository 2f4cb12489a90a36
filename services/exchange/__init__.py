"""Streams for other agencies: agreements as data; what is filtered, reduced and re-keyed under them."""
