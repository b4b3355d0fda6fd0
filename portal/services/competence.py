"""Which centre is competent before and after a change: who moves to another commune, leaves the canton, gets another permit.

Where no text says what follows, nothing is said: of another canton, that the person asks at their new commune.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.domain.parameter import Parameter
from portal.domain.routing import Route, route
from portal.domain.situation import Situation
from portal.law import directory
from portal.law.parameters import law_of
from portal.services.filing import regions_of


@dataclass(frozen=True)
class Competence:
    """The centres that may be responsible for a household, from the day of a change on."""

    before: tuple[str, ...]
    """Regions; all five where the commune is not known."""
    after: tuple[str, ...]
    """Empty where the household leaves the canton."""
    outside: bool
    """The household leaves the canton: no rule of another canton is known here."""
    old_commune: Parameter | None
    """How long the old commune goes on paying (`move_old_commune_pays`: old wording, not confirmed); None where the
    household stays in its commune, or leaves the canton."""
    way: Route
    """Of the applicant by the right to stay, from that day on: the asylum office, for example."""


def competence_of(changes: Sequence[Change], before: Situation, after: Situation) -> Competence | None:
    """What a report changes in it; None where no change can. `after`: the answers with the whole report in them."""
    moves = [change for change in changes if change.kind is ChangeKind.MOVED]
    permits = [change for change in changes if change.kind is ChangeKind.PERMIT_CHANGED]
    if not moves and not permits:
        return None
    day = max(change.since for change in (*moves, *permits))
    first = min(change.since for change in moves) if moves else day
    old, new = before.commune.known(first - timedelta(days=1)), after.commune.known(day)
    outside = any(_outside(change) for change in moves[-1:])
    moved = bool(moves) and not outside and old is not None and new is not None and old != new
    return Competence(
        before=regions_of(old, first),
        after=() if outside else regions_of(new, day),
        outside=outside,
        old_commune=law_of(day)("move_old_commune_pays") if moved else None,
        way=route(after.applicant, day, law_of(day)),
    )


def _outside(move: Change) -> bool:
    """Said so, or a commune that is not one of the canton."""
    commune = move.value("commune")
    return move.value("outside") is True or (commune is not None and not directory.commune(commune, move.since))
