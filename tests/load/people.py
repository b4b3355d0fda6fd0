"""The two kinds of people of the load test: who files and sends a photo, and who searches, opens and reviews at the desk."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Final

import httpx

from tests.operations.live import SECONDS, LiveBrowser, code_on, reference_on
from tests.operations.phones import Phone
from tests.pages.browser import Form, Page

COMMUNE: Final = "6248"
CENTRE: Final = "sierre"
SITUATION: Final = "/fr/dossier/situation"


class WrongAnswerError(AssertionError):
    """The portal answered what it may not answer while nothing is broken."""


@dataclass
class Ledger:
    """What the portal said it had done, to be compared with its database."""

    counts: Counter[str] = field(default_factory=Counter)
    rents: dict[str, int] = field(default_factory=dict)
    """Reference → the rent that was said and taken, in francs."""
    faults: list[str] = field(default_factory=list)


@dataclass
class Pace:
    """When to think, and when to stop."""

    chance: Random
    think: tuple[float, float]
    until: Callable[[], float]
    """Of time.monotonic."""

    @property
    def over(self) -> bool:
        """Whether nothing new is to be begun."""
        return time.monotonic() >= self.until()

    def rest(self) -> None:
        """A person reads, types, looks for their glasses."""
        time.sleep(self.chance.uniform(*self.think))


def browser_at(base: str) -> LiveBrowser:
    """A browser with a connection for each request: gunicorn alone ends a line that rests while somebody thinks."""
    browser = LiveBrowser(base)
    browser.http = httpx.Client(timeout=SECONDS, limits=httpx.Limits(max_keepalive_connections=0))
    return browser


def wanted(page: Page, status: int, what: str) -> Page:
    """The page, if it is the one that was asked for. Raises WrongAnswerError."""
    if page.status != status:
        raise WrongAnswerError(f"{what}: {page.status} at {page.path}")
    return page


def apply(base: str, number: int, pace: Pace, ledger: Ledger, photo: bytes) -> str:
    """File, three pages, one photo; the reference. Raises WrongAnswerError, and what httpx raises."""
    with browser_at(base) as browser:
        name = f"Personne {number}"
        filed = wanted(browser.file(name=name, commune=COMMUNE), 200, "filed")
        reference = reference_on(filed)
        ledger.counts["filed"] += 1
        pace.rest()
        dossier = wanted(browser.sign_in(reference, code_on(filed)), 200, "signed in")
        pace.rest()
        _answer(browser, "home", ledger, home="rented")
        pace.rest()
        rent = 500 + number % 1000
        _answer(browser, "rent", ledger, rent=str(rent))
        ledger.rents[reference] = rent
        pace.rest()
        wanted(browser.open("/fr/dossier/checklist"), 200, "own papers")
        pace.rest()
        _photo(browser, dossier, photo, ledger)
    return reference


def send_answers(base: str, reference: str, code: str) -> None:
    """Let the centre have a household's answers, so that there is a list of papers to review."""
    with browser_at(base) as browser:
        browser.sign_in(reference, code)
        page = browser.open(f"{SITUATION}/check")
        wanted(_form(page, "/situation/check").submit(), 200, "sent")


def _answer(browser: LiveBrowser, question: str, ledger: Ledger, **said: str) -> None:
    page = wanted(browser.open(f"{SITUATION}/{question}"), 200, question)
    after = _form(page, f"/situation/{question}").fill(**said).submit(follow=False)
    wanted(after, 303, f"{question} answered")
    ledger.counts["answers"] += 1


def _photo(browser: LiveBrowser, page: Page, photo: bytes, ledger: Ledger) -> None:
    """As the page's own script sends it: announced, then in one piece."""
    token = _form(page, "/sign-out").values["csrf_token"]
    cookies = "; ".join(f"{name}={value}" for name, value in browser.http.cookies.items())
    phone = Phone(browser.base, {"Cookie": cookies, "X-CSRFToken": token, "Tus-Resumable": "1.0.0"})
    status = phone.patch(phone.begun(len(photo)), 0, photo)
    if status != 204:
        raise WrongAnswerError(f"photo: {status}")
    ledger.counts["photos"] += 1


def review(browser: LiveBrowser, name: str, pace: Pace, ledger: Ledger) -> None:
    """Look for somebody, open their file, note one of their papers. A colleague may have noted it first: then once more."""
    search = wanted(browser.open("/staff/search"), 200, "search")
    found = wanted(_form(search, "/staff/search", field="looked_for").fill(looked_for=name).submit(), 200, "found")
    ledger.counts["searches"] += 1
    pace.rest()
    opening = found.form("/staff/open")
    button = next((one for one in opening.buttons() if one.get("name") == "to"), None)
    if button is None:
        raise WrongAnswerError(f"the search did not find {name}")
    household = wanted(opening.press(button), 200, "opened")
    ledger.counts["opened"] += 1
    pace.rest()
    papers = wanted(browser.open(f"{household.path}/checklist"), 200, "papers")
    root = f"{household.path}/checklist/"
    links = sorted({link for link in papers.links() if link.startswith(root) and link != f"{root}ask"})
    pace.rest()
    page = wanted(browser.open(pace.chance.choice(links)), 200, "paper")
    pace.rest()
    state = pace.chance.choice(["seen", "accepted"])
    answer = _form(page, "", field="state").fill(state=state).submit(follow=False)
    if answer.status == 409:
        ledger.counts["told of a colleague"] += 1
        answer = _form(answer, "", field="state").fill(state=state).submit(follow=False)
    wanted(answer, 303, "noted")
    ledger.counts["reviewed"] += 1


def _form(page: Page, ending: str, field: str = "csrf_token") -> Form:
    """The form that leads there and has this field."""
    found = [one for one in page.forms() if one.action.partition("?")[0].endswith(ending) and field in one.values]
    found = found or [one for one in page.forms() if one.action.endswith(ending) and one.named(field)]
    if not found:
        raise WrongAnswerError(f"no form to …{ending} at {page.path}")
    return found[0]


LOST: Final = (AssertionError, httpx.HTTPError, OSError)
"""What ends somebody's way: a wrong answer, or none."""
