"""Answers that the estimate and the situation both offer, in the same words."""

from __future__ import annotations

from typing import Final

from portal.domain.situation import Activity, Home, Permit, PermitState
from portal.forms.text import lazy

PERMITS: Final = [
    (Permit.SWISS.value, lazy("Nationalité suisse")),
    (Permit.B.value, lazy("Permis B")),
    (Permit.C.value, lazy("Permis C")),
    (Permit.L.value, lazy("Permis L")),
    (Permit.F.value, lazy("Permis F")),
    (Permit.N.value, lazy("Permis N")),
    (Permit.S.value, lazy("Permis S")),
    (Permit.REFUGEE_B.value, lazy("Réfugié reconnu, permis B")),
    (Permit.REJECTED.value, lazy("Asile refusé")),
    (Permit.NONE.value, lazy("Pas de permis")),
    (Permit.OTHER.value, lazy("Un autre permis")),
]
PERMIT_STATES: Final = [
    (PermitState.VALID.value, lazy("Il est valable")),
    (PermitState.RENEWAL_COMPLETE.value, lazy("Échu. Tous les papiers du renouvellement sont remis")),
    (PermitState.RENEWAL_INCOMPLETE.value, lazy("Échu. Le renouvellement est demandé, il manque des papiers")),
    (PermitState.EXPIRED.value, lazy("Échu. Le renouvellement n’est pas demandé")),
    (PermitState.REVOKED.value, lazy("Révoqué ou pas renouvelé")),
]
ACTIVITIES: Final = [
    (Activity.EMPLOYED.value, lazy("Travail à plein temps")),
    (Activity.PART_TIME.value, lazy("Travail à temps partiel")),
    (Activity.SELF_EMPLOYED.value, lazy("Travail à son compte")),
    (Activity.SEEKING.value, lazy("Recherche d’un travail")),
    (Activity.TRAINING.value, lazy("Formation ou études")),
    (Activity.UNABLE.value, lazy("Maladie, accident ou invalidité")),
    (Activity.CARING.value, lazy("S’occupe d’enfants ou d’un proche")),
    (Activity.RETIRED.value, lazy("Retraite")),
    (Activity.OTHER.value, lazy("Autre chose")),
]
HOMES: Final = [
    (Home.RENTED.value, lazy("Je paie un loyer")),
    (Home.OWNED.value, lazy("Je suis propriétaire de mon logement")),
    (Home.HOSTED_BY_RELATIVE.value, lazy("Gratuitement chez un parent ou un proche")),
    (Home.HOSTED.value, lazy("Gratuitement chez quelqu’un d’autre")),
    (Home.INSTITUTION.value, lazy("Dans un foyer ou une institution")),
    (Home.NONE.value, lazy("Je n’ai pas de logement")),
]
