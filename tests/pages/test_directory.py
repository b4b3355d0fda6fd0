"""Which centre, which office: what is known is shown, what is not is said, and nothing unsure looks sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from flask import Flask

from portal.domain.directory import Certainty
from portal.factory import create_app
from portal.i18n.languages import CODES
from portal.i18n.office_words import NEEDS, WITHHELD, groups
from portal.law import directory
from tests.browser.directory_cases import NEW_VISP, next_year, numbered
from tests.pages.browser import Browser, Page
from tests.pages.checks import text_of
from tests.pages.world import World

UNKNOWN = "Ce portail ne connaît pas encore le numéro de votre centre."
OLD = "Ce numéro vient d’une source ancienne."
HOURS = "Nous ne connaissons pas les heures d’ouverture."
PROBABLY = "C’est probablement ce centre."
CHECK = "Ces indications sont à vérifier."
SEVERAL = "Plusieurs centres peuvent être responsables."


def asked(world: World, commune: str, language: str = "fr") -> Page:
    return world.browser(language).open(f"/{language}/centres?commune={quote(commune)}")


def answer(page: Page) -> str:
    found = page.find("answer")
    return text_of(found) if found is not None else ""


@pytest.mark.parametrize(
    ("commune", "seen", "unseen"),
    [
        ("6297", ("027 922 30 20", "Überbielstrasse, Visp", OLD, HOURS, CHECK), (UNKNOWN, SEVERAL, PROBABLY)),
        ("6248", ("CMS de Sierre", UNKNOWN, "www.cms-smz.ch", HOURS, PROBABLY), (OLD, SEVERAL)),
        ("6266", ("CMS de Sion", UNKNOWN), (PROBABLY, SEVERAL)),
        ("6219", ("CMS Bas-Valais", "CMS Martigny", SEVERAL), (PROBABLY,)),
    ],
)  # fmt: skip
def test_a_commune_leads_to_its_centre(
    world: World, commune: str, seen: tuple[str, ...], unseen: tuple[str, ...]
) -> None:
    page = asked(world, commune)
    assert page.status == 200
    said = answer(page)
    assert [text for text in seen if text not in said] == []
    assert [text for text in unseen if text in said] == []


def test_every_commune_of_today_has_an_answer_with_the_centre_that_the_data_name(world: World) -> None:
    browser = world.browser()
    for commune in directory.communes(world.clock.now().date())[::9]:
        said = answer(browser.open(f"/fr/centres?commune={commune.bfs_number}"))
        regions = [directory.region(region).name_fr for region in commune.candidate_regions]
        names = regions if len(regions) > 1 else [directory.antenna(commune.antenna).name_fr, regions[0]]
        assert any(name in said for name in names), commune.name


@pytest.mark.parametrize("name", ["Sion", "sion", " SITTEN ", "Visp", "Viège", "viege"])
def test_a_whole_name_does_as_well_as_a_number(world: World, name: str) -> None:
    page = asked(world, name)
    assert page.status == 200
    assert any(word in answer(page) for word in ("CMS de Sion", "SMZ Oberwallis"))


@pytest.mark.parametrize(
    ("commune", "said"),
    [
        ("", "Choisissez d’abord votre commune."),
        ("   ", "Choisissez d’abord votre commune."),
        ("Lausanne", "« Lausanne » n’est pas une commune du Valais."),
        ("5586", "« 5586 » n’est pas une commune du Valais."),
        ("0", "« 0 » n’est pas une commune du Valais."),
        ("-1", "« -1 » n’est pas une commune du Valais."),
        ("٦٢٤٨", "n’est pas une commune du Valais."),
        ("<b>x</b>", "« <b>x</b> » n’est pas une commune du Valais."),
        ("9" * 400, "« " + "9" * 80 + " » n’est pas une commune du Valais."),
        ("s", "« s » n’est pas une commune du Valais."),
    ],
)
def test_odd_input_is_said_and_the_question_stays(world: World, commune: str, said: str) -> None:
    page = asked(world, commune)
    assert page.status == 422
    summary = page.find("error-summary")
    assert summary is not None
    assert said in text_of(summary)
    assert page.title.startswith("Erreur :")
    assert answer(page) == ""
    assert page.form("/centres").named("commune")


def test_what_was_typed_in_the_box_and_names_no_commune_is_said(world: World) -> None:
    page = world.browser().open("/fr/centres?commune_typed=Paris&commune=")
    assert page.status == 422
    assert "« Paris » n’est pas une commune du Valais." in page.text
    assert "Sion" in answer(world.browser().open("/fr/centres?commune_typed=sitten&commune="))


def test_two_answers_to_one_question_do_no_harm(world: World) -> None:
    assert "CMS de Sierre" in answer(world.browser().open("/fr/centres?commune=6248&commune=6297"))


def test_without_a_question_the_regions_stand_there_and_the_form_works_without_a_script(world: World) -> None:
    page = world.browser().open("/fr/centres")
    assert page.status == 200
    assert all(region.name_fr in page.text for region in directory.regions())
    found = page.form("/centres").fill(commune="6248").submit()
    assert found.path.partition("?")[0] == "/fr/centres"
    assert "CMS de Sierre" in answer(found)


def test_who_does_not_know_the_commune_gets_the_general_way(world: World) -> None:
    page = asked(world, "unknown")
    assert page.status == 200
    assert "Allez à la commune la plus proche." in page.text
    assert answer(page) == ""


def test_the_choice_goes_along_to_another_language(world: World) -> None:
    page = asked(world, "6297")
    assert "/de/centres?commune=6297" in page.links()
    assert "Sozialdienst, Visp" in answer(asked(world, "6297", "de"))


def test_a_commune_that_merged_says_so_and_keeps_its_centre(world: World) -> None:
    with next_year(None):  # type: ignore[arg-type]
        said = answer(asked(world, "6004"))
    assert "Depuis le 01.01.2027, cette commune fait partie de : " in said
    assert "SMZ Oberwallis" in said
    assert "Depuis" not in answer(asked(world, "6004"))


def test_a_commune_of_the_past_or_of_the_future_is_named_as_such(world: World) -> None:
    with numbered(date(2027, 1, 1)):
        gone = asked(world, "6297")
        assert "6297" not in [option.get("value") for option in gone.root.iter("option")]
        assert "SMZ Oberwallis" in answer(asked(world, str(NEW_VISP)))
    assert gone.status == 422
    assert "n’existe plus. Elle fait partie de : Viège." in gone.text
    with numbered(date(2026, 12, 31)):
        early = asked(world, str(NEW_VISP))
    assert early.status == 422
    assert "existe seulement dès le 01.01.2027." in early.text


@pytest.fixture
def cut_off(world: World) -> Flask:
    """The citizens' portal while its database cannot be reached."""
    return create_app(world.settings("citizen", database_url="postgresql://nobody@127.0.0.1:1/none"), world.clock)


