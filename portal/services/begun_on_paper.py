"""A household whose file began on paper, as its own pages see it: which centre has it, and since when; there is no demand."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.demand import Person, filing_day
from portal.domain.situation.words import APPLICANT
from portal.law import directory
from portal.law.parameters import FIRST_DAY
from portal.models import Adult, Dossier, PaperFile
from portal.services.actor import Actor, NotYoursError
from portal.services.demands import DemandView, person_of
from portal.services.kit import Kit


@dataclass(frozen=True)
class PaperFileView:
    """What stands in the place of a demand. It has no date of filing and no clock."""

    dossier_id: uuid.UUID
    adult_id: uuid.UUID
    reference: str
    region: str
    commune_bfs: int | None
    since: date
    """The first day of the month since which the household is helped."""
    opened_at: datetime
    closed_at: datetime | None
    """Since when the file is closed at the centre."""
    arrived_at: datetime | None
    """Since when it waits for the centre that it was moved to; None: that has opened it, or it was never moved."""
    person: Person
    language: str
    """In which the adult reads the portal."""

    @property
    def on_paper(self) -> bool:
        """Whether it stands for a file without a demand: always."""
        return True

    @property
    def at_desk(self) -> Mapping[str, uuid.UUID]:
        """How addresses of the desk name it."""
        return {"dossier_id": self.dossier_id}

    @property
    def withdrawn_at(self) -> None:
        """Nothing was announced here, so nothing is ever withdrawn."""

    @property
    def candidate_regions(self) -> tuple[str, ...]:
        """The centre that has it, and no other."""
        return (self.region,)

    @property
    def opened_on(self) -> date:
        """The local day on which its reference was made: the commune is one of that day."""
        return filing_day(self.opened_at)

    @property
    def antenna(self) -> str | None:
        """The commune's antenna, where the commune is without doubt of this centre."""
        commune = directory.commune(self.commune_bfs, self.opened_on) if self.commune_bfs else None
        return commune.antenna if commune and commune.candidate_regions == (self.region,) else None

    @property
    def begins(self) -> date:
        """From when its answers and reports count: the data of the law begin on FIRST_DAY, however old the file is."""
        return max(self.since, FIRST_DAY)


Head: TypeAlias = DemandView | PaperFileView
"""What says whose a household is and which centre has it."""


def paper_file_in(
    session: Session, dossier_id: uuid.UUID | None, adult_id: uuid.UUID | None = None
) -> PaperFileView | None:
    """A dossier's file on paper, for a caller who has proven who may see it; None where there is none.

    `adult_id`: as that adult of it sees it; else as its applicant.
    """
    whose = Adult.person == APPLICANT if adult_id is None else Adult.id == adult_id
    found = session.execute(
        select(PaperFile, Dossier.reference, Adult)
        .join(Dossier, Dossier.id == PaperFile.dossier_id)
        .join(Adult, Adult.dossier_id == PaperFile.dossier_id)
        .where(PaperFile.dossier_id == dossier_id, whose)
    ).one_or_none()
    return None if found is None else view_of_row(*found)


def view_of_row(row: PaperFile, reference: str, adult: Adult) -> PaperFileView:
    """The frozen view of its rows."""
    return PaperFileView(
        dossier_id=row.dossier_id,
        adult_id=adult.id,
        reference=reference,
        region=row.region,
        commune_bfs=row.commune_bfs,
        since=row.since,
        opened_at=row.instant,
        closed_at=row.closed_at,
        arrived_at=row.arrived_at,
        person=person_of(adult),
        language=adult.language,
    )


def own_paper_file(kit: Kit, actor: Actor) -> PaperFileView:
    """That of the adult's own dossier. Raises NotYoursError where it did not begin on paper."""
    if actor.adult_id is None:
        raise NotYoursError
    with kit.database.reading() as session:
        found = paper_file_in(session, actor.dossier_id, actor.adult_id)
    if found is None:
        raise NotYoursError
    return found
