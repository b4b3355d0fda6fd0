"""`file_demand` is one transaction: demand, register entry, audit event and job stand together or not at all."""

from __future__ import annotations

import json
import os

import pytest

from portal.adapters.database import DatabaseUnavailableError
from portal.domain.demand import Announcement, Channel, Helper, Need, Person
from portal.domain.register import Act, EntryKind
from portal.services.actor import Actor
from portal.services.filed import find_filed
from portal.services.filing import Contact, Filing, file_demand
from tests.pages.world import JANE, SIERRE, UNSURE, VISP, World, visitor
from tests.services.breakage import BROKEN, broken_insert

TABLES = ("filing_register", "dossier", "adult", "access_code", "demand", "audit_event", "jobs.procrastinate_jobs")


def filing(world: World, announcement: Announcement | None = None, token: bytes | None = None) -> Filing:
    announcement = announcement or Announcement(JANE, "fr", SIERRE)
    return Filing(announcement, Contact(Channel.ONLINE, world.clock.now()), token or os.urandom(32))


def counts(world: World) -> dict[str, int]:
    return {table: world.count(table) for table in (*TABLES, "demand_event", "sent_mail", "citizen_session")}


def test_one_filing_is_one_row_of_each(clean_world: World) -> None:
    assert file_demand(clean_world.citizen, visitor(), filing(clean_world), clean_world.clock.now())
    assert {table: number for table, number in counts(clean_world).items() if number} == dict.fromkeys(TABLES, 1)


def test_all_rows_carry_one_transaction(clean_world: World) -> None:
    file_demand(clean_world.citizen, visitor(), filing(clean_world), clean_world.clock.now())
    writers = {clean_world.row(f"SELECT xmin::text FROM {table}")[0] for table in TABLES}  # noqa: S608
    assert len(writers) == 1


@pytest.mark.parametrize("at_commit", [False, True], ids=["as-written", "at-commit"])
@pytest.mark.parametrize("table", TABLES)
def test_a_step_that_fails_undoes_all_of_it(clean_world: World, table: str, at_commit: bool) -> None:
    world, token = clean_world, os.urandom(32)
    with broken_insert(world.database, table, at_commit=at_commit), pytest.raises(DatabaseUnavailableError) as failure:
        file_demand(world.citizen, visitor(), filing(world, token=token), world.clock.now())
    assert BROKEN in str(failure.value.__cause__)
    assert not any(counts(world).values())
    # And the same form, sent again when all is well, files: nothing of the failure is in the way, no gap remains.
    assert file_demand(world.citizen, visitor(), filing(world, token=token), world.clock.now())
    assert world.row("SELECT sequence FROM filing_register") == (1,)


def test_only_the_token_means_filed_before(clean_world: World) -> None:
    """A clash of another kind must never pass for «this form has filed already»: then nobody would have filed."""
    with (
        broken_insert(clean_world.database, "adult", error="unique_violation"),
        pytest.raises(DatabaseUnavailableError),
    ):
        file_demand(clean_world.citizen, visitor(), filing(clean_world), clean_world.clock.now())
    assert not any(counts(clean_world).values())


