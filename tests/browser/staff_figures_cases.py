"""Figures: of the canton and of a centre, fine and coarse, a region that cannot stand apart, before any quarter is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.dialects.postgresql import insert

from portal.domain.demand import Channel
from portal.domain.figures import Household
from portal.i18n.languages import CODES
from portal.models import FigurePeriod
from portal.services.figures import content_of
from tests.browser.cases import case
from tests.browser.staff_cases import at_the_desk
from tests.browser.visits import ClientVisit, Visit
from tests.browser.world import SIERRE, VISP

CHALAIS = 6232
SINCE, UNTIL, FILED = date(2026, 4, 1), date(2026, 7, 1), date(2026, 4, 20)
LEAD, PAUL = "luc.demo", "paul.demo"
ONE = Household(
    FILED, "sierre", SIERRE, "sierre-sierre", "online", "fr", None, None, None, None, False, None, False, {}
)  # fmt: skip
DAYS = {name: FILED + timedelta(days=days) for name, days in (("7", 3), ("14", 10), ("30", 20), ("later", 50))}
FINE = (
    *(replace(ONE, channel=channel, language=language) for channel in Channel for language in CODES),
    *(replace(ONE, sent_on=day, begun=True, papers=True, decided_on=day) for day in DAYS.values()),
    replace(ONE, withdrawn_on=date(2026, 5, 9), filed=date(2026, 5, 3)),
    replace(ONE, begun=True, urgent_asked_on=FILED),
    replace(ONE, urgent_asked_on=FILED, urgent_decided_on=FILED, asked={"lease": True, "identity_paper": False}),
)
"""One of each; five times as many can be shown group by group."""


def written(visit: Visit, households: Sequence[Household], since: date = SINCE, until: date = UNTIL) -> None:
    """A period with these households."""
    world = visit.world
    content = content_of(households, since)
    assert content is not None
    with world.kit.database.transaction() as session:
        row = {"since": since, "until": until, "made_at": world.kit.clock.now(), "content": content}
        session.execute(insert(FigurePeriod).values(**row).on_conflict_do_nothing())


def reading(visit: Visit, subject: str = PAUL) -> None:
    visit.world.enrol()
    at_the_desk(visit, subject)
    visit.get("/staff/figures")


@case("staff_figures.show", "staff/figures")
def staff_figures_none(visit: Visit) -> None:
    reading(visit)


@case("staff_figures.show", "staff/figures")
def staff_figures_of_the_canton(visit: Visit) -> None:
    """Two regions and what no centre has yet; two periods."""
    elsewhere = replace(ONE, region="oberwallis", commune=VISP, antenna="oberwallis-visp", language="de")
    free = replace(ONE, region=None, commune=None, antenna=None)
    written(visit, [*FINE * 5, *[elsewhere, free] * 6])
    written(visit, [ONE] * 8, date(2026, 1, 1), SINCE)
    reading(visit)
    if isinstance(visit, ClientVisit):  # a browser would keep the file and stay
        visit.get("/staff/figures/figures.csv")
        visit.get("/staff/figures")


@case("staff_figures.show", "staff/figures")
def staff_figures_of_a_centre(visit: Visit) -> None:
    written(visit, FINE * 5)
    reading(visit, LEAD)


@case("staff_figures.show", "staff/figures", look=False)
def staff_figures_coarse(visit: Visit) -> None:
    """A few of each are too few: other channels, other languages, an antenna, answers sent or not, in time or not."""
    few = [
        replace(ONE, channel="phone", language="pt", commune=CHALAIS, sent_on=DAYS["7"], decided_on=FILED),
        replace(ONE, channel="letter", language="ar", sent_on=DAYS["14"], decided_on=DAYS["later"]),
    ]
    written(visit, [*few * 3, *[ONE] * 10, *[replace(ONE, decided_on=FILED)] * 2])
    reading(visit)


@case("staff_figures.show", "staff/figures", look=False)
def staff_figures_coarser_still(visit: Visit) -> None:
    """Of urgent help only how many asked, of answers only whether they were sent; months and papers are missing.

    One withdrew: how many were decided in time is known as a least.
    """
    asked = replace(ONE, urgent_asked_on=FILED)
    some = [*[asked] * 3, *[replace(asked, urgent_decided_on=FILED)] * 3, *[ONE] * 9]
    alone = replace(ONE, begun=True, papers=True, filed=date(2026, 5, 3), withdrawn_on=date(2026, 5, 9))
    written(visit, [*some, alone, *[replace(ONE, sent_on=FILED, decided_on=FILED)] * 6])
    reading(visit)


@case("staff_figures.show", "staff/figures", look=False)
def staff_figures_of_a_centre_that_cannot_stand_apart(visit: Visit) -> None:
    written(visit, [*[ONE] * 9, replace(ONE, region="bas-valais")])
    reading(visit, LEAD)
