"""The own data: who opened the dossier, everything to take along, the end of the online account; as a person sees them."""

from __future__ import annotations

import gc
import io
import json
import zipfile

import pytest

from devstack.s3 import S3
from portal.security import exporting
from portal.services import desk
from portal.services.access_log import PAGE
from portal.views.own_data import MOST_EXPORTS
from tests.pages.browser import Browser, Page
from tests.pages.sent_papers import laid
from tests.pages.world import Announced, World
from tests.services.on_paper import on_paper

LOG, EXPORT, CLOSE = "/fr/dossier/access-log", "/fr/dossier/export", "/fr/dossier/close"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def ana(world: World, announced: Announced) -> Browser:
    """Somebody who has signed in."""
    return world.visit(announced)


def download(browser: Browser, *, papers: bool = True) -> Page:
    """Press the first button of the page, or the one without papers."""
    page = browser.open(EXPORT)
    forms = [form for form in page.forms() if form.action.endswith("/export.zip")]
    return forms[0 if papers else 1].submit()


# Who opened it


def test_the_log_says_centre_and_day_and_never_a_name(world: World, announced: Announced, ana: Browser) -> None:
    clerk = world.caseworker("sierre", "Madame-Secret")
    desk.open_demand(world.staff, clerk, announced.id)
    page = ana.open(LOG)
    assert "Demande du ménage ouverte" in page.text
    assert "Le personnel" in page.text
    assert "Entrée dans le dossier" in page.text
    assert "Secret" not in page.body.decode()
    assert str(clerk.id) not in page.body.decode()


def test_the_log_in_pages(world: World, announced: Announced, ana: Browser) -> None:
    clerk = world.caseworker("sierre")
    for _ in range(PAGE):
        desk.look(world.staff, clerk, announced.id, "demand:read")
    first = ana.open(LOG)
    assert first.text.count("Demande du ménage lue") == PAGE
    second = ana.open(f"{LOG}?page=2")
    assert ("Demande du ménage lue" in second.text, "Entrée dans le dossier" in second.text) == (False, True)
    assert "Il n’y a rien de plus ancien" in ana.open(f"{LOG}?page=3").text
    for wrong in ("0", "-1", "x", "٣", "99999", "1" * 50):
        assert ana.open(f"{LOG}?page={wrong}").status == (404)


# Everything to take along


def test_the_file_comes_whole(world: World, announced: Announced, ana: Browser, s3: S3) -> None:
    laid(world.citizen, world.worker, world.adult(announced), "Foto.jpg")
    page = download(ana)
    assert (page.status, page.headers["Content-Type"]) == (200, "application/zip")
    assert page.headers["Content-Disposition"] == f'attachment; filename="{announced.reference}.zip"'
    assert page.headers["Cache-Control"] == "no-store"
    archive = zipfile.ZipFile(io.BytesIO(page.body))
    assert archive.testzip() is None
    assert len(archive.namelist()) == 3
    data = json.loads(archive.read("data.json"))
    assert data["demands"][0]["reference"] == announced.reference
    assert len(zipfile.ZipFile(io.BytesIO(download(ana, papers=False).body)).namelist()) == 2


def test_one_at_a_time(ana: Browser) -> None:
    assert exporting._one.acquire(timeout=5), "an earlier test gave its place back"
    try:
        page = download(ana)
        assert (page.status, page.headers["Retry-After"]) == (503, "60")
        assert "Une autre personne télécharge" in page.text
    finally:
        exporting._one.release()
    assert download(ana).status == 200
    assert download(ana).status == 200, "its place is given back"


def test_ten_in_an_hour(world: World, ana: Browser) -> None:
    assert [download(ana).status for _ in range(MOST_EXPORTS + 1)] == [200] * MOST_EXPORTS + [429]
    world.clock.forward(minutes=25)
    assert download(ana).status == 429, "ten minutes are not an hour"


def test_a_store_that_is_away_gives_a_page_and_the_place_back(
    world: World, announced: Announced, ana: Browser, s3: S3
) -> None:
    laid(world.citizen, world.worker, world.adult(announced))
    s3.kill()
    page = download(ana)
    assert (page.status, page.headers["Retry-After"]) == (503, "60")
    assert download(ana, papers=False).status == 200


def test_a_device_that_goes_away_gives_its_place_back(world: World, announced: Announced, ana: Browser, s3: S3) -> None:
    laid(world.citizen, world.worker, world.adult(announced))
    form = next(form for form in ana.open(EXPORT).forms() if form.action.endswith("/export.zip"))
    client = world.citizen_app.test_client()
    for name in ("citizen", "visit"):
        client.set_cookie(name, ana.cookie(name) or "", domain="127.0.0.1")
    answer = client.post(form.action, data=form.values, base_url="http://127.0.0.1", buffered=False)
    assert next(iter(answer.response))[:2] == b"PK"
    assert exporting._one.locked()
    answer.close()
    assert not exporting._one.locked()


