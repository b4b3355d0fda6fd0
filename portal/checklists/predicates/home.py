"""Where the household lives, and with whom."""

from __future__ import annotations

from datetime import date, timedelta

from portal.checklists.predicates.register import Truth, of_household, rare
from portal.domain.parameter import Law
from portal.domain.situation import Home, Situation
from portal.domain.situation.ages import lives_in
from portal.domain.unit import Reason, Standing, Unit, units


def _home(situation: Situation, on: date, *homes: Home) -> Truth:
    home = situation.home.known(on)
    return None if home is None else home in homes


@of_household("home")
def rents(situation: Situation, on: date, law: Law) -> Truth:
    """A rented home, shared or not."""
    return _home(situation, on, Home.RENTED)


@of_household("home")
def lives_in_own_home(situation: Situation, on: date, law: Law) -> Truth:
    """A home that belongs to the household."""
    return _home(situation, on, Home.OWNED)


@of_household("home")
def is_hosted(situation: Situation, on: date, law: Law) -> Truth:
    """Lives free with a parent, a relative or somebody else."""
    return _home(situation, on, Home.HOSTED, Home.HOSTED_BY_RELATIVE)


@of_household("person.training_completed", "person.self_supporting", "person.common_child", "person.together_since")
def shares_home(situation: Situation, on: date, law: Law) -> Truth:
    """Somebody lives there who is not counted: flatmates, relatives, a new partner, a grown child."""
    found = {_shared(unit) for unit in units(situation, on, law)}
    return found.pop() if len(found) == 1 else None


def _shared(unit: Unit) -> Truth:
    if unit.those(Standing.LIVES_HERE):
        return True
    return None if any(member.reason is Reason.CHILD_UNCERTAIN for member in unit.members) else False


@of_household()
def somebody_left(situation: Situation, on: date, law: Law) -> Truth:
    """Somebody of the household left on that very day."""
    return any(
        person.lives_here.on(on) is False and lives_in(person, on - timedelta(days=1)) for person in situation.persons
    )


@of_household("eviction_threat")
def may_lose_home(situation: Situation, on: date, law: Law) -> Truth:
    """The lease was ended, or rent is reminded of."""
    return rare(situation.eviction_threat.on(on))
