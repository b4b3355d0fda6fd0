"""How long the desk's search takes, how many it compares, and whom it finds: with few and with many adults, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

import psycopg

from bench import dossiers
from bench.names import Person, misspelled, people
from bench.servers import Bench
from devstack.postgres import OWNER, Postgres
from portal.adapters.clock import SystemClock
from portal.law import directory
from portal.services.actor import Actor, ActorKind
from portal.services.kit import Kit, build_kit
from portal.services.search import looking
from portal.services.search.indexing import index_all
from portal.services.search.ranking import Typed
from portal.settings import Settings

LIMIT_RATIO = 1.5
"""From a tenth of the adults to all of them."""
LIMIT_MS = 50.0
SEARCHES = 60
"""People who are looked for, each by every kind of misspelling."""
NAMES = """
UPDATE adult SET name = given.name, latin_name = given.latin_name, birth_date = given.born, birth_year = NULL
FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM adult WHERE name LIKE 'Personne %') AS numbered
JOIN given USING (number) WHERE adult.id = numbered.id
"""


@dataclass
class Searched:
    """What was measured with so many adults."""

    adults: int
    keys_seconds: float
    milliseconds: list[float] = field(default_factory=list)
    compared: list[int] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    """Found in the first place, by kind of misspelling."""
    shown: Counter[str] = field(default_factory=Counter)
    """Found among those who are shown."""

    def at(self, share: float) -> float:
        """Milliseconds that so many of all searches stay under."""
        return sorted(self.milliseconds)[int(share * (len(self.milliseconds) - 1))]


def measure(bench: Bench, count: int) -> list[Searched]:
    """With a tenth of the adults, then with all."""
    kit = build_kit(Settings.from_env(bench.stack.env("staff")), SystemClock())
    found = []
    for now in (count // 10, count):
        load(bench, now)
        found.append(_measured(bench, kit))
    return found


def table(found: list[Searched]) -> Iterator[str]:
    """The lines to print."""
    for one in found:
        compared = sorted(one.compared)
        yield (
            f"search among {one.adults} adults: median {one.at(0.5):.1f} ms, p95 {one.at(0.95):.1f} ms, compared: median"
            f" {compared[len(compared) // 2]}, p95 {compared[int(0.95 * (len(compared) - 1))]};"
            f" keys made in {one.keys_seconds:.0f} s"
        )
        for kind, asked in sorted(one.asked.items()):
            yield f"  {kind:20} of {asked:4}: first {one.first[kind]:4}, shown {one.shown[kind]:4}"
    yield f"ratio of the medians: {ratio(found):.2f} (at most {LIMIT_RATIO}){'' if holds(found) else ' OVER'}"


def ratio(found: list[Searched]) -> float:
    """The median with all adults over that with a tenth of them."""
    return found[-1].at(0.5) / found[0].at(0.5)


def holds(found: list[Searched]) -> bool:
    """Whether both limits are kept."""
    return ratio(found) <= LIMIT_RATIO and found[-1].at(0.95) <= LIMIT_MS


def load(bench: Bench, count: int) -> None:
    """So many dossiers, whose people have names of the canton."""
    dossiers.load(bench.postgres, count)
    name_people(bench.postgres, count)


def name_people(postgres: Postgres, count: int) -> None:
    """Names and birth dates for those who have none of their own yet."""
    with psycopg.connect(postgres.url(OWNER)) as connection:
        connection.execute("CREATE TEMPORARY TABLE given (number int, name text, latin_name text, born date)")
        with connection.cursor().copy("COPY given FROM STDIN") as copy:
            for number, person in enumerate(people(count, seed=count), 1):
                copy.write_row((number, *person))
        connection.execute(NAMES)


def _measured(bench: Bench, kit: Kit) -> Searched:
    seconds = make_keys(kit, bench)
    with psycopg.connect(bench.postgres.url(OWNER), autocommit=True) as connection:
        adults = connection.execute("SELECT count(*) FROM adult").fetchone()
    found = Searched(adults[0] if adults else 0, seconds)
    random = Random(8)  # noqa: S311 - a bench
    for region in [region.id for region in directory.regions()]:
        actor = Actor(ActorKind.STAFF, "bench", None, region=region)
        looking.look_for(kit, actor, Typed("warm up"))
        for person in some(bench, region, SEARCHES // 6):
            _look(kit, actor, person, random, found)
    return found


def make_keys(kit: Kit, bench: Bench) -> float:
    """The search keys of everybody who has none yet; the seconds it took."""
    begun = perf_counter()
    index_all(kit)
    seconds = perf_counter() - begun
    with psycopg.connect(bench.postgres.url(OWNER), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE adult")
    return seconds


def some(bench: Bench, region: str, count: int) -> list[Person]:
    """People of a centre to look for, always the same ones."""
    query = """
    SELECT name, latin_name, birth_date FROM adult JOIN demand ON adult_id = adult.id
    WHERE region = %s AND birth_date IS NOT NULL ORDER BY md5(name || birth_date) LIMIT %s
    """
    with psycopg.connect(bench.postgres.url(OWNER)) as connection:
        return connection.execute(query, [region, count]).fetchall()


def _look(kit: Kit, actor: Actor, person: Person, random: Random, found: Searched) -> None:
    name, latin_name, born = person
    kinds = {kind: Typed(typed) for kind, typed in misspelled(name, random).items()}
    kinds |= {"as it is": Typed(name), "with the birth date": Typed(name, born)}
    if "one part only" in kinds:
        kinds["one part and birth"] = Typed(kinds["one part only"].name, born)
    if latin_name:
        kinds["in Latin letters"] = Typed(latin_name)
    for kind, typed in kinds.items():
        begun = perf_counter()
        answer = looking.look_for(kit, actor, typed)
        found.milliseconds.append((perf_counter() - begun) * 1000)
        with kit.database.reading() as session:
            found.compared.append(len(list(looking._near(session, actor, typed))))
        same = [one.name == name for one in answer.candidates]
        found.asked[kind] += 1
        found.first[kind] += same[:1] == [True]
        found.shown[kind] += any(same)
