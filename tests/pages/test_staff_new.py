"""A demand that came by phone, at the counter, by letter or through the commune, recorded at the desk."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from portal.domain.case_request import RequestKind
from portal.services.actor import Actor, ActorKind
from tests.clock import local
from tests.pages.browser import Browser, Page
from tests.pages.pdf import words
from tests.pages.world import World
from tests.services.papers import plain
from tests.services.threads import ask

PERSON = {"name": "Paul Favre", "commune": "6248", "channel": "phone", "language": "pt"}


def record(desk: Browser, **fields: object) -> Page:
    return desk.open("/staff/demands/new").form("/demands/new").fill(**{**PERSON, **fields}).submit()  # type: ignore[arg-type]


def stored(world: World) -> tuple[object, ...]:
    return world.row("SELECT channel, instant, time_known, filing_date::text FROM demand")


def test_now_is_the_first_contact_unless_said(clean_world: World) -> None:
    world = clean_world
    page = record(world.desk("sierre"))
    assert (page.status, page.path) == (200, "/staff/demands/filed")
    assert stored(world) == ("phone", world.clock.now(), True, "2026-11-10")
    caseworker, recorded_by = world.row("SELECT caseworker.id, recorded_by FROM caseworker, demand")
    assert caseworker == recorded_by
    assert world.row("SELECT actor_kind, region, action FROM audit_event WHERE action = 'demand:file'") == (
        "staff", "sierre", "demand:file",
    )  # fmt: skip


def test_both_papers_are_in_the_persons_language(clean_world: World) -> None:
    desk = clean_world.desk("sierre")
    page = record(desk, language="pt")
    receipt, slip = (words(desk.open(f"/staff/demands/filed/{name}.pdf").body) for name in ("receipt", "slip"))
    reference = clean_world.row("SELECT reference FROM dossier")[0]
    assert reference in receipt
    assert reference in slip
    assert "Nome" in receipt
    # The code stands on the slip, and on no screen of the desk.
    digits = "".join(c for c in slip[slip.index(reference) + len(reference) :] if c.isdigit())[:16]
    assert digits not in page.body.decode().replace(" ", "")
    assert digits not in receipt.replace(" ", "")
    opened = clean_world.browser().open("/fr/sign-in").form("/sign-in").fill(reference=reference, code=digits).submit()
    assert opened.path == "/fr/dossier"


def test_who_walked_in_leaves_with_date_clocks_and_papers_on_one_a5_page(clean_world: World) -> None:
    desk = clean_world.desk("sierre")
    record(desk, language="fr", channel="walk-in", urgent="yes")
    body = desk.open("/staff/demands/filed/slip.pdf").body
    (page,) = PdfReader(io.BytesIO(body)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (420, 595)
    text = plain(words(body))
    for said in (
        "Date de votre annonce mardi, 10 novembre 2026",
        "Aide urgente : décision au plus tard dimanche, 15 novembre 2026",
        "Décision au plus tard jeudi, 10 décembre 2026",
        "Papiers à apporter Carte d’identité ou passeport Numéro AVS",
    ):
        assert said in text
    assert clean_world.row("SELECT count(*) FROM access_code") == (1,), "the code of the filing, no second one"


@pytest.mark.parametrize(("commune", "ours"), [("6248", True), ("6297", False)])
def test_what_came_since_is_on_it_only_in_the_own_centre(clean_world: World, commune: str, ours: bool) -> None:
    """Recorded for another centre, the desk that recorded it reads nothing of the file any more."""
    desk = clean_world.desk("sierre")
    record(desk, language="fr", commune=commune)
    dossier, adult = clean_world.row("SELECT dossier_id, id FROM adult")
    me = Actor(ActorKind.CITIZEN, "test", adult, dossier)
    ask(clean_world, me, RequestKind.REEXAMINATION)
    text = words(desk.open("/staff/demands/filed/slip.pdf").body)
    assert "Carte d’identité" in text
    assert ("Nouvelle décision demandée" in text) is ours
    assert clean_world.row("SELECT count(*) > 0 FROM audit_event WHERE action = 'demand:read'") == (ours,)


@pytest.mark.parametrize(
    ("fields", "instant", "known", "day"),
    [
        ({"contact_day": "10", "contact_month": "11", "contact_year": "2026"}, "2026-11-10 10:00", True, "2026-11-10"),
        ({"contact_time": "9:05"}, "2026-11-10 09:05", True, "2026-11-10"),
        ({"contact_time": "9h"}, "2026-11-10 09:00", True, "2026-11-10"),
        ({"contact_time": "09.59"}, "2026-11-10 09:59", True, "2026-11-10"),
        ({"contact_time": "٩:٣٠"}, "2026-11-10 09:30", True, "2026-11-10"),
        ({"contact_time": "5"}, "2026-11-10 05:00", True, "2026-11-10"),
        ({"contact_time": "5h30"}, "2026-11-10 05:30", True, "2026-11-10"),
        ({"contact_time": "0930"}, "2026-11-10 09:30", True, "2026-11-10"),
        ({"contact_day": "9", "contact_month": "11", "contact_year": "26"}, "2026-11-09 00:00", False, "2026-11-09"),
        ({"contact_day": "1", "contact_month": "7", "contact_year": "21"}, "2021-07-01 00:00", False, "2021-07-01"),
        ({"contact_day": "9", "contact_month": "11", "contact_time": "23:59"}, "2026-11-09 23:59", True, "2026-11-09"),
        ({"contact_day": "31", "contact_month": "10"}, "2026-10-31 00:00", False, "2026-10-31"),
        ({"contact_day": "٣١", "contact_month": "١٠"}, "2026-10-31 00:00", False, "2026-10-31"),
        ({"contact_day": "1", "contact_month": "7", "contact_year": "2021"}, "2021-07-01 00:00", False, "2021-07-01"),
        ({"contact_day": "29", "contact_month": "2", "contact_year": "2024"}, "2024-02-29 00:00", False, "2024-02-29"),
        ({"contact_day": "29", "contact_month": "3", "contact_time": "2:30"}, "2026-03-29 02:30", True, "2026-03-29"),
        ({"contact_day": "25", "contact_month": "10", "contact_time": "2:30"}, "2026-10-25 02:30", True, "2026-10-25"),
    ],
)
def test_the_first_contact(clean_world: World, fields: dict[str, str], instant: str, known: bool, day: str) -> None:
    page = record(clean_world.desk("sierre"), reason="Noté au téléphone", **fields)
    assert page.path == "/staff/demands/filed"
    assert stored(clean_world) == ("phone", local(instant), known, day)
    assert clean_world.row("SELECT instant, recorded_at FROM filing_register") == (
        local(instant),
        clean_world.clock.now(),
    )


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"contact_day": "11", "contact_month": "11"}, "contact_day"),
        ({"contact_day": "10", "contact_month": "11", "contact_time": "10:01"}, "contact_day"),
        ({"contact_time": "23:00"}, "contact_day"),
        ({"contact_day": "1", "contact_month": "1", "contact_year": "2027"}, "contact_day"),
        ({"contact_day": "30", "contact_month": "6", "contact_year": "2021"}, "contact_day"),
        ({"contact_day": "30", "contact_month": "6", "contact_year": "21"}, "contact_day"),
        ({"contact_day": "9", "contact_month": "11", "contact_year": "27"}, "contact_day"),
        ({"contact_day": "9", "contact_month": "11", "contact_year": "6"}, "contact_day"),
        ({"contact_day": "31", "contact_month": "2"}, "contact_day"),
        ({"contact_day": "29", "contact_month": "2", "contact_year": "2026"}, "contact_day"),
        ({"contact_day": "9"}, "contact_day"),
        ({"contact_month": "9"}, "contact_day"),
        ({"contact_year": "2025"}, "contact_day"),
        ({"contact_day": "0", "contact_month": "0"}, "contact_day"),
        ({"contact_day": "-1", "contact_month": "1"}, "contact_day"),
        ({"contact_day": "hier"}, "contact_day"),
        ({"contact_day": "99999"}, "contact_day"),
        ({"contact_time": "25:00"}, "contact_time"),
        ({"contact_time": "12:60"}, "contact_time"),
        ({"contact_time": "midi"}, "contact_time"),
        ({"contact_time": "1:2:3"}, "contact_time"),
        ({"contact_time": "1030"}, "contact_day"),  # in half an hour
        ({"contact_time": "930"}, "contact_time"),
    ],
)
def test_what_is_no_first_contact(clean_world: World, fields: dict[str, str], faulty: str) -> None:
    page = record(clean_world.desk("sierre"), reason="Noté", **fields)
    assert page.status == 422
    assert faulty in page.faulty()
    assert faulty in page.summary()
    assert clean_world.count("demand") == 0
    kept = page.form("/demands/new").values
    for name, value in {**PERSON, **fields, "reason": "Noté"}.items():
        assert kept[name] == value


@pytest.mark.parametrize("year", ["27", "6", "202"])
def test_a_year_that_could_be_another_is_asked_for_in_full(clean_world: World, year: str) -> None:
    page = record(clean_world.desk("sierre"), contact_day="9", contact_month="11", contact_year=year)
    assert page.status == 422
    assert "avec quatre chiffres. Exemple : 2026." in page.text


def test_an_earlier_day_needs_a_reason_and_today_does_not(clean_world: World) -> None:
    desk = clean_world.desk("sierre")
    page = record(desk, contact_day="9", contact_month="11")
    assert (page.status, page.faulty()) == (422, {"reason"})
    page = page.form("/demands/new").fill(reason="Appel d’hier").submit()
    assert page.path == "/staff/demands/filed"
    assert clean_world.count("demand") == 1


@pytest.mark.parametrize(
    ("force", "faulty"),
    [
        ({"channel": "online"}, "channel"),
        ({"channel": "pigeon"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"language": "xx"}, "language"),
        ({"commune": "261"}, "commune"),
        ({"name": ""}, "name"),
    ],
)
def test_what_no_form_offers(clean_world: World, force: dict[str, str], faulty: str) -> None:
    form = clean_world.desk("sierre").open("/staff/demands/new").form("/demands/new").fill(**PERSON)  # type: ignore[arg-type]
    page = form.force(**force).submit()
    assert (page.status, page.faulty()) == (422, {faulty})
    assert page.summary() == [faulty]
    assert clean_world.count("demand") == 0


def test_a_double_click_at_the_desk_is_one_filing(clean_world: World) -> None:
    form = clean_world.desk("sierre").open("/staff/demands/new").form("/demands/new").fill(**PERSON)  # type: ignore[arg-type]
    form.submit()
    form.submit()
    assert clean_world.count("demand") == 1


@pytest.mark.parametrize("token", ["", "A" * 80])
def test_a_broken_token_at_the_desk_keeps_what_was_typed(clean_world: World, token: str) -> None:
    """Without its token a form could file twice or show nothing: it comes back once more, complete."""
    form = clean_world.desk("sierre").open("/staff/demands/new").form("/demands/new").fill(**PERSON)  # type: ignore[arg-type]
    page = form.force(filing_token=token).submit()
    if page.path == "/staff/demands/new":
        assert clean_world.count("demand") == 0
        assert page.form("/demands/new").values["name"] == PERSON["name"]
        page = page.form("/demands/new").submit()
    assert page.path == "/staff/demands/filed"
    assert clean_world.count("demand") == 1


def test_a_colleague_does_not_get_the_papers(clean_world: World) -> None:
    desk, colleague = clean_world.desk("sierre"), clean_world.desk("sierre")
    record(desk)
    colleague.set_cookie("staff-filed", desk.cookie("staff-filed") or "")
    assert colleague.open("/staff/demands/filed").path == "/staff/"
    assert colleague.open("/staff/demands/filed/receipt.pdf").status == 404
    assert colleague.open("/staff/demands/filed/slip.pdf").status == 404
    # Nor does the desk's filing open the citizen's filed page for somebody with the desk's cookie.
    assert desk.open("/staff/demands/filed").status == 200


@pytest.mark.parametrize("how", ["passed on", "moved"])
def test_the_papers_go_with_the_file(clean_world: World, how: str) -> None:
    """A colleague hands it to another centre: who recorded it prints its code no more, unless it comes back."""
    desk, colleague = clean_world.desk("sierre"), clean_world.desk("sierre")
    record(desk)
    demand = clean_world.row("SELECT id FROM demand")[0]
    page = colleague.open(f"/staff/demands/{demand}{'' if how == 'passed on' else '/file'}")
    if how == "passed on":
        page.form("/pass-on").fill(region="oberwallis", reason="Habite Viège").submit()
    else:
        page.form("/file/move").fill(region="oberwallis", move_words="Habite Viège").submit()
    assert clean_world.row("SELECT region FROM demand") == ("oberwallis",)
    assert desk.open("/staff/demands/filed").path == "/staff/"
    assert [desk.open(f"/staff/demands/filed/{paper}.pdf").status for paper in ("receipt", "slip")] == [404, 404]
    there = clean_world.desk("oberwallis").open(f"/staff/demands/{demand}").form("/pass-on")
    there.fill(region="sierre", reason="Habite Sierre").submit()
    assert desk.open("/staff/demands/filed/slip.pdf").status == 200, "it is back"


def test_the_slip_prints_for_an_hour(clean_world: World) -> None:
    desk = clean_world.desk("sierre")
    record(desk)
    for _ in range(3):
        clean_world.clock.forward(minutes=20)
        assert desk.open("/staff/demands/filed/slip.pdf").status == 200
    clean_world.clock.forward(seconds=1)
    assert desk.open("/staff/demands/filed/slip.pdf").status == 404
    assert desk.open("/staff/demands/filed/receipt.pdf").status == 200


def test_the_name_can_be_said_later(clean_world: World) -> None:
    page = record(clean_world.desk("sierre"), name="", name_at_desk=True)
    assert page.path == "/staff/demands/filed"
    assert clean_world.row("SELECT name FROM adult") == (None,)


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"name_at_desk": True}, "name"),
        ({"name": "", "latin_name": "Paul", "name_at_desk": True}, "name"),
        ({"phone": "079 555 12 12", "unreachable": True}, "unreachable"),
        ({"email": "paul@example.ch", "unreachable": True}, "unreachable"),
        ({"postal_address": "Rue 1", "unreachable": True}, "unreachable"),
    ],
)
def test_two_answers_that_cannot_both_hold_are_asked_about(
    clean_world: World, fields: dict[str, object], faulty: str
) -> None:
    page = record(clean_world.desk("sierre"), **fields)
    assert (page.status, page.faulty(), page.summary()) == (422, {faulty}, [faulty])
    assert clean_world.count("demand") == 0
    kept = page.form("/demands/new").values
    for name, value in {**PERSON, **fields}.items():
        assert kept[name] == ("y" if value is True else value)
