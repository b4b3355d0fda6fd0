"""What cannot be taken as it was typed: days, persons, incomes and amounts of a report. No word on when it was told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from portal.domain.changes.change import MOST_CHANGES, Change, same
from portal.domain.changes.kinds import (
    DECIDED,
    MOST_DAYS_AHEAD,
    NEWCOMERS,
    PAST_ONLY,
    WAGES_ONLY,
    ChangeKind,
    Whose,
)
from portal.domain.changes.meaning import in_time, ops_of
from portal.domain.changes.persons import candidates, income_keys, incomes_of, may_come_back, new_person_id
from portal.domain.changes.timeline import Live, overlay
from portal.domain.months import first_of_month
from portal.domain.situation import IncomeKind, Relation, Situation
from portal.domain.situation.ages import lives_in
from portal.domain.situation.kinds import WrongAnswerError, read_day
from portal.domain.situation.model import MOST_INCOMES, MOST_PERSONS

__all__ = ["Fault", "FaultCode", "candidates", "day_fault", "faults", "incomes_of", "may_come_back", "new_person_id"]

_COUPLE = (Relation.SPOUSE.value, Relation.PARTNER.value)
_INCOMES = ("income", "instead_of")
_PERSON_ID = re.compile("[a-z0-9-]{1,20}")


class FaultCode(StrEnum):
    """What is wrong."""

    NOTHING = "nothing"
    """A report without any change."""
    TOO_MANY = "too_many"
    """More changes than a report may hold; more persons, or incomes of one person, than a household may have."""
    TWICE = "twice"
    TOO_EARLY = "too_early"
    """Before the month in which the file began."""
    TOO_FAR = "too_far"
    """More than a year ahead."""
    AHEAD = "ahead"
    """It can be told only once it has happened."""
    MISSING = "missing"
    WRONG = "wrong"
    """Not of the kind that is asked for, or out of bounds."""
    NOT_ASKED = "not_asked"
    UNKNOWN_PERSON = "unknown_person"
    OTHER_PERSON = "other_person"
    """Not somebody whom this kind of change can be about on that day."""
    TAKEN = "taken"
    """Somebody else has that id, or a spouse or partner lives here already."""
    UNKNOWN_INCOME = "unknown_income"
    BEFORE_BEGIN = "before_begin"
    """A last day before the first one."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one change of a report. `index` None: with the report as a whole."""

    index: int | None
    field: str
    """`kind`, `since`, `person`, or the name of an ask."""
    code: FaultCode


def faults(
    changes: Sequence[Change], now: Situation, file_from: date, today: date, *, what_if: bool = False
) -> tuple[Fault, ...]:
    """All that is wrong with a report. `now`: the answers with what was reported before; `file_from`: the day on which
    the file began. A report counts from the first of that month on, and at most a year ahead. With `what_if` nothing is
    sent, and everything may lie ahead.
    """
    if not changes:
        return (Fault(None, "kind", FaultCode.NOTHING),)
    if len(changes) > MOST_CHANGES:
        return (Fault(None, "kind", FaultCode.TOO_MANY),)
    found: list[Fault] = []
    frame = _Frame(now, file_from, today, what_if)
    not_there: set[str | None] = set()
    for index in in_time(changes):
        change = changes[index]
        if change.person in not_there:
            continue  # what is wrong with their coming is said once
        own = list(_faults(change, now, changes[:index], index, frame))
        found += own
        if own and change.spec.whose is Whose.NEWCOMER:
            not_there.add(change.person)
        elif not own:
            now = overlay(now, (Live("faults", index, ops_of(change, now, f"new{index}")),)).situation
    return tuple(sorted(found, key=lambda fault: fault.index or 0))


@dataclass(frozen=True)
class _Frame:
    """What a whole report is judged by. `known`: the answers without it, of which forms offer persons and incomes."""

    known: Situation
    file_from: date
    today: date
    what_if: bool


def _faults(change: Change, now: Situation, before: Sequence[Change], index: int, frame: _Frame) -> Iterator[Fault]:
    if any(same(change, one) for one in before):
        yield Fault(index, "kind", FaultCode.TWICE)
        return
    if code := day_fault(change.kind, change.since, frame.file_from, frame.today, what_if=frame.what_if):
        yield Fault(index, "since", code)
    if code := _person_fault(change, now, frame):
        yield Fault(index, "person", code)
        return
    wrong = dict(_value_faults(change))
    if wrong.get("income") is FaultCode.MISSING and _no_income(change, now, frame):
        del wrong["income"]
    wrong |= {field: code for field, code in _deeper(change, now) if field not in wrong}
    yield from (Fault(index, field, code) for field, code in wrong.items())


