"""Stored objects open whole and unchanged, in their own place, or not at all."""

from __future__ import annotations

import os
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from portal.adapters.envelope import Envelope, UnreadableError
from portal.adapters.vault import CHUNK, KEY_BYTES, new_key, opened, sealed
from portal.domain.document import MOST_BYTES, ObjectRole, object_context

KEY, CONTEXT = new_key(), object_context("dossier", "document", "file", ObjectRole.RAW, 0)
HEAD, SALT, TAG = 4, 32, 16
START, PIECE = HEAD + SALT, CHUNK + TAG
LENGTHS = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5)
SOURCE = os.urandom(4 * CHUNK)
lengths = st.one_of(st.sampled_from(LENGTHS), st.integers(0, 3 * CHUNK))
slow = settings(deadline=None, max_examples=200)  # a busy machine is no fault


def refused(content: bytes, *, key: bytes = KEY, context: str = CONTEXT) -> None:
    with pytest.raises(UnreadableError):
        opened(key, content, context)


def borders(content: bytes) -> list[int]:
    """Where the chunks of a sealed object begin, and its end."""
    return [*range(START, len(content), PIECE), len(content)]


def pieces(content: bytes) -> list[bytes]:
    """The chunks of a sealed object."""
    return [content[start:end] for start, end in pairwise(borders(content))]


