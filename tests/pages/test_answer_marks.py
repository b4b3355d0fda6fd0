"""On the helped form: two languages together, how an answer was given, and who reads what of that afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest

from portal.services.exports.parts import Gathering, gathered
from portal.services.rewrapping import SEALED
from portal.services.situations import remove_person
from tests.pages.browser import Browser, Element, Page
from tests.pages.situations import answer, form_on, visit_as
from tests.pages.world import Announced, World
from tests.services.households import second_adult

COUPLE: dict[str, Any] = {
    "version": 1,
    "persons": [{"id": "a", "relation": "applicant"}, {"id": "b", "relation": "spouse", "name": "Paul Second"}],
}
ROOT = "/dossier/situation"
NOTED = "Noté par le centre le"


def helped(world: World, announced: Announced, language: str = "fr") -> Browser:
    """A caseworker with the form of the one who made the demand."""
    desk = world.desk("sierre", language=language)
    page = desk.open(f"/staff/demands/{announced.id}/adults")
    page.form(f"/{announced.view.adult_id}/help").fill(present=True).submit()
    return desk


def on_form(desk: Browser, name: str, language: str = "fr") -> Any:
    return form_on(desk.open(f"/staff/form/{language}{ROOT}/{name}"))


def ticked(page: Page) -> set[str]:
    """What stands ticked in the band."""
    boxes = [one for one in page.root.iter("input") if one.get("name") == "_how" and one.get("checked") is not None]
    return {one.get("value") or "" for one in boxes}


def seconds(page: Page) -> set[tuple[str | None, str | None]]:
    """Language and direction of every second text."""
    return {(one.get("lang"), one.get("dir")) for one in page.classed("beside-other")}


def noted(page: Page) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in page.classed("noted")]


# Two languages together


@pytest.mark.parametrize(
    ("own", "staff", "turned", "second"),
    [
        ("ar", "fr", "ar", ("fr", "ltr")),
        ("ar", "de", "ar", ("de", "ltr")),
        ("ar", "fr", "fr", ("ar", "rtl")),
        ("fr", "de", "fr", ("de", "ltr")),
        ("pt", "fr", "en", ("fr", "ltr")),
    ],
)
def test_both_read_every_page(clean_world: World, own: str, staff: str, turned: str, second: tuple[str, str]) -> None:
    """The person's language and the caseworker's, whichever of the two the page was turned to."""
    announced = clean_world.announce(language=own, situation=COUPLE)
    desk = helped(clean_world, announced, staff)
    assert desk.page is not None
    assert desk.page.path == f"/staff/form/{own}{ROOT}"
    for name in ("", "/persons", "/activity/a", "/debts", "/check"):
        page = desk.open(f"/staff/form/{turned}{ROOT}{name}")
        assert (page.status, page.lang) == (200, turned)
        assert seconds(page) == {second}, name
        assert not [link for link in page.links() if "beside=" in link], "it is not a choice here"


def test_options_stand_in_both_languages(clean_world: World) -> None:
    announced = clean_world.announce(language="ar", situation=COUPLE)
    page = helped(clean_world, announced).open(f"/staff/form/ar{ROOT}/persons")
    options = ["".join(one.itertext()) for one in page.root.iter("option")]
    child = next(one for one in options if "Enfant" in one or "enfant" in one)
    assert any("؀" <= letter <= "ۿ" for letter in child)
    assert "\u2068" in child, "each keeps its own direction"


def test_one_language_where_they_share_it(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    page = helped(clean_world, announced).open(f"/staff/form/fr{ROOT}/debts")
    assert not seconds(page)


def test_at_home_the_choice_is_the_person_s(clean_world: World) -> None:
    announced = clean_world.announce(language="ar", situation=COUPLE)
    helped(clean_world, announced)
    assert not seconds(clean_world.visit(announced).open(f"/ar{ROOT}/debts"))


# How an answer was given


def test_what_is_ticked_is_noted_and_shown_to_both(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    desk = helped(clean_world, announced)
    on_form(desk, "debts").fill(debts="700", _how=["orally", "document", "interpreter"]).submit()
    home = clean_world.visit(announced)
    [line] = noted(home.open(f"/fr{ROOT}/check"))
    assert line.startswith(NOTED)
    assert "Travail social" in line
    assert line.endswith("· Dit oralement · Document vu · Interprète présent")
    assert "worker-" not in line, "the centre, never a name"
    assert "Des réponses ont été notées au centre" in home.open(f"/fr{ROOT}").text
    on_form(desk, "check").submit()
    summary = desk.open(f"/staff/demands/{announced.id}/summary").text
    name = clean_world.row("SELECT name FROM caseworker JOIN answer_mark m ON m.caseworker_id = caseworker.id")[0]
    assert f"Noté par {name} le" in summary


def test_orally_and_interpreter_stay_ticked_and_the_document_does_not(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    desk = helped(clean_world, announced)
    page = on_form(desk, "debts").fill(debts="700", _how=["orally", "document", "interpreter"]).submit()
    assert ticked(page) == {"orally", "interpreter"}
    page = form_on(page).fill(_how=["interpreter"]).submit()
    assert ticked(page) == {"interpreter"}
    following = clean_world.announce(situation=COUPLE)
    page = desk.open(f"/staff/demands/{following.id}/adults")
    page.form(f"/{following.view.adult_id}/help").fill(present=True).submit()
    assert ticked(desk.open(f"/staff/form/fr{ROOT}/debts")) == set(), "another person, another sitting"


def test_a_fault_and_a_switch_keep_what_is_ticked(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    desk = helped(clean_world, announced)
    wrong = on_form(desk, "debts").fill(debts="x", _how=["document"]).submit()
    assert (wrong.status, ticked(wrong)) == (422, {"document"})
    turned = on_form(desk, "debts").fill(debts="12", _how=["document"]).switch("pt")
    assert (turned.lang, ticked(turned)) == ("pt", {"document"})


def test_who_answers_again_at_home_is_said(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    desk = helped(clean_world, announced)
    on_form(desk, "debts").fill(debts="700", _how=["orally"]).submit()
    home = clean_world.visit(announced)
    answer(home, "debts", debts="900")
    answer(home, "debts", debts="950")
    [line] = noted(home.open(f"/fr{ROOT}/check"))
    assert line.startswith("Répondu à nouveau par vous, le")
    assert NOTED in line, "the line before is kept"
    assert clean_world.count("answer_mark") == 2, "once is enough"
    on_form(desk, "debts").fill(debts="800").submit()
    [line] = noted(home.open(f"/fr{ROOT}/check"))
    assert line.startswith(NOTED), "the last one counts"
    assert clean_world.count("answer_mark") == 3


def test_of_pages_that_no_centre_touched_nothing_is_kept(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    answer(clean_world.visit(announced), "debts", debts="900")
    assert clean_world.count("answer_mark") == 0


def test_the_list_of_persons_is_a_page_too(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    desk = helped(clean_world, announced)
    on_form(desk, "persons").fill(relation="child", _how=["orally"]).submit(("_add", "1"))
    [line] = noted(clean_world.visit(announced).open(f"/fr{ROOT}/check"))
    assert line.endswith("· Dit oralement")
    remove_person(clean_world.citizen, clean_world.adult(announced), "c1")
    [line] = noted(clean_world.visit(announced).open(f"/fr{ROOT}/check"))
    assert line.startswith("Répondu à nouveau par vous")


def test_what_another_adult_said_of_themselves_is_not_told(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    paul = second_adult(clean_world, announced)
    desk = clean_world.desk("sierre")
    page = desk.open(f"/staff/demands/{announced.id}/adults")
    page.form(f"/{paul.id}/help").fill(present=True).submit()
    on_form(desk, "special/b").fill(ticks=["curatorship"]).submit()
    on_form(desk, "debts").fill(debts="700").submit()
    assert len(noted(visit_as(clean_world, announced, paul).open(f"/fr{ROOT}/check"))) == 2
    assert len(noted(clean_world.visit(announced).open(f"/fr{ROOT}/check"))) == 1


def test_a_made_up_box_is_not_kept(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    desk = helped(clean_world, announced)
    on_form(desk, "debts").fill(debts="1").force(_how="themself").submit()
    [line] = noted(clean_world.visit(announced).open(f"/fr{ROOT}/check"))
    assert line.startswith(NOTED)
    home = clean_world.visit(announced)
    form = form_on(home.open(f"/fr{ROOT}/debts")).fill(debts="2").force(_how="orally")
    form.submit()
    [line] = noted(home.open(f"/fr{ROOT}/check"))
    assert "oralement" not in line, "who is at home ticks nothing"


def test_every_saving_is_in_the_log_and_nothing_of_it_in_the_clear(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    desk = helped(clean_world, announced)
    on_form(desk, "debts").fill(debts="700", _how=["orally"]).submit()
    on_form(desk, "debts").fill(debts="700", _how=["document"]).submit()
    count = clean_world.row("SELECT count(*) FROM audit_event WHERE action = 'situation:answer'")
    assert count == (2,), "the answer is the same, the mark is another"
    assert b"debts" not in clean_world.row("SELECT details FROM answer_mark LIMIT 1")[0]
    assert "answer_mark" in {column.table.__tablename__ for column in SEALED}


def test_the_export_has_them_without_a_name(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    on_form(helped(clean_world, announced), "debts").fill(debts="700", _how=["orally"]).submit()
    actor = clean_world.adult(announced)
    with clean_world.citizen.database.reading() as session:
        from portal.models import Adult

        adult = session.get(Adult, actor.id)
        assert adult is not None
        assert actor.dossier_id is not None
        given = Gathering(session, clean_world.citizen, actor, actor.dossier_id, adult, "fr")
        [mark] = gathered(given)["answers_noted_at_the_centre"]
    assert mark | {"at": None} == {
        "page": "debts",
        "at": None,
        "centre": "sierre",
        "functions": ["social-worker"],
        "how": ["orally"],
        "on_my_form": True,
    }
    assert json.dumps(mark, default=str)


def test_the_marks_stand_in_the_band_and_belong_to_the_form(clean_world: World) -> None:
    announced = clean_world.announce(situation=COUPLE)
    page = helped(clean_world, announced).open(f"/staff/form/fr{ROOT}/debts")
    [band] = page.classed("helping-marks")
    boxes: list[Element] = list(band.iter("input"))
    assert [one.get("form") for one in boxes] == ["situation-form"] * 3
    assert not clean_world.visit(announced).open(f"/fr{ROOT}/debts").classed("helping-marks")
