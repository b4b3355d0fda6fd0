"""The desk: the search, with hits of every kind, with none, and with what cannot be looked for."""

from __future__ import annotations

import os
from datetime import date
from typing import Final

from portal.domain.demand import Announcement, Person
from portal.services import citizen
from portal.services.actor import Actor, ActorKind
from portal.services.paper_files import NewPaperFile, open_paper_file
from portal.services.search import indexing, looking
from tests.browser.cases import case
from tests.browser.people import ALIKE, ARABIC, FOUND, LATIN, NOWHERE, TIGRINYA
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import SIERRE

PLACE: Final = "/staff/search"
BORN: Final = date(1984, 3, 12)
BIRTH: Final = {"birth_day": "12", "birth_month": "3", "birth_year": "1984"}


def somebody(visit: Visit, name: str | None, born: date | None = BORN, **more: object) -> None:
    """A household of Sierre with an adult of that name."""
    visit.world.file(Announcement(Person(name, birth_date=born, unreachable=True, **more), visit.language, SIERRE))  # type: ignore[arg-type]


def searched(visit: Visit, **typed: str) -> None:
    """The page that answers a search at the desk."""
    at_the_desk(visit)
    visit.get(PLACE)
    visit.post(PLACE, {"looked_for": "", **typed})


@case("staff_search.start", "staff/search")
def staff_search(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(PLACE)


@case("", "staff/search")
def staff_search_with_hits(visit: Visit) -> None:
    somebody(visit, FOUND)
    somebody(visit, FOUND, date(1984, 12, 3))
    somebody(visit, ALIKE, date(1984, 3, 15))
    somebody(visit, FOUND, None)
    somebody(visit, None)
    gone = visit.world.file(Announcement(Person(ALIKE, birth_year=1984, unreachable=True), visit.language, None))
    actor = Actor(ActorKind.CITIZEN, "browser", gone.demand.adult_id, gone.demand.dossier_id)
    citizen.withdraw(visit.world.kit, actor, visit.world.kit.clock.now(), None)
    on_paper = NewPaperFile(Person(FOUND, birth_date=date(1991, 1, 1)), visit.language, SIERRE, date(2024, 5, 1))
    open_paper_file(visit.world.kit, visit.world.caseworker(), on_paper, os.urandom(32))
    searched(visit, looked_for=FOUND, **BIRTH)


@case("", "staff/search", look=False)
def staff_search_in_another_script(visit: Visit) -> None:
    somebody(visit, TIGRINYA, latin_name=LATIN)
    somebody(visit, ARABIC)
    searched(visit, looked_for=LATIN, birth_year="1984")


@case("", "staff/search", look=False)
def staff_search_by_reference(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    searched(visit, looked_for=known.demand.reference)


@case("", "staff/search", look=False)
def staff_search_by_a_reference_of_nobody(visit: Visit) -> None:
    searched(visit, looked_for="VS-0000-0000-98")


@case("", "staff/search", look=False)
def staff_search_by_phone(visit: Visit) -> None:
    somebody(visit, FOUND, phone="+41 79 555 01 77")
    searched(visit, looked_for="079 555 01 77")


@case("", "staff/search", look=False)
def staff_search_by_a_phone_of_nobody(visit: Visit) -> None:
    searched(visit, looked_for="079 555 01 78")


@case("", "staff/search", 422, look=False)
def staff_search_with_digits_in_a_name(visit: Visit) -> None:
    searched(visit, looked_for=f"{FOUND} 88")


@case("", "staff/search", look=False)
def staff_search_by_the_birth_date_alone(visit: Visit) -> None:
    somebody(visit, FOUND)
    searched(visit, looked_for=NOWHERE, **BIRTH)


@case("", "staff/search")
def staff_search_none(visit: Visit) -> None:
    searched(visit, looked_for=NOWHERE)


@case("", "staff/search", look=False)
def staff_search_with_more_than_a_page(visit: Visit) -> None:
    before, looking.SHOWN = looking.SHOWN, 1  # type: ignore[misc]
    try:
        somebody(visit, FOUND)
        somebody(visit, FOUND)
        searched(visit, looked_for=FOUND)
    finally:
        looking.SHOWN = before  # type: ignore[misc]


@case("", "staff/search", look=False)
def staff_search_after_a_migration(visit: Visit) -> None:
    before, indexing.AT_ONCE = indexing.AT_ONCE, 1  # type: ignore[misc]
    try:
        somebody(visit, FOUND)
        somebody(visit, FOUND)
        searched(visit, looked_for=FOUND)
    finally:
        indexing.AT_ONCE = before  # type: ignore[misc]


@case("", "staff/search", 422)
def staff_search_for_nothing(visit: Visit) -> None:
    searched(visit)


@case("", "staff/search", 422, look=False)
def staff_search_for_a_year(visit: Visit) -> None:
    searched(visit, birth_year="1984")


@case("", "staff/search", 422, look=False)
def staff_search_for_one_letter(visit: Visit) -> None:
    searched(visit, looked_for="M", birth_day="31", birth_month="2", birth_year="1984")


@case("", "staff/search", 422, look=False)
def staff_search_for_a_wrong_reference(visit: Visit) -> None:
    searched(visit, looked_for="VS-1234-5678-90")


@case("", "staff/search", 422, look=False)
def staff_search_for_signs(visit: Visit) -> None:
    searched(visit, looked_for="...")


@case("", "staff/new", look=False)
def staff_new_from_the_search(visit: Visit) -> None:
    at_the_desk(visit)
    visit.get(PLACE)
    visit.post("/staff/demands/new", {"_begin": "1", "name": NOWHERE, **BIRTH})
