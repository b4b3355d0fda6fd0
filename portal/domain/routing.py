"""Which office is competent by the right to stay. Advice, never a gate: filing stays one click away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.months import first_of_month, last_of_month
from portal.domain.parameter import Law
from portal.domain.situation import IncomeKind, Missing, Permit, PermitState, Person, years_between


class RouteKind(StrEnum):
    """Where a person is helped, and how."""

    CENTRE = "centre"
    RENEWAL = "renewal"
    """The centre, with ordinary aid: the permit is expired and its renewal is complete."""
    RENEWAL_INCOMPLETE = "renewal_incomplete"
    """The centre; only emergency aid until the renewal is complete."""
    RENEWAL_UNCLEAR = "renewal_unclear"
    """Expired or not: ordinary aid, or emergency aid at first."""
    PERMIT_L_WORKING = "permit_l_working"
    """The centre, under special conditions; aid may complete the wage."""
    SPECIAL = "special"
    """The centre, under special conditions and with a reduced allowance whose amount is not known."""
    NO_PERMIT = "no_permit"
    ASYLUM = "asylum"
    """The asylum office, not the centre."""
    ASYLUM_OR_CENTRE = "asylum_or_centre"
    """How many years have passed is not known."""
    RED_CROSS_OR_CENTRE = "red_cross_or_centre"
    """After those years: the Red Cross on mandate, by a rule of 2020 that may have changed."""
    UNKNOWN = "unknown"
    """The right to stay was not said."""
    OTHER = "other"


@dataclass(frozen=True)
class Route:
    """One person's way, with the names of the parameters behind it."""

    kind: RouteKind
    rules: tuple[str, ...] = ()
    name_passed_on: bool = False
    """Whether the SAS gives the name to the migration service when a dossier is opened (parameter `spm_notice`)."""


WITH_ORDINARY_AID = frozenset(
    {
        RouteKind.CENTRE,
        RouteKind.RENEWAL,
        RouteKind.RENEWAL_UNCLEAR,
        RouteKind.PERMIT_L_WORKING,
        RouteKind.ASYLUM_OR_CENTRE,
        RouteKind.RED_CROSS_OR_CENTRE,
        RouteKind.UNKNOWN,
    }
)
"""The ways on which an amount can be worked out, if need be with both ways shown."""


_BOTH_WAYS = frozenset({RouteKind.RENEWAL_UNCLEAR, RouteKind.ASYLUM_OR_CENTRE, RouteKind.RED_CROSS_OR_CENTRE})


def route(person: Person, on: date, law: Law) -> Route:
    """The way of one person, by permit, its state, and years (parameters of the topic `permits`)."""
    permit = person.permit.on(on)
    if permit is None or isinstance(permit, Missing):
        return Route(RouteKind.UNKNOWN)
    if permit is Permit.SWISS:
        return Route(RouteKind.CENTRE)
    kind, rules = _foreign(permit, person, on, law)
    return Route(kind, rules, name_passed_on=True)


def gives_ordinary_aid(person: Person, on: date, law: Law) -> bool:
    """Whether a member of the household surely gets ordinary aid; a permit that was not asked about changes nothing."""
    if isinstance(person.permit.on(on), Missing):
        return False
    kind = route(person, on, law).kind
    return kind in WITH_ORDINARY_AID - _BOTH_WAYS


def _foreign(permit: Permit, person: Person, on: date, law: Law) -> tuple[RouteKind, tuple[str, ...]]:
    match permit:
        case Permit.B | Permit.C:
            return _settled(person, on, law)
        case Permit.L:
            return _short_stay(person, on)
        case Permit.N | Permit.S | Permit.REJECTED:
            return RouteKind.ASYLUM, ("asylum_office_statuses",)
        case Permit.F:
            return _for_some_years(person, on, law, "asylum_f_years")
        case Permit.REFUGEE_B:
            return _for_some_years(person, on, law, "asylum_refugee_b_years")
        case Permit.NONE:
            return RouteKind.NO_PERMIT, ("no_permit", "emergency_content")
        case _:
            return RouteKind.OTHER, ()


def _settled(person: Person, on: date, law: Law) -> tuple[RouteKind, tuple[str, ...]]:
    """Permits B and C (Directive LIAS, ch. 18.1.6)."""
    state = person.permit_state.on(on)
    if state is PermitState.VALID:
        return RouteKind.CENTRE, ("permit_b_c_valid",)
    if state is PermitState.REVOKED:
        return RouteKind.SPECIAL, ("permit_b_c_revoked", "reduced_allowance")
    rules = ("permit_b_c_renewal", "emergency_content")
    unconditional = law("permit_b_c_renewal").text() == "ordinary_aid"
    if state is PermitState.RENEWAL_COMPLETE or (state is PermitState.RENEWAL_INCOMPLETE and unconditional):
        return RouteKind.RENEWAL, ("permit_b_c_renewal",)
    if state in (PermitState.RENEWAL_INCOMPLETE, PermitState.EXPIRED):
        return RouteKind.RENEWAL_INCOMPLETE, rules
    return RouteKind.RENEWAL_UNCLEAR, ("permit_b_c_valid", *rules)


def _short_stay(person: Person, on: date) -> tuple[RouteKind, tuple[str, ...]]:
    """Permit L: special conditions; a reduced allowance without a wage."""
    if person.permit_state.on(on) is not PermitState.VALID:
        return RouteKind.SPECIAL, ("permit_l_ended", "permit_l_valid", "reduced_allowance")
    first, last = first_of_month(on), last_of_month(on)
    wages = [income for income in person.incomes if income.kind is IncomeKind.WAGE and income.runs(first, last)]
    if any((income.amount.known(last) or 0) > 0 for income in wages):
        return RouteKind.PERMIT_L_WORKING, ("permit_l_valid",)
    return RouteKind.SPECIAL, ("permit_l_valid", "reduced_allowance")


def _for_some_years(person: Person, on: date, law: Law, name: str) -> tuple[RouteKind, tuple[str, ...]]:
    """The asylum office for the first years, then probably the Red Cross on cantonal mandate."""
    since = person.asylum_since.known(on)
    years = years_between(since, on) if since else person.asylum_years.known(on)
    rules = (name, "asylum_office_statuses")
    if years is None:
        return RouteKind.ASYLUM_OR_CENTRE, (*rules, "asylum_after_years")
    if years < law(name).whole():
        return RouteKind.ASYLUM, rules
    return RouteKind.RED_CROSS_OR_CENTRE, (name, "asylum_after_years")
