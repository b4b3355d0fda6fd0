"""What every service needs from the outside world, wired once by the factory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.adapters.clock import Clock
from portal.adapters.database import Database
from portal.adapters.envelope import Envelope
from portal.adapters.keyring import Keyring
from portal.adapters.signing import Signer


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
