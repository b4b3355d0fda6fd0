"""A caseworker sees where they are signed in, ends what they do not use, and signs out at the provider too."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from devstack.oidc import Oidc
from portal.factory import create_app
from portal.services.staff import staff_sign_in
from portal.services.staff_sessions import end_sessions
from tests.pages.browser import Browser, Form
from tests.pages.world import World
from tests.provider import vouched

MINE, THEIRS = "sessions-mine", "sessions-theirs"


@pytest.fixture
def world(clean_world: World) -> World:
    """Two caseworkers of one centre."""
    for subject in (MINE, THEIRS):
        clean_world.caseworker("sierre", subject)
    return clean_world


def enter(world: World, subject: str = MINE) -> Browser:
    secret = staff_sign_in(world.staff, world.stack.oidc.issuer, subject, "fr", "test", vouched(world.stack, subject))
    browser = Browser(world.staff_app)
    browser.set_cookie("staff", secret or "")
    return browser


def forms_of(browser: Browser) -> list[Form]:
    """The buttons of the list, that for all others last."""
    return [one for one in browser.open("/staff/sessions").forms() if one.action.endswith("/staff/sessions")]


def is_in(browser: Browser) -> bool:
    return browser.open("/staff/").path == "/staff/"


def test_the_list_shows_the_own_living_sessions_and_no_secret(world: World) -> None:
    here, _other, _theirs = enter(world), enter(world), enter(world, THEIRS)
    page = here.open("/staff/sessions")
    assert page.text.count("Session depuis le") == 2
    assert page.text.count("Vous êtes ici") == 1
    assert (here.cookie("staff") or "x") not in page.body.decode()
    hash_ = world.row("SELECT string_agg(encode(id_hash, 'hex'), ' ') FROM staff_session")[0]
    assert not any(one in page.body.decode() for one in hash_.split())
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'staff:sessions-read'") == (1,)
    assert here.open("/staff/").links().count("/staff/sessions") == 1


def test_what_is_over_is_not_in_the_list(world: World) -> None:
    enter(world)
    world.clock.forward(minutes=31)
    gone = enter(world)
    gone.open("/staff/").form("/sign-out").submit(follow=False)
    page = enter(world).open("/staff/sessions")
    assert page.text.count("Session depuis le") == 1
    assert "pas d’autre session" in page.text


def test_one_other_ends_and_the_rest_goes_on(world: World) -> None:
    other = enter(world)
    world.clock.forward(minutes=1)
    third, here, theirs = enter(world), enter(world), enter(world, THEIRS)
    forms = forms_of(here)
    assert len(forms) == 3  # each of the two others, and all of them
    done = forms[-2].submit()
    assert "fermées ne sont plus" in done.text
    assert [is_in(one) for one in (here, theirs)] == [True, True]
    assert sorted(is_in(one) for one in (other, third)) == [False, True]
    over = next(one for one in (other, third) if not is_in(one))
    assert "fermée depuis une autre session" in over.open("/staff/").text


def test_all_others_end(world: World) -> None:
    others, here, theirs = [enter(world), enter(world)], enter(world), enter(world, THEIRS)
    forms_of(here)[-1].submit()
    assert [is_in(one) for one in (*others, here, theirs)] == [False, False, True, True]
    row = world.row("SELECT count(*) FROM audit_event WHERE action = 'staff:session-end' AND outcome = 'elsewhere'")
    assert row == (1,)


@pytest.mark.parametrize("which", ["", "x", "0" * 16, "'"])
def test_a_handle_of_nobody_ends_nothing(world: World, which: str) -> None:
    other, here = enter(world), enter(world)
    form = forms_of(here)[0]
    form.force(which=which).submit()
    assert [is_in(one) for one in (other, here)] == [True, True]


def test_another_ones_handle_ends_nothing(world: World) -> None:
    here, theirs, _mine = enter(world), enter(world, THEIRS), enter(world)
    row = world.row(
        "SELECT encode(s.id_hash, 'hex') FROM staff_session s JOIN caseworker c ON c.id = s.caseworker_id"
        " WHERE c.subject = %s",
        THEIRS,
    )
    form = forms_of(here)[0]
    form.force(which=row[0][:16]).submit()
    assert is_in(theirs)


def test_a_lead_ends_all_of_somebody(world: World) -> None:
    theirs, here = [enter(world, THEIRS), enter(world, THEIRS)], enter(world)
    lead = world.caseworker("sierre", MINE)
    them = world.caseworker("sierre", THEIRS)
    assert them.id is not None
    assert end_sessions(world.staff, lead, them.id) == 2
    assert [is_in(one) for one in (*theirs, here)] == [False, False, True]
    assert world.row("SELECT actor_id FROM audit_event WHERE action = 'staff:session-end'") == (lead.id,)


def test_signing_out_leads_on_to_the_provider_and_names_nobody(world: World, oidc: Oidc) -> None:
    desk = enter(world)
    page = desk.open("/staff/").form("/sign-out").submit()
    assert (page.path, page.h1) == ("/staff/signed-out", "Vous êtes déconnecté")
    address = page.headers["Refresh"].removeprefix("0; url=")
    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(oidc.issuer)
    assert asked == {
        "client_id": [world.stack.secrets.oidc_client_id],
        "post_logout_redirect_uri": [f"{desk.base}/staff/sign-in"],
    }
    assert f'href="{address.replace("&", "&amp;")}"' in page.body.decode()
    assert not is_in(desk)


def test_while_the_provider_is_away_signing_out_works(world: World, oidc: Oidc) -> None:
    entered = enter(world)
    desk = Browser(create_app(world.settings("staff"), world.clock))  # it knows nothing of the provider yet
    desk.set_cookie("staff", entered.cookie("staff") or "")
    page = desk.open("/staff/")
    oidc.kill()
    assert page.form("/sign-out").submit().path == "/staff/sign-in"
    assert not is_in(entered)


def test_the_signed_out_page_is_nothing_to_who_is_signed_in(world: World, oidc: Oidc) -> None:
    assert enter(world).open("/staff/signed-out").path == "/staff/"
