"""Histories through the services: fifty of the thousand of `make soak ARGS=histories`; and that a fault would be seen."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from portal.services.reports import reading, sending
from portal.services.reports.stored import ReportView, live_of
from tests.histories import book
from tests.histories.house import House, WrongError, household
from tests.histories.looking import look
from tests.histories.served import SUPERUSER, run_served, verify
from tests.histories.steps import Steps
from tests.pages.world import World

SEED, EACH = 7, 10
OFTEN = ("reports", "corrections", "withdrawals", "moves", "moves out of the canton", "permits", "snapshots")


@pytest.mark.parametrize("share", range(5))
def test_every_day_after_every_step_equals_the_replay(clean_world: World, share: int) -> None:
    found = run_served(clean_world, range(SEED + share * EACH, SEED + (share + 1) * EACH))
    verify(clean_world, found)
    assert found.faults == [], "one alone: make soak ARGS='histories --seed N --count 1'"
    assert (found.histories, found.steps) == (EACH, EACH * 10)
    assert min(found.done[word] for word in OFTEN) >= 1, found.line()
    assert found.two_adults >= 2


def test_a_history_is_the_same_for_the_same_seed(clean_world: World) -> None:
    """So that one that fails can be run alone."""
    one, again, other = (run_served(clean_world, [seed]) for seed in (SEED, SEED, SEED + 1))
    assert one == again
    assert one != other


def all_hold(reports: Iterable[ReportView], adult: uuid.UUID | None = None) -> object:
    """Reports, the withdrawn ones among them, as if they held."""
    return live_of([replace(one, events=()) for one in reports], adult)


def everything_is_seen(reports: Iterable[ReportView], _adult: uuid.UUID | None = None) -> object:
    """What others said for themselves alone, too."""
    return live_of(reports)


def nothing_was_sent(*_any: object) -> None:
    """No token was ever used."""


@pytest.mark.parametrize(
    ("where", "name", "broken"),
    [
        (reading, "live_of", all_hold),
        (reading, "live_of", everything_is_seen),
        (sending, "_by_token", nothing_was_sent),
    ],
    ids=["withdrawn reports hold", "others see what is one's own", "a token sends twice"],
)
def test_a_broken_service_is_seen(
    clean_world: World, monkeypatch: pytest.MonkeyPatch, where: object, name: str, broken: object
) -> None:
    monkeypatch.setattr(where, name, broken)
    assert any(run_served(clean_world, [seed]).faults for seed in range(10, 22))


@pytest.mark.parametrize("table", ["change_report", "filing_register", "situation_snapshot"])
def test_a_row_that_was_changed_or_lost_is_seen(clean_world: World, table: str) -> None:
    with clean_world.database.connect(SUPERUSER, autocommit=True) as connection:
        house = House(clean_world, connection, clean_world.caseworker("sierre"))
        random = Random(SEED)  # noqa: S311
        file = household(house, random)
        steps = Steps(house, random, Counter())
        while not file.book.reports:
            steps.report(file)
        steps.send(file)
        assert look(house, file, random)
        instant = "sent_at" if table == "situation_snapshot" else "recorded_at"
        with clean_world.superuser(triggers=False) as intruder:
            intruder.execute(f"UPDATE {table} SET {instant} = {instant} + interval '1 second'")  # noqa: S608
        with pytest.raises(WrongError, match="not as it was sent"):
            look(house, file, random)


def test_the_book_shares_no_code_with_what_it_proves() -> None:
    text = Path(book.__file__).read_text("utf-8").split('"""', 2)[2]
    assert "import" in text
    assert "portal." not in text
