"""A demand: what a person may say when they announce it, and the states it goes through.

Pure values and rules. There is no granted state: the commune decides, in writing, outside this code
(LIAS art. 7, OLIAS art. 9).
"""

from __future__ import annotations

import hmac
import json
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

ZURICH = ZoneInfo("Europe/Zurich")
FURTHEST_AHEAD: Final = timedelta(days=366)
"""No day to come is noted further ahead at the desk: a wrong year is likelier. Ours."""
FLOOD_PER_HOUR = 20
"""Filings from one network address in an hour above which staff are told; none is ever refused."""
RESHOW_MINUTES = 60
"""For how long a resent form shows its reference and code again."""
ATTEMPT_HOURS = 72
"""For how long a proof of attempt is taken with a later filing."""


class Channel(StrEnum):
    """How the first contact came."""

    ONLINE = "online"
    PHONE = "phone"
    WALK_IN = "walk-in"
    LETTER = "letter"
    COMMUNE = "commune"


class Need(StrEnum):
    """What is missing now; the content of an express urgent request (LIAS art. 42; OLIAS art. 49)."""

    LODGING = "lodging"
    FOOD = "food"
    MEDICINE = "medicine"


class State(StrEnum):
    """What can be seen of a demand on this side."""

    FILED = "filed"
    OPENED = "opened"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Person:
    """The adult the demand is for. Everything may be missing: it can be said at the desk."""

    name: str | None = None
    latin_name: str | None = None
    birth_date: date | None = None
    birth_year: int | None = None
    phone: str | None = None
    email: str | None = None
    postal_address: str | None = None
    unreachable: bool = False
    interview_language: str | None = None
    interpreter: bool | None = None


@dataclass(frozen=True)
class Helper:
    """Who files for somebody else. The authority to act can follow."""

    name: str | None
    relation: str | None


@dataclass(frozen=True)
class Announcement:
    """All that a filing form carries, in the portal's own terms."""

    person: Person
    language: str
    commune_bfs: int | None = None
    helper: Helper | None = None
    urgent: bool = False
    needs: tuple[Need, ...] = ()

    def canonical(self) -> bytes:
        """What was said, as bytes that are the same whenever it is: sorted keys, NFC, ISO dates.

        The language of the page is not part of it: the same answers sent from the German page are the same.
        """
        said = {name: value for name, value in vars(self).items() if name != "language"}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=_parts, separators=(",", ":"))
        return unicodedata.normalize("NFC", text).encode()

    def content_hmac(self, salt: bytes) -> bytes:
        """What the register keeps of the content; without the salt it says nothing."""
        return hmac.digest(salt, self.canonical(), sha256)

    def sealed_part(self) -> dict[str, object]:
        """The answers that are stored encrypted."""
        return {
            "helper": asdict(self.helper) if self.helper else None,
            "needs": [need.value for need in self.needs],
        }


def read_announcement(canonical: bytes, language: str) -> Announcement:
    """The announcement whose `canonical()` these bytes are. KeyError, TypeError or ValueError for anything else."""
    said = json.loads(canonical)
    person, helper = said["person"], said["helper"]
    born = person["birth_date"]
    return Announcement(
        person=Person(**person | {"birth_date": date.fromisoformat(born) if born else None}),
        language=language,
        commune_bfs=said["commune_bfs"],
        helper=Helper(**helper) if helper else None,
        urgent=said["urgent"],
        needs=tuple(Need(need) for need in said["needs"]),
    )


def _parts(value: object) -> object:
    """How JSON writes what it does not know itself: a person by its fields, a date as ISO text."""
    return vars(value) if isinstance(value, Person | Helper) else str(value)


def filing_day(instant: datetime) -> date:
    """The date of the announcement: the local day in Valais of the instant (which must be aware)."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant.astimezone(ZURICH).date()


def start_of_day(day: date) -> datetime:
    """The first instant of a local day, used where staff know the day of a first contact but not the hour."""
    return datetime(day.year, day.month, day.day, tzinfo=ZURICH)


def is_whole_day(instant: datetime) -> bool:
    """Whether an instant stands for its day: a contact without an hour is recorded as the day's first second."""
    return instant == start_of_day(filing_day(instant))


def state_of(*, opened: bool, withdrawn: bool) -> State:
    """The state that a person and the staff see."""
    if withdrawn:
        return State.WITHDRAWN
    return State.OPENED if opened else State.FILED


def name_key(name: str | None) -> str | None:
    """A name folded for search: no accents, no case, words in order of the alphabet; None stays None."""
    if not name:
        return None
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(sorted(letters.split())) or name.casefold()


def needs_latin_spelling(name: str) -> bool:
    """Whether some letter of the name is not Latin, so that a Latin spelling helps the desk and the receipt."""
    return any(c.isalpha() and not unicodedata.name(c, "").startswith("LATIN") for c in name)
