"""Notes that matter to a reader, by parameter: in plain French. Technical notes of the data have no words here."""

from __future__ import annotations

from typing import Final

from portal.i18n.law_words.mark import _

_SKOS_RANGE: Final = _("Cette fourchette vient des normes CSIAS. Ce n’est pas un montant du Valais.")

NOTES: Final = {
    "advance_meanwhile": _("Une cession : vous laissez la prestation attendue rembourser l’avance."),
    "alimony_advance": _("Dès le troisième enfant, le montant n’est pas connu."),
    "all_adults_sign": _("Pour annoncer la demande, cette signature n’est pas nécessaire."),
    "allowance_5": _("Il n’est pas sûr que le Valais suive les normes CSIAS dès cinq personnes."),
    "allowance_further": _("Il n’est pas sûr que le Valais suive les normes CSIAS dès cinq personnes."),
    "announcement_form": _("En pratique, par téléphone ou sur place, pendant les heures d’ouverture."),
    "appeal_last_day_moves": _("Une lettre postée le dernier jour est à temps."),
    "asylum_after_years": _("Cette règle de 2020 a peut-être changé."),
    "bursary_start": _("La contribution des parents vient d’abord."),
    "capital_received": _("Le portail montre de rien à toute la somme. Le centre dit comment elle compte."),
    "clock_suspension": _("Le portail montre toujours la date la plus proche, sans suspension."),
    "documents_deadline": _("Un document qui manque n’empêche jamais l’annonce."),
    "earnings_allowance": _SKOS_RANGE,
    "emergency_adult": _("Le loyer s’ajoute."),
    "first_social_emergency": _("Ces équipes existent. Nous n’avons pas trouvé de contact."),
    "flat_share_purpose_reduction": _("Dans une colocation qui vit comme une famille, chaque personne a une part."),
    "gift_limit": _("Par cadeau, par fête ou par an : le texte lu ne le dit pas."),
    "health_costs_paid": _("Les assurances complémentaires ne sont pas payées."),
    "household_change_month": _("Pour ce mois, le portail montre les deux calculs. Le centre décide."),
    "incentive_supplement": _SKOS_RANGE,
    "online_filing": _(
        "Une annonce de vive voix ou écrite suffit. Un message en ligne est donc au moins une annonce. "
        "Téléphonez aussi au centre : c’est plus sûr."
    ),
    "permit_b_c_renewal": _("Tant que des documents manquent au service des migrations : aide d’urgence seulement."),
    "property_owner": _("Pas de gage si l’aide est ponctuelle. Un bien à l’étranger compte aussi."),
    "rent_ceilings": _("Ce portail ne dit jamais qu’un loyer est trop haut."),
    "silence": _("Un recours au Conseil d’Etat pour refus ou retard est possible."),
    "spm_notice": _("L’annonce sur ce portail ne transmet rien au service des migrations."),
    "stable_concubinage_years": _("Le centre décide."),
    "start_of_aid": _("La commune décide de la date."),
    "suspensive_effect": _("Personne ne peut promettre qu’un recours arrête une réduction."),
    "training_not_reimbursable_age": _("De 25 à 35 ans, le remboursement suit les règles ordinaires."),
    "vehicle": _("Le portail ne juge pas un véhicule."),
    "young_adult_lives_with_parent": _(
        "Ce qui vaut aujourd’hui n’a pas été lu. Ce n’est pas à prendre comme un devoir."
    ),
}
