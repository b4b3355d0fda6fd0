"""From the JSON form to a `Situation`, and back. Every fault is named with its place and what is allowed there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields
from datetime import date
from typing import Any, TypeVar, cast

from portal.domain.situation.answers import Fact, Missing, always
from portal.domain.situation.kinds import CENTIMES, Day, Kind, WrongAnswerError
from portal.domain.situation.model import MONTHLY, VERSION, Income, Person, Situation
from portal.domain.situation.words import Relation, Rhythm

Record = TypeVar("Record")
LONGEST_HISTORY = 120
_SINCE = Day()


class SituationError(ValueError):
    """The JSON is no situation: every fault with its place, as `persons[0].permit: must be one of …`."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def read_situation(raw: object, on: date) -> Situation:
    """A situation from its JSON form, for questions about the day `on`. Raises `SituationError` with all faults."""
    faults: list[str] = []
    if not isinstance(raw, Mapping):
        raise SituationError(("the situation must be an object",))
    rest = dict(raw)
    version = rest.pop("version", None)
    if type(version) is not int or version != VERSION:
        raise SituationError((f"version: must be {VERSION}",))
    situation = _record(Situation, rest, "", on, faults)
    if not faults:
        _whole(situation, faults)
    if faults:
        raise SituationError(tuple(faults))
    return situation


def _record(made: type[Record], raw: object, place: str, on: date, faults: list[str]) -> Record:
    if not isinstance(raw, Mapping):
        faults.append(f"{place}: must be an object")
        return made()
    specs = {spec.name: spec for spec in fields(cast(Any, made))}
    values: dict[str, Any] = {}
    for name, given in raw.items():
        here = f"{place}.{name}" if place else str(name)
        spec = specs.get(name) if isinstance(name, str) else None
        if spec is None:
            faults.append(f"{here}: is not a field; known are {', '.join(specs)}")
        elif given is not None:
            values[name] = _value(spec, given, here, on, faults)
    needed = [name for name in ("id", "relation", "kind") if name in specs]  # what gives a record its meaning
    faults += [f"{place}.{name}: is missing" for name in needed if raw.get(name) is None]
    return made(**values)


def _value(spec: Field[Any], given: object, place: str, on: date, faults: list[str]) -> Any:
    if "items" in spec.metadata:
        return _items(spec, given, place, on, faults)
    kind: Kind = spec.metadata["kind"]
    try:
        if not spec.metadata["dated"]:
            return kind.read(given, on)
        if isinstance(given, list) and given and isinstance(given[0], Mapping):
            return _history(kind, given, on, spec.metadata["sure"])
        return always(_answer(kind, given, on, spec.metadata["sure"]))
    except WrongAnswerError as error:
        faults.append(f"{place}: {error}")
        return Fact()


def _items(spec: Field[Any], given: object, place: str, on: date, faults: list[str]) -> tuple[Any, ...]:
    most = spec.metadata["most"]
    if not isinstance(given, list) or len(given) > most:
        count = f", not {len(given)}" if isinstance(given, list) else ""
        faults.append(f"{place}: must be a list of at most {most}{count}")
        return ()
    made = spec.metadata["items"]
    return tuple(_record(made, item, f"{place}[{index}]", on, faults) for index, item in enumerate(given))


def _answer(kind: Kind, given: object, on: date, sure: bool) -> Any:
    if isinstance(given, str) and given in list(Missing) and not sure:
        return Missing(given)
    return kind.read(given, on)


def _history(kind: Kind, given: list[Any], on: date, sure: bool) -> Fact[Any]:
    """A list of {"from": day or null, "value": answer}, oldest first."""
    if len(given) > LONGEST_HISTORY:
        raise WrongAnswerError(f"must have 1 to {LONGEST_HISTORY} dated values")
    entries: list[tuple[date | None, Any]] = []
    for entry in given:
        if not isinstance(entry, Mapping) or set(entry) != {"from", "value"}:
            raise WrongAnswerError('each dated value must have "from" and "value", and nothing else')
        since = None if entry["from"] is None else _SINCE.read(entry["from"], on)
        if entries and (since is None or (entries[-1][0] is not None and since <= entries[-1][0])):
            raise WrongAnswerError("the dated values must stand oldest first, each day once")
        entries.append((since, _answer(kind, entry["value"], on, sure)))
    return Fact(tuple(entries))


def _whole(situation: Situation, faults: list[str]) -> None:
    """What no single field can say."""
    relations = [person.relation for person in situation.persons]
    if relations.count(Relation.APPLICANT) != 1:
        faults.append("persons: exactly one must have the relation applicant")
    if sum(relation in (Relation.SPOUSE, Relation.PARTNER) for relation in relations) > 1:
        faults.append("persons: at most one can be spouse or partner")
    if len({person.id for person in situation.persons}) < len(relations):
        faults.append("persons: each id must be different")
    for index, person in enumerate(situation.persons):
        faults += [f"persons[{index}].{fault}" for fault in _person_faults(person)]


def _person_faults(person: Person) -> list[str]:
    faults = []
    pairs = (("born", "age"), ("together_since", "together_years"), ("asylum_since", "asylum_years"))
    for day, number in pairs:
        if getattr(person, day) and getattr(person, number):
            faults.append(f"{number}: give {day} or {number}, not both")
    for place, income in enumerate(person.incomes):
        if income.since and income.until and income.until < income.since:
            faults.append(f"incomes[{place}].until: must not lie before since")
        if not within_rhythm(income):
            faults.append(f"incomes[{place}].amount: must be at most {MONTHLY.most} francs where it does not come once")
    return faults


def within_rhythm(income: Income) -> bool:
    """Whether what comes again and again is no more than a month's income may be; a sum that comes once may be more."""
    amounts = (value for _, value in income.amount.entries if isinstance(value, int))
    return income.every is Rhythm.ONCE or all(amount <= MONTHLY.most * CENTIMES for amount in amounts)


def write_situation(situation: Situation) -> dict[str, object]:
    """The JSON form; what was not said is left out."""
    return {"version": VERSION, **_written(situation)}


def _written(record: Any) -> dict[str, object]:
    found: dict[str, object] = {}
    for spec in fields(record):
        value = getattr(record, spec.name)
        if "items" in spec.metadata:
            if value:
                found[spec.name] = [_written(item) for item in value]
        elif spec.metadata["dated"]:
            if value:
                found[spec.name] = _written_fact(spec.metadata["kind"], value)
        elif value is not None and value != spec.default:
            found[spec.name] = spec.metadata["kind"].write(value)
    return found


def _written_fact(kind: Kind, fact: Fact[Any]) -> object:
    def one(answer: Any) -> object:
        return answer.value if isinstance(answer, Missing) else kind.write(answer)

    if len(fact.entries) == 1 and fact.entries[0][0] is None:
        return one(fact.entries[0][1])
    return [{"from": since.isoformat() if since else None, "value": one(answer)} for since, answer in fact.entries]