@slow
@given(length=lengths, context=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_what_was_sealed_opens(length: int, context: str) -> None:
    stored = sealed(KEY, SOURCE[:length], context)
    assert opened(KEY, stored, context) == SOURCE[:length]
    assert len(stored) == START + length + TAG * max(1, -(-length // CHUNK))


def test_the_longest_file() -> None:
    content = os.urandom(MOST_BYTES)
    assert opened(KEY, sealed(KEY, content, CONTEXT), CONTEXT) == content


def test_nothing_shows_and_the_same_never_looks_the_same() -> None:
    stored = [sealed(KEY, b"a name" * 20_000, CONTEXT) for _ in range(50)]
    assert len({one[HEAD:START] for one in stored}) == 50
    assert len({one[START:] for one in stored}) == 50
    assert not any(b"a name" in one for one in stored)
    assert len({new_key() for _ in range(50)}) == 50


@pytest.mark.parametrize("length", LENGTHS)
def test_every_byte_of_every_kind_counts(length: int) -> None:
    """Head and salt whole; of each chunk its first bytes, its last ones, its tag: 36 + up to 4 x 48 places, 8 bits."""
    stored, places = sealed(KEY, SOURCE[:length], CONTEXT), set(range(START))
    for start, end in pairwise(borders(stored)):
        places |= {*range(start, min(start + 16, end)), *range(max(start, end - TAG - 16), end)}
    for place in sorted(places):
        for bit in range(8):
            changed = bytearray(stored)
            changed[place] ^= 1 << bit
            refused(bytes(changed))


@slow
@given(length=lengths, where=st.floats(0, 1, exclude_max=True), change=st.integers(1, 255))
def test_every_flip_is_noticed(length: int, where: float, change: int) -> None:
    changed = bytearray(sealed(KEY, SOURCE[:length], CONTEXT))
    changed[int(where * len(changed))] ^= change
    refused(bytes(changed))


@pytest.mark.parametrize("length", LENGTHS)
def test_a_cut_at_and_around_every_border_is_noticed(length: int) -> None:
    stored = sealed(KEY, SOURCE[:length], CONTEXT)
    cuts = {border + by for border in (0, HEAD, *borders(stored)) for by in (-TAG - 1, -TAG, -1, 0, 1, TAG, TAG + 1)}
    for cut in sorted(cut for cut in cuts if 0 <= cut < len(stored)):
        refused(stored[:cut])


@slow
@given(length=lengths, share=st.floats(0, 1, exclude_max=True))
def test_every_cut_is_noticed(length: int, share: float) -> None:
    stored = sealed(KEY, SOURCE[:length], CONTEXT)
    refused(stored[: int(share * len(stored))])


@slow
@given(length=lengths, more=st.binary(min_size=1, max_size=100))
@example(length=CHUNK, more=bytes(TAG))
@example(length=CHUNK, more=bytes(PIECE))
def test_every_extension_is_noticed(length: int, more: bytes) -> None:
    stored = sealed(KEY, SOURCE[:length], CONTEXT)
    for longer in (stored + more, stored[:START] + more + stored[START:], stored + stored[START:]):
        refused(longer)


def test_chunks_in_another_order_left_out_or_twice() -> None:
    stored = sealed(KEY, SOURCE, CONTEXT)
    head, (a, b, c, d) = stored[:START], pieces(stored)
    assert opened(KEY, head + a + b + c + d, CONTEXT) == SOURCE
    tried = 0
    for first in (a, b, c, d):
        for second in (a, b, c, d):
            for third in (a, b, c, d):
                for rest in (b"", a, b, c, d):
                    if (first, second, third, rest) != (a, b, c, d):
                        refused(b"".join([head, first, second, third, rest]))
                        tried += 1
    assert tried == 4**3 * 5 - 1


def test_chunks_of_two_objects_do_not_fit_together() -> None:
    """Not even of two that the same person sent twice under the same context."""
    one, other = (sealed(KEY, SOURCE, CONTEXT) for _ in range(2))
    for number in range(4):
        mixed = pieces(one)
        mixed[number] = pieces(other)[number]
        refused(one[:START] + b"".join(mixed))
    refused(one[:START] + other[START:])


@slow
@given(
    one=st.tuples(*[st.sampled_from("abc")] * 3, st.sampled_from(ObjectRole), st.integers(0, 3)),
    other=st.tuples(*[st.sampled_from("abc")] * 3, st.sampled_from(ObjectRole), st.integers(0, 3)),
)
@example(one=("a", "a", "a", ObjectRole.PAGE, 1), other=("a", "a", "a", ObjectRole.THUMB, 1))
@example(one=("a", "a", "a", ObjectRole.RAW, 0), other=("b", "a", "a", ObjectRole.RAW, 0))
def test_an_object_opens_in_its_own_place_only(
    one: tuple[str, str, str, ObjectRole, int], other: tuple[str, str, str, ObjectRole, int]
) -> None:
    """An older object, or another person's, put in the place of this one: dossier, document, file, role or number."""
    stored = sealed(KEY, b"older", object_context(*one))
    if one == other:
        assert opened(KEY, stored, object_context(*other)) == b"older"
    else:
        refused(stored, context=object_context(*other))


def test_two_objects_that_changed_places() -> None:
    places = [object_context("d", "p", "f", ObjectRole.PAGE, number) for number in range(2)]
    stored = [sealed(KEY, page, place) for page, place in zip((b"one", b"two"), places, strict=True)]
    for content, place in zip(reversed(stored), places, strict=True):
        refused(content, context=place)


@slow
@given(other=st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES), length=lengths)
def test_another_key_opens_nothing(other: bytes, length: int) -> None:
    refused(sealed(KEY, SOURCE[:length], CONTEXT), key=other)


@pytest.mark.parametrize("key", [b"", b"short", bytes(16), bytes(33)])
def test_a_key_of_another_length_is_none(key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        sealed(key, b"x", CONTEXT)
    refused(sealed(KEY, b"x", CONTEXT), key=key)


@slow
@given(content=st.binary(max_size=300))
@example(content=b"")
@example(content=b"PD\x01\x10")
@example(content=b"PD\x01\x10" + bytes(32 + 16))
def test_anything_else_is_refused_in_one_way(content: bytes) -> None:
    refused(content)


def test_the_documents_key_rests_in_the_envelope() -> None:
    """As the rows of documents have it: who has the master key and the row opens the object, and nobody else."""
    envelope, key = Envelope({"k1": os.urandom(32)}), new_key()
    wrapped, stored = envelope.seal(key, "document/d/1"), sealed(key, b"page", CONTEXT)
    assert opened(envelope.open(wrapped, "document/d/1"), stored, CONTEXT) == b"page"
    with pytest.raises(UnreadableError):
        envelope.open(wrapped, "document/d/2")