def test_a_reference_that_is_taken_is_drawn_anew(clean_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world = clean_world
    taken = world.announce().reference
    drawn = iter([taken, taken, "VS-0000-0001-95"])
    monkeypatch.setattr("portal.services.filing.new_reference", lambda _: next(drawn))
    assert world.announce().reference == "VS-0000-0001-95"
    assert world.row("SELECT array_agg(sequence ORDER BY sequence) FROM filing_register") == ([1, 2],)


def test_the_job_names_the_demand_and_nothing_else(clean_world: World) -> None:
    announced = clean_world.announce()
    task, arguments, status = clean_world.row("SELECT task_name, args, status FROM jobs.procrastinate_jobs")
    assert (task, status) == ("tell_filing", "todo")
    assert arguments == {"demand_id": str(announced.id)}


def test_the_audit_event_holds_no_case_content(clean_world: World) -> None:
    announced = clean_world.announce(Person(name="Geheim Geheimnis", phone="+41 79 555 11 22"), urgent=True)
    event = clean_world.row("SELECT to_jsonb(a) - 'hash' - 'previous_hash' FROM audit_event a")[0]
    assert event["action"] == "demand:file"
    assert event["dossier_id"] == str(announced.view.dossier_id)
    assert (event["actor_kind"], event["actor_id"], event["outcome"]) == ("visitor", None, "done")
    assert "Geheim" not in json.dumps(event)
    assert "5551122" not in json.dumps(event).replace(" ", "")  # an id may hold three fives


def test_the_register_entry_holds_no_personal_datum(clean_world: World) -> None:
    clean_world.announce(Person(name="Geheim", birth_year=1971, phone="+41 79 555 11 22", email="geheim@example.ch"))
    columns = set(clean_world.row("SELECT to_jsonb(r) FROM filing_register r")[0])
    assert columns == {
        "sequence", "reference", "kind", "channel", "instant", "recorded_at", "commune_bfs", "content_hmac", "key_id",
        "signature", "previous_hash", "hash",
    }  # fmt: skip


def test_the_entry_is_signed_and_bound_to_what_was_said(clean_world: World) -> None:
    announcement = Announcement(JANE, "fr", SIERRE, Helper("Ruth", "Tochter"), urgent=True, needs=(Need.FOOD,))
    now = clean_world.clock.now()
    file_demand(clean_world.citizen, visitor(), filing(clean_world, announcement), now)
    reference, hmac, key_id, signature, salt = clean_world.row(
        "SELECT r.reference, content_hmac, key_id, signature, salt FROM filing_register r, demand"
    )
    assert announcement.content_hmac(salt) == hmac
    act = Act(reference, EntryKind.FILING, "online", now, now, SIERRE, hmac)
    assert clean_world.citizen.signer.verify(key_id, act.signed_bytes(), signature)


def test_secrets_rest_as_keyed_hashes_only(clean_world: World) -> None:
    announced = clean_world.announce()
    rows = clean_world.row(
        "SELECT (SELECT to_jsonb(d) FROM demand d)::text, (SELECT to_jsonb(c) FROM access_code c)::text,"
        " (SELECT args FROM jobs.procrastinate_jobs)::text, (SELECT to_jsonb(a) FROM audit_event a)::text"
    )
    for text in rows:
        assert announced.code not in text
        assert announced.token.hex() not in text


def test_answers_are_sealed_and_bound_to_their_row(clean_world: World) -> None:
    world = clean_world
    first = world.announce(
        commune=SIERRE, helper=Helper("Ruth Helferin", "Tochter"), urgent=True, needs=(Need.LODGING,)
    )
    second = world.announce(commune=SIERRE)
    sealed = world.row("SELECT answers FROM demand WHERE id = %s", first.id)[0]
    assert b"Helferin" not in sealed
    assert b"lodging" not in sealed
    assert first.view.announcement.helper == Helper("Ruth Helferin", "Tochter")
    # Moved to another row, they do not open; the rest of that demand stays usable.
    with world.superuser() as connection:
        connection.execute("UPDATE demand SET answers = %s WHERE id = %s", [sealed, second.id])
    found = find_filed(world.citizen, second.token)
    assert found is not None
    assert not found.demand.readable
    assert found.demand.announcement.helper is None
    assert found.demand.reference == second.reference


@pytest.mark.parametrize(
    ("commune", "region", "candidates"),
    [
        (SIERRE, "sierre", ["sierre"]),
        (VISP, "oberwallis", ["oberwallis"]),
        (UNSURE, None, ["bas-valais", "martigny"]),
        (None, None, ["bas-valais", "martigny", "oberwallis", "sierre", "sion-herens-conthey"]),
    ],
)
def test_the_region_follows_the_commune(
    world: World, commune: int | None, region: str | None, candidates: list[str]
) -> None:
    view = world.announce(commune=commune).view
    assert view.region == region
    assert sorted(view.candidate_regions) == candidates


def test_a_filing_at_the_desk_names_its_caseworker(clean_world: World) -> None:
    world, now = clean_world, clean_world.clock.now()
    actor: Actor = world.caseworker("sierre")
    contact = Contact(Channel.LETTER, world.clock.forward(days=-3), time_known=False, reason="Timbre postal")
    token = os.urandom(32)
    assert file_demand(world.staff, actor, Filing(Announcement(JANE, "de", VISP), contact, token), now)
    found = find_filed(world.staff, token)
    assert found is not None
    assert found.demand.recorded_by == actor.id
    assert found.demand.first_contact_reason == "Timbre postal"
    assert (found.demand.instant, found.demand.recorded_at) == (contact.instant, now)
    assert not found.demand.time_known
    assert world.row("SELECT instant, recorded_at, channel FROM filing_register") == (contact.instant, now, "letter")


def test_many_filings_from_one_address_are_marked_and_none_refused(clean_world: World) -> None:
    marked = [clean_world.announce(source="192.0.2.7").view.flooded for _ in range(23)]
    assert marked == [False] * 21 + [True] * 2
    assert not clean_world.announce(source="192.0.2.8").view.flooded
    clean_world.clock.forward(hours=1, minutes=1)
    assert not clean_world.announce(source="192.0.2.7").view.flooded
