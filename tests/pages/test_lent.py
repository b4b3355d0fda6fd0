"""The device is with the person: their form in their language and nothing else, until a caseworker signs in afresh."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from devstack.oidc import Oidc
from portal.domain.role import Role
from portal.services.staff import enrol, staff_sign_in
from tests.clock import ZURICH
from tests.pages.browser import Browser, Page
from tests.pages.situations import form_on, visit_as
from tests.pages.test_answer_marks import COUPLE, ROOT, noted
from tests.pages.test_staff_opening import record
from tests.pages.world import Announced, World
from tests.provider import Provider, vouched
from tests.services.households import answers, second_adult

CLAIRE, MARC = "claire.demo", "marc.demo"
FORM = f"/staff/form/ar{ROOT}"
WITH_PERSON = "هذا الجهاز مع الشخص"
CLOSED = "هذه الاستمارة مغلقة"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    clean_world.clock.set(f"{datetime.now(ZURICH):%Y-%m-%d %H:%M:%S}")  # the provider has the clock of the machine
    return clean_world.announce(language="ar", situation=COUPLE)


def at_desk(world: World, announced: Announced) -> Browser:
    """Claire, with the form of the one who made the demand."""
    enrol(world.owner, world.stack.oidc.issuer, CLAIRE, "Claire Demo", "sierre")
    enrol(world.owner, world.stack.oidc.issuer, MARC, "Marc Demo", "sierre")
    secret = staff_sign_in(world.staff, world.stack.oidc.issuer, CLAIRE, "fr", "test", vouched(world.stack, CLAIRE))
    browser = Browser(world.staff_app)
    browser.set_cookie("staff", secret or "")
    page = browser.open(f"/staff/demands/{announced.id}/adults")
    page.form(f"/{announced.view.adult_id}/help").fill(present=True).submit()
    return browser


def lent(world: World, announced: Announced) -> Browser:
    """The same device, handed over."""
    browser = at_desk(world, announced)
    assert browser.page is not None
    page = browser.page.form("/staff/form/lend").submit()
    assert (page.status, page.path) == (200, FORM)
    return browser


def sign_in(browser: Browser, subject: str = CLAIRE) -> Page:
    """Press «back to the centre», and sign in at the provider."""
    start = browser.open("/staff/sign-in").form("/sign-in").submit(follow=False)
    address = start.headers["Location"]
    asked = parse_qs(urlsplit(address).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert requests.get(address, timeout=5).status_code == 200
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
    return browser.open(answer.headers["Location"].removeprefix(browser.base))


def save(browser: Browser, **values: Any) -> Page:
    return form_on(browser.open(f"{FORM}/debts")).fill(**values).submit()


def test_only_the_form_in_the_person_s_language(clean_world: World, announced: Announced) -> None:
    browser = lent(clean_world, announced)
    for name in ("", "/persons", "/debts", "/check"):
        page = browser.open(f"{FORM}{name}")
        assert (page.status, page.lang) == (200, "ar")
        assert not page.classed("beside-other"), "one language"
        assert not page.classed("nav-staff")
        assert not page.classed("helping-marks")
        assert "Claire" not in page.body.decode()
        leads = [*page.links(), *(form.action for form in page.forms())]
        assert {one for one in leads if one.startswith("/staff/") and not one.startswith("/staff/form/ar/")} == {
            "/staff/sign-in"
        }
        assert "/staff/sign-in" not in page.links(), "that page is closed here"


def test_everything_else_of_the_desk_says_that_the_device_is_with_the_person(
    clean_world: World, announced: Announced
) -> None:
    browser = lent(clean_world, announced)
    demand = f"/staff/demands/{announced.id}"
    for path in ("/staff/", demand, f"{demand}/summary", "/staff/sessions", "/staff/sign-in", "/staff/signed-out"):
        page = browser.open(path, follow=False)
        assert (page.status, page.lang, page.h1) == (403, "ar", WITH_PERSON), path
        assert not [word for word in ("Claire", announced.reference) if word in page.body.decode()]
    assert browser.open(f"/staff/form/fr{ROOT}").status == 403, "another language is not theirs"
    assert browser.open("/staff/form/ar/dossier/changes").status == 403, "another form neither"
    token = form_on(browser.open(f"{FORM}/debts")).values["csrf_token"]
    for path in ("/staff/sign-out", "/staff/next", "/staff/form/end", "/staff/open", "/staff/form/lend"):
        assert browser.post(path, {"csrf_token": token}, follow=False).status == 403, path
    assert browser.open(FORM).status == 200, "and all that did nothing"


def test_an_address_that_is_refused_answers_in_the_person_s_language_too(
    clean_world: World, announced: Announced
) -> None:
    browser = lent(clean_world, announced)
    for path in ("/staff/next", "/staff/callback?code=1&state=2", "/staff/no-such-page"):
        page = browser.open(path, follow=False)
        assert (page.status, page.lang, page.h1) == (403, "ar", WITH_PERSON), path
        assert FORM in page.links(), "and leads back to the form"
        assert "/staff/" not in page.links(), "and not to the desk"
    assert browser.open(FORM).status == 200, "the form is as it was"


def test_pages_of_the_desk_that_lie_open_send_nothing(clean_world: World, announced: Announced) -> None:
    browser = at_desk(clean_world, announced)
    tab = form_on(browser.open(f"{FORM}/debts")).fill(debts="9000")
    before = browser.cookie("staff")
    page = browser.open(FORM).form("/staff/form/lend").submit(follow=False)
    assert "cache" in page.headers["Clear-Site-Data"]
    assert browser.cookie("staff") != before
    assert tab.submit().status == 400
    assert answers(clean_world, clean_world.adult(announced), "debts") == {}
    thief = Browser(clean_world.staff_app)
    thief.set_cookie("staff", before or "")
    assert thief.open("/staff/").path == "/staff/sign-in", "the secret of before opens nothing"


def test_what_the_person_types_is_theirs(clean_world: World, announced: Announced) -> None:
    browser = lent(clean_world, announced)
    save(browser, debts="700")
    assert answers(clean_world, clean_world.adult(announced), "debts") == {"debts": "700.00"}
    [line] = noted(clean_world.visit(announced).open(f"/fr{ROOT}/check"))
    assert line.startswith("Écrit par vous, sur un appareil du centre")


def test_back_to_the_centre_by_a_fresh_sign_in(clean_world: World, announced: Announced, oidc: Oidc) -> None:
    browser = lent(clean_world, announced)
    tab = form_on(browser.open(f"{FORM}/debts")).fill(debts="9000")
    page = sign_in(browser)
    assert (page.status, page.path) == (200, FORM)
    assert "".join(page.classed("helping")[0].itertext()).count(announced.reference)
    assert page.classed("beside-other"), "the caseworker reads it again too"
    assert browser.open("/staff/").status == 200
    assert tab.submit().status == 400, "a tab of the person sends nothing any more"
    living = clean_world.row("SELECT count(*), count(lent_at) FROM staff_session WHERE ended_at IS NULL")
    assert living == (1, 0)
    actions = clean_world.row(
        "SELECT string_agg(action, ' ' ORDER BY sequence) FROM audit_event WHERE action IN"
        " ('situation:lend', 'situation:take-back')"
    )
    assert actions == ("situation:lend situation:take-back",)


def test_the_slip_of_who_was_just_recorded_waits_for_who_recorded_them(
    clean_world: World, announced: Announced, oidc: Oidc
) -> None:
    browser = at_desk(clean_world, announced)
    page = record(browser)
    assert page.path == "/staff/demands/filed"
    here = next(link for link in page.links() if link.startswith("/staff/demands/") and len(link) > 50)
    assert "/staff/demands/filed" in browser.open(here).links(), "and the demand leads back to it"
    helping = next(one for one in browser.open(f"{here}/adults").forms() if one.action.endswith("/help"))
    helping.fill(present=True).submit().form("/staff/form/lend").submit()
    assert browser.open("/staff/demands/filed/slip.pdf").status == 403, "not for who holds the device"
    assert sign_in(browser).status == 200
    slip = browser.open("/staff/demands/filed/slip.pdf")
    assert (slip.status, slip.body[:5]) == (200, b"%PDF-")


def test_the_way_back_is_pressed_once(clean_world: World, announced: Announced, oidc: Oidc) -> None:
    """From any page of the person straight to the provider; the browser lets only such pages' forms lead there."""
    browser = lent(clean_world, announced)
    for name in ("", "/debts", "/check", "/no-such-page"):
        page = browser.open(f"{FORM}{name}")
        assert clean_world.stack.oidc.issuer in page.headers["Content-Security-Policy"]
        answer = page.form("/staff/sign-in").submit(follow=False)
        assert answer.headers["Location"].startswith(clean_world.stack.oidc.issuer)


