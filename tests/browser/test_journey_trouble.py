"""Reports and messages when hands, devices and words are not as they should be: one effect, or a clear word, and nothing lost."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, expect

from tests.browser.changes_cases import LEFT
from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands, overflow
from tests.browser.launch import PHONE
from tests.browser.reporting import details, fill, go_on
from tests.browser.visits import BrowserVisit
from tests.browser.world import Known, World
from tests.servers import PortalServer

ODD: Final = "Zoë ‘O’Šullivan’ <b>&amp;</b> 李 ﷽ {{ 7*7 }} %s"
LONG: Final = "à" * 20_000
scripts = pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])


class Somebody(Hands):
    """At home with a phone, signed in."""

    def __init__(self, open_page: OpenPage, world: World, server: PortalServer, *, script: bool = True) -> None:
        super().__init__(open_page(**PHONE, java_script_enabled=script), "fr")
        self.world = world
        self.base_url = server.base_url
        self.known = self.file()
        self.comes_in(self.known)

    def file(self) -> Known:
        """A demand with answers."""
        return self.world.file(self.world.somebody(), situation=LEFT)

    def comes_in(self, known: Known) -> None:
        """Hold the cookie of this demand, on this device."""
        BrowserVisit(self.world, self.page, self.base_url).cookie("citizen", self.world.visit(known))

    def signs_in(self) -> None:
        """By the form of a page that asks for it."""
        assert self.known.code is not None
        self.page.locator("[name=reference]:visible").fill(self.known.demand.reference)
        self.page.locator("[name=code]").fill(self.known.code)
        self.button("Ouvrir mon dossier").click()

    def stored(self, table: str) -> int:
        """How many there are."""
        with self.world.database.connect() as connection:
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # type: ignore[arg-type]  # noqa: S608
        assert row is not None
        return int(row[0])


def end_every_visit(world: World) -> None:
    """As half an hour without a touch would."""
    with world.database.connect() as connection:
        connection.execute("UPDATE citizen_session SET ended_at = %s", [datetime.now(UTC)])


def back(page: Page, address: str) -> None:
    """The back button; the browser may ask before it sends the answers of a page once more."""
    try:
        page.go_back()
    except BrowserError as error:
        assert "ERR_CACHE_MISS" in str(error)  # noqa: PT017 - which error it is decides what a person does next
        page.wait_for_url("chrome-error://chromewebdata/")
        page.reload()
    expect(page).to_have_url(re.compile(address))


@scripts
def test_a_message_sent_by_two_clicks_and_after_back_is_one(
    open_page: OpenPage, world: World, live_server: PortalServer, script: bool
) -> None:
    me = Somebody(open_page, world, live_server, script=script)
    me.go("/dossier/messages")
    me.page.locator("[name=words]").fill("Une seule fois")
    me.button("Envoyer le message").dblclick()
    expect(me.page.locator(".thread > *")).to_have_count(1)
    back(me.page, "/dossier/messages$")
    words = me.page.locator("[name=words]")
    if words.input_value() == "Une seule fois":  # the browser kept it: sent again it is the same message
        me.button("Envoyer le message").click()
        expect(me.page.locator(".thread > *")).to_have_count(1)
    assert me.stored("thread_message") == 1


@scripts
def test_a_visit_that_ends_while_typing_loses_nothing(
    open_page: OpenPage, world: World, live_server: PortalServer, script: bool
) -> None:
    me = Somebody(open_page, world, live_server, script=script)
    details(me.page, "moved")
    fill(me.page, "moved", rent="913")
    me.page.locator("[name=why]").fill("J’étais à l’hôpital")
    end_every_visit(world)
    go_on(me.page)
    assert overflow(me.page) == []
    again(me, "changes/new")
    expect(me.page.locator("#effect")).to_be_visible()
    me.says("J’étais à l’hôpital")
    end_every_visit(world)
    me.page.locator("main button[name=_send]").first.click()
    again(me, "changes/new")
    expect(me.page).to_have_url(re.compile(r"/changes/[a-z]{10}$"))
    me.says("J’étais à l’hôpital")
    assert me.stored("change_report") == 1

    me.go("/dossier/messages")
    me.page.locator("[name=words]").fill("Toujours là")
    end_every_visit(world)
    me.button("Envoyer le message").click()
    again(me, "messages")
    expect(me.page.locator(".thread")).to_contain_text("Toujours là")


def again(me: Somebody, where: str) -> None:
    """Sign in beside the page that keeps what was typed, and send it from there."""
    page = me.page
    tab = page.context.new_page()
    tab.goto("/fr/sign-in")
    beside = Hands(tab, "fr")
    assert me.known.code is not None
    tab.locator("[name=reference]").fill(me.known.demand.reference)
    tab.locator("[name=code]").fill(me.known.code)
    beside.button("Ouvrir mon dossier").click()
    beside.heading("Mon dossier")
    tab.close()
    page.locator(f"main form[action*='/dossier/{where}'] button").first.click()


@scripts
def test_another_dossier_in_a_second_tab_gets_nothing(
    open_page: OpenPage, world: World, live_server: PortalServer, script: bool
) -> None:
    me = Somebody(open_page, world, live_server, script=script)
    details(me.page, "moved")
    fill(me.page, "moved", rent="913")
    go_on(me.page)
    tab = me.page.context.new_page()
    tab.goto("/fr/dossier/messages")
    tab.locator("[name=words]").fill("Seulement pour mon dossier")
    other = me.file()
    me.comes_in(other)
    for page, press in ((me.page, "main button[name=_send]"), (tab, "#write button")):
        page.locator(press).first.click()
        expect(page.locator("main")).to_contain_text("autre dossier")
        assert overflow(page) == []
    assert (me.stored("change_report"), me.stored("thread_message")) == (0, 0)
    assert "Seulement pour mon dossier" in tab.content()
    me.comes_in(me.known)  # the right dossier is open again, as the page said: what was typed goes on from these pages
    for page in (me.page, tab):
        page.locator("#again-form button").first.click()
    expect(tab.locator(".thread")).to_contain_text("Seulement pour mon dossier")
    expect(me.page).to_have_url(re.compile(r"/changes/[a-z]{10}$"))
    assert (me.stored("change_report"), me.stored("thread_message")) == (1, 1)


def test_odd_names_are_names(open_page: OpenPage, world: World, live_server: PortalServer) -> None:
    me = Somebody(open_page, world, live_server)
    details(me.page, "child_born")
    fill(me.page, "child_born", name=ODD)
    me.page.locator("[name=words]").fill(ODD)
    go_on(me.page)
    expect(me.page.locator("#effect")).to_be_visible()
    expect(me.page.locator("main")).to_contain_text(ODD)
    me.page.locator("main button[name=_send]").first.click()
    expect(me.page).to_have_url(re.compile(r"/changes/[a-z]{10}$"))
    expect(me.page.locator("main dd", has_text=ODD).first).to_be_visible()
    assert me.page.locator("main b").count() == 0
    assert overflow(me.page) == []


@scripts
def test_twenty_thousand_signs_are_too_many_and_stay(
    open_page: OpenPage, world: World, live_server: PortalServer, script: bool
) -> None:
    me = Somebody(open_page, world, live_server, script=script)
    details(me.page, "other")
    fill(me.page, "other")
    me.page.locator("[name=words]").fill(LONG)
    go_on(me.page)
    expect(me.page.locator(".error-summary a[href='#words']")).to_be_visible()
    assert me.page.locator("[name=words]").input_value() == LONG
    assert overflow(me.page) == []
    me.page.locator("[name=words]").fill("En bref")
    go_on(me.page)
    expect(me.page.locator("main button[name=_send]").first).to_be_visible()
    me.go("/dossier/messages")
    me.page.locator("[name=words]").fill(LONG)
    me.button("Envoyer le message").click()
    expect(me.page.locator(".error-summary a[href='#words']")).to_be_visible()
    assert me.page.locator("[name=words]").input_value() == LONG
    assert me.stored("thread_message") == 0


@pytest.mark.parametrize(
    ("day", "amount", "sentence", "field"),
    [
        (("2", "11", "2031"), "2100", "Ce jour est trop loin", "new_job-since"),
        (("31", "12", "1999"), "2100", "avant le début de votre dossier", "new_job-since"),
        (("30", "2", "2026"), "2100", "existe pas", "new_job-since"),
        (("2", "11", "2026"), "-5", "ne peut pas être négatif", "new_job-amount"),
    ],
)
def test_what_cannot_be_leads_to_its_field(
    open_page: OpenPage,
    world: World,
    live_server: PortalServer,
    day: tuple[str, str, str],
    amount: str,
    sentence: str,
    field: str,
) -> None:
    me = Somebody(open_page, world, live_server)
    details(me.page, "new_job")
    me.page.locator("label[for=new_job-who-1]").click()
    fill(me.page, "new_job", day, amount=amount)
    go_on(me.page)
    summary = me.page.locator("#error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(sentence)
    summary.get_by_role("link").first.click()
    focused = me.page.evaluate("document.activeElement.name")
    assert focused.startswith(field), focused
    assert me.page.locator("[name=new_job-amount]").input_value() == amount
    assert me.page.locator("[name=new_job-since-day]").input_value() == day[0]
    assert overflow(me.page) == []
    assert me.stored("change_report") == 0
