"""The answers that decide whether a paper is needed, in words: what a «perhaps» depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from portal.i18n.text import kept, translator


def decided_by(open_answers: Iterable[str], unknown: Iterable[str], language: str) -> tuple[str, ...]:
    """What a «perhaps» depends on, each thing once; `unknown` names the predicates where no answer is open.

    KeyError for an answer or a predicate that has no words; a test proves that all of them have.
    """
    answers, elsewhere, last = _answers(language), _elsewhere(language), _last(language)
    found = [answers[name] for name in open_answers]
    found += [elsewhere[name] for name in unknown if name in elsewhere]
    found = found or [last[name] for name in unknown]
    return tuple(dict.fromkeys(found))


@kept
def _answers(language: str) -> Mapping[str, str]:
    _ = translator(language).gettext
    return {
        "home": _("où vous habitez"),
        "vehicles": _("les véhicules"),
        "owns_property": _("une maison, un appartement ou un terrain"),
        "insurances": _("les assurances-vie et la prévoyance"),
        "claims": _("un héritage ou de l’argent prêté"),
        "debts": _("les dettes"),
        "eviction_threat": _("le risque de perdre le logement"),
        "alimony_paid": _("une pension alimentaire à payer"),
        "children_elsewhere": _("des enfants qui vivent ailleurs"),
        "person.born": _("l’âge"),
        "person.permit": _("le permis de séjour"),
        "person.permit_state": _("la validité du permis"),
        "person.asylum_since": _("la date de la demande d’asile"),
        "person.civil_status": _("l’état civil"),
        "person.common_child": _("un enfant commun"),
        "person.together_since": _("le début de la vie commune"),
        "person.training_completed": _("la formation"),
        "person.self_supporting": _("qui gagne sa vie"),
        "person.activity": _("le travail ou l’activité"),
        "person.unable_percent": _("le taux d’incapacité de travail"),
        "person.identity_paper": _("une pièce d’identité à portée de main"),
        "person.asked_for": _("les autres aides demandées"),
        "person.dismissed": _("un licenciement"),
        "person.pregnant": _("une grossesse"),
        "person.curatorship": _("une curatelle"),
        "person.leaves_institution": _("une sortie d’hôpital, de foyer ou de détention"),
    }


@kept
def _elsewhere(language: str) -> Mapping[str, str]:
    """What nobody is asked here: the commune, the centre or the person's own papers tell."""
    _ = translator(language).gettext
    return {
        "not_in_commune_register": _("le registre de la commune : le centre regarde"),
        "centre_asks": _("le centre : attendez qu’il le demande"),
        "registered_for_vat": _("l’inscription à la TVA"),
    }


@kept
def _last(language: str) -> Mapping[str, str]:
    """What stays open although every question was answered."""
    _ = translator(language).gettext
    return {
        "counted": _("qui est compté ensemble : le centre le dit"),
        "parents_not_married_here": _("la garde de l’enfant"),
        "asked_alimony_advances": _("une demande au BRACE"),
    }