def test_an_answer_that_nobody_took_gives_its_place_back() -> None:
    forgotten = exporting.begin(lambda: iter([b"PK"]), None)
    assert exporting._one.locked()
    del forgotten
    gc.collect()
    assert not exporting._one.locked()


def test_the_bare_address_leads_to_the_page(ana: Browser) -> None:
    assert ana.open("/fr/dossier/export.zip", follow=False).headers["Location"] == EXPORT


def test_a_form_of_another_dossier_brings_nothing(world: World, announced: Announced, ana: Browser) -> None:
    form = next(form for form in ana.open(EXPORT).forms() if form.action.endswith("/export.zip"))
    other = world.announce()
    answer = form.force(reference=other.reference).submit()
    assert answer.status == 409
    assert answer.body[:2] != b"PK"


# The end of the account


def close(browser: Browser, *, sure: bool = True) -> Page:
    return browser.open(CLOSE).form("/dossier/close").fill(sure=sure).submit()


def test_it_says_what_ends_what_stays_and_that_nobody_knows_until_when(ana: Browser) -> None:
    page = ana.open(CLOSE)
    for words in ("Ce qui s’arrête", "Ce qui reste au centre", "Jusqu’à quand ?", "aucune durée fixée par le canton"):
        assert words in page.text
    assert b'data-source="retention_period"' in page.body


def test_without_the_box_nothing_happens(world: World, ana: Browser) -> None:
    page = close(ana, sure=False)
    assert (page.status, world.count("account_closing")) == (422, 0)
    assert ana.open("/fr/dossier").path == "/fr/dossier"


def test_closed_it_says_good_bye_and_the_code_works_no_more(world: World, announced: Announced, ana: Browser) -> None:
    other = world.visit(announced)
    page = close(ana)
    assert (page.status, page.path, page.h1) == (200, "/fr/account-closed", "Votre accès est fermé")
    assert announced.reference not in page.body.decode()
    for browser in (ana, other):
        assert browser.open("/fr/dossier").path.startswith("/fr/sign-in?")
    form = Browser(world.citizen_app).open("/fr/sign-in").form("/sign-in")
    refused = form.fill(reference=announced.reference, code=announced.code).submit()
    assert refused.status == 422
    assert "Vous avez fermé cet accès en ligne" in refused.text


def test_clicked_twice_both_clicks_say_good_bye(world: World, ana: Browser) -> None:
    form, again = (ana.open(CLOSE).form("/dossier/close").fill(sure=True) for _ in range(2))
    cookies = {name: ana.cookie(name) or "" for name in ("citizen", "visit")}
    assert form.submit().path == "/fr/account-closed"
    for name, value in cookies.items():  # the second click was on its way already
        ana.set_cookie(name, value)
    page = again.submit()
    assert (page.status, page.path) == (200, "/fr/account-closed")
    assert world.count("account_closing") == 1


def test_after_an_ordinary_end_the_form_asks_to_sign_in(world: World, announced: Announced, ana: Browser) -> None:
    form = ana.open(CLOSE).form("/dossier/close").fill(sure=True)
    world.clock.forward(minutes=31)
    assert form.submit().status == 401
    assert world.count("account_closing") == 0


def test_a_form_of_another_dossier_closes_nothing(world: World, ana: Browser) -> None:
    form = ana.open(CLOSE).form("/dossier/close").fill(sure=True)
    assert form.force(reference=world.announce().reference).submit().status == 409
    assert form.force(whose="b").submit().status == 409
    assert world.count("account_closing") == 0


def test_the_page_of_one_s_own_data_leads_to_all_three(ana: Browser) -> None:
    page = ana.open("/fr/dossier/own-data")
    assert {LOG, EXPORT, CLOSE} <= {*page.links()}


@pytest.mark.parametrize("path", ["/fr/dossier/own-data", LOG, EXPORT, CLOSE])
def test_who_has_to_sign_in_first_comes_back(world: World, announced: Announced, path: str) -> None:
    page = Browser(world.citizen_app).open(path)
    assert page.form("/sign-in").fill(reference=announced.reference, code=announced.code).submit().path == path


def test_export_and_closing_name_reports_messages_and_months(ana: Browser) -> None:
    export, closing = ana.open(EXPORT).text, ana.open(CLOSE).text
    for words in (
        "Vos annonces de changement",
        "Vos messages",
        "Les mois où vous avez dit",
        "votre annonce et son reçu",
    ):
        assert words in export, words
    for words in ("Votre annonce et sa date", "Vos annonces de changement, vos messages, et les mois", "vos reçus"):
        assert words in closing, words


def test_of_a_file_begun_on_paper_they_name_no_demand_and_no_receipt(clean_world: World) -> None:
    person = on_paper(clean_world).browser(clean_world)
    for path in (EXPORT, CLOSE, "/fr/dossier/own-data"):
        text = "".join(person.open(path).main.itertext())
        assert "nnonces de changement" in text, path
        assert [words for words in ("otre annonce", "reçu", "otre demande") if words in text] == [], path
