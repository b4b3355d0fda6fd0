"""A device that came by a link adds to the one paper of its link; the adult's other papers do not exist for it."""

from __future__ import annotations

import pytest

from devstack.s3 import S3
from portal.services.documents import handoffs, shelf
from portal.services.documents.terms import Target
from portal.services.documents.uploads import begin
from tests.pages.browser import Browser
from tests.pages.uploading import Device, kept, token_of
from tests.pages.world import Announced, World

ADD = "/fr/add/uploads"


@pytest.fixture
def announced(world: World, s3: S3) -> Announced:
    return world.announce()


def linked(world: World, announced: Announced, key: str | None, target: Target | None = None) -> Device:
    """A device that used a link for the paper of `key`, or for the one that `target` begins."""
    adult = world.adult(announced)
    upload = begin(world.citizen, adult, target, 1, name="first") if target else None
    secret = handoffs.make_link(world.citizen, adult, key, upload.document if upload else None)
    cookie = handoffs.use_link(world.citizen, secret, "test")
    assert cookie is not None
    browser = Browser(world.citizen_app)
    browser.open("/fr/sign-in")
    browser.set_cookie("handoff", cookie)
    return Device(browser, ADD, {"X-CSRFToken": token_of(browser)})


def test_it_adds_to_the_paper_of_its_link_whatever_it_says(world: World, announced: Announced) -> None:
    adult = world.adult(announced)
    other = begin(world.citizen, adult, Target(key="avs_number@a"), 1, name="x")
    device = linked(world, announced, "lease")
    for said in ({}, {"key": "avs_number@a"}, {"document": str(other.document)}, {"title": "x"}):
        place = device.begun(4, filename="page.jpg", **said)
        assert device.patch(place, 0, b"page").status_code == 204
        assert kept(world.citizen, place) == b"page"
    by_key = {paper.key: len(paper.files) for paper in shelf.documents_of(world.citizen, adult)}
    assert by_key == {"lease": 4, "avs_number@a": 1}


def test_a_link_for_a_paper_of_no_item(world: World, announced: Announced) -> None:
    device = linked(world, announced, None, Target(title="Jugement"))
    place = device.begun(4, document="00000000-0000-4000-8000-000000000000")
    assert device.patch(place, 0, b"page").status_code == 204
    papers = shelf.documents_of(world.citizen, world.adult(announced))
    assert [(paper.title, len(paper.files)) for paper in papers] == [("Jugement", 2)]


@pytest.mark.parametrize("by_document", [False, True])
def test_other_papers_do_not_exist(world: World, announced: Announced, by_document: bool) -> None:
    adult = world.adult(announced)
    others = [
        begin(world.citizen, adult, target, 4, name="x")
        for target in (Target(key="avs_number@a"), Target(title="Autre"))
    ]
    device = linked(world, announced, *((None, Target(title="x")) if by_document else ("lease",)))
    own = device.begun(4)
    for other in others:
        place = f"{ADD}/{other.id}"
        for answer in (device.ask("HEAD", place), device.patch(place, 0, b"page"), device.ask("DELETE", place)):
            assert (answer.status_code, "Upload-Offset" in answer.headers) == (404, False)
    assert {upload.offset for upload in others} == {0}
    assert device.offset(own) == 0
    assert device.ask("DELETE", own).status_code == 204


def test_its_cookie_opens_no_other_address_and_ends(world: World, announced: Announced) -> None:
    device = linked(world, announced, "lease")
    place = device.begun(4)
    home = place.replace("/add/", "/dossier/")
    assert device.ask("HEAD", home).status_code == 401
    assert device.patch(home, 0, b"page").status_code == 401
    world.clock.forward(minutes=16)
    assert device.ask("HEAD", place).status_code == 401
    assert device.patch(place, 0, b"page").status_code == 401
