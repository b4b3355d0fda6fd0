"""The page of the law: every parameter with its whole history, in every language, and nothing that sounds surer than it is."""

from __future__ import annotations

import gzip
from collections import Counter
from xml.etree.ElementTree import Element

import pytest

from portal.factory import create_app
from portal.i18n.languages import CODES
from portal.i18n.text import translator
from portal.law.parameters import definitions
from tests.pages.browser import Browser, Page
from tests.pages.checks import text_of
from tests.pages.world import World

MOST_BYTES = 60 * 1024


def law(world: World, language: str = "fr") -> Page:
    page = world.browser(language).open(f"/{language}/law")
    assert page.status == 200
    return page


def part(page: Page, name: str) -> Element:
    found = page.find(f"parameter-{name}")
    assert found is not None, name
    return found


@pytest.mark.parametrize("language", CODES)
def test_every_parameter_with_all_its_values_and_sources(world: World, language: str) -> None:
    page = law(world, language)
    assert page.lang == language
    for found in definitions():
        section = part(page, found.name)
        assert section.get("data-source") == found.name
        shown = [text_of(one) for one in section.iter() if one.get("class") == "law-source"]
        assert len(shown) == len(found.values), found.name
        for value, text in zip(found.values, shown, strict=True):
            assert " ".join(value.source.split()) in text, found.name
            assert (value.article or "") in text
        label = translator(language).gettext(found.label)
        assert text_of(next(section.iter("h3"))).split() == label.split()
    assert len(gzip.compress(page.body, 6)) < MOST_BYTES


def test_anchors_are_unique_and_the_contents_lead_there(world: World) -> None:
    page = law(world)
    ids = Counter(one.get("id") for one in page.root.iter() if one.get("id"))
    assert [name for name, times in ids.items() if times > 1] == []
    anchors = [link[1:] for link in page.links() if link.startswith("#topic-")]
    assert len(anchors) == len({found.topic for found in definitions()})
    assert all(anchor in ids for anchor in anchors)


def test_today_s_value_is_in_sight_and_older_ones_fold_away(world: World) -> None:
    section = part(law(world), "allowance_1")
    (folded,) = section.iter("details")
    assert folded.get("open") is None
    older = text_of(folded)
    assert "CHF 1’031 par mois" in older.replace("\u00a0", " ")
    assert "CHF 997 par mois" in older.replace("\u00a0", " ")
    assert "1’061" not in older
    assert "CHF 1’061 par mois" in text_of(section).replace("\u00a0", " ")
    assert older.index("1’031") < older.index("997"), "newest first"


def test_what_is_not_known_says_so_and_where_it_is(world: World) -> None:
    page = law(world)
    for found in definitions():
        if found.values[0].value is None and found.name != "centre_mandate":
            assert "Pas connu" in text_of(part(page, found.name)), found.name
            assert "Il manque" in text_of(part(page, found.name)), found.name
    rents = text_of(part(page, "rent_ceilings"))
    assert "directive du 1.1.2026" in rents
    assert "CHF" not in rents
    range_ = text_of(part(page, "earnings_allowance")).replace("\u00a0", " ")
    assert "CHF 0 à 700 par mois" in range_
    assert "Ce n’est pas un montant du Valais" in range_


def test_new_year_s_day_2027(world: World) -> None:
    before = text_of(part(law(world), "centre_mandate"))
    assert before.index("À venir") < before.index("Pas connu") < before.index("Annexe II, mandat")
    world.clock.set("2027-01-01 00:00:01")
    page = law(world)
    mandate = part(page, "centre_mandate")
    assert "À venir" not in text_of(mandate)
    assert "Annexe II, mandat" in text_of(next(mandate.iter("details")))
    allowance = text_of(part(page, "allowance_1"))
    assert "Une autre valeur est annoncée dès le 01.01.2027" in allowance
    assert "Pas confirmé" in allowance
    assert "01.01.2027" in text_of(page.main)


def test_no_database_is_needed(world: World) -> None:
    nowhere = world.settings("citizen", database_url="postgresql://nobody@127.0.0.1:1/none")
    page = Browser(create_app(nowhere)).open("/fr/law")
    assert (page.status, page.h1) == (200, "Les règles et leurs sources")


@pytest.mark.parametrize("language", CODES)
def test_the_footer_leads_there(world: World, language: str) -> None:
    assert f"/{language}/law" in world.browser(language).open(f"/{language}/").links()
