"""What is sent of a change, how it is named, and what a sender may be told instead of «it is sent»."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portal.domain.changes.change import Change
from portal.domain.changes.clashes import Clash
from portal.domain.changes.judging import Fault
from portal.services.kit import Kit
from portal.services.reports.stored import ReportView

_LETTERS: Final = "abcdefghijkmnpqrstuvwxyz"


@dataclass(frozen=True)
class Sending:
    """What is sent. `token`: the form's one-time token; the same token never sends twice."""

    changes: tuple[Change, ...]
    token: bytes
    why: str | None = None
    words: str | None = None
    asks_decision: bool = False
    corrects: uuid.UUID | None = None
    settled: frozenset[tuple[str, int]] = frozenset()
    """Steps of earlier reports, by name and place, that the person was asked about."""
    drops: frozenset[tuple[str, int]] = frozenset()
    """Those of them that no longer hold."""
    names: Mapping[str, str] | None = None


class ClashError(Exception):
    """Earlier reports say something of the same things: the person is asked what holds. Nothing was stored."""

    def __init__(self, clashing: tuple[Clash, ...]) -> None:
        super().__init__("an earlier report says something of it")
        self.clashes = clashing


class SaidAlreadyError(Exception):
    """A report that holds says the very same: nothing more was stored. `report` is its name, of whomever it is."""

    def __init__(self, report: ReportView) -> None:
        super().__init__("this was reported already")
        self.report = report


class FaultsError(Exception):
    """Something of it cannot be so: each fault with its place. Nothing was stored."""

    def __init__(self, found: tuple[Fault, ...]) -> None:
        super().__init__("the report has faults")
        self.faults = found


class EndedError(Exception):
    """The report was withdrawn or corrected already; `report` shows it as it stands."""

    def __init__(self, report: ReportView) -> None:
        super().__init__("the report holds no more")
        self.report = report


def name_of(kit: Kit, token: bytes) -> str:
    """The ten letters of the report that this token sends: the same on the pages before it is sent and after."""
    number = int.from_bytes(kit.keyring.digest("report-name", token))
    found = []
    for _ in range(10):
        number, place = divmod(number, len(_LETTERS))
        found.append(_LETTERS[place])
    return "".join(found)


def newcomer_of(name: str, place: int) -> str:
    """The id of somebody who comes with the change at this place of the report: nobody else ever has it."""
    return f"{name}-{place}"
