"""What a page without JavaScript lets people tick or write must never be dropped in silence."""

from __future__ import annotations

import pytest

from tests.pages.browser import Form
from tests.pages.world import World


@pytest.fixture
def form(clean_world: World) -> Form:
    """The filing form, with a name."""
    return clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(name="Ana Rey")


def test_a_ticked_need_is_an_urgent_request(clean_world: World, form: Form) -> None:
    form.fill(needs=["food"]).submit().form("/demand/new").submit()
    assert clean_world.count("demand") == 1
    assert clean_world.row("SELECT urgent_requested_at IS NOT NULL FROM demand") == (True,)


def test_a_need_beside_a_no_is_asked_about(clean_world: World, form: Form) -> None:
    page = form.fill(needs=["food"], urgent="no").submit()
    assert page.status == 422
    assert "Choisissez l’un ou l’autre" in page.text


def test_a_helper_beside_for_me_is_asked_about(clean_world: World, form: Form) -> None:
    page = form.fill(helper_name="Léa").submit()
    assert page.status == 422
    assert "Vous aidez quelqu’un" in page.text


@pytest.mark.parametrize("name", ["\u200e", "\u200b\u200d", "\u00a0"])
def test_a_name_that_shows_nothing_is_no_name(clean_world: World, form: Form, name: str) -> None:
    assert form.fill(name=name).submit().status == 422


def test_a_head_request_is_no_filing(clean_world: World) -> None:
    assert clean_world.citizen_app.test_client().head("/fr/demand/new").status_code == 200
