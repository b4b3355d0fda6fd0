"""A visitor without a browser: one persistent connection, cookies, and the fields of the page in hand."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlencode

from devstack.ports import LOOPBACK

FORM = "/fr/demand/new"
Fields = list[tuple[str, str]]
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Answer:
    """One answer of the server."""

    status: int
    text: str
    location: str | None
    headers: tuple[tuple[str, str], ...] = ()


class Lost(Exception):  # noqa: N818 - it says what happened to the answer
    """No answer came back: the connection could not be made, or ended before the answer did."""


@dataclass
class Visitor:
    """`get` and `post` raise Lost when no whole answer comes within `seconds`; what was sent may have arrived."""

    port: int
    seconds: float = 30
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        """Fetch a page."""
        return self.send("GET", path)

    def post(self, path: str, fields: Fields) -> Answer:
        """Send a form as a browser does."""
        return self.send("POST", path, urlencode(fields))

    def send(self, method: str, path: str, body: str | None = None) -> Answer:
        """One request and its whole answer."""
        if self._connection is None:
            self._connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=self.seconds)
        headers = dict(HEADERS) if body is not None else {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Lost(type(error).__name__) from error
        found = response.getheaders()
        for name, value in found:
            if name.lower() == "set-cookie":
                self.cookies.update({key: morsel.value for key, morsel in SimpleCookie(value).items()})
        if response.will_close:
            self.close()
        return Answer(response.status, text, response.getheader("Location"), tuple(found))

    def close(self) -> None:
        """End the connection; the next request makes a new one."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


class _Form(HTMLParser):
    """The inputs of one form as a browser would send them when its last button is pressed."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self._id = id_
        self.fields: Fields = []
        self._inside = False
        self._select: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._inside = found.get("id") == self._id
        if not self._inside:
            return
        name, kind = found.get("name", ""), found.get("type", "text")
        if tag == "input" and name and (kind not in ("radio", "checkbox") or "checked" in found):
            self.fields.append((name, found.get("value", "on")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            self.fields.append((self._select, found.get("value", "")))
        elif tag == "textarea":
            self.fields.append((name, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = None


def fields_of(page: str, form: str = "demand-form") -> Fields:
    """What the form of a page would send as it stands. ValueError when the page has no such form."""
    parser = _Form(form)
    parser.feed(page)
    if not parser.fields:
        raise ValueError("no form on this page")
    return parser.fields


def with_answers(fields: Fields, answers: dict[str, str]) -> Fields:
    """The same fields with some of them filled in."""
    return [(name, value) for name, value in fields if name not in answers] + list(answers.items())
