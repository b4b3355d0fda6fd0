"""Transmit to the commune, as a caseworker sees it: what is missing is named, and it never stops anybody."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from devstack.s3 import S3
from portal.domain.demand import filing_day
from portal.i18n.formats import long_date
from portal.security import exporting
from portal.views.staff.bundle import MOST
from tests.pages.browser import Browser, Page
from tests.pages.pdf import words
from tests.pages.sent_papers import laid
from tests.pages.test_staff_decisions import filled
from tests.pages.test_staff_summary import SAID
from tests.pages.world import VISP, Announced, World
from tests.services.on_paper import on_paper


@pytest.fixture
def announced(clean_world: World, s3: S3) -> Announced:
    return clean_world.announce(situation=SAID)


@pytest.fixture
def desk(world: World, announced: Announced) -> Browser:
    return world.desk()


def address(announced: Announced) -> str:
    return f"/staff/demands/{announced.id}/transmit"


def press(desk: Browser, place: str, **fields: str | bool) -> Page:
    """Fill in the page's form and press its button."""
    form = desk.open(place).form("/bundle.zip")
    return form.fill(**({"way": "post", "seen": True} | fields)).submit()


def test_the_page_names_what_is_missing_and_the_bundle_comes_all_the_same(
    world: World, announced: Announced, desk: Browser
) -> None:
    laid(world.citizen, world.worker, world.adult(announced))
    assert desk.open(f"{address(announced)}/bundle.zip").path == address(announced), "after a reload, or Back"
    page = desk.open(address(announced))
    for said in (
        "Papiers demandés et pas encore là",
        "Droits et devoirs pas encore confirmés",
        "Pas encore de réponse",
    ):
        assert said in page.text
    assert "n’a pas encore été transmis" in page.text
    answer = press(desk, address(announced))
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/zip")
    name = f'attachment; filename="dossier-{world.clock.now():%Y-%m-%d}.zip"'
    assert answer.headers["Content-Disposition"] == name
    assert answer.headers["Cache-Control"] == "no-store"
    archive = zipfile.ZipFile(io.BytesIO(answer.body))
    assert archive.testzip() is None
    digest = hashlib.sha256(archive.read("manifest.json")).hexdigest()
    after = desk.open(address(announced))
    assert digest in after.text
    assert "Par la poste" in after.text
    assert "Sierre" in after.text


def test_without_the_box_nothing_is_made(world: World, announced: Announced, desk: Browser) -> None:
    page = press(desk, address(announced), seen=False)
    assert page.status == 422
    assert "Lisez ce qui manque" in page.text
    assert world.count("bundle") == 0


def test_without_a_way_nothing_is_made(world: World, announced: Announced, desk: Browser) -> None:
    form = desk.open(address(announced)).form("/bundle.zip")
    page = form.fill(seen=True).submit()
    assert page.status == 422
    assert "Choisissez comment le paquet arrive" in page.text
    assert form.force(language="pt", way="post").submit().status == 422
    assert world.count("bundle") == 0


def test_the_papers_of_the_bundle_say_what_the_centre_has(world: World, announced: Announced, desk: Browser) -> None:
    archive = zipfile.ZipFile(io.BytesIO(press(desk, address(announced)).body))
    cover = words(archive.read("cover.pdf"))
    for said in (announced.reference, "Jeanne Dupont", "Sierre", "La commune décide", "Décision de la commune"):
        assert said in cover
    listed = {one["path"]: one["sha256"] for one in json.loads(archive.read("manifest.json"))["files"]}
    joined = cover.replace(" ", "")  # a hash may stand on two lines, and is whole when it is copied
    assert all(digest in joined for path, digest in listed.items() if path != "cover.pdf")
    situation = words(archive.read("situation.pdf"))
    assert "Ana Silva" in situation
    assert "À clarifier avec la personne" in situation
    estimate = words(archive.read("estimate.pdf"))
    assert "La commune décide" in estimate
    assert "[1]" in estimate
    assert "/demand/new" not in estimate
    assert announced.view.entry.hash.hex()[:16] in words(archive.read("register.pdf"))
    assert "Jeanne Dupont" in words(archive.read("acknowledgements.pdf"))


