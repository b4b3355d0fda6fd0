"""Who took a household's file and when: each making is a row that stays."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from portal.domain.bundle import Way
from portal.domain.demand import filing_day
from portal.models import Bundle, Caseworker
from portal.services.actor import Actor
from portal.services.bundles.gathered import Gathered
from portal.services.kit import Kit
from portal.services.writing import audit


@dataclass(frozen=True)
class Made:
    """One making, as the desk sees it."""

    instant: datetime
    by: str
    region: str
    commune_bfs: int | None
    language: str
    way: Way
    manifest_sha256: str
    """Hexadecimal: the bundle's own manifest has it."""
    with_gaps: bool

    @property
    def day(self) -> date:
        """The local day."""
        return filing_day(self.instant)


@dataclass(frozen=True)
class HandedOver:
    """What an adult of the household reads of it."""

    instant: datetime
    commune_bfs: int | None

    @property
    def day(self) -> date:
        """The local day."""
        return filing_day(self.instant)


def made_of(kit: Kit, dossier_id: uuid.UUID) -> tuple[Made, ...]:
    """Every making, newest first, for a caller who has proven that the household is in the actor's scope."""
    query = (
        select(Bundle, Caseworker.name)
        .join(Caseworker, Caseworker.id == Bundle.caseworker_id)
        .where(Bundle.dossier_id == dossier_id)
        .order_by(Bundle.instant.desc(), Bundle.id)
    )
    with kit.database.reading() as session:
        return tuple(
            Made(
                instant=row.instant.astimezone(UTC),
                by=name,
                region=row.region,
                commune_bfs=row.commune_bfs,
                language=row.language,
                way=Way(row.way),
                manifest_sha256=row.manifest_sha256.hex(),
                with_gaps=row.with_gaps,
            )
            for row, name in session.execute(query)
        )


def handed_over_in(session: Session, dossier_id: uuid.UUID | None) -> Sequence[HandedOver]:
    """When the household's file was made for the commune, newest first; the caller is of the household."""
    query = (
        select(Bundle.instant, Bundle.commune_bfs)
        .where(Bundle.dossier_id == dossier_id)
        .order_by(Bundle.instant.desc())
    )
    return tuple(HandedOver(row.instant.astimezone(UTC), row.commune_bfs) for row in session.execute(query))


def note_made(kit: Kit, actor: Actor, found: Gathered, way: Way, manifest_sha256: bytes, *, gaps: bool) -> None:
    """Write that a bundle was made: before its last bytes go out, so that no whole one is without its row."""
    with kit.database.transaction() as session:
        session.execute(
            insert(Bundle).values(
                id=uuid.uuid4(),
                dossier_id=found.head.dossier_id,
                instant=found.made_at,
                caseworker_id=actor.id,
                region=actor.region,
                commune_bfs=found.commune_bfs,
                language=found.language,
                way=way.value,
                manifest_sha256=manifest_sha256,
                with_gaps=gaps,
            )
        )
        audit(session, actor, "bundle:make", kit.clock.now(), found.head.dossier_id)
