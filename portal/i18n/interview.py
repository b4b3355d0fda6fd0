"""Words of the first interview, and of what was seen to know who somebody is."""

from __future__ import annotations

from portal.domain.identity import IdentityPaper
from portal.domain.interview import Doubt, Interpreter, Meeting, Step, Way
from portal.i18n.names import spoken_name
from portal.i18n.text import kept, translator
from portal.i18n.words import joined, minor
from portal.law import directory


@kept
def way_words(way: Way, language: str) -> str:
    """How they meet, to choose from."""
    _ = translator(language).gettext
    return {
        Way.ANTENNA: _("Au centre"),
        Way.HOME: _("Chez la personne"),
        Way.PHONE: _("Par téléphone"),
        Way.VIDEO: _("Par vidéo"),
        Way.ELSEWHERE: _("À un autre endroit"),
    }[way]


@minor
def antenna_words(antenna: str, language: str) -> str:
    """The centre's antenna with its address, as far as it is known."""
    found = directory.antenna(antenna)
    town = joined(" ", filter(None, (found.postcode, found.town)))
    return joined(", ", filter(None, (found.name_in(language), found.street, town)))


def place_words(meeting: Meeting, language: str) -> str:
    """Where or how, for the person who comes."""
    _ = translator(language).gettext
    if meeting.way is Way.ANTENNA and meeting.antenna:
        return antenna_words(meeting.antenna, language)
    if meeting.way is Way.ELSEWHERE:
        return meeting.place or _("Demandez au centre")
    return {
        Way.HOME: _("Chez vous"),
        Way.PHONE: _("Par téléphone : le centre vous appelle"),
        Way.VIDEO: _("Par vidéo : le centre vous dit comment"),
    }.get(meeting.way, _("Demandez au centre"))


@kept
def interpreter_choice(choice: Interpreter, language: str) -> str:
    """To choose from, at the desk."""
    _ = translator(language).gettext
    return {
        Interpreter.NOT_NEEDED: _("Pas nécessaire"),
        Interpreter.TO_BOOK: _("À réserver"),
        Interpreter.BOOKED: _("Réservé"),
    }[choice]


def interpreter_words(meeting: Meeting, language: str) -> str | None:
    """What the person is told of an interpreter; None where nobody translates."""
    _ = translator(language).gettext
    if meeting.interpreter is Interpreter.NOT_NEEDED:
        return None
    spoken = spoken_name(meeting.language, language)
    if meeting.interpreter is Interpreter.BOOKED:
        return _("Interprète réservé : %(language)s", language=spoken)
    return _("Le centre cherche un interprète : %(language)s", language=spoken)


@kept
def step_words(step: Step, language: str) -> str:
    """What was noted, for the desk."""
    _ = translator(language).gettext
    return {
        Step.NOTED: _("Entretien noté"),
        Step.MOVED: _("Entretien déplacé"),
        Step.CHANGED: _("Entretien complété"),
        Step.MISSED: _("N’a pas eu lieu"),
        Step.HELD: _("A eu lieu"),
        Step.CALLED_OFF: _("Entretien annulé"),
        Step.TAKEN_BACK: _("Noté par erreur, l’entretien est de nouveau comme avant"),
    }[step]


@kept
def doubt_words(doubt: Doubt, language: str) -> str:
    """What is unusual about a day or an hour, to be confirmed."""
    _ = translator(language).gettext
    return {
        Doubt.HOUR: _("Cette heure est inhabituelle."),
        Doubt.SATURDAY: _("Ce jour est un samedi."),
        Doubt.SUNDAY: _("Ce jour est un dimanche."),
        Doubt.HOLIDAY: _("Ce jour est férié en Valais."),
    }[doubt]


@kept
def identity_words(paper: IdentityPaper, language: str) -> str:
    """What was seen."""
    _ = translator(language).gettext
    return {
        IdentityPaper.PASSPORT: _("Passeport"),
        IdentityPaper.CARD: _("Carte d’identité"),
        IdentityPaper.PERMIT: _("Permis de séjour"),
        IdentityPaper.OTHER: _("Autre pièce"),
        IdentityPaper.NOT_SAID: _("Pièce non précisée, ou personne connue du centre"),
    }[paper]
