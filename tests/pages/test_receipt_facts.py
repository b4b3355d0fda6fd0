"""The facts on the pages agree with the paper: date, channel, number and hash of one entry."""

from __future__ import annotations

import re

import pytest

from portal.domain.demand import Channel
from portal.services.desk import correct
from portal.services.filing import Contact
from tests.clock import local
from tests.pages.browser import Page
from tests.pages.pdf import words
from tests.pages.world import Announced, World


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand of the 10th of November 2026 at ten; three days later staff prove a call on the 29th of October."""
    announced = clean_world.announce()
    clean_world.clock.forward(days=3)
    contact = Contact(Channel.PHONE, local("2026-10-29 00:00"), time_known=False, reason="Note")
    correct(clean_world.staff, clean_world.caseworker("sierre"), announced.id, contact)
    return announced


def facts(page: Page) -> str:
    """What the page says, each part apart from the next."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.body.decode()).split())


def check(world: World, announced: Announced, page: Page) -> None:
    """Every fact of the correction, and the announcement as it came."""
    (digest,) = world.row("SELECT hash FROM filing_register WHERE kind = 'correction'")
    number, text = announced.view.register_sequence, facts(page)
    for said in (
        "Date du premier contact jeudi, 29 octobre 2026 Par quel moyen Par téléphone",
        "Correction enregistrée vendredi, 13 novembre 2026, 10:00",
        "Annonce reçue mardi, 10 novembre 2026, 10:00 Moyen de l’annonce En ligne",
        f"Registre : numéro de la correction {number + 1} Empreinte {digest.hex()}",
        f"Registre : numéro de l’annonce {number}",
    ):
        assert said in text, said
    assert announced.view.entry.hash.hex() not in text


def test_the_dossier_after_a_correction(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    check(world, announced, browser.open("/fr/dossier"))
    receipt = words(browser.open("/fr/dossier/receipts/filing.pdf").body)
    assert f"{announced.view.register_sequence + 1}" in receipt


def test_the_desk_after_a_correction(world: World, announced: Announced) -> None:
    check(world, announced, world.desk("sierre").open(f"/staff/demands/{announced.id}"))


def test_before_a_correction_they_are_the_announcements(clean_world: World) -> None:
    announced = clean_world.announce()
    text = facts(clean_world.visit(announced).open("/fr/dossier"))
    assert "Date de votre annonce mardi, 10 novembre 2026, 10:00 Par quel moyen En ligne" in text
    entry = announced.view.entry
    assert f"Registre des annonces, numéro {entry.sequence} Empreinte {entry.hash.hex()}" in text
    assert "Correction" not in text
    assert "Enregistré par le centre" not in text


def test_an_arabic_page_has_the_arabic_comma(clean_world: World) -> None:
    text = facts(clean_world.visit(clean_world.announce()).open("/ar/dossier"))
    assert "الثلاثاء، 10 نوفمبر 2026، 10:00" in text