def test_somebody_else_gets_their_own_session(clean_world: World, announced: Announced, oidc: Oidc) -> None:
    browser = lent(clean_world, announced)
    page = sign_in(browser, MARC)
    assert page.path == "/staff/", "no form is open with Marc"
    assert "Marc Demo" in page.text
    assert "Aucun dossier n’est ouvert" in page.text
    assert clean_world.row("SELECT count(*) FROM staff_session WHERE lent_at IS NOT NULL AND ended_at IS NULL") == (0,)


@pytest.mark.parametrize("said", [{"auth_time": int(time.time()) - 3600}, {"auth_time": None}, {"auth_time": "now"}])
def test_an_old_sign_in_at_the_provider_is_not_enough(
    clean_world: World, announced: Announced, oidc: Oidc, said: dict[str, Any]
) -> None:
    browser = lent(clean_world, announced)
    Provider(clean_world.stack).say(CLAIRE, **said)
    try:
        page = sign_in(browser)
    finally:
        Provider(clean_world.stack).say(CLAIRE)
    assert page.status == 403
    assert browser.open("/staff/").h1 == WITH_PERSON


def test_a_stranger_at_the_provider_does_not_get_in(clean_world: World, announced: Announced, oidc: Oidc) -> None:
    browser = lent(clean_world, announced)
    assert sign_in(browser, "luc.demo").status == 403  # nobody let him in here
    assert browser.open(FORM).status == 200, "the person goes on"


