"""What a change does to the answers: a closed set of small steps, each from a day on. They are kept with the report, so that
what was sent means the same for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, TypeAlias

from portal.domain.situation.kinds import read_day


@dataclass(frozen=True)
class SetFact:
    """An answer from a day on: of a person, or of the household. `value` is in the JSON form of the field."""

    person: str | None
    field: str
    value: Any
    since: date
    own: bool = False
    """Said for this adult alone: no other adult of the household sees it."""


@dataclass(frozen=True)
class BeginPerson:
    """Somebody more in the home from a day on, with what is known of them (JSON form of a person's fields)."""

    person: str
    fields: Mapping[str, Any]
    since: date
    own: bool = False


@dataclass(frozen=True)
class BeginIncome:
    """An income more, in the JSON form of an income, its `key` included."""

    person: str
    income: Mapping[str, Any]
    since: date
    own: bool = False


@dataclass(frozen=True)
class EndIncome:
    """An income ends; `since` is its last day."""

    person: str
    key: str
    since: date
    own: bool = False


@dataclass(frozen=True)
class SetAmount:
    """Another amount of an income from a day on, in francs as JSON writes them, or `unknown`."""

    person: str
    key: str
    value: Any
    since: date
    own: bool = False


@dataclass(frozen=True)
class AddItem:
    """One item more of a list answer (`asked_for`)."""

    person: str
    field: str
    value: str
    since: date
    own: bool = False


@dataclass(frozen=True)
class TakeItem:
    """One item less of a list answer."""

    person: str
    field: str
    value: str
    since: date
    own: bool = False


Op: TypeAlias = SetFact | BeginPerson | BeginIncome | EndIncome | SetAmount | AddItem | TakeItem
_NAMES: Final[dict[str, type[Any]]] = {
    "set": SetFact,
    "begin-person": BeginPerson,
    "begin-income": BeginIncome,
    "end-income": EndIncome,
    "amount": SetAmount,
    "add": AddItem,
    "take": TakeItem,
}
_WORDS: Final = {made: word for word, made in _NAMES.items()}


class OpError(ValueError):
    """The JSON is no step that this portal knows."""


def write_op(op: Op) -> dict[str, Any]:
    """The JSON form of a step."""
    values = {spec.name: getattr(op, spec.name) for spec in fields(op)}
    values |= {"op": _WORDS[type(op)], "since": op.since.isoformat()}
    if not op.own:
        del values["own"]
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items()}


def _fits(name: str, value: object, made: type[Any]) -> bool:
    """Whether a part of a step has the type that laying it relies on."""
    if name in ("fields", "income"):
        return isinstance(value, Mapping)
    if name == "own":
        return isinstance(value, bool)
    if name == "person" and made is SetFact:
        return isinstance(value, str | None)
    return isinstance(value, str) or (name == "value" and made in (SetFact, SetAmount))


def read_op(raw: Mapping[str, Any]) -> Op:
    """A step from its JSON form. Raises OpError."""
    rest = dict(raw)
    word = rest.pop("op", "")
    made, since = _NAMES.get(word) if isinstance(word, str) else None, read_day(rest.pop("since", None))
    if made is None or since is None or not all(_fits(name, value, made) for name, value in rest.items()):
        raise OpError("not a step of a change")
    try:
        op: Op = made(since=since, **rest)
    except TypeError as error:
        raise OpError("not a step of a change") from error
    return op
