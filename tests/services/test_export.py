"""Everything of one adult in one ZIP: whole or visibly broken, byte for byte, and nothing of anybody else."""

from __future__ import annotations

import io
import os
import tracemalloc
import uuid
import zipfile
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from threading import Timer

import pytest

from devstack.s3 import S3
from devstack.smtp import Smtp
from portal.adapters.envelope import UnreadableError
from portal.adapters.gate import PLACES
from portal.adapters.objects import StorageUnavailableError
from portal.content.notices import current
from portal.domain.document_request import Refusal, RequestState
from portal.domain.notice import RIGHTS
from portal.domain.situation import Relation
from portal.i18n.languages import CODES
from portal.services import desk, snapshots
from portal.services.actor import Actor, ActorKind, NotYoursError
from portal.services.document_requests import Note, note_at_desk
from portal.services.documents import shelf
from portal.services.documents.terms import Target
from portal.services.exports.archive import make_export
from portal.services.exports.parts import PARTS
from portal.services.mails import tell_filing
from portal.services.notices.acknowledging import acknowledge_own
from portal.services.situations import add_person, keep_typed, remove_person
from tests.pages.sent_papers import laid
from tests.pages.world import JANE, Announced, World
from tests.servers import PROJECT
from tests.services.exporting import said, stored, taken
from tests.services.households import page, say, second_adult, seen
from tests.services.sending import send

MEGABYTE = 1024 * 1024


@pytest.fixture
def announced(clean_world: World, s3: S3) -> Announced:
    return clean_world.announce(situation={"version": 1, "persons": [{"id": "a", "relation": "applicant"}]})


@pytest.fixture
def ana(world: World, announced: Announced) -> Actor:
    return world.adult(announced)


def test_every_paper_as_it_is_kept_under_a_name_to_read(world: World, ana: Actor) -> None:
    names = ("Lohn März.JPG", "Lohn März.JPG", "../../../etc/passwd", "CON", "راتب.pdf")
    ids = []
    for name in names:
        ids.append(laid(world.citizen, world.worker, ana, name, "payslips@a"))
        world.clock.forward(seconds=1)  # in the order in which they were sent
    ids.append(laid(world.citizen, world.worker, ana, "b.jpg", target=Target(title="Lettre: l’assurance/été")))
    archive = taken(world, ana)
    paths = archive.namelist()[: len(ids)]
    assert [archive.read(path) for path in paths] == [shelf.take(world.citizen, ana, one).content for one in ids]
    folder = "Papiers/01 Fiches de salaire"
    assert [path.rpartition("/")[2] for path in paths] == [
        *("Lohn März.jpg", "Lohn März (2).jpg", "etc passwd.jpg", "papier.jpg", "راتب.jpg", "b.jpg"),
    ], paths
    assert paths[-1].startswith("Papiers/02 Lettre l’assurance été/")
    assert paths[0].rpartition("/")[0].startswith(folder[:10])
    assert all(info.compress_type == zipfile.ZIP_STORED for info in archive.infolist())
    assert not [path for path in archive.namelist() if path.startswith("/") or ".." in path]


def test_data_says_what_the_adult_said_and_what_was_done(
    world: World, announced: Announced, ana: Actor, mailbox: Smtp
) -> None:
    say(world, ana, "home", commune=6248)
    say(world, ana, "special@a", own=True, pregnant=True)
    snapshots.send(world.citizen, ana)
    say(world, ana, "home", commune=6266)
    keep_typed(world.citizen, ana, page("debts"), {"debts": "12 half a word"}, seen=seen(world, ana, "debts"))
    acknowledge_own(world.citizen, ana, "a", current(RIGHTS).version, "pt")
    desk.open_demand(world.staff, world.caseworker("sierre"), announced.id)
    tell_filing(world.worker, world.mailer, announced.id)
    laid(world.citizen, world.worker, ana)
    found = said(taken(world, ana))
    assert found["format"] == "portal-vs/export/1"
    assert (found["contact"]["name"], found["contact"]["email"]) == (JANE.name, JANE.email)
    (demand,) = found["demands"]
    assert (demand["reference"], demand["check_code"]) == (announced.reference, announced.view.check_code)
    assert demand["receipt"][0]["hash"] == announced.view.entry.hash.hex()
    assert found["answers"]["household"]["commune"] == 6266
    assert found["answers"]["for_me_alone"] == {"a": {"pregnant": True}}
    assert found["answers"]["typed_not_sent"] == {"debts": {"debts": "12 half a word"}}
    (sent,) = found["answers_sent"]
    assert (sent["answers"]["commune"], sent["by_me"], sent["for_me_alone"]) == (6248, True, {"a": ["pregnant"]})
    assert {"payslips@a", "avs_number@a"} & {item["key"] for item in found["checklist"]}
    assert [(one["version"], one["language"]) for one in found["acknowledgements"]] == [(current(RIGHTS).version, "pt")]
    assert [one["name"] for one in found["mails"]] == [f"filed/{announced.id}"]
    assert found["mails"][0]["sent_at"]
    assert "demand:open" in [one["action"] for one in found["access_log"]]
    assert [len(one["files"]) for one in found["papers"]] == [1]


