"""Files that began on paper, as pages: the desk's form and letter; the person signs in and does everything without a demand."""

from __future__ import annotations

import re

import pytest

from portal.domain.document_request import RequestState
from portal.services.document_requests import Note, note_at_desk
from tests.pages.browser import Browser, Page
from tests.pages.changes import ROOT, report
from tests.pages.pdf import words
from tests.pages.sent_papers import KEY
from tests.pages.test_staff_demand_acts import code_of
from tests.pages.world import World
from tests.services.on_paper import OnPaper, on_paper

NEW, LIST = "/staff/dossiers/new", "/staff/dossiers"
OF_A_DEMAND = {"dossier.withdraw", "dossier.receipt"}
"""Pages of a demand alone: not found where there is none, and no page of such a file leads there."""
TOLD = {
    "name": "Rosa Nunes",
    "birth_year": "1970",
    "since_month": "5",
    "since_year": "2024",
    "commune": "6248",
    "language": "fr",
}


@pytest.fixture
def desk(clean_world: World) -> Browser:
    return clean_world.desk("sierre")


@pytest.fixture
def file(clean_world: World) -> OnPaper:
    return on_paper(clean_world)


@pytest.fixture
def person(world: World, file: OnPaper) -> Browser:
    return file.browser(world)


def give(desk: Browser, *, seen: bool = True, **answers: str) -> Page:
    form = desk.open(NEW).form(NEW)
    return form.fill(**{**TOLD, **answers}, identity_seen=seen).submit()  # type: ignore[arg-type]


# The desk


def test_the_letter_lets_the_person_in(world: World, desk: Browser) -> None:
    made = give(desk)
    assert (made.status, made.h1) == (200, "La lettre est prête")
    assert (world.count("demand"), world.count("filing_register")) == (0, 0)
    dossier, reference = world.row("SELECT id, reference FROM dossier")
    assert made.path == f"{LIST}/{dossier}/letter"
    letter = desk.open(f"{made.path}.pdf")
    assert letter.headers["Content-Type"] == "application/pdf"
    assert letter.headers["Cache-Control"] == "no-store"
    text, code = words(letter.body), code_of(letter)
    for said in ("Rosa Nunes", reference, "/fr/sign-in", "Annoncer un changement", "Code perdu ?"):
        assert said in text, said
    assert code not in made.body.decode().replace(" ", "")
    browser = world.browser()
    page = browser.open("/fr/sign-in").form("/sign-in").fill(reference=reference, code=code).submit()
    assert (page.status, page.path) == (200, "/fr/dossier")
    assert "Votre dossier a commencé sur papier" in page.text


def test_the_letter_is_in_the_person_s_language_beside_the_centre_s(desk: Browser) -> None:
    made = give(desk, language="pt")
    text = words(desk.open(f"{made.path}.pdf").body)
    assert "/pt/sign-in" in text
    assert "Código de acesso" in text
    assert "Code d’accès" in text


def test_the_letter_leaves_once(world: World, desk: Browser) -> None:
    made = give(desk)
    desk.open(f"{made.path}.pdf")
    world.clock.forward(minutes=2)
    page = desk.open(f"{made.path}.pdf")
    assert (page.path, page.h1) == (made.path, "La lettre n’est plus disponible")


def test_a_form_sent_again_is_one_file(world: World, desk: Browser) -> None:
    form = desk.open(NEW).form(NEW).fill(**TOLD, identity_seen=True)
    assert form.submit().path == form.submit().path
    assert world.count("paper_file") == 1


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"since_month": ""}, "Écrivez le mois et l’année du début de l’aide."),
        ({"since_month": "13"}, "Cette date n’existe pas."),
        ({"since_month": "x"}, "Écrivez la date en chiffres."),
        ({"since_month": "12", "since_year": "2026"}, "Cette date est dans le futur."),
        ({"since_year": "1900"}, "L’année doit être entre 1966 et 2026."),
        ({"name": ""}, "Écrivez un nom"),
    ],
)
def test_what_is_wrong_is_said_and_kept(world: World, desk: Browser, answers: dict[str, str], said: str) -> None:
    page = give(desk, **answers)
    assert page.status == 422
    assert said in page.text
    assert page.form(NEW).values["birth_year"] == "1970"
    assert world.count("dossier") == 0


def test_not_without_having_seen_who_it_is(world: World, desk: Browser) -> None:
    page = give(desk, seen=False)
    assert (page.status, page.summary()) == (422, ["identity_seen"])
    assert world.count("dossier") == 0


def test_a_name_may_be_said_later(world: World, desk: Browser) -> None:
    both = desk.open(NEW).form(NEW).fill(**TOLD, name_at_desk=True, identity_seen=True).submit()
    assert (both.status, both.summary(), both.form(NEW).values["name"]) == (422, ["name"], TOLD["name"])
    made = both.form(NEW).fill(name="").submit()
    assert made.status == 200
    assert "[nom à dire au guichet]" in words(desk.open(f"{made.path}.pdf").body)
    assert "Nom à dire au guichet" in desk.open(LIST).text


