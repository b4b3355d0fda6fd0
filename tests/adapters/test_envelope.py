"""Sealed values open for their own row only, under any key of the ring, and never after a change."""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.adapters.envelope import Envelope, UnreadableError

OLD, NEW = os.urandom(32), os.urandom(32)


@settings(deadline=None)  # a busy machine is no fault
@given(plaintext=st.binary(max_size=2000), context=st.text(max_size=60))
def test_what_was_sealed_opens(plaintext: bytes, context: str) -> None:
    envelope = Envelope({"k1": OLD})
    assert envelope.open(envelope.seal(plaintext, context), context) == plaintext


def test_it_opens_for_no_other_row() -> None:
    envelope = Envelope({"k1": OLD})
    sealed = envelope.seal(b"secret", "demand/1")
    for context in ("demand/2", "demand/", "", "demand_event/1"):
        with pytest.raises(UnreadableError):
            envelope.open(sealed, context)


def test_every_changed_byte_is_noticed() -> None:
    envelope = Envelope({"k1": OLD})
    sealed = envelope.seal(b"secret words", "demand/1")
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(UnreadableError):
            envelope.open(bytes(changed), "demand/1")


def test_every_cut_is_noticed() -> None:
    envelope = Envelope({"k1": OLD})
    sealed = envelope.seal(b"secret words", "demand/1")
    for length in range(len(sealed)):
        with pytest.raises(UnreadableError):
            envelope.open(sealed[:length], "demand/1")
    with pytest.raises(UnreadableError):
        envelope.open(sealed + b"x", "demand/1")


def test_parts_of_two_values_do_not_fit_together() -> None:
    """Each value has a data key of its own: one's wrapped key does not open the other's text."""
    envelope = Envelope({"k1": OLD})
    one, other = envelope.seal(b"a" * 40, "demand/1"), envelope.seal(b"b" * 40, "demand/1")
    head = 2 + 2 + 12 + 48
    with pytest.raises(UnreadableError):
        envelope.open(one[:head] + other[head:], "demand/1")


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    before, after = Envelope({"k1": OLD}), Envelope({"k2": NEW, "k1": OLD})
    old = before.seal(b"x", "c")
    assert after.open(old, "c") == b"x"
    assert after.seal(b"x", "c")[2:4] == b"k2"
    with pytest.raises(UnreadableError):
        before.open(after.seal(b"x", "c"), "c")
    with pytest.raises(UnreadableError):
        Envelope({"k2": NEW}).open(old, "c")
    with pytest.raises(UnreadableError):
        Envelope({"k1": NEW}).open(old, "c")  # the right name, another key


def test_the_same_value_never_looks_the_same() -> None:
    envelope = Envelope({"k1": OLD})
    assert len({envelope.seal(b"same", "c") for _ in range(50)}) == 50
    assert b"same" not in envelope.seal(b"same", "c")
