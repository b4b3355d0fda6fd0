"""The register in the database: the trigger's hash is Python's, and nobody changes what was written."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest

from portal.domain.register import GENESIS, Act, Entry, EntryKind
from portal.services.citizen import request_urgent_help, withdraw
from portal.services.register import verify_register
from tests.pages.world import World
from tests.services.actors import citizen_of

ROLES = ("portal_citizen", "portal_staff", "portal_worker", "portal_both")
CHAINS = ("filing_register", "audit_event")


def entries(world: World) -> list[Entry]:
    with world.superuser() as connection:
        rows = connection.execute(
            "SELECT sequence, reference, kind, channel, instant, recorded_at, commune_bfs, content_hmac, key_id,"
            " signature, previous_hash, hash FROM filing_register ORDER BY sequence"
        ).fetchall()
    return [Entry(r[0], Act(r[1], EntryKind(r[2]), *r[3:8]), *r[8:]) for r in rows]


def test_the_trigger_agrees_with_python(clean_world: World) -> None:
    world = clean_world
    world.clock.set("2026-10-25 02:30:00.000001", fold=1)
    demands = [world.announce(commune=commune) for commune in (6248, None, 6219)]
    world.clock.forward(microseconds=123456)
    request_urgent_help(world.citizen, citizen_of(demands[0]), world.clock.now())
    withdraw(world.citizen, citizen_of(demands[1]), world.clock.now(), "Autre solution")
    chain = entries(world)
    assert [entry.sequence for entry in chain] == [1, 2, 3, 4, 5]
    assert chain[0].previous_hash == GENESIS
    for before, entry in zip([None, *chain], chain, strict=False):
        assert entry.hash == entry.expected_hash()
        assert before is None or entry.previous_hash == before.hash


def test_sequence_and_hashes_of_a_caller_are_ignored(clean_world: World) -> None:
    """The application cannot choose its place in the chain, even where a column may be named."""
    with clean_world.database.connect("portal_citizen") as connection:
        connection.execute(
            "INSERT INTO filing_register (sequence, reference, kind, channel, instant, recorded_at, content_hmac,"
            " key_id, signature, previous_hash, hash)"
            " VALUES (77, 'x', 'filing', 'online', now(), now(), 'h', 'k', 's', 'p', 'q')"
        )
    sequence, previous, hash_ = clean_world.row("SELECT sequence, previous_hash, hash FROM filing_register")
    assert (sequence, previous) == (1, GENESIS)
    assert len(hash_) == 32


def test_an_audit_chain_links_too(clean_world: World) -> None:
    clean_world.announce()
    clean_world.announce()
    rows = clean_world.row(
        "SELECT array_agg(hash ORDER BY sequence), array_agg(previous_hash ORDER BY sequence) FROM audit_event"
    )
    assert [rows[1][0], *rows[0][:-1]] == [GENESIS, *rows[1][1:]]


@pytest.mark.parametrize("role", ROLES)
def test_no_role_of_the_application_changes_a_chain(world: World, role: str) -> None:
    world.announce()
    for table in CHAINS:
        for verb in ("UPDATE {} SET instant = instant", "DELETE FROM {}", "TRUNCATE {}"):
            with world.database.connect(role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(verb.format(table))


def test_not_even_the_owner(world: World) -> None:
    world.announce()
    for table in CHAINS:
        for verb in ("UPDATE {} SET instant = instant", "DELETE FROM {}"):
            with (
                world.database.connect() as owner,
                pytest.raises(psycopg.errors.InsufficientPrivilege, match="insert-only"),
            ):
                owner.execute(verb.format(table))


def test_the_purge_of_a_demand_leaves_the_chain_whole(clean_world: World) -> None:
    world = clean_world
    kept, purged = world.announce(), world.announce()
    with world.superuser() as connection:  # as a purge by retention class will: the person and the salt are gone
        for table, column, value in (
            ("demand", "id", purged.id),
            ("access_code", "adult_id", purged.view.adult_id),
            ("adult", "id", purged.view.adult_id),
            ("dossier", "id", purged.view.dossier_id),
        ):
            connection.execute(f"DELETE FROM {table} WHERE {column} = %s", [value])  # noqa: S608
    report = verify_register(world.worker)
    assert (report.entries, report.faults) == (2, ())
    assert world.count("demand") == 1
    assert world.row("SELECT reference FROM demand JOIN dossier ON dossier.id = dossier_id") == (kept.reference,)


def test_a_rolled_back_filing_leaves_no_gap(clean_world: World) -> None:
    world = clean_world
    world.announce()
    with world.database.connect("portal_citizen") as connection:
        connection.execute(
            "INSERT INTO filing_register (reference, kind, channel, instant, recorded_at, content_hmac, key_id, signature)"
            " VALUES ('x', 'filing', 'online', now(), now(), 'h', 'k', 's')"
        )
        connection.rollback()
    world.clock.forward(seconds=1)
    world.announce()
    assert [entry.sequence for entry in entries(world)] == [1, 2]
    assert entries(world)[1].act.instant - entries(world)[0].act.instant == timedelta(seconds=1)
