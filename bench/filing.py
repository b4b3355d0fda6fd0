"""Filing beside the bare route: alternating short rounds, by the same client over persistent connections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.client import Client, Round
from bench.people import Person
from bench.servers import Bench
from bench.times import Times
from tests.crash.visitor import FORM

LIMIT = 3.0
BARE_SHARE = 3
"""Bare requests for each filing, so that both kinds of round last about as long and meet the same disturbances."""
WARM_UP = 2
"""Rounds that are thrown away: connections are made, statements prepared, caches filled."""


@dataclass(frozen=True)
class Comparison:
    """Filing and the bare route with a number of clients."""

    clients: int
    filing: Times
    bare: Times

    @property
    def ratio(self) -> float:
        """Median over median."""
        return self.filing.median / self.bare.median


def compare(bench: Bench, client: Client, clients: int, filings: int, rounds: int, *, anew: bool) -> Comparison:
    """`rounds` rounds of `filings` filings each, spread over `clients`; which kind comes first alternates.

    `anew`: without the check page's seal, so that every field is read and checked once more.
    """
    person = Person(bench.portal.port)
    if anew:
        person.check_page = [(name, value) for name, value in person.check_page if name != "checked"]
    filing: list[float] = []
    bare: list[float] = []
    each = filings // clients
    for number in range(WARM_UP + rounds):
        bodies = [[urlencode(person.fresh_check_page()) for _ in range(each)] for _ in range(clients)]
        pair = [
            (filing, Round(bench.portal.port, 303, _posts(FORM, person, bodies))),
            (bare, Round(bench.baseline.port, 303, _posts("/", person, [own * BARE_SHARE for own in bodies]))),
        ]
        for times, one in pair if number % 2 else reversed(pair):
            found = client.measure(one)
            if number >= WARM_UP:
                times.extend(found)
    return Comparison(clients, Times(filing), Times(bare))


def _posts(
    path: str, person: Person, bodies: list[list[str]]
) -> list[list[tuple[str, str, dict[str, str], str | None]]]:
    return [[("POST", path, person.headers, body) for body in own] for own in bodies]


def table(found: list[Comparison]) -> Iterator[str]:
    """What is printed."""
    yield "clients   filing: median      p95      n   bare route: median      p95      n   ratio of medians"
    for one in found:
        yield (
            f"{one.clients:>7}   {one.filing.median:>11.2f} ms {one.filing.p95:>8.2f} {one.filing.count:>6}"
            f"   {one.bare.median:>15.2f} ms {one.bare.p95:>8.2f} {one.bare.count:>6}"
            f"   {one.ratio:.2f} ({'holds' if one.ratio <= LIMIT else 'OVER'} {LIMIT:g})"
        )
