"""Files that began on paper at the desk: answers, papers, rights and duties, and the form filled in with the person."""

from __future__ import annotations

import uuid
from datetime import date, datetime

import pytest

from devstack.s3 import S3
from portal.content.notices import current
from portal.domain.changes.kinds import ChangeKind
from portal.domain.demand import filing_day
from portal.domain.document_request import RequestState
from portal.domain.reminders import Due, Kind, To
from portal.services import at_desk, document_requests, helping, snapshots
from portal.services.access_log import access_page
from portal.services.actor import Actor, NotYoursError
from portal.services.adults import household_of
from portal.services.at_desk import DeskPlace
from portal.services.begun_on_paper import PaperFileView
from portal.services.document_requests import Note
from portal.services.documents.desk import documents_at_desk, page_at_desk, papers_news, taken_at_desk
from portal.services.documents.noting import desk_papers
from portal.services.notices.desk import acknowledge_at_desk, link_at_desk, missing_at_desk, take_back_at_desk
from portal.services.notices.desk import at_desk as rights
from portal.services.reminders.calling import call_list
from portal.services.reminders.due import list_call
from portal.services.staff import staff_sign_in
from tests.pages.sent_papers import KEY, laid, the_paper
from tests.pages.world import World
from tests.services.exporting import said
from tests.services.exporting import taken as exported
from tests.services.households import say
from tests.services.on_paper import OnPaper, on_paper
from tests.services.reporting import changed, report


@pytest.fixture
def world(clean_world: World) -> World:
    return clean_world


@pytest.fixture
def file(world: World) -> OnPaper:
    return on_paper(world)


@pytest.fixture
def ours(world: World) -> Actor:
    return world.caseworker("sierre")


@pytest.fixture
def theirs(world: World) -> Actor:
    return world.caseworker("oberwallis")


def place(file: OnPaper) -> DeskPlace:
    return DeskPlace(dossier_id=file.dossier_id)


def session_of(world: World, region: str) -> tuple[Actor, str]:
    """A caseworker, and the secret of their visit."""
    worker = world.caseworker(region, f"clerk-{region}")
    secret = staff_sign_in(world.staff, world.stack.oidc.issuer, f"clerk-{region}", "fr", "test")
    assert secret is not None
    return worker, secret


def test_the_file_is_found_by_its_own_centre_only(world: World, file: OnPaper, ours: Actor, theirs: Actor) -> None:
    head = at_desk.look(world.staff, ours, place(file))
    assert isinstance(head, PaperFileView)
    assert (head.reference, head.at_desk) == (file.reference, {"dossier_id": file.dossier_id})
    for nobody, where in ((theirs, place(file)), (ours, DeskPlace(dossier_id=uuid.uuid4())), (ours, DeskPlace())):
        with pytest.raises(NotYoursError):
            at_desk.look(world.staff, nobody, where)


def test_a_dossier_with_a_demand_is_that_demand(world: World, ours: Actor, theirs: Actor) -> None:
    announced = world.announce()
    where = DeskPlace(dossier_id=announced.view.dossier_id)
    assert at_desk.look(world.staff, ours, where).at_desk == {"demand_id": announced.id}
    with pytest.raises(NotYoursError):
        at_desk.look(world.staff, theirs, where)


def test_a_file_that_has_a_demand_since_is_that_demand(world: World, file: OnPaper, ours: Actor) -> None:
    announced = world.announce()
    with world.superuser() as connection:
        connection.execute("UPDATE demand SET dossier_id = %s WHERE id = %s", [file.dossier_id, announced.id])
    assert at_desk.head(world.staff, ours, place(file)).at_desk == {"demand_id": announced.id}


# Papers


def test_papers_are_seen_at_the_own_centre(world: World, s3: S3, file: OnPaper, ours: Actor, theirs: Actor) -> None:
    del s3
    laid(world.citizen, world.worker, file.actor)
    head = taken_at_desk(world.staff, ours, place(file))
    paper = the_paper(world.citizen, file.actor)
    assert papers_news(world.staff, ours, head) == 1
    picture, _turn = page_at_desk(world.staff, ours, head, paper.pages[0].id, thumb=False)
    assert picture.startswith(b"\xff\xd8")
    assert papers_news(world.staff, ours, head) == 0
    with pytest.raises(NotYoursError):
        taken_at_desk(world.staff, theirs, place(file))
    with pytest.raises(NotYoursError):
        page_at_desk(world.staff, theirs, head, paper.pages[0].id, thumb=False)
    assert papers_news(world.staff, theirs, head) is None


