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
from portal.i18n.words import joined
from portal.models import Adult
from portal.services.begun_on_paper import Head
from portal.services.kit import Kit
from portal.services.snapshots import Said, said_to_centre


@dataclass(frozen=True)
class AdultView:
    """A grown-up with a file of their own."""

    id: uuid.UUID
    person: str
    name: str | None
    latin_name: str | None
    called: str | None
    """Who that is in the household; None where the sent answers do not say."""
    language: str
    """In which they read the portal."""


@dataclass(frozen=True)
class GrownUp:
    """Another grown-up of the sent answers."""

    person: str
    called: str
    name: str
    """As the household wrote it; empty where it did not."""
    has_file: bool


@dataclass(frozen=True)
class Household:
    """The grown-ups of a household, as the desk sees them."""

    adults: tuple[AdultView, ...]
    """Who has a file, who made the demand first."""
    others: tuple[GrownUp, ...]
    """Who else is named as grown up: they may have a code of their own."""
    sent: bool
    """Whether the centre has answers that name persons."""


def household_of(kit: Kit, demand: Head, language: str) -> Household:
    """For a caller who has proven that the household is in the actor's scope."""
    return household_by(kit, demand, said_to_centre(kit, demand), language)


def household_by(kit: Kit, demand: Head, said: Said | None, language: str) -> Household:
    """The same for a caller who has opened already what the centre has."""
    on = demand.begins
    with kit.database.reading() as session:
        query = select(Adult).where(Adult.dossier_id == demand.dossier_id).order_by(Adult.person)
        rows = tuple(session.scalars(query))
    if said is None:
        return Household(
            tuple(AdultView(row.id, row.person, row.name, row.latin_name, None, row.language) for row in rows),
            (),
            sent=False,
        )
    situation, having = said.situation, {row.person for row in rows}
    named = {person.id for person in situation.persons} - {APPLICANT}
    adults = tuple(
        AdultView(
            row.id,
            row.person,
            row.name,
            row.latin_name,
            relation_name(situation, row.person, language, staff=True) if row.person in named else None,
            row.language,
        )
        for row in rows
    )
    others = tuple(
        GrownUp(person.id, _called(situation, person.id, language), person.name.known(on) or "", person.id in having)
        for person in situation.persons
        if person.id != APPLICANT and grown(person, on)
    )
    return Household(adults, others, sent=True)


def _called(situation: Situation, person: str, language: str) -> str:
    """«Anna Rey, Partenaire»; the relation alone where no name was given."""
    said = (
        person_name(situation, person, language, staff=True),
        relation_name(situation, person, language, staff=True),
    )
    return joined(", ", dict.fromkeys(said))
