"""The first interview and who was seen: each state at the desk and on the person's page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from unittest.mock import patch

from portal.domain.demand import ZURICH
from portal.domain.identity import IdentityPaper
from portal.domain.interview import Interpreter, Meeting, Step, Way
from portal.services import citizen, identity
from portal.services.at_desk import DeskPlace
from portal.services.interviews import desk
from portal.services.notices.acknowledging import acknowledge_own
from tests.browser.cases import case
from tests.browser.dossier_cases import me
from tests.browser.people import REASON
from tests.browser.staff_adult_cases import couple
from tests.browser.staff_cases import at_the_desk
from tests.browser.staff_notice_cases import NEWEST
from tests.browser.visits import Visit
from tests.browser.world import Known

BY_PHONE: Final = {"time": "15:30", "way": "phone", "interpreter": "not_needed"}


def first(visit: Visit) -> datetime:
    """Three days ahead at half past two in the afternoon."""
    day = visit.world.kit.clock.now().astimezone(ZURICH) + timedelta(days=3)
    return day.replace(hour=14, minute=30, second=0, microsecond=0)


def typed(day: datetime, **more: str) -> dict[str, str]:
    """A call on that day, as the form brings it; `more` says otherwise."""
    return BY_PHONE | {"day": str(day.day), "month": str(day.month), "year": str(day.year)} | more


def place(known: Known) -> str:
    return f"/staff/demands/{known.demand.id}/interview"


def noted(
    visit: Visit,
    known: Known,
    *,
    days: int = 0,
    reason: str | None = None,
    way: Way = Way.ANTENNA,
    interpreter: Interpreter = Interpreter.BOOKED,
) -> None:
    """The interview, or a later day of it."""
    kit, actor = visit.world.kit, visit.world.caseworker()
    antenna = "sierre-sierre" if way is Way.ANTENNA else None
    words = REASON if way is Way.ELSEWHERE else None
    adults = (known.demand.adult_id,)
    meeting = Meeting(first(visit) + timedelta(days=days), way, antenna, words, interpreter, "ar", adults)
    here = DeskPlace(known.demand.id)
    desk.note(kit, actor, here, meeting, desk.look(kit, actor, here).interview.seen, reason)


def past(visit: Visit, known: Known, step: Step | None) -> Known:
    """One whose hour is past, with what became of it: rows from before, as nobody may note a past hour."""
    noted(visit, known)
    with visit.world.database.connect() as connection:
        connection.execute("ALTER TABLE interview_event DISABLE TRIGGER insert_only")
        connection.execute("UPDATE interview_event SET at = at - interval '7 days'")
        connection.execute("ALTER TABLE interview_event ENABLE TRIGGER insert_only")
    if step is not None:
        ended(visit, known, step)
    return known


def ended(visit: Visit, known: Known, step: Step) -> None:
    """What became of it, with the reason."""
    here, kit, actor = DeskPlace(known.demand.id), visit.world.kit, visit.world.caseworker()
    desk.end(kit, actor, here, step, desk.look(kit, actor, here).interview.seen, REASON)


def off(visit: Visit) -> Known:
    """One that was called off."""
    known = couple(visit)
    noted(visit, known)
    ended(visit, known, Step.CALLED_OFF)
    return known


@case("staff_interviews.show", "staff/interview")
def staff_interview_none(visit: Visit) -> None:
    visit.get(place(couple(visit)))


@case("staff_interviews.show", "staff/interview")
def staff_interview_moved_and_identity_seen(visit: Visit) -> None:
    known = couple(visit)
    noted(visit, known)
    noted(visit, known, days=1, reason=REASON)
    here, kit, actor = DeskPlace(known.demand.id), visit.world.kit, visit.world.caseworker()
    identity.note_seen(kit, actor, here, known.demand.adult_id, IdentityPaper.PASSPORT)
    visit.get(place(known))


@case("staff_interviews.show", "staff/interview", look=False)
def staff_interview_elsewhere(visit: Visit) -> None:
    known = couple(visit)
    noted(visit, known, way=Way.ELSEWHERE)
    visit.get(place(known))


@case("staff_interviews.show", "staff/interview")
def staff_interview_past(visit: Visit) -> None:
    visit.get(place(past(visit, couple(visit), None)))


@case("staff_interviews.show", "staff/interview", look=False)
def staff_interview_missed(visit: Visit) -> None:
    visit.get(place(past(visit, couple(visit), Step.MISSED)))


@case("staff_interviews.show", "staff/interview", look=False)
def staff_interview_held(visit: Visit) -> None:
    visit.get(place(past(visit, couple(visit), Step.HELD)))


@case("staff_interviews.show", "staff/interview")
def staff_interview_called_off(visit: Visit) -> None:
    visit.get(place(off(visit)))


@case("staff_interviews.show", "staff/interview", look=False)
def staff_interview_whose_end_was_taken_back(visit: Visit) -> None:
    known = off(visit)
    ended(visit, known, Step.TAKEN_BACK)
    visit.get(place(known))


@case("staff_interviews.off", "staff/interview", 422)
def staff_interview_called_off_without_a_reason(visit: Visit) -> None:
    known = couple(visit)
    noted(visit, known)
    visit.get(place(known))
    visit.post(f"{place(known)}/off", {"seen": "1"})


@case("staff_interviews.off", "staff/interview", 409, look=False)
def staff_interview_called_off_too_late(visit: Visit) -> None:
    known = past(visit, couple(visit), None)
    seen = desk.look(visit.world.kit, visit.world.caseworker(), DeskPlace(known.demand.id)).interview.seen
    visit.get(place(known))
    visit.post(f"{place(known)}/off", {"seen": str(seen), "why": REASON})


@case("staff_interviews.mistake", "staff/interview", 422, look=False)
def staff_interview_taken_back_without_a_reason(visit: Visit) -> None:
    known = past(visit, couple(visit), Step.HELD)
    visit.get(place(known))
    visit.post(f"{place(known)}/mistake", {"seen": "1"})


@case("staff_interviews.note", "staff/interview", 422)
def staff_interview_of_a_sunday(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    soon = first(visit)
    sunday = soon + timedelta(days=6 - soon.weekday())
    visit.post(place(known), typed(sunday, adults=str(known.demand.adult_id), seen="0"))


@case("staff_interviews.note", "staff/interview", 422, look=False)
def staff_interview_of_nothing(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(place(known), {"seen": "0"})


@case("staff_interviews.note", "staff/interview", 422)
def staff_interview_half_said(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(place(known), typed(first(visit), year="2025", way="antenna", interpreter="to_book", seen="0"))


@case("staff_interviews.note", "staff/interview", 422, look=False)
def staff_interview_of_a_far_year(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(place(known), typed(first(visit) + timedelta(days=800), way="elsewhere", seen="0"))


@case("staff_interviews.note", "staff/interview", 422, look=False)
def staff_interview_moved_without_a_reason(visit: Visit) -> None:
    known = couple(visit)
    noted(visit, known)
    seen = desk.look(visit.world.kit, visit.world.caseworker(), DeskPlace(known.demand.id)).interview.seen
    visit.get(place(known))
    visit.post(place(known), typed(first(visit), adults=str(known.demand.adult_id), seen=str(seen)))


@case("staff_interviews.note", "staff/interview", 409, look=False)
def staff_interview_noted_meanwhile(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    noted(visit, known)
    visit.post(place(known), typed(first(visit), adults=str(known.demand.adult_id), seen="0"))


@case("staff_interviews.show", "staff/interview", look=False)
def staff_interview_of_a_withdrawn_demand(visit: Visit) -> None:
    known = couple(visit)
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    visit.get(place(known))


def unreadable(visit: Visit, known: Known) -> None:
    """An agreed place whose words nobody can open."""
    noted(visit, known, way=Way.ELSEWHERE)
    with visit.world.database.connect() as connection:
        connection.execute("ALTER TABLE interview_event DISABLE TRIGGER insert_only")
        connection.execute("UPDATE interview_event SET details = '\\x00'")
        connection.execute("ALTER TABLE interview_event ENABLE TRIGGER insert_only")


@case("staff_interviews.show", "staff/interview", look=False)
def staff_interview_whose_place_is_unreadable(visit: Visit) -> None:
    known = couple(visit)
    unreadable(visit, known)
    visit.get(place(known))


@case("staff_interviews.missed", "staff/interview", 422, look=False)
def staff_interview_missed_without_a_reason(visit: Visit) -> None:
    known = past(visit, couple(visit), None)
    visit.get(place(known))
    visit.post(f"{place(known)}/missed", {"seen": "1"})


@case("staff_interviews.held", "staff/interview", 409, look=False)
def staff_interview_held_too_early(visit: Visit) -> None:
    known = couple(visit)
    noted(visit, known)
    seen = desk.look(visit.world.kit, visit.world.caseworker(), DeskPlace(known.demand.id)).interview.seen
    visit.get(place(known))
    visit.post(f"{place(known)}/held", {"seen": str(seen)})


@case("staff_interviews.seen", "staff/interview", 422, look=False)
def staff_identity_without_a_paper(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(f"{place(known)}/identity/{known.demand.adult_id}", {"paper": ""})


@case("staff_interviews.back", "staff/interview", 422, look=False)
def staff_identity_taken_back_without_a_reason(visit: Visit) -> None:
    known = couple(visit)
    here, kit, actor = DeskPlace(known.demand.id), visit.world.kit, visit.world.caseworker()
    identity.note_seen(kit, actor, here, known.demand.adult_id, IdentityPaper.CARD)
    visit.get(place(known))
    visit.post(f"{place(known)}/identity/{known.demand.adult_id}/back", {"why_back": ""})


@case("staff_interviews.all_", "staff/interviews")
def staff_interviews(visit: Visit) -> None:
    noted(visit, couple(visit))
    visit.get("/staff/interviews")


@case("staff_interviews.all_", "staff/interviews", look=False)
def staff_interviews_none(visit: Visit) -> None:
    couple(visit)
    visit.get("/staff/interviews")


@case("staff_interviews.all_", "staff/interviews", look=False)
def staff_interviews_past(visit: Visit) -> None:
    past(visit, couple(visit), None)
    visit.get("/staff/interviews")


@case("staff_interviews.all_", "staff/interviews")
def staff_interviews_missed(visit: Visit) -> None:
    past(visit, couple(visit), Step.MISSED)
    visit.get("/staff/interviews")


@case("staff_interviews.all_", "staff/interviews", look=False)
def staff_interviews_called_off(visit: Visit) -> None:
    off(visit)
    visit.get("/staff/interviews")


@case("staff_interviews.all_", "staff/interviews", look=False)
def staff_interviews_more_than_fit(visit: Visit) -> None:
    noted(visit, couple(visit), interpreter=Interpreter.TO_BOOK)
    with patch.object(desk, "MOST", 1):  # the list's own end; two hundred files would show the same line
        visit.get("/staff/interviews")


@case("staff_interviews.all_", "staff/interviews")
def staff_interviews_of_a_centre_with_several_addresses(visit: Visit) -> None:
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE caseworker SET region = 'martigny' WHERE subject = 'claire.demo'")
    at_the_desk(visit)
    visit.get("/staff/interviews")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_an_interview(visit: Visit) -> None:
    known = couple(visit)
    noted(visit, known)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_where_nothing_presses(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    noted(visit, known)
    acknowledge_own(visit.world.kit, me(known), "a", NEWEST, "fr")
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_an_interview_past(visit: Visit) -> None:
    known = past(visit, couple(visit), None)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_an_interview_missed(visit: Visit) -> None:
    known = past(visit, couple(visit), Step.MISSED)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_with_an_interview_called_off(visit: Visit) -> None:
    visit.get(f"/staff/demands/{off(visit).demand.id}")


def own(visit: Visit, known: Known) -> None:
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show")
def own_interview_moved(visit: Visit) -> None:
    known = couple(visit)
    noted(visit, known)
    noted(visit, known, days=1, reason=REASON)
    own(visit, known)


@case("dossier.show", "dossier/show", look=False)
def own_interview_by_phone(visit: Visit) -> None:
    known = couple(visit)
    noted(visit, known, way=Way.PHONE, interpreter=Interpreter.TO_BOOK)
    own(visit, known)


@case("dossier.show", "dossier/show", look=False)
def own_interview_by_video(visit: Visit) -> None:
    known = couple(visit)
    noted(visit, known, way=Way.VIDEO)
    own(visit, known)


@case("dossier.show", "dossier/show", look=False)
def own_interview_whose_place_is_unreadable(visit: Visit) -> None:
    known = couple(visit)
    unreadable(visit, known)
    own(visit, known)


@case("dossier.show", "dossier/show", look=False)
def own_interview_past(visit: Visit) -> None:
    own(visit, past(visit, couple(visit), None))


@case("dossier.show", "dossier/show", look=False)
def own_interview_missed(visit: Visit) -> None:
    own(visit, past(visit, couple(visit), Step.MISSED))


@case("dossier.show", "dossier/show", look=False)
def own_interview_called_off(visit: Visit) -> None:
    own(visit, off(visit))


@case("dossier.show", "dossier/show", look=False)
def own_interview_held(visit: Visit) -> None:
    own(visit, past(visit, couple(visit), Step.HELD))


@case("own_calendar.show", "month/calendar", look=False)
def own_interview_in_the_calendar(visit: Visit) -> None:
    known = couple(visit)
    noted(visit, known)
    visit.cookie("citizen", visit.world.visit(known))
    visit.get(f"/{visit.language}/dossier/calendar")
