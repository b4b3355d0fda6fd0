"""How the portal names its own terms to people: centres, communes, channels, needs, languages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from portal.domain.demand import Channel, Need
from portal.domain.notice import Way
from portal.i18n.formats import language_name
from portal.i18n.languages import SPOKEN
from portal.i18n.text import translator
from portal.i18n.words import Minor, joined, minor
from portal.law import directory


def region_name(region: str | None, candidates: Iterable[str], language: str) -> str:
    """The centre's name; where several could be responsible, all of them, or «all centres»."""
    if region is not None:
        return centre_name(region, language)
    names = [centre_name(candidate, language) for candidate in candidates]
    _ = translator(language).gettext
    if len(names) == len(directory.regions()):
        return _("Pas encore connu : tous les centres la voient jusqu’à ce qu’un centre la prenne")
    return joined(_(" ou "), names)


@minor
def centre_name(region: str, language: str) -> str:
    """The name of a region's centre, German for German readers where there is one."""
    centre = directory.region(region)
    return (centre.name_de if language == "de" else None) or centre.name_fr


def commune_name(bfs_number: int | None, on: date, language: str) -> str:
    """The commune's usual name; «not said» where it is not known."""
    commune = None if bfs_number is None else directory.commune(bfs_number, on)
    if commune is None:
        return translator(language).gettext("Pas indiquée")
    return Minor(commune.name_in(language), commune.name_in)


def channel_name(channel: Channel, language: str) -> str:
    """How the first contact came."""
    _ = translator(language).gettext
    return {
        Channel.ONLINE: _("En ligne"),
        Channel.PHONE: _("Par téléphone"),
        Channel.WALK_IN: _("Au guichet"),
        Channel.LETTER: _("Par lettre"),
        Channel.COMMUNE: _("Par la commune"),
    }[channel]


def need_name(need: Need, language: str) -> str:
    """What is missing now."""
    _ = translator(language).gettext
    return {
        Need.LODGING: _("Un toit pour cette nuit"),
        Need.FOOD: _("De quoi manger"),
        Need.MEDICINE: _("Des médicaments ou un médecin"),
    }[need]


def spoken_name(code: str | None, language: str) -> str:
    """A language for the interview, in its own name; empty when not said."""
    if code is None:
        return ""
    return SPOKEN.get(code) or translator(language).gettext("Une autre langue")


def spoken_at_desk(code: str | None, language: str) -> str:
    """`tigrigna (ትግርኛ)`: so that the desk can book an interpreter and show the person their own word."""
    own = spoken_name(code, language)
    known = language_name(code, language) if code in SPOKEN else ""
    return f"{known} ({own})" if known and known.casefold() != own.casefold() else own


def event_name(kind: str, to_region: str | None, language: str) -> str:
    """What happened to a demand, in the person's words."""
    _ = translator(language).gettext
    centre = centre_name(to_region, language) if to_region else ""
    return {
        "opened": _("Ouverte par le centre"),
        "taken": _("Prise en charge par : %(centre)s", centre=centre),
        "passed-on": _("Transmise à : %(centre)s. La date ne change pas.", centre=centre),
        "corrected": _("Date de l’annonce corrigée par le centre"),
        "code-issued": _("Nouveau code d’accès remis au guichet"),
        "urgent-request": _("Aide urgente demandée"),
        "withdrawal": _("Demande retirée"),
        "helped": _("Formulaire du ménage ouvert au centre, avec la personne"),
        "helped-other": _("Formulaire du ménage ouvert au centre, avec un autre adulte"),
        "situation-sent": _("Réponses envoyées au centre"),
        "account-closed": _("Accès en ligne fermé par la personne"),
    }[kind]


def way_name(way: Way, language: str) -> str:
    """How an adult acknowledged a notice."""
    _ = translator(language).gettext
    return {
        Way.DEVICE: _("Sur un appareil du ménage"),
        Way.LINK: _("Par un lien personnel"),
        Way.DESK: _("Au centre"),
    }[way]


def urgent_number_name(office_id: str, language: str) -> str:
    """What an emergency number is for, in a few plain words."""
    _ = translator(language).gettext
    return {
        "police-117": _("Police : danger, violence"),
        "ambulance-144": _("Ambulance : vie en danger"),
        "medecin-non-vital": _("Médecin, dentiste, pharmacie de garde, jour et nuit"),
        "lavi": _("Aide aux victimes (LAVI) : gratuite et confidentielle, sur rendez-vous"),
        "main-tendue-143": _("La Main Tendue : parler à quelqu’un, jour et nuit, sans donner son nom"),
    }[office_id]


def with_latin(name: str, latin: str | None) -> str:
    """A name as a text alone, with the same in Latin letters behind it where theirs are others."""
    return joined("", (name, " (", latin, ")")) if latin else name
