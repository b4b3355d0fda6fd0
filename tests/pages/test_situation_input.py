"""What cannot be an answer: a message at the field, in the person's language, and every letter that was typed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.browser import Browser, Form, Page
from tests.pages.situations import IBAN, WRONG_IBAN, add, answer, draft, form_on, opened
from tests.pages.world import Announced, World


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    return world.visit(announced)


def day(day: str, month: str, year: str, name: str = "born") -> dict[str, str]:
    return dict(zip((f"{name}-day", f"{name}-month", f"{name}-year"), (day, month, year), strict=True))


def prepared(browser: Browser, name: str, language: str) -> Form:
    """The page, with what must be answered before it is asked."""
    if name == "rent":
        answer(browser, "home", home="rented")
    if name.endswith("@b"):
        add(browser, "partner")
    return opened(browser, name, language)


FAULTS: list[tuple[str, dict[str, str], str, str]] = [
    ("birth@a", day("31", "2", "1980"), "born-day", "Cette date n’existe pas."),
    ("birth@a", day("29", "2", "1981"), "born-day", "Cette date n’existe pas."),
    ("birth@a", day("0", "1", "1981"), "born-day", "Cette date n’existe pas."),
    ("birth@a", day("11", "11", "2026"), "born-day", "Cette date est dans le futur."),
    ("birth@a", day("1", "1", "2999"), "born-day", "Cette date est dans le futur."),
    ("birth@a", day("1", "1", "85"), "born-day", "quatre chiffres"),
    ("birth@a", day("1", "", "1985"), "born-day", "Écrivez le jour, le mois et l’année."),
    ("birth@a", day("un", "1", "1985"), "born-day", "en chiffres"),
    ("birth@a", day("-1", "1", "1985"), "born-day", "en chiffres"),
    ("birth@a", day("11111", "1", "1985"), "born-day", "en chiffres"),
    ("birth@a", {"name": "x" * 4000}, "name", "C’est trop long : 4000 signes."),
    ("birth@a", {"name": "Ana\u202eyeR"}, "name", "signes invisibles"),
    ("birth@a", {"name": "Ana\nRey"}, "name", "signes invisibles"),
    ("couple@b", day("1", "1", "2030", "together_since"), "together_since-day", "dans le futur"),
    ("permit@a", {"permit": "f", **day("30", "2", "2020", "asylum_since")}, "asylum_since-day", "n’existe pas"),
    ("permit@a", {"permit": "f", "asylum_years": "200"}, "asylum_years", "de 0 à 125"),
    ("rent", {"rent": "-1"}, "rent", "ne peut pas être négatif"),
    ("rent", {"rent": "−900.00"}, "rent", "ne peut pas être négatif"),
    ("rent", {"rent": "20001"}, "rent", "trop grand"),
    ("rent", {"charges": "9" * 4000}, "charges", "en chiffres"),
    ("rent", {"rent": "beaucoup"}, "rent", "en chiffres"),
    ("rent", {"rent": "1e3"}, "rent", "en chiffres"),
    ("rent", {"rent": "NaN"}, "rent", "en chiffres"),
    ("accounts", {"accounts": "100000001"}, "accounts", "trop grand"),
    ("debts", {"debts": "½"}, "debts", "en chiffres"),
    ("children-elsewhere", {"children_elsewhere": "21"}, "children_elsewhere", "de 0 à 20"),
    ("children-elsewhere", {"children_elsewhere": "1.5"}, "children_elsewhere", "nombre entier"),
    ("activity@a", {"activity": "part_time", "work_percent": "101"}, "work_percent", "de 0 à 100"),
    ("insurance@a", {"insurer": "x" * 4000, "premium": "300"}, "insurer", "C’est trop long"),
    ("incomes@a", {"wage": "-5", "alimony": "12"}, "wage", "ne peut pas être négatif"),
    ("account", {"account_number": WRONG_IBAN}, "account_number", "Un chiffre de cet IBAN n’est pas juste."),
    ("account", {"account_number": IBAN[:-1]}, "account_number", "n’est pas juste"),
    ("account", {"account_number": "0000"}, "account_number", "Un IBAN suisse commence par CH"),
    ("account", {"account_number": "C" * 4000}, "account_number", "Un IBAN suisse commence par CH"),
    ("commune", {"commune": "261"}, "commune", "pas dans la liste du Valais"),
    ("commune", {"commune": "x" * 4000}, "commune", "pas dans la liste du Valais"),
]  # fmt: skip


def sent(form: Form, typed: dict[str, str]) -> Page:
    return form.force(**typed).submit()


@pytest.mark.parametrize(("name", "typed", "field", "said"), FAULTS)
def test_a_fault_is_named_at_its_field_and_nothing_is_lost(
    world: World, announced: Announced, browser: Browser, name: str, typed: dict[str, str], field: str, said: str
) -> None:
    form = prepared(browser, name, "fr")
    before = draft(world, announced)
    page = sent(form, typed)
    assert page.status == 422
    assert page.faulty() == {field}
    assert len(page.summary()) == 1
    assert page.find(page.summary()[0]) is not None, "the summary leads to it"
    assert said in page.text
    kept = form_on(page).values
    shown = {one: kept.get(one) for one in typed if one != "commune"}
    assert shown == {one: text.replace("\n", "\r\n") for one, text in typed.items() if one != "commune"}
    assert draft(world, announced) == before, "nothing is saved"


@pytest.mark.parametrize("language", ["de", "en", "pt", "ar"])
@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [("rent", {"rent": "-1"}, "rent"), ("accounts", {"accounts": "1e9"}, "accounts"),
     ("children-elsewhere", {"children_elsewhere": "x"}, "children_elsewhere")],
)  # fmt: skip
def test_a_fault_is_told_in_the_language_of_the_page(
    browser: Browser, language: str, name: str, typed: dict[str, str], field: str
) -> None:
    if name == "rent":
        answer(browser, "home", home="rented")
    page = sent(opened(browser, name, language), typed)
    assert (page.status, page.lang, page.faulty()) == (422, language, {field})
    assert form_on(page).values[field] == typed[field]
    for french in ("négatif", "en chiffres", "nombre entier"):
        assert french not in page.text


def test_the_same_fault_corrected_goes_on(world: World, announced: Announced, browser: Browser) -> None:
    page = sent(opened(browser, "account"), {"account_number": WRONG_IBAN})
    page = form_on(page).fill(account_number="ch93 0076 2011 6238 5295 7").submit()
    assert page.status == 200
    assert draft(world, announced).said["account_number"] == IBAN


GOOD: list[tuple[str, dict[str, str], str, Any]] = [
    ("birth@a", day("٣", "٤", "١٩٧٧"), "born", "1977-04-03"),
    ("birth@a", day("10", "11", "2026"), "born", "2026-11-10"),
    ("birth@a", day("29", "02", "1980"), "born", "1980-02-29"),
    ("birth@a", {"name": "علی\u200cرضا"}, "name", "علی\u200cرضا"),
    ("birth@a", {"name": "Jean\u00a0Rey"}, "name", "Jean\u00a0Rey"),
    ("birth@a", {"name": "Ana\u2028Rey"}, "name", "Ana Rey"),
    ("rent", {"rent": "١٢٣٤٫٥٠"}, "rent", "1234.50"),
    ("rent", {"rent": "CHF 1'234.–"}, "rent", "1234.00"),
    ("rent", {"rent": "20000"}, "rent", "20000.00"),
    ("rent", {"rent": "0"}, "rent", "0.00"),
    ("children-elsewhere", {"children_elsewhere": "٢"}, "children_elsewhere", 2),
    ("account", {"account_number": "CH٩٣ ٠٠٧٦ ٢٠١١ ٦٢٣٨ ٥٢٩٥ ٧"}, "account_number", IBAN),
    ("account", {"account_number": "de89 3704 0044 0532 0130 00"}, "account_number", "DE89370400440532013000"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "field", "stored"), GOOD)
def test_what_people_write_is_understood(
    world: World, announced: Announced, browser: Browser, name: str, typed: dict[str, str], field: str, stored: object
) -> None:
    page = sent(prepared(browser, name, "fr"), typed)
    assert page.status == 200, page.text
    said = draft(world, announced)
    assert (said.person("a") if name.endswith("@a") else said.said)[field] == stored
    browser.open("/fr/dossier/situation/check")


FORCED = [
    ("home", {"home": "castle"}), ("civil-status@a", {"civil_status": "<script>"}), ("special@a", {"ticks": "x"}),
    ("benefits@a", {"ticks": "lottery"}), ("permit@a", {"permit": "z", "permit_state": "gone"}),
    ("identity@a", {"identity_paper": "maybe"}), ("home", {"born-day": "1", "rent": "5", "own": "y"}),
    ("eviction", {"eviction_threat": "\x00"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed"), FORCED)
def test_what_no_browser_offers_is_no_answer(
    world: World, announced: Announced, browser: Browser, name: str, typed: dict[str, str]
) -> None:
    before = draft(world, announced).together()
    assert sent(opened(browser, name), typed).status == 200
    assert draft(world, announced).together() == before


def test_a_child_born_after_the_filing_is_one_of_the_household(
    world: World, announced: Announced, browser: Browser
) -> None:
    world.clock.forward(days=3)
    browser = world.visit(announced)
    add(browser, "child")
    page = sent(opened(browser, "birth@c1"), day("13", "11", "2026"))
    assert page.status == 200, page.text
    assert draft(world, announced).person("c1")["born"] == "2026-11-13"
    assert browser.open("/fr/dossier/situation").status == 200
