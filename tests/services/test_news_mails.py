"""A mail by wish when the centre wrote, and when a report arrived: once, by its name, to whom it concerns alone."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable
from enum import StrEnum
from typing import Any

import pytest

from devstack.smtp import Smtp
from portal.adapters.database import DatabaseUnavailableError
from portal.adapters.mail import Mailer, MailUnavailableError
from portal.domain.changes.report import EventKind
from portal.domain.demand import Person
from portal.i18n.languages import CODES
from portal.services import desk as demands
from portal.services.actor import Actor
from portal.services.closing import close_account
from portal.services.document_requests import NotedMeanwhileError
from portal.services.mailing import Outcome
from portal.services.reminders import news, wishes
from portal.services.reports import desk
from portal.services.reports.sending import send_report
from portal.services.reports.stored import ReportView
from portal.services.thread import desk as thread_desk
from tests.pages.world import Announced, World
from tests.said import said_of
from tests.servers import PortalWorker
from tests.services.households import second_adult
from tests.services.letters import letters
from tests.services.reporting import report, sending
from tests.services.test_mails import SAID, TOPIC
from tests.services.test_reports import HOUSEHOLD, RENT
from tests.services.threads import answer, ask, sent, write

MINE, OTHERS = "mine@example.ch", "paul@example.ch"
PERSON = Person("Zénaïde Introuvable", phone="+41 79 555 66 77")
CASE = ("900", "loyer", "logement", "attestation", "secret", "changement", "ménage")
"""Words of what was reported, asked and answered."""


class News(StrEnum):
    """What a mail tells of; its value begins the mail's name."""

    ANSWER = "answer"
    ASKED_BACK = "asked-back"
    REPORT = "report"


