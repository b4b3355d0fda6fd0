"""The receipt of a report: what was said to have changed, from which day, and on which day it was said. No word of a verdict."""

from __future__ import annotations

from portal.adapters.typesetting import Fact, ReceiptSheet, ReceiptText, Section, receipt_pdf
from portal.domain.receipt import ReceiptFacts, canonical_bytes, encode
from portal.domain.register import EntryKind
from portal.i18n.changes import change_title
from portal.i18n.formats import long_date, time_of_day
from portal.i18n.languages import BY_CODE, official_beside
from portal.i18n.names import channel_name, region_name
from portal.i18n.text import translator
from portal.services.actor import Actor
from portal.services.begun_on_paper import Head
from portal.services.citizen import household_head
from portal.services.kit import Kit
from portal.services.receipt_names import name_placeholder, paper_name
from portal.services.reports.stored import ReportView


def report_qr_text(kit: Kit, view: ReportView, language: str) -> str:
    """The address in the QR code: our verify page with the signed facts. No secret and no case fact is in it."""
    facts = ReceiptFacts(
        reference=view.reference,
        instant=view.instant,
        channel=view.channel,
        commune_bfs=None,
        kind=EntryKind.REPORT,
        sequence=view.register_sequence,
        entry_hash=view.entry_hash,
    )
    key_id, signature = kit.signer.sign(canonical_bytes(facts))
    return f"{kit.public_url}/{language}/verify?q={encode(facts, key_id, signature)}"


def make_report_receipt(kit: Kit, actor: Actor, view: ReportView, language: str) -> bytes:
    """The receipt as PDF, in the official language and in `language`. Raises NotYoursError."""
    return report_receipt_of(kit, household_head(kit, actor), view, language)


def report_receipt_of(kit: Kit, demand: Head, view: ReportView, language: str) -> bytes:
    """The same for a caller who has proven who may see the household."""
    official = official_beside(language, demand.region)
    texts = [_text(code, view, demand, kit.public_url) for code in (official, language)]
    return receipt_pdf(
        ReceiptSheet(
            instant=view.recorded_at,
            name=paper_name(demand.person, official),
            name_latin="",
            reference=view.reference,
            check_code=view.check_code,
            sequence=view.register_sequence,
            entry_hash=view.entry_hash,
            qr_text=report_qr_text(kit, view, language),
            official=texts[0],
            own=texts[1] if language != official else None,
        )
    )


def _text(code: str, view: ReportView, demand: Head, url: str) -> ReceiptText:
    """All words of it in one language."""
    _ = translator(code).gettext
    return ReceiptText(
        lang=code,
        direction=BY_CODE[code].dir,
        issuer=_("Aide sociale Valais, portail en ligne"),
        title=_("Reçu de votre annonce de changement"),
        date_label=_("Vous l’avez annoncé le"),
        date=long_date(view.day, code),
        time=_("à %(time)s, heure suisse", time=time_of_day(view.instant, code)),
        name_label=_("Nom"),
        name_placeholder=name_placeholder(demand.person, code),
        reference_label=_("Référence"),
        check_code_label=_("Code de contrôle"),
        clocks=_clock(view, code),
        facts=(
            *_changes(view, code),
            Fact(_("Par quel moyen"), channel_name(view.channel, code)),
            Fact(_("Centre responsable"), region_name(demand.region, demand.candidate_regions, code)),
        ),
        sections=(
            Section(
                _("Ce que dit ce reçu"),
                (
                    _("Il dit quel jour vous avez annoncé le changement, et depuis quel jour il vaut selon vous."),
                    _("Ce reçu n’est pas une décision. La commune décide par écrit."),
                ),
            ),
            Section(
                _("La suite"),
                (
                    _("Le centre lit votre annonce. Dans votre dossier, vous voyez quand il l’a lue."),
                    _("Il manque des papiers ? Envoyez-les plus tard. L’annonce garde sa date."),
                    _("Une erreur ? Corrigez l’annonce par une nouvelle, ou retirez-la."),
                ),
            ),
        ),
        check=Section(
            _("Contrôler ce reçu"),
            (
                _(
                    "Photographiez le code carré, ou ouvrez %(url)s avec la référence et le code de contrôle.",
                    url=f"{url}/{code}/verify",
                ),
                _("Le contrôle montre seulement si le reçu est vrai, et sa date."),
            ),
        ),
        qr_alt=_("Code carré pour contrôler ce reçu en ligne"),
        register_label=_("Registre des annonces, numéro"),
        hash_label=_("Empreinte"),
    )


def _changes(view: ReportView, code: str) -> tuple[Fact, ...]:
    """What changed and since when, as it was said."""
    if view.content is None:
        return ()
    return tuple(
        Fact(
            change_title(change.kind, code),
            translator(code).gettext("dès le %(date)s", date=long_date(change.since, code)),
        )
        for change in view.content.changes
    )


def _clock(view: ReportView, code: str) -> tuple[Fact, ...]:
    _ = translator(code).gettext
    if view.clock is None:
        return ()
    return (Fact(_("Nouvelle décision, au plus tard (texte de 2011, probable)"), long_date(view.clock.due, code)),)
