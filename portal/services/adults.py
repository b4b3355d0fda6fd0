"""The adults of a household: who has a file of their own in it, and whom the sent answers name without one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from portal.domain.situation import Situation
from portal.domain.situation.questions import grown
from portal.domain.situation.words import APPLICANT
from portal.i18n.estimate.people import person_name
from portal.i18n.situation.people import relation_name
from portal.models import Adult
from portal.services.demands import DemandView
from portal.services.kit import Kit
from portal.services.snapshots import said_to_centre


@dataclass(frozen=True)
class AdultView:
    """A grown-up with a file of their own."""

    id: uuid.UUID
    name: str | None
    called: str | None
    """Who that is in the household; None where the sent answers do not say."""


@dataclass(frozen=True)
class GrownUp:
    """Another grown-up of the sent answers."""

    person: str
    called: str
    name: str
    """As the household wrote it; empty where it did not."""
    has_file: bool


def adults_of(kit: Kit, demand: DemandView, language: str) -> tuple[AdultView, ...]:
    """Who has a file in the demand's household, who made the demand first. The caller has proven the scope."""
    situation = _said(kit, demand)
    named = {person.id for person in situation.persons} if situation else set()
    return tuple(
        AdultView(
            row.id,
            row.name,
            relation_name(situation, row.person, language, staff=True)
            if situation and row.person in named and row.person != APPLICANT
            else None,
        )
        for row in _rows(kit, demand)
    )


def others(kit: Kit, demand: DemandView, language: str) -> tuple[GrownUp, ...]:
    """Who else may have a code of their own. The caller has proven the scope."""
    situation = _said(kit, demand)
    if situation is None:
        return ()
    having = {row.person for row in _rows(kit, demand)}
    return tuple(
        GrownUp(
            person.id,
            _called(situation, person.id, language),
            person.name.known(demand.filing_date) or "",
            person.id in having,
        )
        for person in situation.persons
        if person.id != APPLICANT and grown(person, demand.filing_date)
    )


def something_sent(kit: Kit, demand: DemandView) -> bool:
    """Whether the centre has answers that name persons."""
    return _said(kit, demand) is not None


def _called(situation: Situation, person: str, language: str) -> str:
    """«Anna Rey, Partenaire»; the relation alone where no name was given."""
    said = (
        person_name(situation, person, language, staff=True),
        relation_name(situation, person, language, staff=True),
    )
    return ", ".join(dict.fromkeys(said))


def _said(kit: Kit, demand: DemandView) -> Situation | None:
    said = said_to_centre(kit, demand)
    return said.situation if said else None


def _rows(kit: Kit, demand: DemandView) -> tuple[Adult, ...]:
    with kit.database.transaction() as session:
        query = select(Adult).where(Adult.dossier_id == demand.dossier_id).order_by(Adult.person)
        return tuple(session.scalars(query))
