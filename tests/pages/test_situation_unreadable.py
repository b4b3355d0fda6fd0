"""Answers that cannot be opened, or not saved: the dossier stays usable, nothing is overwritten, what was typed is there."""

from __future__ import annotations

import pytest

from portal.adapters.database import Database, DatabaseUnavailableError
from portal.services import snapshots
from tests.pages.browser import Browser
from tests.pages.world import Announced, World

ROOT = "/fr/dossier/situation"


@pytest.fixture
def announced(clean_world: World) -> Announced:
    """A demand of the 10th of November 2026."""
    return clean_world.announce()


@pytest.fixture
def browser(world: World, announced: Announced) -> Browser:
    browser = world.visit(announced)
    browser.open(f"{ROOT}/home").form("/situation/home").fill(home="rented").submit()
    snapshots.send(world.citizen, world.adult(announced))
    return browser


def spoil(world: World, table: str) -> None:
    with world.superuser(triggers=False) as connection:
        connection.execute(f"UPDATE {table} SET content = set_byte(content, 70, get_byte(content, 70) # 1)")  # noqa: S608 - a table of ours


def test_the_dossier_without_its_answers(world: World, announced: Announced, browser: Browser) -> None:
    page = browser.open(f"{ROOT}/debts")
    spoil(world, "situation_draft")
    before = world.row("SELECT string_agg(content::text, ',' ORDER BY id) FROM situation_draft")
    assert browser.open("/fr/dossier").status == 200
    for path in (ROOT, f"{ROOT}/home", f"{ROOT}/check", f"{ROOT}/persons", "/fr/dossier/checklist"):
        found = browser.open(path)
        assert found.status == 503
        assert "Elles ne sont pas effacées" in found.text
    sent = page.form("/situation/debts").fill(debts="1234").submit()
    assert sent.status == 503
    assert any(control.get("value") == "1234" for control in sent.root.iter("input"))
    assert world.row("SELECT string_agg(content::text, ',' ORDER BY id) FROM situation_draft") == before


def test_the_desk_without_what_was_sent(world: World, announced: Announced, browser: Browser) -> None:
    spoil(world, "situation_snapshot")
    assert world.desk().open(f"/staff/demands/{announced.id}").status == 200
    assert "Pas encore de réponses" in world.desk().open(f"/staff/demands/{announced.id}/checklist").text


def test_a_database_that_is_away_keeps_what_was_typed(
    world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = browser.open(f"{ROOT}/debts").form("/situation/debts").fill(debts="1234")

    def away(*_more: object) -> None:
        raise DatabaseUnavailableError

    with monkeypatch.context() as broken:
        broken.setattr(Database, "transaction", away)
        broken.setattr(Database, "reading", away)
        page = form.submit()
    assert page.status == 503
    assert "Ce que vous avez écrit est encore ici" in page.text
    again = page.form("/situation/debts").submit()  # the database is back
    assert again.status == 200
    assert "1’234" in browser.open(f"{ROOT}/check").text.replace("\u202f", "’").replace("\xa0", " ")


def test_a_page_that_is_too_old_keeps_what_was_typed(browser: Browser) -> None:
    form = browser.open(f"{ROOT}/debts").form("/situation/debts").fill(debts="1234")
    page = form.force(csrf_token="of another time").submit()
    assert page.status == 400
    again = page.form("/situation/debts").submit()
    assert again.status == 200
    assert again.path.startswith(ROOT)
