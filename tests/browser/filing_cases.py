"""The pages on the way to a filing, and the one behind it."""

from __future__ import annotations

from datetime import timedelta

from portal.domain.demand import Announcement, Person, filing_day
from portal.services import desk
from tests.browser.cases import case, no_database
from tests.browser.people import HELPER, SHORT, TIGRINYA, URGENT, WHOLE, WRONG
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


@case("home.home", "home/home")
def home(visit: Visit) -> None:
    visit.get(f"/{visit.language}/")


@case("demand.new", "demand/new")
def form_first_step(visit: Visit) -> None:
    visit.get(f"/{visit.language}/demand/new")


@case("demand.new", "demand/new")
def form_after_a_filing(visit: Visit) -> None:
    filed(visit)
    visit.get(f"/{visit.language}/demand/new")


@case("demand.new", "demand/new", script=False)
def form_whole(visit: Visit) -> None:
    visit.get(f"/{visit.language}/demand/new")


@case("demand.new", "demand/new", 422)
def form_wrong(visit: Visit) -> None:
    form(visit, WRONG)


@case("demand.new", "demand/new", 422, script=False)
def form_wrong_whole(visit: Visit) -> None:
    form(visit, {**WRONG, "birth_year": "", "name": ""})


@case("demand.new", "demand/new", 422, look=False)
def form_born_in_the_future(visit: Visit) -> None:
    form(visit, {**SHORT, "birth_day": "31", "birth_month": "12", "birth_year": str(_this_year(visit))})


@case("demand.new", "demand/new", 422, look=False)
def form_born_in_no_year(visit: Visit) -> None:
    form(visit, {**SHORT, "birth_year": "1066"})


@case("demand.new", "demand/new", 422, look=False)
def form_born_in_words(visit: Visit) -> None:
    form(visit, {**SHORT, "birth_year": "?"})


@case("demand.new", "demand/new", 422, look=False)
def form_born_on_no_day(visit: Visit) -> None:
    form(visit, {**SHORT, "birth_month": "4", "birth_year": "1974"})


@case("demand.new", "demand/new", 422, look=False)
def form_born_in_no_month(visit: Visit) -> None:
    form(visit, {**SHORT, "birth_day": "3", "birth_year": "1974"})


@case("demand.new", "demand/new", 422, look=False)
def form_with_a_helper_for_oneself(visit: Visit) -> None:
    form(visit, {**SHORT, "on_behalf": "self", "helper_name": HELPER})


@case("demand.new", "demand/new", 400)
def form_without_cookie(visit: Visit) -> None:
    visit.get(f"/{visit.language}/demand/new")
    visit.post(f"/{visit.language}/demand/new", SHORT, token=False)


@case("demand.new", "demand/check")
def check(visit: Visit) -> None:
    form(visit, WHOLE)


@case("demand.new", "demand/check")
def check_of_little(visit: Visit) -> None:
    form(visit, {"name_at_desk": "y", "unreachable": "y", "commune": "unknown"})


@case("demand.new", "demand/check")
def check_of_an_unlisted_commune(visit: Visit) -> None:
    form(visit, {**SHORT, "commune_typed": HELPER})


@case("demand.new", "demand/check")
def check_of_another_script(visit: Visit) -> None:
    form(visit, {"name": TIGRINYA})


@case("demand.new", "demand/check", 422)
def check_of_another_script_wrong(visit: Visit) -> None:
    form(visit, {"name": TIGRINYA, "latin_name": "x" * 201})


@case("demand.new", "demand/check")
def check_with_a_stale_token(visit: Visit) -> None:
    form(visit, {**SHORT, "filing_token": "x"}, page="check")


@case("demand.new", "demand/attempt", 503, without=no_database)
def attempt(visit: Visit) -> None:
    form(visit, WHOLE, page="check")


@case("filed.filed", "demand/filed")
def filed_page(visit: Visit) -> None:
    filed(visit)
    visit.get(f"/{visit.language}/demand/filed")


@case("filed.filed", "demand/filed")
def filed_of_one_s_own(visit: Visit) -> None:
    """After «I am not safe with this person»."""
    filed(visit)
    visit.get(f"/{visit.language}/demand/filed?own=1")


@case("filed.filed", "demand/filed")
def filed_urgent_and_changed(visit: Visit) -> None:
    filed(visit, URGENT)
    visit.get(f"/{visit.language}/demand/filed?changed=1")


@case("filed.filed", "demand/filed")
def filed_and_a_new_code_since(visit: Visit) -> None:
    known = filed(visit)
    desk.issue_code(visit.world.kit, visit.world.caseworker(), known.demand.id)
    visit.get(f"/{visit.language}/demand/filed")


@case("filed.filed", "demand/filed_before")
def filed_an_hour_ago(visit: Visit) -> None:
    filed(visit, visit.world.somebody(visit.language, commune=None), ago=timedelta(minutes=61))
    visit.get(f"/{visit.language}/demand/filed")


@case("filed.filed", "demand/filed")
def filed_without_name_or_place(visit: Visit) -> None:
    filed(visit, Announcement(Person(unreachable=True), visit.language))
    visit.get(f"/{visit.language}/demand/filed")


def _this_year(visit: Visit) -> int:
    return filing_day(visit.world.kit.clock.now()).year