def test_a_paper_of_another_file_is_not_of_this_one(world: World, s3: S3, file: OnPaper, ours: Actor) -> None:
    del s3
    other = on_paper(world, worker=ours)
    laid(world.citizen, world.worker, other.actor)
    head, paper = taken_at_desk(world.staff, ours, place(file)), the_paper(world.citizen, other.actor)
    assert documents_at_desk(world.staff, ours, head) == ()
    with pytest.raises(NotYoursError):
        page_at_desk(world.staff, ours, head, paper.pages[0].id, thumb=False)


def test_the_desk_has_every_paper_that_it_can_ask_for(world: World, s3: S3, file: OnPaper, ours: Actor) -> None:
    del s3
    say(world, file.actor, "home", commune=6248)
    laid(world.citizen, world.worker, file.actor)
    head = at_desk.head(world.staff, ours, place(file))
    assert snapshots.said_to_centre(world.staff, head) is None
    assert [one.document.key for one in desk_papers(world.staff, ours, head, None, "fr").others] == [KEY]
    snapshots.send(world.citizen, file.actor)
    found = snapshots.said_to_centre(world.staff, head)
    assert found is not None
    text = document_requests.desk_checklist(world.staff, head, found.situation, "fr")
    own = document_requests.own_checklist(world.citizen, file.actor, "fr")
    assert {one.key for one in text.items} > {KEY}, "what the centre may still ask for"
    assert {one.key for one in own.items} == {KEY}, "what is there already"
    papers = desk_papers(world.staff, ours, head, text, "fr")
    assert set(papers.of_item) == {KEY}
    document_requests.note_at_desk(
        world.staff, ours, file.dossier_id, KEY, Note(RequestState.ACCEPTED), seen=_noted(text, KEY)
    )
    own = document_requests.own_checklist(world.citizen, file.actor, "fr")
    assert next(one.state for one in own.items if one.key == KEY) is RequestState.ACCEPTED


def _noted(text: document_requests.ChecklistText, key: str) -> datetime | None:
    return next(one.noted_at for one in text.items if one.key == key)


def test_what_was_reported_lies_over_the_answers(world: World, file: OnPaper, ours: Actor) -> None:
    say(world, file.actor, "home", commune=6248)
    snapshots.send(world.citizen, file.actor)
    head = at_desk.head(world.staff, ours, place(file))
    before = snapshots.said_to_centre(world.staff, head)
    report(world, file.actor, changed(ChangeKind.MOVED, "2026-11-03", None, commune=6266))
    after = snapshots.said_to_centre(world.staff, head)
    assert before is not None
    assert after is not None
    on = date(2026, 11, 9)
    assert (before.situation.commune.known(on), after.situation.commune.known(on)) == (6248, 6266)


# The form, with the person


def test_the_form_is_filled_in_with_the_person(world: World, file: OnPaper) -> None:
    worker, secret = session_of(world, "sierre")
    helping.begin(world.staff, worker, secret, place(file), file.adult_id)
    helped = helping.helped(world.staff, secret, "sierre")
    assert helped is not None
    assert (helped.adult_id, helped.reference, helped.on_paper) == (file.adult_id, file.reference, True)
    assert helped.at_desk == {"dossier_id": file.dossier_id}
    seen = [one.action for one in access_page(world.citizen, file.actor).accesses]
    assert seen[0] == "situation:help"
    assert helping.end(world.staff, worker, secret) == place(file)
    assert helping.helped(world.staff, secret, "sierre") is None
    assert helping.end(world.staff, worker, secret) is None
    assert (world.count("demand"), world.count("demand_event")) == (0, 0)


def test_nobody_else_opens_the_form(world: World, file: OnPaper) -> None:
    worker, secret = session_of(world, "sierre")
    stranger, other_secret = session_of(world, "oberwallis")
    other = on_paper(world, worker=worker)
    for actor, own, adult in (
        (stranger, other_secret, file.adult_id),  # of another centre
        (worker, secret, other.adult_id),  # of another file
        (worker, secret, uuid.uuid4()),
    ):
        with pytest.raises(NotYoursError):
            helping.begin(world.staff, actor, own, place(file), adult)
        assert helping.helped(world.staff, own, actor.region or "") is None


def test_the_form_closes_when_the_file_is_another_centre_s(world: World, file: OnPaper) -> None:
    worker, secret = session_of(world, "sierre")
    helping.begin(world.staff, worker, secret, place(file), file.adult_id)
    with world.superuser() as connection:
        connection.execute("UPDATE paper_file SET region = 'martigny' WHERE dossier_id = %s", [file.dossier_id])
    assert helping.helped(world.staff, secret, "sierre") is None


