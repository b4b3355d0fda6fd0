"""Acknowledge a notice: each adult for themselves, once for each version. Evidence: it is never changed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Update, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from portal import content
from portal.adapters.envelope import UnreadableError
from portal.domain.demand import name_key
from portal.domain.notice import RIGHTS, Changes, Way, changes
from portal.models import Acknowledgement, NoticeLink
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.kit import Kit
from portal.services.notices.people import Signer, household_of_opened, own_household
from portal.services.situations import NotInHouseholdError, Opened
from portal.services.writing import adult_of, audit


class OtherVersionError(ValueError):
    """The version that was read is not the newest any more, or never was one: the person reads the new one first."""


@dataclass(frozen=True)
class Given:
    """One adult has acknowledged one version."""

    version: int
    language: str
    way: Way
    instant: datetime
    name: str = field(default="", compare=False)
    """As the household said it then; empty where it did not, where it cannot be read now, and by a link."""


@dataclass(frozen=True)
class Standing:
    """Where one adult stands with a notice."""

    signer: Signer
    given: Given | None
    """Of the newest version."""
    before: Given | None
    """Of the last version before it that they acknowledged."""

    @property
    def named_then(self) -> str:
        """The name under which they acknowledged, where the answers name them otherwise now: it may be another person."""
        then = self.given.name if self.given else ""
        return then if then and name_key(then) != name_key(self.signer.name) else ""


@dataclass(frozen=True)
class Wanted:
    """Which version is acknowledged, and how."""

    version: int
    language: str
    way: Way


def own_standings(kit: Kit, actor: Actor, language: str) -> tuple[Standing, ...]:
    """Every adult of the reader's household, the reader first. Raises `NotInHouseholdError`, `NotYoursError`."""
    with kit.database.reading() as session:
        people = own_household(session, kit, actor, language)
        return standings_in(session, kit, actor.dossier_id, people.values())


def missing_in(session: Session, kit: Kit, actor: Actor, opened: Opened, language: str) -> tuple[Signer, ...]:
    """Who of the reader's household has not acknowledged yet, by answers that the reader has open already."""
    people = household_of_opened(kit, actor, opened, language)
    standings = standings_in(session, kit, actor.dossier_id, people.values())
    return tuple(one.signer for one in standings if one.given is None)


def standings_in(
    session: Session, kit: Kit, dossier: uuid.UUID | None, people: Iterable[Signer]
) -> tuple[Standing, ...]:
    """The same within a transaction, for a caller that has proven whose dossier it is."""
    return standings_of(given_in(session, kit, dossier), people)


def standings_of(given: Mapping[str, Mapping[int, Given]], people: Iterable[Signer]) -> tuple[Standing, ...]:
    """Where these people stand, by what `given_in` has read."""
    newest = content.current(RIGHTS).version
    return tuple(
        Standing(
            signer,
            (mine := given.get(signer.person, {})).get(newest),
            next((mine[version] for version in sorted(mine, reverse=True) if version < newest), None),
        )
        for signer in people
    )


def given_in(session: Session, kit: Kit, dossier: uuid.UUID | None) -> dict[str, dict[int, Given]]:
    """Person → version → what was acknowledged, of everybody who ever was of the household; for the same caller."""
    rows = session.scalars(
        select(Acknowledgement)
        .where(Acknowledgement.dossier_id == dossier, Acknowledgement.notice == RIGHTS)
        .order_by(Acknowledgement.version)
    )
    given: dict[str, dict[int, Given]] = {}
    for row in rows:
        given.setdefault(row.person, {})[row.version] = _given(kit, row)
    return given


def acknowledge_own(kit: Kit, actor: Actor, person: str, version: int, language: str) -> Given:
    """An adult acknowledges on this device, or another one of the household to whom it is handed.

    The same once more changes nothing, and gives what stands. Raises `OtherVersionError`, and `NotInHouseholdError` for
    somebody whom the answers do not name as grown up.
    """
    if actor.kind is not ActorKind.CITIZEN or actor.dossier_id is None:
        raise NotYoursError
    with kit.database.transaction() as session:
        people = own_household(session, kit, actor, language)
        if person not in people:
            raise NotInHouseholdError
        wanted = Wanted(version, language, Way.DEVICE)
        return acknowledge_in(session, kit, actor, actor.dossier_id, people[person], wanted)


def acknowledge_in(
    session: Session, kit: Kit, actor: Actor, dossier: uuid.UUID, signer: Signer, wanted: Wanted
) -> Given:
    """Write it down, for a caller that has proven who it is. Raises `OtherVersionError`."""
    found = content.current(RIGHTS)
    if wanted.version != found.version:
        raise OtherVersionError
    now, row_id = kit.clock.now(), uuid.uuid4()
    made = session.execute(
        insert(Acknowledgement)
        .values(
            id=row_id,
            dossier_id=dossier,
            person=signer.person,
            notice=RIGHTS,
            version=found.version,
            language=wanted.language,
            words_digest=content.words(RIGHTS, found.version, wanted.language).digest,
            way=wanted.way.value,
            instant=now,
            adult_id=actor.id if wanted.way is Way.DEVICE else None,
            caseworker_id=actor.id if wanted.way is Way.DESK else None,
            details=kit.envelope.seal(signer.name.encode(), signed_context(row_id)),
        )
        .on_conflict_do_nothing(index_elements=["dossier_id", "person", "notice", "version"])
        .returning(Acknowledgement.id)
    ).scalar_one_or_none()
    session.execute(open_links(dossier, signer.person).values(used_at=now))  # from now on they show what was given
    whose = adult_of(session, dossier, signer.person)
    audit(session, actor, "notice:acknowledge", now, dossier, "done" if made else "unchanged", adult_id=whose)
    return _given(
        kit,
        session.scalars(
            select(Acknowledgement).where(
                Acknowledgement.dossier_id == dossier,
                Acknowledgement.person == signer.person,
                Acknowledgement.notice == RIGHTS,
                Acknowledgement.version == found.version,
            )
        ).one(),
    )


def signed_context(row_id: uuid.UUID) -> str:
    """What the sealed name of an acknowledgement is bound to."""
    return f"acknowledgement/{row_id}"


def open_links(dossier: uuid.UUID, person: str) -> Update:
    """The open links for one adult, to be used up or ended, for a caller that has proven whose dossier it is."""
    return (
        update(NoticeLink)
        .where(NoticeLink.dossier_id == dossier, NoticeLink.person == person)
        .where(NoticeLink.used_at.is_(None), NoticeLink.ended_at.is_(None))
    )


def what_changed(before: Given, language: str) -> Changes:
    """What is other in the newest version than in the one that was acknowledged, in the reader's language."""
    newest = content.current(RIGHTS).version
    return changes(content.words(RIGHTS, before.version, language), content.words(RIGHTS, newest, language))


def _given(kit: Kit, row: Acknowledgement) -> Given:
    try:
        name = kit.envelope.open(row.details, signed_context(row.id)).decode()
    except UnreadableError:  # its key is gone: that somebody acknowledged stands all the same
        name = ""
    return Given(row.version, row.language, Way(row.way), row.instant, name)
