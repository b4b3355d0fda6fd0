"""Who is asked for papers, right to stay, civil status, children."""

from __future__ import annotations

from datetime import date

from portal.checklists.predicates.register import Truth, either, of_household, of_person, rare, some
from portal.checklists.predicates.work import is_paid
from portal.domain.parameter import Law
from portal.domain.routing import RouteKind, route
from portal.domain.situation import (
    Benefit,
    CivilStatus,
    IncomeKind,
    Missing,
    Permit,
    PermitState,
    Person,
    Relation,
    Situation,
)
from portal.domain.situation.ages import MAJORITY, age_of, lives_in, not_in_time
from portal.domain.situation.words import COUPLE
from portal.domain.unit import Member, Reason, Standing, units

_AGE = ("person.born",)
_PARTNER = ("person.common_child", "person.together_since")
_RIGHT = ("person.permit", "person.asylum_since")
_GROWN = (*_AGE, "person.training_completed", "person.self_supporting")
_UNPROVEN = (Permit.SWISS, Permit.NONE, Permit.REJECTED)
_RENEWING = (PermitState.RENEWAL_COMPLETE, PermitState.RENEWAL_INCOMPLETE, PermitState.EXPIRED)


def _decides_who_counts(person: Person) -> tuple[str, ...]:
    if person.relation is Relation.PARTNER:
        return (*_PARTNER, *_RIGHT)
    return (*_GROWN, *_RIGHT) if person.relation is Relation.CHILD else _RIGHT


@of_person(asked=_decides_who_counts)
def counted(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """The person belongs to the assistance unit (OLIAS art. 3 and 4), and the centre helps them.

    Open: a partner of a year or two, a grown child whose training is not known, a member whom the asylum office helps.
    """
    found = {_belongs(member, on, law) for unit in units(situation, on, law) for member in _of(unit.members, person)}
    return found.pop() if len(found) == 1 else None


def _of(members: tuple[Member, ...], person: Person) -> tuple[Member, ...]:
    return tuple(member for member in members if member.person.id == person.id)


def _belongs(member: Member, on: date, law: Law) -> Truth:
    if member.standing in (Standing.COUNTED, Standing.AWAY):
        return True
    if member.standing is not Standing.IN_DOUBT:
        return False
    # Who has a difficult permit, but the same centre, is asked like the others: their papers show the way.
    elsewhere = route(member.person, on, law).kind in (RouteKind.ASYLUM, RouteKind.ASYLUM_OR_CENTRE)
    return None if member.reason is not Reason.PERMIT or elsewhere else True


@of_person(*_AGE)
def adult(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """The applicant, the spouse or partner, or a child of 18 or more (art. 14 of the Civil Code)."""
    if person.relation in COUPLE:
        return True
    age = age_of(person, on)
    return None if age is None else age >= MAJORITY


@of_person(*_AGE)
def minor(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """A child of the household under 18."""
    if person.relation is not Relation.CHILD:
        return False
    age = age_of(person, on)
    return None if age is None else age < MAJORITY


@of_person("person.identity_paper")
def has_identity_paper(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Nobody said that there is no identity card or passport."""
    answer = person.identity_paper.on(on)
    return None if isinstance(answer, Missing) else answer is not False


@of_person("person.identity_paper")
def without_identity_paper(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """The person said to have no identity card or passport."""
    answer = person.identity_paper.on(on)
    return None if isinstance(answer, Missing) else answer is False


@of_person("person.permit")
def has_permit(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """A foreign person with a permit, valid or not."""
    permit = person.permit.known(on)
    return None if permit is None else permit not in _UNPROVEN


@of_person("person.permit", "person.permit_state")
def renewal_due(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """A permit B or C has expired; its renewal was asked for or has to be (Directive LIAS, ch. 18.1.6)."""
    permit, state = person.permit.known(on), person.permit_state.known(on)
    if permit is None:
        return None
    if permit not in (Permit.B, Permit.C):
        return False
    return None if state is None else state in _RENEWING


@of_person("person.civil_status")
def separated_or_divorced(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Separated or divorced; with a spouse in the home, or for a child, only where it was said."""
    status = person.civil_status.on(on)
    if status is None:
        return False if person.relation is Relation.CHILD or married_here(situation, on, law) else None
    return None if isinstance(status, Missing) else status in (CivilStatus.SEPARATED, CivilStatus.DIVORCED)


@of_household()
def married_here(situation: Situation, on: date, law: Law) -> Truth:
    """A spouse or registered partner lives in the home."""
    return any(person.relation is Relation.SPOUSE and lives_in(person, on) for person in situation.persons)


@of_person()
def parents_not_married_here(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """The child lives with one parent, or with two who are not married: who has custody must be shown."""
    if married_here(situation, on, law):
        return False
    if situation.applicant.civil_status.known(on) is CivilStatus.WIDOWED:
        return None  # the other parent need not be the late spouse
    return True


@of_household("person.born", "person.training_completed", "person.self_supporting")
def has_dependent_children(situation: Situation, on: date, law: Law) -> Truth:
    """A child is counted in the assistance unit."""
    children = [person for person in situation.persons if person.relation is Relation.CHILD]
    return either(*(counted(situation, child, on, law) for child in children))


@of_household()
def receives_alimony(situation: Situation, on: date, law: Law) -> Truth:
    """Alimony is paid to somebody of the household."""
    return any(is_paid(person, on, IncomeKind.ALIMONY) for person in situation.persons if not not_in_time(person, on))


@of_household("alimony_paid")
def pays_alimony(situation: Situation, on: date, law: Law) -> Truth:
    """The household pays alimony; not answered counts as no."""
    answer = situation.alimony_paid.on(on)
    return False if answer is None else some(answer)


@of_household("children_elsewhere")
def has_children_elsewhere(situation: Situation, on: date, law: Law) -> Truth:
    """Children live with somebody else; not answered counts as no."""
    answer = situation.children_elsewhere.on(on)
    return False if answer is None else some(answer)


@of_person("person.asked_for")
def asked_alimony_advances(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """Recovery or advances of alimony were asked for at the BRACE; alimony that comes may come from there."""
    asked = person.asked_for.on(on)
    if isinstance(asked, Missing):
        return None
    if Benefit.ALIMONY in (asked or ()):
        return True
    return None if is_paid(person, on, IncomeKind.ALIMONY) else False


@of_person("person.curatorship")
def under_curatorship(situation: Situation, person: Person, on: date, law: Law) -> Truth:
    """A curator was appointed."""
    return rare(person.curatorship.on(on))


@of_household()
def not_in_commune_register(situation: Situation, on: date, law: Law) -> Truth:
    """The commune's register does not hold it yet: the portal cannot know."""
    return None


@of_household()
def centre_asks(situation: Situation, on: date, law: Law) -> Truth:
    """The centre asks for it: only the centre knows."""
    return None
