"""A household's file as a whole: every state and fault at the desk, and what the person sees of it."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Final

from portal.domain.case_request import RequestKind
from portal.domain.demand import Announcement, Person
from portal.domain.household_course import Why
from portal.services.actor import Actor, ActorKind
from portal.services.at_desk import DeskPlace
from portal.services.desk import open_demand
from portal.services.households import acting, merging
from portal.services.households.acting import Closing, Move
from portal.services.thread.asking import ask
from portal.services.thread.rows import Sent
from portal.services.thread.writing import write
from tests.browser.cases import case
from tests.browser.deciding import decided
from tests.browser.dossier_cases import me, signed_in
from tests.browser.message_cases import asked
from tests.browser.people import FOUND, LATIN, REASON, TIGRINYA
from tests.browser.staff_adult_cases import couple, second
from tests.browser.staff_cases import at_the_desk
from tests.browser.staff_paper_file_cases import at_home, opened
from tests.browser.staff_report_cases import parted
from tests.browser.visits import Visit
from tests.browser.world import SIERRE, Known

HERE, ELSEWHERE = "sierre", "oberwallis"
BRIG: Final = "6002"


def two(visit: Visit) -> tuple[Known, Known]:
    """Two demands of one person, with a caseworker of their centre at the desk."""
    first, second = (visit.world.file(visit.world.somebody(visit.language)) for _ in range(2))
    at_the_desk(visit)
    return first, second


def at(known: Known, ending: str = "") -> str:
    return f"/staff/demands/{known.demand.id}/file{ending}"


def closed(visit: Visit, place: DeskPlace) -> None:
    kit, actor = visit.world.kit, visit.world.caseworker()
    said = Closing(Why.AID_ENDED, REASON, despite=True)
    acting.close(kit, actor, place, said, acting.look(kit, actor, place).course.seen)


def moved(visit: Visit, place: DeskPlace, here: str = HERE, there: str = ELSEWHERE) -> None:
    kit, actor = visit.world.kit, replace(visit.world.caseworker(), region=here)
    acting.move(kit, actor, place, Move(there, None, None), REASON, acting.look(kit, actor, place).course.seen)


def merged(visit: Visit, stops: Known, goes_on: Known, goes_on_seen: int = 0) -> None:
    merging.merge(
        *(visit.world.kit, visit.world.caseworker(), DeskPlace(stops.demand.id), goes_on.demand.reference),
        *(goes_on.demand.adult_id, REASON),
        (0, goes_on_seen),
        this_stops=True,
    )


def compared(visit: Visit, this: Known, other: Known) -> None:
    visit.get(at(this))
    visit.post(at(this, "/compare"), {"reference": other.demand.reference})


def wanted(other: Known, adult: uuid.UUID, goes_on: str = "this", **more: str) -> dict[str, str]:
    """The form of a merging that would work."""
    said = {"reference": other.demand.reference, "seen_this": "0", "seen_other": "0", "sure": "y"}
    return said | {"goes_on": goes_on, "same": str(adult), "merge_words": REASON} | more


@case("staff_households.show", "staff/household")
def staff_household(visit: Visit) -> None:
    """Perhaps there are two of the same person."""
    first, _ = two(visit)
    visit.get(at(first))


@case("staff_households.show", "staff/household", look=False)
def staff_household_at_the_reception(visit: Visit) -> None:
    """Reception moves and merges files, and closes none."""
    known = visit.world.file(visit.world.somebody("fr"))
    at_the_desk(visit, "nadia.demo")
    visit.get(at(known))


@case("staff_households.show", "staff/household", look=False)
def staff_household_that_nobody_has_taken(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody("fr", commune=None))
    at_the_desk(visit)
    visit.get(at(known))


@case("staff_households.show", "staff/household", look=False)
def staff_household_apart(visit: Visit) -> None:
    """Nothing is offered to be merged with it."""
    known = parted(visit)
    at_the_desk(visit)
    with visit.world.database.connect() as connection:
        row = connection.execute(
            "SELECT new_dossier_id FROM apart WHERE old_dossier_id = %s", [known.demand.dossier_id]
        ).fetchone()
    assert row is not None
    visit.get(f"/staff/dossiers/{row[0]}/file")


@case("staff_households.show", "staff/household")
def staff_household_closed(visit: Visit) -> None:
    first, _ = two(visit)
    visit.get(at(first))
    visit.post(
        at(first, "/close"), {"seen": "0", "why": Why.NEVER_COMPLETED.value, "close_words": REASON, "despite": "y"}
    )


@case("staff_households.show", "staff/household", look=False)
def staff_household_reopened(visit: Visit) -> None:
    first, _ = two(visit)
    place = DeskPlace(first.demand.id)
    closed(visit, place)
    write(visit.world.kit, me(first), Sent(REASON, "token", "fr"), visit.world.kit.clock.now())
    closed(visit, place)
    visit.get(at(first))
    seen = acting.look(visit.world.kit, visit.world.caseworker(), place).course.seen
    visit.post(at(first, "/reopen"), {"seen": str(seen), "reopen_words": REASON})


@case("staff_households.reopen", "staff/household", 422, look=False)
def staff_household_reopened_without_words(visit: Visit) -> None:
    first, _ = two(visit)
    closed(visit, DeskPlace(first.demand.id))
    visit.get(at(first))
    visit.post(at(first, "/reopen"), {"seen": "1"})


@case("staff_households.close", "staff/household", 422)
def staff_household_closed_with_nothing(visit: Visit) -> None:
    first, _ = two(visit)
    visit.get(at(first))
    visit.post(at(first, "/close"), {"seen": "0"})


@case("staff_households.close", "staff/household", 422, look=False)
def staff_household_closed_over_a_clock(visit: Visit) -> None:
    """Without the tick; then as the double of the file with which it was merged."""
    first, second = two(visit)
    ask(visit.world.kit, me(first), RequestKind.REEXAMINATION, Sent("", "token", "fr"), visit.world.kit.clock.now())
    visit.get(at(first))
    visit.post(at(first, "/close"), {"seen": "0", "why": Why.AID_ENDED.value, "close_words": REASON})
    merged(visit, first, second)
    seen = acting.look(visit.world.kit, visit.world.caseworker(), DeskPlace(first.demand.id)).course.seen
    said = {"seen": str(seen), "why": Why.DOUBLE.value, "close_words": REASON, "despite": "y"}
    visit.post(at(first, "/close"), said)


@case("staff_households.close", "staff/household", 422, look=False)
def staff_household_closed_for_a_withdrawal_that_is_not_there(visit: Visit) -> None:
    first, _ = two(visit)
    visit.get(at(first))
    visit.post(at(first, "/close"), {"seen": "0", "why": Why.WITHDRAWN.value, "close_words": REASON, "despite": "y"})


@case("staff_households.close", "staff/household", 409)
def staff_household_done_meanwhile(visit: Visit) -> None:
    first, second = two(visit)
    merged(visit, first, second)
    visit.get(at(first))
    visit.post(at(first, "/close"), {"seen": "0", "why": Why.DIED.value, "close_words": REASON})


@case("staff_households.move", "staff/household", 422, look=False)
def staff_household_moved_with_nothing(visit: Visit) -> None:
    first, _ = two(visit)
    visit.get(at(first))
    visit.post(at(first, "/move"), {"seen": "0", "since_day": "31", "since_month": "2", "since_year": "2026"})


@case("staff_households.move", "staff/household", 422, look=False)
def staff_household_moved_to_another_commune(visit: Visit) -> None:
    first, _ = two(visit)
    visit.get(at(first))
    days = {"since_day": "1", "since_month": "2", "since_year": "2029"}
    visit.post(at(first, "/move"), {"seen": "0", "region": "martigny", "commune": BRIG, "move_words": REASON, **days})


@case("staff_board.board", "staff/board", look=False)
def staff_board_after_a_move(visit: Visit) -> None:
    first, _ = two(visit)
    visit.get(at(first))
    days = {"since_day": "1", "since_month": "11", "since_year": "26"}
    said = {"seen": "0", "region": ELSEWHERE, "commune": BRIG, "move_words": REASON}
    visit.post(at(first, "/move"), said | days)


@case("staff_households.show", "staff/household", look=False)
def staff_household_that_came_from_elsewhere(visit: Visit) -> None:
    """The file with which it was merged stayed there."""
    first, second = two(visit)
    merged(visit, first, second)
    moved(visit, DeskPlace(first.demand.id))
    at_the_desk(visit, "anna.demo")
    visit.get(at(first))


@case("staff_households.compare", "staff/household", 422, look=False)
def staff_household_compared_with_nothing(visit: Visit) -> None:
    first, _ = two(visit)
    visit.get(at(first))
    visit.post(at(first, "/compare"), {"reference": "1"})


@case("staff_households.compare", "staff/household", 422, look=False)
def staff_household_compared_with_itself(visit: Visit) -> None:
    first, _ = two(visit)
    compared(visit, first, first)


@case("staff_households.compare", "staff/household_compare")
def staff_household_compared(visit: Visit) -> None:
    first, second = two(visit)
    compared(visit, first, second)


@case("staff_households.compare", "staff/household_compare")
def staff_household_compared_in_another_script(visit: Visit) -> None:
    """The names and their Latin letters, in the table and in the list of persons."""
    person = Person(TIGRINYA, LATIN, birth_year=1974, phone="+41 79 555 01 02")
    first, second = (visit.world.file(Announcement(person, visit.language, SIERRE)) for _ in range(2))
    at_the_desk(visit)
    compared(visit, first, second)


@case("staff_households.compare", "staff/household_compare", look=False)
def staff_household_compared_with_one_on_paper(visit: Visit) -> None:
    file = opened(visit)
    known = visit.world.file(visit.world.somebody("pt"))
    visit.get(f"/staff/dossiers/{file}/file")
    visit.post(f"/staff/dossiers/{file}/file/compare", {"reference": known.demand.reference})


@case("staff_households.merge", "staff/household_compare", 422)
def staff_household_merged_with_nothing(visit: Visit) -> None:
    first, second = two(visit)
    compared(visit, first, second)
    visit.post(at(first, "/merge"), {"reference": second.demand.reference})


@case("staff_households.merge", "staff/household_compare", 422, look=False)
def staff_household_merged_with_somebody_of_the_other(visit: Visit) -> None:
    first, second = two(visit)
    compared(visit, first, second)
    visit.post(at(first, "/merge"), wanted(second, second.demand.adult_id))


@case("staff_households.merge", "staff/household_compare", 422, look=False)
def staff_household_merged_that_several_use(visit: Visit) -> None:
    known = couple(visit)
    second(visit, known)
    other = visit.world.file(visit.world.somebody("pt"))
    compared(visit, other, known)
    visit.post(at(other, "/merge"), wanted(known, other.demand.adult_id))


@case("staff_households.merge", "staff/household_compare", 409, look=False)
def staff_household_merged_meanwhile(visit: Visit) -> None:
    first, second = two(visit)
    compared(visit, first, second)
    closed(visit, DeskPlace(second.demand.id))
    visit.post(at(first, "/merge"), wanted(second, first.demand.adult_id))


@case("staff_households.merge", "staff/household_compare", 422, look=False)
def staff_household_merged_that_is_closed_over_a_clock(visit: Visit) -> None:
    first, second = two(visit)
    closed(visit, DeskPlace(second.demand.id))
    compared(visit, first, second)
    visit.post(at(first, "/merge"), wanted(second, first.demand.adult_id, seen_other="1"))


@case("staff_households.merge", "staff/household", 422, look=False)
def staff_household_merged_with_one_that_is_gone(visit: Visit) -> None:
    first, second = two(visit)
    compared(visit, first, second)
    moved(visit, DeskPlace(second.demand.id))
    visit.post(at(first, "/merge"), wanted(second, first.demand.adult_id))


@case("staff_households.show", "staff/household")
def staff_household_merged(visit: Visit) -> None:
    first, second = two(visit)
    compared(visit, first, second)
    visit.post(at(first, "/merge"), wanted(second, first.demand.adult_id))


@case("staff_households.part", "staff/household", 422)
def staff_household_parted_without_words(visit: Visit) -> None:
    first, second = two(visit)
    merged(visit, first, second)
    visit.get(at(first))
    visit.post(at(first, "/part"), {"seen": "1"})


@case("staff_households.show", "staff/household", look=False)
def staff_household_parted(visit: Visit) -> None:
    first, second = two(visit)
    merged(visit, first, second)
    seen = acting.look(visit.world.kit, visit.world.caseworker(), DeskPlace(first.demand.id)).course.seen
    visit.get(at(first))
    visit.post(at(first, "/part"), {"seen": str(seen), "part_words": REASON})


@case("staff_board.board", "staff/board", look=False)
def staff_board_with_a_merged_file(visit: Visit) -> None:
    older = visit.world.file(visit.world.somebody(visit.language), ago=timedelta(days=9))
    newer, _ = two(visit)
    merged(visit, older, newer)
    visit.get("/staff/")


def urgent_merged(visit: Visit) -> Known:
    """Two files are merged into this one; urgent help was asked for with the demand of one, in a message of the other."""
    this, said = two(visit)
    announced = visit.world.file(visit.world.somebody(visit.language, urgent=True))
    asked(visit, said, RequestKind.URGENT)
    for one, number in ((announced, 0), (said, 1)):
        merged(visit, one, this, goes_on_seen=number)
    return this


@case("staff_board.board", "staff/board", look=False)
def staff_board_with_urgent_help_in_a_merged_file(visit: Visit) -> None:
    urgent_merged(visit)
    visit.get("/staff/")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_urgent_help_in_merged_files(visit: Visit) -> None:
    visit.get(f"/staff/demands/{urgent_merged(visit).demand.id}")


@case("staff_missing.show", "staff/missing", look=False)
def staff_missing_with_urgent_help(visit: Visit) -> None:
    visit.get(f"/staff/demands/{urgent_merged(visit).demand.id}/missing")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_closed_and_merged(visit: Visit) -> None:
    first, second = two(visit)
    merged(visit, first, second)
    visit.world.enrol()
    decided(visit, first.demand.dossier_id)  # while its clock runs, it is not closed
    closed(visit, DeskPlace(first.demand.id))
    visit.get(f"/staff/demands/{first.demand.id}")


@case("staff_paper_files.show", "staff/paper_file", look=False)
def staff_paper_file_merged(visit: Visit) -> None:
    file, known = opened(visit), visit.world.file(visit.world.somebody("pt"))
    kit, actor = visit.world.kit, visit.world.caseworker()
    adult = merging.compare(kit, actor, DeskPlace(known.demand.id), reference_of(visit, file)).other.adults[0].id
    more = (DeskPlace(known.demand.id), reference_of(visit, file), adult, REASON)
    merging.merge(kit, actor, *more, (0, 0), this_stops=True)
    visit.get(f"/staff/dossiers/{file}")


def reference_of(visit: Visit, dossier: uuid.UUID) -> str:
    with visit.world.database.connect() as connection:
        row = connection.execute("SELECT reference FROM dossier WHERE id = %s", [dossier]).fetchone()
    assert row is not None
    return str(row[0])


@case("staff_search.start", "staff/search", look=False)
def staff_search_with_a_closed_file(visit: Visit) -> None:
    first, _ = two(visit)
    file = opened(visit)
    closed(visit, DeskPlace(first.demand.id))
    closed(visit, DeskPlace(dossier_id=file))
    visit.get("/staff/search")
    visit.post("/staff/search", {"looked_for": first.demand.announcement.person.name or FOUND})


@case("dossier.show", "dossier/show")
def dossier_closed(visit: Visit) -> None:
    visit.world.enrol()
    known = signed_in(visit)
    closed(visit, DeskPlace(known.demand.id))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show")
def dossier_moved(visit: Visit) -> None:
    visit.world.enrol()
    known = signed_in(visit)
    open_demand(visit.world.kit, visit.world.caseworker(), known.demand.id)
    moved(visit, DeskPlace(known.demand.id))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show")
def dossier_merged(visit: Visit) -> None:
    visit.world.enrol()
    other = visit.world.file(visit.world.somebody(visit.language))
    known = signed_in(visit)
    merged(visit, known, other)
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show", look=False)
def dossier_that_goes_on(visit: Visit) -> None:
    visit.world.enrol()
    other = visit.world.file(visit.world.somebody(visit.language))
    known = signed_in(visit)
    merged(visit, other, known)
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/on_paper", look=False)
def dossier_on_paper_closed(visit: Visit) -> None:
    visit.world.enrol()
    person: Actor = at_home(visit)
    assert person.kind is ActorKind.CITIZEN
    closed(visit, DeskPlace(dossier_id=person.dossier_id))
    visit.get(f"/{visit.language}/dossier")
