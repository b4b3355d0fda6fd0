"""What changes of work and money do to the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from portal.domain.changes.change import Change
from portal.domain.changes.means import (
    FULL_TIME,
    ONE_DAY,
    given,
    keys_running,
    monthly,
    once,
    person_of,
    total,
    who,
    works,
)
from portal.domain.changes.ops import AddItem, BeginIncome, EndIncome, Op, SetAmount, SetFact, TakeItem
from portal.domain.situation import Activity, IncomeKind, Missing, Person, Situation
from portal.domain.situation.model import WEALTH
from portal.domain.situation.words import Benefit

_BENEFITS: Final[Mapping[IncomeKind, Benefit]] = MappingProxyType(
    {
        IncomeKind.UNEMPLOYMENT: Benefit.UNEMPLOYMENT,
        IncomeKind.DAILY_ALLOWANCE: Benefit.DAILY_ALLOWANCES,
        IncomeKind.OLD_AGE: Benefit.OLD_AGE,
        IncomeKind.DISABILITY: Benefit.DISABILITY,
        IncomeKind.SUPPLEMENTARY: Benefit.SUPPLEMENTARY,
        IncomeKind.OCCUPATIONAL: Benefit.PENSION_FUNDS,
        IncomeKind.TRANSITIONAL: Benefit.TRANSITIONAL,
        IncomeKind.FAMILY_ALLOWANCE: Benefit.FAMILY_ALLOWANCES,
        IncomeKind.ALIMONY: Benefit.ALIMONY,
        IncomeKind.BURSARY: Benefit.BURSARY,
    }
)
"""The benefit that was asked for, by the income that it became."""
_FILLS_DAYS: Final = (Activity.TRAINING, Activity.RETIRED, Activity.SELF_EMPLOYED)
"""What goes on filling the days beside a job that is not full-time."""


def new_job(change: Change, now: Situation, names: str) -> Iterator[Op]:
    """Beside another job that goes on, the two rates add up; where one of them is not known, their sum is not."""
    person, before = person_of(now, who(change)), change.since - ONE_DAY
    replaced = change.value("instead_of")
    if replaced is not None:
        yield EndIncome(person.id, replaced, before)
    income = monthly(change, IncomeKind.WAGE, names, "amount")
    yield BeginIncome(person.id, {**income, **given(change, "payday", "irregular")}, change.since)
    if works(now, person.id):
        others = [key for key in keys_running(person, change.since, IncomeKind.WAGE) if key != replaced]
        percent = _with_others(person, change, bool(others))
        yield from _busy(person, percent, change.since)


def _with_others(person: Person, change: Change, others: bool) -> Any:
    """The whole working rate from that day: None where the new one was left open, `unknown` where the sum is."""
    percent = change.value("percent")
    if not others:
        return percent
    standing = person.work_percent.known(change.since)
    if isinstance(percent, int) and standing is not None:
        return min(FULL_TIME, percent + standing)
    return Missing.UNKNOWN.value


def _busy(person: Person, percent: Any, since: date) -> Iterator[Op]:
    """Employed, in full or in part; a training, say, goes on beside a job that is not full-time."""
    full = percent == FULL_TIME
    if full or person.activity.known(since) not in _FILLS_DAYS:
        part = isinstance(percent, int) and not full
        yield SetFact(person.id, "activity", (Activity.PART_TIME if part else Activity.EMPLOYED).value, since)
    if percent is not None:
        yield SetFact(person.id, "work_percent", percent, since)


def lost_job(change: Change, now: Situation, _names: str) -> Iterator[Op]:
    """`since` is the last day of work. With another wage the person goes on working."""
    person, after = person_of(now, who(change)), change.since + ONE_DAY
    lost = change.value("income")
    ended = keys_running(person, change.since, IncomeKind.WAGE) if lost is None else [lost]
    for key in ended:
        yield EndIncome(person.id, key, change.since)
    if works(now, person.id):
        if set(keys_running(person, after, IncomeKind.WAGE)) - set(ended):
            yield SetFact(person.id, "work_percent", Missing.UNKNOWN.value, after)
        else:
            yield SetFact(person.id, "activity", Activity.SEEKING.value, after)
            yield SetFact(person.id, "work_percent", 0, after)
    if change.value("dismissed") is not None:
        yield SetFact(person.id, "dismissed", change.value("dismissed"), after)


def other_hours(change: Change, now: Situation, _names: str) -> Iterator[Op]:
    """Another working rate, and what is paid for it where that was said."""
    person, percent = person_of(now, who(change)), change.value("percent")
    if percent is not None and works(now, person.id):
        yield from _busy(person, percent, change.since)
    if change.value("income") is not None and change.value("amount") is not None:
        yield SetAmount(person.id, change.value("income"), change.value("amount"), change.since)


def wage_changed(change: Change, _now: Situation, _names: str) -> Iterator[Op]:
    """Another amount of an income that goes on; of one that the answers do not know, nothing can be said."""
    if change.value("income") is not None:
        yield SetAmount(who(change), change.value("income"), change.value("amount"), change.since)


def sick(change: Change, now: Situation, names: str) -> Iterator[Op]:
    """With a last day it is over on the next one. What is paid then, where the wage stopped, nobody has said."""
    person, until = person_of(now, who(change)), change.value("until")
    after = date.fromisoformat(until) + ONE_DAY if until else None
    if change.value("percent") is not None:
        yield SetFact(person.id, "unable_percent", change.value("percent"), change.since)
        if after:
            yield SetFact(person.id, "unable_percent", 0, after)
    stopped = keys_running(person, change.since, IncomeKind.WAGE) if change.value("wage_goes_on") is False else []
    for key in stopped:
        yield EndIncome(person.id, key, change.since - ONE_DAY)
    if stopped and after:
        back = monthly(change, IncomeKind.WAGE, names, "") | {"since": after.isoformat()}
        yield BeginIncome(person.id, back, after)
    if change.value("amount") is not None:
        paid = monthly(change, IncomeKind.DAILY_ALLOWANCE, names, "amount") | given(change, "until")
        yield BeginIncome(person.id, paid, change.since)


def benefit_decided(change: Change, _now: Situation, names: str) -> Iterator[Op]:
    """What was asked for is decided: it is asked for no more. Arrears are no income of a month here: they are unknown."""
    person, kind = who(change), IncomeKind(change.value("kind"))
    if change.value("instead_of") is not None:
        yield EndIncome(person, change.value("instead_of"), change.since - ONE_DAY)
    yield BeginIncome(person, monthly(change, kind, names, "amount"), change.since)
    if kind in _BENEFITS:
        yield TakeItem(person, "asked_for", _BENEFITS[kind].value, change.since, own=True)


def inherited(change: Change, now: Situation, names: str) -> Iterator[Op]:
    """A share that is not divided yet is a claim beside the others; a sum that came is one."""
    if change.value("received") is False:
        yield SetFact(None, "claims", _claims(change, now), change.since)
    else:
        yield BeginIncome(who(change), once(change, IncomeKind.CAPITAL, names), change.since)


def _claims(change: Change, now: Situation) -> Any:
    """With those that stand there already; unknown as soon as one of the two is."""
    said, standing = total(change), now.claims.on(change.since)
    if standing is None or said == Missing.UNKNOWN.value:
        return said
    if isinstance(standing, Missing):
        return Missing.UNKNOWN.value
    return WEALTH.write(standing + WEALTH.read(said, change.since))


def gift(change: Change, _now: Situation, names: str) -> Iterator[Op]:
    """A sum that came."""
    yield BeginIncome(who(change), once(change, IncomeKind.GIFT, names), change.since)


def sold(change: Change, _now: Situation, names: str) -> Iterator[Op]:
    """The price."""
    yield BeginIncome(who(change), once(change, IncomeKind.CAPITAL, names), change.since)


def asked_benefit(change: Change, _now: Situation, _names: str) -> Iterator[Op]:
    """Asked for and not decided; nobody else of the household needs to know."""
    for benefit in change.value("benefits") or ():
        yield AddItem(who(change), "asked_for", benefit, change.since, own=True)
