"""Reports of a change: every kind can be sent, several at once, and what was said is proven at once."""

from __future__ import annotations

import re

import pytest

from portal.domain.changes.kinds import ChangeKind
from tests.pages.browser import Browser, Values
from tests.pages.changes import COUPLE, ROOT, day, details, fill, form_of, report, send
from tests.pages.world import Announced, World
from tests.said import said_of

TODAY = "2026-11-10"
"""The day of every world."""
KINDS: dict[ChangeKind, dict[str, Values]] = {
    ChangeKind.CHILD_BORN: {"name": "Ana"},
    ChangeKind.MOVED_IN: {"relation": "parent", "name": "Rosa"},
    ChangeKind.MOVED_OUT: {"who": "c1"},
    ChangeKind.SEPARATED: {"still_here": "no"},
    ChangeKind.MOVED: {"rent": "900"},
    ChangeKind.NEW_JOB: {"who": "b", "amount": "2100", "percent": "60", "payday": "month_end"},
    ChangeKind.LOST_JOB: {"who": "a", "dismissed": "yes"},
    ChangeKind.OTHER_HOURS: {"who": "a", "percent": "40", "amount": "1100"},
    ChangeKind.WAGE_CHANGED: {"who": "a", "amount": "1750.50"},
    ChangeKind.SICK: {"who": "a", "percent": "100", "wage_goes_on": "unknown"},
    ChangeKind.BENEFIT_DECIDED: {"who": "b", "kind": "unemployment", "amount": "1300"},
    ChangeKind.INHERITED: {"who": "a", "sum": "8000", "received": "yes"},
    ChangeKind.GIFT: {"who": "a", "sum": "300"},
    ChangeKind.SOLD: {"who": "a", "sum": "", "what": "Vélo"},
    ChangeKind.ASKED_BENEFIT: {"who": "a", "benefits": ["disability"]},
    ChangeKind.ABROAD: {"who": "a"},
    ChangeKind.TRAINING_DONE: {},
    ChangeKind.PERMIT_CHANGED: {"who": "b", "permit": "c"},
    ChangeKind.OTHER: {},
}


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def test_the_table_of_this_test_is_whole() -> None:
    assert set(KINDS) == set(ChangeKind)


@pytest.mark.parametrize("kind", list(KINDS), ids=lambda kind: kind.value)
def test_every_kind_is_sent_and_proven(world: World, browser: Browser, kind: ChangeKind) -> None:
    page = details(browser, kind.value)
    words = {"words": "Un mariage en vue"} if kind is ChangeKind.OTHER else {}
    values = {f"{kind.value}-{name}": value for name, value in KINDS[kind].items()}
    page = fill(page, **day(f"{kind.value}-since", "2026-11-03"), **values, **words)
    assert "Ce que cela change" in page.text, page.text
    page = send(page)
    assert re.fullmatch(rf"{ROOT}/[a-z]{{10}}", page.path)
    entry = world.row("SELECT sequence, encode(hash, 'hex') FROM filing_register WHERE kind = 'report'")
    for proof in (str(entry[0]), entry[1], "3 novembre 2026", "10 novembre 2026"):
        assert proof in page.text
    assert world.count("change_report") == 1


def test_several_changes_are_one_report_with_one_entry(world: World, browser: Browser) -> None:
    page = details(browser, "new_job", "moved", "sold")
    values: dict[str, Values] = {"new_job-who": "b", "new_job-amount": "2000", "moved-rent": "950", "sold-who": "a"}
    days = day("new_job-since", "2026-11-02") | day("moved-since", "2026-11-03") | day("sold-since", "2026-11-04")
    page = send(fill(page, **values, **days))
    for said in ("Nouveau travail", "Déménagement ou loyer", "Vente", "2 novembre 2026", "3 novembre 2026"):
        assert said in page.text
    assert world.count("change_report") == 1
    assert world.row("SELECT count(*) FROM filing_register WHERE kind = 'report'") == (1,)


