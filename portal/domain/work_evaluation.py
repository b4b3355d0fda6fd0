"""Whether the first evaluation of the ability to work may be waived for an adult (parameter `work_evaluation_exempt`).

Only the wording of RELIAS art. 18 al. 3 is known, in force until 30.6.2021: regular work of 80 % at least, in training, more than
50 % unable by a recent medical certificate, alone with a child under four months. The commune may ask for it in other cases
too (let. e). The centre decides; whether work is regular and a certificate recent, it sees on paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

from portal.domain.parameter import Law, Parameter
from portal.domain.situation import Activity, Missing, Person, Relation, Situation
from portal.domain.situation.ages import MAJORITY, age_of, lives_in
from portal.domain.situation.words import COUPLE
from portal.domain.unit import Standing, units

MONTHS: Final = 12


class Ground(StrEnum):
    """Why it may be waived: let. a to d."""

    WORK = "work"
    TRAINING = "training"
    UNABLE = "unable"
    SMALL_CHILD = "small_child"


@dataclass(frozen=True)
class Evaluation:
    """What the answers say of one adult."""

    person: str
    waived: bool | None
    """True: it may be waived; None: an answer is missing."""
    grounds: tuple[Ground, ...]
    """Those that hold."""
    open_answers: tuple[str, ...]
    """Where it is not known: the fields of the model that would tell (`persons.work_percent`)."""
    rule: Parameter


_Judged: TypeAlias = "bool | tuple[str, ...]"
"""Yes, no, or not known: the fields that are missing."""


def adults(situation: Situation, on: date, law: Law) -> tuple[Person, ...]:
    """Those who are counted or may be: the applicant, the spouse or partner, and children of 18 or more."""
    first = units(situation, on, law)[0]  # of two units, the first counts the partner
    members = first.those(Standing.COUNTED, Standing.AWAY, Standing.IN_DOUBT)
    return tuple(
        member.person
        for member in members
        if member.person.relation in COUPLE or (age_of(member.person, on) or 0) >= MAJORITY
    )


def evaluation(person: Person, situation: Situation, on: date, law: Law) -> Evaluation:
    """Of one adult, on the day of filing (`work_evaluation_exempt`; wording of RELIAS art. 18 al. 3)."""
    rule = law("work_evaluation_exempt")
    judged = {ground: judge(person, situation, on, rule) for ground, judge in _JUDGES.items()}
    grounds = tuple(ground for ground, answer in judged.items() if answer is True)
    missing = tuple(dict.fromkeys(field for answer in judged.values() if isinstance(answer, tuple) for field in answer))
    if grounds:
        return Evaluation(person.id, True, grounds, (), rule)
    return Evaluation(person.id, None if missing else False, (), missing, rule)


def _works(person: Person, situation: Situation, on: date, rule: Parameter) -> _Judged:  # noqa: ARG001 - all alike
    """Employed is full-time, as the form asks for it, unless a rate was said."""
    activity, percent = person.activity.known(on), person.work_percent.on(on)
    if isinstance(percent, int):
        return percent >= rule.whole("work_percent_from")
    if activity is None:
        return ("persons.activity",)
    if activity is Activity.EMPLOYED and percent is None:
        return True
    at_work = activity in (Activity.EMPLOYED, Activity.PART_TIME, Activity.SELF_EMPLOYED)
    return ("persons.work_percent",) if at_work or isinstance(percent, Missing) else False


def _trains(person: Person, situation: Situation, on: date, rule: Parameter) -> _Judged:  # noqa: ARG001 - all alike
    activity = person.activity.known(on)
    return ("persons.activity",) if activity is None else activity is Activity.TRAINING


def _unable(person: Person, situation: Situation, on: date, rule: Parameter) -> _Judged:  # noqa: ARG001 - all alike
    """`unable_percent` is what a certificate says."""
    percent, activity = person.unable_percent.on(on), person.activity.known(on)
    if isinstance(percent, int):
        return percent > rule.whole("certified_incapacity_over_percent")
    if isinstance(percent, Missing) or activity is Activity.UNABLE:
        return ("persons.unable_percent",)
    return ("persons.activity",) if activity is None else False


def _cares_alone(person: Person, situation: Situation, on: date, rule: Parameter) -> _Judged:
    """The applicant without a spouse or partner in the home, with a child of the household below that age."""
    here = [one for one in situation.persons if lives_in(one, on)]
    alone = not any(one.relation in (Relation.SPOUSE, Relation.PARTNER) for one in here)
    if person.relation is not Relation.APPLICANT or not alone:
        return False
    limit = rule.whole("sole_custody_of_child_under_months")
    young = [_younger(one, on, limit) for one in here if one.relation is Relation.CHILD]
    if True in young:
        return True
    return ("persons.born",) if None in young else False


def _younger(child: Person, on: date, months: int) -> bool | None:
    """Whether a child is younger than so many months; not known without a day of birth below the age of one."""
    born = child.born.known(on)
    if born is not None:
        lived = MONTHS * (on.year - born.year) + on.month - born.month - (on.day < born.day)
        return 0 <= lived < months
    age = child.age.known(on)
    return None if age is None or MONTHS * age < months else False


_JUDGES: Final[dict[Ground, Callable[[Person, Situation, date, Parameter], _Judged]]] = {
    Ground.WORK: _works,
    Ground.TRAINING: _trains,
    Ground.UNABLE: _unable,
    Ground.SMALL_CHILD: _cares_alone,
}
