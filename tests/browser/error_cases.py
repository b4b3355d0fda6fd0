"""The pages for what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from portal.security.access import Rule, allow
from portal.security.bodies import BusyError
from portal.services import limits
from tests.browser.cases import broken_codes, case, no_database
from tests.browser.people import NAME
from tests.browser.visits import Visit
from tests.browser.world import World


@case("", "errors/not-found", 404)
def not_found(visit: Visit) -> None:
    visit.get(f"/{visit.language}/nowhere")


@case("", "errors/form-expired", 400)
def page_too_old(visit: Visit) -> None:
    visit.get(f"/{visit.language}/verify")
    visit.post(f"/{visit.language}/verify", {"reference": "VS"}, token=False)


@case("", "errors/session-ended", 401)
def session_ended(visit: Visit) -> None:
    visit.get(f"/{visit.language}/verify")
    visit.post(f"/{visit.language}/dossier/withdraw", {"reason": NAME})


@case("", "errors/session-ended", 401)
def staff_session_ended(visit: Visit) -> None:
    visit.get("/staff/sign-in")
    visit.post("/staff/demands/new", {"name": NAME})


@case("", "errors/bad-request", 400)
def unreadable(visit: Visit) -> None:
    visit.get(f"/{visit.language}/verify?q=%00")


@case("", "errors/too-large", 413)
def too_large(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")
    visit.post(f"/{visit.language}/sign-in", {"reference": "V" * 600_000})


@case("", "errors/too-many", 429)
def too_many(visit: Visit) -> None:
    for _ in range(61):
        limits.count(visit.world.kit, "verify", "127.0.0.1")
    visit.get(f"/{visit.language}/verify?q=x")


@case("", "errors/unavailable", 503, without=no_database)
def unavailable(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")
    visit.post(f"/{visit.language}/sign-in", {"reference": "VS-0000-0000-97", "code": "1"})


@contextmanager
def too_slow(world: World) -> Iterator[None]:
    """As if a body had been too slow, which no browser of a test is."""
    views = world.app.view_functions
    real = views["urgent.urgent"]

    @allow(Rule.PUBLIC)
    def slow(lang: str) -> str:
        raise BusyError(lang)

    views["urgent.urgent"] = slow
    try:
        yield
    finally:
        views["urgent.urgent"] = real


@case("", "errors/busy", 503, here=True, without=too_slow)
def sending_too_slow(visit: Visit) -> None:
    visit.get(f"/{visit.language}/urgent")


@case("", "errors/failure", 500, without=broken_codes)
def failure(visit: Visit) -> None:
    visit.get(f"/{visit.language}/sign-in")
    visit.post(f"/{visit.language}/sign-in", {"reference": "VS-0000-0000-97", "code": "1"})


@case("", "errors/failure", 500)
def staff_failure(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    visit.cookie("staff", visit.world.staff_visit("claire.demo", visit.language))
    visit.get(f"/staff/demands/{known.demand.id}")
    with broken_codes(visit.world):
        visit.post(f"/staff/demands/{known.demand.id}/code", {"identity_seen": "y"})
