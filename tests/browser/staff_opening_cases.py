"""The staff desk: a file that is not open, and the band that says whose is."""

from __future__ import annotations

from tests.browser.cases import case
from tests.browser.people import REASON
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit
from tests.browser.world import Known


def come(visit: Visit) -> Known:
    """A caseworker who presses nothing by themselves, and a demand of their centre."""
    known = visit.world.file(visit.world.somebody())
    at_the_desk(visit)
    visit.opens = False
    return known


def opened(visit: Visit, known: Known) -> None:
    """Open it from the list."""
    visit.get("/staff/")
    visit.post("/staff/open", {"demand_id": str(known.demand.id)})


@case("", "errors/not-open", 409)
def staff_not_open(visit: Visit) -> None:
    visit.get(f"/staff/demands/{come(visit).demand.id}")


@case("", "errors/not-open", 409)
def staff_not_open_while_another_is(visit: Visit) -> None:
    known = come(visit)
    opened(visit, visit.world.file(visit.world.somebody("ar")))
    visit.get(f"/staff/demands/{known.demand.id}")


@case("", "errors/not-open", 409)
def staff_not_open_with_words(visit: Visit) -> None:
    known = come(visit)
    visit.get("/staff/")
    visit.post(f"/staff/demands/{known.demand.id}/pass-on", {"region": "martigny", "reason": REASON})


@case("staff_board.board", "staff/board")
def staff_board_with_an_open_file(visit: Visit) -> None:
    opened(visit, come(visit))
    visit.get("/staff/")


@case("staff_messages.waiting_list", "staff/messages", look=False)
def staff_messages_after_next_person(visit: Visit) -> None:
    opened(visit, come(visit))
    visit.post("/staff/next", {})
    visit.get("/staff/messages")
