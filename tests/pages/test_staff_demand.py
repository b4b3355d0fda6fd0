"""One demand at the desk: open, take, pass on, correct, match; every reading is noted, outside the scope nothing is."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from portal.domain.demand import Helper, Need, Person
from tests.clock import local
from tests.pages.browser import Page
from tests.pages.pdf import words
from tests.pages.world import SIERRE, UNSURE, VISP, Announced, World


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand of the 10th of November 2026, 10:00, in Sierre."""
    return clean_world.announce(urgent=True, needs=(Need.FOOD,), helper=Helper("Ruth Helferin", "Tochter"))


OPENED = "household:open"


def audited(world: World) -> list[tuple[Any, ...]]:
    with world.superuser() as connection:
        return connection.execute(
            "SELECT action, outcome, region FROM audit_event WHERE actor_kind = 'staff' AND action <> 'staff:sign-in'"
            " ORDER BY sequence"
        ).fetchall()


def events(world: World) -> list[str]:
    with world.superuser() as connection:
        rows = connection.execute("SELECT kind FROM demand_event ORDER BY instant, kind").fetchall()
    return [kind for (kind,) in rows]


def test_opening_is_dated_once_and_audited_always(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    first = world.clock.forward(minutes=20)
    page = desk.open(f"/staff/demands/{announced.id}")
    for text in (
        "Jeanne Dupont",
        "Ruth Helferin",
        "Tochter",
        "De quoi manger",
        announced.reference,
        "+41 79 555 00 01",
    ):
        assert text in page.text, text
    world.clock.forward(minutes=20)
    desk.open(f"/staff/demands/{announced.id}")
    assert world.row("SELECT opened_at, urgent_opened_at FROM demand") == (first, first)
    assert events(world) == ["opened"]
    assert [one for one in audited(world) if one[0] != OPENED] == [("demand:open", "done", "sierre")] * 2


def test_the_access_code_is_nowhere_for_staff(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    page = desk.open(f"/staff/demands/{announced.id}")
    assert announced.code not in page.body.decode().replace(" ", "")
    receipt = desk.open(f"/staff/demands/{announced.id}/receipt.pdf?language=ar")
    assert announced.code not in words(receipt.body).replace(" ", "")


@pytest.mark.parametrize("what", ["", "/receipt.pdf"])
def test_outside_the_scope_it_does_not_exist(world: World, announced: Announced, what: str) -> None:
    desk = world.desk("oberwallis")
    page = desk.open(f"/staff/demands/{announced.id}{what}")
    nothing = desk.open(f"/staff/demands/{uuid.uuid4()}{what}")
    assert page.status == nothing.status == 404
    assert "Dupont" not in page.text
    assert page.h1 == nothing.h1
    assert world.row("SELECT opened_at FROM demand") == (None,)


def test_outside_the_scope_nothing_can_be_done(world: World, announced: Announced) -> None:
    desk = world.desk("oberwallis")
    token = desk.open("/staff/").form("/sign-out").values["csrf_token"]
    before = world.row("SELECT to_jsonb(d) FROM demand d")
    for act, fields in {
        "take": {},
        "pass-on": {"region": "martigny", "reason": "x"},
        "correct": {"contact_day": "1", "contact_month": "11", "channel": "phone", "reason": "x"},
        "code": {"identity_seen": "y"},
    }.items():
        for extra in (fields, {}):  # with what is needed, and with what is refused
            page = desk.post(f"/staff/demands/{announced.id}/{act}", {"csrf_token": token, **extra})
            assert page.status == 404, act
    assert world.row("SELECT to_jsonb(d) FROM demand d") == before
    assert events(world) == []
    assert world.count("filing_register") == world.count("access_code") == 1


def test_taking(clean_world: World) -> None:
    world = clean_world
    demand = world.announce(commune=UNSURE)
    page = world.desk("martigny").open(f"/staff/demands/{demand.id}")
    done = page.form("/take").submit()
    assert done.status == 200
    assert not [form for form in done.forms() if form.action.endswith("/take")]
    assert world.row("SELECT region, filing_date::text FROM demand") == ("martigny", "2026-11-10")
    # The colleague who pressed the button a moment later is told no more than that it is not theirs.
    late = world.desk("bas-valais")
    token = late.open("/staff/").form("/sign-out").values["csrf_token"]
    assert late.post(f"/staff/demands/{demand.id}/take", {"csrf_token": token}).status == 404
    assert events(world) == ["opened", "taken"]


def test_taking_twice_changes_nothing(clean_world: World) -> None:
    world = clean_world
    demand = world.announce(commune=UNSURE)
    form = world.desk("martigny").open(f"/staff/demands/{demand.id}").form("/take")
    form.submit()
    form.submit()
    assert events(world) == ["opened", "taken"]
    assert [outcome for action, outcome, _ in audited(world) if action == "demand:take"] == ["done", "unchanged"]


def test_passing_on_keeps_the_date_and_asks_the_next_to_open(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    page = desk.open(f"/staff/demands/{announced.id}")
    world.clock.forward(minutes=10)
    done = page.form("/pass-on").fill(region="oberwallis", reason="Wohnt in Visp").submit()
    assert done.path == "/staff/"
    assert not [link for link in done.links() if str(announced.id) in link]
    assert announced.reference not in desk.open("/staff/").text
    assert desk.open(f"/staff/demands/{announced.id}").status == 404
    assert world.row("SELECT region, opened_at, urgent_opened_at, filing_date::text FROM demand") == (
        "oberwallis", None, None, "2026-11-10",
    )  # fmt: skip
    # The duty address of the next centre is told: urgent help does not stop at a border.
    assert world.row("SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = 'alert_duty'") == (1,)
    seen = world.desk("oberwallis").open(f"/staff/demands/{announced.id}")
    assert "Wohnt in Visp" in seen.text


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"region": "", "reason": "x"}, {"region"}),
        ({"region": "oberwallis", "reason": ""}, {"reason"}),
        ({"region": "", "reason": "  "}, {"region", "reason"}),
    ],
)
def test_passing_on_needs_a_centre_and_a_reason(
    world: World, announced: Announced, fields: dict[str, str], faulty: set[str]
) -> None:
    page = world.desk("sierre").open(f"/staff/demands/{announced.id}").form("/pass-on").fill(**fields).submit()  # type: ignore[arg-type]
    assert (page.status, page.faulty()) == (422, faulty)
    assert world.row("SELECT region FROM demand") == ("sierre",)


