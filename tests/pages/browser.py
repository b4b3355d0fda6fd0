"""A browser without JavaScript over Flask's test client: it reads pages, fills forms by name, sends everything hidden.

Every page that it is given is checked (`tests.pages.checks`); what is wrong fails the test that fetched it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from portal.i18n.languages import BY_CODE
from tests.pages.checks import check_document, check_headers, first, parse, text_of

NOT_OPEN = re.compile(r'<form method="post" action="/staff/open".*?</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">')
HANDLE = re.compile(r"[?&]of=[0-9a-f]{8}$")
Values = str | list[str] | bool | None


class PageError(AssertionError):
    """A page is not what every page must be; the message lists what is wrong."""


@dataclass
class Form:
    """One form of a page, with the fields that belong to it wherever they stand."""

    page: Page
    element: Element
    values: MultiDict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.values = MultiDict()
        for control in self.controls():
            name = control.get("name")
            for value in _sent(control) if name else ():
                self.values.add(name or "", value)

    @property
    def action(self) -> str:
        """Where it leads."""
        return self.element.get("action") or self.page.path

    def controls(self) -> Iterator[Element]:
        """Its controls, in the order of the page."""
        inside = {id(control) for control in self.element.iter()}
        own = self.element.get("id")
        for control in self.page.root.iter():
            if control.tag not in ("input", "select", "textarea", "button"):
                continue
            belongs = control.get("form") == own if control.get("form") else id(control) in inside
            if belongs and control.get("disabled") is None:
                yield control

    def named(self, name: str) -> list[Element]:
        """The controls of one name."""
        return [control for control in self.controls() if control.get("name") == name]

    def fill(self, **values: Values) -> Form:
        """Set fields by name. Choices must be on offer; the text of a field may be anything."""
        for name, value in values.items():
            controls = self.named(name)
            assert controls, f"no field {name!r} in the form to {self.action}"
            if isinstance(value, bool):
                value = [controls[0].get("value") or "on"] if value else []
            wanted = value if isinstance(value, list) else [] if value is None else [value]
            offered = {choice for control in controls for choice in _choices(control)}
            assert not offered or set(wanted) <= offered, f"{name!r} offers {sorted(offered)}, not {wanted}"
            self.values.setlist(name, wanted)
        return self

    def force(self, **values: str) -> Form:
        """Set fields to what no browser would send."""
        for name, value in values.items():
            self.values.setlist(name, [value])
        return self

    def submit(self, button: tuple[str, str] | None = None, *, follow: bool = True, **options: Any) -> Page:
        """Send it, by the button with this name and value, else by its first button."""
        buttons = self.buttons()
        if button is None:
            return self._send(buttons[0] if buttons else None, follow, options)
        chosen = next((b for b in buttons if (b.get("name"), b.get("value")) == button), None)
        assert chosen is not None, f"no button {button} in the form to {self.action}"
        return self._send(chosen, follow, options)

    def switch(self, language: str) -> Page:
        """Choose another language in the menu, whose buttons send this form."""
        for button in self.buttons():
            if button.get("name") == "_switch" and button.get("lang") == language:
                return self._send(button, True, {})
        raise AssertionError(f"the menu has no button for {language} that sends the form to {self.action}")

    def press(self, button: Element) -> Page:
        """Send it by this button of its own."""
        return self._send(button, True, {})

    def buttons(self) -> list[Element]:
        """The buttons that send it, in the order of the page: Enter in a field presses the first."""
        return [one for one in self.controls() if one.tag == "button" and one.get("type") == "submit"]

    def _send(self, chosen: Element | None, follow: bool, options: dict[str, Any]) -> Page:
        data, path = self.values.copy(), self.action
        if chosen is not None:
            path = chosen.get("formaction") or path
            if chosen.get("name"):
                data.add(chosen.get("name") or "", chosen.get("value") or "")
        if (self.element.get("method") or "get") == "get":
            return self.page.browser.open(path, query_string=data, follow=follow, **options)
        return self.page.browser.post(path, data, follow=follow, **options)


class Page:
    """One answer, read."""

    def __init__(self, browser: Browser, response: TestResponse) -> None:
        self.browser, self.response = browser, response
        self.status, self.headers, self.body = response.status_code, response.headers, response.data
        self.address = response.request.full_path.rstrip("?")
        self.path = HANDLE.sub("", self.address)
        """Its address, without the handle that every filing has of its own."""
        self.html = response.mimetype == "text/html" and bool(self.body)
        self.root = parse(self.body.decode()) if self.html else Element("none")
        self.text = text_of(first(self.root, "body"))

    @property
    def lang(self) -> str | None:
        """The language it says that it is in."""
        return self.root.get("lang")

    @property
    def title(self) -> str:
        """Its title."""
        return text_of(first(self.root, "./head/title"))

    @property
    def h1(self) -> str:
        """Its one first heading."""
        return text_of(first(self.root, ".//h1"))

    @property
    def main(self) -> Element:
        """Its main part."""
        return first(self.root, ".//main")

    def find(self, id_: str) -> Element | None:
        """The element with an id."""
        return next((element for element in self.root.iter() if element.get("id") == id_), None)

    def classed(self, name: str) -> list[Element]:
        """The elements with a class."""
        return [element for element in self.root.iter() if name in (element.get("class") or "").split()]

    def links(self) -> list[str]:
        """Where its links lead, and the buttons of the desk that open a file."""
        return [address for one in self.root.iter() if (address := _leads_to(one)) is not None]

    def forms(self) -> list[Form]:
        """Its forms."""
        return [Form(self, element) for element in self.root.iter("form")]

    def form(self, ending: str) -> Form:
        """The form whose action ends so; there must be exactly one."""
        found = [form for form in self.forms() if urlsplit(form.action).path.endswith(ending)]
        assert len(found) == 1, f"{len(found)} forms lead to …{ending}: {[form.action for form in self.forms()]}"
        return found[0]

    def faulty(self) -> set[str]:
        """The names of the fields that the page marks as wrong, each with its message beside it."""
        names = set()
        for control in self.root.iter():
            if control.get("aria-invalid") == "true":
                ids = (control.get("aria-describedby") or "").split()
                group = next((f for f in self.root.iter("fieldset") if control in list(f.iter())), None)
                ids += (group.get("aria-describedby") or "").split() if group is not None else []
                messages = [self.find(id_) for id_ in ids if id_.endswith("-error")]
                assert any(text_of(m) for m in messages if m is not None), (
                    f"{control.get('name')} is marked as wrong without a message"
                )
                names.add(control.get("name") or "")
        return names

    def summary(self) -> list[str]:
        """The links of the error summary: ids of the faulty fields."""
        box = self.find("error-summary")
        return [] if box is None else [(link.get("href") or "")[1:] for link in box.iter("a")]


class Browser:
    """One person's browser: cookies, a language, and the page it shows."""

    def __init__(self, app: Flask, *, accept_language: str = "fr", origin: str | None = None) -> None:
        self.app = app
        self.base = app.extensions["settings"].public_url
        self.client = app.test_client()
        self.accept_language, self.origin = accept_language, origin or self.base
        self.page: Page | None = None
        self.opens = True
        """A caseworker who is told that a file is not open opens it, and does again what they wanted."""

    def open(self, path: str, *, follow: bool = True, **options: Any) -> Page:
        """GET a page of the portal."""
        return self._answer(self.send("GET", path, **options), follow)

    def post(
        self, path: str, data: MultiDict[str, str] | dict[str, str], *, follow: bool = True, **options: Any
    ) -> Page:
        """POST as our own page would."""
        headers = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin", **options.pop("headers", {})}
        return self._answer(self.send("POST", path, data=data, headers=headers, **options), follow)

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        """Any request, as it stands, unchecked and without following."""
        answer = self.asked(method, path, **options)
        if answer.status_code == 409 and self.opens and (button := NOT_OPEN.search(answer.text)):
            opened = self.press_open(dict(HIDDEN.findall(button[0])))
            return self.asked(method, path, **options) if opened.status_code == 303 else opened
        return answer

    def asked(self, method: str, path: str, **options: Any) -> TestResponse:
        """The same, and what is not open stays closed."""
        headers = {"Accept-Language": self.accept_language, **options.pop("headers", {})}
        options = {"buffered": True, **options}  # read to its end and closed, as a server does
        return self.client.open(path, method=method, base_url=self.base, headers=headers, **options)

    def press_open(self, fields: dict[str, str]) -> TestResponse:
        """The button that opens a file, with the fields that stand around it; unchecked."""
        sent = {name: html.unescape(value) for name, value in fields.items()}
        headers = {"Origin": self.origin, "Sec-Fetch-Site": "same-origin"}
        return self.asked("POST", "/staff/open", headers=headers, data=sent)

    def cookie(self, name: str) -> str | None:
        """The value of a cookie."""
        cookie = self.client.get_cookie(name, domain=urlsplit(self.base).hostname or "")
        return None if cookie is None else cookie.value

    def set_cookie(self, name: str, value: str) -> None:
        """Put a cookie in by hand."""
        self.client.set_cookie(name, value, domain=urlsplit(self.base).hostname or "")

    def drop_cookie(self, name: str) -> None:
        """Forget a cookie."""
        self.client.delete_cookie(name, domain=urlsplit(self.base).hostname or "")

    def _answer(self, response: TestResponse, follow: bool) -> Page:
        for _ in range(5):
            if not follow or response.status_code not in (302, 303):
                break
            target = urljoin(f"{self.base}{response.request.path}", response.headers["Location"])
            assert target.startswith(self.base + "/"), f"a redirect leads to {target}"
            response = self.send("GET", target.removeprefix(self.base))
        self.page = self.read(response)
        return self.page

    def read(self, response: TestResponse) -> Page:
        """An answer as a page, checked; raises PageError."""
        where = f"{response.request.method} {response.request.full_path} → {response.status_code}"
        try:
            page = Page(self, response)
        except Exception as error:
            raise PageError(f"{where}: not valid HTML: {error}") from error
        if page.html and response.status_code not in (301, 302, 303, 307, 308):
            wrong = [*check_headers(response), *check_document(page.root, _language(response))]
            if wrong:
                raise PageError(f"{where}:\n  " + "\n  ".join(dict.fromkeys(wrong)))
        return page


