"""The board of clocks on its page: filters without names, lines given to colleagues, what was typed is kept, absences."""

from __future__ import annotations

import pytest

from portal.domain.case_request import RequestKind
from portal.domain.demand import Person
from portal.domain.role import Role
from portal.services.at_desk import DeskPlace
from portal.services.clock_board import Hold, assign, clock_board
from portal.services.clock_lines import Wanted
from portal.services.households import acting
from tests.pages.browser import Form, Page, text_of
from tests.pages.counting import counted
from tests.pages.world import World
from tests.services.on_paper import on_paper
from tests.services.threads import ask

BOARD, AWAY = "/staff/clocks", "/staff/absences"
STATEMENTS = 7
"""Visit (two: session, and what is open), colleagues, absences, lines, counts, log; however many lines there are."""


def assigning(page: Page) -> Form:
    """The form around the lines; the other one of this address filters."""
    return next(one for one in page.forms() if one.element.get("id") == "assign-form")


def absence(page: Page) -> Form:
    """The form to note one; others of this address say that somebody is back."""
    return next(one for one in page.forms() if one.element.get("id") == "absence-form")


def give(page: Page, values: list[str], whom: str) -> Page:
    return assigning(page).fill(items=values, assignee=whom).submit()


def values(page: Page) -> list[str]:
    return [one.get("value") or "" for one in assigning(page).named("items")]


def test_everything_with_words_beside_the_colour(clean_world: World) -> None:
    clean_world.clock.forward(days=-31)
    late = clean_world.announce(Person("Late Person"))
    clean_world.clock.forward(days=31)
    ask(clean_world, clean_world.adult(clean_world.announce()), RequestKind.URGENT)
    page = clean_world.desk().open(BOARD)
    for said in (
        "En retard : 09.11.2026",
        "Aide urgente demandée dans les messages",
        "Pas encore ouvert",
        late.reference,
    ):
        assert said in page.text
    assert page.text.index("Late Person") < page.text.index("Aide urgente demandée dans les messages")
    assert "Urgent : 15.11.2026" in [text_of(one) for one in page.classed("tag-warn")], "warm from its first day"
    german = clean_world.desk(language="de").open(BOARD)
    assert "Überfällig: 09.11.2026" in german.text


def test_a_line_opens_its_own_page(clean_world: World) -> None:
    announced = clean_world.announce()
    ask(clean_world, clean_world.adult(announced), RequestKind.FILE)
    desk = clean_world.desk()
    links = desk.open(BOARD).links()
    assert f"/staff/demands/{announced.id}" in links
    assert f"/staff/dossiers/{announced.view.dossier_id}/messages" in links


def test_a_moved_file_on_paper_opens_its_page_and_is_gone(clean_world: World) -> None:
    file = on_paper(clean_world)
    place, here = DeskPlace(dossier_id=file.dossier_id), clean_world.caseworker()
    acting.move(clean_world.staff, here, place, acting.Move("oberwallis", None, None), "Domicile", 0)
    desk = clean_world.desk(region="oberwallis")
    page = desk.open(BOARD)
    assert "Dossier reçu d’un autre centre" in page.text
    assert f"/staff/dossiers/{file.dossier_id}" in page.links()
    desk.open(f"/staff/dossiers/{file.dossier_id}")
    assert "Dossier reçu d’un autre centre" not in desk.open(BOARD).text


@pytest.mark.parametrize("query", ["clock=x&state=y&hand=z&antenna=w&page=-1", "page=999999999999", "hand=", "done=x"])
def test_an_address_that_nobody_made_limits_nothing(clean_world: World, query: str) -> None:
    clean_world.announce()
    page = clean_world.desk().open(f"{BOARD}?{query}")
    assert page.status == 200


def test_filters_and_what_fits_none(clean_world: World) -> None:
    announced = clean_world.announce()
    desk = clean_world.desk()
    assert announced.reference in desk.open(f"{BOARD}?clock=decision&state=later&hand=nobody").text
    for query in ("clock=urgent", "state=late", "hand=me", "hand=away"):
        page = desk.open(f"{BOARD}?{query}")
        assert announced.reference not in page.text
        assert "Rien ne correspond à ce choix" in page.text


def test_empty_in_plain_words(clean_world: World) -> None:
    page = clean_world.desk().open(BOARD)
    assert "Rien n’attend" in page.text


def test_given_and_kept_in_the_filter(clean_world: World) -> None:
    clean_world.announce()
    desk = clean_world.desk()
    page = desk.open(f"{BOARD}?hand=nobody")
    me = clean_world.row("SELECT id::text FROM caseworker ORDER BY id LIMIT 1")[0]
    after = give(page, values(page), me)
    assert "Lignes attribuées : 1" in after.text
    assert "Rien ne correspond à ce choix" in after.text  # the filter stands: nothing is nobody's any more
    board = desk.open(BOARD)
    (row,) = (text_of(one) for one in board.main.iter("tr") if list(one.iter("td")))
    assert "Moi" in row
    name = clean_world.row("SELECT name FROM caseworker WHERE id = %s", [me])[0]
    assert name not in row
    filtered = next(one for one in board.main.iter("select") if one.get("id") == "hand")
    assert name not in text_of(filtered), "the own name does not stand beside « Moi »"


