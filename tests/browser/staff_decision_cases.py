"""Decisions of the commune: every state at the desk, what cannot be noted, and what the person sees of it."""

from __future__ import annotations

from unittest.mock import patch

from portal.domain.case_request import RequestKind
from portal.domain.decision import Answers, Step
from portal.services.decisions import desk
from tests.browser.cases import case
from tests.browser.deciding import MARC, corrected, decided, ended, recorded
from tests.browser.dossier_cases import signed_in
from tests.browser.message_cases import asked
from tests.browser.people import REASON
from tests.browser.staff_adult_cases import couple
from tests.browser.staff_cases import at_the_desk
from tests.browser.staff_report_cases import sent
from tests.browser.visits import Visit
from tests.browser.world import Known

TODAY = {"day": "30", "month": "11", "year": "2026"}


def place(known: Known, ending: str = "") -> str:
    return f"/staff/demands/{known.demand.id}/decisions{ending}"


def form(days: dict[str, str], **more: str) -> dict[str, str]:
    both = {f"{name}-{part}": value for name in ("decided", "notified") for part, value in days.items()}
    return {"kind": "aid", "matter": "nothing", "seen": "0", **both, **more}


@case("staff_decisions.show", "staff/decisions")
def staff_decisions_none(visit: Visit) -> None:
    known = couple(visit)
    sent(visit, known)
    for kind in (RequestKind.URGENT, RequestKind.REEXAMINATION, RequestKind.DECISION):
        asked(visit, known, kind)
    visit.get(place(known))


@case("staff_decisions.show", "staff/decisions")
def staff_decisions_to_confirm(visit: Visit) -> None:
    known = couple(visit)
    recorded(visit, known.demand.dossier_id, by=MARC)
    visit.get(place(known))


@case("staff_decisions.show", "staff/decisions")
def staff_decisions_at_the_reception(visit: Visit) -> None:
    known = couple(visit)
    recorded(visit, known.demand.dossier_id)
    at_the_desk(visit, "nadia.demo")
    visit.get(place(known))


@case("staff_decisions.show", "staff/decisions", look=False)
def staff_decisions_own_waits(visit: Visit) -> None:
    known = couple(visit)
    recorded(visit, known.demand.dossier_id)
    visit.get(place(known))


@case("staff_decisions.show", "staff/decisions", look=False)
def staff_decisions_of_every_state(visit: Visit) -> None:
    known = couple(visit)
    dossier = known.demand.dossier_id
    ended(visit, dossier, recorded(visit, dossier), Step.REFUSED)
    ended(visit, dossier, recorded(visit, dossier, by=MARC), Step.TAKEN_BACK)
    first = corrected(visit, dossier, decided(visit, dossier))
    visit.get(place(known))
    corrected(visit, dossier, first, mistake=True)
    visit.get(place(known))


@case("staff_decisions.show", "staff/decisions", look=False)
def staff_decisions_unreadable(visit: Visit) -> None:
    known = couple(visit)
    decided(visit, known.demand.dossier_id)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE decision SET details = '\\x00' WHERE dossier_id = %s", [known.demand.dossier_id])
    visit.get(place(known))


@case("staff_decisions.correction", "staff/decisions")
def staff_decision_correction(visit: Visit) -> None:
    known = couple(visit)
    id_ = decided(visit, known.demand.dossier_id)
    visit.get(place(known, f"/{id_}/correct"))


@case("staff_decisions.correct", "staff/decisions", 422, look=False)
def staff_decision_correction_of_no_day(visit: Visit) -> None:
    known = couple(visit)
    id_ = decided(visit, known.demand.dossier_id)
    visit.get(place(known, f"/{id_}/correct"))
    visit.post(place(known, f"/{id_}/correct"), {"kind": "aid"})


