"""A call on one screen: dated by the moment it came in, once however often it is sent, nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from devstack.smtp import Smtp
from portal.domain.demand import Person
from portal.services.mails import sweep_urgent, tell_filing
from tests.clock import local
from tests.pages.browser import Browser, Page
from tests.pages.pdf import words
from tests.pages.world import World

CALL = "/staff/call"
TOLD = {"name": "Rosa Nunes", "phone": "079 555 21 21", "language": "pt", "birth_year": "1970"}


def call(desk: Browser, **answers: str) -> Page:
    """Note a call."""
    return desk.open(CALL).form(CALL).fill(**{**TOLD, **answers}).submit()  # type: ignore[arg-type]


def test_a_name_is_enough_and_the_receipt_is_there(clean_world: World) -> None:
    desk = clean_world.desk()
    page = desk.open(CALL).form(CALL).fill(name="Rosa").submit()
    assert page.path == "/staff/demands/filed"
    assert clean_world.row("SELECT channel, time_known FROM demand") == ("phone", True)
    assert clean_world.row("SELECT channel FROM filing_register") == ("phone",)
    reference = clean_world.row("SELECT reference FROM dossier")[0]
    assert reference in words(desk.open("/staff/demands/filed/receipt.pdf").body)
    assert reference in words(desk.open("/staff/demands/filed/slip.pdf").body)


@pytest.mark.parametrize(
    ("at", "day"),
    [("2026-11-30 23:59:59.9", "2026-11-30"), ("2026-12-01 00:00", "2026-12-01"), ("2026-10-31 23:59", "2026-10-31")],
)
def test_the_date_is_of_the_moment_of_sending(clean_world: World, at: str, day: str) -> None:
    """The form was opened twenty minutes before, and the answer comes two minutes later."""
    clean_world.clock.set(at)
    clean_world.clock.forward(minutes=-20)
    form = clean_world.desk().open(CALL).form(CALL).fill(**TOLD)  # type: ignore[arg-type]
    clean_world.clock.set(at)
    clean_world.clock.then(local(at) + timedelta(minutes=2))  # time passes while the request is under way
    form.submit(follow=False)
    assert str(clean_world.row("SELECT filing_date FROM demand")[0]) == day


def test_what_is_wrong_is_named_in_the_order_of_the_page(clean_world: World) -> None:
    born = {"birth_day": "31", "birth_month": "2", "birth_year": "1974"}
    before = {"contact_day": "31", "contact_month": "2", "contact_time": "25:00"}
    page = call(clean_world.desk(), **before, **born, phone="12", email="o.rey", helper_name="x" * 201)
    summary, _, rest = page.body.decode().partition("</h1>")
    named = re.findall(r'<li><a href="#([^"]+)"', summary)
    assert len(named) == 6, named
    places = [rest.index(f'id="{one}"') for one in named]
    assert places == sorted(places)


def test_an_earlier_call_wants_its_reason(clean_world: World) -> None:
    desk = clean_world.desk()
    asked = call(desk, contact_day="9", contact_month="11")
    assert asked.status == 422
    assert asked.form(CALL).values["name"] == TOLD["name"]
    done = asked.form(CALL).fill(reason="Message sur le répondeur").submit()
    assert done.path == "/staff/demands/filed"
    assert str(clean_world.row("SELECT filing_date FROM demand")[0]) == "2026-11-09"


def test_its_own_words_stand_on_no_other_form(clean_world: World) -> None:
    """Fields are described once in a process: a word changed there would stand on everybody's page from then on."""
    desk, me = clean_world.desk(), Browser(clean_world.citizen_app)
    assert "Qui a besoin d’aide" in desk.open(CALL).text
    for browser, path in ((me, "/fr/demand/new"), (desk, "/staff/demands/new")):
        page = browser.open(path)
        assert page.status == 200
        assert "Qui a besoin d’aide" not in page.text
        assert "Numéro pour rappeler" not in page.text


def test_urgent_help_starts_its_clock_and_the_alerts(clean_world: World, mailbox: Smtp) -> None:
    page = call(clean_world.desk(), urgent="yes", commune="6248")
    assert "15 novembre 2026" in page.text
    demand = clean_world.row("SELECT id, urgent_requested_at = recorded_at, urgent_opened_at FROM demand")
    assert demand[1:] == (True, None)
    assert sweep_urgent(clean_world.worker, clean_world.mailer) == 1
    assert len(mailbox.messages()) == 1


