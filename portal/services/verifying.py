"""Check a receipt: is it genuine, what date does it prove, was it corrected since? Says nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from portal.adapters.keyring import same_secret
from portal.domain.demand import filing_day, is_whole_day
from portal.domain.receipt import ReceiptFacts, ReceiptFormatError, canonical_bytes, decode
from portal.models import Demand, Dossier, RegisterEntry
from portal.services.kit import Kit


@dataclass(frozen=True)
class Genuine:
    """A receipt that is ours. `instant` is what it states; `corrected_to` an earlier day recorded since."""

    reference: str
    instant: datetime
    time_known: bool
    """False when staff knew the day of the contact but not the hour."""
    filing_date: date
    corrected_to: date | None
    withdrawn: bool


def verify_by_code(kit: Kit, reference: str | None, check_code: str | None) -> Genuine | None:
    """The receipt of this reference and check code, or None. Same work for an unknown reference."""
    with kit.database.transaction() as session:
        row = session.execute(
            select(Demand.check_code, RegisterEntry)
            .join(Dossier, Dossier.id == Demand.dossier_id)
            .join(RegisterEntry, RegisterEntry.sequence == Demand.register_sequence)
            .where(Dossier.reference == (reference or ""))
        ).one_or_none()
        stored, entry = (row[0], row[1]) if row else ("-" * 8, None)
        if not same_secret(stored.encode(), (check_code or "").encode()) or entry is None:
            return None
        return _genuine(entry, list(session.scalars(_entries(entry.reference))))


def verify_by_qr(kit: Kit, text: str) -> Genuine | None:
    """The receipt whose QR text this is, if our signature and our register agree with it; else None."""
    try:
        facts, key_id, signature = decode(text)
    except ReceiptFormatError:
        return None
    if not kit.signer.verify(key_id, canonical_bytes(facts), signature):
        return None
    with kit.database.transaction() as session:
        entries = list(session.scalars(_entries(facts.reference)))
    entry = next((entry for entry in entries if entry.sequence == facts.sequence), None)
    return _genuine(entry, entries) if entry and _agree(facts, entry) else None


def _entries(reference: str) -> Select[RegisterEntry]:
    return select(RegisterEntry).where(RegisterEntry.reference == reference).order_by(RegisterEntry.sequence)


def _agree(facts: ReceiptFacts, entry: RegisterEntry) -> bool:
    return same_secret(facts.entry_hash, entry.hash) and facts.instant == entry.instant.replace(microsecond=0)


def _genuine(entry: RegisterEntry, entries: list[RegisterEntry]) -> Genuine:
    later = [other for other in entries if other.sequence > entry.sequence]
    days = [filing_day(other.instant) for other in later if other.kind == "correction"]
    return Genuine(
        reference=entry.reference,
        instant=entry.instant,
        time_known=not is_whole_day(entry.instant),
        filing_date=filing_day(entry.instant),
        corrected_to=min(days) if days else None,
        withdrawn=any(other.kind == "withdrawal" for other in later),
    )
