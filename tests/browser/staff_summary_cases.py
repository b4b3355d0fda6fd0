"""The summary for the centre: households that together turn on every sentence it has."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from portal.domain.situation import Person, Situation
from tests.browser.cases import case
from tests.browser.people import HELPER, NAME
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import Visit

Said = dict[str, Any]


def _me(**said: Any) -> Said:
    return {"id": "a", "relation": "applicant", **said}


def _other(key: str, relation: str, **said: Any) -> Said:
    return {"id": key, "relation": relation, **said}


def _paid(kind: str, amount: Any = 200, **more: Any) -> list[Said]:
    return [{"kind": kind, "amount": amount, **more}]


def _open(record: type, *without: str) -> Said:
    """«I do not know» to everything that may be."""
    seconds = ("age", "together_years", "asylum_years", *without)
    open_ones = [spec for spec in fields(record) if spec.metadata.get("dated") and not spec.metadata["sure"]]
    return {spec.name: "unknown" for spec in open_ones if spec.name not in seconds}


GROWN: Said = {"permit": "swiss", "activity": "training", "training_completed": False, "self_supporting": False}
LARGE: Said = {
    "version": 1, "commune": 6248, "home": "rented", "rent": 1400, "charges": 150, "accounts": 2000, "debts": 500,
    "eviction_threat": True, "owns_property": False, "alimony_paid": 300, "children_elsewhere": 1,
    "persons": [
        _me(name=NAME, born="1980-05-17", permit="c", permit_state="renewal_complete", activity="part_time",
            work_percent=80, civil_status="at_interview", curatorship=True, identity_paper=False,
            incomes=[*_paid("wage", 900, irregular=True), *_paid("third_party", "unknown"), *_paid("bursary", every="year"),
                     *_paid("gift", every="once")]),
        _other("b", "partner", name=HELPER, age=30, together_years=1, common_child=False, permit="swiss",
               activity="unable", unable_percent=60, pregnant=True, asked_for=["disability"]),
        _other("c1", "child", age=9, permit="swiss"), _other("c2", "child", age=19, **GROWN),
        _other("c3", "child", age=20, away_for_studies=True, **GROWN), _other("c4", "child", age=19, permit="swiss"),
        _other("c5", "child", age=26, permit="swiss"), _other("c6", "child", age=8, permit="n"),
        _other("d", "parent", age=70), _other("e", "relative", lives_here=False),
    ],
}  # fmt: skip
MARRIED: Said = {
    "version": 1, "home": "hosted", "rent": 300, "owns_property": True,
    "persons": [
        _me(age=17, civil_status="single", activity="employed", permit="b", permit_state="expired"),
        _other("b", "spouse", age=40, together_years=10, activity="self_employed", permit="swiss", leaves_institution=True),
        _other("c", "child", age=12, civil_status="married", permit="none", incomes=_paid("wage")),
        _other("d", "child", age=41, permit="l"),
        _other("e", "child", age=30, permit="other"),
    ],
}  # fmt: skip
TWO: Said = {
    "version": 1, "home": "owned", "owns_property": False,
    "persons": [
        _me(age=45, civil_status="married", activity="training", training_completed=True, unable_percent=70,
            incomes=[*_paid("alimony"), *_paid("old_age")]),
        _other("b", "partner", age=70, together_years=3, common_child=True, pregnant=True, asylum_years=80, activity="seeking"),
    ],
}  # fmt: skip
APART: Said = {
    "version": 1, "home": "none",
    "persons": [_me(age=40, activity="caring"), _other("b", "partner", age=40, together_years=0, common_child=False)],
}  # fmt: skip
ALONE: Said = {
    "version": 1, "commune": 6248, "home": "hosted", "accounts": 0, "owns_property": False, "debts": 0,
    "persons": [
        _me(age=30, permit="swiss", activity="caring", civil_status="single"),
        _other("c", "child", born="2026-10-01", permit="swiss"),
    ],
}  # fmt: skip
NOTHING: Said = {
    "version": 1, **_open(Situation), "persons": [_me(**_open(Person)), _other("b", "partner", **_open(Person))],
}  # fmt: skip


def show(visit: Visit, situation: Said) -> None:
    """The summary of a demand with that situation."""
    known = visit.world.file(visit.world.somebody("pt", urgent=situation is LARGE), situation=situation)
    at_the_desk(visit)
    visit.get(f"/staff/demands/{known.demand.id}/summary")


@case("staff_summary.summary", "staff/summary")
def staff_summary(visit: Visit) -> None:
    show(visit, LARGE)


@case("staff_summary.summary", "staff/summary", look=False)
def staff_summary_of_a_couple_that_does_not_fit(visit: Visit) -> None:
    show(visit, MARRIED)


@case("staff_summary.summary", "staff/summary", look=False)
def staff_summary_of_two_who_do_not_fit(visit: Visit) -> None:
    show(visit, TWO)


@case("staff_summary.summary", "staff/summary", look=False)
def staff_summary_of_two_apart(visit: Visit) -> None:
    show(visit, APART)


@case("staff_summary.summary", "staff/summary")
def staff_summary_with_nothing_missing(visit: Visit) -> None:
    show(visit, ALONE)


@case("staff_summary.summary", "staff/summary", look=False)
def staff_summary_of_who_knows_nothing(visit: Visit) -> None:
    show(visit, NOTHING)
