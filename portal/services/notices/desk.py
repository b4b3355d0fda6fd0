"""Notices at the desk: who of a household acknowledged, which chapters to explain, and to write down what was done here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from portal.domain.notice import Way
from portal.services.actor import Actor, NotYoursError
from portal.services.adults import Household, household_of
from portal.services.begun_on_paper import Head
from portal.services.kit import Kit
from portal.services.notices.acknowledging import (
    Given,
    Standing,
    Wanted,
    acknowledge_in,
    given_in,
    open_links,
    standings_in,
    standings_of,
)
from portal.services.notices.links import make_in, open_until
from portal.services.notices.people import Signer, desk_household, signers_of
from portal.services.notices.progress import to_explain_in
from portal.services.situations import NotInHouseholdError
from portal.services.writing import adult_of, audit


@dataclass(frozen=True)
class AtDesk:
    """What the desk sees of a household and the notice."""

    standings: tuple[Standing, ...]
    to_explain: Mapping[str, tuple[str, ...]]
    """Person → ids of the chapters to explain; the answers themselves are nobody's business."""
    links: Mapping[str, datetime]
    """Person → until when their open link works."""
    former: tuple[Given, ...]
    """What was acknowledged by somebody whom the household does not name any more."""


def at_desk(kit: Kit, actor: Actor, demand: Head, language: str) -> AtDesk:
    """Of a demand in the actor's scope, once their region has taken it. Raises NotYoursError."""
    _taken(actor, demand)
    people = desk_household(kit, demand, language)
    with kit.database.reading() as session:
        given = given_in(session, kit, demand.dossier_id)
        return AtDesk(
            standings_of(given, people.values()),
            to_explain_in(session, kit, demand.dossier_id),
            open_until(session, kit, demand.dossier_id),
            tuple(one for person, versions in given.items() for one in versions.values() if person not in people),
        )


def missing_at_desk(
    kit: Kit, actor: Actor, demand: Head, language: str, household: Household | None = None
) -> tuple[str, ...] | None:
    """Who has not acknowledged the newest version, by name (may be empty); None where another region, or none, has it.

    `household`: where the caller knows it already; its answers are then not opened once more.
    """
    if actor.region is None or demand.region != actor.region:
        return None
    people = signers_of(household or household_of(kit, demand, language))
    with kit.database.reading() as session:
        standings = standings_in(session, kit, demand.dossier_id, people.values())
    return tuple(one.signer.called for one in standings if one.given is None)


def acknowledge_at_desk(kit: Kit, actor: Actor, demand: Head, person: str, version: int, language: str) -> Given:
    """An adult who is there acknowledges before the caseworker, or signed the paper form.

    Raises `OtherVersionError`, `NotInHouseholdError`, NotYoursError.
    """
    signer = _signer(kit, actor, demand, person)
    with kit.database.transaction() as session:
        wanted = Wanted(version, language, Way.DESK)
        return acknowledge_in(session, kit, actor, demand.dossier_id, signer, wanted)


def link_at_desk(kit: Kit, actor: Actor, demand: Head, person: str, token: str = "") -> str:
    """The secret of a new link for an adult; an older one ends. `token`: as for `links.make_link`.

    Raises `NotInHouseholdError`, NotYoursError.
    """
    _signer(kit, actor, demand, person)
    with kit.database.transaction() as session:
        return make_in(session, kit, actor, demand.dossier_id, person, token)


def take_back_at_desk(kit: Kit, actor: Actor, demand: Head, person: str) -> None:
    """End the open link for an adult. Raises NotYoursError."""
    _taken(actor, demand)
    now = kit.clock.now()
    with kit.database.transaction() as session:
        session.execute(open_links(demand.dossier_id, person).values(ended_at=now))
        whose = adult_of(session, demand.dossier_id, person)
        audit(session, actor, "notice-link:end", now, demand.dossier_id, adult_id=whose)


def _signer(kit: Kit, actor: Actor, demand: Head, person: str) -> Signer:
    _taken(actor, demand)
    people = desk_household(kit, demand, "fr")
    if person not in people:
        raise NotInHouseholdError
    return people[person]


def _taken(actor: Actor, demand: Head) -> None:
    """The demand came from a query in the actor's scope; what follows is for the region that has it."""
    if actor.region is None or demand.region != actor.region:
        raise NotYoursError
