"""A visit that ends while somebody writes: what they sent comes back, and can be sent after signing in again."""

from __future__ import annotations

from portal.domain.staff_session import ABSOLUTE
from portal.services.staff import staff_sign_in
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


def test_a_withdrawal_after_the_end_of_the_session_is_not_lost(clean_world: World) -> None:
    world = clean_world
    browser = world.visit(world.announce())
    form = browser.open("/fr/dossier/withdraw").form("/fr/dossier/withdraw").fill(reason="J’ai trouvé du travail")
    world.clock.forward(hours=9)
    page = form.submit()
    assert page.status == 401
    assert page.form("/fr/dossier/withdraw").values["reason"] == "J’ai trouvé du travail"
    assert world.row("SELECT count(*) FROM demand WHERE withdrawn_at IS NOT NULL") == (0,)
