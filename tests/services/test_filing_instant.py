"""The instant of a filing is when the request arrived: not when it was read, queued or committed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from time import sleep

import pytest

from tests.clock import local
from tests.pages.browser import Browser, Page
from tests.pages.world import World


def check_page(browser: Browser, name: str = "Léa Minuit") -> Page:
    return browser.open("/fr/demand/new").form("/demand/new").fill(name=name, commune="6248").submit()


def filed_row(world: World) -> tuple[datetime, date, datetime, datetime]:
    instant, day, recorded_at, entered_at = world.row(
        "SELECT d.instant, d.filing_date, d.recorded_at, r.instant FROM demand d"
        " JOIN filing_register r ON r.sequence = d.register_sequence ORDER BY r.sequence DESC LIMIT 1"
    )
    return instant.astimezone(UTC), day, recorded_at.astimezone(UTC), entered_at.astimezone(UTC)


EDGES = [
    ("midnight", "2026-11-10 23:59:59.9", "2026-11-11 00:00:04", date(2026, 11, 10), "10 novembre", "23:59"),
    ("month-end", "2026-10-31 23:59:59.999", "2026-11-01 00:00:09", date(2026, 10, 31), "31 octobre", "23:59"),
    ("year-end", "2026-12-31 23:59:58", "2027-01-01 00:00:03", date(2026, 12, 31), "31 décembre", "23:59"),
    ("leap-day", "2028-02-29 23:59:59.5", "2028-03-01 00:00:02", date(2028, 2, 29), "29 février", "23:59"),
    ("just-after", "2026-11-01 00:00:00", "2026-11-01 00:00:05", date(2026, 11, 1), "1 novembre", "00:00"),
    ("spring-forward", "2027-03-28 01:59:59.9", "2027-03-28 03:00:02", date(2027, 3, 28), "28 mars", "01:59"),
    ("before-spring", "2027-03-27 23:59:59", "2027-03-28 00:00:01", date(2027, 3, 27), "27 mars", "23:59"),
    ("after-autumn", "2026-10-25 23:59:59", "2026-10-26 00:00:01", date(2026, 10, 25), "25 octobre", "23:59"),
]


@pytest.mark.parametrize(
    ("arrived", "committed", "day", "spoken", "hour"), [e[1:] for e in EDGES], ids=[e[0] for e in EDGES]
)
def test_arrival_counts_not_the_commit(
    clean_world: World, arrived: str, committed: str, day: date, spoken: str, hour: str
) -> None:
    world = clean_world
    world.clock.set(arrived)
    check = check_page(world.browser())
    # The clock jumps as soon as the request is stamped: reading, validating and storing happen «later».
    world.clock.then(local(committed))
    page = check.form("/demand/new").submit()
    assert world.clock.now() == local(committed)
    assert filed_row(world) == (local(arrived), day, local(arrived), local(arrived))
    date_line = " ".join(page.classed("panel-date")[0].itertext()).replace("1er ", "1 ")
    assert spoken in date_line
    assert hour in date_line


@pytest.mark.parametrize("fold", [0, 1], ids=["summer-time", "winter-time"])
def test_the_hour_that_happens_twice_in_october(clean_world: World, fold: int) -> None:
    world = clean_world
    instant = world.clock.set("2026-10-25 02:30", fold=fold)
    check_page(world.browser()).form("/demand/new").submit()
    assert filed_row(world)[:2] == (instant, date(2026, 10, 25))
    assert local("2026-10-25 02:30", fold=1) - local("2026-10-25 02:30", fold=0) == timedelta(hours=1)


def test_two_filings_in_the_doubled_hour_keep_their_order(clean_world: World) -> None:
    world = clean_world
    for fold in (0, 1):
        world.clock.set("2026-10-25 02:59:59" if fold == 0 else "2026-10-25 02:00:01", fold=fold)
        world.announce()
    with world.superuser() as connection:
        rows = connection.execute("SELECT instant FROM filing_register ORDER BY sequence").fetchall()
    assert rows[0] < rows[1]


def test_waiting_for_the_register_does_not_move_the_date(clean_world: World) -> None:
    """Another filing holds the register's lock over midnight: the one that waits keeps its arrival."""
    world = clean_world
    world.clock.set("2026-10-31 23:59:59")
    check = check_page(world.browser())
    pages: list[Page] = []
    with world.superuser() as other:
        other.execute("SELECT pg_advisory_xact_lock(7201101)")
        thread = Thread(target=lambda: pages.append(check.form("/demand/new").submit()))
        thread.start()
        for _ in range(200):
            waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7201101 AND NOT granted"
            if world.row(waiting)[0]:
                break
            sleep(0.01)
        else:
            pytest.fail("the filing does not wait for the register")
        world.clock.set("2026-11-01 00:00:20")
        other.commit()
        thread.join(10)
    assert pages[0].status == 200
    assert filed_row(world)[1] == date(2026, 10, 31)
