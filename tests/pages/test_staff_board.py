"""The board: who sees which demand, in which order, and what every region must see."""

from __future__ import annotations

import re

import pytest

from portal.domain.decision import Answers
from portal.domain.demand import FLOOD_PER_HOUR, Need, Person
from portal.law import directory
from portal.services.board import PAGE
from portal.services.citizen import withdraw
from portal.services.desk import open_demand, pass_on, take
from tests.pages.browser import Page
from tests.pages.world import SIERRE, SION, UNSURE, VISP, World
from tests.services.actors import citizen_of
from tests.services.deciding import decided
from tests.services.threads import answer, ask

REGIONS = tuple(region.id for region in directory.regions())
DEMAND = re.compile(r"^/staff/demands/([0-9a-f-]{36})$")


def listed(page: Page) -> list[str]:
    """The ids of the demands on a board, in its order."""
    assert page.status == 200
    return [found[1] for link in page.links() if (found := DEMAND.match(link))]


def seen_by(world: World, reference: str) -> set[str]:
    """The regions whose board shows a reference as one of their demands."""
    boards = {region: world.desk(region).open("/staff/") for region in REGIONS}
    return {region for region, page in boards.items() if listed(page) and reference in page.text}


@pytest.mark.parametrize(("commune", "region"), [(SIERRE, "sierre"), (VISP, "oberwallis")])
def test_a_demand_stands_on_the_board_of_its_own_region_only(clean_world: World, commune: int, region: str) -> None:
    announced = clean_world.announce(commune=commune)
    assert seen_by(clean_world, announced.reference) == {region}


def test_an_unsure_commune_is_seen_by_every_candidate_until_one_takes_it(clean_world: World) -> None:
    announced = clean_world.announce(commune=UNSURE)
    assert seen_by(clean_world, announced.reference) == {"martigny", "bas-valais"}
    desk = clean_world.desk("martigny")
    assert "À prendre" in desk.open("/staff/").text
    taken = desk.open(f"/staff/demands/{announced.id}").form("/take").submit()
    assert "À prendre" not in taken.text
    assert seen_by(clean_world, announced.reference) == {"martigny"}
    assert clean_world.desk("bas-valais").open(f"/staff/demands/{announced.id}").status == 404


def test_an_unknown_commune_is_seen_by_all_until_one_takes_it(clean_world: World) -> None:
    announced = clean_world.announce(commune=None)
    assert seen_by(clean_world, announced.reference) == set(REGIONS)
    take(clean_world.staff, clean_world.caseworker("oberwallis"), announced.id)
    assert seen_by(clean_world, announced.reference) == {"oberwallis"}


def test_the_second_who_takes_it_comes_too_late(clean_world: World) -> None:
    announced = clean_world.announce(commune=None)
    late = clean_world.desk("sierre").open(f"/staff/demands/{announced.id}").form("/take")
    take(clean_world.staff, clean_world.caseworker("oberwallis"), announced.id)
    assert late.submit().status == 404
    assert clean_world.row("SELECT region FROM demand") == ("oberwallis",)


def test_what_is_overdue_says_so_in_words_unless_nothing_waits(clean_world: World) -> None:
    clean_world.clock.set("2026-11-01 08:00")
    waiting, gone = clean_world.announce(Person("Erste")), clean_world.announce(Person("Zweite"))
    withdraw(clean_world.citizen, citizen_of(gone), clean_world.clock.now(), None)
    clean_world.clock.set("2026-12-01 08:00")
    assert "En retard" not in clean_world.desk().open("/staff/").text  # the thirtieth day
    clean_world.clock.set("2026-12-02 08:00")
    assert listed(overdue := clean_world.desk().open("/staff/")) == [str(waiting.id)]
    assert "En retard" in overdue.text
    assert listed(withdrawn := clean_world.desk().open("/staff/?withdrawn=1")) == [str(gone.id)]
    assert "En retard" not in withdrawn.text


def test_urgent_help_is_overdue_after_its_own_days(clean_world: World) -> None:
    clean_world.clock.set("2026-11-01 08:00")
    clean_world.announce(urgent=True)
    clean_world.clock.set("2026-11-06 08:00")
    assert "En retard" not in clean_world.desk().open("/staff/").text  # the fifth day
    clean_world.clock.set("2026-11-07 08:00")
    assert "En retard" in clean_world.desk().open("/staff/").text


def test_the_most_pressing_stand_first(clean_world: World) -> None:
    clean_world.clock.set("2026-11-01 08:00")
    opened = clean_world.announce(Person("Erste"))
    clean_world.clock.set("2026-11-02 08:00")
    old = clean_world.announce(Person("Zweite"))
    clean_world.clock.set("2026-11-03 08:00")
    handled = clean_world.announce(Person("Dritte"), urgent=True)
    clean_world.clock.set("2026-11-04 08:00")
    new = clean_world.announce(Person("Vierte"))
    clean_world.clock.set("2026-11-05 08:00")
    urgent = clean_world.announce(Person("Fünfte"), urgent=True, needs=(Need.LODGING,))
    for demand in (opened, handled):
        open_demand(clean_world.staff, clean_world.caseworker(), demand.id)
    page = clean_world.desk().open("/staff/")
    wanted = [urgent, old, new, handled, opened]  # the urgent clock goes on after the demand was opened
    assert listed(page) == [str(demand.id) for demand in wanted]