def test_twice_is_once(clean_world: World) -> None:
    form = clean_world.desk().open(CALL).form(CALL).fill(**TOLD)  # type: ignore[arg-type]
    first, second = form.submit(), form.submit()
    assert first.path == second.path == "/staff/demands/filed"
    assert clean_world.count("demand") == 1


def test_somebody_calls_for_another_person(clean_world: World) -> None:
    page = call(clean_world.desk(), helper_name="Alain Fux", commune="6248")
    link = next(link for link in page.links() if link.startswith("/staff/demands/") and len(link) > 45)
    assert "Alain Fux" in clean_world.desk().open(link).text


def test_the_confirmation_leaves_by_mail(clean_world: World, mailbox: Smtp) -> None:
    page = call(clean_world.desk(), email="rosa@example.ch")
    assert "La confirmation part aussi à son adresse e-mail." in page.text
    tell_filing(clean_world.worker, clean_world.mailer, clean_world.row("SELECT id FROM demand")[0])
    assert len(mailbox.messages()) == 1


def test_who_may_be_the_same_is_shown_before_and_after_and_never_in_the_way(clean_world: World) -> None:
    known = clean_world.announce(Person("Rosa Nunes", birth_year=1970, phone="+41 79 555 21 21"))
    desk = clean_world.desk()
    page = desk.open(CALL).form(CALL).fill(**TOLD, email="x@example.ch").submit(("_look", "1"))  # type: ignore[arg-type]
    assert (page.status, page.path) == (200, CALL)
    for said in (known.reference, "Même nom", "Même année de naissance"):
        assert said in page.text
    assert page.form(CALL).values["email"] == "x@example.ch"  # nothing is lost, and nothing is sent
    assert clean_world.count("demand") == 1
    filed = page.form(CALL).submit()
    assert filed.path == "/staff/demands/filed"
    assert known.reference in filed.text
    assert "même téléphone" in filed.text


def test_nobody_is_like_it(clean_world: World) -> None:
    desk = clean_world.desk()
    page = desk.open(CALL).form(CALL).fill(**TOLD).submit(("_look", "1"))  # type: ignore[arg-type]
    assert "Aucun dossier semblable" in page.text
    later = desk.open(CALL).form(CALL).fill(name_at_desk=True).submit(("_look", "1"))
    assert "Aucun dossier semblable" in later.text


def test_a_fault_loses_nothing(clean_world: World) -> None:
    page = clean_world.desk().open(CALL).form(CALL).fill(phone="12", email="x", birth_year="3000").submit()
    assert page.status == 422
    assert {"name", "phone", "email"} <= page.faulty()
    assert page.form(CALL).values["phone"] == "12"
    assert clean_world.count("demand") == 0


def test_a_name_and_that_it_comes_later(clean_world: World) -> None:
    page = clean_world.desk().open(CALL).form(CALL).fill(**TOLD, name_at_desk=True).submit()  # type: ignore[arg-type]
    assert (page.status, page.faulty()) == (422, {"name"})
    assert page.form(CALL).values["name"] == TOLD["name"]
    assert clean_world.count("demand") == 0


def test_from_the_search_with_the_name(clean_world: World) -> None:
    desk = clean_world.desk()
    found = desk.open("/staff/search").form("/staff/search").fill(looked_for="Zoé Nobody").submit()
    page = found.form(CALL).submit()
    assert (page.status, page.form(CALL).values["name"]) == (200, "Zoé Nobody")


def test_the_language_menu_keeps_what_was_typed(clean_world: World) -> None:
    desk = clean_world.desk()
    page = desk.open(CALL)
    page.form(CALL).fill(**TOLD)  # type: ignore[arg-type]
    german = desk.post(CALL, {**page.form(CALL).values.to_dict(), **TOLD, "_switch": "de"})
    assert german.form(CALL).values["phone"] == TOLD["phone"]
    assert "Einen Anruf notieren" in german.text
    assert clean_world.count("demand") == 0
