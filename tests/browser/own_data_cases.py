"""The own data: who opened the dossier, everything to take along, the end of the online account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from portal.i18n.access_log import BY_CENTRE, OWN
from portal.security import exporting
from portal.services import citizen, limits
from portal.services.actor import Actor, ActorKind
from portal.services.closing import close_account
from portal.services.writing import audit
from portal.views.own_data import MOST_EXPORTS
from tests.browser.cases import case
from tests.browser.dossier_cases import me, signed_in
from tests.browser.papers_cases import ready
from tests.browser.staff_cases import at_the_desk
from tests.browser.staff_paper_file_cases import at_home as on_paper
from tests.browser.visits import Visit
from tests.browser.world import Known, World
from tests.services.sending import send


def form(known: Known) -> dict[str, str]:
    """What every form of the own data carries."""
    return {"reference": known.demand.reference, "whose": "a"}


@case("own_data.show", "own_data/show")
def own_data(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier/own-data")


@case("own_data.log", "own_data/access_log")
def access_log(visit: Visit) -> None:
    """Everything that can stand in it, on two days."""
    known = signed_in(visit)
    kit, adult = visit.world.kit, known.demand.adult_id
    now = kit.clock.now()
    clerk = visit.world.caseworker()
    nowhere = Actor(ActorKind.STAFF, "test", clerk.id)
    with kit.database.transaction() as session:
        for action in sorted(BY_CENTRE):
            audit(session, clerk, action, now - timedelta(days=1), known.demand.dossier_id, adult_id=adult)
        audit(session, nowhere, "demand:read", now, known.demand.dossier_id)
        for action in sorted(OWN):
            audit(session, me(known), action, now, known.demand.dossier_id)
        for outcome in ("refused", "closed"):
            audit(session, me(known), "citizen:sign-in", now, known.demand.dossier_id, outcome)
    visit.get(f"/{visit.language}/dossier/access-log")


@case("own_data.log", "own_data/access_log", look=False)
def access_log_of_two_pages(visit: Visit) -> None:
    known = signed_in(visit)
    kit = visit.world.kit
    with kit.database.transaction() as session:
        for _ in range(60):
            audit(session, visit.world.caseworker(), "demand:read", kit.clock.now(), known.demand.dossier_id)
    visit.get(f"/{visit.language}/dossier/access-log?page=2")


@case("own_data.log", "own_data/access_log", look=False)
def access_log_with_more(visit: Visit) -> None:
    access_log_of_two_pages(visit)
    visit.get(f"/{visit.language}/dossier/access-log")


@case("own_data.log", "own_data/access_log", look=False)
def access_log_past_its_end(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier/access-log?page=3")


@case("own_data.log", "own_data/access_log", look=False)
def access_log_of_nobody(visit: Visit) -> None:
    """In life the visit itself stands in it; this one was not written down."""
    known = visit.world.file(visit.world.somebody(visit.language))
    kit = visit.world.kit
    with kit.database.transaction() as session:
        visit.cookie("citizen", citizen._open_session(session, kit, known.demand.adult_id, kit.clock.now()))
    visit.get(f"/{visit.language}/dossier/access-log")


@case("own_data.export", "own_data/export")
def export(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier/export")


@case("own_data.export", "own_data/export", look=False)
def export_with_papers(visit: Visit) -> None:
    known = signed_in(visit)
    ready(visit, known, 1)
    send(visit.world.kit, me(known), b"%PDF-1.4 on its way")
    visit.get(f"/{visit.language}/dossier/export")


@case("own_data.export", "own_data/export", look=False)
def export_on_paper(visit: Visit) -> None:
    on_paper(visit)
    visit.get(f"/{visit.language}/dossier/export")


@case("own_data.show", "own_data/show", look=False)
def own_data_on_paper(visit: Visit) -> None:
    on_paper(visit)
    visit.get(f"/{visit.language}/dossier/own-data")


@case("closing.close", "own_data/close", look=False)
def close_on_paper(visit: Visit) -> None:
    on_paper(visit)
    visit.get(f"/{visit.language}/dossier/close")


@contextmanager
def another_export(_world: World) -> Iterator[None]:
    """Somebody else takes theirs."""
    with exporting._one:
        yield


@case("own_data.download", "errors/export-busy", 503, here=True, without=another_export)
def export_while_another_runs(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(f"/{visit.language}/dossier/export")
    visit.post(f"/{visit.language}/dossier/export.zip", form(known))


@case("own_data.download", "errors/export-busy", 429, look=False)
def export_too_often(visit: Visit) -> None:
    known = signed_in(visit)
    for _ in range(MOST_EXPORTS):
        limits.count(visit.world.kit, "export", str(known.demand.adult_id), timedelta(hours=1))
    visit.get(f"/{visit.language}/dossier/export")
    visit.post(f"/{visit.language}/dossier/export.zip", form(known))


@case("closing.close", "own_data/close")
def close(visit: Visit) -> None:
    signed_in(visit)
    visit.get(f"/{visit.language}/dossier/close")


@case("closing.close", "own_data/close", 422)
def close_without_the_box(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(f"/{visit.language}/dossier/close")
    visit.post(f"/{visit.language}/dossier/close", form(known))


@case("closing.closed", "own_data/closed")
def closed(visit: Visit) -> None:
    known = signed_in(visit)
    visit.get(f"/{visit.language}/dossier/close")
    visit.post(f"/{visit.language}/dossier/close", form(known) | {"sure": "y"})


@case("sign_in.sign_in", "sign_in/sign_in", 422, look=False)
def sign_in_after_closing(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody(visit.language))
    close_account(visit.world.kit, me(known))
    visit.get(f"/{visit.language}/sign-in")
    visit.post(f"/{visit.language}/sign-in", {"reference": known.demand.reference, "code": known.code or ""})


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_a_closed_account(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody("pt"))
    close_account(visit.world.kit, me(known))
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")
