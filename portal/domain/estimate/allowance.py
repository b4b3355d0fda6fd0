"""The allowance for the living costs: by who is counted and who else lives there (SKOS method, `allowance_share`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from portal.domain.estimate.lines import Line, LineCode, amount_of
from portal.domain.estimate.span import Span, exactly, part
from portal.domain.parameter import Law
from portal.domain.situation import Activity, Home, Relation, Situation
from portal.domain.situation.ages import MAJORITY, age_of
from portal.domain.unit import Standing, Unit

_LARGEST = 5
"""Up to five persons each size has a parameter of its own; each further person adds `allowance_further`."""
_HUNDRED = 100
_BUSY = (Activity.TRAINING, Activity.EMPLOYED, Activity.PART_TIME, Activity.SELF_EMPLOYED)


@dataclass(frozen=True)
class _Basis:
    """One way to work the allowance out: the line it gives, its amount and the parameters behind it."""

    code: LineCode
    span: Span
    names: tuple[str, ...]
    unknown: tuple[str, ...] = ()


def full_allowance(persons: int, law: Law) -> Span:
    """The allowance of a household of so many persons (`allowance_1` to `allowance_5`, `allowance_further`)."""
    first = amount_of(law(f"allowance_{min(persons, _LARGEST)}"))
    if persons <= _LARGEST:
        return first
    further, more = amount_of(law("allowance_further")), persons - _LARGEST
    return first + Span(_times(further.low, more), _times(further.high, more))


def share(counted: int, persons: int, law: Law) -> Span:
    """The part of the household's allowance for those counted: divided by the persons."""
    full = full_allowance(persons, law)
    return Span(_part(full.low, counted, persons), _part(full.high, counted, persons))


