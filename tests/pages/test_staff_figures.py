"""Figures on the page and in the file for a spreadsheet: the same numbers, and none of one to four."""

from __future__ import annotations

import csv
import io
import re

import pytest

from portal.domain.role import Role
from portal.services.figures import make_figures
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


@pytest.mark.parametrize("since", ["x", "2020-01-01", "2026-02-30"])
def test_a_period_that_there_is_not(counted: World, since: str) -> None:
    assert counted.desk(None, roles=[Role.FIGURES]).open(f"/staff/figures?since={since}").status == 404