def test_the_language_menu_keeps_what_was_typed(world: World, desk: Browser) -> None:
    page = desk.open(NEW).form(NEW).fill(**TOLD).switch("de")
    assert page.lang == "de"
    assert page.form(NEW).values["name"] == "Rosa Nunes"
    assert world.count("dossier") == 0


def test_the_list_leads_on_and_another_centre_sees_nothing(world: World, desk: Browser, file: OnPaper) -> None:
    page = desk.open(LIST)
    place = f"{LIST}/{file.dossier_id}"
    for words_ in ("Rosa Nunes", file.reference, "mai 2024", "Sierre"):
        assert words_ in page.text, words_
    assert {place, f"{place}/changes", f"{place}/messages", f"{place}/month"} <= set(page.links())
    for way in ("", "/changes", "/messages", "/month"):
        assert desk.open(f"{place}{way}").status == 200, way
    other = world.desk("oberwallis")
    assert file.reference not in other.open(LIST).text
    for way in ("", "/letter", "/letter.pdf", "/changes", "/messages", "/month"):
        assert other.open(f"{place}{way}").status == 404, way


def test_a_new_code(world: World, desk: Browser, file: OnPaper) -> None:
    place = f"{LIST}/{file.dossier_id}"
    wrong = desk.open(place).form("/code").submit()
    assert (wrong.status, wrong.summary()) == (422, ["identity_seen"])
    made = wrong.form("/code").fill(identity_seen=True).submit()
    code = code_of(desk.open(f"{made.path}.pdf"))
    for tried, status in ((file.code, 422), (code, 200)):
        page = world.browser().open("/fr/sign-in").form("/sign-in")
        assert page.fill(reference=file.reference, code=tried).submit().status == status


# The person


def test_no_clock_and_nothing_of_a_demand(person: Browser) -> None:
    page = person.open("/fr/dossier")
    assert "Délai" not in page.text
    assert "reçu (PDF)" not in page.text
    assert "Votre centre" in page.text


def test_a_change_is_reported_and_proven(world: World, person: Browser, desk: Browser, file: OnPaper) -> None:
    page = report(person, "gift", "2026-11-03", sum="300")
    assert page.status == 200, page.text
    (name,) = {found[1] for link in page.links() if (found := re.search(r"/changes/([a-z0-9]{10})", link))} or {""}
    receipt = person.open(f"{ROOT}/{name}/receipt.pdf")
    text = words(receipt.body)
    assert "Rosa Nunes" in text
    assert "CMS régional de Sierre" in text
    assert (world.count("demand"), world.count("change_report")) == (0, 1)
    board = desk.open("/staff/")
    assert file.reference in board.text
    one = desk.open(f"{LIST}/{file.dossier_id}/changes/{name}")
    assert one.status == 200
    assert f"{LIST}/{file.dossier_id}" in one.links()
    assert "Lue par le centre" in person.open(f"{ROOT}/{name}").text


def test_a_message_and_its_answer(person: Browser, desk: Browser, file: OnPaper) -> None:
    person.open("/fr/dossier/messages").form("/messages").fill(words="Bonjour").submit()
    assert file.reference in desk.open("/staff/messages").text
    page = desk.open(f"{LIST}/{file.dossier_id}/messages")
    page.form(f"/messages/{file.adult_id}").fill(words="Venez demain.").submit()
    assert "Venez demain." in person.open("/fr/dossier/messages").text


def test_a_month(world: World, person: Browser) -> None:
    page = person.open("/fr/dossier/month").form("/month").submit()
    assert page.status == 200
    assert world.count("month_note") == 1


def test_every_page_of_the_dossier_stands_without_a_demand(world: World, person: Browser) -> None:
    rules = [
        rule
        for rule in world.citizen_app.url_map.iter_rules()
        if "/dossier" in rule.rule and rule.arguments == {"lang"} and "GET" in (rule.methods or ())
    ]
    assert len(rules) > 15
    found = {}
    for rule in rules:
        path = re.sub(r"<[^>]+>", "fr", rule.rule)
        found[rule.endpoint] = person.open(path, follow=False).status
    assert {name for name, status in found.items() if status >= 400} == OF_A_DEMAND, found


def test_a_paper_that_cannot_be_had(world: World, person: Browser, file: OnPaper) -> None:
    page = person.open("/fr/dossier/checklist")
    assert "Aucun papier n’est demandé ici" in page.text
    note_at_desk(world.staff, world.caseworker("sierre"), file.dossier_id, KEY, Note(RequestState.TO_BRING))
    page = person.open("/fr/dossier/checklist")
    link = next(link for link in page.links() if re.search(r"/dossier/checklist/[^.]+$", link))
    page = person.open(link)
    assert page.status == 200
    assert "Votre demande continue" not in page.text


def test_defending_oneself_begins_with_name_and_commune(person: Browser) -> None:
    page = person.open("/fr/defend/refused")
    assert page.status == 200
    assert "Rosa Nunes" in page.body.decode()
