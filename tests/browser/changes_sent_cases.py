"""Reports of a change after they were sent: every state, taken back, corrected, the list of them, and no database."""

from __future__ import annotations

import base64
from datetime import date

from portal.domain.changes.change import Change, write_change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.report import EventKind
from portal.domain.decision import Answers
from portal.services.reports import reading
from portal.services.sealed_forms import seal_form
from portal.views.changes_state import CONTEXT
from tests.browser.cases import case, no_database
from tests.browser.changes_cases import JOB, LEFT, go, noted, reported, send
from tests.browser.deciding import decided
from tests.browser.situation_cases import at_home, value_of
from tests.browser.visits import Visit
from tests.pages.changes import day


@case("changes.one", "changes/one")
def change_sent(visit: Visit) -> None:
    reported(visit)


@case("changes.one", "changes/one", look=False)
def change_said_again(visit: Visit) -> None:
    _actor, name = reported(visit)
    go(visit, f"{name}?said=1")


@case("changes.one", "changes/one", look=False)
def change_sent_already(visit: Visit) -> None:
    _actor, name = reported(visit)
    go(visit, f"{name}?other=1")


@case("changes.one", "changes/one")
def change_read_and_asked(visit: Visit) -> None:
    actor, name = reported(visit)
    noted(visit, actor, name, EventKind.READ)
    noted(visit, actor, name, EventKind.ASKED_BACK, words="…", wanted_by="2026-12-01")
    go(visit, name)


@case("changes.one", "changes/one")
def change_counted_and_decided(visit: Visit) -> None:
    actor, name = reported(visit, **{**JOB, "decision": "y"})
    noted(visit, actor, name, EventKind.COUNTED, month="2026-12-01")
    decided(visit, actor.dossier_id, Answers.REPORT, reading.own_report(visit.world.kit, actor, name).id)
    go(visit, name)


@case("changes.one", "changes/one", look=False)
def change_withdrawn(visit: Visit) -> None:
    _actor, name = reported(visit)
    go(visit, f"{name}/withdraw")
    _send_withdrawal(visit, name)
    go(visit, f"{name}?ended=1")


@case("changes.withdraw", "changes/withdraw")
def change_withdraw(visit: Visit) -> None:
    _actor, name = reported(visit)
    go(visit, f"{name}/withdraw")


@case("changes.withdraw", "changes/withdraw", 422, look=False)
def change_withdraw_too_long(visit: Visit) -> None:
    _actor, name = reported(visit)
    go(visit, f"{name}/withdraw")
    _send_withdrawal(visit, name, reason="x" * 501)


def _send_withdrawal(visit: Visit, name: str, **fields: str) -> None:
    hidden = {field: value_of(visit, field) for field in ("reference", "whose")}
    visit.post(f"/{visit.language}/dossier/changes/{name}/withdraw", {**hidden, **fields})


@case("changes.correct", "changes/details")
def change_correct(visit: Visit) -> None:
    _actor, name = reported(visit)
    go(visit, f"{name}/correct")


@case("changes.one", "changes/one", look=False)
def change_corrected(visit: Visit) -> None:
    _actor, name = reported(visit)
    go(visit, f"{name}/correct")
    send(visit, f"{name}/correct", **{**JOB, "new_job-amount": "1900"})
    send(visit, f"{name}/correct", _send="1")
    go(visit, name)


@case("changes.one", "changes/one", look=False)
def change_in_the_place_of_another(visit: Visit) -> None:
    _actor, name = reported(visit)
    go(visit, f"{name}/correct")
    send(visit, f"{name}/correct", **{**JOB, "new_job-amount": "1900"})
    send(visit, f"{name}/correct", _send="1")


@case("changes.show", "changes/list")
def change_list_empty(visit: Visit) -> None:
    at_home(visit, LEFT)
    go(visit, "")


@case("changes.show", "changes/list")
def change_list(visit: Visit) -> None:
    """One in each state that a word stands for, and one that was kept."""
    actor = at_home(visit, LEFT)
    for place, kind in enumerate((None, EventKind.READ, EventKind.ASKED_BACK, EventKind.COUNTED)):
        go(visit)
        send(visit, kind="abroad")
        send(
            visit, asked="abroad", **day("abroad-since", f"2026-11-{place + 1:02}"), **{"abroad-who": "a"}, decision="y"
        )
        send(visit, _send="1")
        if kind:
            noted(visit, actor, reading.own_reports(visit.world.kit, actor)[0].name, kind, month="2026-12-01")
    go(visit, f"{reading.own_reports(visit.world.kit, actor)[0].name}/withdraw")
    _send_withdrawal(visit, reading.own_reports(visit.world.kit, actor)[0].name)
    go(visit)
    send(visit, kind="new_job", _keep="1")


def kept_what_if(visit: Visit) -> None:
    """Something that was only imagined is kept."""
    at_home(visit, LEFT)
    go(visit, "what-if")
    send(visit, "what-if", kind=["new_job", "moved"])
    send(visit, "what-if", **JOB, _keep="1")


@case("changes.show", "changes/list", look=False)
def change_list_with_a_kept_what_if(visit: Visit) -> None:
    kept_what_if(visit)
    go(visit, "")


@case("changes.new", "changes/what", look=False)
def change_what_with_something_kept(visit: Visit) -> None:
    kept_what_if(visit)
    go(visit)


@case("changes.new", "changes/keep", 409)
def change_keep_another(visit: Visit) -> None:
    kept_what_if(visit)
    go(visit)
    send(visit, kind="sick")
    send(visit, _keep="1")


@case("changes.show", "changes/list", look=False)
def change_list_with_a_corrected_one(visit: Visit) -> None:
    change_in_the_place_of_another(visit)
    go(visit, "")


@case("", "errors/report-attempt", 503, without=no_database)
def change_while_the_database_is_away(visit: Visit) -> None:
    """What the last page carries proves the attempt without any database."""
    checked = {"changes": [write_change(Change(ChangeKind.ABROAD, date(2026, 11, 2), "a"))]}
    state = {"token": base64.b64encode(b"t" * 32).decode(), "typed": {"kind": ["abroad"]}, "checked": checked}
    visit.get(f"/{visit.language}/")
    visit.cookie("citizen", "x" * 43)
    answers = seal_form(visit.world.kit, CONTEXT, state)
    fields = {"answers": answers, "_page": "effect", "_send": "1", "reference": "", "whose": "a"}
    visit.post(f"/{visit.language}/dossier/changes/new", fields)
