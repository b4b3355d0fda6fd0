"""From the answers of the path to the JSON form of a situation. Only what was read without a fault goes in."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.domain.situation import Home, Situation, read_situation
from portal.domain.situation.kinds import Amount
from portal.domain.situation.model import VERSION
from portal.forms.choices import UNKNOWN_COMMUNE
from portal.forms.estimate.fields import FrancsField
from portal.forms.estimate.parts import (
    INCOME_KINDS,
    UNKNOWN,
    AdultPart,
    AgePart,
    ChildIncomePart,
    GrownChildPart,
    HomePart,
    IncomePart,
    MoneyPart,
    OthersPart,
    Part,
    PartnerPart,
)
from portal.forms.estimate.steps import APPLICANT, PARTNER, Answers, Path

_YES_NO = {"yes": True, "no": False, UNKNOWN: UNKNOWN}


def situation_json(answers: Answers, today: date) -> dict[str, Any]:
    """The JSON form of what was answered; what stays open is left out, or said to be unknown."""
    return _json(Path(answers, today))


def _json(path: Path) -> dict[str, Any]:
    parts = {(type(part), part.person): part for name in path.steps for part in path.step(name).parts}
    for part in parts.values():
        part.validate()
    home: Any = parts[HomePart, None]
    money: Any = parts[MoneyPart, None]
    others: Any = parts.get((OthersPart, None))
    persons = [_person(person, relation, parts) for person, relation in _everybody(path, others)]
    persons[0]["age"] = UNKNOWN if home.age.number is None else home.age.number
    found = {"version": VERSION, "persons": persons, **_money(money)}
    if home.commune.number:
        found["commune"] = home.commune.number
    elif home.commune.data == UNKNOWN_COMMUNE:
        found["commune"] = UNKNOWN
    if others and (meals := _YES_NO.get(others.meals.data or "")) is not None:
        found["shared_meals"] = meals
    return found


def situation_on(path: Path) -> Situation:
    """The same as a `Situation`, from a path whose parts may be made already."""
    return read_situation(_json(path), path.today)


def _everybody(path: Path, others: Any) -> list[tuple[str, str]]:
    who = others.who.data if others and others.who.data in ("parent", "relative", "other") else "other"
    couple = [(PARTNER, path.couple)] if path.couple else []
    children = [(child, "child") for child in path.child_ids]
    return [(APPLICANT, "applicant"), *couple, *children, *((f"o{n}", who) for n in range(1, path.others + 1))]


def _person(person: str, relation: str, parts: dict[tuple[type[Part], str | None], Part]) -> dict[str, Any]:
    found: dict[str, Any] = {"id": person, "relation": relation}
    for kind, read in _READ.items():
        part = parts.get((kind, person))
        if part is not None:
            found |= read(part)
    return found


def _age(part: Any) -> dict[str, Any]:
    return {"age": UNKNOWN if part.age.number is None else part.age.number}


def _partner(part: Any) -> dict[str, Any]:
    years = part.together.data
    found = _age(part) | {"together_years": int(years) if years in ("0", "1", "2") else UNKNOWN}
    return found | ({"common_child": _YES_NO[part.common.data]} if part.common.data in _YES_NO else {})


def _adult(part: Any) -> dict[str, Any]:
    permit = part.permit.data if part.permit.data in {value for value, _ in part.permit.choices} else ""
    found: dict[str, Any] = {"permit": permit} if permit else {}
    if permit in ("b", "c", "l") and part.state.data in {value for value, _ in part.state.choices}:
        found["permit_state"] = part.state.data
    if permit in ("f", "refugee_b") and part.years.number is not None:
        found["asylum_years"] = part.years.number
    if part.activity.data in {value for value, _ in part.activity.choices}:
        found["activity"] = part.activity.data
    return found


def _grown(part: Any) -> dict[str, Any]:
    found = {"training": {"training_completed": False}, "completed": {"training_completed": True}}
    answer: dict[str, Any] = dict(found.get(part.training.data, {"training_completed": UNKNOWN}))
    if part.training.data == "training":
        answer["activity"] = "training"
    if part.away.data:
        answer["away_for_studies"] = True
    return answer


def _incomes(part: Any) -> dict[str, Any]:
    found = []
    for kind in INCOME_KINDS:
        field: FrancsField = part[kind.value]
        if field.centimes:
            every = {"every": "once"} if kind.value == "one_off" else {}
            found.append({"kind": kind.value, "amount": _francs(field.centimes), **every})
    if part.unknown.data:
        found.append(
            {"kind": "wage" if not any(one["kind"] == "wage" for one in found) else "other", "amount": UNKNOWN}
        )
    return {"incomes": found} if found else {}


def _child_income(part: Any) -> dict[str, Any]:
    centimes = part.wage.centimes
    return {"incomes": [{"kind": "wage", "amount": _francs(centimes)}]} if centimes else {}


_READ: dict[type[Part], Any] = {
    AgePart: _age,
    PartnerPart: _partner,
    AdultPart: _adult,
    GrownChildPart: _grown,
    IncomePart: _incomes,
    ChildIncomePart: _child_income,
}


def _money(part: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if part.home.data in list(Home):
        found["home"] = part.home.data
    if part.rent_unknown.data or part.rent.centimes is None:
        found["rent"] = UNKNOWN
    else:
        found["rent"] = _francs(part.rent.centimes)
    for name in ("charges", "accounts", "vehicles", "insurances", "claims"):
        if part[name].centimes is not None:
            found[name] = _francs(part[name].centimes)
    if part.wealth_unknown.data and "accounts" not in found:
        found["accounts"] = UNKNOWN
    if (owns := _YES_NO.get(part.own_property.data or "")) is not None:
        found["owns_property"] = owns
    if part.debts.data in ("yes", UNKNOWN):
        found["debts"] = UNKNOWN
    elif part.debts.data == "no":
        found["debts"] = _francs(0)
    return found


def _francs(centimes: int) -> object:
    return Amount(0).write(centimes)
