"""A person's browser over HTTP, for servers that tests break: the browser of the page tests on a real connection.

Every page it is given is checked like any other page (`tests.pages.checks`), error pages included.
"""

from __future__ import annotations

import re
from typing import Any, Self
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
from werkzeug.datastructures import Headers, MultiDict
from werkzeug.test import EnvironBuilder, TestResponse

from tests.pages.browser import Browser, Page

REFERENCE = re.compile(r"VS-\d{4}-\d{4}-\d{2}")
CODE = re.compile(r"\b\d{4} \d{4} \d{4} \d{4}\b")
SECONDS = 30


class LiveBrowser(Browser):
    """Cookies, a language, and the page it shows; `http` is the connection behind it."""

    def __init__(self, base: str, accept_language: str = "fr") -> None:
        self.base = self.origin = base
        self.accept_language = accept_language
        self.page: Page | None = None
        self.opens = True
        self.http = httpx.Client(timeout=SECONDS)

    def asked(self, method: str, path: str, **options: Any) -> TestResponse:
        """Any request, as it stands, unchecked and without following."""
        headers = {"Accept-Language": self.accept_language, **options.get("headers", {})}
        query = urlencode(list(MultiDict(options.get("query_string") or {}).items(multi=True)))
        address = f"{path}?{query}" if query else path
        body = None
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(list(MultiDict(options.get("data") or {}).items(multi=True)))
        answer = self.http.request(method, self.base + address, headers=headers, content=body)
        request = EnvironBuilder(address, base_url=self.base, method=method).get_request()
        given = [(name, value) for name, value in answer.headers.multi_items() if name != "content-encoding"]
        return TestResponse([answer.content], f"{answer.status_code} {answer.reason_phrase}", Headers(given), request)

    def cookie(self, name: str) -> str | None:
        """The value of a cookie."""
        return self.http.cookies.get(name)

    def file(self, follow: bool = True, **answers: Any) -> Page:
        """Fill the filing form, look at the check page, and press the button."""
        check = self.open("/fr/demand/new").form("/demand/new").fill(**answers).submit()
        assert check.status == 200, check.text
        return check.form("/demand/new").submit(follow=follow)

    def sign_in(self, reference: str, code: str) -> Page:
        """Sign in with reference and access code."""
        return self.open("/fr/sign-in").form("/sign-in").fill(reference=reference, code=code).submit()

    def at_provider(self) -> str:
        """Press the staff desk's button; the provider's address to which it leads."""
        answer = self.open("/staff/sign-in").form("/sign-in").submit(follow=False)
        assert answer.status == 302, answer.text
        return str(answer.headers["Location"])

    def vouched(self, address: str, subject: str) -> str:
        """Sign in at the provider; the way back to the portal, with its query string."""
        back = self.http.post(address, data={"sub": subject}).headers["Location"]
        return urljoin("/", back.removeprefix(self.base))

    def sign_in_as(self, subject: str) -> Page:
        """Sign in at the staff desk through the provider."""
        board = self.open(self.vouched(self.at_provider(), subject))
        assert board.path == "/staff/", board.text
        return board

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.http.close()


def reference_on(page: Page) -> str:
    """The reference that a page shows."""
    found = REFERENCE.search(page.text)
    assert found, page.text
    return found[0]


def code_on(page: Page) -> str:
    """The access code that a page shows."""
    found = CODE.search(page.text)
    assert found, page.text
    return found[0]


def host_of(address: str) -> str:
    """Host and port of an address."""
    return urlsplit(address).netloc
