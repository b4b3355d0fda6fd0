"""The words of receipts and slips, in one language at a time."""

from __future__ import annotations

from datetime import datetime

from portal.adapters.typesetting import Fact, ReceiptText, Section, SlipText
from portal.domain.demand import Person, filing_day
from portal.i18n.formats import long_date, time_of_day
from portal.i18n.languages import BY_CODE
from portal.i18n.names import channel_name, commune_name, region_name
from portal.i18n.text import translator
from portal.services.clocks import ClockView
from portal.services.demands import DemandView
from portal.services.receipt_contact import doubt, first_meeting, recorded
from portal.services.receipt_names import name_placeholder


def receipt_text(code: str, view: DemandView, clocks: tuple[ClockView, ...], url: str) -> ReceiptText:
    """All words of a receipt in the language `code`; `url` is the portal's address.

    Date, channel, number and hash are those of `view.entry`: the announcement, or the correction that counts.
    """
    entry = view.entry
    text = translator(code)
    _ = text.gettext
    return ReceiptText(
        lang=code,
        direction=BY_CODE[code].dir,
        issuer=_("Aide sociale Valais, portail en ligne"),
        title=_("Reçu de votre annonce"),
        date_label=_("Date du premier contact") if entry.is_correction else _("Date de votre annonce"),
        date=long_date(entry.day, code),
        time=_("à %(time)s, heure suisse", time=time_of_day(entry.instant, code)) if entry.time_known else "",
        name_label=_("Nom"),
        name_placeholder=name_placeholder(view.person, code),
        reference_label=_("Référence"),
        check_code_label=_("Code de contrôle"),
        clocks=tuple(Fact(clock_label(clock, code), long_date(clock.due, code)) for clock in clocks),
        facts=(
            Fact(_("Par quel moyen"), channel_name(entry.channel, code)),
            *_before_correction(view, code),
            *_attempt(view, code),
            Fact(_("Centre responsable"), region_name(view.region, view.candidate_regions, code)),
            Fact(_("Commune"), commune_name(view.announcement.commune_bfs, view.filing_date, code)),
        ),
        sections=(
            Section(
                _("Ce que dit ce reçu"),
                (
                    *recorded(view, code),
                    _(
                        "L’aide peut commencer le premier jour du mois du premier contact. La commune décide de la date."
                    ),
                    _("Ce reçu n’est pas une décision. La commune décide par écrit."),
                    *doubt(entry, text),
                ),
            ),
            Section(
                _("La suite"),
                (
                    first_meeting(view, code),
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
        register_label=_("Registre : numéro de la correction")
        if entry.is_correction
        else _("Registre des annonces, numéro"),
        hash_label=_("Empreinte"),
    )


def _moment(instant: datetime, code: str, *, time_known: bool = True) -> str:
    """Day and hour, or the day alone, with the comma of the language between them."""
    day = long_date(filing_day(instant), code)
    if not time_known:
        return day
    return translator(code).gettext("%(date)s, %(time)s", date=day, time=time_of_day(instant, code))


def _attempt(view: DemandView, code: str) -> tuple[Fact, ...]:
    """When the person first tried, where a signed proof of it came with the filing."""
    if view.attempted_at is None:
        return ()
    return (Fact(translator(code).gettext("Essai prouvé avant"), _moment(view.attempted_at, code)),)


def _before_correction(view: DemandView, code: str) -> tuple[Fact, ...]:
    """What the announcement itself said, where an earlier first contact counts instead of it."""
    if not view.entry.is_correction:
        return ()
    _, filed = translator(code).gettext, view.filed_entry
    return (
        Fact(_("Annonce reçue"), _moment(filed.instant, code, time_known=filed.time_known)),
        Fact(_("Moyen de l’annonce"), channel_name(filed.channel, code)),
        Fact(_("Registre : numéro de l’annonce"), str(filed.sequence)),
    )


def clock_label(clock: ClockView, code: str) -> str:
    """What is due by a clock's last day."""
    _ = translator(code).gettext
    if clock.name == "urgent":
        return _("Décision sur l’aide urgente, au plus tard")
    if clock.name == "reexamination":
        return _("Nouvelle décision, au plus tard (texte de 2011, probable)")
    return _("Décision de la commune, au plus tard")


def slip_text(code: str, person: Person) -> SlipText:
    """All words of the slip «for you alone» of `person` in the language `code`."""
    _ = translator(code).gettext
    follow = Section(
        _("Pour suivre votre demande"),
        (
            _("Ouvrez l’adresse du portail sur un téléphone ou un ordinateur."),
            _("Entrez la référence et le code d’accès."),
            _("Quand vous avez fini, appuyez sur « Terminer »."),
        ),
    )
    alt = _("Code carré qui ouvre la page pour suivre votre demande")
    return _secret(code, person, _("Pour vous seulement"), (follow, _lost(code)), alt)


def letter_text(code: str, person: Person) -> SlipText:
    """All words of the letter to somebody whose file began on paper: what the portal is for, and how to get in."""
    _ = translator(code).gettext
    what = Section(
        _("Ce que vous pouvez y faire"),
        (
            _("Annoncer un changement : travail, logement, ménage, argent reçu. Vous avez un reçu avec la date."),
            _("Écrire au centre et lire ses réponses."),
            _("Dire en un geste que rien n’a changé ce mois."),
            _("Vous pouvez aussi continuer au guichet, par téléphone ou par lettre."),
        ),
    )
    how = Section(
        _("Pour ouvrir votre dossier"),
        (
            _("Ouvrez l’adresse du portail sur un téléphone ou un ordinateur."),
            _("Entrez la référence et le code d’accès."),
            _("Quand vous avez fini, appuyez sur « Terminer »."),
        ),
    )
    alt = _("Code carré qui ouvre la page pour entrer dans votre dossier")
    return _secret(code, person, _("Votre accès au portail, pour vous seulement"), (what, how, _lost(code)), alt)


def _lost(code: str) -> Section:
    _ = translator(code).gettext
    return Section(
        _("Code perdu ?"),
        (_("Allez au centre avec une pièce d’identité. Vous recevez un nouveau code. L’ancien ne marche plus."),),
    )


def _secret(code: str, person: Person, title: str, sections: tuple[Section, ...], alt: str) -> SlipText:
    _ = translator(code).gettext
    return SlipText(
        lang=code,
        direction=BY_CODE[code].dir,
        issuer=_("Aide sociale Valais, portail en ligne"),
        title=title,
        warning=_("Gardez cette feuille à part. Ne la donnez à personne. Le centre ne demande jamais ce code."),
        name_label=_("Nom"),
        name_placeholder=name_placeholder(person, code),
        reference_label=_("Référence"),
        access_code_label=_("Code d’accès"),
        address_label=_("Adresse du portail"),
        sections=sections,
        qr_alt=alt,
    )
