"""What each rule of the law data says, in plain French: never more certain than its source."""

from __future__ import annotations

from typing import Final

from portal.i18n.law_words.mark import _

RULES: Final = {
    "adults_shares_only": _("Seulement les parts des adultes"),
    "aid_may_be_advanced_against_cession": _("L’aide peut être avancée. En échange, une cession peut être demandée."),
    "all_adults_of_the_assistance_unit": _("Tous les adultes qui sont comptés ensemble"),
    "allowance_of_household_divided_by_persons": _(
        "Le forfait du ménage est divisé par le nombre de personnes. Chaque personne comptée a une part."
    ),
    "annexe_ii": _("Annexe II, mandat de prestations des CMS"),
    "appeal_and_sas_may_order": _(
        "Un recours est possible. Le Service de l’action sociale (SAS) peut ordonner l’aide."
    ),
    "as_soon_as_benefit_arrives": _("Dès que la prestation attendue arrive"),
    "ask_centre_then_appeal": _("Demander d’abord au centre. Ensuite, un recours est possible."),
    "at_the_start_of_aid": _("Au début de l’aide"),
    "commune_and_centre": _("La commune et le centre"),
    "counted_as_income": _("Compté comme un revenu"),
    "counted_in_full_when_paid_without_earnings_allowance": _(
        "Compté en entier quand c’est versé, sans franchise sur le revenu"
    ),
    "counts_for_next_month": _("Compte pour le mois suivant"),
    "counts_in_household_with_adapted_allowance": _("Compte dans le ménage, avec un forfait adapté"),
    "date_set_by_centre": _("Le centre demande les documents par écrit et fixe une date."),
    "emergency_aid_with_attestation_of_spm": _("Aide d’urgence, avec une attestation du service des migrations (SPM)"),
    "first_day_of_month_of_first_contact": _("Le premier jour du mois du premier contact"),
    "from_1_july": _("Dès le 1er juillet"),
    "in_principle_with_parent": _("En principe, chez un parent"),
    "like_married_couple": _("Comme un couple marié"),
    "locally_recognised_costs": _("Les frais de logement reconnus localement"),
    "may_count_as_hypothetical_income": _("Peuvent compter comme un revenu, même s’ils ne sont pas versés"),
    "month_after_complete_file": _("Dès le mois qui suit le dossier complet, pas pour les mois d’avant"),
    "must_be_declared": _("À déclarer, en argent ou en nature"),
    "next_working_day": _("Le dernier jour passe au prochain jour ouvrable."),
    "not_an_expense": _("Ne compte pas comme une dépense"),
    "not_covered": _("Pas pris en charge"),
    "not_granted": _("Pas d’aide pour les mois avant le premier contact"),
    "only_if_affluence_is_likely": _("Examinée seulement si des proches vivent probablement dans l’aisance"),
    "only_with_mortgage_for_the_commune": _("Aide seulement avec un gage sur le logement pour la commune"),
    "ordinary_aid": _("Aide ordinaire"),
    "ordinary_aid_once_renewal_request_is_complete": _(
        "Aide ordinaire dès que la demande de renouvellement est complète"
    ),
    "ordinary_aid_reduced_by_income_for_limited_time": _("Aide ordinaire moins le revenu, pour un temps limité"),
    "ordinary_and_reduced_aid_may_be_refused": _("L’aide ordinaire et l’aide réduite peuvent être refusées."),
    "own_dossier": _("Un dossier à son propre nom"),
    "paid_by_the_community_not_reimbursed": _("Payée par la collectivité, pas à rembourser"),
    "paid_on_proof": _("Payées sur justificatif"),
    "pledge_or_sale_may_be_required": _("Un gage ou une vente peut être demandé."),
    "possible_by_decision": _("Possible, par une décision"),
    "previous_month_with_surplus_carried_over": _("Le revenu du mois d’avant compte. Un surplus est reporté."),
    "principles_with_monthly_budgets": _(
        "La décision peut fixer seulement les principes. Le centre fait un budget chaque mois."
    ),
    "provisional_then_final": _("Une décision provisoire, puis une décision finale"),
    "raises_reimbursement_question": _("La question d’un remboursement se pose."),
    "red_cross_by_cantonal_mandate": _("La Croix-Rouge, par mandat du canton"),
    "required_if_able_to_work": _("Demandée à qui peut travailler"),
    "sanction_rather_than_top_up": _("Plutôt une sanction qu’une aide plus haute"),
    "special_conditions_reduced_allowance": _("Conditions spéciales, forfait réduit"),
    "special_conditions_reduced_allowance_without_wage": _("Conditions spéciales. Sans salaire, forfait réduit."),
    "stable_with_common_child": _("Un enfant commun rend le concubinage stable."),
}
