"""What a reported change does to the answers: from its kind and what was said to steps. Nothing is assumed that was not said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from portal.domain.changes import earning
from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind, Whose
from portal.domain.changes.means import given, monthly, person_of, who
from portal.domain.changes.ops import BeginIncome, BeginPerson, Op, SetFact
from portal.domain.changes.timeline import Live, overlay
from portal.domain.situation import CivilStatus, Home, IncomeKind, Missing, Permit, Relation, Situation
from portal.domain.situation.words import APPLICANT

_UNKNOWN: Final = Missing.UNKNOWN.value
_WITH_STATE: Final = (Permit.B.value, Permit.C.value, Permit.L.value)


def ops_of(change: Change, now: Situation, names: str) -> tuple[Op, ...]:
    """The steps of one change. `now`: the answers it is said of, with what was reported before; `names`: a text of
    which new keys of incomes are made, other for every change: at most 12 of `a-z0-9_-`, with a letter in it.

    What the person left open is set to nothing at all, except where what stood there cannot be true any more: then it
    is unknown. Of somebody whom the answers do not name, no step is made. Raises UnknownPersonError.
    """
    return () if change.unnamed else tuple(_MEANING[change.kind](change, now, names))


def ops_of_report(changes: Sequence[Change], now: Situation, report: str) -> tuple[tuple[int, Op], ...]:
    """The steps of one report in the order in which they are kept, each with the place of its change.

    Each change is said of the answers with the ones before it in time, so that who moves in can bring a job, and who
    loses a job and finds another is not without work. `report`: its short id. Raises UnknownPersonError.
    """
    found: list[tuple[int, Op]] = []
    for place in in_time(changes):
        ops = ops_of(changes[place], now, f"{report}{place}")
        found += [(place, op) for op in ops]
        now = overlay(now, (Live(report, place, ops),)).situation
    return tuple(found)


def in_time(changes: Sequence[Change]) -> list[int]:
    """The places of the changes by their days; of one day who comes first, then as they were told."""
    return sorted(
        range(len(changes)), key=lambda place: (changes[place].since, changes[place].spec.whose is not Whose.NEWCOMER)
    )


def _child_born(change: Change, _now: Situation, _names: str) -> Iterator[Op]:
    """The day of the birth may lie ahead, in «what if»: nobody is there, or has an age, before it."""
    known = {"relation": Relation.CHILD.value, **given(change, "name"), "born": change.since.isoformat()}
    yield BeginPerson(who(change), known, change.since)


def _moved_in(change: Change, now: Situation, names: str) -> Iterator[Op]:
    person = who(change)
    if any(one.id == person for one in now.persons):  # somebody who had left comes back
        yield SetFact(person, "lives_here", True, change.since)
    else:
        known = {"relation": Relation.OTHER.value, **given(change, "relation", "name", "born", "permit")}
        yield BeginPerson(person, known, change.since)
    if change.value("amount") is not None and float(change.value("amount")):
        yield BeginIncome(person, monthly(change, IncomeKind.WAGE, names, "amount"), change.since)


def _moved_out(change: Change, _now: Situation, _names: str) -> Iterator[Op]:
    yield SetFact(who(change), "lives_here", False, change.since)


def _separated(change: Change, now: Situation, names: str) -> Iterator[Op]:
    """Who stays is the household of the file; a spouse who is separated is so in the register, whoever left."""
    mate = person_of(now, change.person or "")
    if change.value("still_here") is not True:
        yield SetFact(mate.id, "lives_here", False, change.since)
    if mate.relation is Relation.SPOUSE:
        for person in (APPLICANT, mate.id):
            yield SetFact(person, "civil_status", CivilStatus.SEPARATED.value, change.since)
    if change.value("alimony_received") is not None:
        yield BeginIncome(APPLICANT, monthly(change, IncomeKind.ALIMONY, names, "alimony_received"), change.since)
    if change.value("alimony_paid") is not None:
        yield SetFact(None, "alimony_paid", change.value("alimony_paid"), change.since)


def _moved(change: Change, now: Situation, _names: str) -> Iterator[Op]:
    """What the old home cost says nothing of the new one. The address is for the centre to read: no answer says it.

    Who leaves the canton has no commune of it any more: which one they go to is not asked.
    """
    rent, since = change.value("rent"), change.since
    if change.value("outside") is True:
        yield SetFact(None, "commune", _UNKNOWN, since)
    elif change.value("commune") is not None:
        yield SetFact(None, "commune", change.value("commune"), since)
    # Who says a rent and nothing of the home pays for one, as before; of free lodging a rent would be news.
    if change.value("home") is not None:
        yield SetFact(None, "home", change.value("home"), since)
    elif rent is None or now.home.known(since) not in (Home.RENTED, Home.OWNED):
        yield SetFact(None, "home", _UNKNOWN, since)
    yield SetFact(None, "rent", _UNKNOWN if rent is None else rent, since)
    if change.value("charges") is not None:
        yield SetFact(None, "charges", change.value("charges"), since)
    elif now.charges.may_be_some(since):  # beside a rent, nothing said is nothing more, as in the intake
        yield SetFact(None, "charges", _UNKNOWN if rent is None else "0.00", since)


def _nothing(_change: Change, _now: Situation, _names: str) -> Iterator[Op]:
    """What the centre must read: no answer of the situation says it."""
    yield from ()


def _training_done(change: Change, _now: Situation, _names: str) -> Iterator[Op]:
    yield SetFact(who(change), "training_completed", True, change.since)
    if change.value("activity") is not None:
        yield SetFact(who(change), "activity", change.value("activity"), change.since)


def _permit_changed(change: Change, now: Situation, _names: str) -> Iterator[Op]:
    """Where the old permit stood says nothing of another one."""
    person, since = person_of(now, who(change)), change.since
    permit, state = change.value("permit"), change.value("permit_state")
    yield SetFact(person.id, "permit", permit, since)
    other = person.permit.on(since) != permit
    if state is not None:
        yield SetFact(person.id, "permit_state", state, since)
    elif other and permit in _WITH_STATE and person.permit_state.on(since) is not None:
        yield SetFact(person.id, "permit_state", _UNKNOWN, since)


_MEANING: Final[Mapping[ChangeKind, Callable[[Change, Situation, str], Iterator[Op]]]] = MappingProxyType(
    {
        ChangeKind.CHILD_BORN: _child_born,
        ChangeKind.MOVED_IN: _moved_in,
        ChangeKind.MOVED_OUT: _moved_out,
        ChangeKind.SEPARATED: _separated,
        ChangeKind.MOVED: _moved,
        ChangeKind.NEW_JOB: earning.new_job,
        ChangeKind.LOST_JOB: earning.lost_job,
        ChangeKind.OTHER_HOURS: earning.other_hours,
        ChangeKind.WAGE_CHANGED: earning.wage_changed,
        ChangeKind.SICK: earning.sick,
        ChangeKind.BENEFIT_DECIDED: earning.benefit_decided,
        ChangeKind.INHERITED: earning.inherited,
        ChangeKind.GIFT: earning.gift,
        ChangeKind.SOLD: earning.sold,
        ChangeKind.ASKED_BENEFIT: earning.asked_benefit,
        ChangeKind.ABROAD: _nothing,
        ChangeKind.TRAINING_DONE: _training_done,
        ChangeKind.PERMIT_CHANGED: _permit_changed,
        ChangeKind.OTHER: _nothing,
    }
)
