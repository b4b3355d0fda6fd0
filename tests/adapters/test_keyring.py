"""Keyed hashes and codes: one key per purpose, older secrets still recognise, a seal opens only where it belongs."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.adapters.keyring import PURPOSES, Keyring, same_secret

OLD, NEW = "o" * 40, "n" * 40
FIXED = "1acdf476e686c2e3"
"""The hash of one value, as it was when the first demands were filed."""


def test_each_purpose_has_a_key_of_its_own() -> None:
    ring = Keyring((NEW,))
    assert len({ring.digest(purpose, b"value") for purpose in PURPOSES}) == len(PURPOSES)
    with pytest.raises(KeyError):
        ring.digest("other", b"value")


def test_hashes_are_stable_and_say_nothing() -> None:
    """They rest in the database: a change of how they are made would lock everybody out."""
    assert Keyring((OLD,)).digest("session", b"value") == Keyring((OLD,)).digest("session", b"value")
    assert Keyring((OLD,)).digest("session", b"value").hex().startswith(FIXED)
    assert b"value" not in Keyring((OLD,)).digest("session", b"value")


def test_older_secrets_recognise_and_the_first_makes() -> None:
    before, after = Keyring((OLD,)), Keyring((NEW, OLD))
    stored = before.digest("access-code", b"1234")
    assert after.matches("access-code", b"1234", stored)
    assert after.digests("access-code", b"1234")[1] == stored
    assert after.digest("access-code", b"1234") != stored
    assert not Keyring((NEW,)).matches("access-code", b"1234", stored)
    assert not after.matches("access-code", b"1235", stored)
    assert not after.matches("session", b"1234", stored)
    assert not after.matches("access-code", b"1234", b"")


def test_codes_have_sixteen_digits_and_belong_to_one_token() -> None:
    ring = Keyring((NEW, OLD))
    codes = {ring.access_codes(os.urandom(32))[0] for _ in range(300)}
    assert len(codes) == 300
    assert all(len(code) == 16 and code.isascii() and code.isdigit() for code in codes)
    token = os.urandom(32)
    assert ring.access_codes(token) == ring.access_codes(token)
    assert ring.access_codes(token)[1] == Keyring((OLD,)).access_codes(token)[0]
    # Every digit comes about as often as any other, the leading zero too.
    first = Counter(code[0] for code in codes)
    assert len(first) == 10
    assert max(first.values()) < 80


@settings(deadline=None)  # a busy machine is no fault
@given(value=st.binary(max_size=100), context=st.binary(max_size=30))
def test_a_seal_opens_where_it_belongs(value: bytes, context: bytes) -> None:
    ring = Keyring((NEW,))
    sealed = ring.seal(value, context, os.urandom(12))
    assert ring.unseal(sealed, context) == value
    assert ring.unseal(sealed, context + b"x") is None


@settings(deadline=None)  # a busy machine is no fault
@given(text=st.binary(max_size=200))
def test_what_was_never_sealed_does_not_open(text: bytes) -> None:
    assert Keyring((NEW, OLD)).unseal(text, b"filing-token") is None


def test_a_seal_under_an_older_secret_opens_until_that_secret_goes() -> None:
    sealed = Keyring((OLD,)).seal(b"token", b"c", os.urandom(12))
    assert Keyring((NEW, OLD)).unseal(sealed, b"c") == b"token"
    assert Keyring((NEW,)).unseal(sealed, b"c") is None
    changed = bytearray(sealed)
    for place in range(len(changed)):
        changed[place] ^= 1
        assert Keyring((OLD,)).unseal(bytes(changed), b"c") is None
        changed[place] ^= 1


def test_secrets_are_compared_whole() -> None:
    assert same_secret(b"same", b"same")
    assert not same_secret(b"same", b"sama")
    assert not same_secret(b"same", b"same ")
    assert not same_secret(b"", b"x")