def _language(response: TestResponse) -> tuple[str, str] | None:
    known = BY_CODE.get(response.request.path.split("/")[1])
    return (known.code, known.dir) if known else None


def _leads_to(element: Element) -> str | None:
    if element.tag == "a":
        return element.get("href") or ""
    if element.tag == "button" and element.get("form") == "open-file":
        roots = {"demand_id": "/staff/demands/", "dossier_id": "/staff/dossiers/", "to": ""}
        return f"{roots[element.get('name') or '']}{element.get('value')}"
    return None


def _choices(control: Element) -> set[str]:
    if control.tag == "select":
        return {option.get("value") or text_of(option) for option in control.iter("option")} | {""}
    if control.get("type") in ("radio", "checkbox"):
        return {control.get("value") or "on"}
    return set()


def _sent(control: Element) -> list[str]:
    """What a browser sends for a control that nobody touched."""
    kind = control.get("type")
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return [option.get("value") if option.get("value") is not None else text_of(option) for option in chosen]  # type: ignore[misc]
    if control.tag == "textarea":
        return ["".join(control.itertext()).replace("\n", "\r\n")]
    if control.tag == "button" or kind in ("submit", "button"):
        return []
    if kind in ("radio", "checkbox"):
        return [control.get("value") or "on"] if control.get("checked") is not None else []
    return [(control.get("value") or "").replace("\n", "\r\n")]  # browsers send line ends so