TASKS: dict[News, tuple[str, str, Callable[..., Outcome]]] = {
    News.ANSWER: ("tell_answer", "message_id", news.tell_answer),
    News.ASKED_BACK: ("tell_asked_back", "event_id", news.tell_asked_back),
    News.REPORT: ("tell_report", "report_id", news.tell_report),
}
every = pytest.mark.parametrize("what", News)


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A household with two adults, who wish for mails both."""
    announced = clean_world.announce(PERSON, situation=HOUSEHOLD)
    demands.open_demand(clean_world.staff, clean_world.caseworker(), announced.id)
    return announced


def wish(world: World, actor: Actor, address: str = MINE, language: str = "fr") -> None:
    wishes.wish(world.citizen, actor, address, language)


def note(world: World, sent: ReportView, kind: EventKind, **details: str) -> None:
    desk.note_at_desk(world.staff, world.caseworker(), sent.dossier_id, sent.name, kind, details, seen=len(sent.events))


def happens(world: World, me: Actor, what: News) -> None:
    """It happens to one adult."""
    if what is News.ANSWER:
        write(world, me, "Mon loyer secret")
        answer(world, world.caseworker(), me, "Votre attestation secrète ?")
    else:
        view = report(world, me, RENT)
        if what is News.ASKED_BACK:
            note(world, view, EventKind.ASKED_BACK, words="Votre attestation secrète ?")


def ids(world: World, what: News) -> list[uuid.UUID]:
    """What the queue holds of one task: nothing but an id."""
    task, argument, _ = TASKS[what]
    query = "SELECT args::text FROM jobs.procrastinate_jobs WHERE task_name = %s ORDER BY id"
    with world.superuser() as connection:
        found = [json.loads(args) for (args,) in connection.execute(query, [task])]
    assert all(set(one) == {argument} for one in found)
    return [uuid.UUID(one[argument]) for one in found]


def work(world: World, what: News, mailer: Mailer | None = None) -> Outcome:
    """What the worker does with the job."""
    (one,) = ids(world, what)
    return TASKS[what][2](world.worker, mailer or world.mailer, one)


@every
@pytest.mark.parametrize("language", CODES)
def test_a_mail_tells_that_there_is_something_and_never_what(
    clean_world: World, mailbox: Smtp, announced: Announced, what: News, language: str
) -> None:
    world, me = clean_world, clean_world.adult(announced)
    wish(world, me, language=language)
    happens(world, me, what)
    (about,) = ids(world, what)
    assert work(world, what) is Outcome.SENT
    (letter,) = letters(mailbox)
    assert (letter.to, letter.language) == (MINE, language)
    assert announced.reference in letter.subject
    assert announced.reference in letter.body
    assert f"/{language}/sign-in" in letter.body
    assert f"/{language}/reminders/" in letter.body
    assert said_of(SAID + CASE, letter.whole) == []
    assert [word for word in TOPIC if word in f"{letter.subject}\n{letter.body}".casefold()] == []
    assert world.row("SELECT name FROM sent_mail") == (f"{what}/{about}",)


def test_an_answer_and_a_question_have_the_same_words(clean_world: World, mailbox: Smtp, announced: Announced) -> None:
    world, me = clean_world, clean_world.adult(announced)
    wish(world, me)
    for what in (News.ANSWER, News.ASKED_BACK):
        happens(world, me, what)
        work(world, what)
    first, second = letters(mailbox)
    assert (first.subject, first.body) == (second.subject, second.body)
    assert first.message_id != second.message_id
    assert "Il y a du nouveau dans votre dossier." in first.body


def test_a_report_s_mail_says_when_it_came(clean_world: World, mailbox: Smtp, announced: Announced) -> None:
    """However late the mail leaves."""
    world, me = clean_world, clean_world.adult(announced)
    world.clock.set("2026-12-24 23:58")
    wish(world, me)
    happens(world, me, News.REPORT)
    world.clock.forward(hours=30)
    work(world, News.REPORT)
    (letter,) = letters(mailbox)
    assert "24 décembre 2026" in letter.body
    assert "23" in letter.body
    assert "58" in letter.body


@every
def test_once_however_often_the_job_runs(clean_world: World, mailbox: Smtp, announced: Announced, what: News) -> None:
    world, me = clean_world, clean_world.adult(announced)
    wish(world, me)
    happens(world, me, what)
    assert [work(world, what) for _ in range(3)] == [Outcome.SENT, Outcome.BEFORE, Outcome.BEFORE]
    assert len(letters(mailbox)) == 1


@every
def test_a_kill_and_a_repeat_have_one_message_id(
    clean_world: World, mailbox: Smtp, announced: Announced, what: News
) -> None:
    """The server has the mail; then the connection that would mark it is cut, as a kill would."""
    world, me = clean_world, clean_world.adult(announced)
    wish(world, me)
    happens(world, me, what)

    class Cut(Mailer):
        def send(self, **mail: Any) -> None:
            super().send(**mail)
            with world.superuser() as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE usename = 'portal_worker' AND state = 'idle in transaction'"
                )

    settings = world.settings("worker")
    with pytest.raises(DatabaseUnavailableError):
        work(world, what, Cut(settings.smtp_url, settings.mail_from))
    assert work(world, what) is Outcome.SENT
    first, second = letters(mailbox)
    assert (first.message_id, first.body) == (second.message_id, second.body)
    assert world.row("SELECT count(*), max(tries) FROM sent_mail") == (1, 2)


@every
def test_without_a_wish_there_is_nothing_not_even_a_line(
    clean_world: World, mailbox: Smtp, announced: Announced, what: News
) -> None:
    world, me = clean_world, clean_world.adult(announced)
    happens(world, me, what)
    assert work(world, what) is Outcome.OFF
    assert letters(mailbox) == []
    assert (world.count("sent_mail"), world.count("call_list")) == (0, 0)


@every
def test_another_adult_of_the_household_gets_none(
    clean_world: World, mailbox: Smtp, announced: Announced, what: News
) -> None:
    world, me = clean_world, clean_world.adult(announced)
    wish(world, second_adult(world, announced), OTHERS)
    happens(world, me, what)
    assert work(world, what) is Outcome.OFF
    assert letters(mailbox) == []
    wish(world, me)
    assert work(world, what) is Outcome.SENT
    assert [letter.to for letter in letters(mailbox)] == [MINE]


@every
def test_who_closed_the_account_gets_none(clean_world: World, mailbox: Smtp, announced: Announced, what: News) -> None:
    """Also when it was closed while the mail waited for its server."""
    world, me = clean_world, clean_world.adult(announced)
    wish(world, me)
    happens(world, me, what)
    mailbox.kill()
    with pytest.raises(MailUnavailableError):
        work(world, what)
    mailbox.start()
    close_account(world.citizen, me)
    assert work(world, what) is Outcome.OFF
    assert letters(mailbox) == []
    assert world.count("call_list") == (0 if what is News.REPORT else 1)  # what the centre wrote is told otherwise


@every
def test_mails_that_were_ended_meanwhile_do_not_leave(
    clean_world: World, mailbox: Smtp, announced: Announced, what: News
) -> None:
    world, me = clean_world, clean_world.adult(announced)
    wish(world, me)
    happens(world, me, what)
    wishes.end(world.citizen, me)
    assert work(world, what) is Outcome.OFF
    assert letters(mailbox) == []


def test_sent_twice_is_one_job(clean_world: World, announced: Announced) -> None:
    world, me, form = clean_world, clean_world.adult(announced), sending(RENT)
    for _ in range(2):
        view = send_report(world.citizen, me, form, world.clock.now())
    assert ids(world, News.REPORT) == [view.id]
    for _ in range(2):  # the caseworker's double click: the second one notes nothing
        note(world, view, EventKind.ASKED_BACK, words="Et le bail ?")
    assert len(ids(world, News.ASKED_BACK)) == 1
    write(world, me)
    thread_desk.look_at_threads(world.staff, world.caseworker(), announced.view.dossier_id)
    claire, words = world.caseworker(), sent("Voici")
    whose = (announced.view.dossier_id, announced.view.adult_id)
    lines = {thread_desk.answer(world.staff, claire, *whose, words, 1) for _ in range(2)}
    assert ids(world, News.ANSWER) == list(lines)


def test_what_is_no_news_puts_nothing_on_the_queue(clean_world: World, announced: Announced) -> None:
    world, me, claire = clean_world, clean_world.adult(announced), clean_world.caseworker()
    view = report(world, me, RENT)
    counted = {"month": "2026-12"}
    desk.note_at_desk(world.staff, claire, view.dossier_id, view.name, EventKind.COUNTED, counted, seen=0)
    write(world, me)
    thread_desk.look_at_threads(world.staff, claire, view.dossier_id)
    thread_desk.settle(world.staff, claire, view.dossier_id, view.adult_id, sent(""), 1)
    ask(world, me)
    with pytest.raises(NotedMeanwhileError):  # and what is not stored tells nobody
        note(world, view, EventKind.ASKED_BACK, words="Trop tard")
    assert (ids(world, News.ASKED_BACK), ids(world, News.ANSWER)) == ([], [])


def test_the_worker_sends_all_three(
    clean_world: World, mailbox: Smtp, announced: Announced, live_worker: PortalWorker
) -> None:
    world, me = clean_world, clean_world.adult(announced)
    wish(world, me)
    for what in (News.ANSWER, News.ASKED_BACK):
        happens(world, me, what)
    until = time.monotonic() + 30
    while len([letter for letter in letters(mailbox) if letter.to == MINE]) < 3:
        assert time.monotonic() < until, live_worker.log_path.read_text()[-2000:]
        time.sleep(0.2)
    with world.superuser() as connection:
        names = [name for (name,) in connection.execute("SELECT split_part(name, '/', 1) FROM sent_mail ORDER BY 1")]
    assert names == ["answer", "asked-back", "report"]
