"""Where a new report meets one that was sent before: the same said again, another value, a value that stands later.

Nothing is overwritten in silence: the person is asked, and may say that a step of the earlier report no longer holds
(`Live.drops`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from portal.domain.changes.laying import NotThereError, read_value
from portal.domain.changes.ops import AddItem, BeginIncome, BeginPerson, EndIncome, Op, SetAmount, SetFact, TakeItem
from portal.domain.changes.timeline import Live, Step, overlay, steps_of
from portal.domain.situation import Income, Missing, Person, Rhythm, Situation
from portal.domain.situation.kinds import WrongAnswerError
from portal.domain.situation.model import VERSION
from portal.domain.situation.reading import SituationError, read_situation


class ClashKind(StrEnum):
    """How two steps meet."""

    SAME = "same"
    """The earlier report says just this."""
    OTHER_VALUE = "other_value"
    """Of the same thing and day, something else. Unless it is dropped, or the new one not sent, the new one counts."""
    HOLDS_UNTIL = "holds_until"
    """The new step holds only until the day of the earlier report's step, which sets the same thing again."""


@dataclass(frozen=True)
class Clash:
    """A step of an earlier report that a new step meets. `place`: of the new step."""

    kind: ClashKind
    step: Step
    place: int


def clashes(base: Situation, live: Sequence[Live], new: Sequence[Op]) -> tuple[Clash, ...]:
    """All of them, in the order of the new steps, then of the days. `live`: the reports as the sender may see them.

    Steps that say nothing any more, of somebody whom the answers do not name for example, meet nothing.
    """
    idle = {_name(step) for step in overlay(base, live).not_applied}
    standing = _standing([step for step in steps_of(live) if _name(step) not in idle])
    return tuple(
        Clash(kind, step, place)
        for place, op in enumerate(new)
        for step in standing
        if (kind := _met(op, step.op)) is not None
    )


def said_already(found: Sequence[Clash], new: Sequence[Op]) -> bool:
    """Whether every step of a report was said before, so that sending it again would do nothing."""
    same = {clash.place for clash in found if clash.kind is ClashKind.SAME}
    return bool(new) and same == set(range(len(new)))


def _standing(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Without those that a later report has overwritten for the same day."""
    last: dict[object, Step] = {}
    for number, step in enumerate(steps):
        last[_target(step.op, number)] = step
    kept = {_name(step) for step in last.values()}
    return tuple(step for step in steps if _name(step) in kept)


def _name(step: Step) -> tuple[str, int]:
    return step.report, step.place


def _target(op: Op, number: int) -> object:
    match op:
        case SetFact():
            return ("fact", op.person, op.field, op.since)
        case SetAmount():
            return ("amount", op.person, op.key, op.since)
        case AddItem() | TakeItem():
            return ("item", op.person, op.field, op.value, op.since)
        case _:
            return number


def _met(new: Op, old: Op) -> ClashKind | None:
    match new, old:
        case SetFact(), SetFact() if (new.person, new.field) == (old.person, old.field):
            return _values(new, old, Situation if new.person is None else Person, new.field)
        case SetAmount(), SetAmount() if (new.person, new.key) == (old.person, old.key):
            return _values(new, old, Income, "amount")
        case EndIncome(), SetAmount() if (new.person, new.key) == (old.person, old.key):
            return ClashKind.HOLDS_UNTIL if old.since > new.since else None
        case EndIncome(), EndIncome() if (new.person, new.key) == (old.person, old.key):
            return ClashKind.SAME if new.since == old.since else ClashKind.OTHER_VALUE
        case (AddItem() | TakeItem(), AddItem() | TakeItem()) if _item(new) == _item(old) and new.since == old.since:
            return ClashKind.SAME if type(new) is type(old) else ClashKind.OTHER_VALUE
        case BeginIncome(), BeginIncome() if (new.person, new.since) == (old.person, old.since):
            return _incomes(new, old)
        case BeginPerson(), BeginPerson():
            return _persons(new, old)
        case _:
            return None


def _item(op: AddItem | TakeItem) -> tuple[str, str, str]:
    return op.person, op.field, op.value


def _values(new: SetFact | SetAmount, old: SetFact | SetAmount, record: type[Any], name: str) -> ClashKind | None:
    """A later value that says the same raises no question."""
    same = _read(record, name, new.value) == _read(record, name, old.value)
    if new.since == old.since:
        return ClashKind.SAME if same else ClashKind.OTHER_VALUE
    return ClashKind.HOLDS_UNTIL if old.since > new.since and not same else None


def _read(record: type[Any], name: str, raw: Any) -> Any:
    """«900» and «900.00» are one amount; what cannot be read is itself."""
    try:
        value = read_value(record, name, raw)
    except (NotThereError, WrongAnswerError):
        return raw
    return str(value) if isinstance(value, Missing) else value


def _incomes(new: BeginIncome, old: BeginIncome) -> ClashKind | None:
    """Two sums that came on one day are two sums, as long as they do not say the very same."""
    one, other = _income(new.income), _income(old.income)
    if new.income.get("kind") != old.income.get("kind"):
        return None
    if one != other and Rhythm.ONCE.value in (new.income.get("every"), old.income.get("every")):
        return None
    return ClashKind.SAME if one == other else ClashKind.OTHER_VALUE


def _income(raw: Mapping[str, Any]) -> Any:
    """Without its key, which says nothing; as a value where it can be read."""
    said = {name: value for name, value in raw.items() if name != "key"}
    persons = [{"id": "-", "relation": "applicant", "incomes": [said]}]
    try:
        return read_situation({"version": VERSION, "persons": persons}, date.max).persons[0].incomes[0]
    except SituationError:
        return said


def _persons(new: BeginPerson, old: BeginPerson) -> ClashKind | None:
    """Two adults may report one newcomer, each with an id of their own. Two different names are two persons: twins."""
    if new.fields.get("relation") != old.fields.get("relation"):
        return None
    names = [str(op.fields.get("name", "")).strip().casefold() for op in (new, old)]
    if all(names) and names[0] != names[1]:
        return None
    if new.since != old.since and not all(names):
        return None
    same = new.since == old.since and _known(new) == _known(old)
    return ClashKind.SAME if same else ClashKind.OTHER_VALUE


def _known(op: BeginPerson) -> dict[str, Any]:
    return {name: str(value).strip().casefold() for name, value in op.fields.items()}