def test_the_second_is_told_and_nothing_is_overwritten(clean_world: World) -> None:
    clean_world.announce()
    desk, colleague = clean_world.desk(), clean_world.caseworker()
    page = desk.open(BOARD)
    (line,) = clock_board(clean_world.staff, colleague, Wanted()).lines
    assign(clean_world.staff, colleague, [Hold(line.hand, line.hand_id, line.given)], colleague.id)
    after = give(page, values(page), "nobody")
    assert "Pas attribuées : 1." in after.text
    assert clean_world.count("assignment") == 1


def test_nothing_ticked_or_nobody_named(clean_world: World) -> None:
    clean_world.announce()
    desk = clean_world.desk()
    page = desk.open(BOARD)
    ticked = give(page, values(page), "")
    assert ticked.status == 422
    assert "Choisissez à qui attribuer." in ticked.text
    assert assigning(ticked).values.getlist("items") == values(page)  # what was ticked is kept
    none = assigning(desk.open(BOARD)).fill(assignee="nobody").submit()
    assert none.status == 422
    for wrong in ("x", "demand:x:", "person:" + "0" * 32 + ":"):
        assert desk.post(BOARD, {"csrf_token": assigning(page).values["csrf_token"], "items": wrong}).status == 422


def test_away_and_back(clean_world: World) -> None:
    desk = clean_world.desk()
    page = desk.open(AWAY)
    assert "Personne n’est absent." in page.text
    said = absence(page).fill(**{"until-day": "20", "until-month": "11", "until-year": "2026"}).submit()
    assert "20 novembre 2026" in said.text
    back = next(form for form in said.forms() if form.named("back"))
    assert "Personne n’est absent." in back.submit(("back", back.named("back")[0].get("value") or "")).text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (("", "", ""), "Écrivez le dernier jour de l’absence."),
        (("9", "11", "2026"), ""),
        (("9", "11", "2029"), "plus d’une année"),
        (("31", "2", "2027"), "n’existe pas"),
    ],
)
def test_a_day_that_cannot_be(clean_world: World, day: tuple[str, str, str], words: str) -> None:
    page = clean_world.desk().open(AWAY)
    names = ("until-day", "until-month", "until-year")
    answer = absence(page).fill(**dict(zip(names, day, strict=True))).submit()
    assert answer.status == 422
    assert words in answer.text
    assert tuple(absence(answer).values[name] for name in names) == day
    assert clean_world.count("absence") == 0


def test_only_a_lead_says_it_of_others(clean_world: World) -> None:
    colleague = clean_world.caseworker()
    ordinary, lead = clean_world.desk(), clean_world.desk(roles=[Role.TEAM_LEAD])
    for desk, status in ((ordinary, 422), (lead, 200)):
        page = desk.open(AWAY)
        form = absence(page)
        form.force(**{"whose": str(colleague.id), "until-day": "20", "until-month": "11", "until-year": "2026"})
        assert form.submit().status == status
    assert clean_world.count("absence") == 1
    token = absence(ordinary.open(AWAY)).values["csrf_token"]
    assert ordinary.post(AWAY, {"csrf_token": token, "back": str(colleague.id)}).status == 404
    assert ordinary.post(AWAY, {"csrf_token": token, "back": "x"}).status == 404


@pytest.mark.parametrize("demands", [1, 31])
def test_it_asks_as_often_for_many_lines(clean_world: World, demands: int) -> None:
    for _ in range(demands):
        ask(clean_world, clean_world.adult(clean_world.announce()), RequestKind.URGENT)
    desk = clean_world.desk()
    desk.open(BOARD)
    with counted(desk.app.extensions["kit"]) as cost:
        desk.open(BOARD)
    assert len(cost.statements) <= STATEMENTS, "\n".join(cost.statements)
    assert not cost.twice
    assert cost.transactions == 1
    assert not cost.opened


def test_the_title_and_the_address_name_nobody(clean_world: World) -> None:
    announced = clean_world.announce()
    desk = clean_world.desk()
    page = desk.open(BOARD)
    after = give(page, values(page), "nobody")
    for text in (page.title, after.title, *after.links()):
        assert announced.reference not in text
        assert "Dupont" not in text


def test_what_was_given_is_said_once(clean_world: World) -> None:
    clean_world.announce()
    desk = clean_world.desk()
    page = desk.open(BOARD)
    whom = next(one.get("value") or "" for one in assigning(page).named("assignee")[0].iter() if one.get("value"))
    page = give(page, values(page), whom)
    assert "Lignes attribuées : 1" in page.text
    assert "Lignes attribuées" not in desk.open(page.path).text
