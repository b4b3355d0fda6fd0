"""The centre asks for a paper: of the catalogue or in its own words, and the person finds it on their list."""

from __future__ import annotations

import pytest

from portal.services import snapshots
from tests.pages.browser import Browser, Page
from tests.pages.test_own_checklist import save
from tests.pages.world import Announced, World
from tests.services.notices import COUPLE

DAY = {"wanted_by-day": "20", "wanted_by-month": "12", "wanted_by-year": "2026"}


@pytest.fixture
def world(clean_world: World) -> World:
    return clean_world


@pytest.fixture
def announced(world: World) -> Announced:
    announced = world.announce()
    save(world, announced, "home", home="owned")
    snapshots.send(world.citizen, world.adult(announced))
    return announced


def asked(desk: Browser, announced: Announced, **fields: str) -> Page:
    page = desk.open(f"/staff/demands/{announced.id}/checklist/ask")
    return page.form("/checklist/ask").fill(**(DAY | fields)).submit()


def own_list(world: World, announced: Announced, lang: str = "fr") -> Page:
    return world.visit(announced).open(f"/{lang}/dossier/checklist")


def test_a_paper_of_the_catalogue_comes_on_the_list_in_the_person_s_language(
    world: World, announced: Announced
) -> None:
    before = own_list(world, announced)
    assert before.find("paper-lease") is None
    page = asked(world.desk(), announced, paper="lease", months="2", words="Der neue", language="de")
    assert page.path == f"/staff/demands/{announced.id}/checklist"
    assert "Papier demandé" in page.text
    assert "#paper-lease" in page.links()
    assert page.find("paper-lease") is not None
    own = own_list(world, announced)
    assert own.find("paper-lease") is not None
    assert "À remettre au plus tard" in own.text
    assert "décembre 2026" in own.text
    assert "Écrit par le centre en : Deutsch." in own.text
    arabic = own_list(world, announced, "ar")
    assert arabic.find("paper-lease") is not None
    assert [one.get("lang") for one in arabic.root.iter("bdi") if one.text == "Der neue"] == ["de"]


def test_a_paper_in_words_asked_for_twice_by_one_form_is_one(world: World, announced: Announced) -> None:
    desk = world.desk()
    page = desk.open(f"/staff/demands/{announced.id}/checklist/ask")
    form = page.form("/checklist/ask").fill(**DAY, paper="own", words="La lettre de l’assurance", language="fr")
    first, second = form.submit(), form.submit()
    assert first.path == second.path
    own = own_list(world, announced)
    assert len([one for one in own.root.iter("details") if (one.get("id") or "").startswith("paper-centre_paper")]) == 1
    assert "La lettre de l’assurance" in own.text
    assert world.row("SELECT count(*) FROM document_request_event WHERE wanted_by = '2026-12-20'") == (1,)
    link = next(link for link in own.links() if "centre_paper" in link and "/papers/" in link)
    assert "La lettre de l’assurance" in world.visit(announced).open(link).text


def test_whose_it_is_stands_there_where_only_one_lives_there(world: World, announced: Announced) -> None:
    page = asked(world.desk(), announced, paper="payslips")
    assert page.path == f"/staff/demands/{announced.id}/checklist", "nothing had to be chosen"
    couple = world.announce(situation=COUPLE)
    snapshots.send(world.citizen, world.adult(couple))
    form = world.desk().open(f"/staff/demands/{couple.id}/checklist/ask").form("/checklist/ask")
    assert form.values["person"] == ""


def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, announced: Announced) -> None:
    desk = world.desk()
    page = asked(desk, announced, paper="payslips", person="", words="Avec treizième")
    assert (page.status, page.faulty()) == (422, {"person"})
    assert "Avec treizième" in page.text
    page = desk.open(f"/staff/demands/{announced.id}/checklist/ask").form("/checklist/ask").fill(paper="own").submit()
    assert page.status == 422
    assert page.faulty() >= {"words"}
    page = asked(desk, announced, paper="lease", **{"wanted_by-day": "31", "wanted_by-year": "2062"})
    assert (page.status, page.faulty()) == (422, {"wanted_by-day"})
    assert "C’est plus d’une année. Vérifiez la date." in page.text
    assert page.form("/checklist/ask").values["wanted_by-year"] == "2062"
    assert desk.open(f"/staff/demands/{announced.id}").status == 200


def test_no_other_centre_asks(world: World, announced: Announced) -> None:
    desk = world.desk("oberwallis")
    assert desk.open(f"/staff/demands/{announced.id}/checklist/ask").status == 404