def test_the_cover_names_each_decision_that_holds(world: World, announced: Announced, desk: Browser) -> None:
    path, marc = f"/staff/demands/{announced.id}/decisions", world.desk()
    day = filing_day(world.clock.now())
    matter = f"demand:{announced.id}"
    filled(desk.open(path), (day.day, day.month, day.year), (day.day, day.month, day.year), matter=matter)
    named = f"Décision du {long_date(day, 'fr')}"
    for said in (False, True):
        cover = words(zipfile.ZipFile(io.BytesIO(press(desk, address(announced)).body)).read("cover.pdf"))
        assert (named in cover, "Octroi d’une aide" in cover) == (said, said)
        if not said:
            marc.open(path).form("/confirm").submit()


def test_german_is_offered_first_in_the_upper_valais(clean_world: World, s3: S3) -> None:
    announced = clean_world.announce(commune=VISP, situation=SAID)
    desk = clean_world.desk("oberwallis")
    archive = zipfile.ZipFile(io.BytesIO(press(desk, address(announced)).body))
    assert "Dossier für die Gemeinde" in words(archive.read("cover.pdf"))
    assert json.loads(archive.read("manifest.json"))["language"] == "de"


def test_another_centre_does_not_even_find_it(world: World, announced: Announced) -> None:
    other = world.desk("oberwallis")
    assert other.open(address(announced)).status == 404
    own = world.announce(commune=VISP, situation=SAID)
    form = other.open(address(own)).form("/bundle.zip").fill(way="post", seen=True)
    form.element.set("action", f"{address(announced)}/bundle.zip")
    assert form.submit().status == 404
    assert world.count("bundle") == 0


def test_pressed_twice_both_are_whole_and_both_are_noted(world: World, announced: Announced, desk: Browser) -> None:
    form = desk.open(address(announced)).form("/bundle.zip").fill(way="carried", seen=True)
    for _ in range(2):
        assert zipfile.ZipFile(io.BytesIO(form.submit().body)).testzip() is None
        world.clock.forward(seconds=1)
    assert world.count("bundle") == 2


def test_one_at_a_time(announced: Announced, desk: Browser) -> None:
    assert exporting._one.acquire(timeout=5), "an earlier test gave its place back"
    try:
        page = press(desk, address(announced))
        assert (page.status, page.headers["Retry-After"]) == (503, "60")
        assert "Un autre téléchargement est en route" in page.text
    finally:
        exporting._one.release()
    assert press(desk, address(announced)).status == 200


def test_not_without_end_in_an_hour(world: World, announced: Announced, desk: Browser) -> None:
    assert press(desk, address(announced)).status == 200
    with world.superuser() as connection:
        connection.execute("UPDATE limit_counter SET count = %s", [MOST])
    assert press(desk, address(announced)).status == 429


def test_a_store_that_is_away_gives_a_page_that_says_what_to_do(
    world: World, announced: Announced, desk: Browser, s3: S3
) -> None:
    laid(world.citizen, world.worker, world.adult(announced))
    s3.kill()
    page = press(desk, address(announced))
    assert (page.status, page.headers["Retry-After"]) == (503, "60")
    assert "Aucun paquet n’est fait" in page.text
    assert world.count("bundle") == 0


def test_a_paper_that_cannot_be_opened_gives_a_page(world: World, announced: Announced, desk: Browser) -> None:
    laid(world.citizen, world.worker, world.adult(announced))
    with world.superuser(triggers=False) as connection:
        connection.execute("UPDATE document_object SET digest = sha256('x') WHERE role = 'page'")
    page = press(desk, address(announced))
    assert page.status == 500
    assert "Un papier ne peut pas être lu" in page.text
    assert world.count("bundle") == 0


def test_the_person_sees_it_in_their_dossier_and_in_the_log(world: World, announced: Announced, desk: Browser) -> None:
    visit = world.visit(announced)
    assert "transmis à la commune" not in visit.open("/fr/dossier").text
    press(desk, address(announced))
    page = visit.open("/fr/dossier")
    assert "Votre dossier a été transmis à la commune le" in page.text
    assert "Dossier remis pour la commune" in visit.open("/fr/dossier/access-log").text
    assert "worker-" not in page.body.decode()
    assert "transmis à la commune" not in world.visit(world.announce()).open("/fr/dossier").text


def test_a_file_that_began_on_paper_has_one_too(clean_world: World, s3: S3) -> None:
    kept = on_paper(clean_world)
    desk = clean_world.desk()
    place = f"/staff/dossiers/{kept.dossier_id}/transmit"
    assert "Rien n’a encore été envoyé" in desk.open(place).text
    archive = zipfile.ZipFile(io.BytesIO(press(desk, place).body))
    assert "receipt.pdf" not in archive.namelist()
    assert json.loads(archive.read("data.json"))["demand"] is None
