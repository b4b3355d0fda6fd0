"""Visits end: by themselves, by the person, by the desk. A cookie is worth nothing to anybody else."""

from __future__ import annotations

import pytest

from portal.factory import create_app
from portal.security.headers import HSTS
from tests.pages.browser import Browser
from tests.pages.pdf import words
from tests.pages.world import Announced, World
from tests.security.entering import is_in, sign_in


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand whose person comes back."""
    return clean_world.announce()


def signed_in(browser: Browser) -> bool:
    return is_in(browser.open("/fr/dossier"))


def desk_signed_in(browser: Browser) -> bool:
    return browser.open("/staff/").path == "/staff/"


def test_a_visit_ends_after_half_an_hour_without_a_page(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    world.clock.forward(minutes=29.9)
    assert signed_in(browser)
    world.clock.forward(minutes=30)
    assert signed_in(browser)
    world.clock.forward(minutes=30.1)
    page = browser.open("/fr/dossier")
    assert page.path == "/fr/sign-in?next=dossier.show"
    # It has ended for good: turning the clock back does not bring it to life.
    world.clock.forward(minutes=-10)
    assert not signed_in(browser)


def test_a_visit_ends_after_eight_hours_whatever_one_does(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    for _ in range(24):
        world.clock.forward(minutes=20)
        assert signed_in(browser)
    world.clock.forward(minutes=1)
    assert not signed_in(browser)


def test_a_staff_visit_ends_too(world: World) -> None:
    idle, busy = world.desk(), world.desk()
    for _ in range(30):
        world.clock.forward(minutes=20)
        assert desk_signed_in(busy)
    assert idle.open("/staff/").path == "/staff/sign-in"
    world.clock.forward(minutes=1)
    assert not desk_signed_in(busy)


def test_signing_out_ends_the_visit_on_the_server(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    secret = browser.cookie("citizen") or ""
    browser.set_cookie("filed", "something")
    out = browser.open("/fr/dossier").form("/sign-out").submit(follow=False)
    assert out.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert (browser.cookie("citizen"), browser.cookie("filed")) == (None, None)
    browser.set_cookie("citizen", secret)
    assert not signed_in(browser)


def test_leaving_quickly_ends_the_visit_too(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    secret = browser.cookie("citizen") or ""
    left = browser.open("/fr/dossier").form("/leave").submit()
    assert left.headers["Refresh"].startswith("0; url=https://")
    assert left.headers["Clear-Site-Data"]
    assert announced.reference not in left.body.decode()
    browser.set_cookie("citizen", secret)
    assert not signed_in(browser)


def test_staff_sign_out(world: World) -> None:
    browser = world.desk()
    secret = browser.cookie("staff") or ""
    browser.open("/staff/").form("/sign-out").submit()
    browser.set_cookie("staff", secret)
    assert not desk_signed_in(browser)


def test_a_new_code_from_the_desk_ends_the_old_code_and_its_visits(world: World, announced: Announced) -> None:
    browser, desk = world.visit(announced), world.desk("sierre")
    page = desk.open(f"/staff/demands/{announced.id}")
    refused = page.form("/code").submit()
    assert (refused.status, refused.faulty()) == (422, {"identity_seen"})
    assert signed_in(browser)
    page.form("/code").fill(identity_seen=True).submit()
    slip = desk.open(f"/staff/demands/{announced.id}/slip.pdf")
    assert slip.headers["Content-Type"] == "application/pdf"
    assert not signed_in(browser)
    assert sign_in(world.browser(), announced.reference, announced.code).status == 422
    text = words(slip.body)
    fresh = text[text.index("Code d’accès") :].removeprefix("Code d’accès").replace(" ", "")[:16]
    assert is_in(sign_in(world.browser(), announced.reference, fresh))
    # The old one and the new one are the only two, and one of them lives.
    assert world.row("SELECT count(*), count(*) FILTER (WHERE ended_at IS NULL) FROM access_code") == (2, 1)


@pytest.mark.parametrize("change", ["", "x", "A" * 43, "A" * 513, "é", "'; DROP TABLE demand; --", "../../etc"])
def test_a_cookie_that_nobody_gave(world: World, change: str) -> None:
    browser = world.browser()
    browser.set_cookie("citizen", change)
    browser.set_cookie("staff", change)
    page = browser.open("/fr/dossier")
    assert (page.path, page.status) == ("/fr/sign-in?next=dossier.show", 200)


def test_a_cookie_that_was_changed(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    secret = browser.cookie("citizen") or ""
    for changed in (secret[:-1] + ("A" if secret[-1] != "A" else "B"), secret.upper(), secret[:-1], secret + "A"):
        browser.set_cookie("citizen", changed)
        assert not signed_in(browser), changed


def test_what_rests_in_the_table_is_no_cookie(world: World, announced: Announced) -> None:
    """Whoever reads the database cannot sign in with it."""
    browser = world.visit(announced)
    secret = browser.cookie("citizen") or ""
    hash_ = world.row("SELECT id_hash FROM citizen_session")[0]
    assert secret.encode() not in hash_
    for value in (hash_.hex(), hash_.decode("latin-1").encode("unicode_escape").decode()):
        browser.set_cookie("citizen", value[:500])
        assert not signed_in(browser)


def test_one_surface_does_not_open_the_other(world: World, announced: Announced) -> None:
    person, desk = Browser(world.both_app), world.desk(app=world.both_app)
    citizen_secret = world.visit(announced, app=world.both_app).cookie("citizen") or ""
    person.set_cookie("staff", citizen_secret)
    person.set_cookie("citizen", desk.cookie("staff") or "")
    assert not signed_in(person)
    assert not desk_signed_in(person)


def test_another_persons_cookie_shows_that_persons_page_and_nothing_of_mine(world: World, announced: Announced) -> None:
    """Two people on one computer: the visit that is open is one person's only, whose code was typed."""
    other = world.announce(commune=6297)
    mine, theirs = world.visit(announced), world.visit(other)
    theirs_text = theirs.open("/fr/dossier").text
    assert other.reference in theirs_text
    assert announced.reference not in theirs_text
    mine.set_cookie("citizen", "not-" + (theirs.cookie("citizen") or ""))
    assert other.reference not in mine.open("/fr/dossier").text


