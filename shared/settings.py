"""What every service process needs to be told. No default for an address or a secret."""

import socket
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.brokers import checked
from shared.streams import STREAMS
from shared.vault import Vault, open_vault


def _divides_streams(partitions: int) -> int:
    if STREAMS % partitions:
        msg = f"must divide {STREAMS}, the number of logical streams"
        raise ValueError(msg)
    return partitions


class ServiceSettings(BaseSettings):
    """Subclass with `env_prefix="MEMBERSHIP_"` and so on; a bad environment fails at the start, by name."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    database_url: SecretStr
    kafka: Annotated[str, AfterValidator(checked)]
    partitions: Annotated[int, Field(gt=0), AfterValidator(_divides_streams)] = 6
    http_host: str
    http_port: int
    operations_port: int
    """Health and metrics, which nobody has to sign in for."""
    oidc_issuer: str
    oidc_audience: str = "unionstream"
    oidc_keys: str = ""
    """File or address of the issuer's public keys; if left out, its own description names the address."""
    oidc_founder_claim: str = ""
    """A claim whose bearer may do everything, to grant the first roles; none where it is not named."""
    requests_per_second: int = 1000
    """Of each actor; twice as many at once."""
    database_connections: int = 8
    checkpoint_key_file: Path | None = None
    """The key that signs the heads of this service's streams; none: they are not signed."""


class FollowerSettings(ServiceSettings):
    """`instance` names a worker among those of its group and stays the same over restarts."""

    instance: str = Field(default_factory=socket.gethostname)


class SealingSettings(ServiceSettings):
    """Of a service with a vault: the master keys are in a file, or a program prints them (`shared.keys`)."""

    master_key_file: Path | None = None
    master_key_command: SecretStr | None = None

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.master_key_file is None) == (self.master_key_command is None):
            raise ValueError("give either master_key_file or master_key_command")
        return self

    def vault(self) -> Vault:
        """Opened; raises KeyFileUnusable."""
        if self.master_key_command is not None:
            return open_vault(self.master_key_command.get_secret_value())
        assert self.master_key_file is not None
        return open_vault(self.master_key_file)
