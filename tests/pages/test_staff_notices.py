"""Rights and duties at the desk: who is missing, acknowledged here, a link that shows once, and only where it belongs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portal.domain.notice import Way
from portal.services import citizen
from portal.services.notices.acknowledging import acknowledge_own
from portal.services.notices.links import LinkOverError, acknowledge_by, look
from portal.services.notices.progress import note_chapter
from portal.services.situations import remove_person
from portal.services.snapshots import send
from tests.pages.browser import Browser, Form, Page
from tests.pages.world import UNSURE, Announced, World
from tests.services.households import say
from tests.services.notices import COUPLE, first_version, second_version

__all__ = ["first_version"]
pytestmark = pytest.mark.usefixtures("first_version")
LINK = re.compile(r"/ar/notice/([A-Za-z0-9_-]{32})(?![\w-])")


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def desk(world: World, announced: Announced) -> Browser:
    return world.desk("sierre")


def rights(desk: Browser, announced: Announced) -> Page:
    return desk.open(f"/staff/demands/{announced.id}/rights")


def form(desk: Browser, announced: Announced, end: str = "b") -> Form:
    return rights(desk, announced).form(f"/rights/{end}")


def card(page: Page, person: str = "b") -> str:
    found = page.find(f"person-{person}")
    assert found is not None
    return " ".join(" ".join(found.itertext()).split())


def test_each_adult_has_a_card(world: World, announced: Announced, desk: Browser) -> None:
    acknowledge_own(world.citizen, world.adult(announced), "a", 1, "ar")
    page = rights(desk, announced)
    assert "Paul Second" in card(page)
    assert "Manque encore" in card(page)
    for words in ("Jeanne Dupont", "Confirmé", "Version 1", "العربية", "10 novembre 2026 à 10", "Sur un appareil"):
        assert words in card(page, "a"), words
    assert page.find("person-c1") is None
    assert f"/staff/demands/{announced.id}/rights/form.pdf" in page.links()


def test_chapters_to_explain_and_no_answer(world: World, announced: Announced, desk: Browser) -> None:
    jane = world.adult(announced)
    note_chapter(world.citizen, jane, "papers", explain=True)
    note_chapter(world.citizen, jane, "money", explain=False)
    page = rights(desk, announced)
    assert "fr papers chapter" in card(page, "a")
    assert "fr money chapter" not in page.text
    assert "À expliquer" not in card(page)
    assert "Vous ne voyez pas les réponses aux questions" in page.text


def test_acknowledged_here(world: World, announced: Announced, desk: Browser) -> None:
    page = form(desk, announced).fill(language="pt", present=True).submit()
    assert (page.status, page.path) == (200, f"/staff/demands/{announced.id}/rights")
    for words in ("Confirmé", "Português", "Au centre"):
        assert words in card(page), words
    assert world.row("SELECT person, language, way, version FROM acknowledgement") == ("b", "pt", Way.DESK, 1)
    assert not [one for one in page.forms() if "/rights/b" in one.action]


def test_the_language_of_the_person_is_chosen_already(world: World) -> None:
    announced = world.announce(situation=COUPLE, language="ar")
    desk = world.desk("sierre")
    assert form(desk, announced, "a").values["language"] == "ar"
    assert form(desk, announced, "a/link").values["language"] == "ar"


def test_a_double_click_is_harmless(world: World, announced: Announced, desk: Browser) -> None:
    sent = form(desk, announced).fill(present=True)
    assert sent.submit().status == sent.submit().status == 200
    assert world.count("acknowledgement") == 1


def test_nothing_without_the_box(world: World, announced: Announced, desk: Browser) -> None:
    wrong = form(desk, announced).fill(language="de").submit()
    assert wrong.status == 422
    assert "Expliquez d’abord le texte" in card(wrong)
    assert wrong.form("/rights/b").values["language"] == "de"
    strange = form(desk, announced).fill(present=True).force(language="xx").submit()
    assert strange.status == 422
    assert world.count("acknowledgement") == 0


@pytest.mark.parametrize("version", ["", "0", "2", "-1", "x", "9" * 30])
def test_a_version_that_does_not_exist(world: World, announced: Announced, desk: Browser, version: str) -> None:
    wrong = form(desk, announced).fill(language="de", present=True).force(version=version).submit()
    assert wrong.status == 422
    assert "le texte a changé" in card(wrong)
    assert world.count("acknowledgement") == 0


def test_a_new_text_while_the_page_was_open(
    world: World, announced: Announced, desk: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(desk, announced, "a").fill(present=True).submit()
    sent = form(desk, announced).fill(language="pt", present=True)
    second_version(tmp_path, monkeypatch)
    wrong = sent.submit()
    assert wrong.status == 422
    assert "le texte a changé" in card(wrong)
    assert "A confirmé la version 1" in card(wrong, "a")
    again = wrong.form("/rights/b")
    assert (again.values["language"], again.values["version"], again.values.get("present")) == ("pt", "2", None)
    assert "Version 2" in card(again.fill(present=True).submit())


def test_who_left_meanwhile(world: World, announced: Announced, desk: Browser) -> None:
    sent, to_link = form(desk, announced).fill(present=True), form(desk, announced, "b/link")
    jane = world.adult(announced)
    say(world, jane, "debts", debts="0.00")
    remove_person(world.citizen, jane, "b")
    send(world.citizen, jane)
    for wrong in (sent.submit(), to_link.submit()):
        assert wrong.status == 422
        assert "Les réponses du ménage ne nomment plus cette personne." in wrong.text
        assert wrong.find("person-b") is None
        assert wrong.find("gone") is not None
    assert (world.count("acknowledgement"), world.count("notice_link")) == (0, 0)


def test_a_link_shows_once(world: World, announced: Announced, desk: Browser) -> None:
    made = form(desk, announced, "b/link").fill(language="ar").submit()
    assert (made.status, made.headers["Cache-Control"]) == (200, "no-store")
    assert made.classed("qr")
    (secret,) = set(LINK.findall(made.text))
    assert look(world.citizen, secret, "test").given is None
    sheet = next(one for one in made.main.iter() if one.get("lang") == "ar")
    assert sheet.get("dir") == "rtl"
    assert "Titre ar" in "".join(sheet.itertext())
    assert not [word for word in ("Paul", "Jeanne", announced.reference) if word in "".join(sheet.itertext())]
    back = desk.open(f"/staff/demands/{announced.id}/rights/b/link")  # a reload, another language
    assert back.path == f"/staff/demands/{announced.id}/rights"
    assert secret not in back.body.decode()
    assert "24 novembre 2026" in card(back)
    assert world.count("notice_link") == 1


def test_a_new_link_ends_the_one_before_and_each_can_be_taken_back(
    world: World, announced: Announced, desk: Browser
) -> None:
    first, second = (
        LINK.findall(form(desk, announced, "b/link").fill(language="ar").submit().text)[0] for _ in range(2)
    )
    with pytest.raises(LinkOverError):
        look(world.citizen, first, "test")
    page = form(desk, announced, "b/link/end").submit()
    assert "Un lien est ouvert" not in page.text
    with pytest.raises(LinkOverError):
        acknowledge_by(world.citizen, second, 1, "ar", "test")


def test_acknowledged_by_link(world: World, announced: Announced, desk: Browser) -> None:
    secret = LINK.findall(form(desk, announced, "b/link").fill(language="ar").submit().text)[0]
    acknowledge_by(world.citizen, secret, 1, "ar", "test")
    assert "Par un lien personnel" in card(rights(desk, announced))


def test_the_demand_says_who_is_missing(world: World, announced: Announced, desk: Browser) -> None:
    for path in ("", "/adults"):
        page = desk.open(f"/staff/demands/{announced.id}{path}")
        assert "Manque encore : Jeanne Dupont · Paul Second, Conjoint" in " ".join(page.text.split()).replace(
            "\xa0", " "
        )
        assert f"/staff/demands/{announced.id}/rights" in page.links()
    for person in ("a", "b"):
        form(desk, announced, person).fill(present=True).submit()
    assert "Chaque adulte a confirmé" in desk.open(f"/staff/demands/{announced.id}").text


def test_another_region_finds_nothing(world: World, announced: Announced, desk: Browser) -> None:
    sent, to_link = form(desk, announced).fill(present=True), form(desk, announced, "b/link")
    form(desk, announced, "b/link").submit()
    end = form(desk, announced, "b/link/end")
    stranger = world.desk("martigny")
    assert rights(stranger, announced).status == 404
    assert stranger.open(f"/staff/demands/{announced.id}/rights/b/link", follow=False).status == 404
    for one in (sent, to_link, end):
        one.page.browser = stranger
        one.values["csrf_token"] = token(stranger)
        assert one.submit().status == 404
    assert world.count("acknowledgement") == 0
    assert world.row("SELECT count(*), count(ended_at) FROM notice_link") == (1, 0)


def token(desk: Browser) -> str:
    """A token of the browser's own."""
    return next(one for one in desk.open("/staff/").forms() if "csrf_token" in one.values).values["csrf_token"]


