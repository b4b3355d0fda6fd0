"""What the unit needs: the allowance, those in doubt, and the housing costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.domain.estimate.allowance import allowance_line, children_away_line, share_of_one
from portal.domain.estimate.income import counted_income
from portal.domain.estimate.lines import Line, LineCode, amount_said
from portal.domain.estimate.span import NOTHING, Span, part
from portal.domain.parameter import Law, Parameter
from portal.domain.situation import Home, Missing, Situation
from portal.domain.unit import Reason, Standing, Unit


def need_lines(situation: Situation, unit: Unit, on: date, law: Law) -> Iterator[Line]:
    """The lines of need, the allowance first."""
    allowance = allowance_line(situation, unit, on, law)
    yield allowance
    if away := children_away_line(situation, unit, allowance, on, law):
        yield away
    yield from _in_doubt(unit, on, law)
    yield from _housing(situation, unit, on, law)


def _in_doubt(unit: Unit, on: date, law: Law) -> Iterator[Line]:
    """Who may be counted adds their share and takes away their income, or neither."""
    doubtful = unit.those(Standing.IN_DOUBT)
    if not doubtful:
        return
    here = len(unit.those(Standing.COUNTED, Standing.LIVES_HERE)) + sum(not member.away for member in doubtful)
    at_home, back_home = share_of_one(here, law), share_of_one(here + 1, law)
    for member in doubtful:
        allowance = Span(0, back_home.high) if member.away else at_home
        own = allowance - counted_income(member.person, on, law)
        why = "permit" if member.reason is Reason.PERMIT else "training"
        rules = tuple(law(name) for name in ("allowance_share", *member.rules))
        yield Line(LineCode.PERSON_IN_DOUBT, own | NOTHING, rules, person=member.person.id, unknown=(why,))


def _housing(situation: Situation, unit: Unit, on: date, law: Law) -> Iterator[Line]:
    """Rent and charges as given: no ceiling is known (`rent_recognised`, `rent_ceilings`, `rental_charges`).

    A partner who is not counted lives there too: from the part by heads to all of it, for no rule of Valais was found.
    """
    home = situation.home.on(on)
    if home in (Home.HOSTED, Home.HOSTED_BY_RELATIVE, Home.NONE):
        return
    unclear = isinstance(home, Missing)  # it may be free, or their own: from nothing to what it costs
    rules: tuple[Parameter, ...] = (law("rent_recognised"), law("rent_ceilings"))
    if home is Home.OWNED:
        costs = amount_said(situation.rent, on) + amount_said(situation.charges, on, left_out=NOTHING)
        unknown = () if costs.exact is not None else ("rent",)
        rules = (law("property_owner"), *rules)
        yield Line(LineCode.OWNER_COSTS, costs | NOTHING, rules, given=(("costs", costs),), unknown=unknown)
        return
    costs_of: dict[LineCode, tuple[Span, tuple[Parameter, ...], str]] = {
        LineCode.RENT: (amount_said(situation.rent, on), rules, "rent")
    }
    charges = amount_said(situation.charges, on, left_out=NOTHING)
    if charges != NOTHING:
        costs_of[LineCode.CHARGES] = (charges, (law("rental_charges"),), "charges")
    for code, (cost, behind, name) in costs_of.items():
        span = cost | NOTHING if unclear else _with_partner(cost, unit)
        why = "home" if unclear else "shared_rent" if cost.exact is not None else name
        yield Line(code, span, behind, unknown=() if span.exact is not None else (why,))


def _with_partner(cost: Span, unit: Unit) -> Span:
    """The costs of a couple's home, where the partner is not counted."""
    apart = sum(member.reason is Reason.UNSTABLE_PARTNER for member in unit.those(Standing.LIVES_HERE))
    counted = len(unit.those(Standing.COUNTED))
    return Span(None if cost.low is None else part(cost.low, counted, counted + apart), cost.high)
