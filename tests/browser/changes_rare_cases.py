"""Reports of a change where a rarer word stands: odd households, effects that differ in words, what no longer fits."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any, Final

from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.report import EventKind
from portal.domain.demand import filing_day
from portal.services import situations
from portal.services.reports import reading
from portal.services.reports.receipts import make_report_receipt, report_qr_text
from portal.services.reports.sending import Sending, send_report, withdraw_report
from tests.browser.cases import case
from tests.browser.changes_cases import JOB, LEFT, fill, go, noted, reported, send
from tests.browser.dossier_cases import me, signed_in
from tests.browser.message_cases import answered
from tests.browser.people import CHILDREN, REASON
from tests.browser.situation_cases import at_home
from tests.browser.staff_report_cases import sent
from tests.browser.visits import Visit
from tests.browser.world import Known, World
from tests.pages.changes import COUPLE, day

ME, MATE, CHILD = COUPLE["persons"]


def earning(*wages: str, **more: Any) -> dict[str, Any]:
    """The couple, the one who made the demand with these wages."""
    incomes = [{"kind": "wage", "amount": wage, "payday": "during"} for wage in wages]
    return COUPLE | {"persons": [ME | {"incomes": incomes} | more, MATE, CHILD]}


ALONE: Final = COUPLE | {"persons": [ME]}
TWO_JOBS: Final = earning("800.00", "700.00")
RICH: Final = earning("20000.00")
ELSEWHERE: Final = earning("800.00", permit="n", permit_state="valid")


def tell(visit: Visit, *kinds: str, page: str = "new", **fields: Any) -> None:
    """From the first page to the one after the second, in a household that is at home already."""
    go(visit, page)
    send(visit, page, kind=list(kinds))
    send(visit, page, asked=list(kinds), **fields)


@case("dossier_checklist.show", "checklist/own", look=False)
def change_papers_of_rarer_changes(visit: Visit) -> None:
    """The sums stand on the page of the effect before."""
    kinds = ["moved_out", "inherited", "sold", "training_done"]
    days = {name: text for kind in kinds for name, text in day(f"{kind}-since", "2026-11-02").items()}
    persons = {"moved_out-who": "b", "inherited-who": "a", "sold-who": "a"}
    fill(visit, kinds, asked=kinds, **days, **persons, **{"inherited-sum": "5000", "sold-sum": "900"})
    send(visit, _send="1")
    visit.get(f"/{visit.language}/dossier/checklist")


@case("changes.new", "changes/details", 422, look=False)
def change_wage_of_somebody_else(visit: Visit) -> None:
    """A wage of another person, and then one of two that was not chosen."""
    at_home(visit, TWO_JOBS)
    days = {**day("other_hours-since", "2026-11-02"), **day("wage_changed-since", "2026-11-02")}
    said = {**days, "other_hours-who": "b", "other_hours-income": "a:wage-1", "wage_changed-amount": "900"}
    tell(visit, "other_hours", "wage_changed", **said, **{"wage_changed-who": "b"})
    send(visit, asked=["other_hours", "wage_changed"], **said, **{"wage_changed-who": "a"})


@case("changes.new", "changes/details", 422, look=False)
def change_born_after_moving_in(visit: Visit) -> None:
    known = {"moved_in-who": "new", "moved_in-relation": "other"}
    fill(visit, ["moved_in"], **day("moved_in-since", "2026-11-02"), **day("moved_in-born", "2026-11-20"), **known)


@case("changes.new", "changes/details", 422)
def change_of_somebody_whom_no_answer_names(visit: Visit) -> None:
    """Who it is must be said in words."""
    at_home(visit, ALONE)
    tell(visit, "separated", **day("separated-since", "2026-11-02"))


@case("changes.new", "changes/details", 422, look=False)
def change_of_a_person_who_came_later(visit: Visit) -> None:
    """A fault that no field asks for stands at the heading."""
    came = MATE | {"lives_here": [{"from": None, "value": False}, {"from": "2026-11-05", "value": True}]}
    at_home(visit, COUPLE | {"persons": [ME, came]})
    tell(visit, "separated", **day("separated-since", "2026-11-02"))


@case("changes.new", "changes/effect", look=False)
def change_that_no_calculation_counts(visit: Visit) -> None:
    """Somebody whom no answer names, and a departure."""
    at_home(visit, ALONE)
    days = {**day("separated-since", "2026-11-02"), **day("abroad-since", "2026-11-02")}
    tell(visit, "separated", "abroad", **days, **{"separated-about": CHILDREN[1]})


@case("changes.new", "changes/effect", look=False)
def change_of_a_wage_that_no_answer_names(visit: Visit) -> None:
    at_home(visit, COUPLE)
    wage = {"wage_changed-who": "b", "wage_changed-amount": "2100"}
    tell(visit, "wage_changed", **day("wage_changed-since", "2026-11-02"), **wage)


@case("changes.new", "changes/effect")
def change_without_any_answers(visit: Visit) -> None:
    """A file of which nothing was filled in: no figure is made out of nothing."""
    at_home(visit, None)
    tell(visit, "moved_out", **day("moved_out-since", "2026-11-02"), **{"moved_out-about": CHILDREN[1]})


@case("changes.what_if", "changes/effect", look=False)
def change_effect_on_nothing(visit: Visit) -> None:
    """What was asked for changes no figure as long as nobody has decided."""
    at_home(visit, COUPLE)
    asked = {"asked_benefit-who": "a", "asked_benefit-benefits": ["disability"]}
    tell(visit, "asked_benefit", page="what-if", **day("asked_benefit-since", "2026-11-02"), **asked)


@case("changes.new", "changes/details", 422, look=False)
def change_too_long_to_keep(visit: Visit) -> None:
    fill(visit, ["new_job"])
    send(visit, **JOB | {"words": "…" * 4000, "why": "…" * 4000}, _keep="1")


@case("changes.what_if", "changes/effect", look=False)
def change_effect_on_no_total(visit: Visit) -> None:
    """Neither before nor after is there an aid; and nobody said when the wage is paid."""
    at_home(visit, RICH)
    job = {**day("new_job-since", "2026-11-02"), "new_job-who": "b", "new_job-amount": "900"}
    tell(visit, "new_job", page="what-if", **job)


@case("changes.what_if", "changes/effect", look=False)
def change_effect_of_more_and_less(visit: Visit) -> None:
    """More aid for sure in the first month; then perhaps less of it."""
    at_home(visit, earning("1000.00"))
    job = {**day("lost_job-since", "2026-11-30"), "lost_job-who": "a"}
    tell(visit, "moved", "lost_job", page="what-if", **job, **day("moved-since", "2027-01-01"), **{"moved-rent": "700"})


@case("changes.what_if", "changes/effect", look=False)
def change_effect_that_nobody_can_compare(visit: Visit) -> None:
    at_home(visit, ELSEWHERE)
    tell(visit, "moved", page="what-if", **day("moved-since", "2026-12-01"), **{"moved-rent": "900"})


@case("changes.new", "changes/effect", look=False)
def change_beside_earlier_reports(visit: Visit) -> None:
    """Somebody came back and somebody left, a job ended, somebody new came: and now something else of each."""
    at_home(visit, LEFT)
    moved = {**day("moved_in-since", "2026-11-02"), **day("moved_out-since", "2026-11-02")}
    kinds = ["moved_in", "moved_out", "lost_job"]
    before, after = {"moved_in-who": "c2", "moved_out-who": "c1"}, {"moved_in-who": "c1", "moved_out-who": "c2"}
    new = {**day("moved_in-since", "2026-11-10"), "moved_in-who": "new", "moved_in-relation": "other"}
    tell(visit, *kinds, **moved, **before, **day("lost_job-since", "2026-12-31"), **{"lost_job-who": "a"})
    send(visit, _send="1")
    tell(visit, *kinds, **moved, **after, **day("lost_job-since", "2026-12-15"), **{"lost_job-who": "a"})
    tell(visit, "moved_in", **new)
    send(visit, _send="1")
    tell(visit, "moved_in", **new, **{"moved_in-permit": "b"})


def unreadable(visit: Visit) -> str:
    """A report of which nobody has the key any more: its name."""
    _actor, name = reported(visit)
    with visit.world.database.connect() as connection:
        connection.execute("UPDATE change_report SET content = '\\x00' WHERE name = %s", [name])
    return name


@case("changes.one", "changes/one", look=False)
def change_unreadable(visit: Visit) -> None:
    go(visit, unreadable(visit))


@case("changes.show", "changes/list", look=False)
def change_list_with_an_unreadable_one(visit: Visit) -> None:
    unreadable(visit)
    go(visit, "")


@case("changes.one", "changes/one", look=False)
def change_that_no_longer_fits(visit: Visit) -> None:
    """It is of somebody who is in the answers no more."""
    actor, name = reported(visit)
    situations.remove_person(visit.world.kit, actor, "b")
    go(visit, name)


@case("changes.one", "changes/one", look=False)
def change_withdrawn_at_the_centre(visit: Visit) -> None:
    actor, name = reported(visit)
    kit, worker = visit.world.kit, visit.world.caseworker()
    helping = replace(worker, dossier_id=actor.dossier_id, helped=actor.id)
    withdraw_report(kit, helping, name, kit.clock.now(), None)
    go(visit, name)


@case("verify.verify", "verify/verify", look=False)
def verify_report_withdrawn(visit: Visit) -> None:
    actor, name = reported(visit)
    kit = visit.world.kit
    withdraw_report(kit, actor, name, kit.clock.now(), None)
    address = report_qr_text(kit, reading.own_report(kit, actor, name), visit.language)
    visit.get(f"/{visit.language}/verify?{address.partition('?')[2]}")


@case("dossier.show", "dossier/show", look=False)
def dossier_with_an_answer_and_a_question(visit: Visit) -> None:
    known = signed_in(visit, situation=LEFT)
    noted(visit, me(known), sent(visit, known).name, EventKind.ASKED_BACK, words=REASON)
    answered(visit, known)
    visit.get(f"/{visit.language}/dossier")


def receipt_of_a_report(world: World, known: Known, language: str) -> bytes:
    """The receipt of a report that asks for a new decision, so that it has every line."""
    kit, actor = world.kit, me(known)
    now = kit.clock.now()
    wish = Sending((Change(ChangeKind.ABROAD, filing_day(now), "a"),), os.urandom(32), asks_decision=True)
    return make_report_receipt(kit, actor, send_report(kit, actor, wish, now), language)


@case("changes.new", "changes/details")
def change_of_one_kind_twice(visit: Visit) -> None:
    """Twins."""
    fill(visit, ["child_born"], asked="child_born", _more="child_born", **day("child_born-since", "2026-11-02"))


@case("changes.new", "changes/effect", look=False)
def change_that_the_text_does_not_name(visit: Visit) -> None:
    """Beside one that it names."""
    days = {**day("gift-since", "2026-11-02"), **day("abroad-since", "2026-11-02")}
    fill(
        visit,
        ["gift", "abroad"],
        asked=["gift", "abroad"],
        **days,
        **{"gift-who": "a", "gift-sum": "300", "abroad-who": "a"},
    )
