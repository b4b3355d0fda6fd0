"""Make receipts and slips from a demand: the words in both languages, the signed facts, the QR text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from portal.adapters.typesetting import (
    Fact,
    ReceiptSheet,
    ReceiptText,
    Section,
    SlipSheet,
    SlipText,
    receipt_pdf,
    slip_pdf,
)
from portal.domain.demand import filing_day
from portal.domain.receipt import ReceiptFacts, canonical_bytes, encode
from portal.i18n.formats import long_date, time_of_day
from portal.i18n.languages import BY_CODE, official_beside
from portal.i18n.names import channel_name, commune_name, region_name
from portal.i18n.text import Translator, translator
from portal.models import RegisterEntry
from portal.services.clocks import ClockView, clocks_of
from portal.services.demands import DemandView
from portal.services.kit import Kit


@dataclass(frozen=True)
class _Proof:
    """The register entry that a receipt vouches for: the filing, or the latest correction of its date."""

    facts: ReceiptFacts
    instant: datetime
    time_known: bool

    @property
    def day(self) -> date:
        return filing_day(self.instant)


def receipt_qr_text(kit: Kit, view: DemandView) -> str:
    """The address in a receipt's QR code: our verify page with the signed facts. No secret is in it."""
    return _qr_text(kit, view, _proof(kit, view))


def make_receipt(kit: Kit, view: DemandView, language: str) -> bytes:
    """The receipt as PDF, in the official language and in `language`."""
    proof = _proof(kit, view)
    official = official_beside(language, view.region)
    clocks = clocks_of(view, proof.day)
    texts = [_receipt_text(code, view, proof, clocks, kit.public_url) for code in (official, language)]
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
            official=_slip_text(official),
            own=_slip_text(language) if language != official else None,
        )
    )


def _proof(kit: Kit, view: DemandView) -> _Proof:
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
    return _Proof(facts, entry.instant, view.time_known and not corrections)


def _qr_text(kit: Kit, view: DemandView, proof: _Proof) -> str:
    key_id, signature = kit.signer.sign(canonical_bytes(proof.facts))
    return f"{kit.public_url}/{view.language}/verify?q={encode(proof.facts, key_id, signature)}"


def _receipt_text(code: str, view: DemandView, proof: _Proof, clocks: tuple[ClockView, ...], url: str) -> ReceiptText:
    text = translator(code)
    _ = text.gettext
    return ReceiptText(
        lang=code,
        direction=BY_CODE[code].dir,
        issuer=_("Aide sociale Valais, portail en ligne"),
        title=_("Reçu de votre annonce"),
        date_label=_("Date de votre annonce"),
        date=long_date(proof.day, code),
        time=_("à %(time)s, heure suisse", time=time_of_day(proof.instant, code)) if proof.time_known else "",
        name_label=_("Nom"),
        name_placeholder=_("[nom comme au dossier]") if view.person.name else _("[nom à dire au guichet]"),
        reference_label=_("Référence"),
        check_code_label=_("Code de contrôle"),
        clocks=tuple(Fact(_clock_label(clock, text), long_date(clock.due, code)) for clock in clocks),
        facts=(
            Fact(_("Centre responsable"), region_name(view.region, view.candidate_regions, code)),
            Fact(_("Commune"), commune_name(view.announcement.commune_bfs, view.filing_date, code)),
            Fact(_("Par quel moyen"), channel_name(view.channel, code)),
        ),
        sections=(
            Section(
                _("Ce que dit ce reçu"),
                (
                    _("Nous avons enregistré votre annonce à cette date. Le centre la voit."),
                    _(
                        "L’aide peut commencer au premier jour du mois du premier contact. La commune décide de la date."
                    ),
                    _("Ce reçu n’est pas une décision. La commune décide par écrit."),
                    _(
                        "La loi ne dit pas encore si une annonce en ligne suffit. Téléphonez aussi au centre si vous pouvez."
                    ),
                ),
            ),
            Section(
                _("La suite"),
                (
                    _("Le centre vous contacte pour un premier entretien."),
                    _("Il manque des papiers ? Venez quand même. Rien n’est perdu."),
                    _("Pas de décision à la date ci-dessus ? Demandez au centre, en donnant votre référence."),
                ),
            ),
        ),
        check=Section(
            _("Contrôler ce reçu"),
            (
                _(
                    "Photographiez le code carré, ou ouvrez %(url)s avec la référence et le code de contrôle.",
                    url=f"{url}/verify",
                ),
                _("Le contrôle montre seulement si le reçu est vrai, et sa date."),
            ),
        ),
        qr_alt=_("Code carré pour contrôler ce reçu en ligne"),
        register_label=_("Registre des annonces, numéro"),
        hash_label=_("Empreinte"),
    )


def _clock_label(clock: ClockView, text: Translator) -> str:
    if clock.name == "urgent":
        return text.gettext("Décision sur l’aide urgente, au plus tard")
    return text.gettext("Décision de la commune, au plus tard")


def _slip_text(code: str) -> SlipText:
    _ = translator(code).gettext
    return SlipText(
        lang=code,
        direction=BY_CODE[code].dir,
        issuer=_("Aide sociale Valais, portail en ligne"),
        title=_("Pour vous seulement"),
        warning=_("Gardez cette feuille à part. Ne la donnez à personne. Le centre ne demande jamais ce code."),
        name_label=_("Nom"),
        name_placeholder=_("[nom comme au dossier]"),
        reference_label=_("Référence"),
        access_code_label=_("Code d’accès"),
        address_label=_("Adresse du portail"),
        sections=(
            Section(
                _("Pour suivre votre demande"),
                (
                    _("Ouvrez l’adresse du portail sur un téléphone ou un ordinateur."),
                    _("Entrez la référence et le code d’accès."),
                    _("Quand vous avez fini, appuyez sur « Terminer »."),
                ),
            ),
            Section(
                _("Code perdu ?"),
                (
                    _(
                        "Allez au centre avec une pièce d’identité. Vous recevez un nouveau code. L’ancien ne marche plus."
                    ),
                ),
            ),
        ),
        qr_alt=_("Code carré qui ouvre la page pour suivre votre demande"),
    )
