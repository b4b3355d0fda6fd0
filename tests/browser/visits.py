"""One way to open a page, for a browser and for the app in this process, so that both see the same pages."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from flask.testing import FlaskClient
from playwright.sync_api import Page

from tests.browser.world import World

Fields = Mapping[str, str | Sequence[str]]
TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')
HIDDEN: Final = re.compile(r'<input type="hidden" name="(filing_token|proof)" value="([^"]*)">')


OPEN: Final = 'main form[action="/staff/open"]'
NOT_OPEN: Final = re.compile(r'<form method="post" action="/staff/open".*?</form>', re.DOTALL)
FIELD: Final = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')


class Visit(Protocol):
    """Somebody's way through the portal in one language."""

    world: World
    language: str
    last_status: int
    opens: bool
    """Whether it presses the button of a file that is not open, as a caseworker would."""

    def get(self, path: str) -> int:
        """Open an address of the portal; the status of the answer after all redirects."""
        ...

    def post(self, path: str, fields: Fields, *, token: bool = True) -> int:
        """Send a form from the page that is open; without `token` the form does not prove where it comes from."""
        ...

    def cookie(self, name: str, value: str) -> None:
        """Hold a cookie of the portal."""
        ...

    def source(self) -> str:
        """The HTML of the page that is open."""
        ...


def hidden(visit: Visit) -> dict[str, str]:
    """What the open filing form carries unseen: its one-time token, and a proof of attempt."""
    return {name: html.unescape(value) for name, value in HIDDEN.findall(visit.source())}


class BrowserVisit:
    """A page of a real browser."""

    def __init__(self, world: World, page: Page, base_url: str, language: str = "fr") -> None:
        self.world = world
        self.page = page
        self.base_url = base_url
        self.language = language
        self.last_status = 0
        self.opens = True

    def get(self, path: str) -> int:
        answer = self.page.goto(path)
        assert answer is not None
        self.last_status = answer.status
        if self.opens and answer.status == 409 and self.page.locator(OPEN).count():
            with self.page.expect_navigation() as waiting:
                self.page.locator(f"{OPEN} [type=submit]").click()
            self.last_status = waiting.value.status
        return self.last_status

    def post(self, path: str, fields: Fields, *, token: bool = True) -> int:
        pairs = [(name, value) for name, given in fields.items() for value in _values(given)]
        with self.page.expect_navigation() as waiting:
            self.page.evaluate(
                """([path, pairs, token]) => {
                  const form = document.createElement("form");
                  form.method = "post";
                  form.action = path;
                  const own = document.querySelector("input[name=csrf_token]");
                  for (const [name, value] of token ? [["csrf_token", own.value], ...pairs] : pairs) {
                    const input = document.createElement("input");
                    Object.assign(input, { type: "hidden", name, value });
                    form.append(input);
                  }
                  document.body.append(form);
                  form.submit();
                }""",
                [path, pairs, token],
            )
        self.last_status = waiting.value.status
        return self.last_status

    def cookie(self, name: str, value: str) -> None:
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.base_url}])

    def source(self) -> str:
        return self.page.content()


class ClientVisit:
    """A client of the app in this process: quicker, and with the app's own clock."""

    def __init__(self, world: World, client: FlaskClient, language: str) -> None:
        self.world = world
        self.client = client
        self.language = language
        self.last_status = 0
        self.opens = True
        self._source = ""

    def get(self, path: str) -> int:
        status = self._keep(self.client.get(path, follow_redirects=True))
        if self.opens and status == 409 and (asked := NOT_OPEN.search(self._source)):
            self.post("/staff/open", {name: html.unescape(value) for name, value in FIELD.findall(asked[0])})
        return self.last_status

    def post(self, path: str, fields: Fields, *, token: bool = True) -> int:
        sent: dict[str, str | Sequence[str]] = dict(fields)
        if token:
            found = TOKEN.search(self._source)
            assert found, "no form is open"
            sent["csrf_token"] = found[1]
        return self._keep(self.client.post(path, data=sent, follow_redirects=True))

    def _keep(self, response: object) -> int:
        self._source = response.text  # type: ignore[attr-defined]
        self.last_status = response.status_code  # type: ignore[attr-defined]
        return self.last_status

    def cookie(self, name: str, value: str) -> None:
        self.client.set_cookie(name, value)

    def source(self) -> str:
        return self._source


def _values(given: str | Sequence[str]) -> Sequence[str]:
    return (given,) if isinstance(given, str) else given
