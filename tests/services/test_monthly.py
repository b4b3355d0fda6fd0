"""«Nothing changed» month by month: once, dated, the adult's own; and what was sent for which month."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from portal.domain.document_request import RequestState
from portal.services.actor import Actor, NotYoursError
from portal.services.checklists.explained import paper_title
from portal.services.document_requests import Note, note_at_desk
from portal.services.documents.shelf import documents_of
from portal.services.documents.terms import Target
from portal.services.monthly.lines import paper_month
from portal.services.monthly.rhythm import FarMonthError, OwnMonths, nothing_changed, own_months
from portal.services.snapshots import send
from tests.clock import local
from tests.pages.sent_papers import KEY, laid
from tests.pages.world import Announced, World
from tests.services.households import say, second_adult
from tests.services.notices import COUPLE

pytestmark = pytest.mark.usefixtures("s3")
NOVEMBER, DECEMBER, OCTOBER = date(2026, 11, 1), date(2026, 12, 1), date(2026, 10, 1)


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


@pytest.fixture
def paul(world: World, announced: Announced) -> Actor:
    return second_adult(world, announced)


@pytest.fixture
def worker(world: World) -> Actor:
    return world.caseworker("sierre")


def tap(world: World, actor: Actor, month: date, at: datetime | None = None) -> datetime:
    return nothing_changed(world.citizen, actor, month, at or world.clock.now())


def months(world: World, actor: Actor, on: date = date(2026, 11, 10)) -> OwnMonths:
    return own_months(world.citizen, actor, "fr", on)


# The tap


def test_a_tap_is_kept_with_day_and_time(world: World, jane: Actor) -> None:
    at = local("2026-11-10 10:17:31")
    assert tap(world, jane, NOVEMBER, at) == at
    (month,) = months(world, jane).months
    assert (month.first, month.noted_at, month.open) == (NOVEMBER, at, True)
    assert world.row("SELECT action, dossier_id FROM audit_event ORDER BY sequence DESC LIMIT 1") == (
        "month:note",
        jane.dossier_id,
    )


def test_a_double_tap_is_one_and_the_first_instant_stays(world: World, jane: Actor) -> None:
    first = tap(world, jane, NOVEMBER, local("2026-11-10 10:17"))
    assert tap(world, jane, NOVEMBER, local("2026-11-12 08:00")) == first
    assert world.count("month_note") == 1
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'month:note'") == (1,)


def test_taps_at_the_same_moment_are_one(world: World, jane: Actor) -> None:
    ats = [local(f"2026-11-10 10:17:0{second}") for second in range(6)]
    with ThreadPoolExecutor(6) as pool:
        kept = list(pool.map(lambda at: tap(world, jane, NOVEMBER, at), ats))
    assert len(set(kept)) == 1
    assert world.count("month_note") == 1


def test_in_the_last_second_of_a_month_its_own_day_counts(world: World, jane: Actor) -> None:
    """The request arrived before midnight; the service may look at its clock after it."""
    last = local("2026-11-30 23:59:59")
    world.clock.set("2026-12-01 00:00:02")
    with pytest.raises(FarMonthError):
        tap(world, jane, DECEMBER, last)
    assert tap(world, jane, NOVEMBER, last) == last
    assert tap(world, jane, DECEMBER) == world.clock.now()
    assert [one.noted_at for one in months(world, jane, date(2026, 12, 1)).months] == [world.clock.now(), last]


def test_both_hours_of_the_night_in_which_summer_time_ends(clean_world: World) -> None:
    clean_world.clock.set("2026-10-20 10:00")
    jane, paul = (clean_world.adult(clean_world.announce()) for _ in range(2))
    earlier, later = local("2026-10-25 02:30"), local("2026-10-25 02:30", fold=1)
    assert (later - earlier).total_seconds() == 3600
    assert tap(clean_world, jane, OCTOBER, earlier) == earlier
    assert tap(clean_world, jane, OCTOBER, later) == earlier
    assert tap(clean_world, paul, OCTOBER, later) == later


@pytest.mark.parametrize(
    "month", [date(2026, 12, 1), date(2026, 11, 2), date(2026, 9, 1), date(2025, 11, 1), date(9999, 1, 1)]
)
def test_far_months_and_what_is_no_month_are_refused(world: World, jane: Actor, month: date) -> None:
    with pytest.raises(FarMonthError):
        tap(world, jane, month)
    assert world.count("month_note") == 0


def test_before_the_file_began_nothing_can_be_said(world: World, jane: Actor) -> None:
    with pytest.raises(FarMonthError):
        tap(world, jane, OCTOBER)
    tap(world, jane, NOVEMBER, local("2026-12-31 23:59:59"))
    with pytest.raises(FarMonthError):
        tap(world, jane, NOVEMBER, local("2027-01-01 00:00:00"))


def test_nobody_else_taps(world: World, worker: Actor) -> None:
    with pytest.raises(NotYoursError):
        tap(world, worker, NOVEMBER)


# The list


def test_what_was_sent_stands_in_its_month(world: World, jane: Actor) -> None:
    laid(world.citizen, world.worker, jane)
    world.clock.set("2026-12-02 09:00")
    laid(world.citizen, world.worker, jane, target=Target(title="Lettre"))
    say(world, jane, "rent", rent="900.00")
    send(world.citizen, jane)
    december, november = months(world, jane, date(2026, 12, 2)).months
    assert [line.title for line in november.lines] == [paper_title(KEY, "fr")]
    assert sorted((line.title, line.own_words) for line in december.lines) == [
        ("Lettre", True),
        ("Réponses du ménage", False),
    ]
    assert {line.at for line in december.lines} == {world.clock.now()}


def test_what_was_asked_for_is_said_beside(world: World, jane: Actor) -> None:
    laid(world.citizen, world.worker, jane, key="account_statements")
    (november,) = months(world, jane).months
    (line,) = november.lines
    assert line.asked_for == "août, septembre, octobre 2026"


def test_a_paper_for_one_later_month_stands_in_that_month() -> None:
    at = local("2026-11-30 23:59:59")
    assert paper_month((), at) == NOVEMBER
    assert paper_month((date(2026, 8, 1), date(2026, 9, 1)), at) == NOVEMBER
    assert paper_month((date(2026, 10, 1),), at) == NOVEMBER
    assert paper_month((DECEMBER,), at) == DECEMBER


def test_another_adult_sees_nothing_of_it(world: World, jane: Actor, paul: Actor) -> None:
    laid(world.citizen, world.worker, jane)
    tap(world, jane, NOVEMBER)
    send(world.citizen, jane)
    (mine,), (theirs,) = months(world, jane).months, months(world, paul).months
    assert (len(mine.lines), bool(mine.noted_at)) == (2, True)
    assert (theirs.lines, theirs.noted_at, theirs.open) == ((), None, True)
    assert documents_of(world.citizen, paul) == ()


def test_what_a_caseworker_sent_with_somebody_is_nobodys(world: World, jane: Actor) -> None:
    send(world.citizen, jane)
    with world.superuser(triggers=False) as connection:
        connection.execute("UPDATE situation_snapshot SET adult_id = NULL")
    (november,) = months(world, jane).months
    assert november.lines == ()


def test_what_the_centre_wants_by_a_day(world: World, jane: Actor, worker: Actor) -> None:
    assert months(world, jane).wanted == ()
    assert jane.dossier_id is not None
    note = Note(RequestState.REFUSED, words="Flou", wanted_by=date(2026, 11, 24))
    note_at_desk(world.staff, worker, jane.dossier_id, KEY, note)
    note_at_desk(world.staff, worker, jane.dossier_id, "identity_paper@a", Note(RequestState.REFUSED, words="Flou"))
    (wanted,) = months(world, jane).wanted
    assert (wanted.key, wanted.wanted_on) == (KEY, date(2026, 11, 24))