def day_fault(
    kind: ChangeKind, since: date, file_from: date, today: date, *, what_if: bool = False
) -> FaultCode | None:
    """What is wrong with the day alone; None where nothing is."""
    if since < first_of_month(file_from):
        return FaultCode.TOO_EARLY
    if since > today + timedelta(days=MOST_DAYS_AHEAD):
        return FaultCode.TOO_FAR
    return FaultCode.AHEAD if since > today and kind in PAST_ONLY and not what_if else None


def _nobody(whose: Whose, now: Situation, day: date, frame: _Frame) -> bool:
    """Whether the answers know nobody of that kind on that day, or did not on the day on which the form was made."""
    return not (candidates(whose, now, day) and candidates(whose, frame.known, frame.today))


def _no_income(change: Change, now: Situation, frame: _Frame) -> bool:
    """Whether no income of that person is known on that day, or none was when the form was made."""
    person = change.person or ""
    return not (income_keys(now, person, change.since) and income_keys(frame.known, person, frame.today))


def _person_fault(change: Change, now: Situation, frame: _Frame) -> FaultCode | None:
    whose, person = change.spec.whose, change.person
    known = {one.id for one in now.persons}
    if whose is Whose.HOUSEHOLD:
        return None if person is None else FaultCode.OTHER_PERSON
    if person is None:
        unnamed = change.unnamed and _nobody(whose, now, change.since, frame)
        return None if unnamed else FaultCode.MISSING
    if whose is Whose.NEWCOMER:
        if person in known:
            back = change.kind is not ChangeKind.CHILD_BORN and person in may_come_back(now, change.since)
            return None if back else FaultCode.TAKEN
        if not _PERSON_ID.fullmatch(person):
            return FaultCode.WRONG
        return FaultCode.TOO_MANY if len(now.persons) >= MOST_PERSONS else None
    if person not in known:
        return FaultCode.UNKNOWN_PERSON
    return None if person in candidates(whose, now, change.since) else FaultCode.OTHER_PERSON


def _value_faults(change: Change) -> Iterator[tuple[str, FaultCode]]:
    """What each answer says for itself."""
    asks = {ask.name: ask for ask in change.asks}
    yield from ((name, FaultCode.NOT_ASKED) for name in change.said if name not in asks)
    for name, ask in asks.items():
        raw = change.value(name)
        if raw is None or raw == []:
            if ask.needed:
                yield name, FaultCode.MISSING
            continue
        try:
            ask.kind.read(raw, change.since)
        except WrongAnswerError:
            yield name, FaultCode.WRONG


def _deeper(change: Change, now: Situation) -> Iterator[tuple[str, FaultCode]]:
    """What the answers say beside each other, and beside what is known."""
    until = read_day(change.value("until"))
    if until and until < change.since:
        yield "until", FaultCode.BEFORE_BEGIN
    if change.kind is ChangeKind.BENEFIT_DECIDED and change.value("kind") not in [kind.value for kind in DECIDED]:
        yield "kind", FaultCode.MISSING if change.value("kind") is None else FaultCode.WRONG
    if change.kind is ChangeKind.MOVED_IN:
        yield from _relation_faults(change, now)
    for name in _INCOMES:
        key: Any = change.value(name)
        kinds = (IncomeKind.WAGE,) if change.kind in WAGES_ONLY else tuple(IncomeKind)
        if key is not None and key not in income_keys(now, change.person or "", change.since, kinds):
            yield name, FaultCode.UNKNOWN_INCOME
    person = next((one for one in now.persons if one.id == change.person), None)
    if person is not None and len(person.incomes) >= MOST_INCOMES:
        yield "kind", FaultCode.TOO_MANY


def _relation_faults(change: Change, now: Situation) -> Iterator[tuple[str, FaultCode]]:
    """Who comes back is who they were; of anybody else it must be said, and only one lives here as a couple."""
    known = next((one for one in now.persons if one.id == change.person), None)
    relation = known.relation.value if known else change.value("relation")
    if relation is None:
        yield "relation", FaultCode.MISSING
    elif relation not in [one.value for one in NEWCOMERS]:
        yield "relation", FaultCode.WRONG
    elif relation in _COUPLE and any(
        one.relation.value in _COUPLE and one.id != change.person and lives_in(one, change.since) for one in now.persons
    ):
        yield "relation", FaultCode.TAKEN
