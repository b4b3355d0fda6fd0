"""The words of the form for somebody who defends themselves: reasons to tick, and what is wrong with a date."""

from __future__ import annotations

from typing import Final

from portal.domain.defence import Day, Fault
from portal.forms.text import gettext as _
from portal.forms.text import lazy

REASON_WORDS: Final = {
    "income": lazy("Mes revenus ne sont pas ceux de la décision"),
    "household": lazy("Mon ménage n’est pas celui de la décision"),
    "rent": lazy("Mon loyer est mal compté"),
    "papers": lazy("Mes papiers n’ont pas été pris en compte"),
    "unheard": lazy("Je n’ai pas pu m’expliquer avant"),
    "unclear": lazy("La décision n’est pas claire"),
    "need": lazy("Je ne peux pas payer logement, nourriture ou soins"),
    "papers_given": lazy("J’ai donné les papiers demandés"),
    "honest": lazy("J’ai dit la vérité et donné les informations"),
    "poor": lazy("Si je rembourse, il me manque le nécessaire"),
    "family": lazy("D’autres personnes dépendent de moi"),
    "health": lazy("J’ai des problèmes de santé"),
    "less": lazy("Mon revenu a baissé ou s’est arrêté"),
    "people": lazy("Mon ménage a changé"),
    "moved": lazy("J’ai déménagé, ou mon loyer a changé"),
    "new_papers": lazy("J’ai de nouveaux papiers"),
}


def fault_words(fault: Fault, day: Day) -> str:
    """What is wrong with a date, and what to do."""
    if fault is Fault.FUTURE:
        return _("Cette date est dans le futur.")
    if fault is Fault.BEFORE_THE_LAW:
        return _("Avant le 1.7.2021, une autre loi s’appliquait. Ce portail ne la connaît pas : demandez conseil.")
    if fault is Fault.BEFORE_DECISION:
        return _("La décision ne peut pas arriver avant sa propre date. Contrôlez les deux dates.")
    if day is Day.URGENT:
        return _("La demande urgente ne peut pas être avant la demande. Contrôlez les deux dates.")
    # The date of the newest demand may stand there already, and the decision be on an older one.
    return _(
        "La décision ne peut pas être avant la demande."
        " Si elle concerne une autre demande, changez ou effacez la date de la demande."
    )
