"""What the unit needs: the allowance, by who is counted and who else lives there, and the housing costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.domain.estimate.income import counted_income
from portal.domain.estimate.lines import Line, LineCode, amount_of
from portal.domain.estimate.span import NOTHING, OPEN, Span, exactly, part, total
from portal.domain.parameter import Law
from portal.domain.situation import Activity, Fact, Home, Relation, Situation
from portal.domain.unit import MAJORITY, Reason, Standing, Unit, age_of

_LARGEST = 5
"""Up to five persons each size has a parameter of its own; each further person adds `allowance_further`."""
_HUNDRED = 100


def need_lines(situation: Situation, unit: Unit, on: date, law: Law) -> Iterator[Line]:
    """The lines of need, the allowance first."""
    yield _allowance(situation, unit, on, law)
    if away := unit.those(Standing.AWAY):
        yield _children_away(unit, len(away), law)
    yield from _in_doubt(unit, on, law)
    yield from _housing(situation, on, law)


def full_allowance(persons: int, law: Law) -> Span:
    """The allowance of a household of so many persons (`allowance_1` to `allowance_5`, `allowance_further`)."""
    return total([amount_of(law(name)) for name in _sizes(persons)])


def _sizes(persons: int) -> list[str]:
    further = max(0, persons - _LARGEST)
    return [f"allowance_{min(persons, _LARGEST)}", *["allowance_further"] * further]


def share(counted: int, persons: int, law: Law) -> Span:
    """The part of the household's allowance for those counted: divided by the persons (`allowance_share`)."""
    full = full_allowance(persons, law)
    return Span(_part(full.low, counted, persons), _part(full.high, counted, persons))


def _part(amount: int | None, over: int, under: int) -> int | None:
    return None if amount is None else part(amount, over, under)


def _allowance(situation: Situation, unit: Unit, on: date, law: Law) -> Line:
    counted = len(unit.those(Standing.COUNTED))
    others = unit.those(Standing.LIVES_HERE, Standing.IN_DOUBT)
    persons = counted + len(others)
    given = (("counted", exactly(counted)), ("persons", exactly(persons)))
    unknown: tuple[str, ...] = ()
    code, span, names = LineCode.ALLOWANCE, full_allowance(persons, law), _sizes(persons)
    if others:
        code, span, names = LineCode.ALLOWANCE_SHARE, share(counted, persons, law), [*names, "allowance_share"]
    if others and all(member.person.relation is Relation.OTHER for member in others):
        own = _less(full_allowance(counted, law), law("flat_share_purpose_reduction").whole())
        meals = situation.shared_meals.known(on)
        if meals is not True:
            code, span = LineCode.ALLOWANCE_FLAT_SHARE, own if meals is False else span | own
            unknown = () if meals is False else ("shared_meals",)
            names = [*_sizes(counted), *(names if meals is None else ()), "flat_share_purpose_reduction"]
    if _may_be_cut(situation, unit, on, law):
        cut = amount_of(law("allowance_young_adult"))
        code, span = LineCode.ALLOWANCE_YOUNG_ADULT, Span((span | cut).low, span.high)
        names += ["allowance_young_adult", "young_adult_reduction", "young_adult_age", "young_adult_conditions"]
        if age_of(situation.applicant, on) is None:
            unknown = (*unknown, "age")
        if situation.applicant.activity.known(on) is None:
            unknown = (*unknown, "activity")
    rules = tuple(law(name) for name in dict.fromkeys(names))
    return Line(code, span, rules, given=given, unknown=unknown)


def _less(span: Span, percent: int) -> Span:
    return Span(
        _part(span.low, _HUNDRED - percent, _HUNDRED),
        _part(span.high, _HUNDRED - percent, _HUNDRED),
    )


def _may_be_cut(situation: Situation, unit: Unit, on: date, law: Law) -> bool:
    """Whether the cut of young adults may apply (`young_adult_conditions`, `young_adult_age`).

    The age and today's conditions are not confirmed: the line goes from the cut amount to the full one.
    """
    person = situation.applicant
    age = age_of(person, on)
    if age is not None and not MAJORITY <= age < law("young_adult_age").whole():
        return False
    if len(unit.counted) > 1 or unit.those(Standing.IN_DOUBT):
        return False
    others = unit.those(Standing.LIVES_HERE)
    with_family = any(member.person.relation is not Relation.OTHER for member in others)
    if with_family or situation.home.known(on) is Home.HOSTED_BY_RELATIVE or person.in_measure.known(on):
        return False
    busy = (Activity.TRAINING, Activity.EMPLOYED, Activity.PART_TIME, Activity.SELF_EMPLOYED)
    return person.activity.known(on) not in busy


def _children_away(unit: Unit, away: int, law: Law) -> Line:
    """The adapted allowance is not known: from nothing to what the children would add at home."""
    here = len(unit.those(Standing.COUNTED))
    others = len(unit.those(Standing.LIVES_HERE, Standing.IN_DOUBT))
    more = share(here + away, here + away + others, law).high
    less = share(here, here + others, law).high
    most = None if more is None or less is None else max(0, more - less)
    rules = ("child_away_for_studies", "child_away_allowance")
    return Line(LineCode.CHILDREN_AWAY, Span(0, most), tuple(map(law, rules)), given=(("away", exactly(away)),))


def _in_doubt(unit: Unit, on: date, law: Law) -> Iterator[Line]:
    """Who may be counted adds their share and takes away their income, or neither."""
    persons = len(unit.those(Standing.COUNTED, Standing.LIVES_HERE, Standing.IN_DOUBT))
    for member in unit.those(Standing.IN_DOUBT):
        own = share(1, persons, law) - counted_income(member.person, on, law)
        why = "permit" if member.reason is Reason.PERMIT else "training"
        rules = tuple(law(name) for name in ("allowance_share", *member.rules))
        yield Line(LineCode.PERSON_IN_DOUBT, own | NOTHING, rules, person=member.person.id, unknown=(why,))


def _housing(situation: Situation, on: date, law: Law) -> Iterator[Line]:
    """Rent and charges as given: no ceiling is known (`rent_recognised`, `rent_ceilings`, `rental_charges`)."""
    home = situation.home.known(on)
    if home in (Home.HOSTED, Home.HOSTED_BY_RELATIVE, Home.NONE):
        return
    rules = (law("rent_recognised"), law("rent_ceilings"))
    if home is Home.OWNED:
        costs = _said(situation.rent, on) + _said(situation.charges, on, nothing=True)
        given = (("costs", costs),)
        unknown = () if costs.exact is not None else ("rent",)
        yield Line(LineCode.OWNER_COSTS, costs | NOTHING, (law("property_owner"), *rules), given=given, unknown=unknown)
        return
    rent, charges = _said(situation.rent, on), _said(situation.charges, on, nothing=True)
    yield Line(LineCode.RENT, rent, rules, unknown=() if rent.exact is not None else ("rent",))
    if charges != NOTHING:
        unknown = () if charges.exact is not None else ("charges",)
        yield Line(LineCode.CHARGES, charges, (law("rental_charges"),), unknown=unknown)


def _said(fact: Fact[int], on: date, *, nothing: bool = False) -> Span:
    """What was said; what was left out is nothing where `nothing`, else open."""
    known = fact.known(on)
    if known is not None:
        return exactly(known)
    return NOTHING if nothing and fact.on(on) is None else OPEN
