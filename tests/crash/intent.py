"""One person's wish to file: the form, the check page, and the same POST again until the receipt is in hand."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from random import Random

from tests.crash.flight import Applicant
from tests.crash.visitor import FORM, Answer, Fields, Lost, fields_of, with_answers

FILED = "/fr/demand/filed"
COMMUNES = ("6266", "6248", "6002", "6136", "6153", "")
NAMES = ("Anne-Lise Délèze", "Samira Saïd", "Jean d’Arc", "ኣስመሮም ተስፋይ", "محمد علي")
TRIES = 2000
PAUSE = 0.1


class BrokenPromiseError(AssertionError):
    """The portal answered what it may never answer."""


class OutOfTimeError(AssertionError):
    """The receipt did not come within the time of the run."""


@dataclass(frozen=True)
class Receipt:
    """What the filed page shows, word for word."""

    reference: str
    access_code: str
    date: str
    facts: str
    qr: str


@dataclass
class Intent:
    """One of the filings that are to be."""

    number: int
    begun_at: float = 0.0
    answered_sent_at: float = 0.0
    """When the POST was sent whose answer led to the first receipt."""
    had_at: float = 0.0
    posts: int = 0
    lost: int = 0
    refused: int = 0
    receipts: list[Receipt] = field(default_factory=list)


def answers(seed: int, number: int) -> dict[str, str]:
    """What this person types."""
    chance = Random(f"{seed}/{number}")  # noqa: S311 - the same persons in each run
    urgent = {"urgent": "yes", "needs": "food"} if chance.random() < 0.2 else {"urgent": "no"}
    return {
        "name": f"{chance.choice(NAMES)} {number}",
        "birth_year": str(chance.randint(1930, 2008)),
        "commune": chance.choice(COMMUNES) or "unknown",
        "phone": f"079 {chance.randint(200, 999)} {chance.randint(10, 99)} {chance.randint(10, 99)}",
        "interview_language": "fr",
        **urgent,
    }


def read_receipt(page: str) -> Receipt:
    """The receipt on a filed page; BrokenPromiseError when a part of it is missing."""
    date = _one(r'<p class="panel-date">(.*?)</p>', page, "date")
    codes = [_text(code) for code in re.findall(r'<p class="code-value">(.*?)</p>', page, re.DOTALL)]
    if len(codes) != 2 or not re.fullmatch(r"\d{4}( \d{4}){3}", codes[1]):
        raise BrokenPromiseError("the filed page does not show reference and access code")
    facts = _one(r'<dl class="facts">(.*?)</dl>', page, "facts")
    return Receipt(
        codes[0], codes[1].replace(" ", ""), date, facts, _one(r'(<svg[^>]*class="qr".*?</svg>)', page, "QR", raw=True)
    )


def _one(pattern: str, page: str, name: str, *, raw: bool = False) -> str:
    found = re.findall(pattern, page, re.DOTALL)
    if len(found) != 1:
        raise BrokenPromiseError(f"{len(found)} times the {name} on the filed page")
    return found[0] if raw else _text(found[0], " ")


def _text(markup: str, tag: str = "") -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", tag, markup)).split())


class Filer:
    """Carries intents through, whatever happens to the server. `deadline` is of time.monotonic."""

    def __init__(self, applicant: Applicant, seed: int, deadline: float, stopped: Callable[[], bool]) -> None:
        self.applicant = applicant
        self.seed = seed
        self.deadline = deadline
        self.stopped = stopped

    def check_page(self, intent: Intent) -> Fields:
        """Fill in the form: what the check page would send. Raises BrokenPromiseError, OutOfTimeError."""
        self.applicant.cookies.clear()  # another person, another browser
        form = with_answers(self._page(intent, lambda: self.applicant.get(FORM)), answers(self.seed, intent.number))
        check = self._page(intent, lambda: self.applicant.post(FORM, form))
        if ("_page", "check") not in check:
            raise BrokenPromiseError(f"intent {intent.number}: the answers did not lead to the check page")
        return check

    def file(self, intent: Intent, check: Fields) -> None:
        """Send the check page until a receipt is in hand, and then once more. Raises as `check_page`."""
        intent.begun_at = time.time()
        self._file(intent, check)
        intent.had_at = time.time()
        self._file(intent, check)

    def _page(self, intent: Intent, fetch: Callable[[], Answer]) -> Fields:
        """The form of a page that needs no database: it is lost or right, never anything else."""
        for _ in self._tries(intent):
            try:
                answer = fetch()
            except Lost:
                continue
            if answer.status != 200:
                raise BrokenPromiseError(f"intent {intent.number}: {answer.status} for the form")
            return fields_of(answer.text)
        raise OutOfTimeError(f"intent {intent.number}: no form")

    def _file(self, intent: Intent, check: Fields) -> None:
        """The very same POST until the filed page is there."""
        for _ in self._tries(intent):
            intent.posts += 1
            try:
                answer = self.applicant.file(check)
                if answer.status == 303:
                    if answer.location.partition("?")[0] != FILED:
                        raise BrokenPromiseError(f"intent {intent.number}: sent on to {answer.location}")
                    answer = self.applicant.get(FILED)
            except Lost:
                intent.lost += 1
                continue
            if answer.status == 503:
                intent.refused += 1
                continue
            if answer.status != 200 or "panel-date" not in answer.text:
                raise BrokenPromiseError(
                    f"intent {intent.number}: {answer.status} {answer.location} instead of a receipt"
                )
            intent.answered_sent_at = intent.answered_sent_at or self.applicant.sent_at
            intent.receipts.append(read_receipt(answer.text))
            return
        raise OutOfTimeError(f"intent {intent.number}: no receipt")

    def _tries(self, intent: Intent) -> Iterator[int]:
        """Count the tries, with a pause between them, until the time is up."""
        for number in range(TRIES):
            if self.stopped() or time.monotonic() > self.deadline:
                raise OutOfTimeError(f"intent {intent.number}: the run ended after {number} tries")
            if number:
                time.sleep(PAUSE)
            yield number
