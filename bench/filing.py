"""Filing beside the bare route: interleaved rounds of the same number of requests, by the same client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from urllib.parse import urlencode

from bench.client import Round, measure
from bench.servers import Bench
from tests.crash.visitor import FORM, HEADERS, Fields, Visitor, fields_of, with_answers

LIMIT = 3.0
ANSWERS = {
    "name": "Anne-Lise Délèze",
    "birth_day": "12",
    "birth_month": "4",
    "birth_year": "1988",
    "commune": "6266",
    "phone": "079 123 45 67",
    "email": "anne-lise@example.ch",
    "interview_language": "fr",
    "urgent": "no",
}


@dataclass(frozen=True)
class Times:
    """Milliseconds of many answers."""

    milliseconds: list[float]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.milliseconds)

    @property
    def p95(self) -> float:
        """19 of 20 are quicker."""
        return quantiles(self.milliseconds, n=20)[-1]


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


class CheckPage:
    """A check page as a person has it before them, and copies of it with a fresh filing token each."""

    def __init__(self, port: int) -> None:
        self.visitor = Visitor(port)
        form = with_answers(fields_of(self.visitor.get(FORM).text), ANSWERS)
        self.fields = fields_of(self.visitor.post(FORM, form).text)
        if ("_page", "check") not in self.fields:
            raise RuntimeError("the answers of the bench did not lead to the check page")
        self.headers = HEADERS | {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.visitor.cookies.items())
        }

    def fresh(self) -> Fields:
        """The page with a new token, fetched as a person fetches it."""
        token = dict(fields_of(self.visitor.get(FORM).text))["filing_token"]
        return with_answers(self.fields, {"filing_token": token})


def compare(bench: Bench, clients: int, per_client: int, rounds: int) -> Comparison:
    """Alternate rounds of filing and of the bare route; the first of each is thrown away."""
    page = CheckPage(bench.portal.port)
    filing: list[float] = []
    bare: list[float] = []
    for number in range(rounds + 1):
        bodies = [[urlencode(page.fresh()) for _ in range(per_client)] for _ in range(clients)]
        pair = [(bench.portal.port, FORM, filing), (bench.baseline.port, "/", bare)]
        for port, path, times in pair if number % 2 else reversed(pair):
            requests = [[("POST", path, page.headers, body) for body in own] for own in bodies]
            found = measure(Round(port, "/healthz", 303, requests))
            if number:
                times.extend(seconds * 1000 for seconds in found)
    return Comparison(clients, Times(filing), Times(bare))


def lines(found: list[Comparison]) -> Iterator[str]:
    """The table that is printed."""
    yield "clients   filing median   p95      bare median   p95      ratio"
    for one in found:
        yield (
            f"{one.clients:>7}   {one.filing.median:>10.2f} ms {one.filing.p95:>7.2f}  {one.bare.median:>9.2f} ms "
            f"{one.bare.p95:>7.2f}    {one.ratio:>5.2f}{'' if one.ratio <= LIMIT else f'  over {LIMIT:g}'}"
        )
