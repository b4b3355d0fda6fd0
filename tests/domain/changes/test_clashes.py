"""Where a new report meets an earlier one: said already, another value, a value that stands later, or nothing at all."""

from __future__ import annotations

from datetime import date

import pytest

from portal.domain.changes.clashes import Clash, ClashKind, clashes, said_already
from portal.domain.changes.ops import AddItem, BeginIncome, BeginPerson, EndIncome, Op, SetAmount, SetFact, TakeItem
from portal.domain.changes.timeline import Live
from portal.domain.situation import Situation, read_situation

APRIL, MAY, JUNE = date(2026, 4, 1), date(2026, 5, 1), date(2026, 6, 1)
SAME, OTHER, UNTIL = ClashKind.SAME, ClashKind.OTHER_VALUE, ClashKind.HOLDS_UNTIL


def base() -> Situation:
    persons = [
        {"id": "a", "relation": "applicant", "incomes": [{"kind": "wage", "amount": 1000}]},
        {"id": "b", "relation": "spouse"},
    ]
    return read_situation({"version": 1, "rent": 900, "persons": persons}, MAY)


def met(old: tuple[Op, ...], new: tuple[Op, ...]) -> tuple[Clash, ...]:
    return clashes(base(), (Live("r1", 1, old),), new)


def wage(since: date, amount: str, key: str, kind: str = "wage") -> BeginIncome:
    return BeginIncome("a", {"kind": kind, "key": key, "amount": amount, "since": since.isoformat()}, since)


def child(person: str, since: date, name: str | None = None) -> BeginPerson:
    known = {"relation": "child", "born": since.isoformat()} | ({"name": name} if name else {})
    return BeginPerson(person, known, since)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (SetFact(None, "rent", "900", MAY), SetFact(None, "rent", "900.00", MAY), SAME),
        (SetFact(None, "rent", "900", MAY), SetFact(None, "rent", "unknown", MAY), OTHER),
        (SetFact(None, "rent", "900", MAY), SetFact(None, "rent", "800", APRIL), UNTIL),
        (SetFact(None, "rent", "900", MAY), SetFact(None, "rent", "900.00", APRIL), None),
        (SetFact(None, "rent", "900", MAY), SetFact(None, "rent", "800", JUNE), None),
        (SetFact(None, "rent", "900", MAY), SetFact(None, "charges", "900", MAY), None),
        (SetFact("a", "permit", "b", MAY), SetFact("b", "permit", "c", MAY), None),
        (SetAmount("a", "wage-1", "1200", MAY), SetAmount("a", "wage-1", "1200.00", MAY), SAME),
        (SetAmount("a", "wage-1", "1200", MAY), SetAmount("a", "wage-1", "1300", MAY), OTHER),
        (SetAmount("a", "wage-1", "1200", JUNE), SetAmount("a", "wage-1", "1300", MAY), UNTIL),
        (SetAmount("a", "wage-1", "1200", JUNE), EndIncome("a", "wage-1", MAY), UNTIL),
        (SetAmount("a", "wage-1", "1200", APRIL), EndIncome("a", "wage-1", MAY), None),
        (EndIncome("a", "wage-1", MAY), EndIncome("a", "wage-1", MAY), SAME),
        (EndIncome("a", "wage-1", MAY), EndIncome("a", "wage-1", APRIL), OTHER),
        (EndIncome("a", "wage-1", MAY), EndIncome("a", "wage-1", JUNE), OTHER),
        (wage(MAY, "900", "wage-x0"), wage(MAY, "900.00", "wage-y0"), SAME),
        (wage(MAY, "900", "wage-x0"), wage(MAY, "950", "wage-y0"), OTHER),
        (wage(MAY, "900", "wage-x0"), wage(JUNE, "900", "wage-y0"), None),
        (wage(MAY, "900", "wage-x0"), wage(MAY, "900", "alimony-y0", "alimony"), None),
        (AddItem("a", "asked_for", "bursary", MAY), AddItem("a", "asked_for", "bursary", MAY), SAME),
        (AddItem("a", "asked_for", "bursary", MAY), TakeItem("a", "asked_for", "bursary", MAY), OTHER),
        (AddItem("a", "asked_for", "bursary", MAY), TakeItem("a", "asked_for", "bursary", JUNE), None),
        (AddItem("a", "asked_for", "bursary", MAY), AddItem("a", "asked_for", "alimony", MAY), None),
        (child("c1", MAY, "Lia"), child("c2", MAY, " LIA "), SAME),
        (child("c1", MAY), child("c2", MAY), SAME),
        (child("c1", MAY, "Lia"), child("c2", MAY), OTHER),
        (child("c1", MAY, "Lia"), child("c2", JUNE, "Lia"), OTHER),
        (child("c1", MAY, "Lia"), child("c2", MAY, "Noé"), None),
        (child("c1", MAY), child("c2", JUNE), None),
        (child("c1", MAY), BeginPerson("o1", {"relation": "other"}, MAY), None),
    ],
)
def test_one_step_meets_another(old: Op, new: Op, kind: ClashKind | None) -> None:
    assert [clash.kind for clash in met((old,), (new,))] == ([] if kind is None else [kind])


def test_every_later_value_is_asked_about() -> None:
    old = (SetFact(None, "rent", "1000", MAY), SetFact(None, "rent", "1100", JUNE))
    found = met(old, (SetFact("a", "pregnant", True, APRIL), SetFact(None, "rent", "900", APRIL)))
    assert [(clash.kind, clash.step.place, clash.place) for clash in found] == [(UNTIL, 0, 1), (UNTIL, 1, 1)]


def test_only_what_counts_of_one_day_is_met() -> None:
    first = Live("r1", 1, (SetFact(None, "rent", "1000", MAY),))
    second = Live("r2", 2, (SetFact(None, "rent", "1100", MAY),))
    (found,) = clashes(base(), (first, second), (SetFact(None, "rent", "1000", MAY),))
    assert (found.kind, found.step.report) == (OTHER, "r2")
    dropping = Live("r2", 2, (SetFact("b", "pregnant", True, MAY),), frozenset({("r1", 0)}))
    assert clashes(base(), (first, dropping), (SetFact(None, "rent", "900", MAY),)) == ()


def test_a_step_that_says_nothing_any_more_is_not_met() -> None:
    assert met((SetFact("c9", "permit", "b", MAY),), (SetFact("c9", "permit", "c", MAY),)) == ()


def test_what_was_said_already() -> None:
    old = (SetFact(None, "rent", "900", MAY), SetFact(None, "home", "rented", MAY))
    again, more = old, (*old, SetFact(None, "commune", 6266, MAY))
    assert said_already(met(old, again), again)
    assert not said_already(met(old, more), more)
    other = (SetFact(None, "rent", "800", MAY), old[1])
    assert not said_already(met(old, other), other)
    assert not said_already((), ())
