"""The stops of a caseworker."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.hands import Hands
from tests.tour.stops import Place, stop


def at_the_desk(page: Page, language: str, subject: str = "claire.demo") -> Hands:
    """Sign a caseworker in; the browser's language is the session's."""
    me = Hands(page, language)
    page.goto("/staff/")
    me.button("Se connecter").click()
    page.get_by_role("button", name=subject).click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    return me


@stop()
def staff_sign_in(place: Place, page: Page, language: str) -> None:
    page.goto("/staff/")


@stop()
def staff_board(place: Place, page: Page, language: str) -> None:
    at_the_desk(page, language)


@stop()
def staff_board_empty(place: Place, page: Page, language: str) -> None:
    at_the_desk(page, language)
    page.goto("/staff/?antenna=sierre-anniviers&withdrawn=1")


@stop()
def staff_demand(place: Place, page: Page, language: str) -> None:
    at_the_desk(page, language)
    page.get_by_role("button", name="سمير").first.click()
    for tool in page.locator("details.tool summary").all():
        tool.click()


@stop()
def staff_record(place: Place, page: Page, language: str) -> None:
    at_the_desk(page, language)
    page.goto("/staff/demands/new")


@stop()
def staff_record_with_errors(place: Place, page: Page, language: str) -> None:
    me = at_the_desk(page, language)
    page.goto("/staff/demands/new")
    page.locator("#contact_day").fill("1")
    page.locator("#contact_month").fill("1")
    me.button("Enregistrer la demande").click()
    expect(page.locator("#error-summary")).to_be_visible()


@stop()
def staff_recorded(place: Place, page: Page, language: str) -> None:
    me = at_the_desk(page, language)
    page.goto("/staff/demands/new")
    me.choice("Au guichet").click()
    page.locator("#name").fill("Luan Berisha")
    me.button("Enregistrer la demande").click()
    me.heading("Demande enregistrée")
