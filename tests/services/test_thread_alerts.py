"""An urgent request from a dossier alerts like that of a demand: at once, every 24 hours, until the centre opens it."""

from __future__ import annotations

import json
import time

import pytest

from devstack.smtp import Smtp
from portal.adapters.mail import MailUnavailableError
from portal.domain.case_request import RequestKind
from portal.domain.demand import Person
from portal.models import SentMail
from portal.services.board import lonely_urgent
from portal.services.desk import open_demand, pass_on, take
from portal.services.mails import sweep_urgent
from portal.services.thread.alerts import alert_request, sweep_requests
from portal.services.thread.desk import look_at_threads
from portal.services.thread.waiting import lonely_again
from tests.pages.world import SION, UNSURE, VISP, Announced, World
from tests.servers import PortalWorker
from tests.services.households import second_adult
from tests.services.letters import letters
from tests.services.threads import ask

DUTY = "duty.sierre@example.ch"


def request_of(world: World) -> tuple[object, ...]:
    """The id of the newest urgent request."""
    return world.row("SELECT id FROM case_request ORDER BY instant DESC LIMIT 1")


def opened(world: World, announced: Announced, region: str = "sierre") -> None:
    """The centre looks at the thread."""
    look_at_threads(world.staff, world.caseworker(region), announced.view.dossier_id)


def test_the_job_comes_with_the_request_and_its_mail_says_no_more_than_it_must(
    clean_world: World, mailbox: Smtp
) -> None:
    announced = clean_world.announce(Person("Zénaïde Introuvable", email="z@example.ch"))
    ask(clean_world, clean_world.adult(announced), RequestKind.URGENT, "Plus de toit")
    task, arguments = clean_world.row(
        "SELECT task_name, args::text FROM jobs.procrastinate_jobs WHERE task_name = 'alert_request'"
    )
    (request_id,) = request_of(clean_world)
    assert (task, json.loads(str(arguments))) == ("alert_request", {"request_id": str(request_id)})
    assert alert_request(clean_world.worker, clean_world.mailer, request_id) == 1  # type: ignore[arg-type]
    (letter,) = letters(mailbox)
    assert (letter.to, letter.language) == (DUTY, "fr")
    assert announced.reference in letter.subject
    assert "15 novembre" in letter.body  # day five
    assert "/staff/messages" in letter.body
    assert [word for word in ("Zénaïde", "z@example.ch", "toit") if word in letter.whole] == []
    assert clean_world.row("SELECT name FROM sent_mail") == (f"urgent-again/{request_id}/sierre/0",)


def test_only_urgent_requests_alert(clean_world: World, mailbox: Smtp) -> None:
    jane = clean_world.adult(clean_world.announce())
    for kind in set(RequestKind) - {RequestKind.URGENT}:
        ask(clean_world, jane, kind)
    assert sweep_requests(clean_world.worker, clean_world.mailer) == 0
    assert letters(mailbox) == []


def test_it_comes_back_each_day_until_the_centre_opens_it(clean_world: World, mailbox: Smtp) -> None:
    clean_world.clock.set("2026-11-13 18:00")  # a Friday
    announced = clean_world.announce()
    ask(clean_world, clean_world.adult(announced))
    sent = []
    for half_hour in range(3 * 24 * 2 + 24 * 2):
        if sweep_requests(clean_world.worker, clean_world.mailer):
            sent.append(f"{clean_world.clock.now():%a %H:%M}")
        clean_world.clock.forward(minutes=30)
        if half_hour == 3 * 24 * 2 + 1:
            opened(clean_world, announced)
    assert sent == ["Fri 17:00", "Sat 17:00", "Sun 17:00", "Mon 17:00"]  # UTC
    assert len(letters(mailbox)) == 4
    assert len({letter.message_id for letter in letters(mailbox)}) == 4


