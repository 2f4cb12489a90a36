"""Free ports on loopback."""

from __future__ import annotations

import secrets
import socket

from unionstream.embedded.faults import EmbeddedFault

LOOPBACK = "127.0.0.1"
# Below the range from which systems take the ports of outgoing connections, so that none of those
# takes a chosen port before the server has bound it.
LOWEST, HIGHEST = 17000, 32000
TRIES = 200


def free_port() -> int:
    """A port nobody listens on now, chosen at random so that stacks side by side do not meet."""
    for _ in range(TRIES):
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        if _can_bind(port):
            return port
    raise EmbeddedFault(
        f"No free port between {LOWEST} and {HIGHEST} on {LOOPBACK}.",
        remedy="Stop some of the servers that listen there and try again.",
    )


def free_ports(count: int) -> list[int]:
    """`count` different free ports."""
    ports: list[int] = []
    while len(ports) < count:
        port = free_port()
        if port not in ports:
            ports.append(port)
    return ports


def _can_bind(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def listening(port: int, host: str = LOOPBACK) -> bool:
    """Whether something accepts connections on this port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0
