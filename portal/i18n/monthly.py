"""Words of the monthly rhythm and of the calendar file."""

from __future__ import annotations

from portal.domain.calendar import PAPERS, DateKind
from portal.i18n.text import kept, translator


@kept
def answers_line(language: str) -> str:
    """That the answers were sent, in the list of a month."""
    return translator(language).gettext("Réponses du ménage")


@kept
def neutral_title(kind: DateKind, language: str) -> str:
    """What stands in the calendar: nothing of social assistance, as others may read it."""
    _ = translator(language).gettext
    if kind is DateKind.INTERVIEW:
        return _("Rendez-vous")
    return _("Papiers à donner") if kind in PAPERS else _("Date à surveiller")


@kept
def see_dossier(language: str) -> str:
    """The description of every date; the address comes behind it."""
    return translator(language).gettext("Voir votre dossier")


@kept
def date_words(kind: DateKind, language: str) -> str:
    """What a date is about, on the person's own page only."""
    _ = translator(language).gettext
    return {
        DateKind.DECISION: _("Fin du délai pour la décision de la commune"),
        DateKind.URGENT: _("Fin du délai pour la décision sur l’aide urgente"),
        DateKind.PAPER: _("Papier demandé par le centre"),
        DateKind.PAPER_DAY: _("Jour des papiers de votre centre"),
        DateKind.APPEAL: _("Dernier jour pour poster le recours contre la décision"),
        DateKind.ASKED_BACK: _("Réponse demandée par le centre sur une annonce de changement"),
        DateKind.INTERVIEW: _("Entretien avec le centre"),
        DateKind.REEXAMINATION: _("Fin du délai pour la nouvelle décision que vous avez demandée"),
    }[kind]
