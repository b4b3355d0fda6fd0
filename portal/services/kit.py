"""What every service needs from the outside world, wired once by the factory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from portal.adapters.clock import Clock
from portal.adapters.database import Database
from portal.adapters.envelope import Envelope
from portal.adapters.gate import Gate, GatedStore
from portal.adapters.keyring import Keyring
from portal.adapters.objects import ObjectStore
from portal.adapters.signing import Signer
from portal.settings import S3Settings, Settings

READ_SECONDS: Final = 4
"""Looking at something that was sent: one try, as somebody sits before an empty page."""
WRITE_SECONDS: Final = 10
WRITE_ATTEMPTS: Final = 2
"""Keeping something that is sent: it is answered within about 22 seconds, and the proxy gives up after 30."""


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
    store: ObjectStore


def build_kit(configuration: Settings, clock: Clock, *, web: bool = True) -> Kit:
    """The adapters of one process; none of them speaks to the network yet. `web`: people wait for its answers."""
    return Kit(
        database=Database(configuration.database_url),
        clock=clock,
        keyring=Keyring(configuration.secrets),
        envelope=Envelope(configuration.master_keys),
        signer=Signer(configuration.receipt_signing_key),
        public_url=configuration.public_url,
        duty_addresses=configuration.duty_addresses,
        store=_store(configuration.s3, web=web),
    )


def _store(s3: S3Settings, *, web: bool) -> ObjectStore:
    """The store; where people wait, behind a gate, so that a store that hangs cannot stop pages that need no file."""
    if not web:
        return ObjectStore(**asdict(s3))
    return GatedStore(
        reading=ObjectStore(**asdict(s3), read_timeout=READ_SECONDS, max_attempts=1),
        writing=ObjectStore(**asdict(s3), read_timeout=WRITE_SECONDS, max_attempts=WRITE_ATTEMPTS),
        gate=Gate(),
    )
