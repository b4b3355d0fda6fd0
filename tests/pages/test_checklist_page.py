"""«Which papers will I need?»: the estimate's path with another end, and the list as a paper. Nothing is stored."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from portal.factory import create_app
from portal.i18n.languages import CODES
from portal.services.checklists.paper import second_language
from portal.services.estimates import seal_answers
from tests.clock import local
from tests.pages.browser import Browser, Page
from tests.pages.checks import text_of
from tests.pages.estimates import FAMILY, SINGLE, Given, answer, form_of, step_of
from tests.pages.world import World

DAY = "2026-11-21 14:03"
VISP = "6297"


@pytest.fixture
def world(world: World) -> World:
    """The portal on the day of these lists."""
    world.clock.set(DAY)
    return world


def walked(browser: Browser, given: Given, language: str = "fr") -> Page:
    """The list, by the whole path."""
    page = browser.open(f"/{language}/checklist")
    for _ in range(6):
        if step_of(page) == "result":
            break
        page = answer(page, given).submit()
    assert (page.status, step_of(page)) == (200, "result")
    return page


def rows(page: Page) -> list[str]:
    """The rules on the list, in order."""
    return [row.get("data-paper") or "" for row in page.classed("paper") if row.get("data-paper")]


def paper(world: World, language: str, given: Given, **more: str) -> bytes:
    """The PDF of the list."""
    browser = world.browser(language)
    token = form_of(browser.open(f"/{language}/checklist")).values["csrf_token"]
    data = {"csrf_token": token, "answers": seal_answers(world.citizen, given), **more}
    sent = browser.send("POST", f"/{language}/checklist/pdf", data=data, headers={"Origin": browser.base})
    assert (sent.status_code, sent.mimetype) == (200, "application/pdf")
    assert sent.headers["Cache-Control"] == "no-store"
    return bytes(sent.data)


def words(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def test_the_path_leads_to_the_list(world: World) -> None:
    page = walked(world.browser(), SINGLE)
    text = text_of(page.classed("main")[0])
    for sentence in (
        "samedi, 21 novembre 2026",
        "Aucun papier manquant ne bloque votre annonce.",
        "août, septembre, octobre 2026",
        "La plupart de ces règles viennent de listes d’autres cantons.",
    ):
        assert sentence in text.replace("\u00a0", " ")
    assert rows(page)[:3] == ["identity_paper", "avs_number", "account_iban"]
    assert {"lease", "payslips", "account_statements", "signed_form"} <= set(rows(page))
    assert not {"mortgage_and_charges", "residence_permit"} & set(rows(page))


def test_the_same_paper_of_several_persons_is_one_row(world: World) -> None:
    page = walked(world.browser(), FAMILY)
    assert rows(page).count("avs_number") == 1
    row = next(one for one in page.classed("paper") if one.get("data-paper") == "avs_number")
    assert "Vous" in text_of(row)
    assert "Votre conjoint" in text_of(row)


def test_an_answer_can_be_changed_and_the_list_follows(world: World) -> None:
    page = walked(world.browser(), SINGLE)
    money = form_of(page).submit(("_edit", "money"))
    form = form_of(money)
    form.fill(home="owned")
    changed = form.submit()
    assert step_of(changed) == "result"
    assert "mortgage_and_charges" in rows(changed)
    assert "lease" not in rows(changed)


def test_the_answers_go_on_to_the_demand_and_to_the_estimate_and_back(world: World) -> None:
    browser = world.browser()
    page = walked(browser, SINGLE)
    begun = next(form for form in page.forms() if form.values.get("_page") == "estimate").submit()
    assert begun.status == 200
    assert "Sierre" in begun.text
    estimate = page.form("/fr/estimate").submit()
    assert "CHF" in estimate.text
    again = next(form for form in estimate.forms() if (form.element.get("action") or "") == "/fr/checklist").submit()
    assert rows(again) == rows(page)


def test_it_needs_no_database_and_leads_there_from_home(world: World) -> None:
    nowhere = world.settings("citizen", database_url="postgresql://nobody@127.0.0.1:1/none")
    away = Browser(create_app(nowhere, world.clock))
    assert "/fr/checklist" in away.open("/fr/").links()
    assert len(rows(walked(away, SINGLE))) > 10


@pytest.mark.parametrize("given", [{**SINGLE, "rent": "-5"}, {**SINGLE, "age": "x"}])
def test_a_faulty_answer_comes_first(world: World, given: Given) -> None:
    browser = world.browser()
    token = form_of(browser.open("/fr/checklist")).values["csrf_token"]
    fields = {"csrf_token": token, "answers": seal_answers(world.citizen, given), "_show": "result"}
    assert browser.post("/fr/checklist", fields).status == 422


@pytest.mark.parametrize("answers", ["", "bm90IG91cnM=", "é€"])
def test_a_paper_without_answers_leads_back(world: World, answers: str) -> None:
    browser = world.browser()
    token = form_of(browser.open("/fr/checklist")).values["csrf_token"]
    data = {"csrf_token": token, "answers": answers}
    sent = browser.send("POST", "/fr/checklist/pdf", data=data, headers={"Origin": browser.base})
    assert (sent.status_code, sent.headers["Location"]) == (303, "/fr/checklist")


@pytest.mark.parametrize("language", CODES)
def test_the_paper_is_tagged_and_has_both_languages_in_order(world: World, language: str) -> None:
    pdf = paper(world, language, FAMILY)
    reader = PdfReader(BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert root["/Lang"] == f"{language}-CH"
    text = words(pdf)
    order = ["Qui vous êtes", "Carte d’identité ou passeport", "Numéro AVS", "Le logement", "Bail de votre logement",
             "À signer au centre", "Formulaire de demande"]  # fmt: skip
    places = [text.find(one) for one in order]
    assert -1 not in places
    assert places == sorted(places)
    links = {note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])}
    assert links == {f"{world.citizen.public_url}/{language}/demand/new"}
    kinds = re.findall(rb"/S\s*/(H1|Figure)\b", pdf)
    assert (kinds.count(b"H1"), kinds.count(b"Figure")) == (1 if language == "fr" else 2, 1)
    assert len(pdf) < 300_000


def test_the_second_language_is_the_centres() -> None:
    cases = {
        ("fr", None, None): None, ("fr", "oberwallis", None): None, ("fr", None, "de"): "de", ("de", None, None): "fr",
        ("de", "oberwallis", None): None, ("pt", "oberwallis", None): "de", ("ar", "sierre", None): "fr",
        ("ar", None, "de"): "de", ("de", None, "de"): None, ("en", None, "xx"): "fr",
    }  # fmt: skip
    assert {given: second_language(*given) for given in cases} == cases


def test_in_the_upper_valais_german_stands_beside(world: World) -> None:
    given = {**SINGLE, "commune": VISP}
    assert paper(world, "pt", given) != paper(world, "pt", given, beside="fr")
    assert paper(world, "pt", given) == paper(world, "pt", given, beside="de")
    assert paper(world, "pt", given) == paper(world, "pt", given), "the same answers give the same paper"


def test_twenty_persons_fit(world: World) -> None:
    huge = {
        **FAMILY, "couple": "partner", "children": "12", "others": "6", "who": "relative", "b-together": "1",
        "home": "rented", "vehicles": "1", "insurances": "1", "claims": "1", "debts": "yes", "own_property": "yes",
        **{f"{one}-{kind}": "100" for one in "ab" for kind in ("wage", "daily_allowance", "disability", "alimony",
                                                               "self_employment", "unemployment", "bursary")},
        **{f"c{number}-age": str(number + 6) for number in range(1, 13)},
        **{f"c{number}-wage": "700" for number in range(9, 13)},
    }  # fmt: skip
    for language in ("fr", "ar"):
        pdf = paper(world, language, huge)
        print(language, len(pdf), len(PdfReader(BytesIO(pdf)).pages))
        assert len(pdf) < 500_000


def test_it_is_made_at_the_day_of_the_request(world: World) -> None:
    assert local(DAY).date().isoformat() == "2026-11-21"
    assert "Fait le samedi, 21 novembre 2026" in words(paper(world, "fr", SINGLE))
