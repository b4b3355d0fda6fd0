"""What the check page showed is what is filed; anything else on that page is checked anew."""

from __future__ import annotations

import pytest

from portal.services.checked import open_checked, seal_checked
from tests.clock import ORDINARY_DAY
from tests.pages.browser import Form
from tests.pages.world import World

ANSWERS = {"name": "Léa Favre", "commune": "6248", "phone": "079 555 00 02"}


def check_form(world: World, **answers: str) -> Form:
    return (
        world.browser()
        .open("/fr/demand/new")
        .form("/demand/new")
        .fill(**ANSWERS, **answers)
        .submit()
        .form("/demand/new")
    )


def test_what_was_shown_is_filed(clean_world: World) -> None:
    form = check_form(clean_world)
    assert form.force(name="Someone Else", phone="x").submit().path == "/fr/demand/filed"
    assert clean_world.row("SELECT name, phone FROM adult") == ("Léa Favre", "+41 79 555 00 02")


@pytest.mark.parametrize("checked", ["", "x", "AAAA", "é", "A" * 4000])
def test_what_we_did_not_seal_is_checked_anew(clean_world: World, checked: str) -> None:
    form = check_form(clean_world)
    again = form.force(checked=checked, phone="12").submit()
    assert (again.status, clean_world.count("demand")) == (422, 0)
    assert again.form("/demand/new").values["phone"] == "12"
    assert form.force(checked=checked, phone=ANSWERS["phone"]).submit().path == "/fr/demand/filed"
    assert clean_world.count("demand") == 1


def test_it_holds_for_its_day_alone(clean_world: World) -> None:
    """The communes of one year are not those of the next."""
    clean_world.clock.set("2026-11-10 23:59")
    form = check_form(clean_world)
    clean_world.clock.set("2026-11-11 00:00")
    assert form.force(phone="12").submit().status == 422
    assert form.force(phone=ANSWERS["phone"]).submit().path == "/fr/demand/filed"
    clean_world.clock.set(ORDINARY_DAY)


def test_another_purpose_opens_nothing(clean_world: World) -> None:
    announced, day = clean_world.announce(), clean_world.clock.now().date()
    kit = clean_world.citizen
    sealed = seal_checked(kit, announced.view.announcement, day)
    assert open_checked(kit, sealed, day, "fr") == announced.view.announcement
    token = clean_world.browser().open("/fr/demand/new").form("/demand/new").values["filing_token"]
    assert open_checked(kit, token, day, "fr") is None


def test_a_latin_spelling_that_is_still_asked_for_is_not_sealed(clean_world: World) -> None:
    form = (
        clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(name="محمد").submit().form("/demand/new")
    )
    assert "checked" not in form.values
    assert form.fill(latin_name="Mohammed").submit().path == "/fr/demand/filed"
    assert clean_world.row("SELECT latin_name FROM adult") == ("Mohammed",)
