"""A visit that ends while somebody writes: what they sent comes back, and can be sent after signing in again."""

from __future__ import annotations

import pytest

from portal.domain.staff_session import ABSOLUTE
from portal.services.staff import staff_sign_in
from tests.pages.browser import Browser, Form, Page
from tests.pages.world import World


def test_a_half_recorded_demand_survives_the_end_of_the_session(clean_world: World) -> None:
    world = clean_world
    desk = world.desk()
    form = desk.open("/staff/demands/new").form("/staff/demands/new")
    form.fill(channel="phone", name="Zoé Antille", phone="079 123 45 67")
    world.clock.forward(hours=ABSOLUTE.total_seconds() / 3600 + 1)
    page = form.submit()
    assert page.status == 401
    again = page.form("/staff/demands/new")
    assert again.values["name"] == "Zoé Antille"
    assert world.count("demand") == 0

    subject = world.row("SELECT subject FROM caseworker ORDER BY subject DESC LIMIT 1")[0]
    secret = staff_sign_in(world.staff, world.stack.oidc.issuer, subject, "fr", "test")
    assert secret is not None
    desk.set_cookie("staff", secret)
    assert again.submit().path == "/staff/demands/filed"
    assert world.row("SELECT name FROM adult") == ("Zoé Antille",)


ON_PAPER = "/staff/dossiers/new"
AT_DESK = pytest.mark.parametrize("path", ["/staff/demands/new", "/staff/call", ON_PAPER])
TYPED = {"name": "Zoé Antille", "phone": "079 123 45 67"}


def typed(desk: Browser, path: str) -> Form:
    """A demand, or a file on paper, half written in a tab of its own."""
    form = desk.open(path).form(path).fill(**TYPED)  # type: ignore[arg-type]
    if path == ON_PAPER:
        form.fill(since_month="5", since_year="2026", identity_seen="y")
    return form.fill(channel="phone") if path == "/staff/demands/new" else form


def recorded(page: Page, path: str) -> bool:
    """Whether that went on to what is handed over."""
    if path == ON_PAPER:
        return page.path.startswith("/staff/dossiers/") and page.path.endswith("/letter")
    return page.path == "/staff/demands/filed"


@AT_DESK
def test_a_form_older_than_the_next_person_comes_back_and_asks(clean_world: World, path: str) -> None:
    desk = clean_world.desk()
    form = typed(desk, path)
    desk.open("/staff/").form("/staff/next").submit()
    page = form.submit()
    assert (page.status, page.path) == (400, path)
    assert "Cette page était trop vieille" in page.text
    assert "Vérifiez si c’est la même personne." in page.text
    assert (clean_world.count("dossier"), clean_world.count("demand")) == (0, 0)
    again = page.form(path)
    assert {name: again.values[name] for name in TYPED} == TYPED
    assert recorded(again.submit(), path)
    assert form.submit().status == 400, "the old page itself sends nothing"
    assert (clean_world.count("dossier"), clean_world.count("demand")) == (1, 0 if path == ON_PAPER else 1)


@AT_DESK
def test_a_form_older_than_a_sign_out_says_so(clean_world: World, path: str) -> None:
    desk = clean_world.desk()
    form = typed(desk, path)
    secret = desk.cookie("staff") or ""
    desk.open("/staff/").form("/staff/sign-out").submit(follow=False)
    for name in ("staff", "visit"):  # as the browser does with Clear-Site-Data
        desk.drop_cookie(name)
    page = form.submit()
    assert (page.status, page.h1) == (400, "Votre session est fermée")
    assert "sans activité" not in page.text, "that is not why"
    assert page.form(path).values["name"] == TYPED["name"]
    desk.set_cookie("staff", secret)
    assert form.submit().status == 400, "nor with the secret of before"
    assert (clean_world.count("dossier"), clean_world.count("demand")) == (0, 0)
    subject = clean_world.row("SELECT subject FROM caseworker ORDER BY subject DESC LIMIT 1")[0]
    fresh = staff_sign_in(clean_world.staff, clean_world.stack.oidc.issuer, subject, "fr", "test")
    desk.set_cookie("staff", fresh or "")
    assert recorded(page.form(path).submit(), path)


@AT_DESK
def test_another_sites_form_fills_in_nothing_at_the_desk(clean_world: World, path: str) -> None:
    desk = clean_world.desk()
    sent = typed(desk, path).values.to_dict()
    page = desk.post(path, sent, headers={"Sec-Fetch-Site": "same-site"})
    assert (page.status, page.h1) == (400, "Cette page était trop vieille")
    assert TYPED["name"] not in page.body.decode()


@AT_DESK
def test_without_a_token_and_without_a_word_nobody_sees_the_form(clean_world: World, path: str) -> None:
    page = Browser(clean_world.staff_app).post(path, {}, follow=False)
    assert page.status == 400
    assert path not in [form.action for form in page.forms()]


def test_a_withdrawal_after_the_end_of_the_session_is_not_lost(clean_world: World) -> None:
    world = clean_world
    browser = world.visit(world.announce())
    form = browser.open("/fr/dossier/withdraw").form("/fr/dossier/withdraw").fill(reason="J’ai trouvé du travail")
    world.clock.forward(hours=9)
    page = form.submit()
    assert page.status == 401
    assert page.form("/fr/dossier/withdraw").values["reason"] == "J’ai trouvé du travail"
    assert world.row("SELECT count(*) FROM demand WHERE withdrawn_at IS NOT NULL") == (0,)
