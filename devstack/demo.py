"""Demo data for `make run`: people of the desk and a few demands, filed through the portal's own services.

Invented people only. Run once per database; the addresses come from the environment that `make run` writes.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta

from devstack.oidc import DEMO_CASEWORKERS
from portal.adapters.clock import SystemClock
from portal.adapters.database import Database
from portal.domain.demand import Announcement, Channel, Helper, Need, Person
from portal.domain.role import Role
from portal.services.actor import Actor, ActorKind
from portal.services.filing import Contact, Filing, file_demand
from portal.services.kit import build_kit
from portal.services.staff import enrol
from portal.settings import Settings, owner_database_url

SION, SIERRE, VISP, MONTHEY, VERNAYAZ, LEUK = 6266, 6248, 6297, 6153, 6219, 6110

MARTA = Person("Marta Sousa", birth_date=date(1988, 4, 12), email="marta@example.ch")
SAMIR = Person("سمير الحاج", "Samir Al Hajj", phone="+41 79 555 01 02", interview_language="ar", interpreter=True)
YOHANNES = Person("Yohannes Tesfay", unreachable=True, interview_language="ti", interpreter=True)
DAUGHTER = Helper("Ruth Zenhäusern", "Tochter")

# Days ago, what was said, how it came.
DEMANDS = (
    (
        26,
        Announcement(Person("Lucien Favre", birth_year=1961, phone="+41 79 555 01 01"), "fr", SIERRE),
        Channel.WALK_IN,
    ),
    (9, Announcement(MARTA, "pt", SIERRE), Channel.ONLINE),
    (3, Announcement(SAMIR, "ar", SIERRE, urgent=True, needs=(Need.LODGING, Need.FOOD)), Channel.ONLINE),
    (1, Announcement(YOHANNES, "en", None), Channel.ONLINE),
    (1, Announcement(Person(None, phone="+41 79 555 01 03"), "fr", VERNAYAZ), Channel.ONLINE),
    (0, Announcement(Person("Anna Imboden", birth_year=1990, phone="+41 79 555 01 04"), "de", VISP), Channel.ONLINE),
    (0, Announcement(Person("Josef Zenhäusern", birth_year=1955), "de", LEUK, DAUGHTER), Channel.PHONE),
    (12, Announcement(Person("Claude Rey", phone="+41 79 555 01 05"), "fr", MONTHEY), Channel.LETTER),
    (5, Announcement(Person("Inês Rocha", email="ines@example.ch"), "pt", SION), Channel.ONLINE),
)


def load() -> None:
    """Enrol the caseworkers and file the demands."""
    settings = Settings.from_env()
    kit = build_kit(settings, SystemClock())
    provider = settings.oidc_staff
    if provider is None:
        raise RuntimeError("demo data need the staff surface")
    owner = Database(owner_database_url())
    for caseworker in DEMO_CASEWORKERS:
        roles = map(Role, caseworker.roles)
        enrol(owner, provider.issuer, caseworker.subject, caseworker.name, caseworker.region, roles)
    owner.close()
    actor = Actor(ActorKind.VISITOR, "demo-data")
    for days, announcement, channel in DEMANDS:
        moment: datetime = kit.clock.now() - timedelta(days=days, minutes=days * 7 % 60)
        file_demand(kit, actor, Filing(announcement, Contact(channel, moment), os.urandom(32)), moment)


if __name__ == "__main__":
    load()