def test_a_withdrawn_demand_s_form_is_not_one_on_paper(world: World, file: OnPaper) -> None:
    """What opened by the demand stays closed with it, also where a file on paper stands beside."""
    announced = world.announce()
    with world.superuser() as connection:
        connection.execute("UPDATE demand SET dossier_id = %s WHERE id = %s", [file.dossier_id, announced.id])
    worker, secret = session_of(world, "sierre")
    helping.begin(world.staff, worker, secret, place(file), file.adult_id)
    assert helping.helped(world.staff, secret, "sierre") is not None
    with world.superuser() as connection:
        connection.execute("UPDATE demand SET withdrawn_at = now() WHERE id = %s", [announced.id])
    assert helping.helped(world.staff, secret, "sierre") is None


# Rights and duties


def test_rights_at_the_desk(world: World, file: OnPaper, ours: Actor, theirs: Actor) -> None:
    head = at_desk.head(world.staff, ours, place(file))
    assert missing_at_desk(world.staff, ours, head, "fr") == ("Rosa Nunes",)
    assert missing_at_desk(world.staff, theirs, head, "fr") is None
    link_at_desk(world.staff, ours, head, "a")
    assert set(rights(world.staff, ours, head, "fr").links) == {"a"}
    take_back_at_desk(world.staff, ours, head, "a")
    assert rights(world.staff, ours, head, "fr").links == {}
    acknowledge_at_desk(world.staff, ours, head, "a", current("rights").version, "fr")
    assert missing_at_desk(world.staff, ours, head, "fr") == ()
    for act in (
        lambda: rights(world.staff, theirs, head, "fr"),
        lambda: acknowledge_at_desk(world.staff, theirs, head, "a", current("rights").version, "fr"),
        lambda: link_at_desk(world.staff, theirs, head, "a"),
        lambda: take_back_at_desk(world.staff, theirs, head, "a"),
    ):
        with pytest.raises(NotYoursError):
            act()
    (alone,) = household_of(world.staff, head, "fr").adults
    assert (alone.id, alone.name) == (file.adult_id, "Rosa Nunes")


# The call list, the export


def test_a_line_to_call_leads_to_the_file(world: World, file: OnPaper, ours: Actor) -> None:
    day = filing_day(world.clock.now())
    list_call(
        world.worker, Due("a-line", Kind.DECISION_PASSED, To.PERSON, file.dossier_id, file.adult_id, day), "refused"
    )
    (line,) = call_list(world.staff, ours).lines
    assert (line.dossier_id, line.demand_id, line.region) == (file.dossier_id, None, "sierre")


def test_the_export_says_since_when_and_by_which_centre(world: World, s3: S3, file: OnPaper) -> None:
    del s3
    with world.superuser() as connection:
        connection.execute("UPDATE paper_file SET region = 'martigny' WHERE dossier_id = %s", [file.dossier_id])
    found = said(exported(world, file.actor, papers=False))
    assert found["begun_on_paper"] == {
        "reference": file.reference,
        "helped_since_month": "2024-05",
        "centre": "martigny",
        "access_opened_at": found["begun_on_paper"]["access_opened_at"],
        "access_opened_by": "sierre",
    }
    assert found["begun_on_paper"]["access_opened_at"].startswith(f"{world.clock.now():%Y-%m-%d}")
    assert found["demands"] == []
    announced = world.announce()
    assert said(exported(world, world.adult(announced), papers=False))["begun_on_paper"] is None


def test_the_list_of_a_file_on_paper_is_what_the_centre_asks_for(world: World, file: OnPaper, ours: Actor) -> None:
    """Its papers of before are at the centre: nobody is told to bring them again."""
    say(world, file.actor, "home", commune=6248)
    snapshots.send(world.citizen, file.actor)
    assert not document_requests.own_checklist(world.citizen, file.actor, "fr").items
    with pytest.raises(NotYoursError):
        document_requests.note_own(world.citizen, file.actor, KEY, Note(RequestState.CANNOT))
    document_requests.note_at_desk(world.staff, ours, file.dossier_id, KEY, Note(RequestState.TO_BRING))
    assert [item.key for item in document_requests.own_checklist(world.citizen, file.actor, "fr").items] == [KEY]
    document_requests.note_own(world.citizen, file.actor, KEY, Note(RequestState.CANNOT))
    made = report(world, file.actor, changed(ChangeKind.NEW_JOB, "2026-11-03", "a", amount="2000.00"))
    mine = {item.key for item in document_requests.own_checklist(world.citizen, file.actor, "fr").items}
    assert mine > {KEY}
    assert all(key == KEY or made.name in key for key in mine)
