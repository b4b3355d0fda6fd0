"""What is not known for Valais, and where it surely is, by parameter: in plain French."""

from __future__ import annotations

from typing import Final

from portal.i18n.law_words.mark import _

_BEFORE_BRACE: Final = _("Ce qui valait avant le bureau BRACE, jusqu’au 31.12.2021")
_BEFORE_2022: Final = _("Le montant avant 2022")
_BEFORE_2025: Final = _("Le montant avant 2025")

MISSING: Final = {
    "alimony_advance": _BEFORE_BRACE,
    "alimony_arrears_months": _BEFORE_BRACE,
    "alimony_child_age": _BEFORE_BRACE,
    "alimony_start": _BEFORE_BRACE,
    "allowance_young_adult": _("Le montant en 2023 et 2024. Il est dans la directive."),
    "asylum_adult": _BEFORE_2022,
    "asylum_child": _BEFORE_2022,
    "asylum_host_family": _BEFORE_2022,
    "asylum_youth": _BEFORE_2022,
    "birth_allowance": _BEFORE_2025,
    "capital_received": _("Une règle du Valais. À chercher dans la LIAS (art. 30), l’OLIAS (art. 40) et la directive."),
    "centre_mandate": _("Le mandat qui suit l’annexe II. Elle finit au plus tard le 31.12.2026."),
    "child_allowance": _BEFORE_2025,
    "child_allowance_third": _BEFORE_2025,
    "child_away_allowance": _("Le montant adapté. Il est dans la directive du 1.1.2026."),
    "clock_suspension": _("Si l’art. 79a LPJA vaut pour ces délais. Le texte est sur lex.vs.ch (172.6)."),
    "dental_help": _BEFORE_2025,
    "earnings_allowance": _("Le montant ou le taux du Valais. Il est dans la directive du 1.1.2026."),
    "emergency_child": _("Le montant avant le 1.10.2024"),
    "household_allowance": _BEFORE_2025,
    "household_change_month": _("Une règle du Valais. À chercher dans la directive du 1.1.2026."),
    "housekeeping_compensation": _("Le montant du Valais"),
    "incentive_supplement": _("Les montants du Valais. Ils sont dans la directive du 1.1.2026."),
    "median_income_single": _("Le montant, et la statistique choisie. Voir la directive, ch. J."),
    "online_filing": _("Si une demande ou une signature en ligne est valable. À demander à la Chancellerie."),
    "premium_excess": _("Qui paie la différence. C’est dans la directive du 1.1.2026."),
    "premium_reduction_child": _("Le taux qui vaut"),
    "reduced_allowance": _("Le montant. Il est dans la directive du 1.1.2026, ch. 18 et annexe."),
    "reference_premium": _("Les montants des régions I et II. Ils sont sur avsvalais.ch."),
    "reimbursement_limitation": _("Le délai en vigueur. Il est dans la LIAS de 2020."),
    "relative_household_contribution": _(
        "Si une somme est comptée aujourd’hui, et combien. C’est dans la directive du 1.1.2026."
    ),
    "rent_ceilings": _(
        "Les loyers par commune et par taille du ménage. À demander au centre, ou directive du 1.1.2026, annexe."
    ),
    "rent_deposit": _("La règle et le montant. Ils sont dans la directive du 1.1.2026."),
    "retention_period": _("Combien de temps les dossiers sont gardés. À demander au SAS et aux archives du canton."),
    "sanction_months": _("La durée en vigueur. Elle est dans la directive du 1.1.2026, ch. 22."),
    "sanction_rate": _("Les pourcentages en vigueur. Ils sont dans la directive du 1.1.2026, ch. 22."),
    "sanction_suspension_months": _("Si c’est possible, et combien de temps. Voir la directive du 1.1.2026, ch. 22."),
    "self_employed_months": _("La durée en vigueur. Elle est dans la directive, ch. H.18."),
    "stable_concubinage_years": _("La durée en vigueur. Elle est dans l’OLIAS ou la directive (lex.vs.ch 850.100)."),
    "suspensive_effect": _("Ce que dit la LIAS adoptée. Le texte est sur lex.vs.ch (850.1)."),
    "training_allowance": _BEFORE_2025,
    "vehicle": _("Une règle du Valais. À chercher dans la directive du 1.1.2026."),
}
"""One text each: a parameter has one unknown time."""
