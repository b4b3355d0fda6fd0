"""The filed page names one centre only when one is known."""

from __future__ import annotations

import pytest

from tests.pages.world import World

ONE, SEVERAL = "le centre la voit", "Chaque centre possible la voit, jusqu’à ce qu’un centre la prenne."


@pytest.mark.parametrize(("commune", "said"), [("6248", ONE), ("6219", SEVERAL), ("unknown", SEVERAL)])
def test_who_sees_the_announcement(clean_world: World, commune: str, said: str) -> None:
    form = clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(name="Ana Rey", commune=commune)
    page = form.submit().form("/demand/new").submit()
    assert page.path == "/fr/demand/filed"
    assert [words for words in (ONE, SEVERAL) if words in page.text] == [said]
    assert "Nous ne savons pas si une annonce en ligne suffit." in page.text
