"""Reports of a change until they are sent: every page of the way, every fault."""

from __future__ import annotations

from typing import Any, Final

from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.report import EventKind
from portal.services.actor import Actor
from portal.services.reports import reading
from portal.services.reports.sending import note_in
from tests.browser.cases import case
from tests.browser.people import CHILDREN
from tests.browser.situation_cases import at_home, value_of
from tests.browser.visits import Fields, Visit
from tests.pages.changes import COUPLE, day

LEFT: Final[dict[str, Any]] = COUPLE | {
    "persons": [
        *COUPLE["persons"],
        {"id": "c2", "relation": "child", "age": 19, "name": CHILDREN[1], "lives_here": False},
    ]
}
"""With somebody who may come back."""
WORDS: Final = {"words": "…", "why": "…"}
JOB: Final[dict[str, Any]] = {
    **day("new_job-since", "2026-11-02"),
    "asked": "new_job",
    "new_job-who": "b",
    "new_job-amount": "2100",
    "new_job-percent": "60",
    "new_job-payday": "month_end",
    "decision": "y",
    **WORDS,
}
RENT: Final[dict[str, Any]] = {**day("moved-since", "2026-11-02"), "asked": "moved", "moved-rent": "1300", **WORDS}
WRONG: Final[dict[str, Fields]] = {
    "too_early": {**JOB, **day("new_job-since", "2020-01-01")},
    "too_far": {**JOB, **day("new_job-since", "2031-01-01")},
    "no_day_no_person": {"new_job-amount": "-5", "asked": "new_job"},
}


def go(visit: Visit, page: str = "new") -> int:
    """Open a page of the reports."""
    return visit.get(f"/{visit.language}/dossier/changes{page and '/'}{page}")


def send(visit: Visit, page: str = "new", **fields: Any) -> int:
    """Send the page that is open, as it was made."""
    hidden = {name: value_of(visit, name) for name in ("reference", "whose", "answers", "_page")}
    return visit.post(f"/{visit.language}/dossier/changes/{page}", {**hidden, **fields})


def fill(visit: Visit, kinds: list[str], page: str = "new", **fields: Any) -> Actor:
    """From the first page to the one after the second."""
    actor = at_home(visit, LEFT)
    go(visit, page)
    send(visit, page, kind=kinds)
    if fields:
        send(visit, page, **fields)
    return actor


def reported(visit: Visit, **fields: Any) -> tuple[Actor, str]:
    """A report that was sent; its page is open."""
    actor = fill(visit, ["new_job"], **(fields or JOB))
    send(visit, _send="1")
    return actor, reading.own_reports(visit.world.kit, actor)[0].name


def noted(visit: Visit, actor: Actor, name: str, kind: EventKind, **details: str) -> None:
    """What a centre notes of a report."""
    kit = visit.world.kit
    report = reading.own_report(kit, actor, name)
    with kit.database.transaction() as session:
        note_in(session, kit, actor, report.id, kind, kit.clock.now(), details)


@case("changes.new", "changes/what")
def change_what(visit: Visit) -> None:
    at_home(visit, LEFT)
    go(visit)


@case("changes.what_if", "changes/what")
def change_what_if(visit: Visit) -> None:
    at_home(visit, LEFT)
    go(visit, "what-if")


@case("changes.new", "changes/what", 422)
def change_nothing_chosen(visit: Visit) -> None:
    change_what(visit)
    send(visit)


@case("changes.new", "changes/details")
def change_details(visit: Visit) -> None:
    fill(visit, ["new_job", "moved"])


@case("changes.new", "changes/details", script=False, look=False)
def change_details_of_every_kind(visit: Visit) -> None:
    fill(visit, [kind.value for kind in ChangeKind])


@case("changes.new", "changes/details", 400, look=False)
def change_answers_lost(visit: Visit) -> None:
    fill(visit, ["new_job"])
    send(visit, answers="x", kind="new_job")


def _wrong(name: str, fields: Fields) -> None:
    def wrong(visit: Visit) -> None:
        fill(visit, ["new_job"], **fields)

    wrong.__name__ = f"change_{name}"
    case("changes.new", "changes/details", 422, look=name == "no_day_no_person")(wrong)


for _name, _fields in WRONG.items():
    _wrong(_name, _fields)


@case("changes.new", "changes/details", 422, look=False)
def change_with_every_fault(visit: Visit) -> None:
    """Each of the sentences that the rarer kinds need."""
    kinds = ["child_born", "moved_in", "moved", "wage_changed", "sick", "permit_changed", "other"]
    ahead = {**day("child_born-since", "2027-03-01"), **day("sick-since", "2026-11-02")}
    same = {**day("moved_in-since", "2026-11-02"), **day("permit_changed-since", "2026-11-02")}
    known = {"moved_in-who": "new", "moved_in-relation": "partner", "sick-who": "a", "permit_changed-who": "a"}
    fill(visit, kinds, asked=kinds, **ahead, **same, **known, **day("sick-until", "2026-10-01"))


@case("changes.new", "changes/details", 422, look=False)
def change_impossible(visit: Visit) -> None:
    """What only the household as a whole can tell: a couple already, a birth to come, an end before the beginning."""
    kinds = ["child_born", "moved_in", "sick"]
    days = {**day("child_born-since", "2027-03-01"), **day("moved_in-since", "2026-11-02")}
    sick = {**day("sick-since", "2026-11-02"), **day("sick-until", "2026-10-01"), "sick-who": "a"}
    fill(visit, kinds, asked=kinds, **days, **sick, **{"moved_in-who": "new", "moved_in-relation": "partner"})


@case("changes.new", "changes/effect")
def change_effect(visit: Visit) -> None:
    fill(visit, ["new_job"], **JOB)


@case("changes.what_if", "changes/effect")
def change_effect_what_if(visit: Visit) -> None:
    fill(visit, ["new_job"], "what-if", **{**JOB, "words": ""})


@case("changes.what_if", "changes/details", look=False)
def change_details_what_if(visit: Visit) -> None:
    fill(visit, ["new_job"], "what-if")


@case("changes.new", "changes/effect", 409)
def change_another_value(visit: Visit) -> None:
    """The dossier says something else for that day, and something for a later one."""
    fill(visit, ["moved"], **RENT)
    send(visit, _send="1")
    go(visit)
    send(visit, kind="moved")
    send(visit, **{**RENT, "moved-rent": "900"})
    send(visit, _send="1")


@case("changes.new", "changes/effect", look=False)
def change_a_later_value(visit: Visit) -> None:
    fill(visit, ["moved"], **RENT)
    send(visit, _send="1")
    go(visit)
    send(visit, kind="moved")
    send(visit, **{**RENT, **day("moved-since", "2026-11-01"), "moved-rent": "900"})


@case("changes.new", "changes/details", look=False)
def change_the_old_value_is_right(visit: Visit) -> None:
    change_another_value(visit)
    name = visit.source().partition('name="clash-')[2].partition('"')[0]
    send(visit, _send="1", **{f"clash-{name}": "old"})
