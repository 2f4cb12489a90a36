"""The local issuer of an embedded stack: its key is a file, and whoever may read that may be anybody.

UNIONSTREAM_ISSUER_KEY names another key file, so that several stacks take the same tokens.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

ISSUER = "https://issuer.unionstream.invalid"
AUDIENCE = "unionstream"
FOUNDER = "unionstream_founder"
KEY_FILE = "UNIONSTREAM_ISSUER_KEY"
SECONDS = 8 * 3600
SPARE_SECONDS = 600
MOST_KEPT = 1000


@dataclass
class Issuer:
    """Signs tokens with the key whose 32 bytes stand in `file` in hex."""

    file: Path
    _made: dict[tuple[str, bool], tuple[str, float]] = field(default_factory=dict)

    def token(self, subject: str, *, founder: bool = False, seconds: int = SECONDS, **more: Any) -> str:
        """A fresh token for a subject; `more` claims, which may replace the usual ones."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "iat": now, "exp": now + seconds}
        said = claims | ({FOUNDER: True} if founder else {}) | more
        return jwt.encode(said, self._key, algorithm="EdDSA", headers={"kid": self.kid})

    def kept(self, subject: str, *, founder: bool = False) -> str:
        """The same, made once and used again until it is about to expire."""
        known = self._made.get((subject, founder))
        if known and known[1] > time.time():
            return known[0]
        while len(self._made) >= MOST_KEPT:
            del self._made[next(iter(self._made))]
        made = self.token(subject, founder=founder)
        self._made[subject, founder] = made, time.time() + SECONDS - SPARE_SECONDS
        return made

    @property
    def kid(self) -> str:
        """The id of the key, made from its public half."""
        return sha256(self._key.public_key().public_bytes_raw()).hexdigest()[:16]

    def key_set(self) -> str:
        """The public key as services read it."""
        public: dict[str, Any] = OKPAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return json.dumps({"keys": [public | {"kid": self.kid, "use": "sig", "alg": "EdDSA"}]})

    @cached_property
    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(self.file.read_text("ascii").strip()))


def issuer_of(data: Path) -> Issuer:
    """The issuer of the stack in `data`; its key is made when the stack starts for the first time."""
    return Issuer(Path(os.environ.get(KEY_FILE) or data / "issuer.key"))
