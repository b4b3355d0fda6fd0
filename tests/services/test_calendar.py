"""The dates for a person's own calendar: all of theirs, none of another adult's, and no word that says what they are."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from portal.domain.calendar import DateKind
from portal.domain.demand import Channel
from portal.domain.document_request import RequestState
from portal.domain.interview import Interpreter, Meeting, Way
from portal.i18n.languages import CODES
from portal.i18n.monthly import neutral_title
from portal.services import citizen, desk
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace
from portal.services.calendar import calendar_file, own_deadlines
from portal.services.document_requests import Note, note_at_desk
from portal.services.filing import Contact
from portal.services.interviews.desk import note
from portal.services.monthly.paper_day import set_paper_day
from tests.adapters.test_calendar import events, plain
from tests.clock import local
from tests.pages.sent_papers import KEY
from tests.pages.world import Announced, World
from tests.services.households import second_adult
from tests.services.notices import COUPLE

TODAY = date(2026, 11, 10)


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def jane(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


@pytest.fixture
def worker(world: World) -> Actor:
    return world.caseworker("sierre")


def days(world: World, actor: Actor, today: date = TODAY) -> list[tuple[DateKind, date]]:
    return [(one.kind, one.day) for one in own_deadlines(world.citizen, actor, today, "fr")]


def taken(world: World, actor: Actor, language: str = "fr", today: date = TODAY) -> list[dict[str, str]]:
    content = calendar_file(world.citizen, actor, today, language)
    assert content is not None
    return events(content)


def want(world: World, worker: Actor, actor: Actor, key: str, day: date) -> None:
    assert actor.dossier_id is not None
    note = Note(RequestState.REFUSED, words="Flou", wanted_by=day)
    note_at_desk(world.staff, worker, actor.dossier_id, key, note)


def everything(world: World, worker: Actor, actor: Actor) -> None:
    """Every kind of date that there is."""
    assert actor.dossier_id is not None
    citizen.request_urgent_help(world.citizen, actor, world.clock.now())
    want(world, worker, actor, KEY, date(2026, 11, 24))
    set_paper_day(world.staff, worker, actor.dossier_id, 28)


def test_every_date_of_the_adult(world: World, jane: Actor, worker: Actor) -> None:
    assert days(world, jane) == [(DateKind.DECISION, date(2026, 12, 10))]
    everything(world, worker, jane)
    found = days(world, jane)
    assert found[:3] == [
        (DateKind.URGENT, date(2026, 11, 15)),
        (DateKind.PAPER, date(2026, 11, 24)),
        (DateKind.PAPER_DAY, date(2026, 11, 28)),
    ]
    papers = [day for kind, day in found if kind is DateKind.PAPER_DAY]
    assert (papers[0], papers[-1], len(set(papers))) == (date(2026, 11, 28), date(2027, 10, 28), 12)
    assert len(found) == 1 + 1 + 1 + 12
    assert [one["DTSTART;VALUE=DATE"] for one in taken(world, jane)] == [f"{day:%Y%m%d}" for _kind, day in found]


def test_a_days_law_is_named(world: World, jane: Actor, worker: Actor) -> None:
    everything(world, worker, jane)
    sources = {one.kind: one.source for one in own_deadlines(world.citizen, jane, TODAY, "fr")}
    assert sources == {
        DateKind.DECISION: "decision_clock",
        DateKind.URGENT: "urgent_clock",
        DateKind.PAPER: None,
        DateKind.PAPER_DAY: None,
    }


@pytest.mark.parametrize("language", CODES)
def test_the_file_says_nothing_of_the_case(
    world: World, announced: Announced, jane: Actor, worker: Actor, language: str
) -> None:
    everything(world, worker, jane)
    assert jane.id is not None
    meeting = Meeting(local("2026-12-01 14:30"), Way.PHONE, None, None, Interpreter.NOT_NEEDED, None, (jane.id,))
    note(world.staff, worker, DeskPlace(dossier_id=jane.dossier_id), meeting, 0)
    content = (calendar_file(world.citizen, jane, TODAY, language) or b"").decode()
    unfolded = content.replace("\r\n ", "").casefold()
    secret = ["dupont", "jeanne", announced.reference, announced.reference.replace("-", ""), "avs", "flou"]
    secret += [str(one) for one in (jane.id, jane.dossier_id, announced.id)]
    secret += [
        "aide",
        "social",
        "cms",
        "sozial",
        "hilfe",
        "ajuda",
        "benefit",
        "مساعدة",
        "اجتماعي",
        "urgent",
        "décision",
    ]
    address = f"{world.citizen.public_url}/{language}/dossier".casefold()
    for word in secret:
        assert word.casefold() not in unfolded.replace(address, ""), word
    titles = {plain(one["SUMMARY"]) for one in events(content.encode())}
    assert titles == {str(neutral_title(kind, language)) for kind in DateKind}
    assert {plain(one["DESCRIPTION"]).splitlines()[-1].casefold() for one in events(content.encode())} == {address}


def test_another_adults_dates_never_appear(world: World, announced: Announced, jane: Actor, worker: Actor) -> None:
    """The household's clock is shown to both; a paper of one, and their urgent request, to that one alone."""
    paul = second_adult(world, announced)
    before = days(world, paul)
    everything(world, worker, jane)
    want(world, worker, jane, "avs_number@b", date(2026, 11, 26))
    assert days(world, paul)[0] == (DateKind.PAPER, date(2026, 11, 26))
    assert (DateKind.PAPER, date(2026, 11, 26)) not in days(world, jane)
    assert date(2026, 11, 24) not in {day for _kind, day in days(world, paul)}
    assert DateKind.URGENT not in {kind for kind, _day in days(world, paul)}
    assert set(before) <= set(days(world, paul))
    own = {one["UID"] for one in taken(world, jane)}
    assert own.isdisjoint({one["UID"] for one in taken(world, paul)})


