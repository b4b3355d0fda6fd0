"""Make receipts and slips from a demand: the words in both languages, the signed facts, the QR text."""

from __future__ import annotations

from sqlalchemy import select

from portal.adapters.typesetting import (
    ReceiptSheet,
    SlipSheet,
    receipt_pdf,
    slip_pdf,
)
from portal.domain.receipt import ReceiptFacts, canonical_bytes, encode
from portal.i18n.languages import official_beside
from portal.models import RegisterEntry
from portal.services.clocks import clocks_of
from portal.services.demands import DemandView
from portal.services.kit import Kit
from portal.services.receipt_texts import Proof, receipt_text, slip_text


def receipt_qr_text(kit: Kit, view: DemandView) -> str:
    """The address in a receipt's QR code: our verify page with the signed facts. No secret is in it."""
    return _qr_text(kit, view, _proof(kit, view))


def make_receipt(kit: Kit, view: DemandView, language: str) -> bytes:
    """The receipt as PDF, in the official language and in `language`."""
    proof = _proof(kit, view)
    official = official_beside(language, view.region)
    clocks = clocks_of(view, proof.day)
    texts = [receipt_text(code, view, proof, clocks, kit.public_url) for code in (official, language)]
    return receipt_pdf(
        ReceiptSheet(
            instant=view.recorded_at,
            name=view.person.name or "",
            name_latin=view.person.latin_name or "",
            reference=view.reference,
            check_code=view.check_code,
            sequence=proof.facts.sequence,
            entry_hash=proof.facts.entry_hash,
            qr_text=_qr_text(kit, view, proof),
            official=texts[0],
            own=texts[1] if language != official else None,
        )
    )


def make_slip(kit: Kit, view: DemandView, access_code: str, language: str) -> bytes:
    """The slip «for you alone» as PDF. It is the only paper that holds the access code."""
    official = official_beside(language, view.region)
    return slip_pdf(
        SlipSheet(
            instant=view.recorded_at,
            name=view.person.name or "",
            name_latin=view.person.latin_name or "",
            reference=view.reference,
            access_code=access_code,
            sign_in_url=f"{kit.public_url}/{language}/sign-in",
            official=slip_text(official),
            own=slip_text(language) if language != official else None,
        )
    )


def _proof(kit: Kit, view: DemandView) -> Proof:
    corrections = [e.register_sequence for e in view.events if e.kind == "corrected" and e.register_sequence]
    sequence = corrections[-1] if corrections else view.register_sequence
    with kit.database.transaction() as session:
        entry = session.scalars(select(RegisterEntry).where(RegisterEntry.sequence == sequence)).one()
    facts = ReceiptFacts(
        reference=entry.reference,
        instant=entry.instant,
        channel=entry.channel,
        commune_bfs=entry.commune_bfs,
        kind=entry.kind,
        sequence=entry.sequence,
        entry_hash=entry.hash,
    )
    return Proof(facts, entry.instant, view.time_known and not corrections)


def _qr_text(kit: Kit, view: DemandView, proof: Proof) -> str:
    key_id, signature = kit.signer.sign(canonical_bytes(proof.facts))
    return f"{kit.public_url}/{view.language}/verify?q={encode(proof.facts, key_id, signature)}"
