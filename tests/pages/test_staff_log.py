"""The log at the desk: for the lead alone, one member, the sessions of a colleague, addresses that are none."""

from __future__ import annotations

import pytest

from portal.domain.role import Role
from portal.services import desk
from tests.pages.world import World


def test_a_lead_ends_the_sessions_of_a_colleague(clean_world: World) -> None:
    demand, lead = clean_world.announce(), clean_world.desk(roles=[Role.TEAM_LEAD])
    colleague = clean_world.desk()
    assert colleague.open("/staff/").status == 200
    member = clean_world.row("SELECT id FROM caseworker WHERE roles = ARRAY['social-worker']")[0]
    actor = clean_world.caseworker(subject=clean_world.row("SELECT subject FROM caseworker WHERE id = %s", member)[0])
    desk.open_demand(clean_world.staff, actor, demand.id)
    page = lead.open(f"/staff/log?member={member}")
    assert demand.reference in page.text
    page = page.form("/log/sessions").submit()
    assert "Ses sessions sont fermées." in page.text
    assert colleague.open("/staff/").path == "/staff/sign-in"
    assert lead.open("/staff/").status == 200


def test_nobody_of_another_centre_is_shown_or_ended(clean_world: World) -> None:
    lead, far = clean_world.desk(roles=[Role.TEAM_LEAD]), clean_world.desk("oberwallis")
    member = clean_world.row("SELECT id FROM caseworker WHERE region = 'oberwallis'")[0]
    assert lead.open(f"/staff/log?member={member}").status == 404
    own = clean_world.row("SELECT id FROM caseworker WHERE region = 'sierre'")[0]
    page = lead.open(f"/staff/log?member={own}")
    assert page.form("/log/sessions").force(member=str(member)).submit().status == 404
    assert far.open("/staff/").status == 200


def test_who_leads_nobody_has_no_log(clean_world: World) -> None:
    page = clean_world.desk().open("/staff/log")
    assert page.status == 403
    assert "Votre fonction n’ouvre pas cette page." in page.text


@pytest.mark.parametrize("query", ["member=x", "before=-1", "before=x", "before=٣", "before=" + "9" * 30])
def test_an_address_that_is_none(clean_world: World, query: str) -> None:
    assert clean_world.desk(roles=[Role.TEAM_LEAD]).open(f"/staff/log?{query}").status == 404
