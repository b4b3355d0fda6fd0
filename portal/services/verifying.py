"""Check a receipt: is it genuine, what date does it prove, was it corrected since? Says nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select

from portal.adapters.keyring import same_secret
from portal.domain.demand import filing_day, is_whole_day
from portal.domain.receipt import ReceiptFacts, ReceiptFormatError, canonical_bytes, decode
from portal.domain.register import EntryKind
from portal.models import ChangeReport, Demand, Dossier, RegisterEntry
from portal.services.kit import Kit


@dataclass(frozen=True)
class Genuine:
    """A receipt that is ours. `instant` is what it states; `corrected_to` an earlier day recorded since."""

    reference: str
    report: bool
    """Whether it is of a change that was reported, not of the demand."""
    instant: datetime
    time_known: bool
    """False when staff knew the day of the contact but not the hour."""
    filing_date: date
    corrected_to: date | None
    withdrawn: bool


def verify_by_code(kit: Kit, reference: str | None, check_code: str | None) -> Genuine | None:
    """The receipt of this reference and check code, or None: an announcement's, or a report's. Unknown references cost the
    same work.
    """
    of_demand = select(Demand.check_code, Demand.register_sequence).join(Dossier, Dossier.id == Demand.dossier_id)
    of_report = select(ChangeReport.check_code, ChangeReport.register_sequence).join(
        Dossier, Dossier.id == ChangeReport.dossier_id
    )
    known = Dossier.reference == (reference or "")
    given = (check_code or "").encode()
    with kit.database.transaction() as session:
        rows = session.execute(of_demand.where(known).union_all(of_report.where(known))).all()
        found = [row.register_sequence for row in rows if same_secret(row.check_code.encode(), given)]
        if not rows:
            same_secret(b"-" * 8, given)
        if not found:
            return None
        entries = list(session.scalars(_entries(reference or "")))
    return _genuine(next(entry for entry in entries if entry.sequence == found[0]), entries)


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
    report = entry.kind == EntryKind.REPORT
    # A correction or a withdrawal is of the announcement; a report is taken back by an entry over the same content.
    days = [filing_day(other.instant) for other in later if other.kind == EntryKind.CORRECTION and not report]
    ending = EntryKind.REPORT_WITHDRAWAL if report else EntryKind.WITHDRAWAL
    return Genuine(
        reference=entry.reference,
        report=report,
        instant=entry.instant,
        time_known=not is_whole_day(entry.instant),
        filing_date=filing_day(entry.instant),
        corrected_to=min(days) if days else None,
        withdrawn=any(
            other.kind == ending and (not report or same_secret(other.content_hmac, entry.content_hmac))
            for other in later
        ),
    )
