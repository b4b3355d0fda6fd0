"""One change as somebody said it: what happened, to whom, since when, and the answers to what its kind asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from portal.domain.changes.kinds import KINDS, Ask, ChangeKind, Spec, Whose
from portal.domain.situation.kinds import Words, read_day

MOST_CHANGES: Final = 10
"""In one report."""
LONGEST_NAME: Final = 200
ABOUT: Final = Ask("about", Words(LONGEST_NAME), needed=True)
"""Whom a change is about, in words: asked where the answers know nobody whom it may be about."""


class ChangeError(ValueError):
    """The JSON is no change that this portal knows."""


@dataclass(frozen=True)
class Change:
    """One thing that happened. `said` is in the JSON form of the kind's asks; what was left open is left out."""

    kind: ChangeKind
    since: date
    person: str | None = None
    """Of the household's answers; for a newcomer the id that they get. None: the household."""
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def spec(self) -> Spec:
        """What belongs to its kind."""
        return KINDS[self.kind]

    @property
    def unnamed(self) -> bool:
        """Whether it is about somebody whom the answers do not name. It is read by the centre; no step is made of it."""
        return self.person is None and self.spec.whose not in (Whose.HOUSEHOLD, Whose.NEWCOMER)

    @property
    def asks(self) -> tuple[Ask, ...]:
        """What its kind asks, and who it is about where the answers do not name them."""
        return (ABOUT, *self.spec.asks) if self.unnamed else self.spec.asks

    def value(self, name: str) -> Any:
        """The JSON form of one answer; None where it was left open."""
        return self.said.get(name)


def write_change(change: Change) -> dict[str, Any]:
    """The JSON form."""
    found: dict[str, Any] = {"kind": change.kind.value, "since": change.since.isoformat(), "said": dict(change.said)}
    return found if change.person is None else found | {"person": change.person}


def read_change(raw: Mapping[str, Any]) -> Change:
    """A change from its JSON form. Raises ChangeError."""
    since = read_day(raw.get("since"))
    try:
        kind = ChangeKind(raw.get("kind", ""))
    except ValueError as error:
        raise ChangeError("unknown kind of change") from error
    said, person = raw.get("said", {}), raw.get("person")
    if since is None or not isinstance(said, Mapping) or not isinstance(person, str | None):
        raise ChangeError("not a change")
    return Change(kind, since, person, dict(said))


def same(one: Change, other: Change) -> bool:
    """Whether two changes say the same; of two newcomers only with a name, for twins are born on one day."""
    if one.spec.whose is Whose.NEWCOMER and one.person != other.person:
        alike = write_change(replace(one, person=None)) == write_change(replace(other, person=None))
        return alike and one.value("name") is not None
    return write_change(one) == write_change(other)
