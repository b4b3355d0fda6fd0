"""Make receipts and slips from a demand: the words in both languages, the signed facts, the QR text."""

from __future__ import annotations

from datetime import datetime

from portal.adapters.typesetting import (
    ReceiptSheet,
    SlipSheet,
    receipt_pdf,
    slip_pdf,
)
from portal.domain.receipt import ReceiptFacts, canonical_bytes, encode
from portal.i18n.languages import official_beside
from portal.services.begun_on_paper import PaperFileView
from portal.services.clocks import clocks_from
from portal.services.demands import DemandView
from portal.services.kit import Kit
from portal.services.receipt_names import paper_name
from portal.services.receipt_texts import letter_text, receipt_text, slip_text


def receipt_qr_text(kit: Kit, view: DemandView) -> str:
    """The address in a receipt's QR code: our verify page with the signed facts. No secret is in it."""
    entry = view.entry
    facts = ReceiptFacts(
        reference=entry.reference,
        instant=entry.instant,
        channel=entry.channel,
        commune_bfs=entry.commune_bfs,
        kind=entry.kind,
        sequence=entry.sequence,
        entry_hash=entry.hash,
    )
    key_id, signature = kit.signer.sign(canonical_bytes(facts))
    return f"{kit.public_url}/{view.language}/verify?q={encode(facts, key_id, signature)}"


def make_receipt(kit: Kit, view: DemandView, language: str) -> bytes:
    """The receipt as PDF, in the official language and in `language`."""
    official = official_beside(language, view.region)
    clocks = clocks_from(view, view.entry.day)
    texts = [receipt_text(code, view, clocks, kit.public_url) for code in (official, language)]
    return receipt_pdf(
        ReceiptSheet(
            instant=view.recorded_at,
            name=paper_name(view.person, official),
            name_latin="",
            reference=view.reference,
            check_code=view.check_code,
            sequence=view.entry.sequence,
            entry_hash=view.entry.hash,
            qr_text=receipt_qr_text(kit, view),
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
            name=paper_name(view.person, official),
            name_latin="",
            reference=view.reference,
            access_code=access_code,
            sign_in_url=f"{kit.public_url}/{language}/sign-in",
            official=slip_text(official, view.person),
            own=slip_text(language, view.person) if language != official else None,
        )
    )


def make_letter(kit: Kit, view: PaperFileView, access_code: str, made_at: datetime) -> bytes:
    """The letter to somebody whose file began on paper, as PDF, in their language and the centre's: it holds the code."""
    language = view.language
    official = official_beside(language, view.region)
    return slip_pdf(
        SlipSheet(
            instant=made_at,
            name=paper_name(view.person, official),
            name_latin="",
            reference=view.reference,
            access_code=access_code,
            sign_in_url=f"{kit.public_url}/{language}/sign-in",
            official=letter_text(official, view.person),
            own=letter_text(language, view.person) if language != official else None,
        )
    )