def test_signing_in_gives_a_new_cookie(world: World, announced: Announced) -> None:
    """A cookie that somebody planted before is not the one of the visit."""
    planted = world.visit(world.announce()).cookie("citizen") or ""
    browser = world.browser()
    browser.set_cookie("citizen", planted)
    browser.open("/fr/sign-in", follow=False)
    browser.drop_cookie("citizen")
    browser.set_cookie("citizen", "planted")
    assert is_in(sign_in(browser, announced.reference, announced.code))
    assert browser.cookie("citizen") not in ("planted", planted, None)


def test_a_visitor_has_no_row_and_no_personal_cookie(world: World, clean_world: World) -> None:
    browser = world.browser()
    for path in ("/fr/", "/fr/demand/new", "/fr/urgent", "/fr/verify"):
        browser.open(path)
    assert world.count("citizen_session") == 0
    assert browser.cookie("citizen") is None
    assert browser.cookie("visit")


def test_a_caseworker_who_left_is_out_at_once(world: World) -> None:
    desk = world.desk()
    assert desk_signed_in(desk)
    with world.superuser() as connection:
        connection.execute("UPDATE caseworker SET active = false")
    assert not desk_signed_in(desk)


def test_a_caseworker_who_moved_sees_the_new_region_at_once(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    assert desk.open(f"/staff/demands/{announced.id}").status == 200
    with world.superuser() as connection:
        connection.execute("UPDATE caseworker SET region = 'oberwallis'")
    assert desk.open(f"/staff/demands/{announced.id}").status == 404


def test_over_tls_cookies_are_bound_to_the_host(world: World) -> None:
    app = create_app(world.settings("citizen", public_url="https://portal.example.ch"), world.clock)
    browser = Browser(app)
    page = browser.open("/fr/demand/new")
    assert page.headers["Strict-Transport-Security"] == HSTS
    cookies = page.headers.getlist("Set-Cookie")
    assert cookies
    assert all(c.startswith("__Host-") and "Secure" in c and "HttpOnly" in c and "Path=/" in c for c in cookies)
    filed = page.form("/demand/new").fill(name="Léa").submit().form("/demand/new").submit(follow=False)
    assert filed.headers.getlist("Set-Cookie")[0].startswith("__Host-filed=")


def test_an_older_secret_still_opens_cookies_and_codes(world: World, announced: Announced) -> None:
    """A change of SECRET_KEY signs nobody out: the older value still recognises."""
    browser = world.visit(announced)
    settings = world.settings("citizen")
    renewed = create_app(world.settings("citizen", secrets=("n" * 40, *settings.secrets)), world.clock)
    again = Browser(renewed)
    again.set_cookie("citizen", browser.cookie("citizen") or "")
    assert signed_in(again)
    assert is_in(sign_in(Browser(renewed), announced.reference, announced.code))
    forgotten = create_app(world.settings("citizen", secrets=("n" * 40,)), world.clock)
    stranger = Browser(forgotten)
    stranger.set_cookie("citizen", browser.cookie("citizen") or "")
    assert not signed_in(stranger)
