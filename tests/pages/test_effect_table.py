"""`components/effect_table.html`: a real table, each difference in words, each line with its rule and its source."""

from __future__ import annotations

import pytest
from flask import g, render_template_string
from lxml import html

from portal.domain.changes.change import Change
from portal.domain.changes.kinds import ChangeKind
from portal.factory import create_app
from portal.services.reports.looked import EffectText
from portal.services.reports.looking import what_it_does
from tests.changes import TODAY, change, single, with_changes
from tests.pages.world import World

PAGE = """{% from "components/effect_table.html" import effect_table, effect_beside %}
<main>{{ effect_table(effect) }}{{ effect_beside(effect, lang) }}</main>"""
JOB = change(ChangeKind.NEW_JOB, "2026-05-01", amount="2000.00", payday="month_end")
BIRTH = change(ChangeKind.CHILD_BORN, "2026-05-14", "k1", name="<b>Lina</b>")


def shown(world: World, effect: EffectText, language: str = "fr") -> html.HtmlElement:
    app = create_app(world.settings("citizen"), world.clock)
    with app.test_request_context(f"/{language}/"):
        g.lang = language
        return html.fromstring(render_template_string(PAGE, effect=effect, lang=language))


def looked(*changes: Change, language: str = "fr") -> EffectText:
    before = single()
    return what_it_does(before, with_changes(before, changes), changes, language, TODAY)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00a0", " ").split())


def test_each_month_stands_in_a_real_table(world: World) -> None:
    page = shown(world, looked(JOB))
    (table,) = page.iter("table")
    assert words(table.find("caption")) == "Aide estimée par mois, sans et avec le changement"
    assert [words(head) for head in table.findall(".//thead//th[@scope='col']")] == [
        "Mois",
        "Sans",
        "Avec",
        "Différence",
    ]
    rows = table.findall("tbody/tr")
    assert [words(row.find("th[@scope='row']")) for row in rows] == [
        "mai 2026",
        "juin 2026",
        "juillet 2026",
        "août 2026",
    ]
    assert [words(cell.find("div")) for cell in rows[0].findall("td")] == [
        "de CHF 1’897 à CHF 1’961",
        "de CHF 1’897 à CHF 1’961",
        "pas de changement",
    ]
    assert [words(cell.find("div")) for cell in rows[1].findall("td")] == [
        "de CHF 1’897 à CHF 1’961",
        "de CHF 0 à CHF 661",
        "entre CHF 1’236 et CHF 1’961 de moins",
    ]


def test_the_lines_of_months_that_read_alike_stand_once(world: World) -> None:
    page = shown(world, looked(JOB))
    groups = [one for one in page.iter("details") if "Ligne par ligne" in words(one.find("summary"))]
    assert [words(one.find("summary")) for one in groups] == [
        "Ligne par ligne : mai 2026",
        "Ligne par ligne : juin, juillet, août 2026",
    ]
    (line,) = groups[1].findall(".//details[@data-line='earnings']")
    assert "month_end_wage" in line.get("data-source")
    assert "de CHF 1’300 à CHF 2’000" in words(line.find("summary"))
    assert "Un salaire versé à la fin du mois compte pour le mois suivant." in words(line)
    assert "Aucune ligne ne change." in words(groups[0])


def test_every_amount_says_where_it_comes_from(world: World) -> None:
    page = shown(world, looked(JOB, BIRTH))
    for element in page.iter():
        if isinstance(element.tag, str) and "CHF" in (element.text or "") + (element.tail or ""):
            marked = [
                one for one in (element, *element.iterancestors()) if one.get("data-source") or one.get("data-not-law")
            ]
            assert marked, words(element)


def test_a_month_with_two_figures_says_why(world: World) -> None:
    page = shown(world, looked(BIRTH))
    (note,) = page.findall(".//div[@data-source='household_change_month']")
    assert "mai 2026" in words(note)
    assert "La fourchette contient les deux calculs." in words(note)


def test_what_stands_beside_the_figures(world: World) -> None:
    text = words(shown(world, looked(BIRTH)))
    assert "Un changement dans le ménage est à annoncer sans attendre." in text
    assert "Allocations familiales" in text
    asylum = words(shown(world, looked(change(ChangeKind.PERMIT_CHANGED, "2026-05-01", permit="n"))))
    assert "Pour vous, c’est l’Office de l’asile" in asylum
    assert "pas de montant affiché" in asylum


def test_a_name_is_never_markup(world: World) -> None:
    page = shown(world, looked(BIRTH))
    assert not list(page.iter("b"))


@pytest.mark.parametrize("language", ["de", "en", "pt", "ar"])
def test_every_language_has_the_same_rows(world: World, language: str) -> None:
    page = shown(world, looked(JOB, language=language), language)
    assert len(page.findall(".//tbody/tr")) == len(looked(JOB).months)
