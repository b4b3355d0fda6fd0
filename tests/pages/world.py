"""The portal in this process over the real stack: two surfaces with the roles of production, one clock to set.

The apps are made once for each test session; `world()` gives the same one to every folder's fixtures.
"""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import psycopg
from flask import Flask

from devstack.oidc import DEMO_CASEWORKERS
from devstack.stack import Stack
from portal.adapters.database import Database as PortalDatabase
from portal.adapters.mail import Mailer
from portal.adapters.objects import ObjectStore
from portal.domain.demand import Announcement, Channel, Person
from portal.domain.role import Role
from portal.factory import create_app
from portal.services.actor import Actor, ActorKind
from portal.services.demands import DemandView
from portal.services.filed import find_filed
from portal.services.filing import Contact, Filing, file_demand
from portal.services.kit import Kit, build_kit
from portal.services.staff import enrol, staff_sign_in
from portal.settings import Settings
from portal.worker import mailer
from tests.clock import SettableClock
from tests.devstack.database import Database
from tests.pages.browser import Browser
from tests.provider import vouched

SIERRE, VISP, SION, LEUK = 6248, 6297, 6266, 6110
"""Communes with one sure region (sierre, oberwallis, sion-herens-conthey, oberwallis)."""
UNSURE = 6219
"""Vernayaz: two regions may be responsible."""
JANE = Person(name="Jeanne Dupont", birth_year=1980, phone="+41 79 555 00 01", email="jeanne@example.ch")
_numbers = itertools.count(1)


@dataclass
class Announced:
    """A demand that a test filed, with everything that its person knows."""

    token: bytes
    view: DemandView
    code: str
    sent: dict[str, uuid.UUID] = field(default_factory=dict)
    """What its adult has sent, where a test needs it: by the names that addresses have for it."""
    report: str = "abcdefghij"
    """The name of a change that its adult reported, where a test needs one."""

    @property
    def reference(self) -> str:
        """The public reference."""
        return self.view.reference

    @property
    def id(self) -> uuid.UUID:
        """The demand's id."""
        return self.view.id


