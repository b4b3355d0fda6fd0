"""The log of a centre: its own people only, one of them, one household; reading it is an event too."""

from __future__ import annotations

import pytest

from portal.domain.role import Role
from portal.services import desk
from portal.services.actor import NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.centre_log import PAGE, centre_log, household_log, members
from tests.pages.world import VISP, World


def test_a_lead_reads_what_the_own_people_did_and_no_other_centre_s(clean_world: World) -> None:
    ours, theirs = clean_world.announce(), clean_world.announce(commune=VISP)
    lead, worker = clean_world.caseworker(roles=[Role.TEAM_LEAD]), clean_world.caseworker()
    desk.open_demand(clean_world.staff, worker, ours.id)
    desk.open_demand(clean_world.staff, clean_world.caseworker("oberwallis"), theirs.id)
    found = centre_log(clean_world.staff, lead).lines
    assert [(one.action, one.reference) for one in found] == [("demand:open", ours.reference)]
    assert found[0].by in {one.name for one in members(clean_world.staff, lead)}
    again = centre_log(clean_world.staff, lead)
    assert [one.action for one in again.lines] == ["log:read", "demand:open"]


def test_one_of_them_alone_and_nobody_of_another_centre(clean_world: World) -> None:
    demand, lead = clean_world.announce(), clean_world.caseworker(roles=[Role.TEAM_LEAD])
    one, other, far = clean_world.caseworker(), clean_world.caseworker(), clean_world.caseworker("oberwallis")
    for actor in (one, other, other):
        desk.open_demand(clean_world.staff, actor, demand.id)
    assert len(centre_log(clean_world.staff, lead, member=other.id).lines) == 2
    assert far.id
    with pytest.raises(NotYoursError):
        centre_log(clean_world.staff, lead, member=far.id)


def test_pages_follow_each_other_without_a_gap(clean_world: World) -> None:
    lead = clean_world.caseworker(roles=[Role.TEAM_LEAD])
    for _ in range(PAGE + 3):
        centre_log(clean_world.staff, lead)
    first = centre_log(clean_world.staff, lead)
    assert first.older is not None
    second = centre_log(clean_world.staff, lead, before=first.older)
    numbers = [one.sequence for one in (*first.lines, *second.lines)]
    assert numbers == list(range(PAGE + 3, 0, -1))
    assert second.older is None


def test_a_household_s_log_holds_everybody_s_acts_and_only_the_own_centre_s_households(clean_world: World) -> None:
    demand, far = clean_world.announce(), clean_world.announce(commune=VISP)
    lead = clean_world.caseworker(roles=[Role.TEAM_LEAD])
    clean_world.visit(demand)
    whose, found = household_log(clean_world.staff, lead, DeskPlace(demand.id))
    assert whose.reference == demand.reference
    assert [(one.kind.value, one.action) for one in found.lines] == [
        ("citizen", "citizen:sign-in"),
        ("visitor", "demand:file"),
    ]
    with pytest.raises(NotYoursError):
        household_log(clean_world.staff, lead, DeskPlace(far.id))


def test_without_a_centre_there_is_no_log(clean_world: World) -> None:
    counting = clean_world.caseworker(None, roles=[Role.FIGURES])
    with pytest.raises(NotYoursError):
        centre_log(clean_world.staff, counting)
