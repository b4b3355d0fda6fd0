"""Demo data for `make run`: people of the desk, a few demands filed through the portal's own services, and a past quarter.

Invented people only; behind the figures of the past quarter there is nobody at all. Run once per database; the addresses
come from the environment that `make run` writes.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from devstack.oidc import DEMO_CASEWORKERS
from portal.adapters.clock import SystemClock
from portal.adapters.database import Database
from portal.domain.demand import Announcement, Channel, Helper, Need, Person, filing_day
from portal.domain.figures import Household, closed, quarter_of
from portal.domain.role import Role
from portal.models import FigurePeriod
from portal.services.actor import Actor, ActorKind
from portal.services.figures import content_of
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

# Of the past quarter, five households of each, so that no group is small: day of the filing, channel, language, and how many
# days later the commune decided, the answers were sent and the demand was withdrawn; then the kinds of paper asked for, and
# whether one was refused.
PAST: tuple[tuple[int, Channel, str, int | None, int | None, int | None, dict[str, bool]], ...] = (
    (3, Channel.ONLINE, "fr", 18, 4, None, {"identity_paper": False, "lease": True}),
    (10, Channel.ONLINE, "de", 27, 6, None, {"identity_paper": False, "lease": False}),
    (24, Channel.PHONE, "fr", 30, 12, None, {"identity_paper": True, "payslips": False}),
    (38, Channel.ONLINE, "pt", 41, 22, None, {"lease": True}),
    (52, Channel.WALK_IN, "fr", None, None, None, {}),
    (70, Channel.WALK_IN, "ar", 22, 40, None, {"payslips": True}),
    (81, Channel.ONLINE, "fr", None, None, 8, {}),
)
"""Those who walked in asked for urgent help."""
PLACES = (("sierre", SIERRE, "sierre-sierre"), ("oberwallis", VISP, "oberwallis-visp"))


def past_quarter(today: date) -> dict[str, Any]:
    """The figures of the quarter that was closed last, as the worker writes them."""
    until = quarter_of(today)
    while not closed(until, today):
        until = quarter_of(until - timedelta(days=1))
    since = quarter_of(until - timedelta(days=1))
    households = []
    for day, channel, language, decided, sent, withdrawn, asked in PAST:
        filed = since + timedelta(days=day)
        days = [None if count is None else filed + timedelta(days=count) for count in (decided, sent, withdrawn)]
        for region, commune, antenna in PLACES:
            one = Household(
                *(filed, region, commune, antenna, channel.value, language),
                withdrawn_on=days[2],
                decided_on=days[0],
                urgent_asked_on=filed if channel is Channel.WALK_IN else None,
                urgent_decided_on=filed + timedelta(days=decided or 3) if channel is Channel.WALK_IN else None,
                begun=sent is not None,
                sent_on=days[1],
                papers=bool(asked),
                asked=asked,
            )
            households += [one] * 5
    return {"since": since, "until": until, "content": content_of(households, since)}


def load() -> None:
    """Enrol the caseworkers, write the past quarter and file the demands."""
    settings = Settings.from_env()
    kit = build_kit(settings, SystemClock())
    provider = settings.oidc_staff
    if provider is None:
        raise RuntimeError("demo data need the staff surface")
    owner = Database(owner_database_url())
    for caseworker in DEMO_CASEWORKERS:
        roles = map(Role, caseworker.roles)
        enrol(owner, provider.issuer, caseworker.subject, caseworker.name, caseworker.region, roles)
    now = kit.clock.now()
    with owner.transaction() as session:
        session.execute(insert(FigurePeriod).values(made_at=now, **past_quarter(filing_day(now))))
    owner.close()
    actor = Actor(ActorKind.VISITOR, "demo-data")
    for days, announcement, channel in DEMANDS:
        moment: datetime = kit.clock.now() - timedelta(days=days, minutes=days * 7 % 60)
        file_demand(kit, actor, Filing(announcement, Contact(channel, moment), os.urandom(32)), moment)


if __name__ == "__main__":
    load()