@pytest.mark.parametrize("path", ["/fr/centres", "/ar/centres?commune=6248", "/de/offices"])
def test_where_to_go_needs_no_database(cut_off: Flask, path: str) -> None:
    assert Browser(cut_off).open(path).status == 200


@pytest.mark.parametrize("language", CODES)
def test_every_office_stands_there_with_what_may_be_shown_and_no_more(world: World, language: str) -> None:
    page = world.browser(language).open(f"/{language}/offices")
    ids = [one for group in NEEDS.values() for one in group]
    assert sorted([*ids, *WITHHELD]) == sorted(office.id for office in directory.offices())
    for office in directory.offices():
        section = page.find(f"office-{office.id}")
        assert (section is None) == (office.id in WITHHELD), office.id
        if section is None:
            assert office.phone not in text_of(page.main).split()
            continue
        said = text_of(section)
        calls = [link.get("href") for link in section.iter("a") if (link.get("href") or "").startswith("tel:")]
        sure = office.confidence is not Certainty.LOW
        assert office.name_in(language) in said
        assert calls == ([f"tel:{office.phone.replace(' ', '')}"] if office.phone and sure else [])
        if office.address:
            places = [text_of(one) for one in section.iter("bdi")]
            assert (office.address in places) == (sure and office.address_public), office.id
        if office.opening_hours:
            assert (office.opening_hours in said) == sure


def test_what_is_not_sure_is_said_beside_it(world: World) -> None:
    page = world.browser().open("/fr/offices")

    def said(office: str) -> str:
        found = page.find(f"office-{office}")
        assert found is not None
        return text_of(found)

    for office in directory.offices():
        if office.id not in WITHHELD:
            assert ("À vérifier" in said(office.id)) == (office.confidence is Certainty.LOW), office.id
    assert "027 606 73 10" not in page.text, "a number of 2015"
    assert "(adresse à vérifier)" in said("croix-rouge")
    assert "(adresse à vérifier)" not in said("interpretes-romand")
    for group in groups("fr"):
        for shown in group.offices:
            medium = directory.office(shown.id).confidence is Certainty.MEDIUM and shown.phone and shown.phone_confirmed
            assert ("(numéro à vérifier)" in said(shown.id)) == bool(medium), shown.id
    assert "(numéro à vérifier)" in said("lavi")
    assert "(numéro à vérifier)" in said("spm")
    assert "(adresse web à vérifier)" in said("main-tendue-143")
    assert "(adresse web à vérifier)" not in said("lavi")
    assert "Nous n’avons trouvé ni numéro ni adresse à montrer." in said("fava")
    assert "Districts : Conches, Rarogne oriental, Brigue" in said("apea-brigue")


def test_a_protected_address_or_an_unsure_number_never_leaves_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the protected address, or a number that nobody confirmed, ever written into the file."""
    offices = {office.id: office for office in directory.offices()}
    offices["fava"] = replace(offices["fava"], address="Rue Secrète 1", phone="027 000 00 00", phone_confirmed=False)
    offices["caisse-chomage"] = replace(offices["caisse-chomage"], phone="027 111 11 11", address="Rue 2")
    monkeypatch.setattr(directory, "_offices", lambda: offices)
    shown = {office.id: office for group in groups("fr") for office in group.offices}
    assert (shown["fava"].address, shown["fava"].phone_confirmed) == (None, False)
    assert (shown["caisse-chomage"].phone, shown["caisse-chomage"].address) == (None, None)


def test_the_urgent_page_leads_to_both(world: World) -> None:
    links = world.browser().open("/fr/urgent").links()
    assert {"/fr/centres", "/fr/offices"} <= set(links)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_names_and_addresses_stand_there_once_even_with_a_second_language(world: World, language: str) -> None:
    page = world.browser().open(f"/{language}/offices?beside=fr")
    assert page.classed("beside-other")
    for group in groups("fr"):
        for office in group.offices:
            section = page.find(f"office-{office.id}")
            assert section is not None
            said = [text_of(one) for one in section.iter("bdi") if one.get("lang")]
            for fact in (office.name, office.address, office.opening_hours):
                assert said.count(fact or "") == (1 if fact else 0), (office.id, fact)
