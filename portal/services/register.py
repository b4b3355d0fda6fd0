"""Verify the filing register and publish its signed head."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from portal.adapters.keyring import same_secret
from portal.adapters.objects import ObjectStore
from portal.domain.receipt import ReceiptFormatError, canonical_bytes, decode
from portal.domain.register import Act, Entry, EntryKind, Fault, faults, iso
from portal.models import RegisterEntry
from portal.services.kit import Kit

HEAD_TAG = "portal-vs/head/1"


class HeadFormatError(ValueError):
    """The file is not a signed head."""


@dataclass(frozen=True)
class Head:
    """How long the register was, and its last hash, at one instant; signed by the portal."""

    count: int
    hash: str
    instant: str
    key_id: str
    signature: str

    def signed_bytes(self) -> bytes:
        """The bytes under the signature."""
        return "|".join((HEAD_TAG, str(self.count), self.hash, self.instant)).encode()


@dataclass(frozen=True)
class Report:
    """What a verification found, and what it could not know."""

    entries: int
    faults: tuple[Fault, ...]
    unknown: tuple[str, ...]


def publish_head(kit: Kit, store: ObjectStore) -> Head:
    """Sign the register's present length and last hash and put them into the object store, under the day's name."""
    now = kit.clock.now()
    with kit.database.transaction() as session:
        last = session.scalars(select(RegisterEntry).order_by(RegisterEntry.sequence.desc()).limit(1)).one_or_none()
    unsigned = Head(last.sequence if last else 0, last.hash.hex() if last else "", iso(now), "", "")
    key_id, signature = kit.signer.sign(unsigned.signed_bytes())
    head = Head(unsigned.count, unsigned.hash, unsigned.instant, key_id, base64.b64encode(signature).decode())
    store.put(f"register-heads/{now:%Y-%m-%d}.json", json.dumps(vars(head)).encode(), "application/json")
    return head


def read_head(text: str) -> Head:
    """A head from its JSON; raises HeadFormatError."""
    try:
        data = json.loads(text)
        return Head(int(data["count"]), data["hash"], data["instant"], data["key_id"], data["signature"])
    except (ValueError, KeyError, TypeError) as error:
        raise HeadFormatError("not a signed head of the register") from error


def verify_register(kit: Kit, head: Head | None = None, receipt: str | None = None) -> Report:
    """Check every entry, against a signed head and a receipt's QR text where given."""
    found: list[Fault] = []
    hashes: dict[int, bytes] = {}

    def remembered() -> Iterator[Entry]:
        for entry in _entries(kit):
            hashes[entry.sequence] = entry.hash
            yield entry

    found.extend(faults(remembered(), kit.signer.verify))
    unknown = []
    if head is None:
        unknown.append(
            "whether entries are cut off at the end or all hashes were made anew: give a signed head (--head FILE)"
        )
    else:
        found.extend(_against_head(kit, head, hashes))
    if receipt is not None:
        found.extend(_against_receipt(kit, receipt, hashes))
    return Report(len(hashes), tuple(found), tuple(unknown))


def _entries(kit: Kit) -> Iterator[Entry]:
    with kit.database.transaction() as session:
        statement = select(RegisterEntry).order_by(RegisterEntry.sequence).execution_options(yield_per=1000)
        for row in session.scalars(statement):
            act = Act(
                reference=row.reference,
                kind=EntryKind(row.kind),
                channel=row.channel,
                instant=row.instant,
                recorded_at=row.recorded_at,
                commune_bfs=row.commune_bfs,
                content_hmac=row.content_hmac,
            )
            yield Entry(row.sequence, act, row.key_id, row.signature, row.previous_hash, row.hash)
            session.expunge(row)


def _against_head(kit: Kit, head: Head, hashes: dict[int, bytes]) -> Iterator[Fault]:
    try:
        signature = base64.b64decode(head.signature, validate=True)
    except ValueError:
        signature = b""
    if not kit.signer.verify(head.key_id, head.signed_bytes(), signature):
        yield Fault("signature", head.count, "the head is not signed by a known key")
    elif head.count and head.count not in hashes:
        last = max(hashes, default=0)
        yield Fault("cut-off", last + 1, f"the head knows {head.count} entries, the register ends at {last}")
    elif head.count and not same_secret(hashes[head.count].hex().encode(), head.hash.encode()):
        yield Fault("altered", head.count, f"entry {head.count} is not the one that the head was signed over")


def _against_receipt(kit: Kit, text: str, hashes: dict[int, bytes]) -> Iterator[Fault]:
    try:
        facts, key_id, signature = decode(text)
    except ReceiptFormatError:
        yield Fault("receipt", 0, "this is not the text of a receipt's QR code")
        return
    if not kit.signer.verify(key_id, canonical_bytes(facts), signature):
        yield Fault("receipt", facts.sequence, "the receipt is not signed by a known key")
    elif not same_secret(hashes.get(facts.sequence, b""), facts.entry_hash):
        yield Fault("receipt", facts.sequence, f"entry {facts.sequence} is not the one that the receipt names")
