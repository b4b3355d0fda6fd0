"""Access to the desk: who is in, who is invited, every change and every refusal, and the mail of an invitation."""

from __future__ import annotations

import uuid

from portal.domain.role import Role
from portal.services import people
from portal.services.actor import Actor, ActorKind
from portal.services.invitations import take_up
from portal.services.people import NewInvitation, invite
from tests.browser.cases import case
from tests.browser.people import NAME
from tests.browser.staff_cases import at_the_desk
from tests.browser.staff_session_cases import ended
from tests.browser.visits import Visit

SARA, CLAIRE, PAUL = "sara.demo", "claire.demo", "paul.demo"
ADDRESS = "o.rey@example.ch"
INVITED = {"name": NAME, "address": ADDRESS, "roles": ["reception", "figures"], "region": "sierre", "language": "fr"}


def administering(visit: Visit) -> Actor:
    """The administrator signs in; nobody is invited yet."""
    with visit.world.database.connect() as connection:
        connection.execute("DELETE FROM invitation")
    visit.world.enrol()
    at_the_desk(visit, SARA)
    return Actor(ActorKind.STAFF, "test", visit.world.caseworker_id(SARA), roles=frozenset({Role.ADMINISTRATOR}))


def invited(visit: Visit, actor: Actor, roles: frozenset[Role] = frozenset(Role) - {Role.ADMINISTRATOR}) -> uuid.UUID:
    """Somebody is invited."""
    region = "sierre" if roles - {Role.FIGURES} else None
    return invite(visit.world.kit, actor, NewInvitation(NAME, ADDRESS, roles, region, visit.language))


def one(visit: Visit, subject: str, ending: str = "") -> str:
    return f"/staff/people/{visit.world.caseworker_id(subject)}{ending}"


@case("staff_people.show_all", "staff/people")
def staff_people(visit: Visit) -> None:
    """Sessions open and not, an access that has ended, nobody invited."""
    actor = administering(visit)
    at_the_desk(visit, CLAIRE)
    at_the_desk(visit, SARA)
    people.end_access(visit.world.kit, actor, visit.world.caseworker_id(PAUL))
    visit.get("/staff/people")


@case("staff_people.show_all", "staff/people")
def staff_people_invited(visit: Visit) -> None:
    """One invitation is open, another one over."""
    actor = administering(visit)
    invited(visit, actor, frozenset({Role.FIGURES}))
    with visit.world.database.connect("postgres") as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("UPDATE invitation SET ends_at = made_at - interval '1 day', address = 'x' || address")
    visit.get("/staff/people/invite")
    visit.post("/staff/people/invite", INVITED)


@case("staff_people.show_all", "staff/people", look=False)
def staff_people_withdrawn(visit: Visit) -> None:
    invitation = invited(visit, administering(visit))
    visit.get("/staff/people")
    visit.post(f"/staff/people/invitations/{invitation}/withdraw", {})


@case("staff_people.show_all", "staff/people", look=False)
def staff_people_withdrawn_before(visit: Visit) -> None:
    actor = administering(visit)
    invitation = invited(visit, actor)
    visit.get("/staff/people")
    people.withdraw(visit.world.kit, actor, invitation)
    visit.post(f"/staff/people/invitations/{invitation}/withdraw", {})


@case("staff_people.show_all", "staff/people", look=False)
def staff_people_after_an_end(visit: Visit) -> None:
    administering(visit)
    visit.get(one(visit, CLAIRE))
    visit.post(one(visit, CLAIRE, "/end"), {})


@case("staff_people.invite", "staff/people_invite")
def staff_people_invite(visit: Visit) -> None:
    administering(visit)
    visit.get("/staff/people/invite")


@case("staff_people.send_invitation", "staff/people_invite", 422)
def staff_people_invite_nothing(visit: Visit) -> None:
    administering(visit)
    visit.get("/staff/people/invite")
    visit.post("/staff/people/invite", {"region": "nowhere"})


@case("staff_people.send_invitation", "staff/people_invite", 422, look=False)
def staff_people_invite_without_region(visit: Visit) -> None:
    administering(visit)
    visit.get("/staff/people/invite")
    visit.post("/staff/people/invite", INVITED | {"region": ""})


@case("staff_people.send_invitation", "staff/people_invite", 422, look=False)
def staff_people_invite_with_a_region_too_many(visit: Visit) -> None:
    administering(visit)
    visit.get("/staff/people/invite")
    visit.post("/staff/people/invite", INVITED | {"roles": "figures"})


@case("staff_people.send_invitation", "staff/people_invite", 422, look=False)
def staff_people_invite_twice(visit: Visit) -> None:
    invited(visit, administering(visit))
    visit.get("/staff/people/invite")
    visit.post("/staff/people/invite", INVITED)


@case("staff_people.show", "staff/people_member")
def staff_people_one(visit: Visit) -> None:
    administering(visit)
    visit.get(one(visit, CLAIRE))


@case("staff_people.show", "staff/people_member", look=False)
def staff_people_oneself(visit: Visit) -> None:
    administering(visit)
    visit.get(one(visit, SARA))


@case("staff_people.show", "staff/people_member")
def staff_people_one_changed(visit: Visit) -> None:
    administering(visit)
    visit.get(one(visit, CLAIRE))
    visit.post(one(visit, CLAIRE), {"roles": ["team-lead"], "region": "oberwallis"})


@case("staff_people.change", "staff/people_member", 422, look=False)
def staff_people_one_without_function(visit: Visit) -> None:
    administering(visit)
    visit.get(one(visit, CLAIRE))
    visit.post(one(visit, CLAIRE), {"region": "sierre"})


@case("staff_people.end", "staff/people_member", 409)
def staff_people_last_administrator(visit: Visit) -> None:
    administering(visit)
    visit.get(one(visit, SARA))
    visit.post(one(visit, SARA, "/end"), {})


@case("staff_people.change", "staff/people_member", 409, look=False)
def staff_people_more_for_oneself(visit: Visit) -> None:
    administering(visit)
    visit.get(one(visit, SARA))
    visit.post(one(visit, SARA), {"roles": ["administrator", "team-lead"], "region": "sierre"})


@case("staff_people.change", "staff/people_member", 409, look=False)
def staff_people_no_administrator_from_here(visit: Visit) -> None:
    administering(visit)
    visit.get(one(visit, CLAIRE))
    visit.post(one(visit, CLAIRE), {"roles": ["administrator"], "region": ""})


@case("staff_people.show", "staff/people_member", look=False)
def staff_people_one_who_left_and_was_invited(visit: Visit) -> None:
    """Out by the command, in by an invitation, out again by the administrator."""
    actor, world = administering(visit), visit.world
    whose = (world.stack.oidc.issuer, CLAIRE)
    owner = world.owner()
    people.leave(owner, *whose, world.kit.clock.now())
    owner.close()
    invited(visit, actor, frozenset({Role.FIGURES}))
    with world.kit.database.transaction() as session:
        take_up(session, ADDRESS, *whose, world.kit.clock.now())
    whom = world.caseworker_id(CLAIRE)
    people.end_access(world.kit, actor, whom)
    visit.get(one(visit, CLAIRE))


@case("staff_sign_in.sign_in", "staff/sign_in", look=False)
def staff_sign_in_after_a_change(visit: Visit) -> None:
    ended(visit, "changed")


@case("", "errors/not-your-function", 403, look=False)
def staff_board_of_an_administrator(visit: Visit) -> None:
    """Files are not for them; the way back leads to their own first page."""
    administering(visit)
    visit.get("/staff/")
