"""Words that fit who reads them: a helper, somebody whom nobody can reach, somebody who left a field empty."""

from __future__ import annotations

import pytest

from portal.domain.demand import Person
from tests.pages.browser import Page
from tests.pages.world import World


def filed(world: World, **answers: str | bool) -> Page:
    form = world.browser().open("/fr/demand/new").form("/demand/new").fill(**answers)
    return form.submit().form("/demand/new").submit()


def test_the_code_belongs_to_the_person_and_not_to_the_helper(clean_world: World) -> None:
    page = filed(clean_world, on_behalf="other", helper_name="Paul Fux", name="Ana Rey")
    slip = page.find("slip")
    assert slip is not None
    said = " ".join("".join(slip.itertext()).split())
    assert "Pour cette personne seulement" in said
    assert "Ana Rey" in said
    assert "Donnez-le à cette personne et à personne d’autre" in said
    assert "Pour vous seulement" not in page.text
    assert "Ne le donnez à personne" not in page.text


def test_one_s_own_code_is_one_s_own(clean_world: World) -> None:
    page = filed(clean_world, name="Ana Rey")
    assert "Annonce pour : Ana Rey" in page.text
    assert "Ne le donnez à personne" in page.text
    assert "Pour cette personne seulement" not in page.text


def test_whom_nobody_can_reach_comes_to_the_desk(clean_world: World) -> None:
    page = filed(clean_world, name="Ana Rey", unreachable=True)
    assert "Vous passez au guichet" in page.text
    assert "Le centre vous contacte" not in page.text
    assert "Le centre vous contacte" in filed(clean_world, name="Béa Rey", phone="079 555 01 02").text
    assert "Vous passez au guichet" in filed(clean_world, name="Céa Rey").text  # no way was given, and no box ticked
    dossier = clean_world.visit(clean_world.announce(Person("Ana Rey", unreachable=True))).open("/fr/dossier")
    assert "Le centre vous contacte" not in dossier.text


@pytest.mark.parametrize(
    ("reference", "code", "field"), [("", "", "reference"), ("VS-1", "", "code"), (" ", "1234", "reference")]
)
def test_an_empty_sign_in_says_what_is_missing(clean_world: World, reference: str, code: str, field: str) -> None:
    page = clean_world.browser().open("/fr/sign-in").form("/sign-in").fill(reference=reference, code=code).submit()
    assert (page.status, page.summary()) == (422, [field])
    assert "Il faut la référence et le code d’accès, les deux." in page.text
    assert "ne vont pas ensemble" not in page.text
    assert clean_world.count("limit_counter") == 0  # an empty form is no try


@pytest.mark.parametrize(("reference", "code", "field"), [("", "", "reference"), ("VS-1", "", "check_code")])
def test_an_empty_check_says_what_is_missing(clean_world: World, reference: str, code: str, field: str) -> None:
    form = clean_world.browser().open("/fr/verify").form("/verify")
    page = form.fill(reference=reference, check_code=code).submit()
    assert (page.status, page.summary()) == (422, [field])
    assert "Il faut la référence et le code de contrôle, les deux." in page.text
    assert "ne peut pas être confirmé" not in page.text


def test_errors_lead_straight_back_to_the_check(clean_world: World) -> None:
    page = clean_world.browser().open("/fr/demand/new").form("/demand/new").fill(name="Ana", phone="12").submit()
    assert page.status == 422
    (form,) = [one for one in page.root.iter("form") if one.get("id") == "demand-form"]
    assert form.get("data-keep") == "edit"
