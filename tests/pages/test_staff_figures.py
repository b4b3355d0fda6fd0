"""Figures on the page and in the file for a spreadsheet: the same numbers, and none of one to four."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert

from portal.domain.figures import Household
from portal.domain.role import Role
from portal.models import FigurePeriod
from portal.services.figures import content_of, make_figures
from tests.pages.world import SIERRE, VISP, World


@pytest.fixture
def counted(clean_world: World) -> World:
    clean_world.clock.set("2026-08-05 10:00")
    for commune, count in ((SIERRE, 7), (VISP, 6)):
        for _ in range(count):
            clean_world.announce(commune=commune)
    clean_world.clock.set("2026-11-10 12:00")
    make_figures(clean_world.worker)
    return clean_world


def sheet_of(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_page_and_file_say_the_same(counted: World) -> None:
    desk = counted.desk(None, roles=[Role.FIGURES])
    page = desk.open("/staff/figures")
    assert page.status == 200
    assert "13" in page.text
    answer = desk.send("GET", "/staff/figures/figures.csv")
    assert answer.mimetype == "text/csv"
    rows = sheet_of(answer.data)
    assert rows[0] == ["Du", "Au", "Tableau", "Groupe", "Ménages"]
    assert rows[1] == ["2026-07-01", "2026-09-30", "Total", "", "13"]
    assert [row[4] for row in rows if row[2] == "Par région"] == ["7", "6"]
    assert all(row[3] in page.text for row in rows[2:])
    assert not [row for row in rows[1:] if 0 < int(row[4]) < 5]
    shown = [int(found) for found in re.findall(r'class="chart-count"[^>]*>(\d+)<', answer_text(desk))]
    assert sorted(shown) == sorted(int(row[4]) for row in rows[2:])


def answer_text(desk: object) -> str:
    return desk.send("GET", "/staff/figures").text  # type: ignore[attr-defined, no-any-return]


def test_a_lead_has_the_own_region_in_both(counted: World) -> None:
    desk = counted.desk("oberwallis", roles=[Role.TEAM_LEAD], language="de")
    assert "Die Gesuche Ihrer Region" in desk.open("/staff/figures").text
    rows = sheet_of(desk.send("GET", "/staff/figures/figures.csv").data)
    assert rows[1][4] == "6"
    assert not [row for row in rows if "Siders" in row[3] or "Sierre" in row[3]]


def test_without_a_closed_quarter_the_file_has_its_head_alone(clean_world: World) -> None:
    desk = clean_world.desk(None, roles=[Role.FIGURES])
    assert len(sheet_of(desk.send("GET", "/staff/figures/figures.csv").data)) == 1
    assert "Aucun trimestre n’est encore fermé" in desk.open("/staff/figures").text


SINCE, UNTIL = date(2026, 7, 1), date(2026, 10, 1)
OPEN = Household(SINCE, "sierre", SIERRE, "sierre", "online", "fr", None, None, None, None, False, None, False, {})
IN_TIME, WITHDRAWN = replace(OPEN, decided_on=SINCE), replace(OPEN, withdrawn_on=SINCE)


@pytest.mark.parametrize(
    ("some", "share"),
    [
        ([*[IN_TIME] * 6, *[OPEN] * 6], "50 %"),
        ([*[IN_TIME] * 6, *[OPEN] * 6, *[WITHDRAWN] * 12], "50 %"),
        ([*[IN_TIME] * 6, *[OPEN] * 3, *[replace(OPEN, withdrawn_on=UNTIL)] * 3, *[WITHDRAWN] * 6], "50 %"),
        ([*[IN_TIME] * 6, *[OPEN] * 5, *[replace(OPEN, decided_on=UNTIL)] * 1, *[WITHDRAWN] * 6], "50 %"),
        ([*[IN_TIME] * 6, *[OPEN] * 6, WITHDRAWN], "Au moins 46 %"),
        ([*[WITHDRAWN] * 6], "Pas connu, ou groupes trop petits"),
    ],
)
def test_who_withdrew_is_left_out_of_the_decisions_in_time(
    clean_world: World, some: list[Household], share: str
) -> None:
    """Where they are too few to be left out, the share is said as the least that it can be."""
    row = {"since": SINCE, "until": UNTIL, "made_at": clean_world.clock.now(), "content": content_of(some, SINCE)}
    with clean_world.worker.database.transaction() as session:
        session.execute(insert(FigurePeriod).values(**row))
    text = clean_world.desk(None, roles=[Role.FIGURES]).send("GET", "/staff/figures").text
    assert re.search(r"<dt>Décision dans les 30 jours</dt><dd>([^<]*)</dd>", text)[1] == share  # type: ignore[index]


@pytest.mark.parametrize("since", ["x", "2020-01-01", "2026-02-30"])
def test_a_period_that_there_is_not(counted: World, since: str) -> None:
    assert counted.desk(None, roles=[Role.FIGURES]).open(f"/staff/figures?since={since}").status == 404
