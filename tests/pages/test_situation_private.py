"""«For me alone» on the pages: no other adult of the dossier reads it, the centre does."""

from __future__ import annotations

import pytest

from portal.domain.demand import Person
from portal.services.snapshots import snapshots_of
from tests.pages.browser import Browser
from tests.pages.situations import IBAN, ROOT, add, answer, draft, opened, place, visit_as
from tests.pages.world import Announced, World
from tests.services.households import second_adult

TOLD = "Grossesse en cours"
ALL = (ROOT, place("check"), place("sent"), place("special@a"), place("persons"), "/fr/dossier")


@pytest.fixture
def announced(clean_world: World) -> Announced:
    return clean_world.announce()


@pytest.fixture
def jane(world: World, announced: Announced) -> Browser:
    """She lives with a spouse."""
    browser = world.visit(announced)
    add(browser, "spouse")
    return browser


@pytest.fixture
def paul(world: World, announced: Announced) -> Browser:
    return visit_as(world, announced, second_adult(world, announced))


def tells(browser: Browser, **values: object) -> None:
    assert answer(browser, "special@a", **values).status == 200


def send(browser: Browser) -> None:
    assert opened(browser, "check").submit().path == place("sent")


def told_to(browser: Browser) -> list[str]:
    """The pages on which somebody reads it, ticked or in words."""
    found = []
    for path in ALL:
        page = browser.open(path)
        if path == place("special@a"):
            ticked = next(f for f in page.forms() if f.element.get("id") == "situation-form").values.getlist("ticks")
            found += [path] if ticked else []
        elif page.path == path and TOLD in page.text:  # before the first sending `sent` leads to the check
            found.append(path)
    return found


def test_alone_nobody_is_offered_it(world: World, announced: Announced) -> None:
    assert not opened(world.visit(announced), "special@a").named("_own")


def test_each_is_offered_it_for_themselves_only(jane: Browser) -> None:
    assert opened(jane, "special@a").named("_own")
    assert opened(jane, "benefits@a").named("_own")
    for name in ("special@b", "benefits@b", "birth@a", "incomes@a"):
        assert not opened(jane, name).named("_own"), name


def test_what_is_said_together_both_read(jane: Browser, paul: Browser) -> None:
    tells(jane, ticks=["pregnant"])
    assert told_to(paul) == [place("check"), place("special@a")]


def test_for_me_alone(world: World, announced: Announced, jane: Browser, paul: Browser) -> None:
    tells(jane, ticks=["pregnant"], _own=True)
    assert told_to(jane) == [place("check"), place("special@a")]
    assert opened(jane, "special@a").values.get("_own") == "y"
    assert told_to(paul) == []


def test_for_me_alone_after_sending_and_correcting(
    world: World, announced: Announced, jane: Browser, paul: Browser
) -> None:
    """What changed between two sendings is shown: to her, not to him."""
    tells(jane, ticks=["none"], _own=True)
    send(jane)
    tells(jane, ticks=["pregnant"], _own=True)
    send(jane)
    assert place("sent") in told_to(jane)
    assert told_to(paul) == []
    assert "Changé depuis, pas encore envoyé" not in paul.open(place("check")).text
    assert "Une de ces situations vous concerne-t-elle" not in paul.open(place("sent")).text
    with world.staff.database.transaction() as session:
        newest = snapshots_of(session, world.staff, announced.view.dossier_id)[0]
    assert newest.said["persons"][0]["pregnant"] is True


def test_he_sends_and_loses_nothing_of_hers(world: World, announced: Announced, jane: Browser, paul: Browser) -> None:
    tells(jane, ticks=["pregnant"], _own=True)
    send(jane)
    answer(paul, "debts", debts="100")
    send(paul)
    with world.staff.database.transaction() as session:
        newest, _before = snapshots_of(session, world.staff, announced.view.dossier_id)
    assert (newest.said["persons"][0]["pregnant"], newest.said["debts"]) == (True, "100.00")
    assert told_to(paul) == []


def test_a_fault_on_the_page_does_not_take_the_tick_away(jane: Browser, paul: Browser) -> None:
    page = answer(jane, "special@a", ticks=["pregnant", "none"], _own=True)
    assert page.status == 422
    form = next(one for one in page.forms() if one.element.get("id") == "situation-form")
    assert form.values.get("_own") == "y", "sent again, it would be for everybody"
    form.fill(ticks=["pregnant"]).submit()
    assert told_to(paul) == []


def test_a_stranger_finds_nothing(world: World, announced: Announced, jane: Browser) -> None:
    answer(jane, "account", account_number=IBAN)
    stranger = world.visit(world.announce(Person(name="Jemand Anders")))
    for path in (*ALL, place("account"), place("birth@a")):
        page = stranger.open(path)
        assert IBAN not in page.body.decode()
        assert "Dupont" not in page.text
    assert stranger.open(place("birth@b")).status == 404, "the spouse is of the other household"
    assert draft(world, announced).said["account_number"] == IBAN


def test_nobody_without_a_session(world: World, announced: Announced) -> None:
    for path in ALL[:-1]:
        assert world.browser().open(path, follow=False).headers["Location"].startswith("/fr/sign-in")
