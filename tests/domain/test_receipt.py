"""The signed form of a receipt and of a proof of attempt: exact bytes, round trips, nothing varied unseen."""

import base64
import contextlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.receipt import (
    ATTEMPT_TAG,
    CHANNELS,
    KINDS,
    RECEIPT_TAG,
    AttemptProof,
    ReceiptFacts,
    ReceiptFormatError,
    attempt_canonical_bytes,
    canonical_bytes,
    decode,
    decode_attempt,
    encode,
    encode_attempt,
)
from portal.domain.reference import reference_from_number

ZURICH_WINTER = timezone(timedelta(hours=1))
FACTS = ReceiptFacts(
    reference="VS-4821-9035-63",
    instant=datetime(2026, 11, 30, 23, 59, 59, 999_999, tzinfo=ZURICH_WINTER),
    channel="online",
    commune_bfs=6248,
    kind="filing",
    sequence=1042,
    entry_hash=bytes(range(32)),
)
PROOF = AttemptProof(datetime(2026, 11, 30, 22, 58, tzinfo=UTC), bytes(range(32)), bytes(range(32, 64)))
SIGNATURE = bytes(range(64))

instants = st.datetimes(datetime(1970, 1, 2), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
hashes = st.binary(min_size=32, max_size=32)
key_ids = st.from_regex(r"[A-Za-z0-9_-]{1,16}", fullmatch=True)
signatures = st.binary(min_size=64, max_size=64)
facts_strategy = st.builds(
    ReceiptFacts,
    reference=st.integers(0, 10**8 - 1).map(reference_from_number),
    instant=instants,
    channel=st.sampled_from(CHANNELS),
    commune_bfs=st.none() | st.integers(1, 65535),
    kind=st.sampled_from(KINDS),
    sequence=st.integers(1, (1 << 40) - 1),
    entry_hash=hashes,
)
proofs = st.builds(AttemptProof, instant=instants, content_hash=hashes, token_hash=hashes)


def test_the_bytes_are_the_documented_ones() -> None:
    """Frozen: receipts printed years ago must still verify. A change needs a new version byte and tag."""
    seconds = int(datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC).timestamp())
    assert canonical_bytes(FACTS) == (
        b"portal-vs/receipt/1\n\x01"
        + (48219035).to_bytes(4)
        + seconds.to_bytes(5)
        + b"\x11"
        + (6248).to_bytes(2)
        + (1042).to_bytes(5)
        + bytes(range(32))
    )
    assert attempt_canonical_bytes(PROOF) == (
        b"portal-vs/attempt/1\n\x41" + int(PROOF.instant.timestamp()).to_bytes(5) + bytes(range(64))
    )
    assert encode(FACTS, "a", SIGNATURE).startswith("AEBN7Q43ABVQ377PCEMGQAAAAACBE")


def test_instants_are_utc_and_cut_downwards() -> None:
    assert FACTS.instant == datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)
    assert FACTS.instant.tzinfo is UTC


def test_it_is_short_enough_for_a_bad_print() -> None:
    assert len(encode(FACTS, "2026", SIGNATURE)) < 200
    assert len(encode_attempt(PROOF, "2026", SIGNATURE)) < 240


@given(facts_strategy, key_ids, signatures)
def test_receipt_round_trip(facts: ReceiptFacts, key_id: str, signature: bytes) -> None:
    text = encode(facts, key_id, signature)
    assert decode(text) == (facts, key_id, signature)
    assert decode(f" {text[:40]}\n{text[40:]}\n") == (facts, key_id, signature)
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


@given(proofs, key_ids, signatures)
def test_attempt_round_trip(proof: AttemptProof, key_id: str, signature: bytes) -> None:
    assert decode_attempt(encode_attempt(proof, key_id, signature)) == (proof, key_id, signature)


@given(facts_strategy, facts_strategy)
def test_different_facts_have_different_bytes(one: ReceiptFacts, other: ReceiptFacts) -> None:
    assert (one == other) == (canonical_bytes(one) == canonical_bytes(other))


@given(facts_strategy, proofs)
def test_the_two_kinds_never_meet(facts: ReceiptFacts, proof: AttemptProof) -> None:
    assert canonical_bytes(facts)[: len(RECEIPT_TAG)] == RECEIPT_TAG
    assert attempt_canonical_bytes(proof)[: len(ATTEMPT_TAG)] == ATTEMPT_TAG
    with pytest.raises(ReceiptFormatError):
        decode_attempt(encode(facts, "a", SIGNATURE))
    with pytest.raises(ReceiptFormatError):
        decode(encode_attempt(proof, "a", SIGNATURE))


@given(st.data())
def test_one_text_per_receipt(data: st.DataObject) -> None:
    """No other text decodes to the same facts, key and signature."""
    text = encode(FACTS, "a", SIGNATURE)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(codec="ascii", exclude_characters=text[place] + " \t\n\r\v\f\x1c\x1d\x1e\x1f"))
    changed = text[:place] + other + text[place + 1 :]
    with contextlib.suppress(ReceiptFormatError):
        assert decode(changed) != (FACTS, "a", SIGNATURE)


@given(st.text(max_size=300) | st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=", max_size=300))
def test_any_text_is_read_or_refused_with_our_error(text: str) -> None:
    for read in (decode, decode_attempt):
        with pytest.raises(ReceiptFormatError):
            read(text)


@given(st.binary(min_size=112, max_size=140), st.sampled_from([b"\x01", b"\x41"]))
def test_any_bytes_are_read_or_refused_with_our_error(tail: bytes, first: bytes) -> None:
    text = base64.b32encode(first + tail).decode().rstrip("=")
    for read in (decode, decode_attempt):
        with contextlib.suppress(ReceiptFormatError):
            read(text)


@pytest.mark.parametrize(
    "change",
    [
        {"reference": "VS-4821-9035-64"},
        {"reference": "4821903563"},
        {"instant": datetime(2026, 11, 30, 12)},  # noqa: DTZ001
        {"instant": datetime(1969, 12, 31, tzinfo=UTC)},
        {"channel": "fax"},
        {"kind": "grant"},
        {"commune_bfs": 0},
        {"commune_bfs": 65536},
        {"sequence": 0},
        {"sequence": 1 << 40},
        {"entry_hash": b"short"},
    ],
)
def test_impossible_facts_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ReceiptFormatError):
        replace(FACTS, **change)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key_id", "signature"), [("", SIGNATURE), ("a b", SIGNATURE), ("a" * 17, SIGNATURE), ("a", b"")]
)
def test_impossible_signatures_are_refused(key_id: str, signature: bytes) -> None:
    with pytest.raises(ReceiptFormatError):
        encode(FACTS, key_id, signature)


@given(st.integers(1, 2**40 - 1))
def test_an_instant_beyond_the_calendar_is_refused(seconds: int) -> None:
    text = encode(FACTS, "a", SIGNATURE)
    packed = base64.b32decode(text + "=" * (-len(text) % 8))
    text = base64.b32encode(packed[:5] + seconds.to_bytes(5) + packed[10:]).decode().rstrip("=")
    try:
        assert decode(text)[0].instant.timestamp() == seconds
    except ReceiptFormatError:
        assert seconds > datetime(9999, 12, 31, tzinfo=UTC).timestamp()
