"""Papers before the household has sent an answer: what the centre asks for and refuses is shown at the desk and at home."""

from __future__ import annotations

import pytest

from portal.services.bundles.gaps import gaps_of
from portal.services.bundles.gathered import gather
from portal.services.documents.shelf import DocumentView
from tests.pages.browser import Browser, Page, text_of
from tests.pages.paperwork import sent
from tests.pages.test_own_checklist import save
from tests.pages.world import Announced, World

DAY = {"wanted_by-day": "20", "wanted_by-month": "12", "wanted_by-year": "2026"}
SAID = "20 décembre 2026"
OWN_WORDS = "La lettre de l’assurance"


@pytest.fixture
def world(clean_world: World, s3: object) -> World:
    return clean_world


@pytest.fixture
def announced(world: World) -> Announced:
    """A demand and nothing more."""
    return world.announce()


@pytest.fixture
def desk(world: World) -> Browser:
    return world.desk()


def root(announced: Announced) -> str:
    return f"/staff/demands/{announced.id}"


def asked(desk: Browser, announced: Announced, **fields: str) -> Page:
    return desk.open(f"{root(announced)}/checklist/ask").form("/checklist/ask").fill(**(DAY | fields)).submit()


def refused(desk: Browser, announced: Announced, document: DocumentView) -> Page:
    page = desk.open(f"{root(announced)}/documents/{document.id}")
    return page.form(f"/documents/{document.id}").fill(state="refused", refusal="unreadable", **DAY).submit()


def lines(world: World, announced: Announced) -> str:
    """What the bundle's cover says is missing."""
    found = gather(world.staff, world.caseworker(), announced.view, "fr")
    return " ".join(item for gap in gaps_of(found) for item in gap.items)


def test_what_was_asked_and_refused_is_on_every_page_of_the_desk(
    world: World, announced: Announced, desk: Browser
) -> None:
    lease = sent(world, world.adult(announced), "lease")
    listed = refused(desk, announced, lease)
    assert listed.find("paper-lease") is not None
    asked(desk, announced, paper="own", words=OWN_WORDS, language="fr")
    listed = desk.open(f"{root(announced)}/checklist")
    assert "n’a pas encore envoyé ses réponses" in listed.text
    rows = [text_of(one) for one in listed.classed("line-name")]  # to be read without opening one
    assert [SAID in row for row in rows] == [True, True]
    assert OWN_WORDS in rows[0]
    missing = desk.open(f"{root(announced)}/missing")
    for shown in (listed.text, missing.text, lines(world, announced)):
        assert "Bail" in shown
        assert OWN_WORDS in shown
        assert shown.count(SAID) >= 2
    assert "Refusé" in listed.text
    cards = [text_of(one) for one in missing.classed("card") if "Bail" in text_of(one)]
    assert [one.startswith("Papiers refusés, à apporter à nouveau") for one in cards] == [True]
    note = desk.open(f"{root(announced)}/checklist/lease")
    assert note.status == 200
    assert SAID in note.text


def test_what_the_person_said_without_sending_it_stays_theirs(
    world: World, announced: Announced, desk: Browser
) -> None:
    own = world.visit(announced).open("/fr/dossier/checklist/identity_paper@a")
    own.form("/checklist/identity_paper@a").fill(obstacle="lost", asker="self").submit()
    assert desk.open(f"{root(announced)}/checklist").find("paper-identity_paper-a") is None
    asked(desk, announced, paper="lease")
    listed = desk.open(f"{root(announced)}/checklist")
    assert listed.find("paper-lease") is not None
    assert listed.find("paper-identity_paper-a") is None


