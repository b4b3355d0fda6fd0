"""A demand on a small phone, with JavaScript, in French: from the first page to the withdrawal."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import REFERENCE, Filed, Hands, digits, overflow
from tests.browser.launch import PHONE


def test_a_demand_from_the_first_page_to_its_withdrawal(open_page: OpenPage) -> None:
    page = open_page(**PHONE)
    me = Hands(page, "fr")
    page.goto("/")
    expect(page).to_have_url(re.compile("/fr/$"))  # by the browser's setting
    me.link("J’ai besoin d’aide : annoncer ma demande").tap()

    answer_the_questions(me)
    me.button("Vérifier mes réponses").tap()
    check_and_edit(me)
    me.announce()

    filed = me.filed()
    me.says("Votre demande d’aide urgente est partie")
    assert overflow(page) == []
    papers_keep_the_code_apart(me, filed)

    me.button("J’ai noté mon code : ouvrir mon dossier").tap()
    me.heading("Mon dossier")
    me.says("Enregistrée, pas encore ouverte par le centre")
    me.button("Terminer").tap()
    me.heading("Vous avez terminé")
    assert {cookie["name"] for cookie in page.context.cookies()} & {"citizen", "filed"} == set()
    page.go_back()
    expect(page.get_by_text(filed.reference)).to_have_count(0)  # nothing of the dossier is left behind

    sign_in_as_people_type(me, filed)
    withdraw(me)


def answer_the_questions(me: Hands) -> None:
    page = me.page
    me.at_step("who")
    expect(page.locator(".progress p")).to_have_text("Étape 1 sur 6")
    me.forward()
    me.at_step("name")
    page.locator("#name").fill("Noëlle d’Aubigné-Rey")
    page.locator("#birth_year").fill("1974")
    me.forward()
    me.at_step("place")
    page.go_back()
    me.at_step("name")
    expect(page.locator("#name")).to_have_value("Noëlle d’Aubigné-Rey")
    page.go_forward()
    me.at_step("place")
    choose_the_commune(page)
    me.forward()
    me.at_step("reach")
    page.locator("#phone").fill("079 555 01 02")
    page.locator("#email").fill("noelle@example.ch")
    me.forward(2)
    me.at_step("urgent")
    expect(page.locator("#needs-group")).to_be_hidden()
    me.choice("Oui, c’est urgent").tap()
    me.choice("Un toit pour cette nuit").tap()


def choose_the_commune(page: Page) -> None:
    """The name in either language, folded as people type it; what is sent is the list's own value."""
    box = page.get_by_role("combobox", name="Commune")
    found = page.get_by_role("listbox").get_by_role("option")
    box.fill("qqq")
    expect(found).to_have_text(["Je ne sais pas, ou aucune"])  # always a way on
    for typed, first in (
        *(("saint", "Saint-Gingolph"), ("saint leo", "Saint-Léonard"), ("st-leo", "Saint-Léonard")),
        *(("vissoie", "Anniviers"), ("Siders", "Sierre"), ("sier", "Sierre")),  # a village, German, French
    ):
        box.fill(typed)
        expect(found.first).to_have_text(re.compile(f"^{first}"))
    found.first.tap()
    expect(box).to_have_value(re.compile("^Sierre"))
    expect(page.locator("select[name=commune]")).to_have_value("6248")


def check_and_edit(me: Hands) -> None:
    page = me.page
    me.heading("Vérifiez, puis annoncez")
    summary = page.locator(".summary")
    for answer in (
        "Noëlle d’Aubigné-Rey",
        "1974",
        "Sierre",
        "+41 79 555 01 02",
        "noelle@example.ch",
        "Un toit pour cette nuit",
    ):
        expect(summary).to_contain_text(answer)
    page.get_by_role("button", name=re.compile(r"^Modifier\b.*\bNom$")).tap()
    me.at_step("name")
    expect(page.locator("#birth_year")).to_have_value("1974")
    page.locator("#name").fill("Noëlle Rey")
    expect(page.locator("input[name=needs][value=lodging]")).to_be_checked()
    me.button("Vérifier mes réponses").tap()
    expect(summary).to_contain_text("Noëlle Rey")
    expect(summary).not_to_contain_text("d’Aubigné")


def papers_keep_the_code_apart(me: Hands, filed: Filed) -> None:
    receipt = me.pdf_text(me.link("Télécharger le reçu (PDF)").tap)
    assert filed.reference in receipt
    assert "Noëlle Rey" in receipt
    assert digits(filed.code) not in digits(receipt)
    slip = me.pdf_text(me.link("Télécharger la feuille (PDF)").tap)
    assert filed.code in slip
    assert filed.reference in slip


def sign_in_as_people_type(me: Hands, filed: Filed) -> None:
    page = me.page
    me.go("/sign-in")
    page.get_by_label("Référence").fill(f"  {filed.reference.replace('-', ' ').lower()} ")
    page.get_by_label("Code d’accès").fill(filed.code.replace(" ", " - "))
    me.button("Ouvrir mon dossier").tap()
    me.heading("Mon dossier")
    expect(page.locator("#receipt .code-value")).to_have_text(REFERENCE)


def withdraw(me: Hands) -> None:
    me.link("Retirer ma demande").tap()
    me.heading("Retirer ma demande")
    me.says("La commune ne décidera pas sur cette demande.")
    me.page.locator("#reason").fill("J’ai trouvé du travail.")
    me.button("Retirer ma demande").tap()
    me.heading("Mon dossier")
    me.says("Vous avez retiré votre demande")
    expect(me.link("Retirer ma demande")).to_have_count(0)