def test_a_refused_paper_of_no_item_has_its_day_and_its_reason(world: World, announced: Announced, ana: Actor) -> None:
    laid(world.citizen, world.worker, ana, target=Target(title="Lettre du bailleur"))
    (before,) = said(taken(world, ana))["papers"]
    assert before["key"] not in {one["key"] for one in said(taken(world, ana))["checklist"]}
    refused = Note(RequestState.REFUSED, refusal=Refusal.CUT_OFF, words="En bas")
    note_at_desk(world.staff, world.caseworker(), announced.view.dossier_id, before["key"], refused)
    at = world.clock.now()
    world.clock.forward(days=3)
    found = said(taken(world, ana))
    (paper,) = found["papers"]
    (noted,) = [one for one in found["checklist"] if one["key"] == paper["key"]]
    assert (noted["title"], noted["state"]) == ("Lettre du bailleur", "refused")
    assert datetime.fromisoformat(noted["noted_at"]) == at
    assert "En bas" in noted["reason"]


def test_of_another_adult_of_the_household_nothing(world: World, announced: Announced, ana: Actor) -> None:
    add_person(world.citizen, ana, Relation.SPOUSE)
    paul = second_adult(world, announced, "Paul Second")
    with world.superuser() as connection:
        connection.execute(
            "UPDATE adult SET email = 'geheim@example.ch', phone = '+41791112233' WHERE id = %s", [paul.id]
        )
    say(world, paul, "special@b", own=True, pregnant=True)
    keep_typed(world.citizen, paul, page("debts"), {"debts": "Geheim"}, seen=seen(world, paul, "debts"))
    snapshots.send(world.citizen, paul)
    laid(world.citizen, world.worker, paul, "Geheim.jpg", target=Target(title="Geheim"))
    acknowledge_own(world.citizen, paul, "b", current(RIGHTS).version, "pt")
    desk.issue_code(world.staff, world.caseworker("sierre"), announced.id, os.urandom(32), paul.id)
    own = laid(world.citizen, world.worker, ana, "mine.jpg")
    archive = taken(world, ana)
    everything = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    for word in ("Geheim", "geheim", "791112233", "pregnant", "access-code", str(paul.id)):
        assert word not in everything + " ".join(archive.namelist()), word
    found = said(archive)
    assert [found["acknowledgements"], found["answers"]["for_me_alone"], found["access_log"]] == [[], {}, []]
    assert [one["by_me"] for one in found["answers_sent"]] == [False], "what the household sent together is theirs too"
    assert [name for name in archive.namelist() if name.startswith("Papiers/")] == [
        found["papers"][0]["files"][0]["path"]
    ]
    assert archive.read(archive.namelist()[0]) == shelf.take(world.citizen, ana, own).content
    assert said(taken(world, paul))["answers"]["for_me_alone"] == {"b": {"pregnant": True}}


def test_of_another_dossier_nothing(world: World, announced: Announced, ana: Actor) -> None:
    laid(world.citizen, world.worker, ana, "mine.jpg")
    other = world.adult(world.announce())
    archive = taken(world, other)
    assert announced.reference not in archive.read("data.json").decode()
    assert archive.namelist() == ["data.json", "README.txt"]


def test_who_left_the_household_still_gets_what_is_theirs(world: World, announced: Announced, ana: Actor) -> None:
    add_person(world.citizen, ana, Relation.SPOUSE)
    paul = second_adult(world, announced)
    laid(world.citizen, world.worker, paul, "Paul.jpg", target=Target(title="Lettre"))
    remove_person(world.citizen, ana, "b")
    found = said(taken(world, paul))
    assert "not_included" in found["answers"]
    assert found["contact"]["name"] == "Paul Second"
    assert len(found["papers"]) == 1


def test_a_file_that_cannot_go_along_is_named(world: World, ana: Actor) -> None:
    send(world.citizen, ana, b"%PDF-1.4 not checked yet", name="En route.pdf")
    archive = taken(world, ana)
    assert archive.namelist() == ["data.json", "README.txt"]
    assert "- En route.pdf" in archive.read("README.txt").decode("utf-8-sig")
    assert said(archive)["papers"][0]["files"][0] | {"received_at": None} == {
        "name": "En route.pdf",
        "state": "received",
        "fault": None,
        "received_at": None,
        "path": None,
    }


def test_without_papers_it_says_so(world: World, ana: Actor) -> None:
    laid(world.citizen, world.worker, ana)
    archive = taken(world, ana, papers=False)
    assert archive.namelist() == ["data.json", "README.txt"]
    assert said(archive)["papers_included"] is False
    assert "vous l’avez demandé ainsi" in archive.read("README.txt").decode("utf-8-sig")


def broken_after(world: World, ana: Actor) -> tuple[bytes, BaseException]:
    """What arrived until it broke off, and why."""
    arrived, stream = b"", make_export(world.citizen, ana, "fr", papers=True)
    try:
        for piece in stream:
            arrived += piece
    except (StorageUnavailableError, UnreadableError) as error:
        return arrived, error
    raise AssertionError("it did not break off")


