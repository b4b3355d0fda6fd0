"""What the household owns and owes."""

from __future__ import annotations

from datetime import date

from portal.checklists.predicates.register import Truth, of_household, some
from portal.domain.parameter import Law
from portal.domain.situation import Home, Missing, Situation


@of_household("vehicles")
def has_vehicle(situation: Situation, on: date, law: Law) -> Truth:
    """A vehicle of any value."""
    return some(situation.vehicles.on(on))


@of_household("owns_property", "home")
def owns_property(situation: Situation, on: date, law: Law) -> Truth:
    """Land or a building, here or abroad."""
    if situation.home.known(on) is Home.OWNED:
        return True
    owns = situation.owns_property.on(on)
    return None if isinstance(owns, Missing) else owns


@of_household("insurances")
def has_insurances(situation: Situation, on: date, law: Law) -> Truth:
    """Pillar 3a, vested benefits, or a life insurance with a surrender value."""
    return some(situation.insurances.on(on))


@of_household("claims")
def has_claims(situation: Situation, on: date, law: Law) -> Truth:
    """Inheritances not yet divided, loans to others, deposits."""
    return some(situation.claims.on(on))


@of_household("debts")
def has_debts(situation: Situation, on: date, law: Law) -> Truth:
    """Debts; not answered counts as no, for aid does not pay them (parameter `taxes_and_debts`)."""
    answer = situation.debts.on(on)
    return False if answer is None else some(answer)
