"""Files that began on paper: one for each form, at its own centre, with no demand, no register entry and no clock."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.domain.case_request import RequestKind
from portal.domain.changes.kinds import ChangeKind
from portal.domain.demand import filing_day
from portal.domain.reminders import Due, Kind, To
from portal.services import calendar, defence, own_papers, paper_files, situations
from portal.services.actor import NotYoursError
from portal.services.citizen import household_demand, sign_in
from portal.services.monthly.desk import months_at_desk
from portal.services.monthly.rhythm import nothing_changed, own_months
from portal.services.paper_files import NewPaperFile, letter, look_at_paper_file, new_letter, open_paper_file
from portal.services.reminders.calling import call_list, line_of
from portal.services.reminders.due import list_call
from portal.services.reminders.sources import due_on
from portal.services.reports import desk
from portal.services.scope import find_dossier
from portal.services.slips import AGAIN
from portal.services.thread import waiting
from tests.pages.world import SIERRE, VISP, World
from tests.services.on_paper import ROSA, on_paper
from tests.services.reporting import changed, report
from tests.services.threads import answer, ask, write


def test_no_demand_no_register_entry_no_clock(clean_world: World) -> None:
    file = on_paper(clean_world)
    assert (clean_world.count("demand"), clean_world.count("filing_register")) == (0, 0)
    assert clean_world.row("SELECT region, commune_bfs, since FROM paper_file") == ("sierre", SIERRE, date(2024, 5, 1))
    with pytest.raises(NotYoursError):
        household_demand(clean_world.citizen, file.actor)
    today = filing_day(clean_world.clock.now())
    assert calendar.own_deadlines(clean_world.citizen, file.actor, today, "fr") == ()
    known = defence.known_of(clean_world.citizen, file.actor)
    assert known is not None
    assert (known.name, known.reference, known.filed) == ("Rosa Nunes", file.reference, None)
    events = "SELECT array_agg(action ORDER BY instant, sequence) FROM audit_event WHERE action = 'paper-file:open'"
    assert clean_world.row(events) == (["paper-file:open"],)


def test_the_same_form_twice_is_one_file(clean_world: World) -> None:
    token, worker = os.urandom(32), clean_world.caseworker("sierre")
    first = on_paper(clean_world, token=token, worker=worker)
    assert on_paper(clean_world, token=token, worker=worker) == first
    assert (clean_world.count("dossier"), clean_world.count("access_code")) == (1, 1)
    with pytest.raises(NotYoursError):
        on_paper(clean_world, "oberwallis", token=token)


def test_a_double_click_is_one_file(clean_world: World) -> None:
    token, worker = os.urandom(32), clean_world.caseworker("sierre")
    new = NewPaperFile(ROSA, "fr", SIERRE, date(2024, 5, 1))
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(lambda _: open_paper_file(clean_world.staff, worker, new, token), range(4)))
    assert len(made) == 1
    assert (clean_world.count("dossier"), clean_world.count("access_code")) == (1, 1)


def test_nobody_but_the_desk_opens_one(clean_world: World) -> None:
    file = on_paper(clean_world)
    new = NewPaperFile(ROSA, "fr", None, date(2024, 5, 1))
    for nobody in (file.actor, replace(clean_world.caseworker("sierre"), region=None)):
        with pytest.raises(NotYoursError):
            open_paper_file(clean_world.staff, nobody, new, os.urandom(32))
    assert clean_world.count("paper_file") == 1


def test_another_centre_finds_nothing(clean_world: World) -> None:
    file, world = on_paper(clean_world), clean_world
    report(world, file.actor, changed(ChangeKind.GIFT, "2026-11-03", sum="300"))
    write(world, file.actor)
    ours, theirs = world.caseworker("sierre"), world.caseworker("oberwallis")
    with world.staff.database.reading() as session:
        assert find_dossier(session, ours, file.dossier_id).reference == file.reference
        with pytest.raises(NotYoursError):
            find_dossier(session, theirs, file.dossier_id)
        assert [one.reference for one in desk.unread(session, ours)] == [file.reference]
        assert desk.unread(session, theirs) == ()
    for look in (
        lambda: look_at_paper_file(world.staff, theirs, file.dossier_id),
        lambda: new_letter(world.staff, theirs, file.dossier_id, None),
        lambda: letter(world.staff, theirs, file.dossier_id, file.token, hand_out=True),
        lambda: desk.reports_at_desk(world.staff, theirs, file.dossier_id),
        lambda: months_at_desk(world.staff, theirs, file.dossier_id, date(2026, 11, 10)),
    ):
        with pytest.raises(NotYoursError):
            look()
    assert [one.reference for one in paper_files.paper_files(world.staff, ours).files] == [file.reference]
    assert paper_files.paper_files(world.staff, theirs).files == ()
    assert [one.reference for one in waiting.waiting_threads(world.staff, ours)] == [file.reference]
    assert waiting.waiting_threads(world.staff, theirs) == ()


def test_a_dossier_with_a_demand_is_no_file_on_paper(clean_world: World) -> None:
    announced = clean_world.announce()
    with pytest.raises(NotYoursError):
        look_at_paper_file(clean_world.staff, clean_world.caseworker("sierre"), announced.view.dossier_id)
    assert paper_files.paper_files(clean_world.staff, clean_world.caseworker("sierre")).total == 0


def test_the_answers_begin_with_what_the_desk_wrote(clean_world: World) -> None:
    file = on_paper(clean_world)
    opened = situations.open_situation(clean_world.citizen, file.actor)
    (person,) = opened.draft.said["persons"]
    assert (person["name"], person["age"], opened.draft.said["commune"]) == ("Rosa Nunes", 54, SIERRE)
    assert opened.filing_date == date(2024, 5, 1)
    news, missing = own_papers.news_and_missing(clean_world.citizen, file.actor, "fr")
    assert news.answered_at is None
    assert missing is not None


def test_a_file_older_than_the_data_of_the_law(clean_world: World) -> None:
    """Its month is kept as it is; answers and reports count from the first day that the law is known of."""
    file = on_paper(clean_world, since=date(2009, 3, 1))
    assert look_at_paper_file(clean_world.staff, clean_world.caseworker("sierre"), file.dossier_id).since.year == 2009
    for kind in (ChangeKind.GIFT, ChangeKind.SOLD):  # the second one reads the answers that the first one kept
        assert situations.open_situation(clean_world.citizen, file.actor).filing_date == date(2021, 7, 1)
        report(clean_world, file.actor, changed(kind, "2026-11-03", sum="300"))
        situations.add_person(clean_world.citizen, file.actor, situations.Relation.CHILD)
    assert own_papers.own_papers(clean_world.citizen, file.actor, "fr").text.items


def test_a_report_goes_its_way(clean_world: World) -> None:
    world, file = clean_world, on_paper(clean_world)
    sent = report(world, file.actor, changed(ChangeKind.GIFT, "2026-11-03", sum="300"), asks_decision=True)
    ours = world.caseworker("sierre")
    found, one = desk.read_at_desk(world.staff, ours, file.dossier_id, sent.name)
    assert found.demand_id is None
    assert one.name == "Rosa Nunes"
    assert desk.situation_with(world.staff, found, one.report) is None  # the centre has no answers of this household
    world.clock.forward(days=31)
    with world.worker.database.reading() as session:
        due = due_on(session, world.worker, filing_day(world.clock.now()), file.dossier_id)
    assert due
    assert all(one.dossier == file.dossier_id for one in due)


def test_nobody_read_it_and_the_own_centre_is_told(clean_world: World) -> None:
    world, file = clean_world, on_paper(clean_world)
    report(world, file.actor, changed(ChangeKind.GIFT, "2026-11-03", sum="300"))
    world.clock.forward(days=6)
    with world.worker.database.reading() as session:
        due = due_on(session, world.worker, filing_day(world.clock.now()), file.dossier_id)
    assert {one.region for one in due if one.to is not To.PERSON} == {"sierre"}


def test_messages_and_urgent_requests_reach_the_own_centre(clean_world: World) -> None:
    world, file = clean_world, on_paper(clean_world)
    ask(world, file.actor, RequestKind.URGENT)
    with world.worker.database.reading() as session:
        (unopened,) = waiting.unopened(session)
    assert (unopened.region, unopened.reference) == ("sierre", file.reference)
    (waits,) = waiting.waiting_threads(world.staff, world.caseworker("sierre"))
    assert (waits.urgent, waits.taken, waits.demand_id) == (True, True, None)
    answer(world, world.caseworker("sierre"), file.actor, "Venez demain.")
    (waits,) = waiting.waiting_threads(world.staff, world.caseworker("sierre"))
    assert (waits.urgent, waits.kinds) == (True, ("urgent",)), "a reply closes no request"
    with pytest.raises(NotYoursError):
        answer(world, world.caseworker("oberwallis"), file.actor, "Venez demain.")


def test_the_months_begin_with_the_access(clean_world: World) -> None:
    world, file = clean_world, on_paper(clean_world)
    nothing_changed(world.citizen, file.actor, date(2026, 11, 1), world.clock.now())
    months = own_months(world.citizen, file.actor, "fr", date(2026, 11, 10))
    assert [one.first for one in months.months] == [date(2026, 11, 1)]
    found = months_at_desk(world.staff, world.caseworker("sierre"), file.dossier_id, date(2026, 11, 10))
    assert found.demand_id is None


def test_the_call_list_of_the_own_centre(clean_world: World) -> None:
    world, file = clean_world, on_paper(clean_world)
    due = Due("x/1", Kind.DECISION_PASSED, To.PERSON, file.dossier_id, file.adult_id, date(2026, 12, 10))
    list_call(world.worker, due, "refused")
    (line,) = call_list(world.staff, world.caseworker("sierre")).lines
    assert (line.reference, line.demand_id, line.region) == (file.reference, None, "sierre")
    assert call_list(world.staff, world.caseworker("oberwallis")).lines == ()
    with pytest.raises(NotYoursError):
        line_of(world.staff, world.caseworker("oberwallis"), line.id)


def test_the_letter_leaves_once(clean_world: World) -> None:
    world, worker = clean_world, clean_world.caseworker("sierre")
    file = on_paper(world, worker=worker)
    assert letter(world.staff, worker, file.dossier_id, file.token, hand_out=True).access_code == file.code
    world.clock.forward(seconds=AGAIN.total_seconds() + 1)
    assert letter(world.staff, worker, file.dossier_id, file.token, hand_out=True).access_code is None
    assert letter(world.staff, worker, file.dossier_id, os.urandom(32), hand_out=False).access_code is None


def test_a_new_code_ends_the_old_one(clean_world: World) -> None:
    world, worker = clean_world, clean_world.caseworker("sierre")
    file = on_paper(world, worker=worker)
    token = os.urandom(32)
    for _ in range(2):
        new_letter(world.staff, worker, file.dossier_id, token)
    code = letter(world.staff, worker, file.dossier_id, token, hand_out=True).access_code
    assert code not in (None, file.code)
    assert sign_in(world.citizen, file.reference, file.code, "test") is None
    assert sign_in(world.citizen, file.reference, code, "test") is not None
    assert world.count("access_code") == 2


def test_more_than_one_page(clean_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_files, "PAGE", 2)
    files = []
    for _ in range(3):
        files.append(on_paper(clean_world, commune=VISP).reference)
        clean_world.clock.forward(minutes=1)
    worker = clean_world.caseworker("sierre")
    first, second = (paper_files.paper_files(clean_world.staff, worker, page) for page in (1, 2))
    assert [one.reference for one in (*first.files, *second.files)] == files[::-1]
    assert (first.more, second.more, first.total) == (True, False, 3)
    assert timedelta(0) < first.files[0].opened_at - second.files[0].opened_at