@pytest.mark.parametrize("how", ["idle", "ended"])
def test_a_session_that_ends_while_it_is_out(clean_world: World, announced: Announced, oidc: Oidc, how: str) -> None:
    """The person is told in their language; what they typed comes back; the way out is the same."""
    browser = lent(clean_world, announced)
    form = form_on(browser.open(f"{FORM}/debts")).fill(debts="700")
    if how == "idle":
        clean_world.clock.forward(minutes=31)
    else:
        with clean_world.superuser() as connection:
            connection.execute("UPDATE staff_session SET ended_at = seen_at, ended_why = 'refused'")
    page = form.submit()
    assert (page.status, page.lang, page.h1) == (403, "ar", CLOSED)
    assert page.form("/debts").values["debts"] == "700"
    assert "Claire" not in page.body.decode()
    for path in (FORM, "/staff/", "/staff/sign-in"):
        assert browser.open(path, follow=False).h1 == CLOSED, path
    Provider(clean_world.stack).say(CLAIRE, auth_time=int(time.time()) - 3600)
    try:
        assert sign_in(browser).status == 403, "still not by an old sign-in"
    finally:
        Provider(clean_world.stack).say(CLAIRE)


def test_the_provider_refuses_while_it_is_out(clean_world: World, announced: Announced, oidc: Oidc) -> None:
    """Nobody vouches for the caseworker any more: the form closes with the next page."""
    browser = lent(clean_world, announced)
    Provider(clean_world.stack).shut_out(CLAIRE)
    try:
        clean_world.clock.forward(minutes=6)
        assert browser.open(FORM).h1 == CLOSED
    finally:
        Provider(clean_world.stack).let_in(CLAIRE)


