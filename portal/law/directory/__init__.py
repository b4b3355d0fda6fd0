"""The directory by date: communes, centres and offices. Read once, at the first question."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

from portal.domain.directory import Centre, Commune, Office, fold, spellings
from portal.law.directory.reading import read_centres, read_communes, read_offices


@cache
def _communes() -> tuple[Commune, ...]:
    return tuple(sorted(read_communes(), key=lambda commune: (fold(commune.name), commune.valid_from)))


@cache
def _centres() -> dict[str, Centre]:
    return {centre.id: centre for centre in read_centres()}


@cache
def _offices() -> dict[str, Office]:
    return {office.id: office for office in read_offices()}


@lru_cache(maxsize=64)
def communes(on: date) -> tuple[Commune, ...]:
    """The communes a person can choose on that day, by name; each has its number.

    A commune that ended stays while the number of the one in its place is not known: then
    `commune.exists(on)` is false, and `successor(commune)` names the new one.
    """
    return tuple(found for found in _communes() if found.bfs_number is not None and _selectable(found, on))


def existing_communes(on: date) -> tuple[Commune, ...]:
    """The communes that exist in law on that day, by name; a number may be unknown (None)."""
    return tuple(found for found in _communes() if found.exists(on))


def commune(bfs_number: int, on: date) -> Commune | None:
    """The commune of that number, if it can be chosen on that day."""
    return _by_number(on).get(bfs_number)


def ever(bfs_number: int) -> Commune | None:
    """The commune that has, had or will have that number, whatever the day."""
    return next((found for found in _communes() if found.bfs_number == bfs_number), None)


def named(text: str, on: date) -> Commune | None:
    """The one commune that can be chosen on that day and is called so, in any of its spellings; no part of a name."""
    wanted = set(spellings(text)) - {""}
    found = [one for one in communes(on) if any(wanted & set(spellings(name)) for name in one.names)]
    return found[0] if len(found) == 1 else None


def successor(ended: Commune) -> Commune | None:
    """The commune into which this one merges, if it does."""
    return next((found for found in _communes() if found.id == ended.merged_into), None)


def regions() -> tuple[Centre, ...]:
    """The five regions, in the order of the file (from the upper to the lower valley)."""
    return tuple(centre for centre in _centres().values() if centre.kind == "region")


def region(region_id: str) -> Centre:
    """One region. Raises `KeyError` for an unknown one."""
    return _of_kind(region_id, "region")


def antennas(region_id: str) -> tuple[Centre, ...]:
    """The antennas of a region, in the order of the file."""
    return tuple(centre for centre in _centres().values() if centre.kind == "antenna" and centre.region == region_id)


def antenna(antenna_id: str) -> Centre:
    """One antenna. Raises `KeyError` for an unknown one."""
    return _of_kind(antenna_id, "antenna")


def umbrella() -> Centre:
    """The association of the centres."""
    return next(centre for centre in _centres().values() if centre.kind == "umbrella")


def offices() -> tuple[Office, ...]:
    """Every office and help, in the order of the file (emergencies first)."""
    return tuple(_offices().values())


def office(office_id: str) -> Office:
    """One office. Raises `KeyError` for an unknown one."""
    return _offices()[office_id]


def _selectable(found: Commune, on: date) -> bool:
    if found.exists(on):
        return True
    replacement = successor(found)
    ended = found.valid_until is not None and on > found.valid_until
    return ended and replacement is not None and replacement.bfs_number is None


@lru_cache(maxsize=64)
def _by_number(on: date) -> dict[int, Commune]:
    return {found.bfs_number: found for found in communes(on) if found.bfs_number is not None}


def _of_kind(centre_id: str, kind: str) -> Centre:
    centre = _centres()[centre_id]
    if centre.kind != kind:
        raise KeyError(centre_id)
    return centre
