"""What the tables of the figures are called, what they mean, and what each group is called."""

from __future__ import annotations

from datetime import date

from portal.domain import figures as f
from portal.domain.demand import Channel
from portal.i18n.formats import month_name
from portal.i18n.languages import BY_CODE
from portal.i18n.names import centre_name, channel_name, commune_name
from portal.i18n.text import translator
from portal.law import directory


def table_title(dimension: str, language: str) -> str:
    """The title of one table."""
    _ = translator(language).gettext
    return {
        f.MONTH: _("Par mois de la demande"),
        f.COMMUNE: _("Par commune"),
        f.CHANNEL: _("Par voie"),
        f.LANGUAGE: _("Par langue de la personne"),
        f.DECIDED: _("Décision sur la demande"),
        f.URGENT: _("Aide urgente"),
        f.WAY: _("Chemin jusqu’à l’envoi des réponses"),
        f.PAPERS: _("Papiers envoyés par le portail"),
    }[dimension]


def table_meaning(dimension: str, language: str) -> str:
    """What is counted in it, in one or two short sentences."""
    _ = translator(language).gettext
    return {
        f.MONTH: _("Le mois de la date de la demande."),
        f.COMMUNE: _("La commune de la demande. Si une commune est trop petite : son antenne."),
        f.CHANNEL: _("Comment le premier contact est arrivé."),
        f.LANGUAGE: _("La langue du portail au moment de la demande."),
        f.DECIDED: _("Le jour de la décision de la commune, si deux personnes du centre l’ont notée."),
        f.URGENT: _("Une décision de la commune dans le délai, depuis le jour où l’aide urgente est demandée."),
        f.WAY: _("Jusqu’où le ménage est arrivé. S’il a envoyé ses réponses : combien de jours après la demande."),
        f.PAPERS: _("Au moins un papier est arrivé par le portail."),
    }[dimension]


def group_name(dimension: str, group: str, language: str, on: date) -> str:
    """What a group of a table is called; `on`: a day of the period, for names of communes."""
    if dimension == f.MONTH:
        return month_name(date.fromisoformat(f"{group}-01"), language)
    if dimension == f.COMMUNE:
        return _place_name(group, language, on)
    if dimension == f.CHANNEL and group != f.OTHER:
        return channel_name(Channel(group), language)
    if dimension == f.LANGUAGE and group != f.OTHER:
        return BY_CODE[group].name
    return _words(dimension, language)[group]


def region_title(place: str, language: str) -> str:
    """The centre of a region, or that no centre has taken them yet."""
    _ = translator(language).gettext
    return _("Pas encore de centre") if place == f.NOWHERE else centre_name(place, language)


def median_words(name: str | None, language: str) -> str:
    """In which class of days the middle household lies."""
    _ = translator(language).gettext
    if name is None:
        return _("Pas connu, ou groupes trop petits")
    return _words(f.WAY, language)[name]


def _place_name(group: str, language: str, on: date) -> str:
    _ = translator(language).gettext
    commune, _sign, antenna = group.partition("/")
    if commune and commune != f.NOWHERE:
        return commune_name(int(commune), on, language)
    if antenna == f.NOWHERE:
        return _("Commune pas connue")
    return _("Antenne : %(name)s", name=directory.antenna(antenna).name_in(language))


def _words(dimension: str, language: str) -> dict[str, str]:
    _ = translator(language).gettext
    yes_no = {f.YES: _("Oui"), f.NO: _("Non")}
    late = _("Pas dans le délai")
    return {
        f.CHANNEL: {f.OTHER: _("Autres voies")},
        f.LANGUAGE: {f.OTHER: _("Autres langues")},
        f.DECIDED: {
            f.IN_TIME: _("Dans les 30 jours"),
            f.LATE: _("Plus tard"),
            f.OPEN: _("Aucune décision notée"),
            f.LATE_OR_OPEN: _("Pas dans les 30 jours"),
            f.WITHDRAWN: _("Retirée dans les 30 jours"),
            f.NOT_IN_TIME: _("Pas dans les 30 jours, ou retirée"),
        },
        f.URGENT: {
            f.NOT_ASKED: _("Pas demandée"),
            f.IN_TIME: _("Décidée dans les 5 jours"),
            f.NOT_IN_TIME: late,
            f.ASKED: _("Demandée"),
        },
        f.WAY: {
            f.FILED: _("Demande seulement"),
            f.BEGUN: _("Réponses commencées, pas envoyées"),
            "7": _("Envoyées dans les 7 jours"),
            "14": _("Envoyées en 8 à 14 jours"),
            "30": _("Envoyées en 15 à 30 jours"),
            f.LATER: _("Envoyées après plus de 30 jours"),
            f.SENT: _("Réponses envoyées"),
            f.NOT_SENT: _("Réponses pas envoyées"),
        },
        f.PAPERS: yes_no,
    }[dimension]
