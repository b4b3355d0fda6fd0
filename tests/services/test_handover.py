"""What the slip of the hand-over holds of a household: every clock that runs for its adult."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.domain.case_request import RequestKind
from portal.domain.decision import Answers
from portal.domain.demand import filing_day
from portal.domain.document_request import Refusal, RequestState, other_key
from portal.i18n.formats import long_date
from portal.services.actor import Actor
from portal.services.decisions.own import own_decisions
from portal.services.desk import open_demand
from portal.services.document_requests import Note, note_at_desk
from portal.services.handover import make_handover
from tests.pages.paperwork import sent
from tests.pages.pdf import words
from tests.pages.world import Announced, World
from tests.services.deciding import decided
from tests.services.households import second_adult
from tests.services.papers import plain
from tests.services.test_households import merge
from tests.services.threads import ask

URGENT, DECISION = "Aide urgente : décision au plus tard", "Décision au plus tard"
APPEAL = "Dernier jour pour poster le recours"
AGAIN = "Nouvelle décision demandée, au plus tard, selon un texte ancien"


@pytest.fixture
def world(clean_world: World) -> World:
    return clean_world


@pytest.fixture
def actor(world: World) -> Actor:
    return world.caseworker("sierre")


def slip(world: World, announced: Announced) -> str:
    """What it says, read from the PDF."""
    return plain(words(make_handover(world.staff, announced.view, "0" * 16)))


def day(world: World, days: int) -> str:
    """So many days from now, as the slip says it."""
    return plain(long_date(filing_day(world.clock.now()) + timedelta(days=days), "fr"))


def test_urgent_help_and_a_new_decision_asked_for_in_the_thread_are_on_it(world: World) -> None:
    announced = world.announce()
    assert URGENT not in slip(world, announced)
    world.clock.forward(days=3)
    ask(world, world.adult(announced), RequestKind.REEXAMINATION)
    ask(world, world.adult(announced), RequestKind.URGENT)
    text = slip(world, announced)
    assert f"{URGENT} {day(world, 5)}" in text
    assert f"{AGAIN} {day(world, 30)}" in text
    assert text.index(URGENT) < text.index(DECISION) < text.index(AGAIN), "the nearest day first"


def test_urgent_help_asked_for_twice_on_a_day_is_said_once(world: World, actor: Actor) -> None:
    announced = world.announce(urgent=True)
    open_demand(world.staff, actor, announced.id)
    ask(world, world.adult(announced), RequestKind.URGENT)
    assert slip(world, announced).count(URGENT) == 1


def test_what_another_adult_asked_for_is_on_theirs(world: World) -> None:
    announced = world.announce()
    partner = second_adult(world, announced)
    ask(world, partner, RequestKind.URGENT)
    assert URGENT not in slip(world, announced)


def test_clocks_of_a_file_merged_into_this_one_are_on_it_with_its_reference(world: World, actor: Actor) -> None:
    first = world.announce()
    ask(world, world.adult(first), RequestKind.URGENT)
    urgent, decision = day(world, 5), day(world, 30)
    world.clock.forward(days=2)
    second = world.announce()
    merge(world, actor, second, first)
    text = slip(world, second)
    assert f"{URGENT} {urgent} · {first.reference}" in text
    assert f"{DECISION} {decision} · {first.reference}" in text
    assert f"{DECISION} {day(world, 30)}" in text
    assert second.reference not in slip(world, first), "each paper says what its own file began"


def test_the_last_day_to_appeal_is_on_it_until_it_has_passed(world: World) -> None:
    announced = world.announce()
    partner, both = second_adult(world, announced), (world.caseworker("sierre"), world.caseworker("sierre"))
    ask(world, partner, RequestKind.DECISION)
    assert APPEAL not in slip(world, announced)
    decided(world.staff, both, announced.view.dossier_id)
    decided(world.staff, both, announced.view.dossier_id, Answers.REQUEST)
    (shown,) = own_decisions(world.citizen, world.adult(announced))
    last = plain(long_date(shown.now.appeal.last_day, "fr"))
    text = slip(world, announced)
    assert f"{APPEAL} {last} · Décision du {day(world, 0)}" in text
    assert text.count(APPEAL) == 1, "what another adult asked for is on theirs"
    world.clock.forward(days=40)
    assert APPEAL not in slip(world, announced)


def note(world: World, announced: Announced, key: str, state: RequestState, days: int) -> None:
    """The centre refuses a paper, or asks for it, by a day."""
    wanted = filing_day(world.clock.now()) + timedelta(days=days)
    refusal = Refusal.UNREADABLE if state is RequestState.REFUSED else None
    said = Note(state, refusal=refusal, wanted_by=wanted)
    note_at_desk(world.staff, world.caseworker("sierre"), announced.view.dossier_id, key, said)


def test_what_was_refused_is_the_first_paper_to_bring_with_its_day(world: World, s3: object) -> None:
    """Of no item of the list too; and before any answer was sent."""
    announced = world.announce()
    letter = sent(world, world.adult(announced), None, title="La lettre du bailleur")
    note(world, announced, "account_iban@a", RequestState.TO_BRING, 12)
    note(world, announced, other_key(letter.id), RequestState.REFUSED, 9)
    note(world, announced, "lease", RequestState.REFUSED, 20)
    text = slip(world, announced)
    by = [day(world, days) for days in (9, 12, 20)]
    assert f"Papiers à remettre au plus tard {by[0]}" in text
    assert f"Papiers à apporter La lettre du bailleur · refusé, à apporter à nouveau · Jusqu’au {by[0]} " in text
    lease = text.index(f"Bail de votre logement · refusé, à apporter à nouveau · Jusqu’au {by[2]}")
    assert text.index(f" · Jusqu’au {by[1]}") < lease < text.index("Carte d’identité"), "the nearest day, then the list"


def test_a_refused_paper_of_another_adult_is_on_theirs(world: World, s3: object) -> None:
    announced = world.announce()
    letter = sent(world, second_adult(world, announced), None, title="Certificat de grossesse")
    note(world, announced, other_key(letter.id), RequestState.REFUSED, 9)
    assert "grossesse" not in slip(world, announced)
