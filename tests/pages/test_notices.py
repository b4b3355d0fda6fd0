"""Rights and duties: read by chapter, checked, acknowledged by each adult on this device or by a link of their own."""

from __future__ import annotations

import re
from typing import Any

import pytest

from portal import content
from portal.domain.notice import LINK_DAYS, RIGHTS
from portal.domain.situation.questions import pages
from portal.services.situations import mark_of, open_situation, remove_person, save_page
from portal.views.notice_link import MOST_MISSES
from tests.pages.browser import Browser, Page
from tests.pages.world import Announced, World

COUPLE: dict[str, Any] = {
    "version": 1,
    "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse", "name": "Zacarias Segundo"}],
}
OWN = "/fr/dossier/rights"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def person(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def link_of(person: Browser, language: str = "pt") -> str:
    """Make a link for the second adult; its path."""
    page = person.open(f"{OWN}/link/b").form("/link/b").fill(language=language).submit()
    assert page.status == 200
    found = re.search(rf"http://[^\s]+(/{language}/notice/[\w-]{{32}})(?!\w)", page.text)
    assert found is not None, page.text
    return found[1]


def box(page: Page, *, ticked: bool = True) -> Page:
    """The end of the text: tick, and confirm."""
    return (
        next(form for form in page.forms() if form.element.get("id") == "acknowledge").fill(understood=ticked).submit()
    )


def card(page: Page, who: str) -> str:
    return next("".join(one.itertext()) for one in page.root.iter() if one.get("id") == f"person-{who}")


# Reading


def test_every_chapter_can_be_read(world: World) -> None:
    browser = world.browser()
    first = browser.open("/fr/rights")
    chapters = content.current(RIGHTS).chapters
    assert [
        link for link in first.links() if re.fullmatch(r"/fr/rights/[a-z-]+", link) and link != "/fr/rights/all"
    ] == [f"/fr/rights/{chapter.id}" for chapter in chapters]
    for chapter in chapters:
        page = browser.open(f"/fr/rights/{chapter.id}")
        assert page.h1 == content.words(RIGHTS, content.current(RIGHTS).version, "fr").plain(chapter.id).replace(
            "\u00a0", " "
        )
        sourced = {one.get("data-source") for one in page.root.iter() if one.get("data-source")}
        assert {" ".join(block.sources) for block in chapter.blocks if block.sources} <= sourced


def test_an_unknown_chapter_and_an_unknown_version(world: World) -> None:
    browser = world.browser()
    assert browser.open("/fr/rights/nothing").status == 404
    page = browser.open("/fr/rights/version/99")
    assert page.status == 404
    assert "Il n’y a pas de version 99" in page.text
    assert browser.open("/fr/rights/version/0").status == 404
    assert browser.open("/fr/rights/version/1").status == 200


@pytest.mark.parametrize("name", ["privacy", "imprint"])
def test_the_other_notices(world: World, name: str) -> None:
    page = world.browser().open(f"/fr/{name}")
    assert page.h1 == content.words(name, 1, "fr").plain("title")


# Questions


def test_a_question_is_explained_at_once_and_nothing_is_kept_of_a_visitor(world: World) -> None:
    page = world.browser().open("/fr/rights/decision")
    why = content.words(RIGHTS, 1, "fr").plain("decision-q1-why")
    assert why not in page.text
    wrong = page.form("/rights/decision").fill(**{"decision-q1": "a"}).submit()
    assert "Pas tout à fait." in wrong.text
    assert why in wrong.text
    right = wrong.form("/rights/decision").fill(**{"decision-q1": "b"}).submit()
    assert "Oui, c’est juste." in right.text


def test_what_was_answered_wrong_is_to_be_explained_until_it_is_right(person: Browser) -> None:
    page = person.open("/fr/rights/decision").form("/rights/decision").fill(**{"decision-q1": "a"}).submit()
    assert "Le centre voit qu’il doit vous expliquer ce chapitre" in page.text
    title = content.words(RIGHTS, 1, "fr").plain("decision")
    assert title in person.open(OWN).text
    page.form("/rights/decision").fill(**{"decision-q1": "b", "decision-q2": "b"}).submit()
    assert "Aucun chapitre n’est noté" in person.open(OWN).text


def test_an_explanation_can_be_asked_for_without_an_answer(person: Browser) -> None:
    page = person.open("/fr/rights/file").form("/rights/file").submit(("_explain", "1"))
    assert "Le centre voit qu’il doit vous expliquer ce chapitre" in page.text


def test_switching_the_language_keeps_what_was_chosen(person: Browser) -> None:
    form = person.open("/fr/rights/decision").form("/rights/decision").fill(**{"decision-q1": "a"})
    page = form.switch("de")
    assert page.lang == "de"
    assert page.form("/rights/decision").values["decision-q1"] == "a"
    assert "Aucun chapitre n’est noté" in person.open(OWN).text


def test_answers_that_are_none_change_nothing(person: Browser) -> None:
    page = person.open("/fr/rights/decision").form("/rights/decision").force(**{"decision-q1": "zzz" * 500}).submit()
    assert page.status == 200
    assert "Aucun chapitre n’est noté" in person.open(OWN).text


# To acknowledge


def test_a_couple_acknowledges_one_here_and_one_by_a_link(world: World, person: Browser) -> None:
    own = person.open(OWN)
    assert "Pas encore confirmé" in card(own, "a")
    assert "Pas encore confirmé" in card(own, "b")
    assert "Confirmé" in card(box(person.open(f"{OWN}/sign/a")), "a")
    phone, link = world.browser(), link_of(person)
    page = phone.open(link)
    assert phone.open(link).status == 200  # looking uses nothing up
    for secret in ("Dupont", "Zacarias", "VS-"):
        assert secret not in page.text
    assert box(page).h1 == world_text("pt", "Merci, c’est noté")
    again = phone.open(link)
    assert (again.status, again.forms() and "acknowledge" in [form.element.get("id") for form in again.forms()]) == (
        200,
        False,
    )
    own = person.open(OWN)
    assert "Par un lien personnel" in card(own, "b")
    assert "Português" in card(own, "b")
    assert "Tous les adultes ont confirmé" in own.text


def world_text(language: str, message: str) -> str:
    from portal.i18n.text import translator

    return translator(language).gettext(message)


def test_nobody_acknowledges_without_the_box(person: Browser) -> None:
    page = box(person.open(f"{OWN}/sign/a"), ticked=False)
    assert page.status == 422
    assert "Cochez la case si vous avez lu et compris" in page.text
    assert "Pas encore confirmé" in card(person.open(OWN), "a")


def test_another_adult_on_this_device(person: Browser) -> None:
    page = person.open(f"{OWN}/sign/b")
    assert "Donnez cet appareil à la personne" in page.text
    assert "Sur un appareil du ménage" in card(box(page), "b")


def test_a_double_click_is_one_acknowledgement(world: World, person: Browser) -> None:
    page = person.open(f"{OWN}/sign/a")
    assert "Confirmé" in card(box(page), "a")
    first = card(person.open(OWN), "a")
    world.clock.forward(minutes=7)
    assert card(box(page), "a") == first


def test_an_unknown_version_is_not_acknowledged(person: Browser) -> None:
    form = next(f for f in person.open(f"{OWN}/sign/a").forms() if f.element.get("id") == "acknowledge")
    for version in ("99", "", "0", "-1", "٣", "1e3", "9" * 400):
        page = form.fill(understood=True).force(version=version).submit()
        assert page.status == 409, version
        assert "Le texte a changé entre-temps" in page.text
    assert "Pas encore confirmé" in card(person.open(OWN), "a")


def test_somebody_who_left_the_household(world: World, announced: Announced, person: Browser) -> None:
    page, link = person.open(f"{OWN}/sign/b"), link_of(person)
    remove_person(world.citizen, world.adult(announced), "b")
    left = box(page)
    assert left.status == 409
    assert "Cette personne n’est plus dans vos réponses" in left.text
    gone = world.browser().open(link)
    assert gone.status == 409
    assert world_text("pt", "Ce lien ne marche pas") == gone.h1
    assert person.open(f"{OWN}/link/b").status == 409
    assert person.open(f"{OWN}/sign/zz").status == 409


def test_a_tab_of_another_dossier_acknowledges_nothing(world: World, person: Browser) -> None:
    page = person.open(f"{OWN}/sign/a")
    other = world.announce(situation=COUPLE)
    fresh = world.visit(other)
    form = next(f for f in page.forms() if f.element.get("id") == "acknowledge").fill(understood=True)
    answer = fresh.post(form.action, form.values)
    assert answer.status in (400, 409)
    assert "Pas encore confirmé" in card(fresh.open(OWN), "a")


def test_a_request_to_explain_stays_until_every_answer_is_right(person: Browser) -> None:
    page = person.open("/fr/rights/appeal").form("/rights/appeal").submit(("_explain", "1"))
    page = page.form("/rights/appeal").fill(**{"appeal-q1": "b"}).submit()
    assert "Le centre voit qu’il doit vous expliquer ce chapitre" in page.text
    page = page.form("/rights/appeal").fill(**{"appeal-q1": "b", "appeal-q2": "b"}).submit()
    assert "Le centre voit qu’il doit" not in page.text
    assert "Aucun chapitre n’est noté" in person.open(OWN).text


def test_a_confirmation_keeps_the_name_it_was_given_under(world: World, announced: Announced, person: Browser) -> None:
    box(person.open(f"{OWN}/sign/b"))
    assert "sous un autre nom" not in card(person.open(OWN), "b")
    opened = open_situation(world.citizen, world.adult(announced))
    page = next(
        one for one in pages(opened.draft.situation(opened.filing_date), opened.filing_date) if one.key == "birth@b"
    )
    mark = mark_of(world.citizen, opened.draft, page)
    save_page(world.citizen, world.adult(announced), page, {"name": "Jean Faux"}, seen=mark)
    own = card(person.open(OWN), "b").replace("\u00a0", " ")
    assert "Jean Faux" in own
    assert "Confirmé sous un autre nom :" in own
    assert "Zacarias Segundo" in own


# Links


def test_loading_the_link_again_shows_the_same_link(world: World, person: Browser) -> None:
    form = person.open(f"{OWN}/link/b").form("/link/b").fill(language="pt")
    first, second = form.submit().text, form.submit().text
    found = [re.search(r"/pt/notice/([\w-]{32})(?!\w)", text) for text in (first, second)]
    assert found[0]
    assert found[1]
    assert found[0][1] == found[1][1]
    assert world.browser().open(found[0][0]).status == 200


def test_a_confirmation_by_another_way_uses_the_link_up(world: World, person: Browser) -> None:
    link = link_of(person)
    box(person.open(f"{OWN}/sign/b"))
    assert world.browser().open(link).h1 == world_text("pt", "Merci, c’est noté")
    assert "Un lien est ouvert" not in card(person.open(OWN), "b")
    assert person.open(f"{OWN}/link/b").path == f"{OWN}"


def test_a_newer_link_ends_the_one_before(world: World, person: Browser) -> None:
    old, new = link_of(person), link_of(person)
    assert world.browser().open(old).status == 404
    assert world.browser().open(new).status == 200


def test_a_link_is_taken_back(world: World, person: Browser) -> None:
    link = link_of(person)
    page = person.open(OWN)
    assert "Un lien est ouvert jusqu’au" in card(page, "b")
    page.form("/link/b/end").submit()
    assert "Un lien est ouvert" not in card(person.open(OWN), "b")
    assert world.browser().open(link).status == 404


def test_a_link_lasts_fourteen_days(world: World, person: Browser) -> None:
    link = link_of(person)
    world.clock.forward(days=LINK_DAYS, seconds=-1)
    page = world.browser().open(link)
    assert page.status == 200
    world.clock.forward(seconds=2)
    assert world.browser().open(link).status == 404
    late = box(page)
    assert late.status == 404


def test_guessing_links_is_slowed_down(world: World, person: Browser) -> None:
    browser = world.browser()
    for number in range(MOST_MISSES):
        assert browser.open(f"/fr/notice/{number:032}").status == 404
    assert browser.open(f"/fr/notice/{'x' * 32}").status == 429
    assert browser.open(link_of(person)).status == 200  # a link that works is no guess
