"""The notices that the portal ships, by name and version, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from portal.content.reading import ContentError, Reviews, read_notice, read_reviews, read_words
from portal.domain.notice import Notice, Words

FOLDER = Path(__file__).resolve().parent / "notices"
"""Where they are. Read at each call and part of what is kept, so that tests can publish versions of their own.

`reviews.yaml` and `published.yaml` stand beside it.
"""


class UnknownNoticeError(LookupError):
    """There is no such notice, or no such version of it."""


def names(folder: Path | None = None) -> tuple[str, ...]:
    """Every notice."""
    return tuple(sorted(path.name for path in (folder or FOLDER).iterdir() if path.is_dir()))


def versions(name: str, folder: Path | None = None) -> tuple[int, ...]:
    """The versions of a notice, oldest first. Raises `UnknownNoticeError`."""
    return _versions(name, folder or FOLDER)


def notice(name: str, version: int, folder: Path | None = None) -> Notice:
    """One version. Raises `UnknownNoticeError`."""
    return _notice(name, version, folder or FOLDER)


def current(name: str, folder: Path | None = None) -> Notice:
    """The newest version. Raises `UnknownNoticeError`."""
    return notice(name, versions(name, folder)[-1], folder)


def words(name: str, version: int, language: str, folder: Path | None = None) -> Words:
    """Its words in a language. Raises `UnknownNoticeError`."""
    return _words(name, version, language, folder or FOLDER)


@cache
def _versions(name: str, folder: Path) -> tuple[int, ...]:
    found = sorted(int(path.name) for path in (folder / name).glob("*") if path.name.isdigit())
    if not found:
        raise UnknownNoticeError(name)
    return tuple(found)


@cache
def _notice(name: str, version: int, folder: Path) -> Notice:
    if version not in _versions(name, folder):
        raise UnknownNoticeError(f"{name} {version}")
    return read_notice(folder / name / str(version), _reviews(folder).get((name, version), {}))


@cache
def _words(name: str, version: int, language: str, folder: Path) -> Words:
    found = _notice(name, version, folder)
    return read_words(folder / name / str(version), language, tuple(found.ids()))


@cache
def _reviews(folder: Path) -> Mapping[tuple[str, int], Reviews]:
    """Who has read which words, by name and version; nobody where no file says so."""
    file = folder.parent / "reviews.yaml"
    found = read_reviews(file) if file.exists() else {}
    for name, version in found:
        if not (folder / name / str(version)).is_dir():
            raise ContentError(f"reviews.yaml, {name} {version}: there is no such version")
    return found