def share_of_one(persons: int, law: Law) -> Span:
    """The part of one person, rounded outwards, so that several parts together never miss what a joint part would be."""
    full = full_allowance(persons, law)
    low = None if full.low is None else full.low // persons
    return Span(low, None if full.high is None else -(-full.high // persons))


def allowance_line(situation: Situation, unit: Unit, on: date, law: Law) -> Line:
    """The allowance of those who are surely counted and live here."""
    counted, doubtful = len(unit.those(Standing.COUNTED)), _doubtful(unit)
    persons = counted + doubtful + len(unit.those(Standing.LIVES_HERE))
    basis = _basis(situation, unit, counted, doubtful, on, law)
    if _may_be_cut(situation, unit, on, law):
        basis = _cut(situation, basis, on, law)
    return Line(
        code=basis.code,
        span=basis.span,
        rules=tuple(law(name) for name in dict.fromkeys(basis.names)),
        given=(("counted", exactly(counted)), ("persons", exactly(persons))),
        unknown=basis.unknown,
    )


def children_away_line(situation: Situation, unit: Unit, allowance: Line, on: date, law: Law) -> Line | None:
    """Dependent children away for studies: their adapted allowance is not known (`child_away_allowance`).

    From nothing to what they would add if they lived at home.
    """
    away = len(unit.those(Standing.AWAY))
    if not away:
        return None
    counted = len(unit.those(Standing.COUNTED))
    at_home = _basis(situation, unit, counted + away, _doubtful(unit), on, law).span.high
    most = None
    if at_home is not None and allowance.span.high is not None:
        most = max(0, at_home - allowance.span.high)
    rules = (law("child_away_for_studies"), law("child_away_allowance"))
    return Line(LineCode.CHILDREN_AWAY, Span(0, most), rules, given=(("away", exactly(away)),))


def _doubtful(unit: Unit) -> int:
    """How many live here of whom it is not known whether they are counted."""
    return sum(not member.away for member in unit.those(Standing.IN_DOUBT))


def _basis(situation: Situation, unit: Unit, counted: int, doubtful: int, on: date, law: Law) -> _Basis:
    """The allowance of so many counted persons, beside some in doubt and the others who live here."""
    others = unit.those(Standing.LIVES_HERE)
    persons = counted + doubtful + len(others)
    sizes = _names(persons)
    if persons == counted:
        return _Basis(LineCode.ALLOWANCE, full_allowance(persons, law), sizes)
    shared = _Basis(LineCode.ALLOWANCE_SHARE, share(counted, persons, law), (*sizes, "allowance_share"))
    meals = situation.shared_meals.known(on)
    flatmates = bool(others) and all(member.person.relation is Relation.OTHER for member in others)
    if not flatmates or meals is True:
        return shared
    unknown = () if meals is False else ("shared_meals",)
    names = (
        *_names(counted + doubtful),
        *(shared.names if meals is None or doubtful else ()),
        "flat_share_purpose_reduction",
    )
    own = _own_in_flat_share(counted + doubtful, law)
    if doubtful:  # only if all of them are counted, the others are mere flatmates
        one = share_of_one(persons, law)
        together = shared.span + Span(_times(one.low, doubtful), _times(one.high, doubtful))
        span = Span(
            _moved(shared.span.low, own.low, together.low, min),
            _moved(shared.span.high, own.high, together.high, max),
        )
        return _Basis(LineCode.ALLOWANCE_SHARE, span, names, unknown)
    return _Basis(LineCode.ALLOWANCE_FLAT_SHARE, own if meals is False else shared.span | own, names, unknown)


def _own_in_flat_share(counted: int, law: Law) -> Span:
    """The own allowance less `flat_share_purpose_reduction`."""
    percent = _HUNDRED - law("flat_share_purpose_reduction").whole()
    full = full_allowance(counted, law)
    return Span(_part(full.low, percent, _HUNDRED), _part(full.high, percent, _HUNDRED))


def _cut(situation: Situation, basis: _Basis, on: date, law: Law) -> _Basis:
    """From the cut amount of a young adult to the full one, for today's conditions are not confirmed."""
    cut = amount_of(law("allowance_young_adult"))
    unknown = (
        *basis.unknown,
        *(("age",) if age_of(situation.applicant, on) is None else ()),
        *(("activity",) if situation.applicant.activity.known(on) is None else ()),
    )
    names = ("allowance_young_adult", "young_adult_reduction", "young_adult_age", "young_adult_conditions")
    span = Span((basis.span | cut).low, basis.span.high)
    return _Basis(LineCode.ALLOWANCE_YOUNG_ADULT, span, (*basis.names, *names), unknown)


def _may_be_cut(situation: Situation, unit: Unit, on: date, law: Law) -> bool:
    """Whether the cut of young adults may apply (`young_adult_conditions`, `young_adult_age`)."""
    person = situation.applicant
    age = age_of(person, on)
    if age is not None and not MAJORITY <= age < law("young_adult_age").whole():
        return False
    if len(unit.counted) > 1 or _doubtful(unit):
        return False
    with_family = any(member.person.relation is not Relation.OTHER for member in unit.those(Standing.LIVES_HERE))
    if with_family or situation.home.known(on) is Home.HOSTED_BY_RELATIVE or person.in_measure.known(on):
        return False
    return person.activity.known(on) not in _BUSY


def _names(persons: int) -> tuple[str, ...]:
    further = ("allowance_further",) if persons > _LARGEST else ()
    return (f"allowance_{min(persons, _LARGEST)}", *further)


def _moved(end: int | None, own: int | None, together: int | None, furthest: Callable[[int, int], int]) -> int | None:
    """An end of the shared allowance, moved so far that with the parts of those in doubt it reaches the own one."""
    if end is None or own is None or together is None:
        return None
    return end + furthest(0, own - together)


def _part(amount: int | None, over: int, under: int) -> int | None:
    return None if amount is None else part(amount, over, under)


def _times(amount: int | None, number: int) -> int | None:
    return None if amount is None else amount * number
