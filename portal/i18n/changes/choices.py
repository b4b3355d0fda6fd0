"""The names of what can be chosen in a report, as the forms of the situation name it, whoever reads."""

from __future__ import annotations

from portal.domain.situation.words import Benefit, Payday, Relation
from portal.i18n.text import translator


def relation_words(relation: Relation, language: str) -> str:
    """How somebody stands to the person who made the demand. Raises KeyError for that person."""
    _ = translator(language).gettext
    return {
        Relation.SPOUSE: _("Mari, femme, ou partenaire enregistré"),
        Relation.PARTNER: _("Vit en couple avec cette personne, sans mariage"),
        Relation.CHILD: _("Enfant de l’une des deux personnes du couple"),
        Relation.PARENT: _("Père ou mère"),
        Relation.RELATIVE: _("Autre personne de la famille"),
        Relation.OTHER: _("Colocation ou amitié"),
    }[relation]


def payday_words(payday: Payday, language: str) -> str:
    """When in the month a wage is paid."""
    _ = translator(language).gettext
    return {Payday.MONTH_END: _("À la fin du mois"), Payday.DURING: _("Pendant le mois")}[payday]


def benefit_words(benefit: Benefit, language: str) -> str:
    """A benefit that was asked for."""
    _ = translator(language).gettext
    return {
        Benefit.UNEMPLOYMENT: _("Chômage"),
        Benefit.DISABILITY: _("Rente AI"),
        Benefit.OLD_AGE: _("Rente AVS"),
        Benefit.SUPPLEMENTARY: _("Prestations complémentaires"),
        Benefit.TRANSITIONAL: _("Prestations transitoires"),
        Benefit.FAMILY_ALLOWANCES: _("Allocations familiales"),
        Benefit.HOUSEHOLD_ALLOWANCE: _("Allocation de ménage"),
        Benefit.PREMIUM_REDUCTION: _("Réduction des primes d’assurance-maladie"),
        Benefit.ALIMONY: _("Avance de pension alimentaire (BRACE)"),
        Benefit.BURSARY: _("Bourse d’études"),
        Benefit.DAILY_ALLOWANCES: _("Indemnités de maladie ou d’accident"),
        Benefit.LOSS_OF_EARNINGS: _("Allocation de maternité, de paternité ou de service"),
        Benefit.PENSION_FUNDS: _("Rente d’une caisse de pension"),
        Benefit.VICTIMS: _("Aide aux victimes (LAVI)"),
        Benefit.CLAIMS: _("Héritage, créance, garantie de loyer"),
    }[benefit]