def test_urgent_help_asked_for_again_stands_first_as_long_as_it_is_open(clean_world: World) -> None:
    """Whether the centre looked at it or not, and whatever became of the demand."""
    clean_world.clock.set("2026-11-01 08:00")
    old = clean_world.announce(Person("Erste"))
    clean_world.clock.set("2026-11-05 08:00")
    again = clean_world.announce(Person("Zweite"))
    staff = (clean_world.caseworker(), clean_world.caseworker())
    open_demand(clean_world.staff, staff[0], again.id)
    desk = clean_world.desk()
    assert listed(desk.open("/staff/")) == [str(old.id), str(again.id)]
    ask(clean_world, clean_world.adult(again))
    assert listed(desk.open("/staff/")) == [str(again.id), str(old.id)]
    answer(clean_world, staff[0], clean_world.adult(again))
    decided(clean_world.staff, staff, again.view.dossier_id)
    assert listed(desk.open("/staff/")) == [str(again.id), str(old.id)]
    (request,) = clean_world.row("SELECT id FROM case_request")
    decided(clean_world.staff, staff, again.view.dossier_id, Answers.REQUEST, request)
    assert listed(desk.open("/staff/")) == [str(old.id), str(again.id)]


def test_equal_days_stand_by_the_minute(clean_world: World) -> None:
    demands = []
    for minute in ("09:03", "09:01", "09:02"):
        clean_world.clock.set(f"2026-11-10 {minute}")
        demands.append(clean_world.announce())
    order = [demands[1], demands[2], demands[0]]
    assert listed(clean_world.desk().open("/staff/")) == [str(demand.id) for demand in order]


def test_withdrawn_demands_stand_apart(clean_world: World) -> None:
    kept, gone = clean_world.announce(), clean_world.announce(urgent=True)
    withdraw(clean_world.citizen, citizen_of(gone), clean_world.clock.now(), None)
    page = clean_world.desk().open("/staff/")
    assert listed(page) == [str(kept.id)]
    page = next(form for form in page.forms() if "withdrawn" in form.values or form.named("withdrawn"))
    assert listed(page.fill(withdrawn=True).submit()) == [str(gone.id)]


def test_the_antenna_is_a_filter_within_the_region(clean_world: World) -> None:
    announced = clean_world.announce(commune=SION)
    antenna = clean_world.row("SELECT antenna FROM demand")[0]
    desk = clean_world.desk("sion-herens-conthey")
    form = next(form for form in desk.open("/staff/").forms() if form.named("antenna"))
    others = [one.id for one in directory.antennas("sion-herens-conthey") if one.id != antenna]
    assert listed(form.fill(antenna=antenna).submit()) == [str(announced.id)]
    assert listed(form.fill(antenna=others[0]).submit()) == []
    # Another region's antenna opens nothing, nor does nonsense.
    assert listed(clean_world.desk("sierre").open(f"/staff/?antenna={antenna}")) == []
    assert listed(desk.open("/staff/?antenna=nowhere")) == [str(announced.id)]


def test_a_long_board_has_pages(clean_world: World) -> None:
    all_ids = {str(clean_world.announce().id) for _ in range(PAGE + 1)}
    desk = clean_world.desk()
    first, second = desk.open("/staff/"), desk.open("/staff/?page=2")
    assert (len(listed(first)), len(listed(second))) == (PAGE, 1)
    assert {*listed(first), *listed(second)} == all_ids
    assert any("page=2" in link for link in first.links())
    for odd in ("0", "-3", "99", "x", "9" * 30):
        assert desk.open(f"/staff/?page={odd}").status == 200


def test_an_urgent_request_without_duty_address_is_red_on_every_board(clean_world: World) -> None:
    """Sion has no known duty address: every region sees the reference and the clock, and nothing else."""
    announced = clean_world.announce(Person("Verborgene Person", phone="+41 79 555 77 88"), commune=SION, urgent=True)
    for region in REGIONS:
        page = clean_world.desk(region).open("/staff/")
        box = page.classed("callout-urgent")
        assert box, region
        words = "".join(box[0].itertext())
        assert announced.reference in words
        assert "15.11.2026" in words  # five days from the tenth
        own = region == "sion-herens-conthey"
        assert ("Verborgene" in page.text, "555 77 88" in page.text) == (own, False)
        if not own:
            assert clean_world.desk(region).open(f"/staff/demands/{announced.id}").status == 404
    assert clean_world.desk("sion-herens-conthey").open(f"/staff/demands/{announced.id}").status == 200
    assert not clean_world.desk("sierre").open("/staff/").classed("callout-urgent"), "it was opened"


