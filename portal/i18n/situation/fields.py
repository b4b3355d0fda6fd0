"""The answers of a situation by name, as few words as will do."""

from __future__ import annotations

from portal.i18n.text import translator


def field_name(field: str, language: str) -> str:
    """What a field of the model holds: `persons.permit`, `rent`. Raises KeyError for what is no answer."""
    return (_of_person(language) | _of_household(language))[field]


def _of_person(language: str) -> dict[str, str]:
    _ = translator(language).gettext
    names = {
        "name": _("Nom"),
        "born": _("Date de naissance"),
        "age": _("Âge"),
        "civil_status": _("État civil"),
        "together_since": _("Début de la vie commune"),
        "together_years": _("Début de la vie commune"),
        "common_child": _("Enfant commun"),
        "permit": _("Nationalité ou permis"),
        "permit_state": _("État du permis"),
        "asylum_since": _("Date de la demande d’asile"),
        "asylum_years": _("Date de la demande d’asile"),
        "activity": _("Activité"),
        "work_percent": _("Taux de travail"),
        "unable_percent": _("Incapacité de travail certifiée"),
        "in_measure": _("Mesure d’insertion en cours"),
        "training_completed": _("Formation terminée"),
        "self_supporting": _("Vit de ses propres revenus"),
        "pregnant": _("Grossesse"),
        "dismissed": _("Licenciement"),
        "curatorship": _("Curatelle"),
        "leaves_institution": _("Sortie d’hôpital, de foyer ou de détention"),
        "identity_paper": _("Pièce d’identité"),
        "insurer": _("Caisse-maladie"),
        "premium": _("Prime d’assurance-maladie"),
        "asked_for": _("Autres prestations demandées"),
    }
    return {f"persons.{name}": words for name, words in names.items()}


def _of_household(language: str) -> dict[str, str]:
    _ = translator(language).gettext
    return {
        "commune": _("Commune"),
        "shared_meals": _("Repas ensemble"),
        "home": _("Logement"),
        "eviction_threat": _("Menace de perdre le logement"),
        "rent": _("Loyer"),
        "charges": _("Charges par mois"),
        "accounts": _("Comptes et espèces"),
        "insurances": _("3e pilier, libre passage, assurance-vie"),
        "vehicles": _("Véhicules"),
        "claims": _("Héritages et argent prêté"),
        "moral_damages": _("Réparation du tort moral"),
        "owns_property": _("Maison, appartement ou terrain"),
        "debts": _("Dettes"),
        "alimony_paid": _("Pension alimentaire versée"),
        "children_elsewhere": _("Enfants qui habitent ailleurs"),
        "account_number": _("Compte pour le versement"),
    }
