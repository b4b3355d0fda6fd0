"""A random household and what happens to it: told by valid changes, with some that are not, corrected and withdrawn at will."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from portal.domain.changes.change import Change
from portal.domain.changes.clashes import ClashKind, clashes
from portal.domain.changes.judging import candidates, faults, incomes_of, may_come_back, new_person_id
from portal.domain.changes.kinds import DECIDED, KINDS, NEWCOMERS, PAST_ONLY, WAGES_ONLY, Ask, ChangeKind, Whose
from portal.domain.changes.meaning import ops_of_report
from portal.domain.changes.ops import read_op, write_op
from portal.domain.changes.timeline import Live, overlay
from portal.domain.situation import IncomeKind, Relation, Situation, read_situation
from portal.domain.situation.kinds import Amount, Day, OneOf, Several, Whole, YesNo
from tests.histories.history import History, Json, Report

FIRST = date(2026, 1, 1)
SPAN = 150
_COMMUNES = (6266, 6248, 6136, 6153, 6297)
_ODDS_CORRECT, _ODDS_WITHDRAW, _ODDS_BAD, _ODDS_DROP = 0.12, 0.12, 0.08, 0.4


def history(seed: int, events: int = 14) -> History:
    """One history; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - the same history for the same seed, no secret
    made = History(_base(random), FIRST, FIRST + timedelta(days=SPAN))
    for _ in range(events):
        dice = random.random()
        if made.live and dice < _ODDS_WITHDRAW:
            random.choice(made.live).gone = True
            made.withdrawn += 1
        elif made.live and dice < _ODDS_WITHDRAW + _ODDS_CORRECT:
            _correct(made, random)
        else:
            _send(made, random)
    return made


def lives(reports: list[Report]) -> tuple[Live, ...]:
    """As the domain takes them."""
    return tuple(
        Live(one.name, one.sequence, tuple(read_op(op) for op in one.ops), frozenset(one.drops)) for one in reports
    )


def _correct(made: History, random: Random) -> None:
    old = random.choice(made.live)
    old.gone = True
    if _send(made, random):
        made.corrected += 1
    else:
        old.gone = False


def _send(made: History, random: Random) -> bool:
    """One report; False where it has a fault and was not sent."""
    base, live = read_situation(made.base, made.last), lives(made.live)
    now = overlay(base, live).situation
    number = len(made.reports) + 1
    begun = {op["person"] for report in made.reports for op in report.ops if op["op"] == "begin-person"}

    def newcomer() -> str:
        return new_person_id(random.choice((Relation.CHILD, Relation.OTHER)), {one.id for one in now.persons} | begun)

    frame = Frame(made.first, made.last, newcomer)
    changes = [any_change(now, frame, random) for _ in range(random.choice((1, 1, 1, 2, 3)))]
    if faults(changes, now, FIRST, made.last):
        made.refused += 1
        return False
    ops = [op for _, op in ops_of_report(changes, now, f"r{number}x")]
    met = [clash for clash in clashes(base, live, ops) if clash.kind is ClashKind.HOLDS_UNTIL]
    drops = {(clash.step.report, clash.step.place) for clash in met if random.random() < _ODDS_DROP}
    made.dropped += len(drops)
    made.reports.append(Report(f"r{number}", number, [write_op(op) for op in ops], drops))
    return True


def _base(random: Random) -> Json:
    def person(name: str, relation: str, **more: Any) -> Json:
        return {"id": name, "relation": relation, "permit": "swiss"} | more

    wage = {"kind": "wage", "amount": "1200.00", "payday": "month_end"}
    persons = [person("a", "applicant", activity="employed", incomes=[wage] * random.choice((0, 1, 2)))]
    if random.random() < 0.5:
        persons.append(person("b", random.choice(("spouse", "partner")), activity="seeking", incomes=[]))
    persons += [
        person(name, "child", born=f"{random.randint(2004, 2025)}-03-02", incomes=[])
        for name in ("c1", "c2")[: random.choice((0, 0, 1, 2))]
    ]
    if random.random() < 0.3:
        persons[0]["asked_for"] = ["unemployment", "disability"]
    return {"version": 1, "commune": 6266, "home": "rented", "rent": "900.00", "persons": persons}


@dataclass(frozen=True)
class Frame:
    """Between which days something happens, and which id somebody gets who comes. `today`: of it a birth is told later."""

    first: date
    last: date
    newcomer: Callable[[], str]
    today: date | None = None
    kinds: Sequence[ChangeKind] = tuple(ChangeKind)


def any_change(now: Situation, frame: Frame, random: Random) -> Change:
    """Something that happened to the household, now and then with a fault."""
    kind = random.choice(frame.kinds)
    spec = KINDS[kind]
    since = frame.first + timedelta(days=random.randint(5, (frame.last - frame.first).days - 10))
    if frame.today is not None and kind in PAST_ONLY:
        since = min(since, frame.today)
    if random.random() < _ODDS_BAD:
        since = random.choice((frame.first - timedelta(days=frame.first.day), frame.last + timedelta(days=400)))
    person = None if spec.whose is Whose.HOUSEHOLD else _person(kind, spec.whose, now, frame.newcomer, since, random)
    said = {
        ask.name: value for ask in spec.asks if (value := _value(ask, kind, now, person, since, random)) is not None
    }
    if person is None and spec.whose not in (Whose.HOUSEHOLD, Whose.NEWCOMER):
        said["about"] = "Lia"
    return Change(kind, since, person, said)


def _person(
    kind: ChangeKind, whose: Whose, now: Situation, newcomer: Callable[[], str], since: date, random: Random
) -> str | None:
    if random.random() < _ODDS_BAD:
        return "nobody"
    if whose is not Whose.NEWCOMER:
        found = candidates(whose, now, since)
        return random.choice(found) if found else None
    back = may_come_back(now, since)
    if kind is ChangeKind.MOVED_IN and back and random.random() < 0.6:
        return random.choice(back)
    return newcomer()


def _value(ask: Ask, kind: ChangeKind, now: Situation, person: str | None, since: date, random: Random) -> Any:
    if not ask.needed and ask.name != "relation" and random.random() < 0.3:
        return None
    if ask.name in ("income", "instead_of"):
        kinds = (IncomeKind.WAGE,) if kind in WAGES_ONLY else tuple(IncomeKind)
        keys = [key for one in now.persons if one.id == person for key, _ in incomes_of(one, since, kinds)]
        return random.choice(keys) if keys else None
    if ask.name == "commune":
        return random.choice(_COMMUNES)
    if ask.name == "relation":
        return None if any(one.id == person for one in now.persons) else random.choice(NEWCOMERS).value
    if ask.name == "kind":
        return random.choice(DECIDED).value
    return _any(ask, since, random)


def _any(ask: Ask, since: date, random: Random) -> Any:
    kind = ask.kind
    by_kind: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
        (OneOf, lambda one: random.choice(list(one.choices)).value),
        (Several, lambda one: [item.value for item in random.sample(list(one.choices), 2)]),
        (Amount, lambda _: f"{random.randint(0, 3000)}.{random.choice(('00', '50', '05'))}"),
        (Whole, lambda one: random.randint(one.least, one.most)),
        (YesNo, lambda _: random.random() < 0.5),
        (Day, lambda one: (since + timedelta(days=-9000 if one.past else random.randint(0, 40))).isoformat()),
    )
    return next((make(kind) for made, make in by_kind if isinstance(kind, made)), "Lia")
