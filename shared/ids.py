"""Identifiers: UUIDv7, so that rows written together lie together in the indexes."""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """A fresh UUIDv7; ids drawn later in one process compare greater."""
    return uuid_utils.compat.uuid7()
