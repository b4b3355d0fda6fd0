"""The person's own dossier: state, clocks, urgent help later, withdrawal: dated, kept, and visible to staff."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from portal.domain.demand import Person
from portal.domain.household_course import Why
from portal.services.at_desk import DeskPlace
from portal.services.desk import open_demand, pass_on
from portal.services.households import acting, merging
from portal.services.households.acting import Closing
from tests.pages.browser import Page
from tests.pages.pdf import words
from tests.pages.test_staff_bundle import address, press
from tests.pages.world import Announced, World
from tests.services.deciding import decided


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand of the 10th of November 2026."""
    return clean_world.announce()


def kinds(world: World) -> list[str]:
    with world.superuser() as connection:
        return [kind for (kind,) in connection.execute("SELECT kind FROM filing_register ORDER BY sequence").fetchall()]


def urgent(page: Page) -> Page:
    return page.form("/dossier/urgent").submit()


def test_the_dossier_shows_state_clocks_and_receipt(world: World, announced: Announced) -> None:
    world.clock.set("2026-11-20 09:00")
    page = world.visit(announced).open("/fr/dossier")
    assert announced.reference in page.text
    assert "10 décembre 2026" in page.text
    assert "Encore 20 jours" in page.text
    assert announced.code not in page.body.decode()
    assert announced.reference in words(page.browser.open("/fr/dossier/receipts/filing.pdf").body)


def test_after_a_decision_the_page_says_so(world: World, announced: Announced) -> None:
    both = (world.caseworker("sierre"), world.caseworker("sierre"))
    open_demand(world.staff, both[0], announced.id)
    press(world.desk("sierre"), address(announced))
    before = world.visit(announced).open("/fr/dossier").text
    for words_ in ("La commune le lit et décide par écrit.", "Ouverte par le centre", "Le centre vous contacte"):
        assert words_ in before
    world.clock.forward(minutes=5)
    decided(world.staff, both, announced.view.dossier_id)
    page = world.visit(announced).open("/fr/dossier").text
    assert "La commune a décidé le mardi, 10 novembre 2026" in page.partition("Décision écrite de la commune")[0]
    for words_ in ("La commune le lit et décide par écrit.", "Le centre vous contacte"):
        assert words_ not in page


def test_what_happened_to_it_stands_there(world: World, announced: Announced) -> None:
    both = (world.caseworker("sierre"), world.caseworker("sierre"))
    other, place = world.announce(), DeskPlace(announced.id)
    steps: list[Callable[[], object]] = [
        lambda: open_demand(world.staff, both[0], announced.id),
        lambda: decided(world.staff, both, announced.view.dossier_id),
        lambda: acting.close(world.staff, both[0], place, Closing(Why.AID_ENDED, "Lettre"), 0),
        lambda: acting.reopen(world.staff, both[0], place, "Lettre", 1),
        lambda: merging.merge(
            *(world.staff, both[0], place, other.reference, announced.view.adult_id, "Lettre", (2, 0)), this_stops=False
        ),
    ]
    for step in steps:
        world.clock.forward(minutes=5)
        step()
    history = world.visit(announced).open("/fr/dossier").text.partition("Ce qui s’est passé")[2]
    told = (
        "Ouverte par le centre",
        "Décision écrite de la commune du",
        "Dossier fermé au centre",
        "Rouvert",
    )
    places = [history.index(one) for one in (*told, "Un autre dossier réuni avec celui-ci")]
    assert places == sorted(places)
    assert "Lettre" not in history


def test_the_clock_says_when_it_is_late(world: World, announced: Announced) -> None:
    for day, shown in [
        ("2026-12-10 12:00", "C’est aujourd’hui"),
        ("2026-12-09 12:00", "Encore 1 jour"),
        ("2026-12-11 12:00", "Délai passé"),
    ]:
        world.clock.set(day)
        assert shown in world.visit(announced).open("/fr/dossier").text


def test_the_person_sees_when_it_was_opened(world: World, announced: Announced) -> None:
    assert not world.visit(announced).open("/fr/dossier").classed("tag-ok")
    world.clock.set("2026-11-11 14:05")
    open_demand(world.staff, world.caseworker("sierre"), announced.id)
    page = world.visit(announced).open("/fr/dossier")
    assert page.classed("tag-ok")
    assert "11 novembre 2026" in page.text
    assert "14:05" in page.text