@pytest.mark.parametrize("region", ["sierre", "zurich", "x" * 500, "\x00"])
def test_passing_on_to_nowhere(world: World, announced: Announced, region: str) -> None:
    form = world.desk("sierre").open(f"/staff/demands/{announced.id}").form("/pass-on").fill(reason="x")
    page = form.force(region=region).submit()
    assert (page.status, page.faulty()) == (422, {"region"})
    assert world.row("SELECT region FROM demand") == ("sierre",)


def correct(world: World, announced: Announced, **fields: str) -> Page:
    page = world.desk("sierre").open(f"/staff/demands/{announced.id}")
    return page.form("/correct").fill(**fields).submit()  # type: ignore[arg-type]


GOOD = {"contact_day": "29", "contact_month": "10", "contact_year": "2026", "channel": "phone", "reason": "Appel noté"}


def test_an_earlier_contact_is_a_new_entry(world: World, announced: Announced) -> None:
    now = world.clock.forward(days=1)
    page = correct(world, announced, **GOOD, contact_time="8h05")
    assert page.status == 200
    assert "29 octobre 2026" in page.text
    assert "Appel noté" in page.text
    with world.superuser() as connection:
        rows = connection.execute(
            "SELECT kind, channel, instant, recorded_at, content_hmac FROM filing_register ORDER BY sequence"
        ).fetchall()
    assert rows[0][:4] == ("filing", "online", announced.view.instant, announced.view.instant)
    assert rows[1][:4] == ("correction", "phone", local("2026-10-29 08:05"), now)
    assert rows[0][4] == rows[1][4]
    assert world.row("SELECT filing_date::text, instant FROM demand") == ("2026-10-29", announced.view.instant)
    # Clocks count from the earlier day.
    assert "28 novembre 2026" in page.text
    # An even earlier one counts again, a later one no more.
    assert correct(world, announced, **{**GOOD, "contact_day": "28"}).status == 200
    refused = correct(world, announced, **{**GOOD, "contact_day": "28"})
    assert (refused.status, refused.faulty()) == (422, {"contact_day"})
    assert world.count("filing_register") == 3


