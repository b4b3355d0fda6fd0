"""Every five minutes the provider is asked again: refused ends at once, away ends after an hour, one asks for all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from devstack.oidc import Oidc
from portal.domain.staff_session import RECHECK, RETRY, TAKEOVER
from portal.factory import create_app
from portal.services import rechecking
from portal.services.opening import next_person
from portal.services.staff import staff_sign_in
from portal.services.staff_rows import token_context
from tests.pages.browser import Browser
from tests.pages.world import World
from tests.provider import Provider, vouched

SUBJECT, VISIT = "recheck", "visit-of-recheck"
AWAY = "Le service de connexion ne répond pas"
UNVERIFIABLE = "ne permet pas de la vérifier"


@pytest.fixture
def provider(clean_world: World, oidc: Oidc) -> Provider:
    """The provider, which a test may send away: it runs again at the start of the next one."""
    return Provider(clean_world.stack)


@pytest.fixture
def desk(clean_world: World, provider: Provider) -> Browser:
    """A caseworker of Sierre who has just signed in."""
    provider.let_in(SUBJECT)
    return enter(clean_world)


def enter(world: World, *, visit: str = VISIT, with_token: bool = True) -> Browser:
    world.caseworker("sierre", SUBJECT)
    given = vouched(world.stack, SUBJECT, visit) if with_token else None
    secret = staff_sign_in(world.staff, world.stack.oidc.issuer, SUBJECT, "fr", "test", given)
    browser = Browser(world.staff_app)
    browser.set_cookie("staff", secret or "")
    return browser


def later(world: World, how_long: timedelta) -> None:
    world.clock.forward(seconds=how_long.total_seconds())


def asked(provider: Provider) -> int:
    return provider.refreshed(VISIT)


def ended(world: World) -> tuple[object, ...]:
    return world.row("SELECT ended_why, ended_at IS NOT NULL, refresh_token IS NULL FROM staff_session")


def audited(world: World) -> list[tuple[object, ...]]:
    with world.superuser() as connection:
        query = (
            "SELECT actor_kind, region, outcome, actor_id IS NOT NULL, length(request_id) > 0 FROM audit_event"
            " WHERE action = 'staff:session-end' ORDER BY sequence"
        )
        return connection.execute(query).fetchall()


def test_within_five_minutes_nobody_is_asked(world: World, provider: Provider, desk: Browser) -> None:
    before = asked(provider)
    later(world, RECHECK - timedelta(seconds=1))
    assert desk.open("/staff/").path == "/staff/"
    assert asked(provider) == before


def test_after_five_minutes_the_next_request_asks_once_and_keeps_the_new_token(
    world: World, provider: Provider, desk: Browser
) -> None:
    before = asked(provider)
    tokens = set()
    for round_ in range(1, 4):
        later(world, RECHECK)
        for _ in range(3):
            page = desk.open("/staff/")
            assert page.path == "/staff/"
            assert AWAY not in page.text
        assert asked(provider) == before + round_, "one check for each five minutes"
        row = world.row("SELECT id_hash, refresh_token, checked_at, claimed_at FROM staff_session")
        assert row[2:] == (world.clock.now(), None)
        tokens.add(world.staff.envelope.open(row[1], token_context(row[0])))
    assert len(tokens) == 3  # each was good once: a second use of one would have been refused


def test_a_token_rests_sealed_and_bound_to_its_session(world: World, desk: Browser) -> None:
    id_hash, sealed, name = world.row("SELECT id_hash, refresh_token, provider_session FROM staff_session")
    given = world.staff.envelope.open(sealed, token_context(id_hash))
    assert given not in sealed
    assert VISIT.encode() not in name
    with pytest.raises(Exception, match="altered"):
        world.staff.envelope.open(sealed, token_context(b"another"))


def test_refused_ends_at_once_and_is_audited(world: World, provider: Provider, desk: Browser) -> None:
    form = desk.open("/staff/demands/new").form("/staff/demands/new").fill(name="Zoé Antille", phone="079 123 45 67")
    provider.shut_out(SUBJECT)
    assert desk.open("/staff/").path == "/staff/", "within the five minutes"
    later(world, RECHECK)
    page = form.submit()
    assert page.status == 401
    assert "ne confirme plus votre accès" in page.text
    assert page.form("/staff/demands/new").values["name"] == "Zoé Antille"
    assert world.count("demand") == 0
    assert ended(world) == ("refused", True, True)
    assert audited(world) == [("staff", "sierre", "refused", True, True)]
    again = desk.open("/staff/")
    assert again.path == "/staff/sign-in"
    assert "ne confirme plus votre accès" in again.text
    provider.let_in(SUBJECT)
    assert desk.open("/staff/").path == "/staff/sign-in", "what ended stays ended"


def test_away_goes_on_for_an_hour_and_says_until_when(world: World, oidc: Oidc, desk: Browser) -> None:
    world.clock.set("2026-11-10 09:00")
    desk = enter(world)
    form = desk.open("/staff/demands/new").form("/staff/demands/new").fill(name="Zoé Antille", phone="079 123 45 67")
    oidc.kill()
    later(world, timedelta(minutes=4))
    assert AWAY not in desk.open("/staff/").text
    for _ in range(2):
        later(world, timedelta(minutes=28))
        for path in ("/staff/", "/staff/call-list", "/staff/demands/new", "/staff/sessions"):
            page = desk.open(path)
            assert (page.status, page.path) == (200, path)
            assert AWAY in page.text, path
            assert "jusqu’à 10:00" in page.text, path
    later(world, timedelta(minutes=1))
    page = form.submit()
    assert page.status == 401
    assert "n’a pas répondu pendant une heure" in page.text
    assert page.form("/staff/demands/new").values["name"] == "Zoé Antille"
    assert "n’a pas répondu pendant une heure" in desk.open("/staff/").text
    assert [one[:3] for one in audited(world)] == [("staff", "sierre", "unreachable")]


def test_back_again_within_the_hour_nothing_is_left_of_it(
    world: World, provider: Provider, oidc: Oidc, desk: Browser
) -> None:
    oidc.kill()
    later(world, RECHECK)
    assert AWAY in desk.open("/staff/").text
    oidc.start()
    assert AWAY in desk.open("/staff/").text, "it is asked again after a minute, not with every request"
    assert asked(provider) == 0
    later(world, RETRY)
    assert AWAY not in desk.open("/staff/").text
    assert asked(provider) == 1
    assert world.row("SELECT failed_at, checked_at FROM staff_session") == (None, world.clock.now())


def test_without_a_token_an_hour_and_a_word_on_every_page(world: World, provider: Provider) -> None:
    world.clock.set("2026-11-10 09:00")
    desk = enter(world, with_token=False)
    page = desk.open("/staff/")
    assert "se ferme à 10:00" in page.text
    assert UNVERIFIABLE in page.text
    for minutes in (29, 29):
        later(world, timedelta(minutes=minutes))
        assert desk.open("/staff/call-list").path == "/staff/call-list"
    later(world, timedelta(minutes=3))
    page = desk.open("/staff/")
    assert page.path == "/staff/sign-in"
    assert "ne permet pas de vérifier votre accès" in page.text
    assert ended(world)[0] == "unverifiable"


def test_many_requests_at_once_show_the_token_once(world: World, provider: Provider, desk: Browser) -> None:
    """The provider refuses a token that is shown twice: a second try would end the session."""
    secret = desk.cookie("staff") or ""
    before = asked(provider)
    later(world, RECHECK)

    def one(_: int) -> str:
        browser = Browser(world.staff_app)
        browser.set_cookie("staff", secret)
        return browser.open("/staff/").path

    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(one, range(16)))
    assert paths == ["/staff/"] * 16
    assert asked(provider) == before + 1
    assert ended(world)[:2] == (None, False)


def test_many_requests_at_once_of_one_who_is_refused_all_stay_outside(
    world: World, provider: Provider, desk: Browser
) -> None:
    secret = desk.cookie("staff") or ""
    provider.shut_out(SUBJECT)
    later(world, RECHECK)

    def one(_: int) -> str:
        browser = Browser(world.staff_app)
        browser.set_cookie("staff", secret)
        return browser.open("/staff/").path

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(8))) == ["/staff/sign-in"] * 8
    assert len(audited(world)) == 1


def test_a_check_that_crashed_is_taken_over(world: World, provider: Provider, desk: Browser) -> None:
    secret = desk.cookie("staff") or ""
    later(world, RECHECK)
    crashed = rechecking.claim_check(world.staff, secret)
    assert crashed is not None
    assert rechecking.claim_check(world.staff, secret) is None
    later(world, TAKEOVER)
    before = asked(provider)
    assert desk.open("/staff/").path == "/staff/"
    assert asked(provider) == before + 1
    rechecking.refused(world.staff, crashed, "test")  # whoever was overtaken has no say any more
    rechecking.vouched_again(world.staff, crashed, "old")
    assert desk.open("/staff/").path == "/staff/"


@pytest.mark.parametrize("answer", ["new-token", "no-new-token", "away", "refused"])
def test_the_answer_to_a_check_finds_the_session_that_next_person_renamed(
    world: World, provider: Provider, desk: Browser, answer: str
) -> None:
    """In another tab «next person» was pressed while the provider was asked: its token is good for no second try."""
    secret = desk.cookie("staff") or ""
    caseworker = world.caseworker("sierre", SUBJECT)
    later(world, RECHECK)
    claim = rechecking.claim_check(world.staff, secret)
    assert claim is not None
    renamed = next_person(world.staff, caseworker, secret)
    assert rechecking.claim_check(world.staff, renamed) is None, "the check is under way: nobody shows the token again"
    if answer.endswith("token"):
        fresh = "a new one" if answer == "new-token" else None
        rechecking.vouched_again(world.staff, claim, fresh)
        id_hash, token, checked, claimed = world.row(
            "SELECT id_hash, refresh_token, checked_at, claimed_at FROM staff_session"
        )
        opened = world.staff.envelope.open(token, token_context(id_hash)).decode()
        assert (opened, checked, claimed) == (fresh or claim.refresh_token, world.clock.now(), None)
    elif answer == "away":
        rechecking.not_reached(world.staff, claim)
        assert world.row("SELECT failed_at, claimed_at FROM staff_session") == (world.clock.now(), None)
    else:
        rechecking.refused(world.staff, claim, "test")
        assert ended(world) == ("refused", True, True)


def test_no_transaction_is_open_between_the_claim_and_its_answer(world: World, desk: Browser) -> None:
    later(world, RECHECK)
    claim = rechecking.claim_check(world.staff, desk.cookie("staff") or "")
    assert claim is not None
    query = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'portal_staff' AND state LIKE 'idle in%%'"
    assert world.row(query) == (0,)
    assert world.row("SELECT claimed_at FROM staff_session") == (world.clock.now(),)


@pytest.mark.parametrize(
    "claims",
    [{"sub": "somebody.else"}, {"iss": "https://other.example"}, {"aud": "another"}, {"exp": 1}, {"sub": ""}],
    ids=["subject", "issuer", "audience", "past", "no-subject"],
)
def test_an_id_token_that_is_not_in_order_ends_the_session(
    world: World, provider: Provider, claims: dict[str, object]
) -> None:
    desk = enter(world, visit="lies")
    later(world, RECHECK)
    provider.say("lies")
    assert desk.open("/staff/").path == "/staff/"
    later(world, RECHECK)
    provider.say("lies", **claims)
    assert desk.open("/staff/").path == "/staff/sign-in"
    assert ended(world)[0] == "refused"


def test_our_own_secret_being_wrong_is_no_refusal_of_a_caseworker(world: World, provider: Provider) -> None:
    """`invalid_client` is between the provider and us: the desk goes on, with a word, for the hour."""
    settings = world.settings("staff")
    assert settings.oidc_staff is not None
    wrong = replace(settings, oidc_staff=replace(settings.oidc_staff, client_secret="w" * 32))
    app = create_app(wrong, world.clock)
    entered = enter(world)
    desk = Browser(app)
    desk.set_cookie("staff", entered.cookie("staff") or "")
    later(world, RECHECK)
    page = desk.open("/staff/")
    assert page.path == "/staff/"
    assert AWAY in page.text


def test_a_caseworker_made_inactive_is_out_at_once(world: World, desk: Browser) -> None:
    with world.superuser() as connection:
        connection.execute("UPDATE caseworker SET active = false")
    page = desk.open("/staff/")
    assert page.path == "/staff/sign-in"
    assert "pas inscrit" in page.text
    assert ended(world) == ("left", True, True)
    assert [one[2] for one in audited(world)] == ["left"]


def test_the_hour_is_never_longer_than_the_day(world: World, oidc: Oidc, desk: Browser) -> None:
    for _ in range(30):
        later(world, timedelta(minutes=20))
        assert desk.open("/staff/").path == "/staff/"
    later(world, timedelta(minutes=1))
    assert desk.open("/staff/").path == "/staff/sign-in"
    assert ended(world)[0] == "too-long"
