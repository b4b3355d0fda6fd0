"""Access to the desk, as an administrator has it: every form, and the first page of each function."""

from __future__ import annotations

import pytest

from devstack.oidc import Oidc
from portal.domain.role import Role
from tests.pages.browser import Browser, Page
from tests.pages.world import World
from tests.security.test_oidc import Desk

ADDRESS = "eva.demo@example.ch"
INVITED = {"name": "Eva Demo", "address": ADDRESS, "roles": "reception", "region": "sierre", "language": "fr"}


@pytest.fixture
def sara(clean_world: World) -> Browser:
    return clean_world.desk(None, roles=[Role.ADMINISTRATOR])


def invite(sara: Browser, **other: str) -> Page:
    form = sara.open("/staff/people/invite").form("/people/invite")
    return form.force(**(INVITED | other)).submit()


def member(world: World, name: str = "worker") -> str:
    query = "SELECT id FROM caseworker WHERE region IS NOT NULL AND subject LIKE %s ORDER BY name DESC LIMIT 1"
    return f"/staff/people/{world.row(query, f'{name}%')[0]}"


def first_sign_in(world: World, subject: str = "eva.demo") -> Page:
    desk = Desk(Browser(world.staff_app))
    return desk.back(desk.consent(desk.start(), sub=subject))


def test_invited_signed_in_and_out_again_at_once(clean_world: World, sara: Browser, oidc: Oidc) -> None:
    clean_world.announce()
    assert first_sign_in(clean_world).status == 403
    page = invite(sara)
    assert "Invitation envoyée" in page.text
    assert ADDRESS in page.text
    eva = first_sign_in(clean_world)
    assert eva.path == "/staff/"
    assert "Jeanne Dupont" in eva.text
    page = sara.open("/staff/people")
    assert ADDRESS not in page.text
    assert "Session ouverte" in page.text
    sara.open(member(clean_world, "eva")).form("/end").submit()
    assert eva.browser.open("/staff/").path == "/staff/sign-in"
    assert first_sign_in(clean_world).status == 403


def test_an_address_that_the_provider_has_not_verified_opens_nothing(
    clean_world: World, sara: Browser, oidc: Oidc
) -> None:
    """The provider of the tests gives whoever it does not know their own name as address, and does not call it verified."""
    invite(sara, address="someone@example.ch")
    assert first_sign_in(clean_world, "someone@example.ch").status == 403
    assert clean_world.row("SELECT taken_at FROM invitation") == (None,)


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"name": " "}, {"name"}),
        ({"address": "eva"}, {"address"}),
        ({"address": ""}, {"address"}),
        ({"roles": "administrator"}, {"roles"}),
        ({"region": ""}, {"region"}),
        ({"region": "elsewhere"}, {"region"}),
        ({"roles": "figures"}, {"region"}),
        ({"language": "pt"}, {"language"}),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_invited(
    clean_world: World, sara: Browser, wrong: dict[str, str], fields: set[str]
) -> None:
    page = invite(sara, **wrong)
    assert page.status == 422
    assert page.faulty() == fields
    assert clean_world.count("invitation") == 0


def test_a_change_holds_from_the_next_sign_in(clean_world: World, sara: Browser) -> None:
    worker = clean_world.desk()
    page = (
        sara.open(member(clean_world)).form(member(clean_world)).force(roles="team-lead", region="oberwallis").submit()
    )
    assert "C’est changé" in page.text
    page = worker.open("/staff/sign-in")
    assert "Votre fonction ou votre région a changé." in page.text


def test_each_function_begins_on_its_own_page(clean_world: World, sara: Browser) -> None:
    assert sara.open("/staff/sign-in").path == "/staff/people"
    figures = clean_world.desk(None, roles=[Role.FIGURES])
    assert figures.open("/staff/sign-in").path == "/staff/figures"
    for browser, start in ((sara, "/staff/people"), (figures, "/staff/figures")):
        page = browser.open("/staff/")
        assert page.status == 403
        assert start in page.links()
    assert clean_world.desk().open("/staff/sign-in").path == "/staff/"


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.TEAM_LEAD])
def test_files_that_began_on_paper_are_a_link_for_reception_and_lead(clean_world: World, role: Role) -> None:
    desk = clean_world.desk(roles=[role])
    assert "/staff/dossiers" in desk.open("/staff/").links()
    assert desk.open("/staff/dossiers").status == 200
