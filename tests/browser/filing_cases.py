"""The pages on the way to a filing, and the one behind it."""

from __future__ import annotations

from datetime import timedelta

from portal.domain.demand import Announcement
from tests.browser.cases import case, no_database
from tests.browser.people import SHORT, TIGRINYA, URGENT, WHOLE, WRONG
from tests.browser.visits import Fields, Visit, hidden
from tests.browser.world import Known


def form(visit: Visit, fields: Fields, page: str = "form") -> int:
    """Fill the filing form in and send it."""
    visit.get(f"/{visit.language}/demand/new")
    return visit.post(f"/{visit.language}/demand/new", {"_page": page, **hidden(visit), **fields})


def filed(visit: Visit, announcement: Announcement | None = None, ago: timedelta = timedelta()) -> Known:
    """Hold the cookie of somebody who has filed."""
    known = visit.world.file(announcement or visit.world.somebody(visit.language), ago=ago)
    visit.cookie("filed", known.token)
    return known


@case("home.home")
def home(visit: Visit) -> None:
    visit.get(f"/{visit.language}/")


@case("demand.new")
def form_first_step(visit: Visit) -> None:
    visit.get(f"/{visit.language}/demand/new")


@case("demand.new", script=False)
def form_whole(visit: Visit) -> None:
    visit.get(f"/{visit.language}/demand/new")


@case("demand.new", 422)
def form_wrong(visit: Visit) -> None:
    form(visit, WRONG)


@case("demand.new", 422, script=False)
def form_wrong_whole(visit: Visit) -> None:
    form(visit, {**WRONG, "birth_year": "", "name": ""})


@case("demand.new", 400)
def form_without_cookie(visit: Visit) -> None:
    visit.get(f"/{visit.language}/demand/new")
    visit.post(f"/{visit.language}/demand/new", SHORT, token=False)


@case("demand.new")
def check(visit: Visit) -> None:
    form(visit, WHOLE)


@case("demand.new")
def check_of_little(visit: Visit) -> None:
    form(visit, {"name_at_desk": "y", "commune": "unknown"})


@case("demand.new")
def check_of_another_script(visit: Visit) -> None:
    form(visit, {"name": TIGRINYA})


@case("demand.new")
def check_with_a_stale_token(visit: Visit) -> None:
    form(visit, {**SHORT, "filing_token": "x"}, page="check")


@case("demand.new", 503, without=no_database)
def attempt(visit: Visit) -> None:
    form(visit, WHOLE, page="check")


@case("filed.filed")
def filed_page(visit: Visit) -> None:
    filed(visit)
    visit.get(f"/{visit.language}/demand/filed")


@case("filed.filed")
def filed_urgent_and_changed(visit: Visit) -> None:
    filed(visit, URGENT)
    visit.get(f"/{visit.language}/demand/filed?changed=1")


@case("filed.filed")
def filed_an_hour_ago(visit: Visit) -> None:
    filed(visit, visit.world.somebody(visit.language, commune=None), ago=timedelta(minutes=61))
    visit.get(f"/{visit.language}/demand/filed")
