"""File a demand: the one act that must never be lost, doubled or late. One transaction, one commit."""

from __future__ import annotations

import json
import os
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import psycopg.errors

from portal.adapters.database import DatabaseUnavailableError
from portal.domain.demand import Announcement, Channel, filing_day, name_key
from portal.domain.receipt import CHANNELS
from portal.domain.reference import new_reference
from portal.domain.register import Act, EntryKind
from portal.law import directory
from portal.services.actor import Actor
from portal.services.filing_statement import FILE
from portal.services.kit import Kit

TRIES = 4
"""How often a new reference is drawn when one is taken; 1 in 10^8 for each dossier that exists."""


@dataclass(frozen=True)
class Contact:
    """How and when the person turned to us. `instant` is aware; `reason` says why it is earlier than today."""

    channel: Channel
    instant: datetime
    time_known: bool = True
    reason: str | None = None


@dataclass(frozen=True)
class Attempt:
    """A checked proof of an attempt that could not be stored, brought along with this filing."""

    instant: datetime
    matches: bool


@dataclass(frozen=True)
class Filing:
    """All of one act of filing."""

    announcement: Announcement
    contact: Contact
    token: bytes
    """The form's one-time token, opened; the same token never files twice."""
    source: str | None = None
    """The network address, only to mark floods for staff."""
    attempt: Attempt | None = None
    situation: Mapping[str, Any] | None = None
    """The JSON form of what the person had said for an estimate, where they start with it; kept sealed."""


def competent_regions(commune_bfs: int | None, instant: datetime) -> tuple[str, ...]:
    """Every region that may be responsible on that day; all five when the commune is not known."""
    return regions_of(commune_bfs, filing_day(instant))


def regions_of(commune_bfs: int | None, day: date) -> tuple[str, ...]:
    """The same of a local day."""
    commune = None if commune_bfs is None else directory.commune(commune_bfs, day)
    return commune.candidate_regions if commune else tuple(region.id for region in directory.regions())


def file_demand(kit: Kit, actor: Actor, filing: Filing, received_at: datetime) -> bool:
    """Store the demand, its register entry, audit event and job in one commit. True if this call filed it.

    False: the same token has filed before; nothing is written. `received_at` is when the request reached the
    application. Raises DatabaseUnavailableError when the commit was not acknowledged, whatever the reason (it may
    then exist or not: filing again with the same token is safe).
    """
    values = _values(kit, actor, filing, received_at)
    for _ in range(TRIES):
        values |= _numbered(kit, filing, values)
        try:
            kit.database.single(FILE, values)
        except psycopg.errors.UniqueViolation as error:
            if error.diag.constraint_name == "uq_demand_token_hash":
                return False
            if error.diag.constraint_name != "uq_dossier_reference":
                raise DatabaseUnavailableError from error
        except (
            psycopg.Error
        ) as error:  # read-only, out of space, a fault of ours: it is not stored, and the person must know
            raise DatabaseUnavailableError from error
        else:
            return True
    raise RuntimeError("no free reference found")


def _values(kit: Kit, actor: Actor, filing: Filing, received_at: datetime) -> dict[str, Any]:
    """Everything that does not depend on the reference."""
    announcement, contact, person = filing.announcement, filing.contact, filing.announcement.person
    commune = (
        None
        if announcement.commune_bfs is None
        else directory.commune(announcement.commune_bfs, filing_day(contact.instant))
    )
    regions = competent_regions(announcement.commune_bfs, contact.instant)
    demand_id, adult_id = uuid.uuid4(), uuid.uuid4()
    answers = announcement.sealed_part() | {"first_contact_reason": contact.reason}
    if filing.situation is not None:
        answers["situation"] = dict(filing.situation)
    code = kit.keyring.access_codes(filing.token)[0]
    day_and_source = f"{filing_day(received_at)}|{filing.source}".encode()
    return {
        "dossier_id": uuid.uuid4(),
        "adult_id": adult_id,
        "demand_id": demand_id,
        "access_code_id": uuid.uuid4(),
        "recorded_at": received_at,
        "name": person.name,
        "latin_name": person.latin_name,
        "name_key": name_key(person.latin_name or person.name),
        "birth_date": person.birth_date,
        "birth_year": person.birth_year,
        "phone": person.phone,
        "email": person.email,
        "postal_address": person.postal_address,
        "unreachable": person.unreachable,
        "language": announcement.language,
        "interview_language": person.interview_language,
        "interpreter": person.interpreter,
        "code_hash": kit.keyring.digest("access-code", adult_id.bytes + code.encode()),
        "channel": contact.channel.value,
        "instant": contact.instant,
        "time_known": contact.time_known,
        "filing_date": filing_day(contact.instant),
        "recorded_by": actor.id if actor.region else None,
        "commune_bfs": announcement.commune_bfs,
        "region": regions[0] if len(regions) == 1 else None,
        "candidate_regions": list(regions),
        "antenna": commune.antenna if commune and len(regions) == 1 else None,
        "urgent_requested_at": contact.instant if announcement.urgent else None,
        "answers": kit.envelope.seal(json.dumps(answers).encode(), f"demand/{demand_id}"),
        "check_code": f"{secrets.randbelow(10**8):08d}",
        "token_hash": kit.keyring.digest("filing-token", filing.token),
        "source_hash": kit.keyring.digest("source", day_and_source) if filing.source else None,
        "attempted_at": filing.attempt.instant if filing.attempt else None,
        "attempt_matches": filing.attempt.matches if filing.attempt else None,
        "actor_kind": actor.kind.value,
        "actor_id": actor.id,
        "actor_region": actor.region,
        "request_id": actor.request_id,
        "job": json.dumps({"demand_id": str(demand_id)}),
    }


def _numbered(kit: Kit, filing: Filing, values: dict[str, Any]) -> dict[str, Any]:
    """The reference and what is signed with it."""
    salt, reference = os.urandom(32), new_reference(secrets.randbelow)
    act = Act(
        reference=reference,
        kind=EntryKind.FILING,
        channel=values["channel"],
        instant=values["instant"],
        recorded_at=values["recorded_at"],
        commune_bfs=values["commune_bfs"],
        content_hmac=filing.announcement.content_hmac(salt),
    )
    key_id, signature = kit.signer.sign(act.signed_bytes())
    return {
        "reference": reference,
        "salt": salt,
        "content_hmac": act.content_hmac,
        "key_id": key_id,
        "signature": signature,
    }


assert set(CHANNELS) == {channel.value for channel in Channel}  # noqa: S101 - two lists of one thing
