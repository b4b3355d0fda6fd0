"""Who is counted together, and why (OLIAS art. 3 and 4; wording of RELIAS art. 3 where today's text was not read)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.parameter import Law
from portal.domain.routing import gives_ordinary_aid
from portal.domain.situation import Activity, Missing, Person, Relation, Situation
from portal.domain.situation.ages import MAJORITY, age_of, lives_in, unborn, whole_years


class Standing(StrEnum):
    """How a person stands in the budget."""

    COUNTED = "counted"
    AWAY = "away"
    """Counted, but away for studies."""
    IN_DOUBT = "in_doubt"
    LIVES_HERE = "lives_here"
    """Lives in the household and is not counted."""
    ELSEWHERE = "elsewhere"


class Reason(StrEnum):
    """Why."""

    APPLICANT = "applicant"
    SPOUSE = "spouse"
    STABLE_PARTNER = "stable_partner"
    UNSTABLE_PARTNER = "unstable_partner"
    MINOR_CHILD = "minor_child"
    CHILD_IN_TRAINING = "child_in_training"
    CHILD_AWAY = "child_away"
    CHILD_UNCERTAIN = "child_uncertain"
    """The age or the training of a child is not known."""
    GROWN_CHILD = "grown_child"
    PERMIT = "permit"
    """Another office may be competent, or special conditions hold, for this person."""
    OTHER_ADULT = "other_adult"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Member:
    """One person of the household, with the names of the parameters behind their standing."""

    person: Person
    standing: Standing
    reason: Reason
    rules: tuple[str, ...] = ()
    away: bool = False
    """Lives elsewhere for studies."""


@dataclass(frozen=True)
class Unit:
    """Everybody named in the situation, each with their standing."""

    members: tuple[Member, ...]

    def those(self, *standings: Standing) -> tuple[Member, ...]:
        """The members with one of these standings."""
        return tuple(member for member in self.members if member.standing in standings)

    @property
    def counted(self) -> tuple[Member, ...]:
        """Those who are counted, here or away."""
        return self.those(Standing.COUNTED, Standing.AWAY)


def units(situation: Situation, on: date, law: Law) -> tuple[Unit, ...]:
    """The assistance unit; two of them where it is not known whether a partner is counted, the counted one first."""
    stable = _stability(situation, on, law)
    return tuple(
        Unit(tuple(_member(person, on, law, stable_partner) for person in situation.persons))
        for stable_partner in stable
    )


def _stability(situation: Situation, on: date, law: Law) -> tuple[bool, ...]:
    """Whether the partner is counted like a spouse: (True,), (False,) or both (stable_concubinage_*; OLIAS art. 4)."""
    # Over time there may have been several: the one who lives here counts.
    partner = next((one for one in situation.persons if one.relation is Relation.PARTNER and lives_in(one, on)), None)
    if partner is None:
        return (False,)
    child = partner.common_child.on(on)
    if child is True:
        return (True,)
    least, most = law("stable_concubinage_years").admissible or (None, None)
    years = whole_years(partner.together_since.known(on), partner.together_years.known(on), on)
    if years is None or least is None or most is None:
        return (True, False)
    if years >= most:
        return (True,)
    if years < least and not isinstance(child, Missing):
        return (False,)
    return (True, False)


def _member(person: Person, on: date, law: Law, stable_partner: bool) -> Member:
    away = person.away_for_studies.known(on) is True
    if person.relation is Relation.APPLICANT:
        return Member(person, Standing.COUNTED, Reason.APPLICANT)
    away_child = away and person.relation is Relation.CHILD and not unborn(person, on)
    if not lives_in(person, on) and not away_child:
        return Member(person, Standing.ELSEWHERE, Reason.ELSEWHERE)
    member = _by_relation(person, on, law, stable_partner, away)
    if member.standing in (Standing.COUNTED, Standing.AWAY) and not gives_ordinary_aid(person, on, law):
        return Member(person, Standing.IN_DOUBT, Reason.PERMIT, member.rules, away=member.away)
    return member


def _by_relation(person: Person, on: date, law: Law, stable_partner: bool, away: bool) -> Member:
    if person.relation is Relation.SPOUSE:
        return Member(person, Standing.COUNTED, Reason.SPOUSE)
    if person.relation is Relation.PARTNER:
        rules = ("stable_concubinage_counted_as", "stable_concubinage_child", "stable_concubinage_years")
        if stable_partner:
            return Member(person, Standing.COUNTED, Reason.STABLE_PARTNER, rules)
        return Member(person, Standing.LIVES_HERE, Reason.UNSTABLE_PARTNER, rules)
    if person.relation is Relation.CHILD:
        return _child(person, on, law, away)
    return Member(person, Standing.LIVES_HERE, Reason.OTHER_ADULT)


def _child(person: Person, on: date, law: Law, away: bool) -> Member:
    """Minors, and children below `dependent_child_age` in training who do not support themselves."""
    rules = ("dependent_child_age", "dependent_child_conditions")
    age = age_of(person, on)
    if age is not None and age < MAJORITY:
        return _dependent(person, away, Reason.MINOR_CHILD, ())
    supporting = person.self_supporting.on(on)
    completed = person.training_completed.on(on)
    if completed is None and person.activity.known(on) is Activity.TRAINING:
        completed = False
    if age is None:
        return Member(person, Standing.IN_DOUBT, Reason.CHILD_UNCERTAIN, rules, away=away)
    if age >= law("dependent_child_age").whole() or supporting is True or completed is True:
        standing = Standing.ELSEWHERE if away else Standing.LIVES_HERE
        return Member(person, standing, Reason.GROWN_CHILD, rules)
    if completed is not False or isinstance(supporting, Missing):
        return Member(person, Standing.IN_DOUBT, Reason.CHILD_UNCERTAIN, rules, away=away)
    return _dependent(person, away, Reason.CHILD_IN_TRAINING, rules)


def _dependent(person: Person, away: bool, reason: Reason, rules: tuple[str, ...]) -> Member:
    if away:
        return Member(person, Standing.AWAY, Reason.CHILD_AWAY, (*rules, "child_away_for_studies"), away=True)
    return Member(person, Standing.COUNTED, reason, rules)
