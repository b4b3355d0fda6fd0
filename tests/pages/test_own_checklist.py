"""The papers of the own dossier: they follow every answer, keep what was said of them, and nobody else sees them."""

from __future__ import annotations

from typing import Any

import pytest

from portal.domain.document_request import RequestState
from portal.domain.situation.questions import pages
from portal.services import document_requests, situations, snapshots
from portal.services.actor import NotYoursError
from portal.services.document_requests import Note
from tests.pages.browser import Browser, Page
from tests.pages.pdf import words
from tests.pages.world import Announced, World

LIST = "/fr/dossier/checklist"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand of the 10th of November 2026."""
    return clean_world.announce()


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def save(world: World, announced: Announced, key: str, **answers: Any) -> None:
    kit, actor = world.citizen, world.adult(announced)
    opened = situations.open_situation(kit, actor)
    page = next(one for one in pages(opened.draft.situation(opened.filing_date), opened.filing_date) if one.key == key)
    situations.save_page(kit, actor, page, answers, seen=situations.mark_of(kit, opened.draft, page))


def papers(page: Page) -> set[str]:
    """The papers on the list that are surely wanted or were marked, by rule."""
    return {element.get("data-paper") or "" for element in page.root.iter() if element.get("data-paper")}


def desk_note(world: World, announced: Announced, key: str, **note: str) -> Page:
    """What a caseworker of the region notes, by their own page."""
    page = world.desk().open(f"/staff/demands/{announced.id}/checklist/{key}")
    return page.form(f"/checklist/{key}").force(**note).submit()


def test_one_answer_one_request_another_list(world: World, announced: Announced, browser: Browser) -> None:
    save(world, announced, "home", home="rented")
    assert "lease" in papers(browser.open(LIST))
    page = browser.open("/fr/dossier/situation/home")
    page.form("/situation/home").fill(home="owned").submit(follow=False)
    found = papers(browser.open(LIST))
    assert "lease" not in found
    assert "mortgage_and_charges" in found


def test_the_months_come_from_the_day_of_filing(world: World, announced: Announced, browser: Browser) -> None:
    assert "août, septembre, octobre 2026" in browser.open(LIST).text
    world.clock.set("2027-03-05 10:00")
    assert "août, septembre, octobre 2026" in world.visit(announced).open(LIST).text


def test_a_paper_that_was_asked_for_never_vanishes_unsaid(world: World, announced: Announced, browser: Browser) -> None:
    save(world, announced, "home", home="rented")
    snapshots.send(world.citizen, world.adult(announced))
    save(world, announced, "home", home="none")
    page = browser.open(LIST)
    assert "lease" in papers(page)
    assert "Plus nécessaire" in page.text
    assert "Les réponses ont changé" in page.text
    # The answer comes back, and the paper with it.
    save(world, announced, "home", home="rented")
    assert "Les réponses ont changé" not in browser.open(LIST).text


def test_before_sending_a_paper_may_come_and_go(world: World, announced: Announced, browser: Browser) -> None:
    save(world, announced, "home", home="rented")
    save(world, announced, "home", home="none")
    assert "lease" not in papers(browser.open(LIST))


def test_i_cannot_get_this_and_found_it_after_all(world: World, announced: Announced, browser: Browser) -> None:
    save(world, announced, "home", home="rented")
    page = browser.open(f"{LIST}/lease")
    assert "10 décembre 2026" in page.text  # what it means for the clock
    wrong = page.form("/checklist/lease").fill(words="Brûlé dans l’incendie").submit()
    assert wrong.status == 422
    assert wrong.faulty() == {"obstacle"}
    assert "Brûlé dans l’incendie" in wrong.text
    done = wrong.form("/checklist/lease").fill(obstacle="lost", asker="centre").submit()
    assert done.path == LIST
    assert "Le papier est perdu." in done.text
    assert "Brûlé dans l’incendie" in done.text
    page = browser.open(f"{LIST}/lease")
    back = page.form("/checklist/lease").submit(("_have", "1"))
    assert "Le papier est perdu." not in back.text
    assert world.count("document_request_event") == 2


def test_a_paper_that_is_not_on_the_list_is_not_found(world: World, announced: Announced, browser: Browser) -> None:
    for key in ("payslips@z", "nothing", "../x", "lease@a", "x" * 500):
        assert browser.open(f"{LIST}/{key}").status == 404
    with pytest.raises(NotYoursError):
        document_requests.note_own(world.citizen, world.adult(announced), "nothing", Note(RequestState.TO_BRING))


def test_the_desk_refuses_and_the_person_reads_why_in_their_language(world: World, announced: Announced) -> None:
    save(world, announced, "home", home="rented")
    snapshots.send(world.citizen, world.adult(announced))
    empty = desk_note(world, announced, "lease", state="refused")
    assert empty.status == 422
    assert empty.faulty() == {"refusal"}
    day = {"wanted_by-day": "5", "wanted_by-month": "12", "wanted_by-year": "2026"}
    page = world.desk().open(f"/staff/demands/{announced.id}/checklist/lease")
    form = page.form("/checklist/lease").fill(state="refused", refusal="unreadable")
    for name, value in day.items():
        form.values.setlist(name, [value])
    assert form.submit().path == f"/staff/demands/{announced.id}/checklist"
    german = world.visit(announced).open("/de/dossier/checklist")
    assert "5. Dezember 2026" in german.text
    assert "Abgelehnt" in german.text
    assert "Man kann es nicht lesen. Bringen Sie es noch einmal, besser lesbar." in german.text
    # A later word keeps the date by which it is wanted.
    desk_note(world, announced, "lease", state="seen")
    assert "5 décembre 2026" in world.visit(announced).open(LIST).text


def test_another_centre_sees_no_paper(world: World, announced: Announced) -> None:
    save(world, announced, "home", home="rented")
    snapshots.send(world.citizen, world.adult(announced))
    assert world.desk("oberwallis").open(f"/staff/demands/{announced.id}/checklist").status == 404
    assert world.desk("oberwallis").open(f"/staff/demands/{announced.id}/checklist/lease").status == 404


def test_the_desk_sees_what_was_sent_and_not_what_is_being_written(world: World, announced: Announced) -> None:
    desk = f"/staff/demands/{announced.id}/checklist"
    save(world, announced, "home", home="rented")
    assert "Pas encore de réponses" in world.desk().open(desk).text
    snapshots.send(world.citizen, world.adult(announced))
    save(world, announced, "home", home="owned")
    found = papers(world.desk().open(desk))
    assert "lease" in found
    assert "mortgage_and_charges" not in found


def test_no_name_of_a_paper_stands_in_clear(world: World, announced: Announced, browser: Browser) -> None:
    save(world, announced, "special@a", pregnant=True, leaves_institution=False, curatorship=False)
    page = browser.open(f"{LIST}/pregnancy_certificate@a")
    page.form("/checklist/pregnancy_certificate@a").fill(obstacle="other").submit()
    (row,) = world.row("SELECT row_to_json(t)::text FROM document_request_event t")
    assert b"pregnancy".hex() not in row
    assert "pregnancy" not in row


def test_the_list_on_paper(world: World, announced: Announced, browser: Browser) -> None:
    save(world, announced, "home", home="rented")
    browser.open("/pt/dossier/checklist")
    text = words(browser.open("/pt/dossier/checklist.pdf").body)
    assert announced.reference in text
    assert "Bail de votre logement" in text  # the centre's language beside


@pytest.mark.parametrize("language", ["fr", "de", "en", "pt", "ar"])
def test_the_paper_of_a_list_with_something_no_longer_needed(
    world: World, announced: Announced, browser: Browser, language: str
) -> None:
    save(world, announced, "home", home="rented")
    snapshots.send(world.citizen, world.adult(announced))
    desk_note(
        world,
        announced,
        "lease",
        state="to_bring",
        **{"wanted_by-day": "5", "wanted_by-month": "12", "wanted_by-year": "2026"},
    )
    save(world, announced, "home", home="none")
    answer = browser.open(f"/{language}/dossier/checklist.pdf")
    assert answer.status == 200
    text = words(answer.body)
    assert "Plus nécessaires" in text
    assert "5 décembre 2026" not in text, "nobody has to bring what is not wanted any more"


def test_two_caseworkers_overwrite_nothing(world: World, announced: Announced) -> None:
    save(world, announced, "home", home="rented")
    snapshots.send(world.citizen, world.adult(announced))
    place = f"/staff/demands/{announced.id}/checklist/lease"
    forms = [world.desk().open(place).form("/checklist/lease").fill(state=state) for state in ("accepted", "seen")]
    world.clock.forward(minutes=1)
    assert forms[0].submit().status == 200
    world.clock.forward(minutes=1)
    second = forms[1].submit()
    assert second.status == 409
    assert "État actuel : Accepté, le " in second.text
    assert "Accepté" in world.visit(announced).open(LIST).text
    assert second.form("/checklist/lease").submit().status == 200  # meant so, after having seen the other


def test_what_presses_stands_first(world: World, announced: Announced, browser: Browser) -> None:
    save(world, announced, "home", home="rented")
    snapshots.send(world.citizen, world.adult(announced))
    assert "À apporter d’abord" not in browser.open("/fr/dossier").text
    desk_note(world, announced, "lease", state="refused", refusal="unreadable")
    for path in ("/fr/dossier", LIST):
        assert "À apporter d’abord" in browser.open(path).text


def test_the_centre_has_older_answers(world: World, announced: Announced, browser: Browser) -> None:
    save(world, announced, "home", home="rented")
    snapshots.send(world.citizen, world.adult(announced))
    said = "Vos réponses ont changé depuis l’envoi"
    assert said not in browser.open(LIST).text
    save(world, announced, "home", home="owned")
    for path in ("/fr/dossier", LIST):
        assert said in browser.open(path).text
    snapshots.send(world.citizen, world.adult(announced))
    assert said not in browser.open("/fr/dossier").text


def test_the_dossier_opens_where_what_was_sent_cannot_be_read(
    world: World, announced: Announced, browser: Browser
) -> None:
    save(world, announced, "home", home="rented")
    snapshots.send(world.citizen, world.adult(announced))
    with world.superuser(triggers=False) as connection:
        connection.execute("UPDATE situation_snapshot SET content = 'x'")
    assert "Envoyé au centre le" in browser.open("/fr/dossier").text


def test_what_was_said_of_a_paper_can_be_seen_and_corrected(
    world: World, announced: Announced, browser: Browser
) -> None:
    save(world, announced, "home", home="rented")
    form = browser.open(f"{LIST}/lease").form("/checklist/lease")
    form.fill(obstacle="costs", asker="centre", words="Trop cher").submit()
    form = browser.open(f"{LIST}/lease").form("/checklist/lease")
    assert [form.values.get(name) for name in ("obstacle", "asker", "words")] == ["costs", "centre", "Trop cher"]