@case("staff_decisions.record", "staff/decisions", 422)
def staff_decision_empty(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    visit.post(place(known), {})


@case("staff_decisions.record", "staff/decisions", 422, look=False)
def staff_decision_of_days_that_cannot_be(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    demand = f"demand:{known.demand.id}"
    visit.post(place(known), form(TODAY, matter=demand, **{"decided-year": "2025", "notified-year": "2020"}))
    visit.post(place(known), form(TODAY, **{"decided-year": "2020", "notified-year": "2027"}))
    visit.post(place(known), form(TODAY, **{"decided-day": "29", "notified-day": "28"}))


@case("staff_decisions.record", "staff/decisions", 409, look=False)
def staff_decision_noted_meanwhile(visit: Visit) -> None:
    known = couple(visit)
    visit.get(place(known))
    recorded(visit, known.demand.dossier_id)
    visit.post(place(known), form(TODAY, note=REASON))
    visit.post(place(known), form(TODAY, matter=f"demand:{known.demand.id}", seen="1"))


@case("staff_decisions.refuse", "staff/decisions", 422, look=False)
def staff_decision_refused_without_a_reason(visit: Visit) -> None:
    """Of a demand that a confirmed decision answers already."""
    known = couple(visit)
    decided(visit, known.demand.dossier_id)
    id_ = recorded(visit, known.demand.dossier_id, by=MARC)
    visit.get(place(known))
    visit.post(place(known, f"/{id_}/refuse"), {"reason": ""})


@case("staff_decisions.confirm", "staff/decisions", 409, look=False)
def staff_decision_confirmed_by_its_author(visit: Visit) -> None:
    known = couple(visit)
    id_ = recorded(visit, known.demand.dossier_id)
    visit.get(place(known))
    visit.post(place(known, f"/{id_}/confirm"), {})


@case("staff_decisions.take_back", "staff/decisions", 409, look=False)
def staff_decision_taken_back_too_late(visit: Visit) -> None:
    known = couple(visit)
    id_ = decided(visit, known.demand.dossier_id)
    visit.get(place(known))
    visit.post(place(known, f"/{id_}/take-back"), {})


@case("staff_decisions.waiting_list", "staff/decisions_waiting")
def staff_decisions_waiting(visit: Visit) -> None:
    known = couple(visit)
    recorded(visit, known.demand.dossier_id)
    recorded(visit, known.demand.dossier_id, Answers.NOTHING, by=MARC)
    visit.get("/staff/decisions")


@case("staff_decisions.waiting_list", "staff/decisions_waiting", look=False)
def staff_decisions_waiting_more_than_fit(visit: Visit) -> None:
    recorded(visit, couple(visit).demand.dossier_id)
    with patch.object(desk, "MOST", 1):  # the list's own end; a hundred decisions would show the same line
        visit.get("/staff/decisions")


@case("staff_decisions.waiting_list", "staff/decisions_waiting", look=False)
def staff_decisions_waiting_none(visit: Visit) -> None:
    known = couple(visit)
    decided(visit, known.demand.dossier_id)
    with visit.world.database.connect() as connection:
        connection.execute("DELETE FROM decision_waiting")
    visit.get("/staff/decisions")


@case("staff_board.board", "staff/board", look=False)
def staff_board_with_decisions(visit: Visit) -> None:
    known = couple(visit)
    decided(visit, known.demand.dossier_id)
    recorded(visit, known.demand.dossier_id, Answers.NOTHING)
    visit.get("/staff/")


@case("staff_demands.show", "staff/demand", look=False)
def staff_demand_decided(visit: Visit) -> None:
    known = couple(visit)
    decided(visit, known.demand.dossier_id)
    visit.get(f"/staff/demands/{known.demand.id}")


@case("dossier.show", "dossier/show")
def dossier_decided(visit: Visit) -> None:
    known = signed_in(visit)
    corrected(visit, known.demand.dossier_id, decided(visit, known.demand.dossier_id))
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show", look=False)
def dossier_decided_by_mistake(visit: Visit) -> None:
    known = signed_in(visit)
    corrected(visit, known.demand.dossier_id, decided(visit, known.demand.dossier_id), mistake=True)
    visit.get(f"/{visit.language}/dossier")


@case("dossier.show", "dossier/show", look=False)
def dossier_decided_after_a_mistake(visit: Visit) -> None:
    known = signed_in(visit)
    dossier = known.demand.dossier_id
    corrected(visit, dossier, corrected(visit, dossier, decided(visit, dossier), mistake=True))
    visit.get(f"/{visit.language}/dossier")


@case("own_calendar.show", "month/calendar", look=False)
def calendar_with_the_time_to_appeal(visit: Visit) -> None:
    known = signed_in(visit)
    decided(visit, known.demand.dossier_id)
    visit.get(f"/{visit.language}/dossier/calendar")


@case("reminders.no_decision", "reminders/no_decision", look=False)
def reminders_with_a_decision(visit: Visit) -> None:
    known = signed_in(visit)
    decided(visit, known.demand.dossier_id)
    visit.get(f"/{visit.language}/dossier/no-decision")
