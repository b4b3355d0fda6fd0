"""A page of the situation that is sent from elsewhere: another dossier, no database, a session that ended."""

from __future__ import annotations

import pytest

from devstack.postgres import Postgres
from portal.domain.demand import Person
from portal.domain.situation import Relation
from portal.services.citizen import enter_after_filing
from portal.services.situations import add_person
from tests.pages.browser import Browser, Page
from tests.pages.situations import IBAN, draft, form_on, opened, place
from tests.pages.world import Announced, World


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def phone(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def background(page: Page, **typed: str) -> int:
    """What the page sends while somebody types."""
    values = form_on(page).force(**typed).values
    return page.browser.send(
        "POST", page.path, data={**values, "_typed": "1"}, headers={"Origin": page.browser.origin}
    ).status_code


@pytest.mark.parametrize("name", ["account", "persons", "check"])
def test_a_form_of_another_dossier_saves_nothing(world: World, announced: Announced, phone: Browser, name: str) -> None:
    form = opened(phone, name)
    other = world.announce(Person(name="Jemand Anders"))
    phone.set_cookie("citizen", enter_after_filing(world.citizen, other.view, "test"))  # as another tab would
    if name == "account":
        form.fill(account_number=IBAN)
    page = form.submit()
    assert page.status == 409
    assert "Un autre dossier est ouvert ici" in page.text
    for one in (announced, other):
        assert draft(world, one).done <= {"birth@a"}  # what the announcement said already
        assert "account_number" not in draft(world, one).said
    assert world.count("situation_snapshot") == world.count("situation_draft") == 0
    again = next(one for one in page.forms() if one.values.get("reference") == announced.reference)
    assert again.values.get("account_number") == (IBAN if name == "account" else None)


def test_a_form_without_a_reference_saves_nothing(world: World, announced: Announced, phone: Browser) -> None:
    for reference in ("", "VS-0000-0000-00", "x" * 9999):
        page = opened(phone, "debts").fill(debts="1").force(reference=reference).submit()
        assert page.status == 409
    assert world.count("situation_draft") == 0


def test_removing_somebody_from_another_dossier(world: World, announced: Announced, phone: Browser) -> None:
    add_person(world.citizen, world.adult(announced), Relation.CHILD)
    form = next(one for one in phone.open(place("persons")).forms() if one.action.endswith("/remove"))
    page = form.force(reference="VS-0000-0000-00").submit()
    assert page.status == 409
    assert len(draft(world, announced).said["persons"]) == 2


def test_the_database_is_lost_while_a_page_is_sent(
    world: World, announced: Announced, phone: Browser, postgres: Postgres
) -> None:
    page = opened(phone, "debts").page
    form = form_on(page).fill(debts="1000")
    postgres.stop()
    try:
        assert background(page, debts="10") == 503
        lost = form.submit()
        assert lost.status == 503
        assert "Ce que vous venez d’envoyer ne l’est peut-être pas." in lost.text
    finally:
        postgres.start()
    assert form.submit().status == 200, "sent again, it is saved"
    assert draft(world, announced).said["debts"] == "1000.00"


def test_a_session_that_ended_keeps_the_text(world: World, announced: Announced, phone: Browser) -> None:
    form = opened(phone, "debts").fill(debts="1000")
    world.clock.forward(hours=9)
    page = form.submit()
    assert page.status == 401
    assert page.form("/debts").values["debts"] == "1000"
    code = announced.code
    phone.open("/fr/sign-in").form("/sign-in").fill(reference=announced.reference, code=code).submit()
    assert page.form("/debts").submit().status == 200
    assert draft(world, announced).said["debts"] == "1000.00"