def test_a_partner_without_a_way_in_has_their_dates_in_the_applicants(world: World, jane: Actor, worker: Actor) -> None:
    want(world, worker, jane, "avs_number@b", date(2026, 11, 24))
    assert (DateKind.PAPER, date(2026, 11, 24)) in days(world, jane)


def test_a_stranger_has_their_own(world: World, jane: Actor, worker: Actor) -> None:
    everything(world, worker, jane)
    other = world.adult(world.announce())
    assert days(world, other) == [(DateKind.DECISION, date(2026, 12, 10))]


def test_a_corrected_date_is_the_same_entry(world: World, announced: Announced, jane: Actor, worker: Actor) -> None:
    (before,) = taken(world, jane)
    world.clock.forward(hours=2)
    desk.open_demand(world.staff, worker, announced.id)
    earlier = Contact(Channel.PHONE, local("2026-11-02 09:00"), reason="Appel noté")
    desk.correct(world.staff, worker, announced.id, earlier)
    (after,) = taken(world, jane)
    assert (before["UID"], before["DTSTART;VALUE=DATE"]) == (after["UID"], "20261210")
    assert after["DTSTART;VALUE=DATE"] == "20261202"
    assert before["DTSTAMP"] < after["DTSTAMP"]


def test_a_paper_and_a_months_day_that_move_are_the_same_entries(world: World, jane: Actor, worker: Actor) -> None:
    everything(world, worker, jane)
    before = {one["DTSTART;VALUE=DATE"]: one["UID"] for one in taken(world, jane)}
    want(world, worker, jane, KEY, date(2026, 11, 25))
    assert jane.dossier_id is not None
    set_paper_day(world.staff, worker, jane.dossier_id, 14)
    after = {one["DTSTART;VALUE=DATE"]: one["UID"] for one in taken(world, jane)}
    assert before["20261124"] == after["20261125"]
    assert before["20261128"] == after["20261114"]
    assert before["20271028"] == after["20271014"]
    assert len(before) == len(set(after.values())) == 15


def test_two_takings_give_the_same_ids(world: World, jane: Actor, worker: Actor) -> None:
    everything(world, worker, jane)
    first, again = (taken(world, jane, language) for language in ("fr", "ar"))
    assert [one["UID"] for one in first] == [one["UID"] for one in again]
    assert len({one["UID"] for one in first}) == len(first)
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one["UID"]) for one in first)


def test_a_past_day_stays_so_that_a_moved_one_is_replaced(world: World, jane: Actor) -> None:
    assert days(world, jane, TODAY + timedelta(days=200)) == [(DateKind.DECISION, date(2026, 12, 10))]


def test_without_a_date_there_is_no_file(world: World, jane: Actor) -> None:
    citizen.withdraw(world.citizen, jane, world.clock.now(), None)
    assert days(world, jane) == []
    assert calendar_file(world.citizen, jane, TODAY, "fr") is None


def test_taking_it_is_noted(world: World, jane: Actor) -> None:
    taken(world, jane)
    assert world.row("SELECT action, dossier_id FROM audit_event ORDER BY sequence DESC LIMIT 1") == (
        "calendar:take",
        jane.dossier_id,
    )


def test_nobody_else_takes_it(world: World, worker: Actor) -> None:
    with pytest.raises(NotYoursError):
        calendar_file(world.citizen, worker, TODAY, "fr")
