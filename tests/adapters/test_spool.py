"""Files of a form on their way: what comes back is what went in, and the disk holds noise."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.adapters.spool import CHUNK, IN_MEMORY, Spool, SpoolError

WORDS = b"Fiche de salaire de Zenaide Introuvable, mai 2026. "
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, IN_MEMORY, IN_MEMORY + 1, 5 * CHUNK, 2_000_003)


def filled(content: bytes, piece: int = CHUNK) -> Spool:
    """A spool that was written in pieces."""
    spool = Spool()
    for start in range(0, len(content), piece):
        assert spool.write(content[start : start + piece]) == len(content[start : start + piece])
    return spool


def nameless_files() -> list[bytes]:
    """What this process holds in open files that have no name any more."""
    found = []
    for one in Path("/proc/self/fd").iterdir():
        try:
            deleted = str(one.readlink()).endswith("(deleted)")
        except FileNotFoundError:  # the listing's own
            continue
        if deleted:
            with Path(one).open("rb") as file:
                found.append(file.read())
    return found


@pytest.mark.parametrize("size", SIZES)
def test_what_comes_back_is_what_went_in(size: int) -> None:
    content = os.urandom(size)
    with filled(content, 70_001) as spool:
        assert spool.size == size
        for _ in range(2):
            spool.seek(0)
            assert spool.read() == content
            assert spool.read(1) == b""


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 150_000), max_size=8), st.integers(1, 200_000))
def test_in_any_pieces(pieces: list[int], asked: int) -> None:
    content = os.urandom(sum(pieces))
    spool, start = Spool(), 0
    for piece in pieces:
        start += spool.write(memoryview(content)[start : start + piece])
    spool.seek(0)
    read = b""
    while some := spool.read(asked):
        assert len(some) <= asked
        read += some
    assert read == content
    spool.close()


def test_the_disk_holds_noise() -> None:
    before = len(nameless_files())
    content = WORDS * (1_000_000 // len(WORDS))
    with filled(content) as spool:
        spool.seek(0)
        assert spool.read(10) == content[:10]
        held = nameless_files()
        assert len(held) == before + 1, "a large file goes to the disk"
        ours = max(held, key=len)
        assert len(ours) >= len(content) - IN_MEMORY
        assert not any(WORDS[start : start + 8] in one for one in held for start in range(len(WORDS) - 8))
    assert len(nameless_files()) == before


def test_a_small_file_never_touches_the_disk() -> None:
    before = len(nameless_files())
    with filled(WORDS * (IN_MEMORY // len(WORDS))):
        assert len(nameless_files()) == before


def test_an_altered_file_is_noticed() -> None:
    with filled(os.urandom(IN_MEMORY * 2)) as spool:
        spool.seek(0)
        number = next(
            int(one.name) for one in Path("/proc/self/fd").iterdir() if one.is_symlink() and _is_large_and_nameless(one)
        )
        os.pwrite(number, b"\0" * 40, CHUNK + 100)
        with pytest.raises(SpoolError):
            spool.read()


def _is_large_and_nameless(one: Path) -> bool:
    try:
        return str(one.readlink()).endswith("(deleted)") and one.stat().st_size >= IN_MEMORY
    except FileNotFoundError:
        return False


def test_first_written_then_read() -> None:
    spool = filled(b"abc")
    with pytest.raises(io.UnsupportedOperation):
        spool.read()
    with pytest.raises(io.UnsupportedOperation):
        spool.seek(1)
    spool.seek(0)
    with pytest.raises(io.UnsupportedOperation):
        spool.write(b"d")
    assert spool.read() == b"abc"
    spool.close()
    with pytest.raises(ValueError, match="closed"):
        spool.read()