@pytest.mark.parametrize(
    ("change", "faulty"),
    [
        ({"contact_day": "10", "contact_month": "11"}, "contact_day"),  # the same day
        ({"contact_day": "11", "contact_month": "11"}, "contact_day"),  # the future
        ({"contact_day": "31", "contact_month": "2"}, "contact_day"),
        ({"contact_day": "x"}, "contact_day"),
        ({"contact_day": ""}, "contact_day"),
        ({"contact_day": "30", "contact_month": "6", "contact_year": "2021"}, "contact_day"),  # before the law
        ({"contact_time": "25:00"}, "contact_time"),
        ({"contact_time": "noon"}, "contact_time"),
        ({"reason": ""}, "reason"),
        ({"reason": "a\x07"}, "reason"),
        ({"reason": "x" * 1001}, "reason"),
    ],
)
def test_what_is_no_earlier_contact(world: World, announced: Announced, change: dict[str, str], faulty: str) -> None:
    page = correct(world, announced, **{**GOOD, **change})
    assert page.status == 422
    assert faulty in page.faulty()
    assert world.count("filing_register") == 1
    kept = page.form("/correct").values
    for name, value in {**GOOD, **change}.items():
        if "\x07" not in value:
            assert kept[name] == value


def test_a_short_year_and_a_short_hour_are_read(world: World, announced: Announced) -> None:
    assert correct(world, announced, **{**GOOD, "contact_year": "26", "contact_time": "5h30"}).status == 200
    assert world.row("SELECT instant FROM filing_register WHERE kind = 'correction'") == (local("2026-10-29 05:30"),)


def test_the_first_day_of_the_law_is_taken(world: World, announced: Announced) -> None:
    first = {**GOOD, "contact_day": "1", "contact_month": "7", "contact_year": "2021"}
    assert correct(world, announced, **first).status == 200


def test_the_same_person_is_a_hint_for_staff_only(clean_world: World) -> None:
    world = clean_world
    mine = world.announce(Person("Éva Müller", phone="+41 79 555 44 44"))
    same_name = world.announce(Person("MULLER Eva"))
    same_phone = world.announce(Person("E. M.", phone="+41 79 555 44 44"))
    elsewhere = world.announce(Person("Éva Müller"), commune=VISP)
    stranger = world.announce(Person("Someone Else"))
    page = world.desk("sierre").open(f"/staff/demands/{mine.id}")
    assert same_name.reference in page.text
    assert same_phone.reference in page.text
    assert "même téléphone" in page.text
    assert elsewhere.reference not in page.text  # another region's is not seen, not even as a hint
    assert stranger.reference not in page.text
    for demand in (mine, same_name):
        assert "même" not in world.visit(demand).open("/fr/dossier").text


def test_the_receipt_again_in_any_language(world: World, announced: Announced) -> None:
    desk = world.desk("sierre")
    for language in ("fr", "de", "en", "pt", "ar", "xx", ""):
        answer = desk.open(f"/staff/demands/{announced.id}/receipt.pdf?language={language}")
        assert announced.reference in words(answer.body)
    assert ("receipt:print", "done", "sierre") in audited(world)


def test_a_name_is_never_markup(clean_world: World) -> None:
    world = clean_world
    evil = world.announce(Person("<script>alert(1)</script>", postal_address="<img src=x onerror=alert(1)>"))
    page = world.desk("sierre").open(f"/staff/demands/{evil.id}")
    assert "<script>alert(1)</script>" in page.text
    assert world.desk("sierre").open("/staff/").status == 200


def test_at_the_edge_of_midnight_the_clock_of_the_desk_is_swiss(clean_world: World) -> None:
    """23:30 UTC on the 31st is already the 1st in Valais, or not yet, by the season."""
    world = clean_world
    world.clock.set("2026-11-01 00:30")
    demand = world.announce(commune=SIERRE)
    assert demand.view.filing_date.isoformat() == "2026-11-01"
