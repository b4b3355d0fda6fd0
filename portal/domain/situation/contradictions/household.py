"""Contradictions between persons, and of the home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from portal.domain.situation.contradictions.found import Contradiction, age_field, age_of
from portal.domain.situation.contradictions.found import ContradictionCode as Code
from portal.domain.situation.contradictions.person import gets
from portal.domain.situation.model import Person, Situation, years_between
from portal.domain.situation.words import COUPLE, CivilStatus, Home, IncomeKind, Relation

PARENT_YEARS: Final = 12
"""A parent is at least so much older than a child."""
COUPLE_AGE: Final = 14
_UNMARRIED = (CivilStatus.SINGLE, CivilStatus.DIVORCED, CivilStatus.WIDOWED)
_MARRIED = (CivilStatus.MARRIED, CivilStatus.REGISTERED)
_PARTED = (CivilStatus.SEPARATED, CivilStatus.DIVORCED)
_FREE = (Home.HOSTED, Home.HOSTED_BY_RELATIVE, Home.NONE)


def of_generations(situation: Situation, on: date) -> Iterator[Contradiction]:
    """A child may be of either of a couple, and so may a parent: only who fits neither of them is named."""
    couple = [person for person in situation.persons if person.relation in COUPLE]
    for person in situation.persons:
        if person.relation is Relation.CHILD:
            pairs = [(person, parent) for parent in couple]
        elif person.relation is Relation.PARENT:
            pairs = [(child, person) for child in couple]
        else:
            continue
        gaps = [(_gap(child, parent, on), child, parent) for child, parent in pairs]
        known = [(gap, child, parent) for gap, child, parent in gaps if gap is not None]
        if not known or len(known) < len(gaps):
            continue
        widest, child, parent = max(known, key=lambda found: found[0])
        if widest < PARENT_YEARS:
            code = Code.CHILD_NOT_YOUNGER if widest <= 0 else Code.CHILD_BARELY_YOUNGER
            yield Contradiction(
                code, (child.id, parent.id), tuple(dict.fromkeys(age_field(one, on) for one in (child, parent)))
            )


def _gap(child: Person, parent: Person, on: date) -> float | None:
    """How many years the parent is older: whole ones, but above 0 for any day of difference."""
    later, earlier = child.born.known(on), parent.born.known(on)
    if later and earlier:
        return max(years_between(earlier, later), 0.5) if earlier < later else -1
    young, old = age_of(child, on), age_of(parent, on)
    return None if young is None or old is None else old - young


def of_couple(situation: Situation, on: date) -> Iterator[Contradiction]:
    """Civil status, how long together, a common child."""
    applicants = [person for person in situation.persons if person.relation is Relation.APPLICANT]
    spouses = [person for person in situation.persons if person.relation is Relation.SPOUSE]
    partners = [person for person in situation.persons if person.relation is Relation.PARTNER]
    here = [person for person in spouses if person.lives_here.on(on) is not False]
    for one in applicants:
        status = one.civil_status.known(on)
        if here and status in _UNMARRIED:
            yield Contradiction(Code.SPOUSE_OF_UNMARRIED, (one.id, here[0].id), ("persons.civil_status",))
        if not spouses and status in _MARRIED:
            yield Contradiction(Code.MARRIED_WITHOUT_SPOUSE, (one.id,), ("persons.civil_status",))
    for other in (*spouses, *partners):
        for one in (*applicants, other):
            field = _too_early(other, one, on)
            if field:
                fields = (field, age_field(one, on))
                yield Contradiction(Code.TOGETHER_TOO_EARLY, tuple(dict.fromkeys((other.id, one.id))), fields)
                break
        if other.common_child.known(on) and _no_child(situation, on):
            yield Contradiction(Code.COMMON_CHILD_NOWHERE, (other.id,), ("persons.common_child", "children_elsewhere"))


def _too_early(other: Person, one: Person, on: date) -> str | None:
    """The field that says so, where one of a couple was surely too young on the first day together."""
    since, born = other.together_since.known(on), one.born.known(on)
    if since and born:
        return "persons.together_since" if years_between(born, since) < COUPLE_AGE else None
    years, age = years_between(since, on) if since else other.together_years.known(on), age_of(one, on)
    if years is None or age is None or age - years >= COUPLE_AGE:
        return None
    return "persons.together_since" if since else "persons.together_years"


def _no_child(situation: Situation, on: date) -> bool:
    """Nobody is a child, and nobody says that one lives elsewhere or may."""
    child = any(person.relation is Relation.CHILD for person in situation.persons)
    return not child and situation.children_elsewhere.on(on) in (None, 0)


def of_alimony(situation: Situation, on: date) -> Iterator[Contradiction]:
    """Alimony goes to a child, or follows a separation; a status that was not said may be one."""
    if any(person.relation is Relation.CHILD for person in situation.persons):
        return
    for person in situation.persons:
        status = person.civil_status.known(on)
        if status is not None and status not in _PARTED and gets(person, on, IncomeKind.ALIMONY):
            yield Contradiction(Code.ALIMONY_WITHOUT_CAUSE, (person.id,), ("persons.incomes", "persons.civil_status"))


def of_home(situation: Situation, on: date) -> Iterator[Contradiction]:
    """Rent where nothing is paid, and an own home that nobody owns."""
    home = situation.home.known(on)
    if home in _FREE and (situation.rent.known(on) or 0) > 0:
        yield Contradiction(Code.RENT_OF_FREE_HOME, (), ("home", "rent"))
    if home is Home.OWNED and situation.owns_property.known(on) is False:
        yield Contradiction(Code.OWN_HOME_WITHOUT_PROPERTY, (), ("home", "owns_property"))
