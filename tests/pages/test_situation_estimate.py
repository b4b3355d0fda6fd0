"""Who comes from an estimate is asked nothing twice: what it asked and was told is there, and its pages are not open."""

from __future__ import annotations

import re

import pytest

from portal.domain.situation.questions import pages
from portal.services.actor import Actor, ActorKind
from portal.services.situations import open_situation
from portal.views.names import filing_day
from tests.pages.browser import Browser
from tests.pages.estimates import EVERYBODY, FAMILY, SINGLE
from tests.pages.situations import ROOT
from tests.pages.test_estimate_to_demand import begun, checked, filed
from tests.pages.world import SIERRE, World

FULL = {"vehicles": "0", "insurances": "0", "claims": "0", "accounts": "3000"}
BIRTH = {"birth_day": "3", "birth_month": "4", "birth_year": "1986"}
NEVER_ASKED = {
    "civil-status": "the estimate asks how one lives together, not the civil status",
    "identity": "papers, of which the estimate knows nothing",
    "eviction": "urgency, of which the estimate knows nothing",
    "dismissal": "why work was lost matters for the papers only",
    "wage": "the estimate does not ask when a wage is paid",
    "insurance": "not in the estimate",
    "special": "not in the estimate",
    "alimony": "what is paid is not in the estimate",
    "children-elsewhere": "not in the estimate",
    "benefits": "not in the estimate",
    "account": "not in the estimate",
}
"""Pages whose questions the estimate never asks, and why they come now."""


def open_after(world: World, given: dict[str, str], **filing: str) -> tuple[list[str], Browser]:
    """The pages that are open after an estimate and its demand, in their order."""
    page = filed(checked(begun(world, given), **filing))
    page = page.browser.post("/fr/demand/filed/dossier", page.form("/sign-out").values)
    adult, dossier = world.row("SELECT id, dossier_id FROM adult")
    opened = open_situation(world.citizen, Actor(ActorKind.CITIZEN, "test", adult, dossier))
    on = filing_day(world.clock.now())
    situation = opened.draft.situation(on)
    return [one.key for one in pages(situation, on) if not one.answered(situation, opened.draft.done)], page.browser


def without(keys: list[str]) -> set[str]:
    """What is open though the estimate has questions about it."""
    return {key for key in keys if key.split("@")[0] not in NEVER_ASKED}


def test_somebody_alone(clean_world: World) -> None:
    found, _browser = open_after(clean_world, {**SINGLE, **FULL}, **BIRTH)
    assert without(found) == set()


def test_what_was_left_empty_in_the_estimate_is_open(clean_world: World) -> None:
    """Nothing said there is no answer; and the day of birth is more than the age that was said."""
    found, _browser = open_after(clean_world, SINGLE)
    assert without(found) == {"birth@a", "accounts", "vehicles", "other-wealth"}


def test_a_couple_with_children(clean_world: World) -> None:
    found, _browser = open_after(clean_world, {**FAMILY, **FULL}, **BIRTH)
    births = {"birth@b", "birth@c1", "birth@c2"}  # an age is no day of birth, and it has no names
    permits = {"permit@c1", "permit@c2"}  # only those of the adults are asked there
    assert without(found) == births | permits


def test_everybody(clean_world: World) -> None:
    found, _browser = open_after(clean_world, {**EVERYBODY, **FULL}, **BIRTH)
    births, permits = {"birth@b", "birth@c1", "birth@c2"}, {"permit@c1", "permit@c2"}
    assert without(found) == births | permits
    assert "couple@b" not in found, "since when was said in whole years"
    assert "training@c2" not in found


@pytest.mark.parametrize("debts", ["yes", "no", "unknown"])
def test_debts_are_asked_once(clean_world: World, debts: str) -> None:
    found, _browser = open_after(clean_world, {**SINGLE, "debts": debts})
    assert "debts" not in found


def test_a_commune_told_with_the_demand_is_not_asked(clean_world: World) -> None:
    found, _browser = open_after(clean_world, {**SINGLE, "commune": "unknown"}, commune=str(SIERRE))
    assert "commune" not in found
    draft = clean_world.row("SELECT adult.id, dossier_id FROM adult")
    opened = open_situation(clean_world.citizen, Actor(ActorKind.CITIZEN, "test", *draft))
    assert opened.draft.said["commune"] == SIERRE


def test_the_walk_shows_only_what_is_open(clean_world: World) -> None:
    found, browser = open_after(clean_world, {**SINGLE, **FULL}, **BIRTH)
    page = browser.open(ROOT)
    (link,) = [link for link in page.links() if re.search(r"/situation/[a-z-]+(/a)?$", link)][:1]
    seen = []
    page = browser.open(link)
    while not page.path.endswith("/check"):
        seen.append(page.path.removeprefix(f"{ROOT}/").replace("/", "@"))
        page = next(one for one in page.forms() if one.element.get("id") == "situation-form").submit()
        assert len(seen) < 40
    assert seen == found
    assert "900" in page.text, "the rent of the estimate is among the answers"
