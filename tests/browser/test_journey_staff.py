"""The staff desk with the real OpenID provider: sign in, the board, a demand, a person at the counter."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from portal.domain.demand import Announcement, Person, filing_day
from portal.i18n.formats import long_date
from tests.browser.conftest import OpenPage
from tests.browser.hands import CODE, Hands, digits
from tests.browser.launch import DESK
from tests.browser.world import VERNAYAZ, VISP, World

DAY = timedelta(days=1)


def today() -> date:
    """The local day in Valais."""
    return filing_day(datetime.now(UTC))


def fill_date(form: Locator, day: date) -> None:
    """The three boxes of a first contact."""
    for name, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        form.locator(f"[name=contact_{name}]").fill(str(value))


def sign_in(page: Page, subject: str = "claire.demo") -> None:
    """Through the provider, by the button with the name of a demo caseworker."""
    page.goto("/staff/")
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name=subject).click()


def test_a_day_at_the_desk(open_page: OpenPage, world: World) -> None:
    old = world.file(world.somebody(), ago=9 * DAY)
    world.file(Announcement(Person("Marta Sousa"), "pt", 6248, urgent=True), ago=DAY)
    world.file(Announcement(Person("Anna Imboden"), "de", VISP))
    page = open_page(**DESK)
    me = Hands(page, "fr")
    sign_in(page)
    expect(page.locator("h1")).to_contain_text("Sierre")
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(2)  # Visp is another centre's
    expect(rows.first).to_contain_text("Marta Sousa")  # urgent help first
    expect(rows.first).to_contain_text("Urgent")

    page.get_by_role("button", name="Odette Rey").click()
    expect(page.locator("h1")).to_have_text("Odette Rey")
    receipt = me.pdf_text(page.get_by_role("link", name=re.compile("^Reçu.*Français")).click)
    assert old.demand.reference in receipt
    correct_the_date(page)
    new_code(me, world, old.code)
    pass_on(page)
    expect(page.locator("h1")).to_contain_text("Sierre")
    expect(rows).to_have_count(1)
    page.goto(f"/staff/demands/{old.demand.id}")  # passed on: no longer this centre's
    me.heading("Cette page n’existe pas")


def not_ours(page: Page, address: str) -> None:
    """It is not open, as any other; who opens it all the same finds nothing."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 409
    with page.expect_navigation() as opened:
        page.locator("main form[action='/staff/open'] [type=submit]").click()
    assert opened.value.status == 404


def correct_the_date(page: Page) -> None:
    tool = page.locator("details.tool", has_text="Corriger la date de l’annonce")
    tool.locator("summary").click()
    tool.get_by_role("button", name="Corriger la date").click()
    tool = page.locator("details.tool", has_text="Corriger la date de l’annonce")
    expect(tool).to_have_attribute("open", "")
    expect(tool.locator(".field-error").first).to_be_visible()
    called = today() - 20 * DAY
    fill_date(tool, called)
    tool.locator("[name=contact_time]").fill("14:30")
    tool.locator("[name=channel]").select_option("phone")
    tool.locator("[name=reason]").fill("Note of the call")
    tool.get_by_role("button", name="Corriger la date").click()
    expect(page.locator(".facts")).to_contain_text(long_date(called, "fr"))
    expect(page.locator(".history")).to_contain_text("Note of the call")


def new_code(me: Hands, world: World, old_code: str | None) -> None:
    page = me.page
    tool = page.locator("details.tool", has_text="Donner un nouveau code d’accès")
    tool.locator("summary").click()
    tool.locator(".choice label").click()
    tool.get_by_role("button", name="Faire un nouveau code").click()
    me.heading("Le nouveau code est prêt")
    slip = me.pdf_text(page.get_by_role("link", name="Feuille « Pour vous seulement » (PDF)").click)
    found = CODE.search(slip)
    assert found
    assert digits(found[0]) != old_code
    with world.database.connect() as connection:
        ended = connection.execute("SELECT count(*) FROM access_code WHERE ended_at IS NOT NULL").fetchone()
    assert ended == (1,)
    page.get_by_role("link", name="Ouvrir la demande").click()


def pass_on(page: Page) -> None:
    tool = page.locator("details.tool", has_text="Transmettre à un autre centre")
    tool.locator("summary").click()
    tool.locator("[name=region]").select_option("martigny")
    tool.locator("[name=reason]").fill("Lives in Martigny now")
    tool.get_by_role("button", name="Transmettre", exact=True).click()


