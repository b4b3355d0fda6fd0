"""A new colleague: invited by the administrator, signed in for the first time, at work in the own region, out at once."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.hands import Hands
from tests.browser.launch import DESK, PHONE
from tests.browser.test_journey_staff import sign_in
from tests.browser.world import VISP, World


def test_from_the_invitation_to_the_end_of_the_access(open_page: OpenPage, world: World) -> None:
    world.file(world.somebody())
    world.file(world.somebody(commune=VISP))
    sara, eva = open_page(**DESK), open_page(**PHONE)
    sign_in(eva, "eva.demo")
    Hands(eva, "fr").heading("Espace des centres")
    expect(eva.locator("main")).to_contain_text("Ce compte n’est pas inscrit au portail.")

    sign_in(sara, "sara.demo")
    Hands(sara, "fr").heading("Accès au guichet")
    expect(sara.locator("main")).not_to_contain_text("Odette Rey")
    sara.get_by_role("link", name="Inviter quelqu’un").click()
    sara.get_by_label("Nom", exact=True).fill("Eva Demo")
    sara.get_by_label("E-mail au service de connexion").fill("eva.demo@example.ch")
    sara.get_by_label("Accueil", exact=True).check()
    sara.get_by_label("Région").select_option("sierre")
    sara.get_by_role("button", name="Envoyer l’invitation").click()
    expect(sara.locator("main")).to_contain_text("eva.demo@example.ch")

    sign_in(eva, "eva.demo")
    expect(eva.locator("h1")).to_contain_text("Sierre")
    expect(eva.locator("tbody tr")).to_have_count(1)  # Visp is another centre's
    eva.goto("/staff/people")
    Hands(eva, "fr").heading("Cette page n’est pas pour votre fonction")

    sara.goto("/staff/people")
    sara.get_by_role("link", name="Eva Demo").click()
    sara.locator("details.tool", has_text="Terminer l’accès").locator("summary").click()
    sara.get_by_role("button", name="Terminer l’accès maintenant").click()
    expect(sara.locator("main")).to_contain_text("Toutes ses sessions sont fermées.")
    expect(sara.locator("tbody tr", has_text="Eva Demo")).to_contain_text("Accès terminé")
    eva.goto("/staff/")
    expect(eva).to_have_url(re.compile("/staff/sign-in$"))
    sign_in(eva, "eva.demo")
    expect(eva.locator("main")).to_contain_text("Ce compte n’est pas inscrit au portail.")