def test_while_nobody_has_taken_it(world: World, desk: Browser) -> None:
    free = world.announce(commune=UNSURE, situation=COUPLE)
    here = world.desk("martigny")
    page = rights(here, free)
    assert page.status == 200
    assert "Prenez d’abord la demande" in page.text
    assert "Paul Second" not in page.text
    assert "Droits et devoirs" not in here.open(f"/staff/demands/{free.id}").text
    sent = {"csrf_token": token(here), "present": "y", "language": "fr", "version": "1"}
    for path in ("a", "a/link", "a/link/end"):
        assert here.post(f"/staff/demands/{free.id}/rights/{path}", sent).status == 404, path
    assert (world.count("acknowledgement"), world.count("notice_link")) == (0, 0)


def test_after_a_withdrawal_it_is_read_only(world: World, announced: Announced, desk: Browser) -> None:
    form(desk, announced, "a").fill(present=True).submit()
    sent = form(desk, announced).fill(present=True)
    citizen.withdraw(world.citizen, world.adult(announced), world.clock.now(), None)
    page = rights(desk, announced)
    assert "Confirmé" in card(page, "a")
    assert not [one for one in page.forms() if "/rights/" in one.action]
    assert sent.submit().status == 404
    assert world.count("acknowledgement") == 1


def test_every_look_and_every_act_is_audited(world: World, announced: Announced, desk: Browser) -> None:
    form(desk, announced).fill(present=True).submit()
    form(desk, announced, "a/link").submit()
    form(desk, announced, "a/link/end").submit()
    counts = "SELECT count(*) FROM audit_event WHERE action = %s AND dossier_id = %s AND region = 'sierre'"
    wanted = {"notice:acknowledge": 1, "notice-link:make": 1, "notice-link:end": 1}
    for action, count in wanted.items():
        assert world.row(counts, action, announced.view.dossier_id) == (count,), action
    assert world.row(counts, "rights:read", announced.view.dossier_id)[0] >= 6  # three looks, three acts
