"""Closing the online account: what ends, what stays, what another adult notices of it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from devstack.s3 import S3
from devstack.smtp import Smtp
from portal.domain.demand import filing_day
from portal.domain.situation import Relation
from portal.services import citizen, closing, desk, snapshots
from portal.services.actor import Actor, NotYoursError
from portal.services.closing import close_account, closed_in, closed_since, ended_by_closing
from portal.services.documents import handoffs
from portal.services.documents.shelf import documents_of
from portal.services.filed import find_filed
from portal.services.mails import tell_filing
from portal.services.notices.links import make_link, own_links
from portal.services.reminders import wishes
from portal.services.reminders.due import run_due
from portal.services.situations import add_person, keep_typed, open_situation
from portal.services.slips import new_code
from tests.pages.sent_papers import KEY, laid
from tests.pages.world import Announced, World
from tests.services.households import page, say, second_adult, seen
from tests.services.letters import letters


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def ana(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


def drafts(world: World) -> list[str]:
    """Whose drafts stand there."""
    return sorted(
        world.row(
            "SELECT coalesce(array_agg(coalesce(a.person, 'household')), '{}') FROM situation_draft s"
            " LEFT JOIN adult a ON a.id = s.adult_id"
        )[0]
    )


def live_codes(world: World) -> int:
    return int(world.row("SELECT count(*) FROM access_code WHERE ended_at IS NULL")[0])


def test_codes_visits_and_links_end(world: World, announced: Announced, ana: Actor) -> None:
    secrets = [citizen.sign_in(world.citizen, announced.reference, announced.code, "test") or "" for _ in range(2)]
    add_person(world.citizen, ana, Relation.SPOUSE)
    make_link(world.citizen, ana, "b")
    device = handoffs.use_link(world.citizen, handoffs.make_link(world.citizen, ana, KEY), "test") or ""
    assert handoffs.visit(world.citizen, device)
    assert close_account(world.citizen, ana)
    assert [citizen.visit(world.citizen, secret) for secret in secrets] == [None, None]
    assert all(ended_by_closing(world.citizen, secret) for secret in secrets)
    assert handoffs.visit(world.citizen, device) is None
    assert own_links(world.citizen, ana) == {}
    assert live_codes(world) == 0
    found = find_filed(world.citizen, announced.token)
    assert found
    assert found.access_code is None, "the page after filing leads into the dossier no more"


def test_the_right_code_is_told_so_and_a_wrong_one_is_not(world: World, announced: Announced, ana: Actor) -> None:
    close_account(world.citizen, ana)
    with pytest.raises(citizen.AccountClosedError):
        citizen.sign_in(world.citizen, announced.reference, announced.code, "test")
    assert citizen.sign_in(world.citizen, announced.reference, "1234567890123456", "test") is None
    outcomes = "SELECT string_agg(outcome, ' ' ORDER BY sequence) FROM audit_event WHERE action = 'citizen:sign-in'"
    assert world.row(outcomes) == ("closed refused",)
    assert world.count("citizen_session") == 0


def test_the_desk_opens_it_again_with_a_new_code(world: World, announced: Announced, ana: Actor) -> None:
    clerk = world.caseworker("sierre")
    close_account(world.citizen, ana)
    desk_view = desk.look(world.staff, clerk, announced.id, "demand:read")
    with world.staff.database.reading() as session:
        (one,) = closed_in(session, desk_view.dossier_id)
    assert (one.name, one.person, one.since) == ("Jeanne Dupont", "a", world.clock.now())
    assert [event.kind for event in desk_view.events] == ["account-closed"]
    world.clock.forward(minutes=5)
    token = os.urandom(32)
    desk.issue_code(world.staff, clerk, announced.id, token)
    code = new_code(world.staff, clerk, announced.id, token, hand_out=True).access_code
    assert citizen.sign_in(world.citizen, announced.reference, code, "test")
    assert citizen.sign_in(world.citizen, announced.reference, announced.code, "test") is None, "the old one is wrong"
    with world.staff.database.reading() as session:
        assert closed_in(session, desk_view.dossier_id) == ()
    with world.worker.database.transaction() as session:
        assert closed_since(session, announced.view.adult_id) is None
    assert close_account(world.citizen, ana), "and it can be closed again"


def test_alone_and_nothing_sent_no_draft_stays(world: World, ana: Actor) -> None:
    say(world, ana, "home", commune=6248)
    say(world, ana, "special@a", own=True, pregnant=True)
    assert drafts(world) == ["a", "household"]
    close_account(world.citizen, ana)
    assert drafts(world) == []
    assert open_situation(world.citizen, ana).saved_at is None, "after a new code it begins with the demand again"


def test_what_was_sent_stays_and_what_was_not_goes(world: World, ana: Actor) -> None:
    say(world, ana, "special@a", own=True, pregnant=True)
    snapshots.send(world.citizen, ana)
    say(world, ana, "home", commune=6248)
    say(world, ana, "special@a", own=True, pregnant=False)
    keep_typed(world.citizen, ana, page("debts"), {"debts": "not sent"}, seen=seen(world, ana, "debts"))
    before = snapshots.snapshots(world.citizen, ana)
    close_account(world.citizen, ana)
    assert snapshots.snapshots(world.citizen, ana) == before
    draft = open_situation(world.citizen, ana).draft
    assert draft.said["commune"] == 6248, "the household's answers stay once something was sent"
    assert draft.own == {"a": {"pregnant": True}}, "the next sending must not take back what the centre has"
    assert draft.typed == {}


def test_another_adult_keeps_the_household_s_answers_and_notices_nothing(
    world: World, announced: Announced, ana: Actor
) -> None:
    add_person(world.citizen, ana, Relation.SPOUSE)
    paul = second_adult(world, announced)
    desk.issue_code(world.staff, world.caseworker("sierre"), announced.id, os.urandom(32), paul.id)
    say(world, paul, "special@b", own=True, pregnant=False)
    before = open_situation(world.citizen, ana).draft.said
    close_account(world.citizen, paul)
    assert drafts(world) == ["a", "household"]
    assert open_situation(world.citizen, ana).draft.said == before
    (demand,) = citizen.own_demands(world.citizen, ana)
    assert [event.kind for event in demand.events] == []
    assert citizen.sign_in(world.citizen, announced.reference, announced.code, "test"), "the other code works on"
    close_account(world.citizen, ana)
    assert drafts(world) == [], "the last one who closes, with nothing sent"


def test_a_paper_that_was_sent_keeps_the_answers_that_it_names(world: World, ana: Actor, s3: S3) -> None:
    say(world, ana, "home", commune=6248)
    laid(world.citizen, world.worker, ana)
    close_account(world.citizen, ana)
    assert drafts(world) == ["household"]
    assert len(documents_of(world.citizen, ana)) == 1


def test_nothing_that_was_sent_is_deleted(world: World, announced: Announced, ana: Actor, s3: S3) -> None:
    snapshots.send(world.citizen, ana)
    laid(world.citizen, world.worker, ana)
    tables = ("dossier", "adult", "demand", "filing_register", "situation_snapshot", "document", "document_object")
    before = [world.count(table) for table in tables]
    contact = world.row("SELECT name, email, phone FROM adult")
    close_account(world.citizen, ana)
    assert [world.count(table) for table in tables] == before
    assert world.row("SELECT name, email, phone FROM adult") == contact


def test_clicked_twice_it_is_closed_once(world: World, ana: Actor) -> None:
    with ThreadPoolExecutor(4) as hands:
        done = list(hands.map(lambda _: close_account(world.citizen, ana), range(8)))
    assert sorted(done) == [False] * 7 + [True]
    assert (world.count("account_closing"), world.count("demand_event")) == (1, 1)
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'account:close'") == (1,)


def test_a_visit_that_ended_otherwise_was_not_closed(world: World, announced: Announced, ana: Actor) -> None:
    secret = citizen.sign_in(world.citizen, announced.reference, announced.code, "test") or ""
    citizen.sign_out(world.citizen, secret)
    world.clock.forward(seconds=1)
    close_account(world.citizen, ana)
    assert not ended_by_closing(world.citizen, secret)
    assert not ended_by_closing(world.citizen, "x" * 43)


def test_while_somebody_sends_nobody_waits_in_a_circle(world: World, announced: Announced, ana: Actor) -> None:
    """Sending and closing lock the same rows in the same order: one after the other, never a deadlock."""
    say(world, ana, "home", commune=6248)

    def one(number: int) -> None:
        snapshots.send(world.citizen, ana) if number % 2 else closing.close_account(world.citizen, ana)

    with ThreadPoolExecutor(4) as hands:
        list(hands.map(one, range(12)))
    assert world.count("account_closing") == 1


def test_no_mail_goes_to_whoever_has_closed(world: World, announced: Announced, ana: Actor, mailbox: Smtp) -> None:
    close_account(world.citizen, ana)
    tell_filing(world.worker, world.mailer, announced.id)
    assert mailbox.messages() == []
    assert world.count("sent_mail") == 0


def test_a_visit_that_begins_at_the_very_instant_opens_nothing(world: World, announced: Announced, ana: Actor) -> None:
    """A sign-in that read the code just before, and wrote its session just after."""
    close_account(world.citizen, ana)
    secret = citizen.enter_after_filing(world.citizen, announced.view, "test")
    assert citizen.visit(world.citizen, secret) is None


def test_closing_ends_the_wish_for_mails_and_a_new_code_brings_none_back(
    world: World, announced: Announced, ana: Actor, mailbox: Smtp
) -> None:
    """A reminder that was due goes to the desk's list instead; the other adult's wish goes on."""
    paul = second_adult(world, announced)
    for adult, address in ((ana, "ana@example.ch"), (paul, "paul@example.ch")):
        wishes.wish(world.citizen, adult, address, "fr")
    close_account(world.citizen, ana)
    with world.worker.database.transaction() as session:
        assert wishes.wished(session, world.worker, announced.view.adult_id) is None
        assert wishes.wished(session, world.worker, paul.id or announced.id) is not None
    world.clock.forward(days=7)
    run_due(world.worker, world.mailer, filing_day(world.clock.now()))
    assert world.row("SELECT kind, why FROM call_list WHERE adult_id = %s", ana.id) == ("situation-7", "no-mail")
    desk.issue_code(world.staff, world.caseworker("sierre"), announced.id, os.urandom(32))
    world.clock.forward(days=14)
    run_due(world.worker, world.mailer, filing_day(world.clock.now()))
    assert wishes.own_wish(world.citizen, ana)[0] is None
    assert [letter.to for letter in letters(mailbox) if letter.to == "ana@example.ch"] == []
    wishes.wish(world.citizen, ana, "ana@example.ch", "fr")
    assert wishes.own_wish(world.citizen, ana)[0] is not None, "it can be wished anew"


def test_a_wish_that_comes_after_the_closing_is_none(world: World, announced: Announced, ana: Actor) -> None:
    """A form that another tab sent at the same moment: the visit was looked up before it ended."""
    close_account(world.citizen, ana)
    with pytest.raises(NotYoursError):
        wishes.wish(world.citizen, ana, "ana@example.ch", "fr")
    assert world.count("mail_wish") == 0


def test_whatever_a_wish_says_a_closed_account_gets_no_mail(
    world: World, announced: Announced, ana: Actor, mailbox: Smtp
) -> None:
    """Accounts that were closed before closing ended the wish."""
    wishes.wish(world.citizen, ana, "ana@example.ch", "fr")
    with world.superuser(triggers=False) as connection:
        values = [announced.view.dossier_id, ana.id, world.clock.now()]
        connection.execute(
            "INSERT INTO account_closing (id, dossier_id, adult_id, instant) VALUES (gen_random_uuid(), %s, %s, %s)",
            values,
        )
    world.clock.forward(days=7)
    run_due(world.worker, world.mailer, filing_day(world.clock.now()))
    assert [letter.to for letter in letters(mailbox) if letter.to == "ana@example.ch"] == []
    assert world.row("SELECT kind FROM call_list WHERE adult_id = %s", ana.id) == ("situation-7",)
