"""A look into the file of another region: for a reason, for an hour, on one page; both leads and the person see it."""

from __future__ import annotations

import pytest

from portal.domain.glance import LASTS, MOST_TRIES, Reason
from portal.domain.role import Role
from portal.i18n.access_log import action_words
from portal.services import centre_log, glances, opening
from portal.services.access_log import access_page
from portal.services.actor import Actor, NotYoursError
from portal.services.at_desk import DeskPlace, head
from portal.services.glances import NothingToOpenError, TooManyTriesError, YoursError
from portal.services.households import acting
from portal.services.households.acting import Move
from portal.services.search import looking
from portal.services.search.ranking import Typed
from portal.services.staff import staff_sign_in
from tests.pages.world import Announced, World
from tests.services.on_paper import on_paper
from tests.services.threads import ask

WORDS = "À notre guichet, sans papiers"
SECRET = "a session"


@pytest.fixture
def world(clean_world: World) -> World:
    return clean_world


@pytest.fixture
def announced(world: World) -> Announced:
    return world.announce()


@pytest.fixture
def stranger(world: World) -> Actor:
    return world.caseworker("bas-valais", "stranger")


def glance(world: World, actor: Actor, reference: str, reason: Reason = Reason.AT_DESK, secret: str = SECRET) -> None:
    glances.open_glance(world.staff, actor, secret, reference, reason, WORDS)


def test_it_shows_the_file_for_an_hour_in_its_session(world: World, announced: Announced, stranger: Actor) -> None:
    with pytest.raises(NotYoursError):
        glances.look(world.staff, stranger, SECRET)
    glance(world, stranger, announced.reference)
    found, standing, _ = glances.look(world.staff, stranger, SECRET)
    assert (found.reference, standing.until) == (announced.reference, world.clock.now() + LASTS)
    for who, secret in ((stranger, "another session"), (world.caseworker("bas-valais"), SECRET)):
        with pytest.raises(NotYoursError):
            glances.look(world.staff, who, secret)
    world.clock.forward(minutes=LASTS.total_seconds() / 60)
    with pytest.raises(NotYoursError):
        glances.look(world.staff, stranger, SECRET)


def test_next_person_ends_it(world: World, announced: Announced, stranger: Actor) -> None:
    secret = staff_sign_in(world.staff, world.stack.oidc.issuer, "stranger", "fr", "test") or ""
    glance(world, stranger, announced.reference, secret=secret)
    fresh = opening.next_person(world.staff, stranger, secret)
    for one in (secret, fresh):
        assert (glances.standing(world.staff, stranger, one) is None) == (one == fresh)
    assert glances.standing(world.staff, stranger, fresh) is None


def test_it_gives_nothing_else(world: World, announced: Announced, stranger: Actor) -> None:
    glance(world, stranger, announced.reference)
    with pytest.raises(NotYoursError):
        head(world.staff, stranger, DeskPlace(announced.id))
    assert looking.look_up(world.staff, stranger, announced.reference).candidates == ()
    assert looking.look_for(world.staff, stranger, Typed("Jeanne Dupont", None, None)).candidates == ()
    with pytest.raises(NotYoursError):
        acting.close(world.staff, stranger, DeskPlace(announced.id), acting.Closing(acting.Why.DIED, WORDS), 0)


def test_the_first_opening_is_the_own_centres(world: World, stranger: Actor) -> None:
    """An alert of an urgent request goes on: who looks from elsewhere is not in charge."""
    announced = world.announce(urgent=True)
    glance(world, stranger, announced.reference, Reason.DANGER)
    glances.look(world.staff, stranger, SECRET)
    assert world.row("SELECT opened_at, urgent_opened_at FROM demand WHERE id = %s", announced.id) == (None, None)


def test_urgent_help_that_was_asked_for_since(world: World, announced: Announced, stranger: Actor) -> None:
    ask(world, world.adult(announced))
    glance(world, stranger, announced.reference, Reason.DANGER)
    (one,) = glances.look(world.staff, stranger, SECRET)[2]
    assert (one.stands, one.instant, one.clock.name) == (True, world.clock.now(), "urgent")


def test_both_leads_see_it_and_no_other(world: World, announced: Announced, stranger: Actor) -> None:
    glance(world, stranger, announced.reference)
    leads = {
        region: world.caseworker(region, roles=(Role.TEAM_LEAD,)) for region in ("sierre", "bas-valais", "oberwallis")
    }
    found = {region: glances.for_lead(world.staff, lead) for region, lead in leads.items()}
    assert found["oberwallis"] == ()
    for region in ("sierre", "bas-valais"):
        (one,) = found[region]
        assert (one.by, one.reference, one.reason, one.words) == (
            *("Name of stranger", announced.reference, Reason.AT_DESK, WORDS),
        )
        assert one.outside == (region == "sierre")
    log = centre_log.household_log(world.staff, leads["sierre"], DeskPlace(announced.id))[1]
    assert [line.action for line in log.lines if line.region == "bas-valais"] == ["glance:at-desk"]


@pytest.mark.parametrize("reason", Reason)
def test_the_person_reads_who_and_why(world: World, announced: Announced, stranger: Actor, reason: Reason) -> None:
    glance(world, stranger, announced.reference, reason)
    glances.look(world.staff, stranger, SECRET)
    lines = access_page(world.citizen, world.adult(announced)).accesses
    assert [(one.action, one.region) for one in lines[:2]] == [
        ("glance:read", "bas-valais"),
        (f"glance:{reason.value}", "bas-valais"),
    ]
    words = action_words(lines[1].action, "done", "fr", by_staff=True)
    assert "hors de votre région" in words
    assert "danger" not in words, "whoever reads along in the household may be the danger"


def test_what_is_not_there_and_what_is_ones_own(world: World, announced: Announced, stranger: Actor) -> None:
    with pytest.raises(NothingToOpenError):
        glance(world, stranger, "000-000-000-0")
    assert world.row("SELECT outcome FROM audit_event WHERE action = 'glance:try'") == ("refused",)
    with pytest.raises(YoursError):
        glance(world, world.caseworker("sierre"), announced.reference)
    with pytest.raises(ValueError, match="words"):
        glances.open_glance(world.staff, stranger, SECRET, announced.reference, Reason.DANGER, "")
    assert world.row("SELECT count(*) FROM file_glance") == (0,)


def test_nobody_goes_through_the_references(world: World, announced: Announced, stranger: Actor) -> None:
    for _ in range(MOST_TRIES):
        with pytest.raises(NothingToOpenError):
            glance(world, stranger, "000-000-000-0")
    with pytest.raises(TooManyTriesError):
        glance(world, stranger, announced.reference)


def test_who_works_on_no_files_opens_none(world: World, announced: Announced) -> None:
    for role in (Role.FIGURES, Role.ADMINISTRATOR):
        with pytest.raises(NotYoursError):
            glance(world, world.caseworker(None, roles=(role,)), announced.reference)


def test_a_file_on_paper_and_a_moved_one(world: World, announced: Announced, stranger: Actor) -> None:
    file = on_paper(world)
    glance(world, stranger, file.reference)
    assert glances.look(world.staff, stranger, SECRET)[0].on_paper
    acting.move(
        world.staff, world.caseworker("sierre"), DeskPlace(announced.id), Move("oberwallis", None, None), WORDS, 0
    )
    glance(world, world.caseworker("sierre", "before"), announced.reference, Reason.MOVES_HERE)
    assert world.row("SELECT regions FROM file_glance ORDER BY sequence DESC LIMIT 1") == (["oberwallis"],)
