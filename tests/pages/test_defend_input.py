"""Dates and texts that cannot be: said at their field, with everything kept; and what no browser sends."""

from __future__ import annotations

import pytest

from tests.pages.defending import NAME, TODAY, day, form_of
from tests.pages.world import World


@pytest.fixture(autouse=True)
def on_day_31(world: World) -> None:
    world.clock.set(TODAY)


@pytest.mark.parametrize(
    ("dates", "faulty", "sentence"),
    [
        ({"notified": "22.11.2026"}, {"notified_day"}, "Cette date est dans le futur."),
        ({"notified": "30.6.2021"}, {"notified_day"}, "une autre loi s’appliquait"),
        ({"notified": "30.2.2026"}, {"notified_day"}, "Cette date n’existe pas."),
        ({"notified": "0.0.0"}, {"notified_day"}, "Cette date n’existe pas."),
        ({"notified": "x.2.2026"}, {"notified_day"}, "Écrivez la date en chiffres."),
        ({"notified": "12..2026"}, {"notified_day"}, "Il manque le jour, le mois ou l’année."),
        ({"filed": "5.11.2026", "notified": "4.11.2026"}, {"notified_day"}, "ne peut pas être avant la demande"),
        ({"filed": "5.11.2026", "decided": "4.11.2026"}, {"decided_day"}, "ne peut pas être avant la demande"),
        ({"decided": "5.11.2026", "notified": "4.11.2026"}, {"notified_day"}, "arriver avant sa propre date"),
    ],
)
def test_a_wrong_date_is_said_at_its_field_and_everything_is_kept(
    world: World, dates: dict[str, str], faulty: set[str], sentence: str
) -> None:
    given = {key: part for name, text in dates.items() for key, part in day(name, text).items()}
    page = form_of(world.browser(), "refused").fill(name=NAME, words="Mes mots", **given).submit()
    assert page.status == 422
    assert page.faulty() >= faulty
    assert faulty <= set(page.summary())
    assert sentence in page.text
    again = page.form("/defend/refused")
    for name, value in {"name": NAME, **given}.items():
        assert again.named(name)[0].get("value") == value
    fixed = again.fill(**dict.fromkeys(given, "")).submit()
    assert fixed.status == 200
    assert NAME in fixed.text


def test_what_no_browser_sends(world: World) -> None:
    browser = world.browser()
    page = form_of(browser, "refused").force(commune="9999", reasons="nothing", how="x", language="zz").submit()
    assert page.status == 422
    assert "liste du Valais" in page.text
    long = form_of(browser, "refused").fill(name="x" * 201, words="y" * 4001, address="z" * 501).submit()
    assert long.status == 422
    assert {"name", "words", "address"} <= long.faulty()
    assert browser.open("/fr/defend/nothing").status == 404
    odd = form_of(browser, "refused").force(reasons="nothing", letter="nothing", _letter="x").submit()
    assert odd.status == 200


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_download_with_a_wrong_date_brings_the_form_back(world: World, ending: str) -> None:
    browser = world.browser()
    token = form_of(browser, "refused").named("csrf_token")[0].get("value") or ""
    data = {"csrf_token": token, "name": NAME, **day("notified", "1.1.2030")}
    page = browser.read(browser.send("POST", f"/fr/defend/refused/letter.{ending}", data=data))
    assert page.status == 422
    assert page.form("/defend/refused").named("name")[0].get("value") == NAME
