"""The desk and the notice of rights and duties: who is missing, acknowledged here, a link for an adult."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from portal import content
from portal.domain.notice import RIGHTS, Way
from portal.services import citizen, situations, snapshots
from portal.services.actor import Actor, ActorKind
from portal.services.notices import links, progress
from portal.services.notices.acknowledging import Wanted, acknowledge_in, acknowledge_own
from portal.services.notices.desk import acknowledge_at_desk
from portal.services.notices.people import Signer
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.people import LATIN, NAME
from tests.browser.staff_adult_cases import NAMELESS, couple
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import Known

NEWEST: Final = content.current(RIGHTS).version


def place(known: Known, rest: str = "") -> str:
    """The page of rights and duties, or an act on it."""
    return f"/staff/demands/{known.demand.id}/rights{rest}"


def acknowledged_before(visit: Visit, known: Known, person: str) -> None:
    """In the version before the newest."""
    kit = visit.world.kit
    with kit.database.transaction() as session:
        wanted = Wanted(NEWEST, "pt", Way.LINK)
        visitor = Actor(ActorKind.VISITOR, "test")
        acknowledge_in(session, kit, visitor, known.demand.dossier_id, Signer(person, "", ""), wanted)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE acknowledgement SET version = version - 1 WHERE person = %s", [person])


@case("staff_notices.show", "staff/rights")
def staff_rights(visit: Visit) -> None:
    known = couple(visit)
    progress.note_chapter(visit.world.kit, me(known), content.current(RIGHTS).chapters[0].id, explain=True)
    links.make_link(visit.world.kit, me(known), "b")
    visit.get(place(known))


@case("staff_notices.show", "staff/rights")
def staff_rights_acknowledged(visit: Visit) -> None:
    known, kit = couple(visit), visit.world.kit
    acknowledge_own(kit, me(known), "a", NEWEST, "ar")
    acknowledge_at_desk(kit, visit.world.caseworker(), known.demand, "b", NEWEST, "pt")
    visit.get(place(known))


@case("staff_notices.show", "staff/rights", look=False)
def staff_rights_acknowledged_by_link_and_before(visit: Visit) -> None:
    known, kit = couple(visit), visit.world.kit
    links.acknowledge_by(kit, links.make_link(kit, me(known), "a"), NEWEST, "en", "test")
    acknowledged_before(visit, known, "b")
    visit.get(place(known))


@case("staff_notices.show", "staff/rights", look=False)
def staff_rights_of_somebody_without_a_name(visit: Visit) -> None:
    nameless = replace(visit.world.somebody(), person=replace(visit.world.somebody().person, name=None))
    known = visit.world.file(nameless, situation=NAMELESS)
    at_the_desk(visit)
    visit.get(place(known))


@case("staff_notices.show", "staff/rights", look=False)
def staff_rights_of_a_withdrawn_demand(visit: Visit) -> None:
    known = couple(visit)
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    visit.get(place(known))


@case("staff_notices.show", "staff/rights", look=False)
def staff_rights_of_a_demand_that_nobody_took(visit: Visit) -> None:
    known = couple(visit)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE demand SET region = NULL WHERE id = %s", [known.demand.id])
        connection.execute("UPDATE demand SET candidate_regions = ARRAY['sierre'] WHERE id = %s", [known.demand.id])
    visit.get(place(known))


@case("", "staff/rights", 422)
def staff_rights_with_everything_wrong(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(place(known, "/b"), {"language": "xx", "version": str(NEWEST)})


@case("", "staff/rights", 422, look=False)
def staff_rights_of_a_text_that_changed(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(place(known, "/b"), {"language": "fr", "present": "y", "version": "0"})


@case("", "staff/rights", 422)
def staff_rights_of_one_who_left(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    situations.remove_person(visit.world.kit, me(known), "b")
    snapshots.send(visit.world.kit, me(known))
    visit.post(place(known, "/b"), {"language": "fr", "present": "y", "version": str(NEWEST)})


@case("staff_notices.link", "staff/notice_link")
def staff_rights_link(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(place(known, "/b/link"), {"language": visit.language})


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_everybody_acknowledged(visit: Visit) -> None:
    known, kit = couple(visit), visit.world.kit
    for person in ("a", "b"):
        acknowledge_own(kit, me(known), person, NEWEST, "fr")
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_notices.show", "staff/rights", look=False)
def staff_rights_of_others_than_now(visit: Visit) -> None:
    """One under another name, one who is not of the household any more."""
    known, kit = couple(visit), visit.world.kit
    with kit.database.transaction() as session:
        for person, name in (("b", LATIN), ("o1", NAME)):
            wanted = Wanted(NEWEST, "pt", Way.LINK)
            signer = Signer(person, name, name)
            acknowledge_in(session, kit, Actor(ActorKind.VISITOR, "test"), known.demand.dossier_id, signer, wanted)
    visit.get(place(known))
