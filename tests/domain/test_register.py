"""The chain as pure values: what is signed, what is hashed, and every way in which a chain can be wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.register import GENESIS, Act, Entry, EntryKind, faults, iso

NOON = datetime(2026, 11, 10, 11, 0, 0, 7, tzinfo=UTC)
ACT = Act("VS-0000-0001-95", EntryKind.FILING, "online", NOON, NOON, 6248, b"h" * 32)


def sign(act: Act) -> bytes:
    return sha256(b"key" + act.signed_bytes()).digest()


def verify(key_id: str, message: bytes, signature: bytes) -> bool:
    return key_id == "k1" and signature == sha256(b"key" + message).digest()


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    for sequence in range(1, length + 1):
        act = replace(ACT, recorded_at=NOON + timedelta(seconds=sequence))
        previous = entries[-1].hash if entries else GENESIS
        entry = Entry(sequence, act, "k1", sign(act), previous, b"")
        entries.append(replace(entry, hash=entry.expected_hash()))
    return entries


def found(entries: list[Entry]) -> list[tuple[str, int]]:
    return [(fault.kind, fault.sequence) for fault in faults(entries, verify)]


def test_whole_chains() -> None:
    for length in (0, 1, 2, 30):
        assert found(chain(length)) == []


def test_the_signed_bytes_are_documented() -> None:
    assert ACT.signed_bytes() == (
        b"portal-vs/register/1|VS-0000-0001-95|filing|online|2026-11-10T11:00:00.000007Z|"
        b"2026-11-10T11:00:00.000007Z|6248|" + b"68" * 32
    )
    assert replace(ACT, commune_bfs=None).signed_bytes().split(b"|")[6] == b"-"


def test_every_part_of_an_act_is_signed_and_hashed() -> None:
    changes = (
        {"reference": "VS-0000-0002-92"}, {"kind": EntryKind.WITHDRAWAL}, {"channel": "phone"},
        {"instant": NOON + timedelta(microseconds=1)}, {"recorded_at": NOON + timedelta(microseconds=1)},
        {"commune_bfs": None}, {"commune_bfs": 6249}, {"content_hmac": b"i" * 32},
    )  # fmt: skip
    acts = [replace(ACT, **change) for change in changes]  # type: ignore[arg-type]
    assert len({act.signed_bytes() for act in [ACT, *acts]}) == len(acts) + 1
    entry = chain(1)[0]
    others = [replace(entry, act=act) for act in acts]
    others += [
        replace(entry, **c) for c in ({"sequence": 2}, {"key_id": "k"}, {"signature": b"s"}, {"previous_hash": b"p"})
    ]  # type: ignore[arg-type]
    assert len({other.expected_hash() for other in [entry, *others]}) == len(others) + 1


def test_an_instant_is_written_the_same_in_every_zone() -> None:
    assert iso(NOON.astimezone(timezone(timedelta(hours=5)))) == "2026-11-10T11:00:00.000007Z"
    assert iso(datetime(2026, 1, 1, tzinfo=UTC)) == "2026-01-01T00:00:00.000000Z"


@pytest.mark.parametrize("place", [1, 3, 5])
def test_an_altered_entry(place: int) -> None:
    entries = chain(5)
    entries[place - 1] = replace(entries[place - 1], act=replace(ACT, channel="phone"))
    assert found(entries) == [("altered", place)]


def test_an_entry_that_nobody_signed() -> None:
    entries = chain(3)
    forged = replace(entries[2], signature=b"x" * 32)
    entries[2] = replace(forged, hash=forged.expected_hash())
    assert found(entries) == [("signature", 3)]
    unknown = replace(chain(3)[2], key_id="k9")
    assert found([*chain(3)[:2], replace(unknown, hash=unknown.expected_hash())]) == [("signature", 3)]


@settings(deadline=None)  # a busy machine is no fault
@given(length=st.integers(2, 12), data=st.data())
def test_missing_entries_are_named(length: int, data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.integers(1, length - 1), min_size=1))
    kinds = found([entry for entry in chain(length) if entry.sequence not in gone])
    starts = [place for place in sorted(gone) if place - 1 not in gone]
    assert kinds == [("missing", place) for place in starts]


@settings(deadline=None)  # a busy machine is no fault
@given(length=st.integers(2, 10), data=st.data())
def test_two_entries_that_changed_places(length: int, data: st.DataObject) -> None:
    one = data.draw(st.integers(1, length - 1))
    other = data.draw(st.integers(one + 1, length))
    entries = chain(length)
    first, second = entries[one - 1], entries[other - 1]
    entries[one - 1], entries[other - 1] = replace(second, sequence=one), replace(first, sequence=other)
    assert [place for kind, place in found(entries) if kind == "reordered"] == [one, other]


def test_entries_read_out_of_order() -> None:
    one, two, three = chain(3)
    assert ("reordered", 2) in found([one, three, two])
    assert ("reordered", 1) in found([one, one])


def test_a_cut_off_end_cannot_be_seen_here() -> None:
    assert found(chain(5)[:3]) == []


def test_an_inserted_entry() -> None:
    entries = chain(3)
    stranger = Entry(4, replace(ACT, channel="phone"), "k1", b"", b"x" * 32, b"")
    stranger = replace(stranger, hash=stranger.expected_hash())
    assert found([*entries, stranger]) == [("altered", 3), ("signature", 4)]


def test_every_fault_is_told_with_its_number() -> None:
    entries = chain(5)
    del entries[1]
    (fault,) = faults(entries, verify)
    assert "2" in fault.message
