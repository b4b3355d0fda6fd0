"""The first interview and who was seen: at the desk, on the person's page, in the calendar file, reminders and the slip."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from portal.domain.demand import ZURICH, Person, filing_day
from portal.domain.interview import Step
from portal.models import Adult
from portal.services.at_desk import DeskPlace
from portal.services.calendar import calendar_file
from portal.services.citizen import withdraw
from portal.services.exports.parts import Gathering, gathered
from portal.services.interviews.desk import TooEarlyError, end
from portal.services.reminders.own import own_reminders
from portal.services.reminders.sources import due_on
from tests.clock import local
from tests.pages.browser import Browser, Page
from tests.pages.pdf import words
from tests.pages.world import JANE, Announced, World
from tests.services.households import second_adult
from tests.services.notices import COUPLE

SAID: dict[str, Any] = {
    "day": "1", "month": "12", "year": "2026", "time": "14:30", "way": "antenna", "antenna": "sierre-sierre",
    "interpreter": "booked", "language": "ar",
}  # fmt: skip
MARTIGNY = 6136


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce(situation=COUPLE)


@pytest.fixture
def desk(world: World, announced: Announced) -> Browser:
    return world.desk("sierre")


def page_of(desk: Browser, announced: Announced, root: str = "demands") -> Page:
    return desk.open(f"/staff/demands/{announced.id}/interview" if root == "demands" else root)


def note(desk: Browser, announced: Announced, **more: Any) -> Page:
    return page_of(desk, announced).form("/interview").fill(**(SAID | more)).submit()


def last(world: World) -> int:
    found: int = world.row("SELECT max(sequence) FROM interview_event")[0]
    return found


def kinds(world: World) -> list[str]:
    return world.row("SELECT array_agg(kind ORDER BY sequence) FROM interview_event")[0] or []


def test_it_is_noted_and_both_sides_see_it(world: World, announced: Announced, desk: Browser) -> None:
    page = note(desk, announced)
    assert page.status == 200
    for said in ("mardi, 1er décembre 2026, 14:30", "CMS de Sierre", "العربية", "À venir", "Jeanne Dupont"):
        assert said in page.text, said
    assert "Entretien le 01.12.2026 à 14:30." in desk.open(f"/staff/demands/{announced.id}").text
    own = world.visit(announced).open("/ar/dossier").text
    assert "مقابلتكم مع المركز" in own
    assert "الساعة 14:30" in own
    assert "مترجم شفوي" in own
    assert "À apporter" in world.visit(announced).open("/fr/dossier").text
    assert "interview:noted" in world.row("SELECT array_agg(action) FROM audit_event")[0]


@pytest.mark.parametrize(
    ("spoken", "interpreter", "chosen", "language"),
    [
        ("fr", None, "not_needed", ""),
        ("de", None, "not_needed", ""),
        ("ti", True, "to_book", "ti"),
        ("ti", False, "not_needed", ""),
        ("ti", None, None, "ti"),
    ],
)
def test_no_interpreter_is_refused_for_who_said_nothing(
    world: World, spoken: str, interpreter: bool | None, chosen: str | None, language: str
) -> None:
    """In a language that the desk does not speak the open question stays open, and is asked where it is left so."""
    person = replace(JANE, interview_language=spoken, interpreter=interpreter)
    announced = world.announce(person)
    form = page_of(world.desk("sierre"), announced).form("/interview")
    assert (form.values.get("interpreter"), form.values["language"]) == (chosen, language)
    if chosen is None:
        left = {name: value for name, value in SAID.items() if name not in ("interpreter", "language")}
        page = form.fill(**left).submit()
        assert (page.status, page.faulty()) == (422, {"interpreter"})
        assert page.form("/interview").fill(interpreter="booked").submit().status == 200


def test_the_same_form_twice_is_one_event(world: World, announced: Announced, desk: Browser) -> None:
    form = page_of(desk, announced).form("/interview").fill(**SAID)
    form.submit()
    assert form.submit().status == 200
    assert kinds(world) == ["noted"]


def test_the_second_caseworker_sees_what_the_first_noted(world: World, announced: Announced, desk: Browser) -> None:
    mine = page_of(desk, announced).form("/interview").fill(**SAID)
    note(world.desk("sierre"), announced, time="9:00")
    page = mine.submit()
    assert page.status == 409
    assert "Rien n’est noté" in page.text
    assert "09:00" in page.text
    assert kinds(world) == ["noted"]


def test_a_move_wants_a_reason_that_the_person_never_reads(world: World, announced: Announced, desk: Browser) -> None:
    note(desk, announced)
    assert note(desk, announced, day="3").faulty() == {"reason"}
    page = note(desk, announced, day="3", reason="Malade ce jour-là")
    assert "Malade ce jour-là" in page.text
    assert "Déplacé" in page.text
    own = world.visit(announced).open("/fr/dossier").text
    assert "L’entretien est déplacé." in own
    assert "Malade" not in own
    assert kinds(world) == ["noted", "moved"]
    sealed: bytes = world.row("SELECT details FROM interview_event WHERE kind = 'moved'")[0]
    assert b"Malade" not in sealed
    note(desk, announced, day="3", interpreter="to_book")
    assert kinds(world) == ["noted", "moved", "changed"]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"day": "9", "month": "11"}, "day"),
        ({"day": "31", "month": "11"}, "day"),
        ({"day": "x"}, "day"),
        ({"year": "2029"}, "day"),
        ({"time": "25:00"}, "time"),
        ({"time": ""}, "time"),
        ({"antenna": ""}, "antenna"),
        ({"way": "elsewhere"}, "place"),
        ({"language": ""}, "language"),
    ],
)
def test_what_cannot_be_is_said_and_kept(
    world: World, announced: Announced, desk: Browser, changed: dict[str, str], field: str
) -> None:
    page = note(desk, announced, **changed)
    assert (page.status, page.faulty()) == (422, {field})
    assert world.count("interview_event") == 0


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"day": "6"}, "dimanche"),
        ({"day": "8"}, "férié"),
        ({"time": "3:00"}, "inhabituelle"),
    ],
)
def test_a_holiday_or_a_night_hour_is_asked_about_once(
    world: World, announced: Announced, desk: Browser, changed: dict[str, str], said: str
) -> None:
    page = note(desk, announced, **changed)
    assert page.status == 422
    assert said in page.text
    other = page.form("/interview").fill(sure="y", day="13", time="10:00").submit()
    assert other.status == 422  # the yes was about another moment
    page = note(desk, announced, **changed)
    assert page.form("/interview").fill(sure="y").submit().status == 200
    assert kinds(world) == ["noted"]


def test_held_and_missed_after_its_hour(world: World, announced: Announced, desk: Browser) -> None:
    note(desk, announced)
    with pytest.raises(TooEarlyError):
        end(world.staff, world.caseworker("sierre"), DeskPlace(announced.id), Step.HELD, last(world))
    world.clock.set("2026-12-01 16:00")
    desk = world.desk("sierre")
    page = page_of(desk, announced)
    assert page.form("/missed").submit().faulty() == {"why"}
    page = page_of(desk, announced).form("/missed").fill(why="Train en retard").submit()
    assert "N’a pas eu lieu" in page.text
    assert "Train en retard" in page.text
    own = world.visit(announced).open("/fr/dossier").text
    assert "L’entretien n’a pas eu lieu" in own
    assert "Train" not in own
    note(desk, announced, day="4")
    world.clock.set("2026-12-04 16:00")
    desk = world.desk("sierre")
    page = page_of(desk, announced).form("/held").submit()
    assert "A eu lieu" in page.text
    assert kinds(world) == ["noted", "missed", "noted", "held"]


def off(desk: Browser, announced: Announced, why: str = "Le centre est fermé ce jour-là") -> Page:
    return page_of(desk, announced).form("/off").fill(why=why).submit()


def test_one_ahead_is_called_off(world: World, announced: Announced, desk: Browser) -> None:
    note(desk, announced)
    assert off(desk, announced, "").faulty() == {"why"}
    page = off(desk, announced)
    assert "Annulé" in page.text
    assert "Le centre est fermé" in page.text
    assert "Entretien annulé" in page.text
    own = world.visit(announced).open("/fr/dossier").text
    assert "L’entretien est annulé" in own
    assert "Il était prévu le mardi, 1er décembre 2026 à 14:30." in own
    assert "fermé" not in own
    me = world.adult(announced)
    content = calendar_file(world.citizen, me, filing_day(world.clock.now()), "fr") or b""
    assert b"20261201T" not in content
    with world.worker.database.transaction() as session:
        due = due_on(session, world.worker, filing_day(local("2026-11-30 08:00")))
        assert [one for one in due if one.kind == "interview-2"] == []
    assert "L’entretien est annulé." in desk.open(f"/staff/demands/{announced.id}").text
    assert "L’entretien est annulé." in desk.open(f"/staff/demands/{announced.id}/missing").text
    assert "interview:called_off" in world.row("SELECT array_agg(action) FROM audit_event")[0]


def test_its_end_noted_by_mistake_is_taken_back(world: World, announced: Announced, desk: Browser) -> None:
    note(desk, announced)
    off(desk, announced)
    assert page_of(desk, announced).form("/mistake").submit().faulty() == {"why"}
    mistake = page_of(desk, announced).form("/mistake").fill(why="Mauvais dossier")
    page = mistake.submit()
    assert "À venir" in page.text
    assert "Mauvais dossier" in page.text
    assert mistake.submit().status == 200
    assert "Mauvais dossier" not in world.visit(announced).open("/fr/dossier").text
    assert "À 14:30" in world.visit(announced).open("/fr/dossier").text
    world.clock.set("2026-12-01 16:00")
    desk = world.desk("sierre")
    page_of(desk, announced).form("/held").submit()
    page = page_of(desk, announced).form("/mistake").fill(why="Mauvais bouton").submit()
    assert "Passé, suite à noter" in page.text
    page_of(desk, announced).form("/missed").fill(why="Train en retard").submit()
    assert "N’a pas eu lieu" in page_of(desk, announced).text
    assert kinds(world) == ["noted", "missed", "changed", "held", "changed", "missed"]


def test_what_changed_since_the_page_was_made_is_said(world: World, announced: Announced, desk: Browser) -> None:
    note(desk, announced)
    late = page_of(desk, announced).form("/off").fill(why="Malade")
    off(world.desk("sierre"), announced)
    again = page_of(desk, announced).form("/mistake").fill(why="Mauvais dossier")
    note(desk, announced, day="3")
    page = late.submit()
    assert page.status == 409
    assert "Rien n’est noté" in page.text
    page = again.submit()
    assert page.status == 409
    assert "Rien n’est noté" in page.text
    assert kinds(world) == ["noted", "missed", "noted"]


def test_one_whose_hour_is_past_is_not_called_off(world: World, announced: Announced, desk: Browser) -> None:
    soon = world.clock.now().astimezone(ZURICH) + timedelta(minutes=5)
    note(desk, announced, day=str(soon.day), month=str(soon.month), time=f"{soon:%H:%M}")
    form = page_of(desk, announced).form("/off").fill(why="Malade")
    world.clock.forward(minutes=6)
    page = form.submit()
    assert page.status == 409
    assert "L’heure de l’entretien est passée" in page.text
    assert "Malade" in page.text
    assert kinds(world) == ["noted"]


def test_who_did_not_come_is_to_be_invited_again(world: World, announced: Announced, desk: Browser) -> None:
    again = "Manqués ou annulés : à inviter de nouveau"
    note(desk, announced)
    assert again not in desk.open("/staff/interviews").text
    world.clock.set("2026-12-01 16:00")
    desk = world.desk("sierre")
    page_of(desk, announced).form("/missed").fill(why="Train en retard").submit()
    page = desk.open("/staff/interviews")
    assert again in page.text
    for said in ("Jeanne Dupont", "N’a pas eu lieu", "1er décembre 2026"):
        assert said in page.text, said
    assert f"/staff/demands/{announced.id}/interview" in page.links()
    assert again in desk.open("/staff/interviews?antenna=sierre-sierre").text
    assert again not in world.desk("martigny").open("/staff/interviews").text
    note(desk, announced, day="4")
    assert again not in desk.open("/staff/interviews").text
    off(desk, announced)
    page = desk.open("/staff/interviews")
    assert again in page.text
    assert "Annulé" in page.text
    world.clock.forward(days=31)
    assert again not in world.desk("sierre").open("/staff/interviews").text


@pytest.mark.parametrize("gone", ["closed", "withdrawn"])
def test_nobody_is_invited_again_to_what_is_over(world: World, announced: Announced, desk: Browser, gone: str) -> None:
    note(desk, announced)
    off(desk, announced)
    again = "Manqués ou annulés : à inviter de nouveau"
    assert again in desk.open("/staff/interviews").text
    if gone == "closed":
        form = desk.open(f"/staff/demands/{announced.id}/file").form("/file/close")
        form.fill(why="never-completed", close_words="Courrier du 3 novembre", despite="y").submit()
    else:
        withdraw(world.citizen, world.adult(announced), world.clock.now(), None)
    assert again not in desk.open("/staff/interviews").text


def test_names_and_languages_that_a_clerk_can_read(clean_world: World) -> None:
    announced = clean_world.announce(Person("ሰላም ተስፋይ", latin_name="Selam Tesfay"))
    desk = clean_world.desk("sierre")
    note(desk, announced, language="ti", interpreter="to_book")
    for address in (f"/staff/demands/{announced.id}/interview", "/staff/interviews"):
        text = desk.open(address).text
        for said in ("ሰላም ተስፋይ", "Selam Tesfay", "tigrigna (ትግርኛ)"):
            assert said in text, (address, said)
    assert "À réserver : tigrigna" in page_of(desk, announced).text
    assert "Selam Tesfay" in desk.open(f"/staff/demands/{announced.id}/missing").text
    german = clean_world.desk("sierre", language="de")
    assert "Tigrinya (ትግርኛ)" in german.open("/staff/interviews").text


def test_the_only_address_of_a_centre_is_chosen(world: World, announced: Announced, desk: Browser) -> None:
    assert page_of(desk, announced).form("/interview").values["antenna"] == "sierre-sierre"
    note(desk, announced, way="phone")
    assert page_of(desk, announced).form("/interview").values["antenna"] == "sierre-sierre"


def test_where_there_are_several_addresses_none_is_chosen(clean_world: World) -> None:
    announced = clean_world.announce(commune=MARTIGNY)
    assert page_of(clean_world.desk("martigny"), announced).form("/interview").values["antenna"] == ""


def test_the_calendar_file_has_the_hour_and_a_neutral_title(world: World, announced: Announced, desk: Browser) -> None:
    note(desk, announced)
    me = world.adult(announced)
    content = calendar_file(world.citizen, me, filing_day(world.clock.now()), "ar") or b""
    text = content.decode()
    assert "DTSTART:20261201T133000Z" in text
    assert "SUMMARY:موعد" in text
    uid = re.findall(r"UID:(\S+)\r\nDTSTAMP:\S+\r\nDTSTART:20261201T", text) or re.findall(r"UID:(\S+)", text)
    note(desk, announced, day="3", reason="Malade")
    moved = (calendar_file(world.citizen, me, filing_day(world.clock.now()), "ar") or b"").decode()
    assert "DTSTART:20261203T133000Z" in moved
    assert "20261201T133000Z" not in moved
    assert set(uid) <= set(re.findall(r"UID:(\S+)", moved))


def test_it_is_reminded_of_two_days_before(world: World, announced: Announced, desk: Browser) -> None:
    note(desk, announced)

    def due(on: str) -> list[str]:
        with world.worker.database.transaction() as session:
            found = due_on(session, world.worker, filing_day(local(on)))
            return [one.name for one in found if one.kind == "interview-2"]

    assert due("2026-11-28 08:00") == []
    assert due("2026-11-29 08:00") == due("2026-11-30 08:00") != []
    assert due("2026-12-01 08:00") == []
    world.clock.set("2026-11-29 08:00")
    told = own_reminders(world.citizen, world.adult(announced), "fr")
    assert "Entretien avec le centre" in [one.title for one in told]


def test_who_is_not_to_come_sees_nothing(world: World, announced: Announced, desk: Browser) -> None:
    paul = second_adult(world, announced)
    note(desk, announced)
    exported = {}
    for who in (world.adult(announced), paul):
        with world.citizen.database.reading() as session:
            adult = session.get_one(Adult, who.id)
            given = Gathering(session, world.citizen, who, who.dossier_id, adult, "fr")  # type: ignore[arg-type]
            exported[who.id] = gathered(given)["interview"]
    assert [one["way"] for one in exported[world.adult(announced).id]] == ["antenna"]
    assert exported[paul.id] == []


def test_the_list_of_the_centre(world: World, announced: Announced, desk: Browser) -> None:
    note(desk, announced)
    page = desk.open("/staff/interviews")
    assert "Jeanne Dupont" in page.text
    assert f"/staff/demands/{announced.id}/interview" in page.links()
    assert "Jeanne Dupont" in desk.open("/staff/interviews?antenna=sierre-sierre").text
    assert "Jeanne Dupont" not in world.desk("martigny").open("/staff/interviews").text
    world.clock.set("2026-12-02 08:00")
    assert "Passés, suite à noter" in world.desk("sierre").open("/staff/interviews").text


def test_of_a_closed_file_one_ahead_is_marked_and_one_past_is_gone(
    world: World, announced: Announced, desk: Browser
) -> None:
    note(desk, announced)
    form = desk.open(f"/staff/demands/{announced.id}/file").form("/file/close")
    form.fill(why="never-completed", close_words="Courrier du 3 novembre", despite="y").submit()
    page = desk.open("/staff/interviews")
    assert "Jeanne Dupont" in page.text
    assert "Fermé" in page.text
    world.clock.set("2026-12-02 08:00")
    assert "Jeanne Dupont" not in world.desk("sierre").open("/staff/interviews").text


def test_identity_is_noted_shown_and_taken_back(world: World, announced: Announced, desk: Browser) -> None:
    page = page_of(desk, announced)
    seen = next(form for form in page.forms() if "/identity/" in form.action)
    page = seen.fill(paper="passport").submit()
    assert "Passeport" in page.text
    assert "Identité vue le" in world.visit(announced).open("/fr/dossier").text
    back = next(form for form in page.forms() if form.action.endswith("/back"))
    assert back.submit().status == 422
    page = back.fill(why_back="Mauvais dossier").submit()
    assert "Personne ne l’a encore noté." in page.text
    assert "Identité vue le" not in world.visit(announced).open("/fr/dossier").text
    assert world.row("SELECT array_agg(kind ORDER BY sequence) FROM identity_event") == (["seen", "taken_back"],)


def test_a_new_code_notes_the_same_fact_once(world: World, announced: Announced, desk: Browser) -> None:
    for _ in range(2):
        form = desk.open(f"/staff/demands/{announced.id}").form("/code")
        assert form.fill(identity_seen="y", identity_paper="permit").submit().status == 200
    assert world.row("SELECT array_agg(paper) FROM identity_event") == (["permit"],)


def test_the_slip_is_one_small_page_with_everything(world: World, announced: Announced, desk: Browser) -> None:
    note(desk, announced)
    form = desk.open(f"/staff/demands/{announced.id}").form("/code")
    page = form.fill(identity_seen="y").submit()
    link = next(one for one in page.links() if one.endswith("slip.pdf"))
    text = " ".join(words(desk.send("GET", link).data).split())
    for said in (announced.reference, "Entretien", "1er décembre 2026", "Papiers à apporter", "Décision au plus tard"):
        assert said in text, said


def test_another_centre_finds_nothing(world: World, announced: Announced) -> None:
    assert page_of(world.desk("oberwallis"), announced).status == 404
