"""Who has not come yet, is not born yet, or has left: no negative age, no question, no paper, no crash, on any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from portal.checklists import checklist
from portal.domain.changes.change import Change
from portal.domain.changes.judging import FaultCode, candidates, faults, incomes_of, may_come_back, new_person_id
from portal.domain.changes.kinds import ChangeKind, Whose
from portal.domain.changes.meaning import ops_of, ops_of_report
from portal.domain.changes.means import UnknownPersonError
from portal.domain.changes.timeline import Live, overlay, situation_on
from portal.domain.estimate import estimate
from portal.domain.estimate.remarks import RemarkCode
from portal.domain.gaps import gaps
from portal.domain.situation import IncomeKind, Relation, Situation, read_situation
from portal.domain.situation.ages import age_of, lives_in, not_in_time
from portal.domain.situation.contradictions import contradictions
from portal.domain.situation.oddities import oddities
from portal.domain.situation.questions import pages
from portal.domain.subsidiarity import ClaimState, first_claims
from portal.domain.unit import Standing, units
from portal.domain.work_evaluation import adults, evaluation
from portal.law.parameters import law_of

MAY = date(2026, 5, 1)
BIRTH = date(2026, 9, 10)


def situation(*others: dict[str, Any], **applicant: Any) -> Situation:
    one = {"id": "a", "relation": "applicant", "age": 40, "permit": "swiss"} | applicant
    raw = {"version": 1, "commune": 6266, "home": "rented", "rent": 900, "persons": [one, *others]}
    return read_situation(raw, date(2026, 12, 31))


def told(base: Situation, *changes: Change) -> Situation:
    ops = tuple(op for _, op in ops_of_report(changes, base, "abcdefghij"))
    return overlay(base, (Live("abcdefghij", 1, ops),)).situation


def asked_of(found: Situation, day: date) -> set[str]:
    """Everybody of whom anything is asked, said to be missing, pointed out or counted on that day."""
    law = law_of(day)
    persons = {page.person for page in pages(found, day)} | {gap.person for gap in gaps(found, day, law)}
    persons |= {paper.person for paper in checklist(found, day, law)}
    persons |= {who for one in contradictions(found, day) for who in one.persons}
    persons |= {who for claim in first_claims(found, day, law) for who in claim.persons}
    persons |= {who for who, _ in estimate(found, day, law).routes}
    persons |= {member.person.id for unit in units(found, day, law) for member in unit.counted}
    oddities(found, (), day)
    persons |= {person.id for person in adults(found, day, law) if evaluation(person, found, day, law)}
    return {person for person in persons if person is not None}


def test_a_birth_that_lies_ahead_is_nobody_before_its_day() -> None:
    birth = [Change(ChangeKind.CHILD_BORN, BIRTH, name, {"name": name}) for name in ("c1", "c2")]
    assert faults(birth, situation(), MAY, MAY, what_if=True) == ()
    found = told(situation(), *birth)
    for ahead in range(-300, 40):
        day = BIRTH + timedelta(days=ahead)
        ages = [age_of(person, day) for person in found.persons]
        assert all(age is None or age >= 0 for age in ages)
        assert asked_of(found, day) - {"a"} == ({"c1", "c2"} if ahead >= 0 else set())


def test_a_child_of_the_sent_answers_is_nobody_before_its_birth() -> None:
    """Answers of September, asked about for May."""
    found = situation({"id": "c", "relation": "child", "born": "2026-09-10"})
    (unit,) = units(found, MAY, law_of(MAY))
    assert [member.standing for member in unit.members] == [Standing.COUNTED, Standing.ELSEWHERE]
    assert asked_of(found, MAY) == {"a"}
    assert "c" in asked_of(found, BIRTH)


@pytest.mark.parametrize("relation", ["spouse", "partner", "child", "parent", "other"])
def test_who_comes_and_leaves_is_asked_about_only_between(relation: str) -> None:
    moved_in = Change(ChangeKind.MOVED_IN, MAY, "n", {"relation": relation, "born": "1990-01-01", "amount": "900.00"})
    moved_out = Change(ChangeKind.MOVED_OUT, date(2026, 7, 1), "n")
    found = told(situation(), moved_in, moved_out)
    for day, here in ((date(2026, 4, 30), False), (MAY, True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)):
        assert lives_in(found.persons[1], day) is here
        assert not_in_time(found.persons[1], day) is not here
        if not here:
            assert asked_of(found, day) == {"a"}
    if relation in ("spouse", "child", "partner"):
        assert "n" in asked_of(found, MAY)


def test_who_was_said_to_live_elsewhere_is_asked_about_as_before() -> None:
    found = situation({"id": "b", "relation": "spouse", "lives_here": False})
    assert "birth@b" in {page.key for page in pages(found, MAY)}


def test_the_partner_who_lives_here_decides_not_the_one_who_left() -> None:
    first = {"id": "b", "relation": "partner", "common_child": True}
    found = told(
        situation(first),
        Change(ChangeKind.MOVED_OUT, MAY, "b"),
        Change(ChangeKind.MOVED_IN, date(2026, 6, 1), "b1", {"relation": "partner"}),
    )
    (before,) = units(found, date(2026, 4, 1), law_of(MAY))
    assert [member.person.id for member in before.counted] == ["a", "b"]
    assert len(units(found, MAY, law_of(MAY))) == 1
    counted, apart = units(found, date(2026, 7, 1), law_of(MAY))
    assert [member.person.id for member in counted.counted] == ["a", "b1"]
    assert [member.person.id for member in apart.counted] == ["a"]


def test_income_of_who_left_and_income_that_ended_are_received_no_more() -> None:
    alimony = {"kind": "alimony", "amount": 300}
    spouse = {"id": "b", "relation": "spouse", "incomes": [alimony]}
    found = told(situation(spouse), Change(ChangeKind.MOVED_OUT, MAY, "b"))
    assert "maintenance_agreement" in {one.rule.id for one in checklist(found, date(2026, 4, 1), law_of(MAY))}
    assert "maintenance_agreement" not in {one.rule.id for one in checklist(found, MAY, law_of(MAY))}


def test_what_comes_first_and_what_is_checked_is_of_those_who_are_here() -> None:
    student = {"id": "o1", "relation": "relative", "activity": "training", "permit": "b"}
    parent = {"id": "o2", "relation": "parent", "incomes": [{"kind": "wage", "amount": 900, "irregular": True}]}
    june = date(2026, 6, 1)
    base = situation(student, parent, age=22, activity="seeking")
    gone = told(base, Change(ChangeKind.MOVED_OUT, june, "o1"), Change(ChangeKind.MOVED_OUT, june, "o2"))
    for day, here in ((MAY, True), (june, False)):
        found = estimate(gone, day, law_of(day))
        assert ("bursary" in {claim.name for claim in found.first}) is here
        assert [who for who, _ in found.routes] == (["o1"] if here else [])
        checks = {remark.code for remark in found.checks}
        assert (RemarkCode.LIVES_WITH_PARENTS in checks, RemarkCode.IRREGULAR in checks) == (here, here)


def test_a_benefit_that_ended_is_not_received() -> None:
    incomes = [{"kind": "unemployment", "amount": 900, "until": "2026-04-30"}]
    found = situation(activity="seeking", incomes=incomes)
    states = {
        day: {claim.name: claim.state for claim in first_claims(found, day, law_of(day))}["unemployment"]
        for day in (date(2026, 4, 1), MAY)
    }
    assert list(states.values()) == [ClaimState.RECEIVED, ClaimState.TO_CLAIM]


def test_of_whom_a_change_may_be_told() -> None:
    found = situation(
        {
            "id": "b",
            "relation": "spouse",
            "lives_here": [{"from": None, "value": True}, {"from": "2026-05-01", "value": False}],
        },
        {"id": "c1", "relation": "child", "born": "2011-05-01"},
        {"id": "c2", "relation": "child", "born": "2016-05-01"},
        {"id": "c3", "relation": "child"},
        {
            "id": "o1",
            "relation": "other",
            "lives_here": [{"from": None, "value": False}, {"from": "2026-06-01", "value": True}],
        },
    )
    wanted = {
        Whose.HOUSEHOLD: (),
        Whose.OTHER: ("b", "c1", "c2", "c3"),
        Whose.MATE: ("b",),
        Whose.GROWN: ("a", "b", "c1", "c3"),
        Whose.CHILD: ("c1", "c2", "c3"),
        Whose.ANYONE: ("a", "b", "c1", "c2", "c3"),
        Whose.NEWCOMER: ("b",),
    }
    # On the day on which she leaves she may still be told of; on the next one only as somebody who comes back.
    assert {whose: candidates(whose, found, MAY) for whose in Whose} == wanted
    assert candidates(Whose.MATE, found, date(2026, 5, 2)) == ()
    assert may_come_back(found, date(2026, 4, 30)) == ()
    assert "o1" in candidates(Whose.OTHER, found, date(2026, 6, 1))


def test_of_which_income_a_change_may_be_told() -> None:
    incomes = [
        {"kind": "wage", "amount": 900, "until": "2026-04-30"},
        {"kind": "wage", "amount": 800},
        {"kind": "bursary", "amount": 300, "since": "2026-05-02"},
        {"kind": "gift", "amount": 300, "every": "once", "paid_on": "2026-05-01"},
    ]
    person = situation(incomes=incomes).applicant
    assert [key for key, _ in incomes_of(person, MAY)] == ["wage-1", "wage-2"]
    assert [key for key, _ in incomes_of(person, date(2026, 5, 2), (IncomeKind.WAGE,))] == ["wage-2"]
    assert [key for key, _ in incomes_of(person, date(2026, 5, 2))] == ["wage-2", "bursary-1"]


def test_nobody_gets_the_id_of_another() -> None:
    assert new_person_id(Relation.SPOUSE, ()) == "b"
    assert new_person_id(Relation.PARTNER, {"b"}) == "b1"
    assert new_person_id(Relation.CHILD, {"c1", "c2"}) == "c3"
    assert new_person_id(Relation.RELATIVE, {"a"}) == "o1"


def test_what_is_wrong_with_a_newcomer_is_said_once() -> None:
    stranger = Change(ChangeKind.MOVED_IN, MAY, "o1", {"relation": "applicant"})
    job = Change(ChangeKind.PERMIT_CHANGED, MAY, "o1", {"permit": "b"})
    found = faults((job, stranger, Change(ChangeKind.CHILD_BORN, MAY, "C 1")), situation(), MAY, MAY)
    assert [(one.index, one.field, one.code) for one in found] == [
        (1, "relation", FaultCode.WRONG),
        (2, "person", FaultCode.WRONG),
    ]
    flatmate = Change(ChangeKind.MOVED_IN, MAY, "o1", {"relation": "other"})
    assert faults((job, flatmate), situation(), MAY, MAY) == ()
    assert told(situation(), job, flatmate).persons[1].permit.known(MAY) == "b"


def test_a_report_has_one_to_ten_changes() -> None:
    gifts = [Change(ChangeKind.GIFT, MAY, "a", {"sum": f"{number}.00"}) for number in range(11)]
    assert [(one.index, one.code) for one in faults((), situation(), MAY, MAY)] == [(None, FaultCode.NOTHING)]
    assert faults(gifts[:10], situation(), MAY, MAY) == ()
    assert [(one.index, one.code) for one in faults(gifts, situation(), MAY, MAY)] == [(None, FaultCode.TOO_MANY)]


def test_of_somebody_unknown_there_are_no_steps() -> None:
    with pytest.raises(UnknownPersonError):
        ops_of(Change(ChangeKind.LOST_JOB, MAY, "x"), situation(), "r1")


def test_a_student_with_a_small_job_stays_a_student() -> None:
    small = Change(ChangeKind.NEW_JOB, MAY, "a", {"amount": "400.00", "percent": 20})
    full = Change(ChangeKind.NEW_JOB, MAY, "a", {"amount": "4000.00", "percent": 100})
    student = situation(activity="training")
    assert told(student, small).applicant.activity.known(MAY) == "training"
    assert told(student, small).applicant.work_percent.known(MAY) == 20
    assert told(student, full).applicant.activity.known(MAY) == "employed"


def test_a_day_holds_no_date_any_more() -> None:
    base = situation()
    change = Change(ChangeKind.MOVED, MAY, None, {"home": "rented", "rent": "700.00"})
    ops = tuple(op for _, op in ops_of_report((change,), base, "abcdefghij"))
    on_day = situation_on(overlay(base, (Live("abcdefghij", 1, ops),)), MAY)
    assert list(on_day.rent.days()) == []
    assert on_day.rent.known(date(2020, 1, 1)) == 70_000
