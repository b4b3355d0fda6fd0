"""How the persons of a household are named to the one who asks, and how each of them counts."""

from __future__ import annotations

from datetime import date

from portal.domain.situation import Relation, Situation
from portal.domain.situation.words import APPLICANT
from portal.domain.unit import Member, Reason
from portal.i18n.text import translator


def person_name(situation: Situation, person: str, language: str, *, staff: bool = False, me: str = APPLICANT) -> str:
    """Their name where one was given; else «Vous», «Votre partenaire», «Enfant 2».

    `me`: the person who reads it; `staff`: none of them does.
    """
    _ = translator(language).gettext
    found = next(one for one in situation.persons if one.id == person)
    if person == me and not staff:
        return _("Vous")
    name = found.name.known(date.max)
    if name:
        return name
    if me != APPLICANT and found.relation is Relation.APPLICANT:
        return _("La personne qui a fait la demande")
    staff = staff or me != APPLICANT  # «your partner» is said to the one who made the demand
    alike = [one.id for one in situation.persons if one.relation is found.relation]
    number = alike.index(person) + 1
    match found.relation:
        case Relation.APPLICANT:
            return _("La personne")
        case Relation.SPOUSE:
            return _("Conjoint") if staff else _("Votre conjoint")
        case Relation.PARTNER:
            return _("Partenaire") if staff else _("Votre partenaire")
        case Relation.CHILD:
            return _("Enfant %(number)s", number=number)
        case Relation.PARENT:
            return _("Parent %(number)s", number=number)
        case _:
            return _("Autre personne %(number)s", number=number)


def standing_words(member: Member, language: str) -> str:
    """How a person counts, and why."""
    _ = translator(language).gettext
    return {
        Reason.APPLICANT: _("C’est votre demande."),
        Reason.SPOUSE: _("Compte avec vous : vous êtes mariés ou partenaires enregistrés."),
        Reason.STABLE_PARTNER: _("Compte avec vous comme un conjoint : votre couple est stable."),
        Reason.UNSTABLE_PARTNER: _("Ne compte pas avec vous : votre couple n’est pas encore stable au sens de la loi."),
        Reason.MINOR_CHILD: _("Compte avec vous : enfant mineur."),
        Reason.CHILD_IN_TRAINING: _("Compte avec vous : enfant majeur en formation."),
        Reason.CHILD_AWAY: _("Compte avec vous, avec un montant adapté : étudie ailleurs."),
        Reason.CHILD_UNCERTAIN: _("À examiner : l’âge ou la formation n’est pas connu."),
        Reason.GROWN_CHILD: _("Ne compte pas avec vous : enfant majeur qui n’est plus à charge."),
        Reason.PERMIT: _("À examiner : son permis peut relever d’un autre service."),
        Reason.OTHER_ADULT: _("Ne compte pas avec vous, mais habite dans le logement."),
        Reason.ELSEWHERE: _("N’habite pas avec vous."),
    }[member.reason]