@dataclass
class World:
    """Everything that tests of services and pages stand on."""

    stack: Stack
    database: Database
    clock: SettableClock = field(default_factory=SettableClock)

    def settings(self, role: str = "both", **changes: Any) -> Settings:
        """The settings of a process that signs in as `portal_<role>`."""
        settings = Settings.from_env(self.stack.env(role))  # type: ignore[arg-type]
        return replace(settings, **changes) if changes else settings

    @cached_property
    def citizen_app(self) -> Flask:
        """The surface of the citizens, as in production: with the role `portal_citizen`."""
        return create_app(self.settings("citizen"), self.clock)

    @cached_property
    def staff_app(self) -> Flask:
        """The surface of the staff, with the role `portal_staff`."""
        return create_app(self.settings("staff"), self.clock)

    @cached_property
    def both_app(self) -> Flask:
        """Both surfaces in one process, as `make run` has it."""
        return create_app(self.settings("both"), self.clock)

    @cached_property
    def citizen(self) -> Kit:
        """What services get in a citizen process."""
        return self.citizen_app.extensions["kit"]  # type: ignore[no-any-return]

    @cached_property
    def staff(self) -> Kit:
        """What services get in a staff process."""
        return self.staff_app.extensions["kit"]  # type: ignore[no-any-return]

    @cached_property
    def worker(self) -> Kit:
        """What services get in the worker."""
        return build_kit(self.settings("worker"), self.clock, web=False)

    @cached_property
    def owner(self) -> PortalDatabase:
        """The owner's connections, for what an administrator does."""
        return PortalDatabase(self.database.url())

    @property
    def mailer(self) -> Mailer:
        """The worker's way to the mail sink."""
        return mailer(self.settings("worker"))

    @property
    def store(self) -> ObjectStore:
        """The worker's way to the objects."""
        return self.worker.store

    def browser(self, accept_language: str = "fr") -> Browser:
        """A person's browser on the citizen surface."""
        return Browser(self.citizen_app, accept_language=accept_language)

    def announce(self, person: Person = JANE, *, commune: int | None = SIERRE, **more: Any) -> Announced:
        """File a demand online, as the citizen process does. `more` are fields of Announcement, `source` and `situation`."""
        source, language = more.pop("source", None), more.pop("language", "fr")
        situation = more.pop("situation", None)
        announcement = Announcement(person=person, language=language, commune_bfs=commune, **more)
        token, now = os.urandom(32), self.clock.now()
        filing = Filing(announcement, Contact(Channel.ONLINE, now), token, source, situation=situation)
        assert file_demand(self.citizen, visitor(), filing, now)
        found = find_filed(self.citizen, token)
        assert found is not None
        assert found.access_code is not None
        return Announced(token, found.demand, found.access_code)

    def caseworker(
        self,
        region: str | None = "sierre",
        subject: str | None = None,
        *,
        roles: Iterable[Role] = (Role.SOCIAL_WORKER,),
    ) -> Actor:
        """A caseworker of a region, enrolled."""
        subject, held = subject or f"worker-{next(_numbers)}", frozenset(roles)
        enrol(self.owner, self.stack.oidc.issuer, subject, f"Name of {subject}", region, held)
        with self.database.connect() as connection:
            row = connection.execute("SELECT id FROM caseworker WHERE subject = %s", [subject]).fetchone()
        assert row is not None
        return Actor(ActorKind.STAFF, "test", row[0], region=region, roles=held)

    def desk(
        self,
        region: str | None = "sierre",
        *,
        app: Flask | None = None,
        language: str = "fr",
        roles: Iterable[Role] = (Role.SOCIAL_WORKER,),
    ) -> Browser:
        """The browser of a caseworker who has signed in."""
        subject = f"worker-{next(_numbers)}"
        self.caseworker(region, subject, roles=roles)
        secret = staff_sign_in(
            self.staff, self.stack.oidc.issuer, subject, language, "test", vouched(self.stack, subject)
        )
        assert secret is not None
        browser = Browser(app or self.staff_app)
        browser.set_cookie("staff", secret)
        return browser

    def visit(self, announced: Announced, *, app: Flask | None = None) -> Browser:
        """The browser of a person who has signed in with reference and code."""
        browser = Browser(app or self.citizen_app)
        page = browser.open("/fr/sign-in")
        page.form("/sign-in").fill(reference=announced.reference, code=announced.code).submit()
        assert browser.page is not None
        assert browser.page.path == "/fr/dossier"
        return browser

    def adult(self, announced: Announced) -> Actor:
        """The person themselves, signed in, as services know them."""
        return Actor(ActorKind.CITIZEN, "test", announced.view.adult_id, announced.view.dossier_id)

    def row(self, query: str, *values: Any) -> tuple[Any, ...]:
        """The one row of a query, asked as the superuser would: nothing is hidden from a test."""
        with self.superuser() as connection:
            row = connection.execute(query, values).fetchone()  # type: ignore[arg-type]
        assert row is not None
        return tuple(row)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.row(f"SELECT count(*) FROM {table}")[0])  # noqa: S608 - names of our own tables

    @contextmanager
    def superuser(self, *, triggers: bool = True) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """A superuser's transaction, without triggers if wanted: what an intruder could do to the tables."""
        with self.database.connect("postgres") as connection:
            if not triggers:
                connection.execute("SET LOCAL session_replication_role = replica")
            yield connection


def visitor() -> Actor:
    """Somebody who has not signed in."""
    return Actor(ActorKind.VISITOR, "test")


_worlds: dict[int, World] = {}


def world_of(stack: Stack, database: Database) -> World:
    """The one world of a test session."""
    if id(stack) not in _worlds:
        _worlds[id(stack)] = World(stack, database)
    return _worlds[id(stack)]


DEMO = DEMO_CASEWORKERS
