"""Files that began on paper, in tests: one is opened in one line, and its person signs in."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from datetime import date

from portal.domain.demand import Person
from portal.services.actor import Actor, ActorKind
from portal.services.paper_files import NewPaperFile, letter, open_paper_file
from tests.pages.browser import Browser
from tests.pages.world import SIERRE, World

ROSA = Person(name="Rosa Nunes", birth_year=1970, phone="+41 79 555 21 21")


@dataclass(frozen=True)
class OnPaper:
    """A file, and everything that its person knows."""

    dossier_id: uuid.UUID
    adult_id: uuid.UUID
    reference: str
    code: str
    token: bytes

    @property
    def actor(self) -> Actor:
        """Its person, signed in."""
        return Actor(ActorKind.CITIZEN, "test", self.adult_id, self.dossier_id, person="a")

    def browser(self, world: World) -> Browser:
        """Their browser: they have signed in with what the letter says."""
        browser = world.browser()
        page = browser.open("/fr/sign-in").form("/sign-in").fill(reference=self.reference, code=self.code).submit()
        assert (page.status, page.path) == (200, "/fr/dossier"), page.text
        return browser


def on_paper(
    world: World,
    region: str = "sierre",
    *,
    person: Person = ROSA,
    since: date = date(2024, 5, 17),
    language: str = "fr",
    commune: int | None = SIERRE,
    token: bytes | None = None,
    worker: Actor | None = None,
) -> OnPaper:
    """Open one at that centre's desk."""
    worker, made = worker or world.caseworker(region), token or os.urandom(32)
    dossier = open_paper_file(world.staff, worker, NewPaperFile(person, language, commune, since), made)
    found = letter(world.staff, worker, dossier, made, hand_out=False)
    assert found.access_code is not None
    return OnPaper(dossier, found.file.adult_id, found.file.reference, found.access_code, made)
