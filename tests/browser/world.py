"""The portal's own services on the tests' stack: people, demands and visits that a page needs to exist."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask
from psycopg import sql

from devstack.oidc import DEMO_CASEWORKERS
from devstack.stack import Stack
from portal.adapters.database import Database as PortalDatabase
from portal.domain.demand import Announcement, Channel, Person
from portal.domain.role import Role
from portal.services import citizen, desk, staff
from portal.services.actor import Actor, ActorKind
from portal.services.demands import DemandView
from portal.services.filed import find_filed
from portal.services.filing import Attempt, Contact, Filing, file_demand
from portal.services.kit import Kit
from portal.views.demand import new_token, open_token
from tests.clock import SettableClock
from tests.devstack.database import Database
from tests.provider import vouched

SIERRE, VISP, VERNAYAZ = 6248, 6297, 6219
"""Communes of Sierre's centre, of the Upper Valais, and of a place where two centres may be responsible."""


@cache
def last_day() -> SettableClock:
    """The last day of a month, when the pages say most; one clock, so that it serves one app."""
    clock = SettableClock()
    clock.set("2026-11-30 12:00")
    return clock


@dataclass(frozen=True)
class Known:
    """A demand on file. `token` is the cookie of whoever filed it; `code` is None an hour later."""

    demand: DemandView
    token: str
    code: str | None


class World:
    """One app in this process, on the database that the served portal uses too."""

    def __init__(self, app: Flask, stack: Stack, database: Database) -> None:
        self.app = app
        self.stack = stack
        self.database = database
        self.kit: Kit = app.extensions["kit"]

    def close(self) -> None:
        """Give the connections back."""
        self.kit.database.close()

    def templates(self) -> Path:
        """The folder of the templates."""
        return Path(self.app.root_path) / "templates"

    def owner(self) -> PortalDatabase:
        """The owner's connections, for what an administrator does; to be closed."""
        return PortalDatabase(self.database.url())

    def enrol(self) -> None:
        """Let the demo caseworkers in."""
        owner = self.owner()
        for one in DEMO_CASEWORKERS:
            staff.enrol(owner, self.stack.oidc.issuer, one.subject, one.name, one.region, map(Role, one.roles))
        owner.close()

    def file(
        self,
        announcement: Announcement,
        *,
        ago: timedelta = timedelta(),
        contact: Contact | None = None,
        actor: Actor | None = None,
        attempt: Attempt | None = None,
        situation: Mapping[str, Any] | None = None,
    ) -> Known:
        """File as if it had arrived `ago`."""
        moment = self.kit.clock.now() - ago
        with self.app.app_context():
            token = new_token()
            opened = open_token(token)
        assert opened is not None
        contact = contact or Contact(Channel.ONLINE, moment)
        filing = Filing(announcement, contact, opened, attempt=attempt, situation=situation)
        file_demand(self.kit, actor or self.visitor(), filing, moment)
        found = find_filed(self.kit, opened)
        assert found is not None
        return Known(found.demand, token, found.access_code)

    def somebody(self, language: str = "fr", *, commune: int | None = SIERRE, urgent: bool = False) -> Announcement:
        """An announcement that leaves nothing to ask."""
        person = Person("Odette Rey", birth_year=1974, phone="+41 79 555 01 02", interview_language="fr")
        return Announcement(person, language, commune, urgent=urgent)

    def visit(self, known: Known) -> str:
        """The cookie of the signed-in person."""
        return citizen.enter_after_filing(self.kit, known.demand, "test")

    def caseworker_id(self, subject: str = "claire.demo") -> uuid.UUID:
        """The id of an enrolled caseworker."""
        with self.database.connect() as connection:
            row = connection.execute("SELECT id FROM caseworker WHERE subject = %s", (subject,)).fetchone()
        assert row is not None
        found: uuid.UUID = row[0]
        return found

    def staff_visit(self, subject: str = "claire.demo", language: str = "fr") -> str:
        """The cookie of a signed-in caseworker."""
        secret = staff.staff_sign_in(
            self.kit, self.stack.oidc.issuer, subject, language, "test", vouched(self.stack, subject)
        )
        assert secret is not None
        return secret

    def caseworker(self, region: str = "sierre") -> Actor:
        """A caseworker as services know them."""
        with self.database.connect() as connection:
            row = connection.execute("SELECT id FROM caseworker WHERE region = %s LIMIT 1", [region]).fetchone()
        assert row is not None
        return Actor(ActorKind.STAFF, "test", row[0], region=region)

    def correct(self, known: Known, moment: datetime) -> None:
        """Let the centre open the demand and prove an earlier phone call."""
        actor = self.caseworker()
        desk.open_demand(self.kit, actor, known.demand.id)
        desk.correct(self.kit, actor, known.demand.id, Contact(Channel.PHONE, moment, reason="Note of the call"))

    def visitor(self) -> Actor:
        """Somebody who has not signed in."""
        return Actor(ActorKind.VISITOR, "test")

    @contextmanager
    def table_away(self, name: str) -> Iterator[None]:
        """A fault that nobody foresaw: the table has another name meanwhile."""
        away = sql.SQL("ALTER TABLE {} RENAME TO {}")
        with self.database.connect(autocommit=True) as connection:
            connection.execute(away.format(sql.Identifier(name), sql.Identifier(name + "_away")))
            try:
                yield
            finally:
                connection.execute(away.format(sql.Identifier(name + "_away"), sql.Identifier(name)))
