"""The adults of a household, as each of them and as the desk knows them: who is to acknowledge a notice."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.domain.demand import filing_day
from portal.domain.situation import Situation
from portal.domain.situation.questions import grown
from portal.domain.situation.words import APPLICANT
from portal.i18n.estimate.people import person_name
from portal.i18n.names import with_latin
from portal.services.actor import Actor, ActorKind
from portal.services.adults import Household, household_of
from portal.services.begun_on_paper import Head
from portal.services.kit import Kit
from portal.services.situations import NotInHouseholdError, Opened, opened_in

NOBODY = uuid.UUID(int=0)
"""In place of an adult: what every adult of the household may know, and nothing that one said for themselves."""


@dataclass(frozen=True)
class Signer:
    """One grown-up who is to acknowledge."""

    person: str
    called: str
    name: str
    """As the household said it; empty where it did not."""
    language: str = ""
    """In which they read the portal; empty where nobody knows."""


def own_household(session: Session, kit: Kit, actor: Actor, language: str) -> Mapping[str, Signer]:
    """The grown-ups by their person ids, the reader first. Raises `NotInHouseholdError`, `NotYoursError`."""
    return household_of_opened(kit, actor, opened_in(session, kit, actor), language)


def household_of_opened(kit: Kit, actor: Actor, opened: Opened, language: str) -> Mapping[str, Signer]:
    """The same of answers that the actor has open already."""
    situation = opened.draft.situation(filing_day(kit.clock.now()))
    return grown_ups(situation, opened.filing_date, language, me=actor.person)


def grown_ups(situation: Situation, on: date, language: str, *, me: str = APPLICANT) -> Mapping[str, Signer]:
    """The grown-ups of a situation, `me` first; who reads is one of them whatever their age is said to be."""
    found = {
        person.id: Signer(
            person.id, person_name(situation, person.id, language, me=me), (person.name.known(on) or "").strip()
        )
        for person in situation.persons
        if person.id in (APPLICANT, me) or grown(person, on)
    }
    return {me: found[me]} | found


def linked_person(session: Session, kit: Kit, dossier: uuid.UUID, person: str, request_id: str) -> Signer:
    """The adult whom a link is for, by what the whole household may know. Raises `NotInHouseholdError`."""
    anyone = Actor(ActorKind.CITIZEN, request_id, NOBODY, dossier, person=person)
    found = own_household(session, kit, anyone, "fr")
    if person not in found:
        raise NotInHouseholdError
    return found[person]


def desk_household(kit: Kit, demand: Head, language: str) -> Mapping[str, Signer]:
    """The grown-ups whom the desk knows of a demand in its scope: who has a file, and whom the sent answers name.

    Who has a file and is not named any more has left the household: what they acknowledged stays, and nothing is added.
    """
    return signers_of(household_of(kit, demand, language))


def signers_of(household: Household) -> Mapping[str, Signer]:
    """The same of a household that is known already."""
    here = [one for one in household.adults if one.person == APPLICANT or one.called or not household.sent]
    files = {
        one.person: Signer(
            one.person, with_latin(one.name or one.called or "", one.latin_name), one.name or "", one.language
        )
        for one in here
    }
    others = {one.person: Signer(one.person, one.called, one.name) for one in household.others if not one.has_file}
    return files | others