def test_a_person_at_the_counter(open_page: OpenPage, world: World) -> None:
    page = open_page(**DESK)
    me = Hands(page, "fr")
    sign_in(page)
    page.get_by_role("link", name="Saisir une demande").first.click()
    me.choice("Au guichet").click()
    came = today() - 2 * DAY
    fill_date(page.locator("#demand-form"), came)
    page.locator("#name").fill("Luan Berisha")
    page.locator("[name=language]").select_option("pt")
    page.get_by_role("combobox", name="Commune").fill("sierr")
    page.get_by_role("listbox").get_by_role("option").first.click()
    me.button("Enregistrer la demande").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("#error-summary").get_by_role("link").click()
    expect(page.locator("[name=reason]")).to_be_focused()
    page.locator("[name=reason]").fill("Came without papers on Thursday")
    me.button("Enregistrer la demande").dblclick()

    me.heading("Demande enregistrée")
    expect(page.locator(".panel")).to_contain_text(long_date(came, "fr"))
    receipt = me.pdf_text(me.link("Reçu (PDF)").click)
    assert "Luan Berisha" in receipt
    assert Hands(page, "pt").words("Reçu de votre annonce") in " ".join(receipt.split())  # the person's language
    slip = me.pdf_text(me.link("Feuille « Pour vous seulement » (PDF)").click)
    code = CODE.search(slip)
    assert code
    assert digits(code[0]) not in digits(receipt)
    expect(page.get_by_text(code[0])).to_have_count(0)  # the caseworker does not see it
    with world.database.connect() as connection:
        assert connection.execute("SELECT count(*), min(channel) FROM demand").fetchone() == (1, "walk-in")
    expect(page.locator(".helping")).to_contain_text("Luan Berisha")  # who was recorded is open
    page.locator(".helping").get_by_role("button", name="Personne suivante").click()
    me.heading("Chercher un dossier")
    page.goto("/staff/")
    expect(page.locator("tbody tr")).to_have_count(1)
    page.goto("/staff/demands/filed")
    expect(page.locator("h1")).to_contain_text("Sierre")


def test_a_demand_that_two_centres_could_take(open_page: OpenPage, world: World) -> None:
    known = world.file(Announcement(Person("Inès Rocha"), "fr", None))
    page = open_page(**DESK)
    me = Hands(page, "fr")
    sign_in(page)
    expect(page.locator("tbody tr")).to_contain_text("À prendre")
    page.get_by_role("button", name="Inès Rocha").click()
    me.button("Prendre cette demande").click()
    expect(page.locator(".history")).to_contain_text("Prise en charge")
    other = open_page(**DESK)
    sign_in(other, "anna.demo")
    expect(other.locator("tbody tr")).to_have_count(0)
    not_ours(other, f"/staff/demands/{known.demand.id}")


def test_what_lies_outside_the_scope(open_page: OpenPage, world: World) -> None:
    known = world.file(Announcement(Person("Nobody"), "fr", VERNAYAZ))
    page = open_page(**DESK)
    me = Hands(page, "fr")
    sign_in(page)
    not_ours(page, f"/staff/demands/{known.demand.id}")
    me.heading("Cette page n’existe pas")
    expect(page.get_by_text("Nobody")).to_have_count(0)


def test_sign_in_of_a_stranger_and_sign_out(open_page: OpenPage, world: World) -> None:
    page = open_page(**DESK)
    me = Hands(page, "fr")
    page.goto("/staff/")
    page.get_by_role("button", name="Se connecter").click()
    page.locator("input[name=sub]").fill("stranger")
    page.locator("input[name=sub]").press("Enter")
    me.says("Ce compte n’est pas inscrit au portail. Demandez à votre responsable.")
    sign_in(page)
    page.locator(".foot").get_by_role("button", name="Se déconnecter").click()
    expect(page.locator("h1")).to_have_text("End Session")  # the provider's own page, to which the portal leads on
    page.get_by_role("button", name="End session").click()
    me.heading("Espace des centres")
    page.goto("/staff/")
    me.heading("Espace des centres")
    assert "staff" not in {cookie["name"] for cookie in page.context.cookies()}


def test_the_desk_in_german(open_page: OpenPage, world: World) -> None:
    """A caseworker chooses German in the menu: it holds for the session, whatever the browser prefers."""
    world.file(world.somebody())
    page = open_page(**DESK)
    german = Hands(page, "de")
    sign_in(page)
    page.locator(".lang summary").click()
    page.get_by_role("link", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("button", name="Odette Rey").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    german.says("Ce que la personne a dit")
    not_ours(page, "/staff/demands/00000000-0000-0000-0000-000000000000")
    german.heading("Cette page n’existe pas")
