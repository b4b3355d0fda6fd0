"""The mails that were sent to an adult: every one of theirs, none of another adult's, in words that name no fact."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest

from devstack.s3 import S3
from devstack.smtp import Smtp
from portal.domain.case_request import RequestKind
from portal.domain.changes.kinds import ChangeKind
from portal.domain.changes.report import EventKind
from portal.domain.demand import Person, filing_day
from portal.domain.document_request import RequestState
from portal.i18n.languages import CODES
from portal.i18n.mails import mail_words
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.document_requests import Note, note_at_desk
from portal.services.mails import tell_filing
from portal.services.own_mails import own_mails
from portal.services.reminders import news, wishes
from portal.services.reminders.due import run_due
from portal.services.reports import desk, drafting
from tests.pages.world import Announced, World
from tests.services.exporting import said, taken
from tests.services.households import second_adult
from tests.services.letters import letters
from tests.services.reporting import changed, report
from tests.services.test_mails_delivery import Moody, moody
from tests.services.test_reports import HOUSEHOLD
from tests.services.threads import answer, ask, write

START = "2026-11-02 09:10"
ANA = Person("A B", email="filed@example.ch")
ADDRESSES = ("ana@example.ch", "paul@example.ch")
TASKS = {
    "tell_answer": ("message_id", news.tell_answer),
    "tell_asked_back": ("event_id", news.tell_asked_back),
    "tell_report": ("report_id", news.tell_report),
}
OF_BOTH = {
    "answer": 1,
    "asked-back": 1,
    "report": 1,
    "report-kept-7": 1,
    "reexamination-25": 2,
    "reexamination-30": 2,
    "reexamination-31": 2,  # a report's, and a request's
}
OF_THE_DEMAND = {
    "filed": 1,
    "papers-7": 1,
    "papers-2": 1,
    "situation-7": 1,
    "situation-21": 1,
    "decision-25": 1,
    "decision-30": 1,
    "decision-31": 1,
}
ARRIVED, NEWS, REMINDER = (
    "Confirmation\N{NO-BREAK SPACE}: votre message est arrivé", "Du nouveau dans votre dossier", "Un rappel pour vous",
)  # fmt: skip


def jobs(world: World) -> None:
    """What the worker does with the mails at once."""
    with world.superuser() as connection:
        found = connection.execute("SELECT task_name, args::text FROM jobs.procrastinate_jobs ORDER BY id").fetchall()
    for task, args in found:
        if task in TASKS:
            argument, tell = TASKS[task]
            tell(world.worker, world.mailer, json.loads(args)[argument])


def everything(world: World, announced: Announced, *adults: Actor) -> None:
    """Every kind of mail that there is, to each of them, and those for their centre; each sweep twice a day."""
    worker, home = world.caseworker(), announced.view.dossier_id
    for adult, address in zip(adults, ADDRESSES, strict=True):
        wishes.wish(world.citizen, adult, address, "fr")
        moved = changed(ChangeKind.MOVED, "2026-12-01", None, rent="900.00")
        sent = report(world, adult, moved, asks_decision=True)
        desk.note_at_desk(world.staff, worker, home, sent.name, EventKind.ASKED_BACK, {"words": "Quand ?"}, seen=0)
        ask(world, adult, RequestKind.REEXAMINATION)
        answer(world, worker, adult)
        write(world, adult)  # nobody looks at it any more
        drafting.keep_draft(world.citizen, adult, {"kinds": ["moved"]})
    note_at_desk(
        world.staff, worker, home, "lease",
        Note(RequestState.TO_BRING, wanted_by=filing_day(world.clock.now()) + timedelta(days=12)),
    )  # fmt: skip
    tell_filing(world.worker, world.mailer, announced.id)
    jobs(world)
    for _ in range(60):
        for hours in (12, 12):
            world.clock.forward(hours=hours)
            run_due(world.worker, world.mailer, filing_day(world.clock.now()))


def kinds(world: World, actor: Actor) -> Counter[str]:
    return Counter(one.name.partition("/")[0] for one in own_mails(world.citizen, actor, 100))


def test_each_adult_has_every_own_mail_and_none_of_the_other(clean_world: World, mailbox: Smtp, s3: S3) -> None:
    world = clean_world
    world.clock.set(START)
    announced = world.announce(ANA, situation=HOUSEHOLD)
    ana, paul = world.adult(announced), second_adult(world, announced)
    everything(world, announced, ana, paul)
    assert kinds(world, ana) == OF_BOTH | OF_THE_DEMAND
    assert kinds(world, paul) == OF_BOTH
    of = {whose: {one.name for one in own_mails(world.citizen, whose, 100)} for whose in (ana, paul)}
    assert of[ana].isdisjoint(of[paul])
    # Against what really went to each mailbox, the centre's apart.
    boxes = Counter(letter.to for letter in letters(mailbox))
    assert (boxes[ADDRESSES[0]] + boxes[ANA.email or ""], boxes[ADDRESSES[1]]) == (len(of[ana]), len(of[paul]))
    nobodys = "SELECT count(*) FROM sent_mail WHERE adult_id IS NULL AND sent_at IS NOT NULL"
    assert world.row(nobodys) == (boxes["duty.sierre@example.ch"],)
    assert boxes["duty.sierre@example.ch"] > 0
    instants = [one.instant for one in own_mails(world.citizen, ana, 100)]
    assert instants == sorted(instants, reverse=True)
    exported = said(taken(world, paul))["mails"]
    assert {one["name"] for one in exported} == of[paul]
    assert {one["about"] for one in exported} == {ARRIVED, NEWS, REMINDER}


def test_a_mail_that_was_refused_or_waits_says_so(clean_world: World, mailbox: Smtp, s3: S3) -> None:
    world = clean_world
    announced = world.announce(ANA)
    with moody(Moody(at_recipient="550 no such user")) as refusing:
        tell_filing(world.worker, refusing, announced.id)
    (one,) = own_mails(world.citizen, world.adult(announced), 5)
    assert (one.sent_at, one.refused_at, one.instant) == (None, world.clock.now(), one.created_at)


def test_nobody_else_asks_for_them(clean_world: World) -> None:
    with pytest.raises(NotYoursError):
        own_mails(clean_world.citizen, Actor(ActorKind.VISITOR, "test"), 5)


def test_the_words_tell_three_things_and_no_fact() -> None:
    """Whatever a mail reminded of, its line says no more than the mail did."""
    everywhere = [f"{kind}/x" for kind in (*OF_BOTH, *OF_THE_DEMAND, "something-new")]
    for language in CODES:
        assert len({mail_words(name, language) for name in everywhere}) == 3
    assert {mail_words(name, "fr") for name in everywhere} == {ARRIVED, NEWS, REMINDER}
