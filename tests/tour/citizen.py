"""The stops of somebody who asks for help."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.hands import Filed, Hands
from tests.tour.stops import Place, no_database, stop


def file(page: Page, language: str) -> Filed:
    """File with a few answers and stay on the filed page."""
    me = Hands(page, language)
    check(page, me)
    me.announce()
    return me.filed()


def check(page: Page, me: Hands) -> None:
    """As far as the check page."""
    me.go("/demand/new#step-name")
    page.locator("#name").fill("Maria João Fernandes-Zenhäusern")
    page.locator("#birth_year").fill("1974")
    me.forward()
    page.get_by_role("combobox").fill("sierre")
    page.get_by_role("listbox").get_by_role("option").first.click()
    me.forward()
    page.locator("#phone").fill("079 555 01 99")
    me.forward(2)
    me.choice("Oui, c’est urgent").click()
    me.choice("Un toit pour cette nuit").click()
    me.button("Vérifier mes réponses").click()
    me.heading("Vérifiez, puis annoncez")


@stop()
def home(place: Place, page: Page, language: str) -> None:
    Hands(page, language).go("/")


@stop()
def form_first_step(place: Place, page: Page, language: str) -> None:
    Hands(page, language).go("/demand/new")


@stop()
def form_communes(place: Place, page: Page, language: str) -> None:
    Hands(page, language).go("/demand/new#step-place")
    page.get_by_role("combobox").fill("saint")
    page.keyboard.press("ArrowDown")


@stop()
def form_urgent(place: Place, page: Page, language: str) -> None:
    me = Hands(page, language)
    me.go("/demand/new#step-urgent")
    me.choice("Oui, c’est urgent").click()
    me.choice("De quoi manger").click()


@stop(script=False)
def form_without_script(place: Place, page: Page, language: str) -> None:
    Hands(page, language).go("/demand/new")


@stop(script=False)
def form_with_errors(place: Place, page: Page, language: str) -> None:
    me = Hands(page, language)
    me.go("/demand/new")
    page.locator("#birth_day").fill("31")
    page.locator("#birth_month").fill("2")
    page.locator("#phone").fill("12")
    me.button("Vérifier mes réponses").click()
    expect(page.locator("#error-summary")).to_be_visible()


@stop()
def form_step_with_error(place: Place, page: Page, language: str) -> None:
    me = Hands(page, language)
    me.go("/demand/new#step-urgent")
    me.button("Vérifier mes réponses").click()
    expect(page.locator("#error-summary")).to_be_visible()


@stop()
def check_answers(place: Place, page: Page, language: str) -> None:
    check(page, Hands(page, language))


@stop()
def filed(place: Place, page: Page, language: str) -> None:
    file(page, language)


@stop(without=no_database)
def attempt(place: Place, page: Page, language: str) -> None:
    me = Hands(page, language)
    check(page, me)
    me.announce()
    expect(page.locator("#proof")).to_be_visible()


@stop()
def sign_in(place: Place, page: Page, language: str) -> None:
    Hands(page, language).go("/sign-in")


@stop()
def sign_in_wrong(place: Place, page: Page, language: str) -> None:
    me = Hands(page, language)
    me.go("/sign-in")
    page.locator("#reference").fill("VS-1234-5678-90")
    page.locator("#code").fill("1234")
    me.button("Ouvrir mon dossier").click()
    expect(page.locator("#error-summary")).to_be_visible()


@stop()
def dossier(place: Place, page: Page, language: str) -> None:
    file(page, language)
    me = Hands(page, language)
    me.button("J’ai noté mon code : ouvrir mon dossier").click()
    me.heading("Mon dossier")


@stop()
def withdraw(place: Place, page: Page, language: str) -> None:
    dossier(place, page, language)
    Hands(page, language).link("Retirer ma demande").click()
    Hands(page, language).heading("Retirer ma demande")


@stop()
def dossier_withdrawn(place: Place, page: Page, language: str) -> None:
    withdraw(place, page, language)
    me = Hands(page, language)
    me.button("Retirer ma demande").click()
    me.heading("Mon dossier")


@stop()
def session_ended(place: Place, page: Page, language: str) -> None:
    withdraw(place, page, language)
    page.context.clear_cookies(name="citizen")
    me = Hands(page, language)
    me.button("Retirer ma demande").click()
    me.heading("Vous n’êtes plus connecté")


@stop()
def signed_out(place: Place, page: Page, language: str) -> None:
    dossier(place, page, language)
    Hands(page, language).button("Terminer").click()
    Hands(page, language).heading("Vous avez terminé")


@stop()
def verify(place: Place, page: Page, language: str) -> None:
    Hands(page, language).go("/verify")


@stop()
def verify_genuine(place: Place, page: Page, language: str) -> None:
    filed = file(page, language)
    with place.database.connect() as connection:
        row = connection.execute("SELECT check_code FROM demand ORDER BY recorded_at DESC LIMIT 1").fetchone()
    assert row
    me = Hands(page, language)
    me.go("/verify")
    page.locator("#reference").fill(filed.reference)
    page.locator("#check_code").fill(row[0])
    me.button("Contrôler").click()
    me.heading("Ce reçu est vrai")


@stop()
def verify_not_genuine(place: Place, page: Page, language: str) -> None:
    me = Hands(page, language)
    me.go("/verify")
    page.locator("#reference").fill("VS-1234-5678-90")
    me.button("Contrôler").click()
    me.says("Ce reçu ne peut pas être confirmé")


@stop()
def urgent(place: Place, page: Page, language: str) -> None:
    Hands(page, language).go("/urgent")


@stop()
def language_menu(place: Place, page: Page, language: str) -> None:
    Hands(page, language).go("/urgent")
    page.locator(".lang summary").click()


@stop()
def not_found(place: Place, page: Page, language: str) -> None:
    Hands(page, language).go("/nowhere")


@stop(without=no_database)
def unavailable(place: Place, page: Page, language: str) -> None:
    me = Hands(page, language)
    me.go("/sign-in")
    page.locator("#reference").fill("VS-1234-5678-90")
    me.button("Ouvrir mon dossier").click()
    me.heading("Le portail ne répond pas bien en ce moment")


@stop()
def law(place: Place, page: Page, language: str) -> None:
    Hands(page, language).go("/law#parameter-allowance_1")


def answer(page: Page, **answers: str) -> None:
    """Fill boxes, choose choices and lists by the names of their fields; `_` stands for `-`."""
    for name, value in answers.items():
        field = page.locator(f"[name='{name.replace('_', '-', 1)}']")
        kind = field.first.get_attribute("type")
        if kind in ("radio", "checkbox"):
            field.and_(page.locator(f"[value='{value}']")).check(force=True)
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def estimate_up_to(page: Page, language: str, step: str) -> None:
    """Walk the estimate of a couple with a child as far as a step; `result` is the end."""
    Hands(page, language).go("/estimate")
    pages = {
        "home": {"age": "34", "couple": "partner", "children": "1", "others": "0"},
        "people": {"b_age": "36", "b_together": "1", "b_common": "no", "c1_age": "8"},
        "work": {
            "a_permit": "b",
            "a_state": "valid",
            "a_activity": "part_time",
            "b_permit": "swiss",
            "b_activity": "unable",
        },
        "income": {"a_wage": "1’450.50", "a_family_allowance": "327"},
        "money": {"home": "rented", "rent": "1350", "charges": "150", "accounts": "2300", "vehicles": "4000"},
    }
    for name, answers in pages.items():
        if name == step:
            return
        answer(page, **answers)
        page.locator("#estimate-form .button-primary").click()


@stop()
def estimate_home(place: Place, page: Page, language: str) -> None:
    estimate_up_to(page, language, "home")


@stop()
def estimate_work(place: Place, page: Page, language: str) -> None:
    estimate_up_to(page, language, "work")


@stop()
def estimate_error(place: Place, page: Page, language: str) -> None:
    estimate_up_to(page, language, "income")
    answer(page, a_wage="-20", a_alimony="abc")
    page.locator("#estimate-form .button-primary").click()


@stop()
def estimate_money(place: Place, page: Page, language: str) -> None:
    estimate_up_to(page, language, "money")


@stop()
def estimate_result(place: Place, page: Page, language: str) -> None:
    estimate_up_to(page, language, "result")
    page.locator("details.line").first.evaluate("line => line.open = true")


@stop()
def estimate_what_if(place: Place, page: Page, language: str) -> None:
    estimate_up_to(page, language, "result")
    page.locator("[name='what-rent']").fill("1100")
    page.locator("#what-if-effect .big").wait_for()