def test_urgent_help_later(world: World, announced: Announced) -> None:
    asked = world.clock.set("2026-11-12 18:30")
    page = urgent(world.visit(announced).open("/fr/dossier"))
    assert page.path == "/fr/dossier"
    assert "17 novembre 2026" in page.text  # day 5
    assert world.row("SELECT urgent_requested_at FROM demand") == (asked,)
    assert kinds(world) == ["filing", "urgent-request"]
    assert world.row("SELECT task_name FROM jobs.procrastinate_jobs ORDER BY id DESC LIMIT 1") == ("alert_duty",)
    assert not [form for form in page.forms() if form.action.endswith("/dossier/urgent")]
    # Opened: the person sees that too.
    world.clock.forward(hours=1)
    open_demand(world.staff, world.caseworker("sierre"), announced.id)
    assert "19:30" in world.visit(announced).open("/fr/dossier").text


def test_asked_twice_counts_once(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    page = browser.open("/fr/dossier")
    asked = world.clock.now()
    urgent(page)
    world.clock.forward(minutes=5)
    urgent(page)
    assert kinds(world) == ["filing", "urgent-request"]
    assert world.row("SELECT urgent_requested_at FROM demand") == (asked,)
    assert world.row("SELECT count(*) FROM demand_event WHERE kind = 'urgent-request'") == (1,)


def test_withdrawn_dated_and_kept(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    page = browser.open("/fr/dossier/withdraw")
    moment = world.clock.forward(minutes=10)
    done = page.form("/dossier/withdraw").fill(reason="J’ai trouvé du travail.\r\nMerci.").submit()
    assert done.path == "/fr/dossier"
    assert world.row("SELECT withdrawn_at FROM demand") == (moment,)
    assert kinds(world) == ["filing", "withdrawal"]
    assert "10:10" in done.text
    assert not done.classed("clock")  # no clock runs any longer
    assert "/fr/dossier/withdraw" not in done.links()
    # Nothing is deleted, and the reason rests sealed.
    assert world.count("demand") == 1
    details = world.row("SELECT details FROM demand_event WHERE kind = 'withdrawal'")[0]
    assert b"travail" not in details
    # Staff find it among the withdrawn ones, with the reason.
    desk = world.desk("sierre")
    assert announced.reference not in desk.open("/staff/").text
    assert announced.reference in desk.open("/staff/?withdrawn=1").text
    assert "J’ai trouvé du travail." in desk.open(f"/staff/demands/{announced.id}").text


def test_withdrawn_twice_counts_once(world: World, announced: Announced) -> None:
    page = world.visit(announced).open("/fr/dossier/withdraw")
    page.form("/dossier/withdraw").submit()
    moment = world.row("SELECT withdrawn_at FROM demand")
    world.clock.forward(minutes=1)
    page.form("/dossier/withdraw").submit()
    assert kinds(world) == ["filing", "withdrawal"]
    assert world.row("SELECT withdrawn_at FROM demand") == moment


@pytest.mark.parametrize(("reason", "ok"), [("", True), ("x" * 1000, True), ("x" * 1001, False), ("a\x07b", False)])
def test_the_reason_is_free_and_bounded(world: World, announced: Announced, reason: str, ok: bool) -> None:
    page = world.visit(announced).open("/fr/dossier/withdraw").form("/dossier/withdraw").fill(reason=reason).submit()
    assert (page.path == "/fr/dossier") is ok
    assert (kinds(world) == ["filing", "withdrawal"]) is ok
    if not ok:
        assert page.faulty() == {"reason"}
        assert page.summary() == ["reason"]
        assert page.status == 422
        assert page.form("/dossier/withdraw").values["reason"].startswith(reason[0])


def test_after_a_withdrawal_urgent_help_needs_a_new_announcement(world: World, announced: Announced) -> None:
    browser = world.visit(announced)
    page = browser.open("/fr/dossier")
    browser.open("/fr/dossier/withdraw").form("/dossier/withdraw").submit()
    urgent(page)  # the button of a page that was open since before
    assert kinds(world) == ["filing", "withdrawal"]


def test_each_adult_sees_the_own_demand_only(world: World, announced: Announced) -> None:
    other = world.announce(Person("Other Person", phone="+41 79 555 77 77"), commune=6297)
    page = world.visit(announced).open("/fr/dossier")
    assert other.reference not in page.body.decode()
    assert announced.reference in page.text


def test_passing_on_is_visible_and_moves_no_date(world: World, announced: Announced) -> None:
    world.clock.forward(days=2)
    actor = world.caseworker("sierre")
    pass_on(world.staff, actor, announced.id, "martigny", "Déménagé hier")
    page = world.visit(announced).open("/fr/dossier")
    assert "Martigny" in page.text
    assert "10 décembre 2026" in page.text
    assert "Déménagé hier" not in page.text
    assert world.row("SELECT filing_date::text FROM demand") == ("2026-11-10",)