def test_a_store_that_dies_on_the_way_leaves_no_zip(world: World, ana: Actor, s3: S3) -> None:
    for number in range(3):
        laid(world.citizen, world.worker, ana, f"{number}.jpg")
    arrived, stream = b"", make_export(world.citizen, ana, "fr", papers=True)
    with pytest.raises(StorageUnavailableError):  # noqa: PT012 - it has to break in the midst
        while True:
            arrived += next(stream)
            if s3.running:
                s3.kill()
    assert len(arrived) > 1000
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(arrived))


def test_a_store_that_is_away_gives_not_one_byte(world: World, ana: Actor, s3: S3) -> None:
    laid(world.citizen, world.worker, ana)
    s3.kill()
    arrived, error = broken_after(world, ana)
    assert arrived == b""
    assert isinstance(error, StorageUnavailableError)


@pytest.mark.parametrize("harm", ["gone", "swapped"])
def test_an_object_that_is_not_the_one_leaves_no_zip(world: World, ana: Actor, harm: str) -> None:
    for number in range(2):
        laid(world.citizen, world.worker, ana, f"{number}.jpg")
    query = "SELECT object_key FROM document_object o JOIN document_file f ON f.id = o.file_id"
    query += " WHERE role = 'clean' ORDER BY begun_at"
    with world.superuser() as connection:
        keys = [row[0] for row in connection.execute(query).fetchall()]  # type: ignore[arg-type]
    if harm == "gone":
        world.store.delete(keys[1])
    else:
        world.store.put(keys[1], world.store.get(keys[0]), "application/octet-stream")
    arrived, error = broken_after(world, ana)
    assert isinstance(error, UnreadableError)
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(arrived))


def test_a_big_dossier_needs_no_more_memory_than_one_paper(world: World, ana: Actor) -> None:
    """Forty files of five megabytes: a ZIP of two hundred passes through, with a few papers' worth at most in memory."""
    ids = stored(world, ana, 40, 5 * MEGABYTE)
    assert len(ids) == 40
    passed = 0
    tracemalloc.start()
    try:
        for piece in make_export(world.citizen, ana, "fr", papers=True):
            passed += len(piece)
            assert len(piece) <= 2 * 64 * 1024 + 1000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert passed > 200 * MEGABYTE
    print(f"\nexport of {passed / MEGABYTE:.0f} MB: at most {peak / MEGABYTE:.0f} MB in memory")
    assert peak < 6 * 5 * MEGABYTE


def test_it_is_written_down_and_for_nobody_but_an_adult(world: World, announced: Announced, ana: Actor) -> None:
    taken(world, ana)
    row = "SELECT actor_kind, outcome, adult_id FROM audit_event WHERE action = 'export:take'"
    assert world.row(row) == ("citizen", "done", ana.id)
    assert [one["action"] for one in said(taken(world, ana))["access_log"]] == ["export:take"]
    for kind in (ActorKind.STAFF, ActorKind.VISITOR):
        actor = Actor(kind, "test", announced.view.adult_id, announced.view.dossier_id, helped=announced.view.adult_id)
        with pytest.raises(NotYoursError):
            make_export(world.citizen, actor, "fr", papers=True)


@pytest.mark.parametrize("language", CODES)
def test_the_readme_is_in_the_person_s_language(world: World, ana: Actor, language: str) -> None:
    words = taken(world, ana, language).read("README.txt").decode("utf-8-sig")
    assert "data.json" in words
    assert "\r\n" in words
    assert (JANE.name or "") in words


def test_every_part_is_documented(world: World, ana: Actor) -> None:
    page = Path(PROJECT / "docs/export.md").read_text()
    keys = {*said(taken(world, ana))}
    assert {part.name for part in PARTS} < keys
    assert not [key for key in keys if f"`{key}`" not in page]


def test_others_in_the_store_cut_nothing_off(world: World, ana: Actor) -> None:
    """Every place before the store is taken for longer than somebody waits there."""
    laid(world.citizen, world.worker, ana)
    gate, places = world.citizen.store._gate, ExitStack()  # type: ignore[attr-defined]
    for _ in range(PLACES):
        places.enter_context(gate.passed())
    Timer(1.5, places.close).start()
    assert len(taken(world, ana).namelist()) == 3


def test_a_file_that_began_on_paper_has_an_export_too(world: World, announced: Announced) -> None:
    """An adult of a dossier without a demand."""
    dossier, adult = uuid.uuid4(), uuid.uuid4()
    with world.superuser() as connection:
        connection.execute("INSERT INTO dossier VALUES (%s, 'VS-0000-0000-97', now())", [dossier])
        connection.execute(
            "INSERT INTO adult (id, dossier_id, person, name, unreachable, language) VALUES (%s, %s, 'a', 'Zoé', false, 'fr')",
            [adult, dossier],
        )
    found = said(taken(world, Actor(ActorKind.CITIZEN, "test", adult, dossier)))
    assert (found["contact"]["name"], found["demands"], "not_included" in found["answers"]) == ("Zoé", [], True)
