"""Who opened the own dossier, and when: the centre, never a name. Of another adult's own matters nothing.

The citizens' role cannot read the audit log: one function of the database gives an adult what concerns them
(migration 0011).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.adapters.envelope import UnreadableError
from portal.i18n.access_log import BY_CENTRE, OWN, SHARED
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.kit import Kit
from portal.services.situations import NotInHouseholdError, opened_in

PAGE: Final = 50
MOST_PAGES: Final = 10_000

_READ: Final = text(
    "SELECT instant, by_staff, region, action, outcome FROM access_log(:dossier, :adult, CAST(:shared AS text[]),"
    " CAST(:by_centre AS text[]), CAST(:own AS text[]), :skip, :most)"
)


@dataclass(frozen=True)
class Access:
    """One opening, without any id."""

    instant: datetime
    by_staff: bool
    region: str | None
    """Of the centre; none for what was done with the adult's own code."""
    action: str
    outcome: str


@dataclass(frozen=True)
class AccessPage:
    """Some of them, newest first; `number` from 1."""

    accesses: tuple[Access, ...]
    number: int
    more: bool


def access_page(kit: Kit, actor: Actor, number: int = 1) -> AccessPage:
    """One page of the own log. Raises NotYoursError for anybody but a signed-in adult, and for a page of no number."""
    if not 1 <= number <= MOST_PAGES:
        raise NotYoursError
    with kit.database.transaction() as session:
        found = tuple(_read(session, kit, actor, (number - 1) * PAGE, PAGE + 1))
    return AccessPage(found[:PAGE], number, len(found) > PAGE)


def accesses_in(session: Session, kit: Kit, actor: Actor, most: int) -> tuple[Access, ...]:
    """The newest ones within a transaction, at most so many."""
    return tuple(_read(session, kit, actor, 0, most))


def centre_that(session: Session, actor: Actor, action: str) -> str | None:
    """The region of the centre that did this last of the adult's own file; None where none did, or it is not theirs to see."""
    values = {"dossier": actor.dossier_id, "adult": actor.id, "shared": [], "by_centre": [action], "own": []}
    found = session.execute(_READ, values | {"skip": 0, "most": 1}).one_or_none()
    return None if found is None else found.region


def _read(session: Session, kit: Kit, actor: Actor, skip: int, most: int) -> Iterator[Access]:
    if actor.kind is not ActorKind.CITIZEN or actor.dossier_id is None:
        raise NotYoursError
    values: dict[str, Any] = {
        "dossier": actor.dossier_id,
        "adult": actor.id,
        "shared": sorted(SHARED) if _of_household(session, kit, actor) else [],
        "by_centre": sorted(BY_CENTRE),
        "own": sorted(OWN),
        "skip": skip,
        "most": most,
    }
    for row in session.execute(_READ, values):
        yield Access(row.instant.astimezone(UTC), row.by_staff, row.region, row.action, row.outcome)


def _of_household(session: Session, kit: Kit, actor: Actor) -> bool:
    """Whether what concerns the household is theirs to know: of one whom its answers do not name any more it is not."""
    try:
        opened_in(session, kit, actor)
    except NotInHouseholdError:
        return False
    except (NotYoursError, UnreadableError):  # no answers yet, or their key is gone: the dossier is theirs all the same
        return True
    return True
