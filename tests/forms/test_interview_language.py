"""The language for the interview follows the page until somebody chooses, and is not guessed for another person."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.factory import create_app
from tests.pages.browser import Browser, Form, Page
from tests.pages.world import World

STORED = "SELECT interview_language FROM adult"
NOWHERE = "postgresql://portal_citizen:x@127.0.0.1:1/portal"


def start(world: World, language: str = "fr") -> Form:
    return world.browser().open(f"/{language}/demand/new").form("/demand/new").fill(name="Ana Rey")


def shown(page: Page | Form) -> str:
    form = page if isinstance(page, Form) else page.form("/demand/new")
    return form.values["interview_language"]


def file(form: Form) -> None:
    assert form.submit().form("/demand/new").submit().path.endswith("/demand/filed")


def test_untouched_it_is_the_language_of_the_page(clean_world: World) -> None:
    file(start(clean_world, "pt"))
    assert clean_world.row(STORED) == ("pt",)


def test_untouched_it_follows_every_switch(clean_world: World) -> None:
    form = start(clean_world)
    for language in ("de", "ar", "pt"):
        form = form.switch(language).form("/demand/new")
        assert shown(form) == f"page:{language}"
    check = form.submit().form("/demand/new").switch("en")  # on the check page too
    assert "English" in check.text
    assert check.form("/demand/new").submit().path == "/en/demand/filed"
    assert clean_world.row(STORED) == ("en",)


@pytest.mark.parametrize("choice", ["fr", "ti", "other", ""])
def test_an_answer_stays_whatever_the_page(clean_world: World, choice: str) -> None:
    """Also the page's own language, when somebody chose it, and also no answer."""
    form = start(clean_world).fill(interview_language=choice).switch("de").form("/demand/new")
    assert shown(form) == choice
    file(form)
    assert clean_world.row(STORED) == (choice or None,)


def test_for_another_person_nothing_is_guessed(clean_world: World) -> None:
    check = start(clean_world).fill(on_behalf="other", helper_name="Léa").submit()
    assert "Français" not in " ".join(check.main.itertext())
    back = check.form("/demand/new").submit(("_edit", "talk"))
    assert shown(back) == ""
    assert shown(back.form("/demand/new").switch("de")) == ""
    check.form("/demand/new").submit()
    assert clean_world.row(STORED) == (None,)


def test_for_another_person_what_was_chosen_stands(clean_world: World) -> None:
    check = start(clean_world).fill(on_behalf="other", interview_language="fr").submit()
    check.form("/demand/new").submit()
    assert clean_world.row(STORED) == ("fr",)


def test_after_a_fault_it_is_still_untouched(clean_world: World) -> None:
    page = start(clean_world).fill(phone="12").submit()
    assert (page.status, shown(page)) == (422, "page:fr")
    assert shown(page.form("/demand/new").switch("de")) == "page:de"


@pytest.mark.parametrize("forced", ["page:xx", "page:", "page:page:fr", "page:fr\x00"])
def test_a_made_up_answer_counts_as_none(clean_world: World, forced: str) -> None:
    file(start(clean_world).force(interview_language=forced))
    assert clean_world.row(STORED) == (None,)


def test_what_a_proof_vouches_for_does_not_change(clean_world: World) -> None:
    """Else the desk would read that the answers are not those of the attempt."""
    cut_off: Flask = create_app(clean_world.settings("citizen", database_url=NOWHERE), clean_world.clock)
    form = Browser(cut_off).open("/fr/demand/new").form("/demand/new").fill(name="Ana Rey")
    tried = form.submit().form("/demand/new").submit()
    assert tried.status == 503
    other = tried.form("/demand/new").switch("de")
    browser = Browser(clean_world.citizen_app)
    browser.set_cookie("visit", other.browser.cookie("visit") or "")
    assert browser.post("/de/demand/new", other.form("/demand/new").values).path == "/de/demand/filed"
    assert clean_world.row("SELECT attempt_matches FROM demand") == (True,)
    assert clean_world.row(STORED) == ("fr",)


def test_at_the_desk_the_page_says_nothing_about_the_person(clean_world: World) -> None:
    page = clean_world.desk("sierre").open("/staff/demands/new")
    assert page.form("/demands/new").values["interview_language"] == ""
    page.form("/demands/new").fill(name="Ana Rey", channel="phone", language="pt").submit()
    assert clean_world.row(STORED) == (None,)
