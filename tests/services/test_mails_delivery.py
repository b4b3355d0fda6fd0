"""A mail leaves once for everybody's eyes, whatever breaks on its way, and a refusal is seen by the desk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from devstack.ports import LOOPBACK, free_port
from devstack.smtp import Smtp
from portal.adapters.mail import Mailer, MailUnavailableError
from portal.services.kit import build_kit
from portal.services.mails import mail_refused, sweep_urgent, tell_filing
from tests.pages.world import World
from tests.servers import PortalWorker
from tests.services.letters import letters

SENT = "SELECT sent_at IS NOT NULL, refused_at IS NOT NULL FROM sent_mail WHERE name LIKE 'filed/%%'"


class Moody:
    """A mail server that says this to every recipient, or for every mail."""

    def __init__(self, at_recipient: str = "250 OK", at_data: str = "250 OK") -> None:
        self.at_recipient, self.at_data, self.tried = at_recipient, at_data, 0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        self.tried += 1
        if self.at_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        return self.at_data


@contextmanager
def moody(answer: Moody) -> Iterator[Mailer]:
    """A way to such a server."""
    controller = Controller(answer, hostname=LOOPBACK, port=free_port())
    controller.start()
    try:
        yield Mailer(f"smtp://{LOOPBACK}:{controller.port}", "portal@example.ch")
    finally:
        controller.stop()


def test_the_same_mail_is_sent_once_however_often_it_is_asked_for(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce(urgent=True)
    for _ in range(3):
        tell_filing(clean_world.worker, clean_world.mailer, announced.id)
    assert len(letters(mailbox)) == 2  # the alert and the confirmation


def test_two_workers_at_once_send_one(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce(urgent=True)
    together = Barrier(4)

    def work(number: int) -> None:
        kit = build_kit(clean_world.settings("worker"), clean_world.clock)
        together.wait(10)
        if number % 2:
            sweep_urgent(kit, clean_world.mailer)
        tell_filing(kit, clean_world.mailer, announced.id)
        kit.database.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert sorted(letter.to for letter in letters(mailbox)) == ["duty.sierre@example.ch", "jeanne@example.ch"]


def test_while_the_mail_server_is_down_nothing_is_lost(clean_world: World, mailbox: Smtp) -> None:
    announced = clean_world.announce()
    mailbox.kill()
    for _ in range(2):
        with pytest.raises(MailUnavailableError):
            tell_filing(clean_world.worker, clean_world.mailer, announced.id)
    assert clean_world.row(SENT) == (False, False)
    mailbox.start()
    tell_filing(clean_world.worker, clean_world.mailer, announced.id)
    assert [announced.reference in letter.subject for letter in letters(mailbox)] == [True]
    assert clean_world.row(SENT) == (True, False)


def test_a_repeat_after_a_crash_can_be_recognised(clean_world: World, mailbox: Smtp) -> None:
    """The server took the mail, then the worker died before it could note it: the repeat has the same Message-ID."""
    announced = clean_world.announce()

    class Dying(Mailer):
        def send(self, **mail: Any) -> None:
            super().send(**mail)
            raise SystemExit

    settings = clean_world.settings("worker")
    with pytest.raises(SystemExit):
        tell_filing(clean_world.worker, Dying(settings.smtp_url, settings.mail_from), announced.id)
    assert clean_world.row(SENT) == (False, False)
    clean_world.clock.forward(hours=3)
    tell_filing(clean_world.worker, clean_world.mailer, announced.id)
    first, second = letters(mailbox)
    assert first.message_id == second.message_id
    assert first.body == second.body


def test_two_demands_have_two_message_ids(clean_world: World, mailbox: Smtp) -> None:
    for _ in range(2):
        tell_filing(clean_world.worker, clean_world.mailer, clean_world.announce().id)
    first, second = letters(mailbox)
    assert first.message_id != second.message_id
    assert first.message_id.endswith("@example.ch>")


def test_a_refusal_for_good_is_marked_and_shown_to_the_desk_only(clean_world: World) -> None:
    announced = clean_world.announce()
    with moody(Moody(at_recipient="550 no such user")) as mailer:
        tell_filing(clean_world.worker, mailer, announced.id)
        tell_filing(clean_world.worker, mailer, announced.id)
    assert clean_world.row(SENT) == (False, True)
    assert mail_refused(clean_world.staff, announced.id)
    assert "L’e-mail n’est pas arrivé" in clean_world.desk().open(f"/staff/demands/{announced.id}").text
    assert "e-mail n’est pas" not in clean_world.visit(announced).open("/fr/dossier").text


def test_who_was_refused_for_good_is_not_asked_again(clean_world: World) -> None:
    announced, server = clean_world.announce(), Moody(at_recipient="550 no such user")
    with moody(server) as mailer:
        for _ in range(3):
            tell_filing(clean_world.worker, mailer, announced.id)
    assert server.tried == 1


@pytest.mark.parametrize(
    "answer", [Moody(at_recipient="451 try later"), Moody(at_data="452 no space"), Moody(at_data="421 going down")]
)
def test_a_refusal_for_now_is_tried_again(clean_world: World, mailbox: Smtp, answer: Moody) -> None:
    announced = clean_world.announce()
    with moody(answer) as mailer, pytest.raises(MailUnavailableError) as raised:
        tell_filing(clean_world.worker, mailer, announced.id)
    assert "jeanne" not in str(raised.value), "a log would name the person"
    assert not mail_refused(clean_world.staff, announced.id)
    tell_filing(clean_world.worker, clean_world.mailer, announced.id)
    assert len(letters(mailbox)) == 1


def test_the_worker_sends_what_a_filing_queued(clean_world: World, mailbox: Smtp, live_worker: PortalWorker) -> None:
    """Nobody calls a service here: the filing's own transaction put the job on the queue."""
    announced = clean_world.announce(urgent=True)
    deadline = time.monotonic() + 20
    while len(letters(mailbox)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert sorted(letter.to for letter in letters(mailbox)) == ["duty.sierre@example.ch", "jeanne@example.ch"]
    assert all(announced.reference in letter.subject for letter in letters(mailbox))