def test_the_desk_asks_for_a_paper_of_the_catalogue_and_says_so_once(
    world: World, announced: Announced, desk: Browser
) -> None:
    page = desk.open(f"{root(announced)}/checklist/ask")
    offered = {one.get("value") for one in page.root.iter("option")}
    assert {"identity_paper", "payslips", "account_statements", "lease", "own", "a"} <= offered
    assert not {"custody_papers", "birth_certificate"} & offered
    done = asked(desk, announced, paper="payslips", person="a", months="3", words=OWN_WORDS, language="fr")
    (said,) = done.classed("callout-ok")
    assert "Papier demandé" in text_of(said)
    assert OWN_WORDS in text_of(said)
    assert SAID in text_of(said)
    assert done.find("paper-payslips-a") is not None
    assert not desk.open(done.path or "").classed("callout-ok")
    own = world.visit(announced).open("/fr/dossier/checklist")
    assert own.find("paper-payslips-a") is not None
    assert SAID in own.text
    save(world, announced, "home", home="rented")  # and it stays once they answer
    assert SAID in world.visit(announced).open("/fr/dossier/checklist").text


def test_the_front_page_says_which_paper_is_asked_for(world: World, announced: Announced, desk: Browser) -> None:
    asked(desk, announced, paper="own", words=OWN_WORDS, language="fr")
    mine = world.visit(announced)
    for path in ("/fr/dossier", "/fr/dossier/month", "/fr/dossier/calendar"):
        shown = mine.open(path)
        assert shown.status == 200, path
        assert OWN_WORDS in shown.text, path
        assert SAID in shown.text, path


def test_the_day_of_a_refused_paper_of_its_own_title_is_shown_wherever_that_of_a_listed_one_is(
    world: World, announced: Announced, desk: Browser
) -> None:
    bill = sent(world, world.adult(announced), None, title="Facture du dentiste")
    listed = refused(desk, announced, bill)
    mine = world.visit(announced)
    pages = {path: mine.open(path).text for path in ("/fr/dossier", "/fr/dossier/checklist", "/fr/dossier/calendar")}
    pages["own"] = mine.open(f"/fr/dossier/documents/{bill.id}").text
    pages["listed"] = listed.text
    for path in ("missing", f"documents/{bill.id}"):
        pages[path] = desk.open(f"{root(announced)}/{path}").text
    pages["bundle"] = lines(world, announced)
    for path, shown in pages.items():
        assert SAID in shown, path
        if path != "own":
            assert "Facture du dentiste" in shown, path
    assert f"/fr/dossier/documents/{bill.id}" in mine.open("/fr/dossier/checklist").links()
    again = desk.open(f"{root(announced)}/documents/{bill.id}")
    again.form(f"/documents/{bill.id}").fill(state="accepted").submit()
    assert SAID not in mine.open("/fr/dossier").text
    assert SAID not in desk.open(f"{root(announced)}/missing").text


def test_what_another_adult_sent_is_not_theirs_to_read(world: World, announced: Announced, desk: Browser) -> None:
    bill = sent(world, world.adult(announced), None, title="Facture du dentiste")
    refused(desk, announced, bill)
    with world.superuser() as connection:
        connection.execute(
            "INSERT INTO adult SELECT (a).* FROM (SELECT jsonb_populate_record(adult,"
            " jsonb_build_object('id', gen_random_uuid(), 'person', 'b')) AS a FROM adult WHERE id = %s) AS one",
            [announced.view.adult_id],
        )
        connection.execute(
            "UPDATE document SET adult_id = (SELECT id FROM adult WHERE person = 'b') WHERE id = %s", [bill.id]
        )
    assert "Facture du dentiste" not in world.visit(announced).open("/fr/dossier/checklist").text


def test_what_was_sent_says_accepted_and_refused(world: World, announced: Announced, desk: Browser) -> None:
    for title, key, state in (("Une lettre", None, "refused"), (None, "lease", "accepted"), (None, "tax_ruling", None)):
        document = sent(world, world.adult(announced), key, title=title)
        world.clock.forward(minutes=1)
        if state:
            page = desk.open(f"{root(announced)}/documents/{document.id}")
            page.form(f"/documents/{document.id}").fill(state=state, refusal="unreadable").submit()
    shown = world.visit(announced).open("/fr/dossier/papers")
    tags = [text_of(one) for one in shown.classed("states")]
    assert ["Refusé" in one for one in tags] == [True, False, False]
    assert ["Accepté" in one for one in tags] == [False, True, False]
    assert "Une lettre" in world.visit(announced).open("/fr/dossier").text
