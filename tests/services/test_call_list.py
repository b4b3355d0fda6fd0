"""The desk's list: whose it is, what was done stays done, the letters; and what gave up."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from portal.domain.demand import Person
from portal.domain.reminders import Due, To
from portal.i18n.formats import long_date
from portal.i18n.languages import CODES, official_beside
from portal.services.actor import NotYoursError
from portal.services.desk import pass_on
from portal.services.failures import failures
from portal.services.reminders import calling
from portal.services.reminders.due import list_call
from portal.services.reminders.letter import letter_pdf
from tests.pages.pdf import words
from tests.pages.world import UNSURE, VISP, Announced, World
from tests.services.test_mails import PERSON


def due_of(announced: Announced, number: int = 1, region: str | None = None) -> Due:
    to, adult = (To.CENTRE, None) if region else (To.PERSON, announced.view.adult_id)
    day = date(2026, 11, 10)
    return Due(f"decision-31/{number}", "decision-31", to, announced.view.dossier_id, adult, day, region)


def test_the_list_is_the_regions(clean_world: World) -> None:
    world = clean_world
    here, there = world.announce(PERSON), world.announce(Person("C D"), commune=VISP)
    for number, announced in enumerate((here, there)):
        assert list_call(world.worker, due_of(announced, number), "no-mail")
        assert not list_call(world.worker, due_of(announced, number), "no-mail")
    desk = world.caseworker()
    (line,) = calling.call_list(world.staff, desk).lines
    assert (line.reference, line.phone, line.reads) == (here.reference, PERSON.phone, "fr")
    with world.staff.database.reading() as session:
        assert calling.open_lines_in(session, desk) == 1
    other = world.caseworker("oberwallis")
    for act in (calling.line_of, calling.mark_done):
        with pytest.raises(NotYoursError):
            act(world.staff, other, line.id)
    pass_on(world.staff, desk, here.id, "oberwallis", "Domicile")
    assert calling.call_list(world.staff, desk).lines == ()
    assert len(calling.call_list(world.staff, other).lines) == 2


def test_a_line_for_a_centre_is_not_for_another_candidate(clean_world: World) -> None:
    world = clean_world
    announced = world.announce(PERSON, commune=UNSURE)
    list_call(world.worker, due_of(announced, region="bas-valais"), "no-mail")
    assert len(calling.call_list(world.staff, world.caseworker("bas-valais")).lines) == 1
    assert calling.call_list(world.staff, world.caseworker("martigny")).lines == ()


def test_what_was_done_stays_done(clean_world: World) -> None:
    world = clean_world
    list_call(world.worker, due_of(world.announce(PERSON)), "no-mail")
    first, second = world.caseworker(), world.caseworker()
    (line,) = calling.call_list(world.staff, first).lines
    calling.mark_done(world.staff, first, line.id)
    at = world.clock.now()
    world.clock.forward(hours=1)
    calling.mark_done(world.staff, second, line.id)
    found = calling.call_list(world.staff, second)
    assert (found.lines, found.total) == ((), 0)
    assert found.done[0].done_at == at
    assert world.row("SELECT done_by FROM call_list") == (first.id,)
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'call-list:done'") == (1,)
    for change in ("done_at = NULL, done_by = NULL", "done_at = now()"):
        with world.database.connect("portal_staff") as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute(f"UPDATE call_list SET {change}")  # type: ignore[arg-type]  # noqa: S608 - ours


@pytest.mark.parametrize("language", CODES)
@pytest.mark.parametrize(
    "kind", ["decision-25", "decision-30", "decision-31", "papers-7", "situation-7", "reexamination-31", "of-others"]
)
def test_the_letter_is_in_the_persons_language(clean_world: World, language: str, kind: str) -> None:
    world = clean_world
    announced = world.announce(PERSON, language=language)
    due = due_of(announced)
    list_call(world.worker, Due(due.name, kind, due.to, due.dossier, due.adult, due.day), "no-mail")
    (line,) = calling.call_list(world.staff, world.caseworker()).lines
    content = letter_pdf(line, line.reads or "", world.clock.now(), "https://portal.example.ch")
    assert content == letter_pdf(line, line.reads or "", world.clock.now(), "https://portal.example.ch")
    text = words(content)
    assert announced.reference in text
    assert "3960 Sierre" in text
    assert "CMS régional de Sierre" in text
    assert long_date(date(2026, 11, 10), official_beside(language)) in text
    assert f"/{language}/sign-in" in text


def test_no_centre_signs_while_none_has_the_file(clean_world: World) -> None:
    announced = clean_world.announce(PERSON, commune=UNSURE)
    list_call(clean_world.worker, due_of(announced), "no-mail")
    (line,) = calling.call_list(clean_world.staff, clean_world.caseworker("martigny")).lines
    assert line.region is None
    text = words(letter_pdf(line, "fr", clean_world.clock.now(), "https://portal.example.ch"))
    assert text.index("10 novembre 2026") < text.index("Un rappel pour vous")
    assert "CMS" not in text


def test_failures_name_nobody(clean_world: World) -> None:
    world = clean_world
    assert failures(world.staff, world.caseworker()).none
    demand = world.announce(PERSON).id
    with world.superuser() as connection:
        connection.execute("SET LOCAL search_path = public, jobs")
        connection.execute(
            "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('default', 'tell_filing', jsonb_build_object('demand_id', %s::text), 'failed', 2000),"
            " ('default', 'tell_filing', '{}', 'failed', 3), ('default', 'tidy', '{}', 'todo', 0)",
            [demand],
        )
        connection.execute(
            "INSERT INTO sent_mail (name, message_id, created_at, refused_at, tries) VALUES"
            " ('decision-25/1/2026-11-10', '<a>', %(now)s, %(now)s, 1), ('urgent/1/sierre/0', '<b>', %(now)s, NULL, 2),"
            " ('filed/1', '<c>', %(now)s, NULL, 1)",
            {"now": world.clock.now()},
        )
    found = failures(world.staff, world.caseworker())
    assert [(one.task, one.count, one.attempts) for one in found.jobs] == [("tell_filing", 2, 2000)]
    assert [(one.kind, one.refused, one.repeated) for one in found.mails] == [("decision-25", 1, 0), ("urgent", 0, 1)]
    assert str(demand) not in repr(found)
    with world.superuser() as connection:
        connection.execute("SET LOCAL search_path = public, jobs")
        connection.execute("DELETE FROM jobs.procrastinate_jobs WHERE status = 'failed'")
