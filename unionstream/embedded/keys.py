"""Passwords and keys of one stack, made on its first start and kept in its folder for its owner alone."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from shared.checkpoints.notes import Signer
from shared.keys import KEY_BYTES, MasterKeys
from unionstream.embedded.issuer import FOUNDER, ISSUER, issuer_of

FILE = "passwords.json"
PUBLIC_KEYS = "checkpoint.keys"


@dataclass
class Keys:
    """Everything secret about the stack in `data`; each is made when first asked for, and then stays."""

    data: Path

    def password(self, role: str) -> str:
        """The PostgreSQL password of a role."""
        kept = self._read()
        if role not in kept:
            kept[role] = secrets.token_hex(16)
            _write(self.data / FILE, json.dumps(kept, indent=1))
        return kept[role]

    def master_key_file(self, service: str) -> Path:
        """A file with 32 random bytes in hex. Without it what the service has encrypted cannot be read."""
        file = self.data / f"{service}-master.key"
        if not file.exists():
            _write(file, secrets.token_hex(32))
        return file

    def add_master_key(self, service: str) -> None:
        """Another present key for the service, beside those it has; its processes follow the file."""
        file = self.master_key_file(service)
        keys = MasterKeys.of(file.read_text(encoding="ascii"))
        _write(file, keys.with_new(secrets.token_bytes(KEY_BYTES)).text)

    def drop_earlier_master_keys(self, service: str) -> int:
        """Take all but the present key away; returns how many. What is still under them opens never again."""
        file = self.master_key_file(service)
        keys = MasterKeys.of(file.read_text(encoding="ascii"))
        if len(keys.keys) > 1:
            _write(file, keys.present_alone.text)
        return len(keys.keys) - 1

    def checkpoint_key_file(self, service: str) -> Path:
        """A file with the key that signs the heads of a service's streams; its public half is listed."""
        file = self.data / f"{service}-checkpoint.key"
        if not file.exists():
            signer = Signer(f"union.{service}", secrets.token_bytes(32))
            with (self.data / PUBLIC_KEYS).open("a", encoding="utf-8") as public:
                public.write(signer.verifier + "\n")
            _write(file, signer.secret)
        return file

    def signing_in(self) -> dict[str, str]:
        """What a service is told about the issuer, whose key is made if there is none yet."""
        issuer = issuer_of(self.data)
        if not issuer.file.exists():
            _write(issuer.file, secrets.token_hex(32))
        file = self.data / "issuer.jwks"
        _write(file, issuer.key_set())
        return {"OIDC_ISSUER": ISSUER, "OIDC_KEYS": str(file), "OIDC_FOUNDER_CLAIM": FOUNDER}

    def _read(self) -> dict[str, str]:
        try:
            kept: dict[str, str] = json.loads((self.data / FILE).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return kept


def _write(file: Path, text: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(file)