def test_an_hour_without_the_provider(clean_world: World, announced: Announced) -> None:
    """It is not made longer for the person; the page says until when."""
    browser = lent(clean_world, announced)
    with clean_world.superuser() as connection:
        connection.execute("UPDATE staff_session SET failed_at = checked_at")
    assert "تُغلق هذه الاستمارة الساعة" in browser.open(FORM).text
    with clean_world.superuser() as connection:
        connection.execute("UPDATE staff_session SET checked_at = checked_at - interval '61 minutes'")
    assert browser.open(FORM).h1 == CLOSED


def test_a_household_that_went_elsewhere_meanwhile(clean_world: World, announced: Announced) -> None:
    browser = lent(clean_world, announced)
    with clean_world.superuser() as connection:
        connection.execute("UPDATE demand SET region = 'martigny'")
    page = browser.open(FORM)
    assert (page.status, page.h1) == (403, CLOSED)


def test_without_an_open_form_nothing_is_handed_over(clean_world: World, announced: Announced) -> None:
    browser = at_desk(clean_world, announced)
    form = browser.open(FORM).form("/staff/form/lend")
    clean_world.clock.forward(minutes=29)
    browser.open("/staff/")
    clean_world.clock.forward(minutes=3)
    assert form.submit().path == "/staff/"
    assert clean_world.row("SELECT count(lent_at) FROM staff_session") == (0,)


def test_a_double_click(clean_world: World, announced: Announced) -> None:
    browser = at_desk(clean_world, announced)
    form = browser.open(FORM).form("/staff/form/lend")
    form.submit()
    assert form.submit().status in (400, 403)
    assert browser.open(FORM).status == 200


def test_the_page_was_turned_to_another_language_for_them(clean_world: World, announced: Announced) -> None:
    browser = at_desk(clean_world, announced)
    page = browser.open(f"/staff/form/pt{ROOT}").form("/staff/form/lend").submit()
    assert (page.status, page.path, page.lang) == (200, f"/staff/form/pt{ROOT}", "pt")
    browser = at_desk(clean_world, announced)
    page = browser.open(f"/staff/form/fr{ROOT}").form("/staff/form/lend").submit()
    assert page.lang == "ar", "French was for the caseworker"


def test_sent_from_the_device(clean_world: World, announced: Announced) -> None:
    browser = lent(clean_world, announced)
    page = form_on(browser.open(f"{FORM}/check")).submit()
    assert page.path == f"{FORM}/sent"
    assert "أعيدوا الجهاز إلى المركز" in page.text
    assert not [link for link in page.links() if "/staff/demands" in link]


def test_what_the_person_did_alone_is_not_the_caseworker_s(clean_world: World, announced: Announced) -> None:
    """The page after it, the person's log and the desk's say the same as the mark on the answer."""
    browser = lent(clean_world, announced)
    save(browser, debts="700")
    form_on(browser.open(f"{FORM}/check")).submit()
    home = clean_world.visit(announced)
    sent = home.open(f"/fr{ROOT}/sent").text
    assert "Envoyé par vous, sur un appareil du centre." in sent
    assert "Envoyé par une personne du centre" not in sent
    own = home.open("/fr/dossier/access-log").text
    assert own.count("Vous, sur un appareil du centre") == 2
    assert "avec vous" not in own.replace("Formulaire du ménage ouvert avec vous", "")
    lead = clean_world.desk(roles=[Role.TEAM_LEAD])
    log = lead.open(f"/staff/demands/{announced.id}/log").text
    assert log.count("La personne elle-même, sur l’appareil de Claire Demo") == 2
    assert "Réponses envoyées avec la personne" not in log
    acts = "SELECT string_agg(action, ' ' ORDER BY sequence) FROM audit_event WHERE action ~ '^situation:(answer|send)'"
    assert clean_world.row(acts) == ("situation:answer-alone situation:send-alone",)


def test_what_another_adult_sent_from_the_device(clean_world: World, announced: Announced) -> None:
    form_on(lent(clean_world, announced).open(f"{FORM}/check")).submit()
    paul = second_adult(clean_world, announced)
    page = visit_as(clean_world, announced, paul).open(f"/fr{ROOT}/sent")
    assert "Envoyé par un autre adulte du ménage, sur un appareil du centre." in page.text
