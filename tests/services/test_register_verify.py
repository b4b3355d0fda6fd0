"""`register verify` finds every kind of tampering and names the entry; with a head it finds a cut-off end."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from portal.cli import create_cli
from portal.domain.receipt import ReceiptFacts, canonical_bytes, decode, encode
from portal.domain.register import Act, Entry, EntryKind
from portal.services.receipts import receipt_qr_text
from portal.services.register import Head, HeadFormatError, publish_head, read_head, verify_register
from tests.pages.world import Announced, World

Connection = psycopg.Connection[tuple[Any, ...]]


def run(world: World, sql: str, *values: Any) -> None:
    with world.superuser(triggers=False) as connection:
        connection.execute(sql, values)  # type: ignore[arg-type]


def found(world: World, **with_: Any) -> list[tuple[str, int]]:
    return [(fault.kind, fault.sequence) for fault in verify_register(world.worker, **with_).faults]


@pytest.fixture
def five(clean_world: World) -> list[Announced]:
    """A register of five entries."""
    return [clean_world.announce() for _ in range(5)]


@pytest.fixture
def head(clean_world: World, five: list[Announced], s3: object) -> Head:
    """The signed head over the five."""
    return publish_head(clean_world.worker, clean_world.store)


def test_a_whole_register(world: World, five: list[Announced]) -> None:
    report = verify_register(world.worker)
    assert (report.entries, report.faults) == (5, ())
    # It says what it cannot know without a head.
    assert len(report.unknown) == 1
    assert "--head" in report.unknown[0]


def test_an_empty_register(clean_world: World) -> None:
    assert verify_register(clean_world.worker).faults == ()


ALTERATIONS = {
    "instant": "instant = instant - interval '1 day'",
    "one-microsecond": "instant = instant + interval '1 microsecond'",
    "recorded-at": "recorded_at = recorded_at - interval '1 day'",
    "reference": "reference = 'VS-0000-0001-95'",
    "channel": "channel = 'phone'",
    "kind": "kind = 'withdrawal'",
    "commune": "commune_bfs = 6297",
    "no-commune": "commune_bfs = NULL",
    "content": "content_hmac = sha256('x')",
    "signature": "signature = sha256('x') || sha256('y')",
    "key": "key_id = 'other'",
    "hash": "hash = sha256('x')",
}


@pytest.mark.parametrize("change", ALTERATIONS.values(), ids=ALTERATIONS)
def test_an_altered_entry_is_named(world: World, five: list[Announced], change: str) -> None:
    run(world, f"UPDATE filing_register SET {change} WHERE sequence = 3")  # noqa: S608
    faults = verify_register(world.worker).faults
    assert ("altered", 3) in [(fault.kind, fault.sequence) for fault in faults]
    assert all("3" in fault.message for fault in faults)


def test_an_altered_entry_with_a_fitting_hash_breaks_the_next_link(world: World, five: list[Announced]) -> None:
    _rewrite(world, 3, lambda act: replace(act, channel="phone"), follow=False)
    assert found(world) == [("signature", 3), ("altered", 3)]


def test_an_entry_signed_by_nobody_is_named_even_if_all_hashes_fit(world: World, five: list[Announced]) -> None:
    _rewrite(world, 3, lambda act: replace(act, channel="phone"), follow=True)
    assert found(world) == [("signature", 3)]


@pytest.mark.parametrize(("gone", "named"), [((1,), [1]), ((3,), [3]), ((2, 3), [2]), ((2, 4), [2, 4])])
def test_missing_entries_are_named(
    world: World, five: list[Announced], gone: tuple[int, ...], named: list[int]
) -> None:
    run(world, "DELETE FROM filing_register WHERE sequence = ANY(%s)", list(gone))
    assert found(world) == [("missing", sequence) for sequence in named]


def test_reordered_entries_are_named(world: World, five: list[Announced]) -> None:
    run(world, "UPDATE filing_register SET sequence = sequence + 100 WHERE sequence IN (2, 4)")
    run(world, "UPDATE filing_register SET sequence = CASE sequence WHEN 102 THEN 4 ELSE 2 END WHERE sequence > 100")
    faults = verify_register(world.worker).faults
    assert [fault.sequence for fault in faults if fault.kind == "reordered"] == [2, 4]
    assert any("4" in fault.message for fault in faults if fault.sequence == 2)


def test_a_cut_off_end_needs_a_head(world: World, five: list[Announced], head: Head) -> None:
    run(world, "DELETE FROM filing_register WHERE sequence >= 4")
    assert found(world) == []
    assert found(world, head=head) == [("cut-off", 4)]


def test_an_emptied_register_needs_a_head(world: World, five: list[Announced], head: Head) -> None:
    run(world, "DELETE FROM filing_register")
    assert found(world, head=head) == [("cut-off", 1)]


def test_a_chain_made_anew_needs_a_head(world: World, five: list[Announced], head: Head) -> None:
    """Whoever drops an entry and computes all hashes anew is found by the head alone; without one, that is said."""
    entries = _entries(world)
    run(world, "DELETE FROM filing_register WHERE sequence = 5")
    kept = [entries[index] for index in (0, 2, 3, 4)]
    previous = entries[0].previous_hash
    for sequence, entry in enumerate(kept, start=1):
        renewed = replace(entry, sequence=sequence, previous_hash=previous)
        previous = renewed.expected_hash()
        _store(world, replace(renewed, hash=previous))
    assert found(world) == []
    assert "anew" in verify_register(world.worker).unknown[0]
    assert [kind for kind, _ in found(world, head=head)] == ["cut-off"]
    world.announce()  # and when the register has grown again, the hash tells
    assert found(world, head=head) == [("altered", 5)]


def test_a_head_of_yesterday_still_holds(world: World, five: list[Announced], head: Head) -> None:
    world.clock.forward(days=1)
    world.announce()
    report = verify_register(world.worker, head)
    assert (report.entries, report.faults, report.unknown) == (6, (), ())


FORGERIES: tuple[dict[str, Any], ...] = (
    {"count": 4},
    {"hash": "00" * 32},
    {"instant": "2030-01-01"},
    {"key_id": "none"},
    {"signature": "AAAA"},
    {"signature": "é"},
)


@pytest.mark.parametrize("change", FORGERIES)
def test_a_forged_head_is_named(world: World, five: list[Announced], head: Head, change: dict[str, Any]) -> None:
    assert [kind for kind, _ in found(world, head=replace(head, **change))] == ["signature"]


def test_the_head_goes_to_the_store_and_back(world: World, five: list[Announced], head: Head) -> None:
    key = f"register-heads/{world.clock.now():%Y-%m-%d}.json"
    assert key in world.store.keys("register-heads/")
    again = read_head(world.store.get(key).decode())
    assert again == head
    assert (again.count, again.hash) == (5, _entries(world)[-1].hash.hex())
    assert world.worker.signer.verify(again.key_id, again.signed_bytes(), base64.b64decode(again.signature))


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", "nonsense", '{"count": "many"}', '{"count": 1, "hash": "00"}']
)
def test_what_is_not_a_head(text: str) -> None:
    with pytest.raises(HeadFormatError):
        read_head(text)


def test_a_genuine_receipt(world: World, five: list[Announced]) -> None:
    text = receipt_qr_text(world.citizen, five[2].view).rpartition("q=")[2]
    assert found(world, receipt=text) == []


def _forged(world: World, text: str, **change: Any) -> str:
    facts, key_id, signature = decode(text)
    return encode(replace(facts, **change), key_id, signature)


def test_forged_receipts_are_named(world: World, five: list[Announced]) -> None:
    text = receipt_qr_text(world.citizen, five[2].view).rpartition("q=")[2]
    facts, _, _ = decode(text)
    earlier = facts.instant.replace(month=10)
    assert found(world, receipt=_forged(world, text, instant=earlier)) == [("receipt", 3)]
    assert found(world, receipt=_forged(world, text, sequence=2)) == [("receipt", 2)]
    assert found(world, receipt="HELLO") == [("receipt", 0)]
    # Signed by us, but over an entry that the register does not hold.
    other = ReceiptFacts(facts.reference, facts.instant, facts.channel, None, facts.kind, 9, bytes(32))
    assert found(world, receipt=encode(other, *world.citizen.signer.sign(canonical_bytes(other)))) == [("receipt", 9)]


def test_a_receipt_finds_the_entry_that_was_altered_under_it(world: World, five: list[Announced]) -> None:
    text = receipt_qr_text(world.citizen, five[4].view).rpartition("q=")[2]
    run(world, "DELETE FROM filing_register WHERE sequence = 5")
    assert found(world, receipt=text) == [("receipt", 5)]


def test_the_command_names_all_of_it(world: World, five: list[Announced], head: Head, tmp_path: Path) -> None:
    runner, variables = create_cli().test_cli_runner(), world.stack.env("worker")
    (tmp_path / "head.json").write_text(json.dumps(vars(head)))
    (tmp_path / "receipt.txt").write_text(receipt_qr_text(world.citizen, five[4].view) + "\n")
    arguments = (
        "register",
        "verify",
        "--head",
        str(tmp_path / "head.json"),
        "--receipt",
        str(tmp_path / "receipt.txt"),
    )
    done = runner.invoke(args=arguments, env=variables)
    assert (done.exit_code, json.loads(done.stdout)["whole"]) == (0, True), done.output
    run(world, "DELETE FROM filing_register WHERE sequence IN (2, 5)")
    run(world, "UPDATE filing_register SET channel = 'phone' WHERE sequence = 4")
    done = runner.invoke(args=arguments, env=variables)
    answer = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [(f["kind"], f["sequence"]) for f in answer["faults"]] == [
        ("missing", 2), ("altered", 4), ("cut-off", 5), ("receipt", 5)
    ]  # fmt: skip
    (tmp_path / "head.json").write_text("no head")
    done = runner.invoke(args=arguments, env=variables)
    assert (done.exit_code, "not a signed head" in done.stderr) == (2, True)


def _entries(world: World) -> list[Entry]:
    with world.superuser() as connection:
        rows = connection.execute(
            "SELECT sequence, reference, kind, channel, instant, recorded_at, commune_bfs, content_hmac, key_id,"
            " signature, previous_hash, hash FROM filing_register ORDER BY sequence"
        ).fetchall()
    return [Entry(r[0], Act(r[1], EntryKind(r[2]), *r[3:8]), *r[8:]) for r in rows]


def _store(world: World, entry: Entry) -> None:
    act = entry.act
    run(
        world,
        "UPDATE filing_register SET reference = %s, kind = %s, channel = %s, instant = %s, recorded_at = %s,"
        " commune_bfs = %s, content_hmac = %s, key_id = %s, signature = %s, previous_hash = %s, hash = %s"
        " WHERE sequence = %s",
        act.reference, act.kind.value, act.channel, act.instant, act.recorded_at, act.commune_bfs, act.content_hmac,
        entry.key_id, entry.signature, entry.previous_hash, entry.hash, entry.sequence,
    )  # fmt: skip


def _rewrite(world: World, sequence: int, change: Callable[[Act], Act], *, follow: bool) -> None:
    """Alter an entry and compute its hash anew; with `follow`, those of all entries after it too."""
    entries = _entries(world)
    altered = replace(entries[sequence - 1], act=change(entries[sequence - 1].act))
    previous = altered.expected_hash()
    _store(world, replace(altered, hash=previous))
    for entry in entries[sequence:] if follow else ():
        linked = replace(entry, previous_hash=previous)
        previous = linked.expected_hash()
        _store(world, replace(linked, hash=previous))