@pytest.mark.parametrize(
    ("since", "values", "sentence"),
    [
        ("2027-11-12", {}, "Ce jour est trop loin"),
        ("2026-10-31", {}, "avant le début de votre dossier"),
        ("2026-11-03", {"amount": "-1"}, "ne peut pas être négatif"),
        ("2026-11-03", {"percent": "140"}, "Écrivez un nombre entier"),
        ("2026-11-03", {"who": None}, "Choisissez une personne"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_stays_typed(
    world: World, browser: Browser, since: str, values: dict[str, Values], sentence: str
) -> None:
    said: dict[str, Values] = {"who": "b", "amount": "2100", "percent": "60", **values}
    page = fill(
        details(browser, "new_job"),
        **day("new_job-since", since),
        **{f"new_job-{name}": value for name, value in said.items()},
        words="Mes mots",
    )
    assert page.status == 422
    assert sentence in page.text
    again = form_of(page)
    assert again.values["words"] == "Mes mots"
    assert again.values["new_job-amount"] == said["amount"]
    assert world.count("change_report") == 0


def test_somebody_whom_the_dossier_does_not_know_is_not_taken(world: World, browser: Browser) -> None:
    form = form_of(details(browser, "new_job")).fill(**day("new_job-since", "2026-11-03"))
    page = form.force(**{"new_job-who": "zz"}).submit()
    assert page.status == 422
    assert "Choisissez une personne" in page.text
    assert world.count("change_report") == 0


def test_a_day_ahead_of_a_birth_is_for_what_if_alone(browser: Browser) -> None:
    page = fill(details(browser, "child_born"), **day("child_born-since", "2027-02-01"))
    assert page.status == 422
    assert "Ce jour est dans le futur" in page.text
    page = fill(details(browser, "child_born", root=f"{ROOT}/what-if"), **day("child_born-since", "2027-02-01"))
    assert page.status == 200
    assert "Ce que cela change" in page.text


def test_the_same_page_sent_twice_is_one_report(world: World, browser: Browser) -> None:
    page = fill(details(browser, "moved"), **day("moved-since", "2026-11-03"), **{"moved-rent": "900"})
    once, twice = send(page), send(page)
    assert once.path == twice.path
    assert world.count("change_report") == 1
    assert world.row("SELECT count(*) FROM filing_register WHERE kind = 'report'") == (1,)


def test_a_page_that_was_sent_and_then_changed_says_that_the_change_was_not_sent(browser: Browser) -> None:
    first = details(browser, "moved")
    send(fill(first, **day("moved-since", "2026-11-03"), **{"moved-rent": "900"}))
    page = send(fill(first, **day("moved-since", "2026-11-03"), **{"moved-rent": "800"}))
    assert "Cette page avait déjà été envoyée" in page.text
    assert "900" in page.text
    assert said_of(["800"], page.text) == []


def test_the_same_said_again_leads_to_the_report_that_said_it(world: World, browser: Browser) -> None:
    first = report(browser, "moved", "2026-11-03", rent="900")
    second = report(browser, "moved", "2026-11-03", rent="900")
    assert second.path.partition("?")[0] == first.path
    assert "Vous l’aviez déjà annoncé" in second.text
    assert world.count("change_report") == 1


def test_another_value_for_the_same_day_is_asked_and_the_answer_holds(world: World, browser: Browser) -> None:
    report(browser, "moved", "2026-11-03", rent="900")
    page = report(browser, "moved", "2026-11-03", rent="1000")
    assert page.status == 409
    assert "Rien n’est encore envoyé" in page.text
    assert world.count("change_report") == 1
    form = form_of(page)
    asked = {name for name in form.values if name.startswith("clash-")} | {
        str(control.get("name")) for control in form.controls() if str(control.get("name")).startswith("clash-")
    }
    page = form.fill(**dict.fromkeys(asked, "new")).submit(("_send", "1"))
    assert re.fullmatch(rf"{ROOT}/[a-z]{{10}}", page.path)
    assert world.count("change_report") == 2


def test_the_old_value_is_right_leads_back_to_the_questions(world: World, browser: Browser) -> None:
    report(browser, "moved", "2026-11-03", rent="900")
    form = form_of(report(browser, "moved", "2026-11-03", rent="1000"))
    asked = {str(one.get("name")) for one in form.controls() if str(one.get("name")).startswith("clash-")}
    page = form.fill(**dict.fromkeys(asked, "old")).submit(("_send", "1"))
    assert "l’ancienne réponse est juste" in page.text
    assert form_of(page).values["moved-rent"] == "1000"
    assert world.count("change_report") == 1


def test_a_correction_takes_the_place_of_the_report(world: World, browser: Browser) -> None:
    first = report(browser, "moved", "2026-11-03", rent="900")
    page = browser.open(f"{first.path}/correct")
    assert form_of(page).values["moved-rent"] == "900"
    page = send(fill(page, **{"moved-rent": "950"}))
    assert "Elle remplace votre annonce" in page.text
    old = browser.open(first.path)
    assert "Corrigée par une autre" in old.text
    assert "900" in old.text
    assert browser.open(f"{first.path}/correct").path.startswith(first.path + "?")
    assert world.row("SELECT count(*) FROM filing_register WHERE kind = 'report'") == (2,)


def test_a_report_is_taken_back_once_however_often_it_is_said(world: World, browser: Browser) -> None:
    first = report(browser, "moved", "2026-11-03", rent="900")
    page = browser.open(f"{first.path}/withdraw")
    form = form_of(page, "withdraw-form").fill(reason="Une erreur")
    assert "Retirée" in form.submit().text
    assert form.submit().path.startswith(first.path)
    assert world.row("SELECT count(*) FROM filing_register WHERE kind = 'report-withdrawal'") == (1,)
    assert "Une erreur" in browser.open(first.path).text


def test_what_was_imagined_opens_the_report_with_everything_in_it(world: World, browser: Browser) -> None:
    page = fill(
        details(browser, "new_job", root=f"{ROOT}/what-if"),
        **day("new_job-since", "2027-05-01"),
        **{"new_job-who": "b", "new_job-percent": "40", "new_job-amount": "1200"},
    )
    assert "Envoyer au centre" not in page.text
    form = form_of(page)
    forced = browser.post(f"{ROOT}/what-if", {**form.values.to_dict(), "_send": "1"})
    assert "Ce que cela change" in forced.text
    assert world.count("change_report") == 0  # nothing is ever sent from here
    came_true = form.press(next(one for one in form.buttons() if one.get("formaction") == f"{ROOT}/new"))
    assert form_of(came_true).values["new_job-amount"] == "1200"
    assert "Envoyer au centre" in form_of(came_true).submit().text


def test_kept_for_later_opens_again_and_goes_once_it_is_sent(world: World, browser: Browser) -> None:
    form = form_of(details(browser, "moved")).fill(**day("moved-since", "2026-11-03"), **{"moved-rent": "900"})
    page = form.submit(("_keep", "1"))
    assert "Gardé pour plus tard" in page.text
    assert world.count("change_report") == 0
    page = browser.open(f"{ROOT}/new?kept=1")
    assert form_of(page).values["moved-rent"] == "900"
    send(form_of(page).submit())
    assert world.count("report_draft") == 0


def test_a_new_decision_is_proposed_where_it_is_usual_and_can_be_taken_off(world: World, browser: Browser) -> None:
    page = details(browser, "moved")
    assert form_of(page).values["decision"] == "y"
    page = send(fill(page, **day("moved-since", "2026-11-03"), **{"moved-rent": "900", "decision": False}))
    assert world.row("SELECT asks_decision FROM change_report") == (False,)
    assert "decision" not in form_of(details(browser, "new_job")).values
    page = report(browser, "training_done", "2026-11-05")
    assert "10 décembre 2026" in page.text  # thirty days after the day of the report


def test_no_page_judges_when_it_was_said(browser: Browser) -> None:
    page = report(browser, "moved", "2026-11-01", rent="900")
    for shown in (page, browser.open(ROOT)):
        for word in ("en retard", "à temps", "trop tard", "acceptée", "accordée", "refusée"):
            assert word not in shown.text.lower()


def test_the_language_changes_and_what_was_typed_stays(browser: Browser) -> None:
    form = form_of(details(browser, "new_job")).fill(**day("new_job-since", "2026-11-03"))
    form.fill(**{"new_job-who": "b", "new_job-amount": "abc"})
    page = form.switch("de")
    assert page.path == "/de/dossier/changes/new"
    assert page.status == 200
    assert form_of(page).values["new_job-amount"] == "abc"
    page = form_of(page).fill(**{"new_job-amount": "2100"}).submit()
    page = form_of(page).switch("pt")
    assert "2’100" in page.text or "2'100" in page.text or "2 100" in page.text or "2.100" in page.text


def test_twins_and_two_who_left_are_one_report(world: World, browser: Browser) -> None:
    page = form_of(details(browser, "child_born", "moved")).fill(**day("child_born-since", "2026-11-03"))
    page = page.submit(("_more", "child_born"))
    assert page.status == 200
    assert "Naissance, n° 2" in page.text
    assert form_of(page).values["child_born-since-day"] == "3"  # what was typed stays
    page = form_of(page).submit(("_more", "child_born"))
    assert "Naissance, n° 3" in page.text
    page = form_of(page).submit(("_less", "child_born"))
    assert "Naissance, n° 3" not in page.text
    born = {**day("child_born-2-since", "2026-11-03"), **day("moved-since", "2026-11-03"), "moved-rent": "950"}
    page = send(fill(page, **born))
    assert page.text.count("3 novembre 2026") >= 3
    assert world.count("change_report") == 1
    page = browser.open(f"{page.path}/correct")
    assert form_of(page).values["child_born-2-since-day"] == "3"
    page = send(fill(page, **{"child_born-name": "Ana", "child_born-2-name": "Eva"}))
    assert "Ana" in page.text
    assert "Eva" in page.text


def test_no_kind_is_told_more_often_than_a_report_holds(browser: Browser) -> None:
    page = details(browser, "gift")
    for _time in range(9):
        page = form_of(page).submit(("_more", "gift"))
    assert "Cadeau en argent, n° 10" in page.text
    assert "n° 11" not in page.text
    assert 'name="_more"' not in page.text
    forced = browser.post(f"{ROOT}/new", {**form_of(page).values.to_dict(), "_more": "gift"})
    assert "n° 11" not in forced.text
    moved = {**form_of(details(browser, "moved")).values.to_dict(), "_more": "moved"}
    assert "n° 2" not in browser.post(f"{ROOT}/new", moved).text  # one move in a report


def test_a_report_that_ended_is_headed_as_what_it_is(browser: Browser) -> None:
    page = report(browser, "moved", "2026-11-03", rent="900")
    assert page.h1 == "Votre annonce est reçue"
    form = form_of(browser.open(f"{page.path}/correct")).fill(**{"moved-rent": "950"}).submit()
    new = send(form)
    assert new.h1 == "Votre annonce est reçue"
    assert browser.open(page.path).h1 == "Annonce corrigée par une autre"
    browser.open(f"{new.path}/withdraw").form("/withdraw").submit()
    assert browser.open(new.path).h1 == "Annonce retirée"
