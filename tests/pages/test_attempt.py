"""The database is away on the last evening of the month: a proof, nothing lost, and both times on record."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.domain.receipt import decode_attempt
from portal.factory import create_app
from tests.clock import local
from tests.pages.browser import Browser, Form, Page
from tests.pages.checks import text_of
from tests.pages.world import World
from tests.services.breakage import broken_insert

ANSWERS = {
    "name": "Samira Saïd", "commune": "6248", "phone": "079 555 00 04", "urgent": "yes", "needs": ["food", "medicine"],
    "postal_address": "Rue 1\r\n3960 Sierre", "birth_year": "1991", "interview_language": "ar", "interpreter": "yes",
}  # fmt: skip
NOWHERE = "postgresql://portal_citizen:x@127.0.0.1:1/portal"


@pytest.fixture
def cut_off(world: World) -> Flask:
    """The citizen surface of a process that cannot reach its database; all its keys are the same."""
    return create_app(world.settings("citizen", database_url=NOWHERE), world.clock)


def attempt(browser: Browser, language: str = "fr", **changes: object) -> Page:
    form = browser.open(f"/{language}/demand/new").form("/demand/new").fill(**{**ANSWERS, **changes})  # type: ignore[arg-type]
    return form.submit().form("/demand/new").submit()


def carry_over(page: Page, app: Flask, path: str = "/fr/demand/new", **changes: str) -> Page:
    """The same form, sent when the database is back."""
    browser = Browser(app)
    browser.set_cookie("visit", page.browser.cookie("visit") or "")
    form = page.form("/demand/new").force(**changes)
    return browser.post(path, form.values)


def typed(form: Form) -> dict[str, list[str]]:
    return {name: values for name, values in form.values.lists() if name in ANSWERS}


def times(world: World) -> tuple[object, ...]:
    return world.row("SELECT instant, attempted_at, attempt_matches FROM demand")


def test_stopped_at_23_58_back_at_00_05(clean_world: World) -> None:
    world = clean_world
    world.clock.set("2026-10-31 23:57")
    browser = world.browser()
    check = browser.open("/fr/demand/new").form("/demand/new").fill(**ANSWERS).submit()  # type: ignore[arg-type]
    world.stack.postgres.stop()
    try:
        tried = world.clock.set("2026-10-31 23:58:20")
        page = check.form("/demand/new").submit()
        assert page.status == 503
        assert page.headers["Retry-After"]
        assert "23:58" in page.text
        assert "31 octobre 2026" in page.text
        form = page.form("/demand/new")
        assert typed(form) == {name: value if isinstance(value, list) else [value] for name, value in ANSWERS.items()}
        proof = form.values["proof"]
        assert proof in page.text  # as text, for a photograph or a copy by hand
        qr = page.classed("qr")[0]
        assert qr.find(".//{http://www.w3.org/2000/svg}path") is not None
        # Trying again while it is still away keeps the first proof, and shows the first time.
        world.clock.set("2026-11-01 00:02")
        again = page.form("/demand/new").submit()
        assert (again.status, again.form("/demand/new").values["proof"]) == (503, proof)
        assert "23:58" in again.text
        assert "00:02" not in again.text
    finally:
        world.stack.postgres.start()
    back = world.clock.set("2026-11-01 00:05")
    filed = again.form("/demand/new").submit()
    assert (filed.status, filed.path) == (200, "/fr/demand/filed")
    assert times(world) == (back, tried, True)
    # The receipt states when it was filed; staff see the proof and set the date, with a reason.
    desk, demand_id = world.desk("sierre"), world.row("SELECT id FROM demand")[0]
    board = desk.open("/staff/")
    assert board.classed("tag-warn")
    seen = desk.open(f"/staff/demands/{demand_id}")
    assert "31 octobre 2026" in seen.text
    assert "23:58" in seen.text
    corrected = (
        seen.form("/correct")
        .fill(contact_day="31", contact_month="10", contact_year="2026", contact_time="23:58", channel="online")
        .fill(reason="Essai prouvé")
        .submit()
    )
    assert corrected.status == 200
    assert world.row("SELECT filing_date::text FROM demand") == ("2026-10-31",)
    with world.superuser() as connection:
        rows = connection.execute("SELECT kind, instant, recorded_at FROM filing_register ORDER BY sequence").fetchall()
    assert rows == [("filing", back, back), ("correction", local("2026-10-31 23:58"), back)]


@pytest.mark.parametrize(
    ("hours", "taken"), [(0.1, True), (71.99, True), (72, True), (72.01, False), (1000, False), (-1, False)]
)
def test_a_proof_holds_for_72_hours(clean_world: World, cut_off: Flask, hours: float, taken: bool) -> None:
    world = clean_world
    page = attempt(Browser(cut_off))
    tried = world.clock.now()
    world.clock.forward(hours=hours)
    assert carry_over(page, world.citizen_app).path == "/fr/demand/filed"
    assert times(world) == (world.clock.now(), tried if taken else None, True if taken else None)


def test_other_answers_are_noted(clean_world: World, cut_off: Flask) -> None:
    page = attempt(Browser(cut_off))
    tried = clean_world.clock.now()
    clean_world.clock.forward(minutes=5)
    assert carry_over(page, clean_world.citizen_app, name="Samira Other").path == "/fr/demand/filed"
    assert times(clean_world) == (clean_world.clock.now(), tried, False)


def test_in_another_language_it_is_the_same_content(clean_world: World, cut_off: Flask) -> None:
    page = attempt(Browser(cut_off), "ar")
    assert carry_over(page, clean_world.citizen_app, "/de/demand/new").path == "/de/demand/filed"
    assert times(clean_world)[2] is True


def _proofs(page: Page, other: Page) -> dict[str, str]:
    own, foreign = (p.form("/demand/new").values["proof"] for p in (page, other))
    return {
        "altered": own[:40] + ("A" if own[40] != "A" else "B") + own[41:],
        "of-another-form": foreign,
        "cut": own[:-10],
        "nonsense": "HELLO",
        "very-long": "A" * 5000,
        "other-script": "برهان",
        "null": "\x00",
    }


@pytest.mark.parametrize("kind", ["altered", "of-another-form", "cut", "nonsense", "very-long", "other-script", "null"])
def test_a_bad_proof_is_no_hindrance(clean_world: World, cut_off: Flask, kind: str) -> None:
    browser = Browser(cut_off)
    page = attempt(browser)
    proof = _proofs(page, attempt(browser))[kind]
    # With the database still away: the page comes again, with a proof of its own.
    again = page.form("/demand/new").force(proof=proof).submit()
    assert again.status == 503
    fresh = again.form("/demand/new").values["proof"]
    assert fresh != proof
    assert decode_attempt(fresh)[0].instant == clean_world.clock.now()
    # With the database back: it is filed, without a claim that nothing proves.
    assert carry_over(page, clean_world.citizen_app, proof=proof).path == "/fr/demand/filed"
    assert times(clean_world)[1:] == (None, None)


def test_the_proof_of_another_portal_is_ignored(clean_world: World, cut_off: Flask) -> None:
    other = clean_world.settings("citizen", database_url=NOWHERE, receipt_signing_key="dev1:" + "A" * 43)
    foreign = attempt(Browser(create_app(other, clean_world.clock)))
    assert carry_over(foreign, clean_world.citizen_app).path == "/fr/demand/filed"
    assert times(clean_world)[1:] == (None, None)


@pytest.mark.parametrize("language", ["fr", "de", "en", "pt", "ar"])
def test_who_needs_help_now_is_told_what_to_do_without_a_database(cut_off: Flask, language: str) -> None:
    page = attempt(Browser(cut_off), language)
    box = page.classed("callout-urgent")[0]
    link = next(link for link in box.iter("a"))
    assert link.get("href") == f"/{language}/urgent"
    assert link.get("target") == "_blank", "the page with all that was typed stays open"
    assert page.browser.open(f"/{language}/urgent").status == 200


@pytest.mark.parametrize("needs", [[], ["food"]])
def test_only_who_said_so_is_told(cut_off: Flask, needs: list[str]) -> None:
    """A ticked need is a yes, as everywhere."""
    page = attempt(Browser(cut_off), urgent=None, needs=needs)
    assert bool(page.classed("callout-urgent")) == bool(needs)


@pytest.mark.parametrize("language", ["fr", "de", "en", "pt", "ar"])
def test_the_page_comes_in_every_language(cut_off: Flask, language: str) -> None:
    page = attempt(Browser(cut_off), language)
    assert (page.status, page.lang) == (503, language)
    assert text_of(page.classed("proof-text")[0]) == page.form("/demand/new").values["proof"]


def test_switching_the_language_keeps_the_page_and_its_proof(world: World, cut_off: Flask) -> None:
    page = attempt(Browser(cut_off))
    shown = page.form("/demand/new").values["proof"]
    world.clock.forward(minutes=3)
    other = page.form("/demand/new").switch("ar")
    assert (other.status, other.lang) == (503, "ar")
    assert text_of(other.classed("proof-text")[0]) == shown
    assert "10:00" in other.text
    assert "10:03" not in other.text
    assert typed(other.form("/demand/new")) == typed(page.form("/demand/new"))


def test_the_proof_says_nothing_about_the_person(cut_off: Flask) -> None:
    proof = attempt(Browser(cut_off)).form("/demand/new").values["proof"]
    same, _, signature = decode_attempt(proof)
    assert b"Samira" not in same.content_hash + same.token_hash + signature
    assert len(proof) < 300


@pytest.mark.parametrize("path", ["/", "/urgent", "/demand/new", "/sign-in", "/verify", "/signed-out"])
def test_public_pages_need_no_database(cut_off: Flask, path: str) -> None:
    browser = Browser(cut_off)
    browser.set_cookie("citizen", "some-session")  # who has signed in is shown as a visitor meanwhile
    assert browser.open(f"/fr{path}").status == 200


def test_what_needs_the_database_says_so_kindly(cut_off: Flask) -> None:
    browser = Browser(cut_off)
    form = browser.open("/fr/sign-in").form("/sign-in").fill(reference="VS-0000-0001-95", code="1" * 16)
    assert form.submit().status == 503
    form = browser.open("/fr/verify").form("/verify").fill(reference="VS-0000-0001-95", check_code="1" * 8)
    assert form.submit().status == 503
    browser.set_cookie("citizen", "some-session")
    page = browser.open("/fr/dossier")
    assert (page.status, page.headers["Retry-After"]) == (503, "60")
    assert browser.send("GET", "/healthz").status_code == 200
    assert browser.send("GET", "/readyz").status_code == 503
    # Leaving comes first: it works whatever is away.
    left = browser.open("/fr/").form("/leave").submit()
    assert left.status == 200
    assert browser.cookie("citizen") is None


def test_a_database_that_refuses_to_write_gives_a_proof_too(clean_world: World) -> None:
    """Whatever the reason: what is not stored is never called stored, and nothing typed is lost."""
    with broken_insert(clean_world.database, "demand"):
        page = attempt(clean_world.browser())
        assert page.status == 503
    assert page.form("/demand/new").submit().path == "/fr/demand/filed"


def test_a_read_only_database_gives_a_proof_too(clean_world: World) -> None:
    """As after a failover, when a process still talks to the server that lost."""
    with clean_world.superuser() as connection:
        connection.execute("ALTER ROLE portal_citizen SET default_transaction_read_only = on")
    app = create_app(clean_world.settings("citizen"), clean_world.clock)
    try:
        assert attempt(Browser(app)).status == 503
    finally:
        with clean_world.superuser() as connection:
            connection.execute("ALTER ROLE portal_citizen RESET default_transaction_read_only")
