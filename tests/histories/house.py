"""A household whose history goes through the services: its file, who acts in it, and what was written of it so far."""

from __future__ import annotations

import hmac
import json
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any, Final

import psycopg

from portal.services.actor import Actor
from portal.services.reports.sending import Sending
from tests.histories.book import Book
from tests.histories.history import Json, Report
from tests.pages.world import Announced, World
from tests.services.households import second_adult

SIERRE: Final = 6248
SPAN: Final = 150
"""Days from the first of the month of the demand on: some weeks more than a history lasts."""
_ROWS: Final = """
    SELECT 'report', id::text, md5(r::text) FROM change_report r WHERE dossier_id = %(dossier)s
    UNION ALL SELECT 'snapshot', id::text, md5(s::text) FROM situation_snapshot s WHERE dossier_id = %(dossier)s
    UNION ALL SELECT 'demand', id::text, md5(d.answers::text) FROM demand d WHERE dossier_id = %(dossier)s
    UNION ALL SELECT 'entry', sequence::text, md5(f::text) FROM filing_register f WHERE reference = %(reference)s
    UNION ALL SELECT 'event', e.id::text, md5(e::text) FROM change_report_event e
        JOIN change_report r ON r.id = e.report_id WHERE r.dossier_id = %(dossier)s
"""


class WrongError(Exception):
    """The portal did something else than the book says."""


@dataclass
class File:
    """One file: what it ought to say, and what stands in the database."""

    announced: Announced
    book: Book
    adults: dict[str, Actor]
    ids: dict[str, uuid.UUID] = field(default_factory=dict)
    sendings: list[tuple[str, Sending, uuid.UUID]] = field(default_factory=list)
    """By whom, what, and the report that came of it."""
    rows: dict[tuple[str, str], str] = field(default_factory=dict)
    """Of everything that was sent, as its row stood when it was written."""
    snapshots: int = 0
    events: int = 0
    read: set[str] = field(default_factory=set)
    """The reports that the centre has looked at."""


@dataclass
class House:
    """What all histories of a run stand on."""

    world: World
    connection: psycopg.Connection[tuple[Any, ...]]
    worker: Actor
    """A caseworker of the centre in Sierre."""

    def file(self, announced: Announced, book: Book, adults: Mapping[str, Actor]) -> File:
        """A file that was just begun."""
        found = File(announced, book, dict(adults))
        self.unchanged(found)
        return found

    def unchanged(self, file: File) -> None:
        """Nothing that was written of a file is other than it was, and there is as much of it as was sent."""
        values = {"dossier": file.announced.view.dossier_id, "reference": file.announced.reference}
        rows = {(kind, key): mark for kind, key, mark in self.connection.execute(_ROWS, values).fetchall()}
        for key, mark in file.rows.items():
            if rows.get(key) != mark:
                raise WrongError(f"{key[0]} {key[1]} is not as it was sent")
        file.rows = rows
        book = file.book
        wanted = {
            "demand": 1,
            "report": len(book.reports),
            "entry": 1 + len(book.reports) + book.withdrawn,
            "snapshot": file.snapshots,
            "event": file.events,
        }
        for kind, count in wanted.items():
            found = sum(key[0] == kind for key in rows)
            if found != count:
                raise WrongError(f"{found} rows of kind {kind}, {count} were sent")

    def stored(self, file: File, name: str, said: list[Json], by: str) -> Report:
        """The report as it rests in the database, opened by hand; its words are those that were said, and the register
        holds their keyed hash.
        """
        query = """SELECT r.id, r.salt, r.content, f.content_hmac, f.kind FROM change_report r
            JOIN filing_register f ON f.sequence = r.register_sequence WHERE r.name = %s"""
        row = self.connection.execute(query, [name]).fetchone()
        if row is None:
            raise WrongError(f"the report {name} is not stored")
        report, salt, content, kept, kind = row
        raw: Json = json.loads(self.world.citizen.envelope.open(bytes(content), f"change_report/{report}"))
        text = json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        hashed = hmac.digest(bytes(salt), unicodedata.normalize("NFC", text).encode(), sha256)
        if (hashed, kind) != (bytes(kept), "report"):
            raise WrongError(f"the register holds something else of {name}")
        if raw["changes"] != said:
            raise WrongError(f"{name} says {raw['changes']}, and was sent as {said}")
        drops = {(of, place) for of, place in raw.get("drops", [])}
        return Report(name, len(file.book.reports) + 1, raw.get("ops", []), drops, by=by, changes=said)


def household(house: House, random: Random) -> File:
    """Somebody who has made a demand, alone or with another adult, and children."""
    today = date(2026, 1, 1) + timedelta(days=random.randint(3, 200))
    house.world.clock.set(f"{today} 10:00")
    base = _base(random, today)
    announced = house.world.announce(commune=SIERRE, situation=base)
    adults = {"a": house.world.adult(announced)}
    if len(base["persons"]) > 1 and base["persons"][1]["id"] == "b":
        adults["b"] = second_adult(house.world, announced)
    first = today.replace(day=1)
    return house.file(announced, Book(first, first + timedelta(days=SPAN), base, base), adults)


def _base(random: Random, today: date) -> Json:
    def person(key: str, relation: str, **more: Any) -> Json:
        return {"id": key, "relation": relation, "permit": random.choice(("swiss", "b", "c"))} | more

    wage = {"kind": "wage", "amount": "1200.00", "payday": "month_end"}
    known = {"name": "Jeanne Dupont", "age": today.year - 1980}
    persons = [person("a", "applicant", **known, activity="employed", incomes=[wage] * random.choice((0, 1, 2)))]
    if random.random() < 0.6:
        mate = {"name": "Paul Second", "activity": "seeking", "incomes": [wage] * random.choice((0, 0, 1))}
        persons.append(person("b", random.choice(("spouse", "partner")), **mate))
    persons += [
        person(name, "child", born=f"{random.randint(2006, 2025)}-03-02", incomes=[])
        for name in ("c1", "c2")[: random.choice((0, 0, 1, 2))]
    ]
    return {"version": 1, "commune": SIERRE, "home": "rented", "rent": "900.00", "persons": persons}