def test_opening_the_demand_is_not_opening_the_request(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce()
    ask(clean_world, clean_world.adult(announced))
    open_demand(clean_world.staff, clean_world.caseworker(), announced.id)
    assert sweep_requests(clean_world.worker, clean_world.mailer) == 1
    assert sweep_urgent(clean_world.worker, clean_world.mailer) == 0
    assert len(letters(mailbox)) == 1


def test_asked_again_after_it_was_opened_it_alerts_again_at_once(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce(urgent=True)
    jane = clean_world.adult(announced)
    sweep_urgent(clean_world.worker, clean_world.mailer)
    open_demand(clean_world.staff, clean_world.caseworker(), announced.id)
    ask(clean_world, jane)
    assert sweep_requests(clean_world.worker, clean_world.mailer) == 1
    opened(clean_world, announced)
    ask(clean_world, jane)
    assert sweep_requests(clean_world.worker, clean_world.mailer) == 1
    assert [letter.to for letter in letters(mailbox)] == [DUTY] * 3


def test_two_adults_of_a_household_alert_for_themselves(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce()
    ask(clean_world, clean_world.adult(announced))
    ask(clean_world, second_adult(clean_world, announced))
    assert sweep_requests(clean_world.worker, clean_world.mailer) == 2
    assert len(letters(mailbox)) == 2


def test_while_no_centre_has_it_all_are_told_and_then_the_one(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce(commune=UNSURE)
    ask(clean_world, clean_world.adult(announced))
    regions = announced.view.candidate_regions
    known = [region for region in regions if region in clean_world.worker.duty_addresses]
    assert sweep_requests(clean_world.worker, clean_world.mailer) == len(known)
    opened(clean_world, announced, regions[0])  # a look while nobody has it opens nothing
    clean_world.clock.forward(hours=24)
    assert sweep_requests(clean_world.worker, clean_world.mailer) == len(known)
    take(clean_world.staff, clean_world.caseworker(regions[0]), announced.id)
    opened(clean_world, announced, regions[0])
    clean_world.clock.forward(hours=24)
    assert sweep_requests(clean_world.worker, clean_world.mailer) == 0
    assert len(letters(mailbox)) == 2 * len(known)


def test_passed_on_it_is_the_next_centre_s_to_open(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce()
    ask(clean_world, clean_world.adult(announced))
    opened(clean_world, announced)
    assert sweep_requests(clean_world.worker, clean_world.mailer) == 0
    pass_on(clean_world.staff, clean_world.caseworker(), announced.id, "oberwallis", "Domicile")
    assert sweep_requests(clean_world.worker, clean_world.mailer) == 1
    (letter,) = letters(mailbox)
    assert (letter.to, letter.language) == ("duty.oberwallis@example.ch", "de")


def test_while_the_mail_server_is_down_nothing_is_lost(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce()
    ask(clean_world, clean_world.adult(announced))
    mailbox.kill()
    with pytest.raises(MailUnavailableError):
        sweep_requests(clean_world.worker, clean_world.mailer)
    mailbox.start()
    assert sweep_requests(clean_world.worker, clean_world.mailer) == 1
    assert sweep_requests(clean_world.worker, clean_world.mailer) == 0
    assert len(letters(mailbox)) == 1


def test_without_a_duty_address_it_stands_on_every_board(clean_world: World) -> None:
    announced = clean_world.announce(commune=SION)
    ask(clean_world, clean_world.adult(announced))
    assert lonely_urgent(clean_world.staff) == ()
    assert [(one.reference, one.region, one.refused) for one in lonely_again(clean_world.staff)] == [
        (announced.reference, "sion-herens-conthey", False)
    ]
    opened(clean_world, announced, "sion-herens-conthey")
    assert lonely_again(clean_world.staff) == ()


def test_a_refused_alert_stands_on_every_board(clean_world: World) -> None:
    announced = clean_world.announce(commune=VISP)
    ask(clean_world, clean_world.adult(announced))
    assert lonely_again(clean_world.staff) == ()
    (request_id,) = request_of(clean_world)
    now = clean_world.clock.now()
    with clean_world.worker.database.transaction() as session:
        name = f"urgent-again/{request_id}/oberwallis/0"
        session.add(SentMail(name=name, message_id="<x@example.ch>", created_at=now, sent_at=None, refused_at=now))
    assert [(one.reference, one.refused) for one in lonely_again(clean_world.staff)] == [(announced.reference, True)]


def test_the_worker_sends_it(clean_world: World, mailbox: Smtp, live_worker: PortalWorker) -> None:
    ask(clean_world, clean_world.adult(clean_world.announce()))
    until = time.monotonic() + 30
    while not [letter for letter in letters(mailbox) if letter.to == DUTY]:
        assert time.monotonic() < until, live_worker.log_path.read_text()[-2000:]
        time.sleep(0.2)
