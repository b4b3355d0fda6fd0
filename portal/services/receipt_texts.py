"""The words of receipts and slips, in one language at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.adapters.typesetting import Fact, ReceiptText, Section, SlipText
from portal.domain.demand import filing_day
from portal.domain.receipt import ReceiptFacts
from portal.i18n.formats import long_date, time_of_day
from portal.i18n.languages import BY_CODE
from portal.i18n.names import channel_name, commune_name, region_name
from portal.i18n.text import Translator, translator
from portal.services.clocks import ClockView
from portal.services.demands import DemandView


@dataclass(frozen=True)
class Proof:
    """The register entry that a receipt vouches for: the filing, or the latest correction of its date."""

    facts: ReceiptFacts
    instant: datetime
    time_known: bool

    @property
    def day(self) -> date:
        """The local day that the receipt states."""
        return filing_day(self.instant)


def receipt_text(code: str, view: DemandView, proof: Proof, clocks: tuple[ClockView, ...], url: str) -> ReceiptText:
    """All words of a receipt in the language `code`; `url` is the portal's address."""
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
            *_attempt(view, code),
            Fact(_("Centre responsable"), region_name(view.region, view.candidate_regions, code)),
            Fact(_("Commune"), commune_name(view.announcement.commune_bfs, view.filing_date, code)),
            Fact(_("Par quel moyen"), channel_name(view.channel, code)),
        ),
        sections=(
            Section(
                _("Ce que dit ce reçu"),
                (
                    _recorded(view, text),
                    _(
                        "L’aide peut commencer le premier jour du mois du premier contact. La commune décide de la date."
                    ),
                    _("Ce reçu n’est pas une décision. La commune décide par écrit."),
                    _(
                        "La loi ne dit pas si une annonce en ligne suffit."
                        " Si vous pouvez, téléphonez aussi au centre et donnez votre référence."
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
                    url=f"{url}/{code}/verify",
                ),
                _("Le contrôle montre seulement si le reçu est vrai, et sa date."),
            ),
        ),
        qr_alt=_("Code carré pour contrôler ce reçu en ligne"),
        register_label=_("Registre des annonces, numéro"),
        hash_label=_("Empreinte"),
    )


def _attempt(view: DemandView, code: str) -> tuple[Fact, ...]:
    """When the person first tried, where a signed proof of it came with the filing."""
    if view.attempted_at is None:
        return ()
    value = f"{long_date(filing_day(view.attempted_at), code)}, {time_of_day(view.attempted_at, code)}"
    return (Fact(translator(code).gettext("Essai prouvé avant"), value),)


def _recorded(view: DemandView, text: Translator) -> str:
    """That it is recorded, and who sees it: one centre, or all that may be responsible until one takes it."""
    if view.region is not None:
        return text.gettext("Nous avons enregistré votre annonce à cette date. Le centre la voit.")
    return text.gettext(
        "Nous avons enregistré votre annonce à cette date."
        " Chaque centre possible la voit, jusqu’à ce qu’un centre la prenne."
    )


def _clock_label(clock: ClockView, text: Translator) -> str:
    if clock.name == "urgent":
        return text.gettext("Décision sur l’aide urgente, au plus tard")
    return text.gettext("Décision de la commune, au plus tard")


def slip_text(code: str) -> SlipText:
    """All words of the slip «for you alone» in the language `code`."""
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
