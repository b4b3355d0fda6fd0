"""What every service needs from the outside world, wired once by the factory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.adapters.clock import Clock
from portal.adapters.database import Database
from portal.adapters.envelope import Envelope
from portal.adapters.keyring import Keyring
from portal.adapters.signing import Signer
from portal.settings import Settings


@dataclass(frozen=True)
class Kit:
    """Adapters and the few settings that services depend on."""

    database: Database
    clock: Clock
    keyring: Keyring
    envelope: Envelope
    signer: Signer
    public_url: str
    duty_addresses: Mapping[str, str]


def build_kit(configuration: Settings, clock: Clock) -> Kit:
    """The adapters of one process."""
    return Kit(
        database=Database(configuration.database_url),
        clock=clock,
        keyring=Keyring(configuration.secrets),
        envelope=Envelope(configuration.master_keys),
        signer=Signer(configuration.receipt_signing_key),
        public_url=configuration.public_url,
        duty_addresses=configuration.duty_addresses,
    )
