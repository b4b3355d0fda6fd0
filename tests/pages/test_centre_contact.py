"""Whoever is told to phone the centre sees how, or that this portal does not know."""

from __future__ import annotations

import pytest

from tests.pages.world import World

UNKNOWN = "Ce portail ne connaît pas encore le numéro de votre centre."
OLD = "Ce numéro vient d’une source ancienne."


@pytest.mark.parametrize(
    ("commune", "seen", "unseen"),
    [
        ("6297", ("027 922 30 20", "Überbielstrasse, Visp", OLD), UNKNOWN),
        ("6248", ("CMS de Sierre", UNKNOWN, "www.cms-smz.ch"), OLD),
        ("unknown", (UNKNOWN, "www.cms-smz.ch"), OLD),
    ],
)
def test_how_to_reach_the_centre(clean_world: World, commune: str, seen: tuple[str, ...], unseen: str) -> None:
    form = clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(name="Léa Favre", commune=commune)
    filed = form.submit().form("/demand/new").submit()
    for text in seen:
        assert text in filed.text, text
    assert unseen not in filed.text
