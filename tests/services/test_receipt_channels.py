"""The words of a receipt fit how the contact came, and how the person can be reached."""

from __future__ import annotations

import pytest

from portal.domain.demand import Channel, Person
from tests.clock import local
from tests.pages.world import SIERRE, UNSURE, World
from tests.services.papers import ANA, on_file, receipt

DOUBT = ("Nous ne savons pas si une annonce en ligne suffit.", "téléphonez aussi au centre")
FILED = "Nous avons enregistré votre annonce à cette date"
MEETING = "Le centre vous contacte pour un premier entretien."


@pytest.mark.parametrize(
    ("channel", "who"),
    [
        (Channel.PHONE, "Le centre"),
        (Channel.WALK_IN, "Le centre"),
        (Channel.LETTER, "Le centre"),
        (Channel.COMMUNE, "La commune"),
    ],
)
def test_a_contact_that_staff_recorded(clean_world: World, channel: Channel, who: str) -> None:
    view = on_file(clean_world, channel, local("2026-11-06 00:00"))
    paper = receipt(clean_world, view)
    assert "vendredi, 6 novembre 2026" in paper
    assert (
        f"{who} a reçu le premier contact à cette date. Le centre l’a enregistré le mardi, 10 novembre 2026." in paper
    )
    assert "Le centre voit votre demande." in paper
    for untrue in (*DOUBT, FILED):
        assert untrue not in paper


def test_every_possible_centre_sees_it(clean_world: World) -> None:
    paper = receipt(clean_world, on_file(clean_world, Channel.WALK_IN, commune=UNSURE))
    assert "Chaque centre possible voit votre demande, jusqu’à ce qu’un centre la prenne." in paper
    assert "Le centre voit" not in paper


def test_an_announcement_online_keeps_its_words(clean_world: World) -> None:
    paper = receipt(clean_world, on_file(clean_world))
    for said in (*DOUBT, FILED, "Date de votre annonce", "Par quel moyen En ligne", MEETING):
        assert said in paper, said
    assert "correction" not in paper


@pytest.mark.parametrize(
    ("commune", "said"),
    [
        (SIERRE, "Passez au guichet avec votre référence. Votre guichet : "),
        (UNSURE, "Passez au guichet d’un centre, avec votre référence."),
    ],
)
def test_who_cannot_be_reached_is_sent_to_the_desk(clean_world: World, commune: int, said: str) -> None:
    paper = receipt(clean_world, on_file(clean_world, person=Person("Ana Rey", unreachable=True), commune=commune))
    assert said in paper
    assert "vous contacte" not in paper
    assert MEETING in receipt(clean_world, on_file(clean_world, person=ANA, commune=commune))
