"""One form is one filing, however often it is sent; the code shows for an hour and never again."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from portal.services.desk import issue_code
from tests.pages.browser import Browser, Page
from tests.pages.masks import masked
from tests.pages.pdf import words
from tests.pages.world import World

ANSWERS = {"name": "Léa Favre", "commune": "6248", "phone": "079 555 00 02", "birth_year": "1990"}
CODE = re.compile(r"\b\d{4} ?\d{4} ?\d{4} ?\d{4}\b")


def check_page(browser: Browser, **answers: object) -> Page:
    form = browser.open("/fr/demand/new").form("/demand/new")
    page = form.fill(**{**ANSWERS, **answers}).submit()  # type: ignore[arg-type]
    assert page.h1 == "Vérifiez, puis annoncez"
    return page


def reference(page: Page) -> str:
    found = set(re.findall(r"VS-\d{4}-\d{4}-\d{2}", page.body.decode()))
    assert len(found) == 1
    return found.pop()


def code(page: Page) -> str | None:
    found = re.search(r'data-copy="(\d{4} \d{4} \d{4} \d{4})"', page.body.decode())
    return found[1] if found else None


def test_one_path_from_form_to_receipt(clean_world: World) -> None:
    page = check_page(clean_world.browser()).form("/demand/new").submit()
    assert (page.status, page.path) == (200, "/fr/demand/filed")
    assert code(page)
    assert clean_world.count("demand") == 1
    assert "10 novembre 2026" in page.text
    assert "10:00" in page.text
    assert "10 décembre 2026" in page.text  # day 30
    assert words(page.browser.open("/fr/demand/filed/receipt.pdf").body).count(reference(page)) >= 1


def test_sent_twice_shows_the_same(clean_world: World) -> None:
    check = check_page(clean_world.browser())
    first = check.form("/demand/new").submit()
    second = check.form("/demand/new").submit()
    assert clean_world.count("demand") == 1
    assert (reference(first), code(first)) == (reference(second), code(second))
    assert masked(first.body) == masked(second.body)
    assert "changed" not in second.path


def test_the_answer_was_lost_on_the_way(clean_world: World) -> None:
    """The server filed, the phone never heard: the same form from a browser without the cookie gets the receipt."""
    check = check_page(clean_world.browser())
    lost = check.browser.send("POST", "/fr/demand/new", data=check.form("/demand/new").values)
    assert lost.status_code == 303
    check.browser.drop_cookie("filed")
    again = check.form("/demand/new").submit()
    assert code(again)
    assert clean_world.count("demand") == clean_world.count("filing_register") == 1


def test_twenty_at_once_are_one_filing(clean_world: World) -> None:
    world = clean_world
    check = check_page(world.browser())
    cookie = check.browser.cookie("visit") or ""
    values = check.form("/demand/new").values
    barrier = Barrier(20)

    def send(_: int) -> tuple[int, str, str | None]:
        browser = world.browser()
        browser.set_cookie("visit", cookie)
        barrier.wait(20)
        page = browser.post("/fr/demand/new", values)
        return page.status, reference(page), code(page)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(send, range(20)))
    assert len(set(answers)) == 1
    assert answers[0][0] == 200
    assert answers[0][2]
    for table in ("demand", "filing_register", "dossier", "adult", "access_code", "jobs.procrastinate_jobs"):
        assert world.count(table) == 1, table


@pytest.mark.parametrize(("minutes", "shown"), [(0, True), (59.9, True), (60, True), (60.1, False), (3000, False)])
def test_the_code_shows_for_an_hour(clean_world: World, minutes: float, shown: bool) -> None:
    check = check_page(clean_world.browser())
    first = check.form("/demand/new").submit()
    clean_world.clock.forward(minutes=minutes)
    page = check.form("/demand/new").submit()
    assert (reference(first) in page.text) is shown
    assert (code(page) is not None) is shown
    assert bool(CODE.search(page.text)) is shown
    assert page.browser.open("/fr/demand/filed/slip.pdf").status == (200 if shown else 404)
    assert page.browser.open("/fr/demand/filed/receipt.pdf").status == (200 if shown else 404)
    goes_on = page.browser.post("/fr/demand/filed/dossier", first.form("/sign-out").values)
    assert goes_on.path.startswith("/fr/dossier" if shown else "/fr/sign-in")
    assert clean_world.count("demand") == 1


def test_a_new_code_from_the_desk_ends_the_one_on_the_page(clean_world: World) -> None:
    page = check_page(clean_world.browser()).form("/demand/new").submit()
    demand_id = clean_world.row("SELECT id FROM demand")[0]
    issue_code(clean_world.staff, clean_world.caseworker("sierre"), demand_id)
    assert code(page.browser.open("/fr/demand/filed")) is None
    assert page.browser.open("/fr/demand/filed/slip.pdf").status == 404


def test_other_answers_with_the_same_form_are_told(clean_world: World) -> None:
    world = clean_world
    check = check_page(world.browser())
    filed = check.form("/demand/new").submit()
    back = check.form("/demand/new").submit(("_edit", "name"))
    changed = back.form("/demand/new").fill(name="Léa Rey").submit().form("/demand/new").submit()
    assert changed.path == "/fr/demand/filed?changed=1"
    assert changed.classed("callout-warn")
    assert "/fr/demand/new" in changed.links()
    assert (reference(changed), code(changed)) == (reference(filed), code(filed))
    assert world.row("SELECT name FROM adult") == ("Léa Favre",)
    assert not filed.classed("callout-warn")


def test_the_same_answers_in_another_language_are_the_same(clean_world: World) -> None:
    check = check_page(clean_world.browser())
    check.form("/demand/new").submit()
    page = check.form("/demand/new").switch("de").form("/demand/new").submit()
    assert page.path == "/de/demand/filed"
    assert clean_world.count("demand") == 1


@pytest.mark.parametrize("token", ["", "x", "AAAA", "é" * 40, "A" * 400, "%00", None])
def test_a_tampered_token_keeps_everything(clean_world: World, token: str | None) -> None:
    check = check_page(
        clean_world.browser(), postal_address="Rue 1\r\n3960 Sierre", urgent="yes", needs=["food", "lodging"]
    )
    form = check.form("/demand/new")
    if token is None:
        sealed = form.values["filing_token"]
        token = sealed[:30] + ("A" if sealed[30] != "A" else "B") + sealed[31:]
    new = ("csrf_token", "filing_token", "checked")
    before = {name: values for name, values in form.values.lists() if name not in new}
    again = form.force(filing_token=token).submit()
    assert clean_world.count("demand") == 0
    assert again.h1 == "Vérifiez, puis annoncez"
    assert again.classed("callout-warn")
    kept = again.form("/demand/new")
    assert {n: v for n, v in kept.values.lists() if n not in new} == before
    assert kept.submit().path == "/fr/demand/filed"
    assert clean_world.count("demand") == 1


def test_two_forms_are_two_filings(clean_world: World) -> None:
    browser = clean_world.browser()
    pages = [check_page(browser).form("/demand/new").submit() for _ in range(2)]
    assert reference(pages[0]) != reference(pages[1])
    assert code(pages[0]) != code(pages[1])
    assert clean_world.count("demand") == 2


@pytest.mark.parametrize("cookie", ["", "x", "A" * 80, "A" * 600])
def test_the_filed_page_of_nobody(world: World, cookie: str) -> None:
    browser = world.browser()
    if cookie:
        browser.set_cookie("filed", cookie)
    assert browser.open("/fr/demand/filed").path.startswith("/fr/sign-in")
    assert browser.open("/fr/demand/filed/receipt.pdf").status == 404
    assert browser.open("/fr/demand/filed/slip.pdf").status == 404


def test_no_code_in_any_address_nor_on_the_receipt(clean_world: World) -> None:
    page = check_page(clean_world.browser(), email="lea@example.ch").form("/demand/new").submit()
    secret = (code(page) or "").replace(" ", "")
    receipt = words(page.browser.open("/fr/demand/filed/receipt.pdf").body)
    assert secret not in receipt.replace(" ", "")
    assert secret in words(page.browser.open("/fr/demand/filed/slip.pdf").body).replace(" ", "")
    assert not any(secret in link for link in page.links())
    assert secret not in str(page.browser.cookie("filed"))
