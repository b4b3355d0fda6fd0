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


@settings(deadline=None)
@given(plaintext=st.binary(max_size=2000), context=st.text(max_size=60))
def test_under_the_new_key_the_old_one_may_go(plaintext: bytes, context: str) -> None:
    before, both, after = Envelope({"k1": OLD}), Envelope({"key-2": NEW, "k1": OLD}), Envelope({"key-2": NEW})
    old = before.seal(plaintext, context)
    assert (before.is_current(old), both.is_current(old)) == (True, False)
    new = both.rewrap(old, context)
    assert (before.is_current(new), both.is_current(new), after.is_current(new)) == (False, True, True)
    assert after.open(new, context) == plaintext
    assert new[2 + 5 + 60 :] == old[2 + 2 + 60 :], "the text is not encrypted anew"
    with pytest.raises(UnreadableError):
        before.open(new, context)
    assert both.rewrap(new, context) != new, "once more is no harm"
    assert after.open(both.rewrap(new, context), context) == plaintext


def test_only_an_untouched_key_of_this_row_is_wrapped_anew() -> None:
    envelope = Envelope({"k2": NEW, "k1": OLD})
    sealed = Envelope({"k1": OLD}).seal(b"secret words", "demand/1")
    for context in ("demand/2", "demand/", ""):
        with pytest.raises(UnreadableError):
            envelope.rewrap(sealed, context)
    for place in range(2 + 2 + 12 + 48):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(UnreadableError):
            envelope.rewrap(bytes(changed), "demand/1")
        with pytest.raises(UnreadableError):
            envelope.rewrap(sealed[:place], "demand/1")
    with pytest.raises(UnreadableError):
        Envelope({"k2": NEW}).rewrap(sealed, "demand/1")


def test_a_text_that_was_altered_stays_so() -> None:
    """Wrapping anew neither opens the text nor makes an altered one good."""
    envelope = Envelope({"k2": NEW, "k1": OLD})
    sealed = Envelope({"k1": OLD}).seal(b"secret words", "demand/1")
    for place in range(2 + 2 + 12 + 48, len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(UnreadableError):
            envelope.open(envelope.rewrap(bytes(changed), "demand/1"), "demand/1")


@pytest.mark.parametrize("other", [b"", b"\x01", b"\x01\x02k", b"\x02\x02k2", b"\x01\x03k2", b"k2"])
def test_what_is_no_sealed_value_is_not_current(other: bytes) -> None:
    assert Envelope({"k2": NEW}).is_current(other) is False
