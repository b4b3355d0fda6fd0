"""Words of the situation: its parts, and how its persons are called."""

from __future__ import annotations

from datetime import date

from portal.domain.situation import Situation
from portal.domain.situation.ages import age_of
from portal.domain.situation.questions import Section
from portal.domain.situation.words import APPLICANT
from portal.i18n.estimate.people import person_name
from portal.i18n.text import translator
from portal.i18n.words import joined


def section_name(section: Section, language: str) -> str:
    """A part of the task list."""
    _ = translator(language).gettext
    return {
        Section.PERSONS: _("Les personnes chez vous"),
        Section.HOME: _("Le logement"),
        Section.WORK: _("Travail et revenus"),
        Section.WEALTH: _("Biens et dettes"),
        Section.HEALTH: _("Santé et assurance"),
        Section.FAMILY: _("Famille ailleurs"),
        Section.PERMITS: _("Permis de séjour"),
        Section.BENEFITS: _("Autres prestations"),
        Section.ACCOUNT: _("Compte pour les versements"),
    }[section]


def person_called(situation: Situation, person: str, language: str, *, on: date, me: str = APPLICANT) -> str:
    """«Vous» for the one who reads it (`me`), else the name that was given, else «Enfant 2 (âge : 9)»."""
    _ = translator(language).gettext
    found = next(one for one in situation.persons if one.id == person)
    plain = person_name(situation, person, language, me=me)
    if person in (me, APPLICANT) or found.name.known(on):
        return plain
    age = age_of(found, on)
    return plain if age is None else joined(" ", (plain, _("(âge : %(age)s)", age=age)))
