"""The summary for the centre: one page in French or German, for the centre that took the demand and for nobody else."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest

from portal.domain.demand import Announcement, Channel
from portal.domain.demand import Person as Caller
from portal.domain.situation import read_situation
from portal.domain.situation.model import Person, Situation
from portal.i18n.situation.fields import field_name
from portal.services.filing import Contact, Filing, file_demand
from portal.services.summaries import summarise
from tests.browser.staff_summary_cases import ALONE, LARGE, NOTHING
from tests.domain.estimate_strategies import OPEN_TO
from tests.pages.world import SIERRE, World, visitor

SAID: dict[str, Any] = {
    "version": 1, "commune": SIERRE, "home": "rented", "rent": 1444, "eviction_threat": True, "accounts": "at_interview",
    "persons": [
        {"id": "a", "relation": "applicant", "name": "Ana Silva", "age": 40, "permit": "b", "permit_state": "valid",
         "activity": "part_time", "work_percent": 80, "civil_status": "separated", "pregnant": True,
         "incomes": [{"kind": "wage", "amount": 1234}]},
        {"id": "b", "relation": "partner", "age": 38, "permit": "swiss", "together_years": 1, "common_child": False,
         "activity": "seeking", "civil_status": "unknown"},
        {"id": "c", "relation": "child", "age": 39},
    ],
}  # fmt: skip


def demand(world: World, situation: dict[str, Any] | None = SAID, commune: int | None = SIERRE) -> uuid.UUID:
    """A demand on file with a situation, by somebody who used Portuguese."""
    announcement = Announcement(person=Caller(name="Jeanne Dupont"), language="pt", commune_bfs=commune)
    now = world.clock.now()
    token = uuid.uuid4().bytes * 2
    filing = Filing(announcement, Contact(Channel.ONLINE, now), token, None, situation=situation)
    assert file_demand(world.citizen, visitor(), filing, now)
    found = world.row("SELECT id FROM demand ORDER BY recorded_at DESC LIMIT 1")[0]
    assert isinstance(found, uuid.UUID)
    return found


def test_it_says_it_all_in_french(clean_world: World) -> None:
    world = clean_world
    page = world.desk("sierre").open(f"/staff/demands/{demand(world)}/summary")
    assert page.status == 200
    text = page.text.replace("\xa0", " ")
    for words in (
        "Jeanne Dupont", "Ana Silva", "Compte : fait la demande.", "À décider : compte si le couple est stable.",
        "années ensemble : 1", "enfant commun : non", "Salaire net : CHF 1’234 par mois", "CHF 1’444",
        "Risque de perdre le logement.", "Ana Silva : grossesse.",
        "Enfant 1, Ana Silva : moins de 12 ans entre l’enfant et le parent. Est-ce juste ?",
        "Dispense possible : travail régulier à 80 % ou plus.", "Aucun motif de dispense dans les réponses.",
        "RELIAS art. 18 al. 3, texte en vigueur jusqu’au 30.6.2021", "Ménage : Comptes et espèces", "Partenaire : État civil",
        "Enfant 1 : Nationalité ou permis", "Aide estimée par mois", "Rien n’est vérifié, rien n’est décidé.",
    ):  # fmt: skip
        assert words in text, words
    assert not re.search(r"\b[Vv]o(?:us|tre|s)\b", text), "it speaks of the person, not to them"


def test_it_is_in_german_for_a_german_desk(clean_world: World) -> None:
    world = clean_world
    place = f"/staff/demands/{demand(world)}/summary"
    page = world.desk("sierre", language="de").open(place)
    assert page.status == 200
    assert 'lang="de"' in page.body.decode()
    # The amounts are those of the French page; the words are not.
    assert "1’234" in page.text
    for french in (
        "Compte : fait la demande",
        "Dispense possible",
        "Risque de perdre le logement",
        "Nationalité suisse",
    ):
        assert french not in page.text.replace("\xa0", " "), french


def test_it_is_linked_from_the_demand_and_audited(clean_world: World) -> None:
    world = clean_world
    known = demand(world)
    desk = world.desk("sierre")
    assert f"/staff/demands/{known}/summary" in desk.open(f"/staff/demands/{known}").links()
    desk.open(f"/staff/demands/{known}/summary")
    with world.superuser() as connection:
        rows = connection.execute("SELECT outcome, region FROM audit_event WHERE action = 'summary:read'").fetchall()
    assert rows == [("done", "sierre")]
    # A look at the summary is not the opening that ends the waiting of an urgent request.
    assert world.row("SELECT count(*) FROM demand_event WHERE kind = 'opened'") == (1,)


def test_another_region_gets_nothing(clean_world: World) -> None:
    world = clean_world
    known = demand(world)
    page = world.desk("oberwallis").open(f"/staff/demands/{known}/summary")
    assert page.status == 404
    for secret in ("1’234", "1’444", "Ana", "Dupont"):
        assert secret not in page.text
    assert world.row("SELECT count(*) FROM audit_event WHERE action = 'summary:read' AND outcome = 'done'") == (0,)


def test_nobody_reads_amounts_before_a_centre_took_the_demand(clean_world: World) -> None:
    world = clean_world
    known = demand(world, commune=None)
    desk = world.desk("sierre")
    page = desk.open(f"/staff/demands/{known}/summary")
    assert (page.status, page.path) == (200, f"/staff/demands/{known}")
    for secret in ("1’234", "1’444", "Ana Silva", f"{known}/summary"):
        assert secret not in page.body.decode()
    page.form("/take").submit()
    assert "1’444" in desk.open(f"/staff/demands/{known}/summary").text


def test_without_answers_there_is_only_the_demand(clean_world: World) -> None:
    known = demand(clean_world, None)
    desk = clean_world.desk("sierre")
    assert desk.open(f"/staff/demands/{known}/summary").path == f"/staff/demands/{known}"
    assert f"{known}/summary" not in desk.open(f"/staff/demands/{known}").body.decode()


def test_a_name_is_never_markup(clean_world: World) -> None:
    person = {"id": "a", "relation": "applicant", "name": "<b>Ana</b>", "activity": "employed"}
    known = demand(clean_world, {"version": 1, "persons": [person]})
    page = clean_world.desk("sierre").open(f"/staff/demands/{known}/summary")
    assert "<b>Ana" not in page.body.decode()
    assert "&lt;b&gt;Ana" in page.body.decode()


@pytest.mark.parametrize("said", [LARGE, ALONE, NOTHING])
@pytest.mark.parametrize("language", ["fr", "de"])
def test_both_languages_say_the_same_things(clean_world: World, said: dict[str, Any], language: str) -> None:
    on = clean_world.clock.now().date()
    situation = read_situation(said, on)
    own, french = summarise(situation, on, language), summarise(situation, on, "fr")
    for part in ("persons", "figures", "urgent", "contradictions", "evaluations"):
        assert len(getattr(own, part)) == len(getattr(french, part)), part
    assert own.missing.unknown or own.missing.at_interview or said is ALONE
    assert [len(budget.needs) for budget in own.estimate.budgets] == [len(b.needs) for b in french.estimate.budgets]


def test_every_answer_that_may_be_missing_has_a_name() -> None:
    for name in OPEN_TO[Person]:
        assert field_name(f"persons.{name}", "fr")
    for name in OPEN_TO[Situation]:
        assert field_name(name, "de")
