"""The staff desk: sign-in and the board."""

from __future__ import annotations

from datetime import timedelta

import requests

from portal.adapters.mail import Mailer, MailRefusedError
from portal.domain.demand import Announcement, Person
from portal.services import citizen, mails
from portal.services.filing import Attempt
from tests.browser.cases import case, no_provider
from tests.browser.dossier_cases import me
from tests.browser.people import LATIN, TIGRINYA
from tests.browser.visits import ClientVisit, Visit
from tests.browser.world import SIERRE, VERNAYAZ, VISP

SION = 6266
"""A commune whose centre has no known duty address."""

HUNDRED_MORE = """
    INSERT INTO demand SELECT more.* FROM demand AS one, generate_series(1, 100) AS number, jsonb_populate_record(one,
    jsonb_build_object('id', gen_random_uuid(), 'token_hash', sha256((random() + number)::text::bytea))) AS more
    WHERE one.id = (SELECT id FROM demand LIMIT 1)
"""


def at_the_desk(visit: Visit, subject: str = "claire.demo") -> None:
    """Sign a caseworker in."""
    visit.cookie("staff", visit.world.staff_visit(subject, visit.language))


@case("staff_sign_in.sign_in", "staff/sign_in")
def staff_sign_in(visit: Visit) -> None:
    visit.get("/staff/")


@case("", "errors/not-your-function", 403)
def staff_without_the_function(visit: Visit) -> None:
    """Reception confirms no decisions."""
    visit.world.enrol()
    at_the_desk(visit, "nadia.demo")
    visit.get("/staff/decisions")


@case("staff_sign_in.callback", "staff/sign_in", 403)
def staff_sign_in_not_valid(visit: Visit) -> None:
    visit.get("/staff/callback?code=x&state=x")


@case("staff_sign_in.callback", "staff/sign_in", 403, here=True)
def staff_sign_in_of_a_stranger(visit: Visit) -> None:
    """The provider knows the person, the portal does not; the way through the provider is walked by hand."""
    assert isinstance(visit, ClientVisit)
    visit.get("/staff/sign-in")
    token = visit.source().split('name="csrf_token" value="')[1].split('"')[0]
    start = visit.client.post("/staff/sign-in", data={"csrf_token": token})
    answer = requests.post(start.headers["Location"], data={"sub": "stranger"}, allow_redirects=False, timeout=10)
    visit.get("/staff/callback?" + answer.headers["Location"].partition("?")[2])


@case("", "errors/provider", 503, here=True, without=no_provider)
def staff_without_provider(visit: Visit) -> None:
    visit.world.app.extensions["oauth"].staff.server_metadata.clear()  # as a process that has just started
    visit.get("/staff/sign-in")
    visit.post("/staff/sign-in", {})


@case("staff_board.board", "staff/board")
def staff_board(visit: Visit) -> None:
    world = visit.world
    for days in (0, 31, 3):
        world.file(world.somebody("fr", urgent=days == 3), ago=timedelta(days=days))
    known = world.file(world.somebody("ar"), attempt=Attempt(world.kit.clock.now(), matches=True))
    world.correct(known, world.kit.clock.now() - timedelta(days=2))
    world.file(Announcement(Person(TIGRINYA, LATIN, interpreter=True), "en", None))
    world.file(Announcement(Person(), "fr", VERNAYAZ, urgent=True))
    world.file(Announcement(Person(), "fr"))
    with world.database.connect() as connection:
        connection.execute("UPDATE demand SET flooded = true WHERE filing_date = current_date")
    at_the_desk(visit)
    visit.get("/staff/")


class Refusing(Mailer):
    """A way to a mail server that refuses everything for good."""

    def send(self, **_: object) -> None:
        raise MailRefusedError


@case("staff_board.board", "staff/board")
def staff_board_red(visit: Visit) -> None:
    """Urgent requests of this centre and of another whose servers refuse, of one without address, and of no centre."""
    world = visit.world
    for commune in (SIERRE, VISP, SION, None):
        known = world.file(Announcement(Person(), "fr", commune, urgent=True))
        mails.alert_duty(world.kit, Refusing("smtp://127.0.0.1", "portal@example.ch"), known.demand.id)
    at_the_desk(visit)
    visit.get("/staff/")


@case("staff_board.board", "staff/board")
def staff_board_withdrawn(visit: Visit) -> None:
    known = visit.world.file(visit.world.somebody())
    citizen.withdraw(visit.world.kit, me(known), visit.world.kit.clock.now(), None)
    at_the_desk(visit)
    visit.get("/staff/?withdrawn=1")


@case("staff_board.board", "staff/board")
def staff_board_empty(visit: Visit) -> None:
    visit.world.database.clean()
    visit.world.enrol()
    at_the_desk(visit)
    visit.get("/staff/")


@case("staff_board.board", "staff/board")
def staff_board_of_three_pages(visit: Visit) -> None:
    visit.world.file(visit.world.somebody())
    with visit.world.database.connect() as connection:
        connection.execute(HUNDRED_MORE)
    at_the_desk(visit)
    visit.get("/staff/?page=2")