def red(world: World, region: str) -> str:
    """What the red box of a region's board says; nothing when there is none."""
    found = world.desk(region).open("/staff/").classed("callout-urgent")
    return " ".join("".join(found[0].itertext()).split()) if found else ""


def test_a_look_does_not_end_the_alert_of_an_urgent_request_that_nobody_has_taken(clean_world: World) -> None:
    world = clean_world
    announced = world.announce(commune=None, urgent=True)
    desk = world.desk("martigny")
    looked = desk.open(f"/staff/demands/{announced.id}")
    assert looked.status == 200
    assert "Ouverte par le centre" not in looked.text
    assert all(announced.reference in red(world, region) for region in REGIONS)
    person = world.visit(announced).open("/fr/dossier").text
    assert "pas encore ouverte par le centre" in person
    assert "Ouverte par le centre" not in person
    looked.form("/take").submit()
    assert not any(red(world, region) for region in REGIONS)
    assert "Ouverte par le centre" in world.visit(announced).open("/fr/dossier").text


def test_one_taken_but_never_opened_is_still_red_where_no_address_is_known(clean_world: World) -> None:
    announced = clean_world.announce(commune=None, urgent=True)
    take(clean_world.staff, clean_world.caseworker("martigny"), announced.id)
    assert "Aucune adresse de piquet n’est connue. Ouvrez-la." in red(clean_world, "martigny")
    assert "Aucune adresse de piquet n’est connue. Appelez ce centre." in red(clean_world, "sierre")


def test_the_red_box_says_who_can_take_what_no_centre_has(clean_world: World) -> None:
    world = clean_world
    announced = world.announce(commune=UNSURE, urgent=True)
    ours = world.desk("martigny").open("/staff/").classed("callout-urgent")[0]
    assert [button.get("value") for button in ours.iter("button")] == [f"/staff/demands/{announced.id}"]
    assert "Aucun centre ne l’a encore prise. Ouvrez-la, puis prenez-la." in red(world, "martigny")
    theirs = world.desk("sierre").open("/staff/").classed("callout-urgent")[0]
    assert not list(theirs.iter("a"))
    assert "Aucun centre ne l’a encore prise. Appelez un de ces centres." in red(world, "sierre")
    assert "Martigny" in red(world, "sierre")
    assert "adresse de piquet" not in red(world, "sierre") + red(world, "martigny")


def test_a_region_with_a_duty_address_is_told_by_mail_instead(clean_world: World) -> None:
    clean_world.announce(commune=SIERRE, urgent=True)
    assert not clean_world.desk("oberwallis").open("/staff/").classed("callout-urgent")


def test_an_urgent_request_of_no_known_region_is_red_until_withdrawn(clean_world: World) -> None:
    announced = clean_world.announce(commune=None, urgent=True)
    assert announced.reference in clean_world.desk("martigny").open("/staff/").classed("callout-urgent")[0].itertext()
    withdraw(clean_world.citizen, citizen_of(announced), clean_world.clock.now(), None)
    assert not clean_world.desk("martigny").open("/staff/").classed("callout-urgent")


def test_one_passed_on_to_a_region_without_address_turns_red_again(clean_world: World) -> None:
    announced = clean_world.announce(commune=SIERRE, urgent=True)
    caseworker = clean_world.caseworker()
    open_demand(clean_world.staff, caseworker, announced.id)
    pass_on(clean_world.staff, caseworker, announced.id, "martigny", "Domicile")
    assert clean_world.desk("oberwallis").open("/staff/").classed("callout-urgent")


def test_a_flood_from_one_network_is_marked_and_none_is_refused(clean_world: World) -> None:
    for _ in range(FLOOD_PER_HOUR + 2):
        clean_world.announce(source="192.0.2.7")
    other = clean_world.announce(source="192.0.2.8")
    page = clean_world.desk().open("/staff/")
    assert page.text.count("Beaucoup d’annonces depuis le même réseau") == 1
    assert str(other.id) in listed(page)
    assert len(listed(page)) == FLOOD_PER_HOUR + 3


def test_reading_the_board_is_audited(clean_world: World) -> None:
    clean_world.desk("sierre").open("/staff/")
    assert clean_world.row("SELECT actor_kind, region, outcome FROM audit_event WHERE action = 'board:read'") == (
        "staff",
        "sierre",
        "done",
    )


def test_an_empty_board_says_so_in_both_staff_languages(clean_world: World) -> None:
    assert "Rien ici pour le moment" in clean_world.desk().open("/staff/").text
    page = clean_world.desk("oberwallis", language="de").open("/staff/")
    assert page.lang == "de"
    assert "Rien ici" not in page.text
