"""Reported changes for tests: a small household, and what holds once its changes are laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.meaning import ops_of
from portal.domain.changes.timeline import Live, overlay
from portal.domain.situation import Situation, read_situation

TODAY = date(2026, 11, 21)
WAGE = {"kind": "wage", "amount": 2100, "payday": "month_end"}


def single(*incomes: dict[str, Any], **answers: Any) -> Situation:
    """Somebody of forty in a flat of 900 francs: allowance 997 to 1061, so 1897 to 1961 without an income."""
    person = {"id": "a", "relation": "applicant", "age": 40, "permit": "swiss", "activity": "seeking"}
    return read_situation(
        {"version": 1, "persons": [person | {"incomes": list(incomes)}], "home": "rented", "rent": 900} | answers,
        TODAY,
    )


def change(kind: ChangeKind, since: str, person: str | None = "a", /, **said: Any) -> Change:
    """A change as it would be said."""
    return Change(kind, date.fromisoformat(since), person, said)


def with_changes(before: Situation, changes: Sequence[Change]) -> Situation:
    """The answers with these changes laid over them; all of them must fit."""
    live: list[Live] = []
    now = before
    for number, one in enumerate(changes):
        live.append(Live(f"r{number}", number, ops_of(one, now, f"r{number}")))
        laid = overlay(before, live)
        assert not laid.not_applied
        now = laid.situation
    return now
