"""The words of the summary for the centre: to a caseworker, about the persons of a household."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.domain.parameter import Law, Parameter
from portal.domain.routing import RouteKind, route
from portal.domain.situation import Home, Income, Permit, PermitState, Person, Relation, Rhythm, Situation
from portal.domain.situation.ages import MAJORITY, age_of, lives_in
from portal.domain.unit import Member, Reason
from portal.domain.work_evaluation import Evaluation, Ground
from portal.i18n.estimate.lines import income_name
from portal.i18n.estimate.people import person_name
from portal.i18n.estimate.spans import francs
from portal.i18n.situation.fields import field_name
from portal.i18n.text import translator
from portal.i18n.words import joined

_ENDED = (PermitState.RENEWAL_COMPLETE, PermitState.RENEWAL_INCOMPLETE, PermitState.EXPIRED, PermitState.REVOKED)
_SPECIAL = (RouteKind.SPECIAL, RouteKind.PERMIT_L_WORKING)
_ASYLUM = (RouteKind.ASYLUM, RouteKind.ASYLUM_OR_CENTRE, RouteKind.RED_CROSS_OR_CENTRE)


def counted_words(members: tuple[Member, ...], language: str) -> str:
    """Whether a person is counted, and why; `members`: one person in each of the possible units."""
    _ = translator(language).gettext
    if len({member.reason for member in members}) > 1:
        return _("À décider : compte si le couple est stable.")
    return {
        Reason.APPLICANT: _("Compte : fait la demande."),
        Reason.SPOUSE: _("Compte : mariage ou partenariat enregistré."),
        Reason.STABLE_PARTNER: _("Compte comme conjoint : couple stable."),
        Reason.UNSTABLE_PARTNER: _("Ne compte pas : couple pas encore stable."),
        Reason.MINOR_CHILD: _("Compte : enfant mineur."),
        Reason.CHILD_IN_TRAINING: _("Compte : enfant majeur en formation, à charge."),
        Reason.CHILD_AWAY: _("Compte avec un montant adapté : étudie ailleurs."),
        Reason.CHILD_UNCERTAIN: _("À examiner : l’âge ou la formation n’est pas connu."),
        Reason.GROWN_CHILD: _("Ne compte pas : enfant majeur qui n’est plus à charge."),
        Reason.PERMIT: _("À examiner : son permis peut relever d’un autre service."),
        Reason.OTHER_ADULT: _("Ne compte pas, mais habite dans le logement."),
        Reason.ELSEWHERE: _("Ne compte pas : habite ailleurs."),
    }[members[0].reason]


def urgent_words(situation: Situation, on: date, law: Law, language: str) -> Iterator[str]:
    """What should be seen soon, from the answers. Urgent needs stand on the demand itself."""
    _ = translator(language).gettext
    if situation.eviction_threat.known(on):
        yield _("Risque de perdre le logement.")
    if situation.home.known(on) is Home.NONE:
        yield _("Pas de logement.")
    for person in situation.persons:
        if not lives_in(person, on):
            continue
        who = person_name(situation, person.id, language, staff=True)
        yield from _of_person(person, who, on, language)
        way = route(person, on, law).kind
        if way in _ASYLUM:
            yield _("%(who)s : l’Office de l’asile est peut-être compétent.", who=who)
        if way in _SPECIAL:
            yield _("%(who)s : conditions spéciales à cause du permis.", who=who)
        if way is RouteKind.OTHER:
            yield _("%(who)s : un autre permis, règle à examiner.", who=who)


def _of_person(person: Person, who: str, on: date, language: str) -> Iterator[str]:
    _ = translator(language).gettext
    age = age_of(person, on)
    if person.relation is Relation.APPLICANT and age is not None and age < MAJORITY:
        yield _("%(who)s : moins de 18 ans.", who=who)
    if person.pregnant.known(on):
        yield _("%(who)s : grossesse.", who=who)
    if person.leaves_institution.known(on):
        yield _("%(who)s : sort d’un hôpital, d’un foyer ou de détention.", who=who)
    if person.curatorship.known(on):
        yield _("%(who)s : sous curatelle.", who=who)
    if person.identity_paper.known(on) is False:
        yield _("%(who)s : pas de pièce d’identité.", who=who)
    if person.permit.known(on) is Permit.NONE:
        yield _("%(who)s : pas de permis.", who=who)
    if person.permit.known(on) is not Permit.SWISS and person.permit_state.known(on) in _ENDED:
        yield _("%(who)s : permis échu ou révoqué.", who=who)


def evaluation_words(found: Evaluation, language: str) -> str:
    """Whether the first evaluation may be waived, with the reasons or what is missing."""
    _ = translator(language).gettext
    if found.waived:
        return _(
            "Dispense possible : %(why)s.",
            why=joined(", ", (_ground(one, found.rule, language) for one in found.grounds)),
        )
    if found.waived is None:
        missing = joined(", ", (field_name(field, language) for field in found.open_answers))
        return _("Pas encore connu. Il manque : %(missing)s.", missing=missing)
    return _("Aucun motif de dispense dans les réponses.")


def _ground(ground: Ground, rule: Parameter, language: str) -> str:
    _ = translator(language).gettext
    percent, over = rule.whole("work_percent_from"), rule.whole("certified_incapacity_over_percent")
    months = rule.whole("sole_custody_of_child_under_months")
    return {
        Ground.WORK: _("travail régulier à %(percent)s %% ou plus", percent=percent),
        Ground.TRAINING: _("en formation"),
        Ground.UNABLE: _("incapacité de plus de %(percent)s %%, avec certificat médical récent", percent=over),
        Ground.SMALL_CHILD: _("garde sans l’autre parent d’un enfant de moins de %(months)s mois", months=months),
    }[ground]


def income_words(income: Income, on: date, language: str) -> str:
    """«Salaire net : CHF 600 par mois»."""
    _ = translator(language).gettext
    known = income.amount.known(on)
    amount = _("pas connu") if known is None else francs(known, language)
    each = {
        Rhythm.MONTH: _("%(kind)s : %(amount)s par mois", kind=income_name(income.kind, language), amount=amount),
        Rhythm.YEAR: _("%(kind)s : %(amount)s par an", kind=income_name(income.kind, language), amount=amount),
        Rhythm.ONCE: _("%(kind)s : %(amount)s une fois", kind=income_name(income.kind, language), amount=amount),
    }[income.every]
    return _("%(income)s, irrégulier", income=each) if income.irregular else each
